"""What the documents of one generation keep asking: listed, narrowed, counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kennisbank.errors import NotFound
from kennisbank.model import DocumentId, StatementId
from kennisbank.opened import Opened
from kennisbank.recurrence import Member, Series, from_json
from kennisbank.results import ShownStatement

FACETS = ("keten", "organisatie", "thema", "graad")
"""What a list of series can be narrowed by."""
ORDERS = ("publicaties", "laatste")
NOTHING_SAID = "geen-uitspraak"


@dataclass(frozen=True, slots=True)
class ShownMember:
    """A member with its recommendation, and that to which it is linked."""

    member: Member
    statement: ShownStatement
    to: ShownStatement | None


@dataclass(frozen=True, slots=True)
class ShownSeries:
    """A series with its recommendations, less those that may not be seen."""

    series: Series
    members: tuple[ShownMember, ...]
    standing: str
    """The last that is known of any member."""

    def values(self, facet: str) -> tuple[str, ...]:
        """Return what it has for a facet."""
        one = self.series
        return {
            "keten": tuple(one.chains),
            "organisatie": tuple(one.organisations),
            "thema": tuple(one.themes),
            "graad": (one.grade,),
        }[facet]


@dataclass(frozen=True, slots=True)
class SeriesQuery:
    """What is asked of the list: facet -> values, of which one must hold."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ORDERS[0]

    def admits(self, shown: ShownSeries, *, but: str = "") -> bool:
        """Tell whether a series meets every facet, one left out of account."""
        return all(
            facet == but or set(values) & set(shown.values(facet)) for facet, values in self.chosen.items() if values
        )


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """What answers, and how many each choice would give."""

    found: tuple[ShownSeries, ...]
    counts: Mapping[str, Mapping[str, int]]


class Recurring:
    """The series of the documents that may be seen."""

    def __init__(
        self,
        opened: Opened,
        visible: frozenset[DocumentId],
        statements: Callable[[], Iterable[ShownStatement]],
        standing: Callable[[StatementId], str] = lambda name: NOTHING_SAID,
    ) -> None:
        self._opened = opened
        self._visible = visible
        self._statements = statements
        self._standing = standing

    def all(self) -> tuple[ShownSeries, ...]:
        """Return every series, those of most publications first."""
        return self._all

    def page(self, wanted: SeriesQuery) -> SeriesPage:
        """Return the series that meet a query."""
        found = [shown for shown in self._all if wanted.admits(shown)]
        if wanted.order == "laatste":
            found.sort(key=lambda shown: shown.series.last, reverse=True)
        counts = {
            facet: Counter(
                value for shown in self._all if wanted.admits(shown, but=facet) for value in set(shown.values(facet))
            )
            for facet in FACETS
        }
        return SeriesPage(tuple(found), counts)

    def one(self, name: str) -> ShownSeries:
        """Return one by id. Raises `NotFound`."""
        shown = next((shown for shown in self._all if shown.series.id == name), None)
        if shown is None:
            raise NotFound(f"reeks '{name}' bestaat niet in deze verzameling")
        return shown

    def of(self, recommendation: str) -> ShownSeries | None:
        """Return the series that a recommendation is in."""
        return self._by_member.get(StatementId(recommendation))

    @cached_property
    def _by_member(self) -> dict[StatementId, ShownSeries]:
        return {one.member.recommendation: shown for shown in self._all for one in shown.members}

    @cached_property
    def _all(self) -> tuple[ShownSeries, ...]:
        statements = {shown.statement.id: shown for shown in self._statements()}
        found = [
            shown
            for entry in self._opened.record.connections("reeks")
            if (shown := self._shown(from_json(entry.value), statements))
        ]
        return tuple(sorted(found, key=lambda shown: (-shown.series.publications, shown.series.first, shown.series.id)))

    def _shown(self, series: Series, statements: Mapping[StatementId, ShownStatement]) -> ShownSeries | None:
        """Leave out what may not be seen; what is left of one publication is no series."""
        left = [one for one in series.members if one.document in self._visible and one.recommendation in statements]
        if len({member.publication for member in left}) < 2:
            return None
        names = {one.recommendation for one in left}
        kept = [replace(one, link=None) if one.link and one.link.to not in names else one for one in left]
        if kept[0].role != "eerste":
            kept[0] = replace(kept[0], role="eerste", link=None, why="")
        members = tuple(
            ShownMember(one, statements[one.recommendation], statements[one.link.to] if one.link else None)
            for one in kept
        )
        standings = [said for one in reversed(kept) if (said := self._standing(one.recommendation)) != NOTHING_SAID]
        return ShownSeries(replace(series, members=tuple(kept)), members, standings[0] if standings else NOTHING_SAID)
