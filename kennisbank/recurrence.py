"""Recurring recommendations (reeksen): the same demand in publications that stand on their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kennisbank.model import DocumentId, Span, StatementId, TermId

Grade = Literal["organisatie", "keten", "ketenoverstijgend"]
GRADES: dict[str, str] = {
    "organisatie": "aan dezelfde organisatie",
    "keten": "binnen één keten",
    "ketenoverstijgend": "over ketens heen",
}
"""How far a series reaches, with the words a visitor reads; the last is the widest."""
Role = Literal["eerste", "herhaald", "aangescherpt", "verbreed"]
ROLES: dict[str, str] = {
    "eerste": "voor het eerst gevraagd",
    "herhaald": "herhaald",
    "aangescherpt": "aangescherpt",
    "verbreed": "verbreed",
}
LINK_KINDS: dict[str, str] = {
    "verwijzing": "de tekst zegt zelf dat dit eerder is gevraagd",
    "gelijkenis": "vraagt hetzelfde, in eigen woorden",
    "mens": "een medewerker heeft dit bevestigd",
}
"""Why a member is in a series, from strong to weak."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesLink:
    """Why a member belongs with an earlier one."""

    sort: Literal["verwijzing", "gelijkenis", "mens"]
    to: StatementId
    """The earlier member it is most like."""
    score: float
    """0..1."""
    shared: tuple[str, ...]
    """What both ask, in words, the weightiest first."""
    here: tuple[Span, ...]
    """Where this member says that; in the text of its document."""
    there: tuple[Span, ...]
    """Where the earlier one does, in the text of its own."""
    why: str
    """Of this member: which rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """A recommendation in a series."""

    recommendation: StatementId
    document: DocumentId
    publication: DocumentId
    """What it is counted with: an echo or annex counts with its publication."""
    date: str
    """ISO as precise as known; empty when unknown."""
    role: Role
    why: str
    """What makes it sharper or wider than before."""
    link: SeriesLink | None
    """None for the first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One demand that came back, members in order of date."""

    id: str
    grade: Grade
    title: str
    members: tuple[Member, ...]
    chains: tuple[TermId, ...]
    organisations: tuple[TermId, ...]
    themes: tuple[TermId, ...]
    shared: tuple[str, ...]

    @property
    def publications(self) -> int:
        """How many publications that stand on their own ask it."""
        return len({member.publication for member in self.members})

    @property
    def first(self) -> str:
        """When it was asked for the first time."""
        return self.members[0].date

    @property
    def last(self) -> str:
        """When it was asked most recently."""
        return self.members[-1].date


def to_json(series: Series) -> dict[str, Any]:
    """Return plain values."""
    return asdict(series)


def from_json(value: Mapping[str, Any]) -> Series:
    """Inverse of `to_json`."""
    plain: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
    return Series(**plain | {"members": tuple(map(_member, value["members"]))})


def _member(value: Mapping[str, Any]) -> Member:
    link = value["link"]
    return Member(**dict(value) | {"link": _link(link) if link else None})


def _link(value: Mapping[str, Any]) -> SeriesLink:
    spans = {side: tuple(Span(**span) for span in value[side]) for side in ("here", "there")}
    return SeriesLink(**dict(value) | {"shared": tuple(value["shared"])} | spans)
