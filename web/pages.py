"""What each template is given: one dataclass per template, ready to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Generic, Protocol, TypeVar

from flask import render_template
from markupsafe import Markup

from kennisbank.results import DocumentHit, DocumentRow, FacetValue, Overview
from kennisbank.settings import SearchSettings
from web.params import Listing, Search
from web.wording import StatusWords

if TYPE_CHECKING:  # that module needs the links of this one
    from web.followup_views import ResponseView

L = TypeVar("L", bound=Listing, covariant=True)


class Page(Protocol):
    """A page with the template that shows it."""

    template: ClassVar[str]

    @property
    def title(self) -> str:
        """What the browser's tab says, before the site's name."""
        ...


def render(page: Page) -> str:
    """Fill a page's template."""
    return render_template(page.template, page=page)


@dataclass(frozen=True, slots=True)
class Link:
    """An address with its text, and the length of the list behind it when that is told."""

    address: str
    text: str
    count: int | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """A facet with its values, to browse by."""

    name: str
    address: str
    values: Sequence[Link]


@dataclass(frozen=True, slots=True)
class StartPage:
    """The first page: the question box, what may be asked, what there is."""

    template: ClassVar[str] = "start.html"
    title: str
    overview: Overview
    examples: Sequence[Link]
    addressed: Link | None
    """Recommendations to whom most are made."""
    figures: Sequence[Link]
    """Lists of recommendations and findings."""
    groups: Sequence[FacetGroup]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value beside the results; `count` is the length of the list behind `only`."""

    value: FacetValue
    label: str
    toggle: str
    """Add it, or take it away when it is chosen or excluded."""
    only: str
    exclude: str


@dataclass(frozen=True, slots=True)
class FacetBox:
    """A facet beside the results."""

    facet: str
    name: str
    about: str
    choices: Sequence[Choice]
    open: bool
    has_choice: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A year in the histogram; without address when nothing is there."""

    year: str
    count: int
    height: int
    """0..10."""
    address: str | None
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chip(Generic[L]):
    """A limit to the list, and the list without it."""

    text: str
    search: L
    excludes: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line about how the question was read."""

    text: str
    choices: Sequence[Link] = ()
    """Words that may have been meant, each with the question that has it."""
    switch: str = ""
    """The list without this expansion, or with it again."""
    off: bool = False
    """This is an expansion that was taken away."""


@dataclass(frozen=True, slots=True)
class Quote:
    """A quote in a result."""

    address: str
    place: str
    markup: Markup


@dataclass(frozen=True, slots=True)
class HitView:
    """A document in the results."""

    hit: DocumentHit
    address: str
    kind: str
    year: str
    day: str
    quotes: Sequence[Quote]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Generic[L]):
    """What every list has: what was asked, what narrows or widens it, and the way through it."""

    title: str
    search: L
    explanation: Sequence[Line]
    listed: int
    """Length of the whole list."""
    shown: int
    """Of these, how many stand on this page."""
    chips: Sequence[Chip[L]]
    boxes: Sequence[FacetBox]
    years: Sequence[Bar]
    sorts: Sequence[tuple[str, str]]

    @property
    def first(self) -> int:
        """Rank of the first on this page."""
        return (self.search.page - 1) * self.search.limit + 1

    @property
    def last(self) -> int:
        """Rank of the last on this page."""
        return self.first + self.shown - 1

    @property
    def previous(self) -> str | None:
        """The page before this one."""
        return self.search.on_page(self.search.page - 1).address if self.search.page > 1 else None

    @property
    def next(self) -> str | None:
        """The page after this one."""
        return self.search.on_page(self.search.page + 1).address if self.last < self.listed else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(ListPage[Search]):
    """Documents that answer a question."""

    template: ClassVar[str] = "zoeken.html"
    total: int
    """Documents with all words."""
    total_partial: int
    full: Sequence[HitView]
    partial: Sequence[HitView]


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """Nothing found: what does give something, and what was searched."""

    template: ClassVar[str] = "leeg.html"
    title: str
    search: Listing
    question: str
    explanation: Sequence[Line]
    chips: Sequence[Chip[Listing]]
    tips: Sequence[Link]
    overview: Overview
    missing: Sequence[str]
    """What is known but could not be searched, in words."""


@dataclass(frozen=True, slots=True)
class SuggestionView:
    """Something whose name begins with the letters typed."""

    kind: str
    text: str
    name: str
    """The name that was typed, when it is another one."""
    address: str
    date: str
    lists: Sequence[Link]

    @property
    def about(self) -> str:
        """What it is and how much there is of it, in one line."""
        also = f"ook: {self.name}" if self.name else ""
        return ", ".join(filter(None, (self.kind, also, self.date, *(link.text for link in self.lists))))


@dataclass(frozen=True, slots=True)
class SuggestionsPage:
    """Suggestions for whoever has no script."""

    template: ClassVar[str] = "suggesties.html"
    title: str
    search: Search
    found: Sequence[SuggestionView]


@dataclass(frozen=True, slots=True)
class StatusCount:
    """A status with its number of files and their list."""

    status: str
    words: StatusWords
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """What there is and what is missing."""

    template: ClassVar[str] = "verzameling.html"
    title: str
    overview: Overview
    files: int
    statuses: Sequence[StatusCount]
    chosen: Sequence[StatusCount]
    rows: Sequence[tuple[DocumentRow, StatusWords]]
    first: int
    total: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class TermsPage:
    """All terms of a facet."""

    template: ClassVar[str] = "begrippen.html"
    title: str
    about: str
    facet: str
    terms: Sequence[tuple[Link, str]]
    """To the term's page, with its count; and the list of its documents."""


@dataclass(frozen=True, slots=True)
class YearChart:
    """What there is of something per year."""

    name: str
    nouns: tuple[str, str]
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class TermPage:
    """One term."""

    template: ClassVar[str] = "begrip.html"
    title: str
    facet: str
    plural: Link
    about: str
    names: Sequence[tuple[str, Sequence[str]]]
    """Kind of name, names."""
    period: str
    note: str
    kin: Sequence[tuple[str, Sequence[Link]]]
    """How related, terms."""
    figures: Sequence[Link]
    """The lists that this term leads to, each with its length."""
    response: ResponseView | None
    """Of an organisation: what is said of the recommendations to it."""
    charts: Sequence[YearChart]
    count: int
    documents: str
    newest: Sequence[HitView]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """How it works and where it ends."""

    template: ClassVar[str] = "uitleg.html"
    title: str
    limits: SearchSettings
    """What a question may cost."""
    partial_share: int
    """Percentage of the weight of the words that a partial match needs."""
    rules: Sequence[tuple[str, str]]
    """Rules that find recommendations and findings, with what they see."""
    least_certainty: float
    """From here such a find counts."""
    main_strength: float
    """From here a tag is a main subject."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in one line."""

    template: ClassVar[str] = "fout.html"
    title: str
    status: int
    message: str
    reference: str
    retry: str | None
