"""From recurring recommendations as found to what their pages tell, and the addresses of their lists."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar
from urllib.parse import urlencode

from markupsafe import Markup

from kennisbank.library import Snapshot
from kennisbank.model import Span
from kennisbank.recurrence import GRADES, LINK_KINDS, ROLES
from kennisbank.results import ShownStatement
from kennisbank.series import FACETS, ORDERS, SeriesPage, SeriesQuery, ShownMember, ShownSeries
from web.evidence import term_address
from web.pages import Link
from web.shown import highlighted
from web.statement_pages import Dot, SeriesRow, StatementView
from web.statement_views import statement_view
from web.wording import counted, date_text

PAGE_SIZE = 25
PATH = "/reeksen"
FILTER_NAMES = {"keten": "Keten", "organisatie": "Gericht aan", "thema": "Thema", "graad": "Reikwijdte"}
ORDER_NAMES = {"publicaties": "Meeste publicaties eerst", "laatste": "Laatst herhaald eerst"}
GAP_YEARS = 3
"""Years without a publication that are worth a line of their own."""
_LEFT, _RIGHT = 12, 164
"""Where a line of life begins and ends, in units of its drawing."""


@dataclass(frozen=True, slots=True)
class SeriesListing:
    """A list of series, as its address has it."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: str = ORDERS[0]
    page: int = 1

    @property
    def address(self) -> str:
        """The address, always written the same way."""
        return self._with(())

    def taken_as(self, file_format: str) -> str:
        """Return the address of the whole list as a file."""
        return replace(self, page=1)._with((("formaat", file_format),))

    def choosing(self, facet: str, value: str) -> SeriesListing:
        """Return this list with one value for a facet."""
        return replace(self, chosen={**self.chosen, facet: (value,)}, page=1)

    def without(self, facet: str) -> SeriesListing:
        """Return this list with a facet left free."""
        return replace(self, chosen={name: held for name, held in self.chosen.items() if name != facet}, page=1)

    def on_page(self, page: int) -> SeriesListing:
        """Return this list on another page."""
        return replace(self, page=page)

    @property
    def query(self) -> SeriesQuery:
        """What to ask the library."""
        return SeriesQuery(self.chosen, self.order)

    def _with(self, more: Sequence[tuple[str, str]]) -> str:
        pairs = [(facet, value) for facet in FACETS for value in self.chosen.get(facet, ())]
        pairs += [("sorteer", self.order)] if self.order != ORDERS[0] else []
        pairs += [("pagina", str(self.page))] if self.page > 1 else []
        pairs += more
        return PATH + (f"?{urlencode(pairs)}" if pairs else "")


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to choose in a form, with how many it would give."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class MemberView:
    """A member on the timeline."""

    view: StatementView
    role: str
    role_name: str
    why: str
    quote: Markup
    gap: str
    """What to say of the time before it; empty when that was short."""


@dataclass(frozen=True, slots=True)
class LinkView:
    """Why two members belong together."""

    years: str
    name: str
    strong: bool
    score: float
    shared: Sequence[str]
    why: str
    there: Markup
    here: Markup


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesListPage:
    """The list."""

    template: ClassVar[str] = "reeksen.html"
    title: str
    filters: Sequence[tuple[str, str, Sequence[Choice]]]
    orders: Sequence[Choice]
    chips: Sequence[Link]
    listed: int
    rows: Sequence[SeriesRow]
    first: int
    last: int
    previous: str | None
    next: str | None
    exports: Sequence[Link]


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSeriesPage:
    """One series: its timeline, and why it is one."""

    template: ClassVar[str] = "reeks.html"
    title: str
    id: str
    grade: str
    grade_name: str
    lead: str
    members: Sequence[MemberView]
    links: Sequence[LinkView]
    facts: Sequence[tuple[str, str]]
    terms: Sequence[tuple[str, Sequence[Link]]]
    shared: Sequence[str]


def list_page(now: Snapshot, asked: SeriesListing, found: SeriesPage) -> SeriesListPage:
    """Return the list, one page of it."""
    start = (asked.page - 1) * PAGE_SIZE
    shown = found.found[start : start + PAGE_SIZE]
    total = len(found.found)
    return SeriesListPage(
        title="Terugkerende aanbevelingen",
        filters=[(facet, FILTER_NAMES[facet], list(_choices(now, facet, asked, found))) for facet in FACETS],
        orders=[Choice(order, ORDER_NAMES[order], 0, order == asked.order) for order in ORDERS],
        chips=[
            Link(asked.without(facet).address, f"{FILTER_NAMES[facet]}: {_label(now, facet, value)}")
            for facet, values in asked.chosen.items()
            for value in values
        ],
        listed=total,
        rows=[row(one) for one in shown],
        first=start + 1,
        last=start + len(shown),
        previous=asked.on_page(asked.page - 1).address if asked.page > 1 else None,
        next=asked.on_page(asked.page + 1).address if start + PAGE_SIZE < total else None,
        exports=[Link(asked.taken_as(name), label) for name, label in (("csv", "CSV"), ("jsonl", "JSON Lines"))],
    )


