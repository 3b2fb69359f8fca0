"""What the templates about one document are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from kennisbank.results import DocumentRow
from web.pages import Link
from web.params import Search
from web.reader import Outline, Part
from web.statement_pages import DocumentStatements
from web.wording import StatusWords


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
    main: bool
    """A main subject, not one in passing."""
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
    statements: DocumentStatements
    relations: Sequence[RelationView]
    tags: Sequence[TagView]
    warnings: Sequence[str]
    outline: Sequence[Outline]
    parts: Sequence[Part]
    original: str | None
    paged_original: bool
    search: Search
    """The question whose words are marked."""
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
