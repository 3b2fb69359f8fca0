"""What a question gives back: frozen, ready to show, with every quote pointing to its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kennisbank.model import (
    Block,
    Dates,
    DocumentId,
    Evidence,
    Page,
    Passage,
    PassageId,
    Relation,
    Section,
    Span,
    Statement,
    StatementSort,
    Status,
)


@dataclass(frozen=True, slots=True)
class Expansion:
    """Something the search added to, or changed in, the question; shown to the user."""

    kind: str
    """``alias``, ``letterlijk``, ``delen``, ``lijkt``, ``functiewoord``, ``hersteld``, ``afgekapt``,
    ``ontbreekt`` or ``correctie``."""
    word: str
    """The user's own word."""
    became: tuple[str, ...]
    """What was searched besides (or instead); of a correction, what may have been meant and was not searched."""
    text: str
    """The sentence for the user."""


@dataclass(frozen=True, slots=True)
class Fragment:
    """A quote from a passage with the places of the matched words."""

    passage: PassageId
    page: int | None
    page_label: str | None
    path: tuple[str, ...]
    span: Span
    """Of the quote, in the document's text."""
    text: str
    """The quote: exactly `span` of the document's text."""
    marks: tuple[Span, ...]
    """Matched words, relative to `text`."""
    passage_span: Span
    passage_text: str


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """A document in a list of results."""

    id: DocumentId
    file: str
    title: str
    kind: str
    date: str | None
    publishers: tuple[str, ...]
    score: float
    missing: tuple[str, ...]
    """Wanted words that this document lacks; empty for a full match."""
    passage_count: int
    """Passages in which something of the question occurs."""
    fragments: tuple[Fragment, ...]
    """The best places, at most three, best first."""


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet."""

    term: str
    label: str
    count: int
    """Documents in the whole list (full and partial matches) that carry it."""
    alone: int
    """Length of the list when this value is the only choice within its facet."""
    chosen: bool = False
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class ResultPage:
    """The answer to a search."""

    question: str
    explanation: tuple[Expansion, ...]
    total: int
    """Documents with all wanted words."""
    total_partial: int
    """Documents below them, with enough of the words."""
    generation: int
    facets: Mapping[str, tuple[FacetValue, ...]]
    """Facet -> values with a count above zero, and all chosen or excluded values."""
    hits: tuple[DocumentHit, ...]
    offset: int
    limit: int


@dataclass(frozen=True, slots=True)
class ShownTag:
    """A tag with its label and quoted evidence."""

    facet: str
    term: str
    label: str
    origin: str
    strength: float
    level: str
    """``document`` or ``passage``."""
    passage: PassageId | None
    evidence: tuple[Evidence, ...]
    quotes: tuple[str, ...]
    """Per evidence: exactly its span of the text."""
    pages: tuple[int | None, ...]
    """Per evidence: the page it stands on."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A file ever seen or known, with what is known about it (the `documenten` object of the contract)."""

    id: DocumentId
    file: str
    status: Status
    reason: str
    time: str
    sha256: str | None
    duplicate_of: DocumentId | None
    title: str
    subtitle: str | None
    kind: str
    kind_label: str
    date: str | None
    dates: Dates
    period: str | None
    publishers: tuple[str, ...]
    language: str | None
    url: str | None
    dossier: str | None
    page_count: int | None
    terms: Mapping[str, tuple[str, ...]]
    """Tag facet -> term ids on document level, strongest first."""
    found: Mapping[str, str]
    described: bool = True
    """False: nothing is known but the file, and `title` is its name."""

    @property
    def year(self) -> int | None:
        """The year of its best date."""
        return int(self.date[:4]) if self.date else None


@dataclass(frozen=True, slots=True)
class DocumentText:
    """A searchable document with its text and all that points into it, for the reader."""

    row: DocumentRow
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    tags: tuple[ShownTag, ...]
    warnings: tuple[str, ...]
    marks: tuple[Span, ...]
    """Words of the question, in the whole text; empty without a question."""


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in the library."""

    generation: int
    published: str
    """UTC, ISO 8601: when this generation was published."""
    documents: int
    """Searchable documents."""
    pages: int
    statuses: Mapping[str, int]
    """Status -> number of ledger rows."""
    first_year: int | None
    last_year: int | None
    newest: str | None
    """Date of the newest searchable document."""
    fictional: bool
    """True for the sample corpus: every page of the site says so."""


@dataclass(frozen=True, slots=True)
class ShownRelation:
    """A relation with both documents and the quotes that say so."""

    relation: Relation
    source: DocumentRow
    target: DocumentRow
    quotes: tuple[str, ...]
    pages: tuple[int | None, ...]
    passages: tuple[int, ...]
    """Per quote: where the passage that holds it begins in the source; the start of the text for one in a heading."""


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A recommendation or finding with its document."""

    statement: Statement
    row: DocumentRow
    marks: tuple[Span, ...]
    """Words of the question, relative to its text."""
    labels: Mapping[str, str]
    """Term -> what a visitor reads, for its chains, themes and organisations."""
    standing: str | None = None
    """Of a recommendation: what became of it, as `kennisbank.verdicts.STANDINGS` has it."""


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """A page of a list of recommendations or findings."""

    sort: StatementSort
    explanation: tuple[Expansion, ...]
    total: int
    documents: int
    """Documents in which the whole list stands."""
    proposals: int
    """Statements too uncertain to be counted, in the whole library."""
    facets: Mapping[str, tuple[FacetValue, ...]]
    statements: tuple[ShownStatement, ...]
    offset: int
    limit: int
