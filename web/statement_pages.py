"""What the templates about recommendations and findings are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kennisbank.results import DocumentRow
from web.followup_views import FollowUpView, JudgedView
from web.pages import Link, ListPage
from web.parallel_pages import Elsewhere
from web.params import RegisterSearch


@dataclass(frozen=True, slots=True)
class Dot:
    """A member on a line of life."""

    at: float
    role: str


@dataclass(frozen=True, slots=True)
class SeriesRow:
    """A series in a list."""

    title: Link
    grade: str
    grade_name: str
    told: str
    dots: Sequence[Dot]
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class AddresseeView:
    """To whom it speaks: as written, and the organisation that is."""

    written: str
    organisation: Link | None


@dataclass(frozen=True, slots=True)
class StatementView:
    """A recommendation or finding with all that a list and its own page both tell."""

    id: str
    name: str
    """``Aanbeveling 3``, ``Oordeel``."""
    address: str
    quote: Markup
    addressees: Sequence[AddresseeView]
    weight: str
    """How strongly it is said, or whether it is good or bad."""
    row: DocumentRow
    year: str
    day: str
    document: Link
    place: Link
    """The passage in the text, named by its page."""
    origin: str
    certainty: float
    certainty_word: str
    proposal: bool
    standing: JudgedView | None
    """Of a recommendation: what became of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsPage(ListPage[RegisterSearch]):
    """Recommendations or findings that answer a question."""

    template: ClassVar[str] = "aanbevelingen.html"
    heading: str
    about: str
    documents: int
    """Documents in which the whole list stands."""
    statements: Sequence[StatementView]
    other: Link | None
    """Proposals from the list of what counts, and the other way round."""
    exports: Sequence[Link]


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule that fired, in words."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Another place in the same document that says it."""

    quote: Markup
    place: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementPage:
    """One recommendation or finding at its permanent address."""

    template: ClassVar[str] = "aanbeveling.html"
    title: str
    noun: str
    """``aanbeveling`` or ``bevinding``."""
    register: Link
    view: StatementView
    follow: FollowUpView | None
    """Of a recommendation: what was said of it since."""
    facts: Sequence[tuple[str, str]]
    terms: Sequence[tuple[str, Sequence[Link]]]
    """Kind of term, terms."""
    original: Link | None
    context: Sequence[Markup]
    """Blocks of the text around it, itself marked."""
    path: Sequence[str]
    also: Sequence[PlaceView]
    rules: Sequence[RuleView]
    citation: str
    elsewhere: Elsewhere
    siblings: Link | None
    """All that the same document recommends or finds."""
    series: SeriesRow | None = None
    """The series that a recommendation is in."""


@dataclass(frozen=True, slots=True)
class DocumentStatements:
    """What one document recommends and finds."""

    recommendations: Sequence[StatementView]
    proposals: Sequence[StatementView]
    links: Sequence[Link]
    """The lists of this document, each with its length."""
