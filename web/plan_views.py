"""From commitments as found to what their pages tell, and the addresses of their lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import ClassVar
from urllib.parse import urlencode

from flask import url_for

from kennisbank.commitments import LINK_KINDS, PLAN_RULES, STANDINGS
from kennisbank.library import Snapshot
from kennisbank.plans import FACETS, NO_GOAL, Comparison, PlanPage, PlanQuery, ShownCommitment, ShownLink
from web.pages import Link
from web.wording import date_text

PAGE_SIZE = 50
"""Commitments per page."""
FILTER_NAMES = {
    "jaar": "Planjaar",
    "doel": "Doel",
    "keten": "Keten",
    "stand": "Stand",
    "ontkend": "Wordt niet gedaan",
    "document": "Document",
}
_SIGNS = {"gepubliceerd": "is-klaar", "loopt": "is-zegt", "uitgesteld": "is-deels"}


@dataclass(frozen=True, slots=True)
class PlanListing:
    """A list of commitments, as its address has it."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def address(self) -> str:
        """The address, always written the same way."""
        return self._with(())

    def taken_as(self, file_format: str) -> str:
        """Return the address of the whole list as a file."""
        return replace(self, page=1)._with((("formaat", file_format),))

    def choosing(self, **chosen: str) -> PlanListing:
        """Return this list with one value for each facet named."""
        return PlanListing({**self.chosen, **{facet: (value,) for facet, value in chosen.items()}})

    def without(self, facet: str) -> PlanListing:
        """Return this list with a facet left free."""
        return PlanListing({name: values for name, values in self.chosen.items() if name != facet})

    def on_page(self, page: int) -> PlanListing:
        """Return this list on another page."""
        return replace(self, page=page)

    @property
    def query(self) -> PlanQuery:
        """What to ask the library."""
        return PlanQuery(self.chosen)

    def _with(self, more: Sequence[tuple[str, str]]) -> str:
        pairs = [(facet, value) for facet in FACETS for value in self.chosen.get(facet, ())]
        pairs += [("pagina", str(self.page))] if self.page > 1 else []
        pairs += more
        return "/voornemens" + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose in a form, with how many it would give."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """A document that a commitment is linked to, with the words there."""

    sort: str
    document: Link
    date: str
    quote: str
    place: str
    why: str
    asserted: bool
    score: float


@dataclass(frozen=True, slots=True)
class CommitmentView:
    """A commitment in a list."""

    id: str
    quote: str
    standing: str
    sign: str
    why: str
    negated: bool
    document: Link
    place: Link
    period: str
    chains: Sequence[str]
    rule: str
    certainty: float
    outcomes: Sequence[OutcomeView]


@dataclass(frozen=True, slots=True)
class GoalGroup:
    """The commitments of one plan year under one goal, as many as are on this page."""

    year: str
    goal: str
    address: str
    total: int
    commitments: Sequence[CommitmentView]


@dataclass(frozen=True, slots=True)
class StandingRow:
    """How far the commitments under a goal have come: a list behind every number."""

    goal: Link
    cells: Sequence[Link | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class PlansPage:
    """Commitments per plan year and goal."""

    template: ClassVar[str] = "voornemens.html"
    title: str
    listed: int
    filters: Sequence[tuple[str, str, Sequence[Choice]]]
    """Facet, name, choices."""
    chips: Sequence[Link]
    standings: Sequence[str]
    rows: Sequence[StandingRow]
    groups: Sequence[GoalGroup]
    previous: str | None
    next: str | None
    first: int
    last: int
    exports: Sequence[Link]
    comparisons: Sequence[Link]
    newest: str | None


@dataclass(frozen=True, slots=True)
class ComparedGoal:
    """What is new, what came back and what is gone under one goal."""

    goal: str
    new: Sequence[CommitmentView]
    returned: Sequence[tuple[CommitmentView, CommitmentView]]
    gone: Sequence[CommitmentView]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonPage:
    """Two werkprogramma's beside each other."""

    template: ClassVar[str] = "voornemens_verschil.html"
    title: str
    earlier: Link
    later: Link
    goals: Sequence[ComparedGoal]


def plans_page(now: Snapshot, asked: PlanListing, found: PlanPage) -> PlansPage:
    """Return one page of a list, with the table of where all of it stands."""
    start = (asked.page - 1) * PAGE_SIZE
    part = sorted(found.found, key=lambda shown: _place_in_list(now, shown))[start : start + PAGE_SIZE]
    total = len(found.found)
    return PlansPage(
        title="Voornemens" if asked.page == 1 else f"Voornemens, pagina {asked.page}",
        listed=total,
        filters=list(_filters(now, asked, found)),
        chips=list(_chips(now, asked)),
        standings=list(STANDINGS.values()),
        rows=list(_rows(now, asked, found)),
        groups=list(_groups(now, asked, found, part)),
        previous=asked.on_page(asked.page - 1).address if asked.page > 1 else None,
        next=asked.on_page(asked.page + 1).address if start + PAGE_SIZE < total else None,
        first=start + 1,
        last=start + len(part),
        exports=[Link(asked.taken_as(name), label) for name, label in (("csv", "CSV"), ("jsonl", "JSON Lines"))],
        comparisons=list(_comparisons(now)),
        newest=now.overview().newest,
    )


