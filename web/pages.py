"""What each template is given: one dataclass per template, ready to show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from flask import render_template
from markupsafe import Markup

from kennisbank.results import DocumentHit, DocumentRow, Expansion, FacetValue, Overview
from web.params import Search
from web.reader import Outline, Part
from web.wording import StatusWords


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
class Chip:
    """A limit to the list, and the list without it."""

    text: str
    search: Search
    excludes: bool = False


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


@dataclass(frozen=True, slots=True)
class SearchPage:
    """Results with all that narrows or widens them."""

    template: ClassVar[str] = "zoeken.html"
    title: str
    search: Search
    explanation: Sequence[Expansion]
    total: int
    total_partial: int
    chips: Sequence[Chip]
    boxes: Sequence[FacetBox]
    years: Sequence[Bar]
    full: Sequence[HitView]
    partial: Sequence[HitView]
    sorts: Sequence[tuple[str, str]]
    previous: str | None
    next: str | None

    @property
    def listed(self) -> int:
        """Documents in the whole list."""
        return self.total + self.total_partial

    @property
    def first(self) -> int:
        """Rank of the first document on this page."""
        return (self.search.page - 1) * self.search.limit + 1

    @property
    def last(self) -> int:
        """Rank of the last document on this page."""
        return self.first + len(self.full) + len(self.partial) - 1


@dataclass(frozen=True, slots=True)
class EmptyPage:
    """Nothing found: what does give something, and what was searched."""

    template: ClassVar[str] = "leeg.html"
    title: str
    search: Search
    question: str
    explanation: Sequence[Expansion]
    chips: Sequence[Chip]
    tips: Sequence[Link]
    overview: Overview
    missing: Sequence[str]
    """What is known but could not be searched, in words."""


@dataclass(frozen=True, slots=True)
class EvidenceView:
    """A place that a tag rests on."""

    sentence: Markup
    address: str
    place: str
    rule: str


@dataclass(frozen=True, slots=True)
class TagView:
    """A tag with why."""

    facet: str
    label: str
    address: str
    origin: str
    origin_text: str
    strength: float
    evidence: Sequence[EvidenceView]
    more: int
    """Places besides those shown."""


@dataclass(frozen=True, slots=True)
class HitSteps:
    """Where the words of the question stand in a document, and the steps between them."""

    count: int
    current: int | None
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class RelationView:
    """Another document that this one belongs to, and the place that says so."""

    words: str
    other: Link
    date: str | None
    quote: str
    place: Link
    rule: str


@dataclass(frozen=True, slots=True)
class ReaderPage:
    """A document to read."""

    template: ClassVar[str] = "document.html"
    title: str
    row: DocumentRow
    status: StatusWords
    facts: Sequence[tuple[str, str, str]]
    """Name, value, where it was found."""
    source: str | None
    """Web address it came from, when that is an ordinary one."""
    relations: Sequence[RelationView]
    tags: Sequence[TagView]
    warnings: Sequence[str]
    outline: Sequence[Outline]
    parts: Sequence[Part]
    original: str | None
    paged_original: bool
    question: str
    steps: HitSteps | None
    back: Link


@dataclass(frozen=True, slots=True)
class UnreadablePage:
    """A file in the ledger without text to read."""

    template: ClassVar[str] = "ongelezen.html"
    title: str
    row: DocumentRow
    status: StatusWords
    original: str | None
    duplicate: Link | None


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
    count: int
    documents: str
    newest: Sequence[HitView]


@dataclass(frozen=True, slots=True)
class HelpPage:
    """How it works and where it ends."""

    template: ClassVar[str] = "uitleg.html"
    title: str
    partial_share: int
    """Percentage of the weight of the words that a partial match needs."""


@dataclass(frozen=True, slots=True)
class ErrorPage:
    """What went wrong, in one line."""

    template: ClassVar[str] = "fout.html"
    title: str
    status: int
    message: str
    reference: str
    retry: str | None