def _label(now: Snapshot, facet: str, value: str) -> str:
    return GRADES.get(value, value) if facet == "graad" else now.label(facet, value)


def _choices(now: Snapshot, facet: str, asked: SeriesListing, found: SeriesPage) -> Iterator[Choice]:
    held = asked.chosen.get(facet, ())
    counts = {**dict.fromkeys(held, 0), **found.counts[facet]}
    for value, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        yield Choice(value, _label(now, facet, value), count, value in held)


def row(shown: ShownSeries) -> SeriesRow:
    """Return a series as a row of a list."""
    one = shown.series
    years = [_year(member.date) for member in one.members]
    known = [year for year in years if year]
    first, last = (min(known), max(known)) if known else (0, 0)
    told = counted(one.publications, "publicatie", "publicaties")
    chains = f", {counted(len(one.chains), 'keten of gebied', 'ketens of gebieden')}" if one.chains else ""
    return SeriesRow(
        title=Link(f"{PATH}/{one.id}", one.title),
        grade=one.grade,
        grade_name=GRADES[one.grade],
        told=f"{told}{chains}",
        dots=[
            Dot(round(_LEFT + (_RIGHT - _LEFT) * (year - first) / max(last - first, 1), 1), member.role)
            for year, member in zip(years, one.members, strict=True)
            if year
        ],
        first=str(first or ""),
        last=str(last or ""),
    )


def _year(date: str) -> int | None:
    return int(date[:4]) if date[:4].isdigit() else None


def series_page(now: Snapshot, shown: ShownSeries) -> OneSeriesPage:
    """Return the page of one series."""
    one = shown.series
    dates = [member.date for member in one.members if member.date]
    times = counted(one.publications, "publicatie", "publicaties")
    lead = f"Gevraagd in {times}, {GRADES[one.grade]}."
    if dates:
        lead = f"Van {dates[0][:4]} tot en met {dates[-1][:4]} gevraagd in {times}, {GRADES[one.grade]}."
    return OneSeriesPage(
        title=one.title,
        id=one.id,
        grade=one.grade,
        grade_name=GRADES[one.grade],
        lead=lead,
        members=list(_members(shown)),
        links=[_link(entry) for entry in shown.members if entry.to],
        facts=[("Eerste keer", date_text(dates[0])), ("Laatste keer", date_text(dates[-1]))] if dates else [],
        terms=[
            (name, [Link(term_address(facet, term), now.label(facet, term)) for term in terms])
            for name, facet, terms in (
                ("Gericht aan", "organisatie", one.organisations),
                ("Thema’s", "thema", one.themes),
            )
            if terms
        ],
        shared=one.shared,
    )


def _members(shown: ShownSeries) -> Iterator[MemberView]:
    before: int | None = None
    for entry in shown.members:
        member, statement = entry.member, entry.statement
        year = _year(member.date)
        silent = year - before if year and before else 0
        spans = _inside(member.link.here if member.link else (), statement)
        yield MemberView(
            view=statement_view(statement),
            role=member.role,
            role_name=ROLES[member.role],
            why=member.why,
            quote=highlighted(statement.statement.place.text, spans),
            gap=f"{silent} jaar geen publicatie in de verzameling die dit vraagt" if silent >= GAP_YEARS else "",
        )
        before = year or before


def _inside(spans: Sequence[Span], shown: ShownStatement) -> list[Span]:
    """Return spans of a document as spans of the statement's own text."""
    place = shown.statement.place.span
    return [Span(span.start - place.start, span.end - place.start) for span in spans if place.holds(span)]


def _link(entry: ShownMember) -> LinkView:
    link, other = entry.member.link, entry.to
    if link is None or other is None:
        raise ValueError(f"{entry.member.recommendation}: not linked")
    years = f"{(other.row.date or '?')[:4]} en {(entry.member.date or '?')[:4]}"
    return LinkView(
        years=years,
        name=LINK_KINDS[link.sort],
        strong=link.sort != "gelijkenis",
        score=link.score,
        shared=link.shared,
        why=link.why,
        there=highlighted(other.statement.place.text, _inside(link.there, other)),
        here=highlighted(entry.statement.statement.place.text, _inside(link.here, entry.statement)),
    )