def _place_in_list(now: Snapshot, shown: ShownCommitment) -> tuple[int, bool, str]:
    goal = shown.values("doel")[0]
    return -(shown.commitment.year or 0), goal == NO_GOAL, _label(now, "doel", goal)


def _label(now: Snapshot, facet: str, value: str) -> str:
    if facet == "stand":
        return STANDINGS.get(value, value)
    if facet == "doel" and value == NO_GOAL:
        return "zonder doel"
    if facet == "document":
        return now.row(value).title
    return now.label(facet, value)


def _filters(now: Snapshot, asked: PlanListing, found: PlanPage) -> Iterator[tuple[str, str, Sequence[Choice]]]:
    for facet in FACETS:
        counts = found.counts[facet]
        selected = asked.chosen.get(facet, ())
        if facet == "document" and not selected:
            continue
        values = sorted({*counts, *selected}, reverse=facet == "jaar")
        choices = [
            Choice(value, _label(now, facet, value), counts.get(value, 0), value in selected) for value in values
        ]
        yield facet, FILTER_NAMES[facet], choices


def _chips(now: Snapshot, asked: PlanListing) -> Iterator[Link]:
    for facet, values in asked.chosen.items():
        named = ", ".join(_label(now, facet, value) for value in values)
        yield Link(asked.without(facet).address, f"{FILTER_NAMES[facet]}: {named}")


def _rows(now: Snapshot, asked: PlanListing, found: PlanPage) -> Iterator[StandingRow]:
    goals = {shown.values("doel")[0] for shown in found.found}
    for goal in sorted(goals, key=lambda goal: (goal == NO_GOAL, _label(now, "doel", goal))):
        mine: list[str] = [shown.commitment.standing for shown in found.found if shown.values("doel")[0] == goal]
        under = asked.choosing(doel=goal)
        cells = [
            Link(under.choosing(stand=standing).address, f"{label}: {_label(now, 'doel', goal)}", count)
            if (count := mine.count(standing))
            else None
            for standing, label in STANDINGS.items()
        ]
        yield StandingRow(Link(under.address, _label(now, "doel", goal), len(mine)), cells)


def _groups(now: Snapshot, asked: PlanListing, found: PlanPage, part: Sequence[ShownCommitment]) -> Iterator[GoalGroup]:
    def key(shown: ShownCommitment) -> tuple[str, str]:
        return str(shown.commitment.year or ""), shown.values("doel")[0]

    for (year, goal), members in groupby(part, key):
        listing = asked.choosing(doel=goal, **({"jaar": year} if year else {}))
        yield GoalGroup(
            year=year,
            goal=_label(now, "doel", goal),
            address=listing.address,
            total=sum(key(shown) == (year, goal) for shown in found.found),
            commitments=[commitment_view(now, shown) for shown in members],
        )


def commitment_view(now: Snapshot, shown: ShownCommitment) -> CommitmentView:
    """Return what a list tells of one commitment."""
    one, row = shown.commitment, shown.row
    place = url_for("documents.document", document_id=row.id, _anchor=f"p{one.passage_start}")
    return CommitmentView(
        id=one.id,
        quote=" ".join(one.place.text.split()),
        standing=STANDINGS[one.standing],
        sign=_SIGNS.get(one.standing, "is-geen"),
        why=one.why,
        negated=one.negated,
        document=Link(url_for("documents.document", document_id=row.id), row.title),
        place=Link(place, f"p. {one.place.page}" if one.place.page else "lees in de tekst"),
        period=one.period or "",
        chains=[now.label("keten", chain) for chain in one.chains],
        rule=PLAN_RULES.get(one.rule, one.rule),
        certainty=one.certainty,
        outcomes=[_outcome(link) for link in shown.links],
    )


def _outcome(shown: ShownLink) -> OutcomeView:
    link, row = shown.link, shown.row
    anchor = f"pagina-{link.place.page}" if link.place.page else None
    return OutcomeView(
        sort=LINK_KINDS[link.sort],
        document=Link(url_for("documents.document", document_id=row.id, _anchor=anchor), row.title),
        date=date_text(row.date) if row.date else "",
        quote=" ".join(link.place.text.split()),
        place=f"p. {link.place.page}" if link.place.page else "",
        why="; ".join(link.reasons),
        asserted=link.asserted,
        score=link.score,
    )


def _comparisons(now: Snapshot) -> Iterator[Link]:
    """Yield each werkprogramma beside the one before it."""
    rows = now.plans.programmes()
    for later, earlier in pairwise(rows):
        address = url_for("plans.difference", eerder=earlier.id, later=later.id)
        yield Link(address, f"{later.title} naast {earlier.title}")


def comparison_page(now: Snapshot, earlier: str, later: str, found: Sequence[Comparison]) -> ComparisonPage:
    """Return two programmes beside each other, per goal."""
    before, after = now.row(earlier), now.row(later)

    def views(shown: Sequence[ShownCommitment]) -> list[CommitmentView]:
        return [commitment_view(now, one) for one in shown]

    return ComparisonPage(
        title=f"{after.title} naast {before.title}",
        earlier=Link(PlanListing({"document": (earlier,)}).address, before.title),
        later=Link(PlanListing({"document": (later,)}).address, after.title),
        goals=[
            ComparedGoal(
                _label(now, "doel", one.goal),
                views(one.new),
                [(commitment_view(now, old), commitment_view(now, new)) for old, new in one.returned],
                views(one.gone),
            )
            for one in found
        ],
    )
