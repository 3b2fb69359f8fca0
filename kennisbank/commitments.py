"""Commitments (voornemens): what an inspectorate says it will do, or will not, with what became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal

from kennisbank.model import DocumentId, Place, Span, TermId

Standing = Literal["gepubliceerd", "loopt", "uitgesteld", "geschrapt", "niet-teruggevonden"]
STANDINGS: dict[str, str] = {
    "gepubliceerd": "gepubliceerd of gedaan",
    "loopt": "loopt nog",
    "uitgesteld": "uitgesteld",
    "geschrapt": "geschrapt of niet gedaan",
    "niet-teruggevonden": "niet teruggevonden",
}
"""What became of a commitment, with the words a visitor reads."""
LINK_KINDS: dict[str, str] = {"uitvoering": "uitgevoerd in", "verantwoording": "verantwoord in"}
ASSERTED = 0.6
"""From here a link is asserted; below it is proposed, for a person to judge."""
PLAN_RULES: dict[str, str] = {
    "V1": "de uitgever zegt wat hij doet, met een tijd erbij",
    "V2": "de uitgever zegt wat hij zal of gaat doen",
    "V3": "een onderzoek, rapport of bezoek wordt aangekondigd",
    "V4": "staat in een opsomming van wat gepland is",
    "V5": "staat in een planning, met de tijd ernaast",
    "V6": "de uitgever zegt wat hij niet of niet meer doet",
    "V7": "de uitgever zegt in een plan wat hij doet",
    "mens": "een medewerker heeft dit bevestigd of gewijzigd",
}
"""Rules that find commitments, as what they see in the text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLink:
    """A document that carries a commitment out or accounts for it, with the words on its side."""

    document: DocumentId
    sort: Literal["uitvoering", "verantwoording"]
    score: float
    """0..1; asserted from `ASSERTED`."""
    shared: tuple[str, ...]
    """Words that both sides have, as the commitment has them."""
    reasons: tuple[str, ...]
    place: Place
    """What stands there: a title, or the sentence that accounts for it."""

    @property
    def asserted(self) -> bool:
        """Tell whether it is claimed; else it is a proposal."""
        return self.score >= ASSERTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """One commitment; `place.text` is exactly its span of the text."""

    id: str
    document: DocumentId
    place: Place
    passage_start: int
    context: str
    """The sentences before it in its paragraph: what ``het rapport`` is about."""
    path: tuple[str, ...]
    rule: str
    certainty: float
    """0..1."""
    goal: TermId | None
    chains: tuple[TermId, ...]
    period: str | None
    """As written, or the year of the plan."""
    year: int | None
    """Year of the plan it stands in; of another document the year it speaks of."""
    last_year: int | None
    """The last year it speaks of."""
    negated: bool
    origin: Literal["afgeleid", "mens"] = "afgeleid"
    links: tuple[CommitmentLink, ...] = ()
    standing: Standing = "niet-teruggevonden"
    why: str = ""
    """On what the standing rests, in words."""


def to_json(commitment: Commitment) -> dict[str, Any]:
    """Return a commitment as plain values."""
    return asdict(commitment)


def from_json(value: Mapping[str, Any]) -> Commitment:
    """Return the commitment of `to_json`."""
    given = {entry.name: value[entry.name] for entry in fields(Commitment)}
    links = tuple(_link(one) for one in value["links"])
    lists = {name: tuple(value[name]) for name in ("path", "chains")}
    return Commitment(**{**given, **lists, "links": links, "place": _place(value["place"])})


def _link(value: Mapping[str, Any]) -> CommitmentLink:
    lists = {name: tuple(value[name]) for name in ("shared", "reasons")}
    return CommitmentLink(**{**value, **lists, "place": _place(value["place"])})


def _place(value: Mapping[str, Any]) -> Place:
    return Place(Span(value["span"]["start"], value["span"]["end"]), value["text"], value["page"])
