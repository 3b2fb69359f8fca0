"""What goes into an engine and what comes out, whichever engine it is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from kennisbank.model import DocumentId, PassageId

Layer = Literal["exact", "lemma", "stem", "part", "cased", "prefix", "suffix", "fuzzy", "title", "heading"]
Role = Literal["wanted", "required", "excluded"]
Sort = Literal["relevantie", "datum", "titel"]

LAYER_WEIGHTS: Mapping[Layer, float] = {
    "exact": 3.0,
    "cased": 3.0,
    "lemma": 2.0,
    "stem": 1.0,
    "prefix": 1.0,
    "suffix": 1.0,
    "part": 0.9,
    "fuzzy": 0.5,
    "title": 2.0,
    "heading": 1.0,
}
"""Precision comes from the exact layer, recall from stem and part; an exact match also counts in lemma and stem."""
FIELD_WEIGHTS: Mapping[str, float] = {"title": 1.0, "heading": 0.5}
"""What a stem counts besides in a document's title and in its headings; in the text it counts 1."""
APART_WEIGHT = 0.5
"""What the parts of a compound count that stand near each other instead of in one word."""
NEAR = 4
"""How far apart those may stand: *uitwisseling van persoonlijke informatie*."""
CORRECTED_SHARE = 0.5
"""Share of its weight that a match keeps on a word that must have been meant by one that occurs nowhere."""
ALIAS_WEIGHT = 0.29
"""Share of its weight that a match on another name for the same thing keeps: less than a part counts."""


@dataclass(frozen=True, slots=True)
class Form:
    """One way in which a wanted thing may stand in a text; more than one word means in this order."""

    layer: Layer
    """``title`` and ``heading`` hold stems of what stands there, without places: for `Engine.search`, of one word."""
    words: tuple[str, ...]
    """One of several may begin or end with ``*``: any word that ends or begins so."""
    weight: float
    within: int = 1
    """Greatest distance from each word to the next; 1 is side by side."""
    ordered: bool = True
    """Whether the words must stand in this order."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """Any of these forms."""

    forms: tuple[Form, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All or any of the parts."""

    operator: Literal["all", "any"]
    parts: tuple[Tree, ...]


Tree = Leaf | Group


@dataclass(frozen=True, slots=True)
class Concept:
    """One thing that was asked for."""

    label: str
    """As the user wrote it."""
    role: Role
    tree: Tree


@dataclass(frozen=True, slots=True)
class Selection:
    """Hard limits: values widened to all they stand for. OR within a facet, AND between facets."""

    chosen: Mapping[str, frozenset[str]]
    excluded: Mapping[str, frozenset[str]]
    date_from: str | None = None
    date_until: str | None = None
    hidden: frozenset[str] = frozenset()
    """Documents that are withdrawn since the index was made."""


@dataclass(frozen=True, slots=True)
class Request:
    """A search for documents."""

    concepts: tuple[Concept, ...]
    selection: Selection
    sort: Sort
    offset: int
    limit: int
    partial_share: float
    """Least share of the idf mass of the wanted concepts; above 1 nothing partial is listed."""
    partial_best: float
    """Share that at least one document must hold: else what little the others hold answers nothing."""
    max_expansions: int


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """A document in the list."""

    id: DocumentId
    score: float
    missing: tuple[int, ...]
    """Positions in `Request.concepts` of what it lacks."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine says to a `Request`."""

    documents: tuple[FoundDocument, ...]
    total: int
    total_partial: int
    counts: Mapping[str, Mapping[str, int]]
    """Facet -> value -> documents in the whole list that carry it."""
    alone: Mapping[str, Mapping[str, int]]
    """Only for facets with a choice: value -> length of the list when the choice were that value alone."""
    absent: tuple[int, ...] = ()
    """Concepts that occur in no document at all."""
    truncated: tuple[str, ...] = ()
    """Forms that stand for more words than allowed, as typed: ``overleg*``, ``*overleg``, ``woord~``."""


@dataclass(frozen=True, slots=True)
class FoundPassage:
    """A passage within a document of the list."""

    id: PassageId
    score: float


class IndexWord(NamedTuple):
    """A word in the forms it is indexed in; one text says most of its words many times."""

    exact: str
    lemma: str
    stem: str
    parts: tuple[str, ...]
    """Stems of what a compound is made of."""
    cased: str | None
    """With its capitals, where these carry meaning."""


@dataclass(frozen=True, slots=True)
class PassageEntry:
    """A passage, as a run of `DocumentEntry.text`."""

    id: PassageId
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """A document as an engine indexes it: every different word once, and where each of them stands."""

    id: DocumentId
    title: str
    """Folded, for sorting."""
    date: str
    """ISO as precise as known; empty when unknown."""
    words: tuple[IndexWord, ...]
    title_words: Sequence[int]
    """Numbers of the words of title and subtitle, in order."""
    text: Sequence[int]
    """Numbers of the words of the text, in order."""
    joined: Sequence[tuple[int, IndexWord]]
    """(place in the text, word): what hyphenated words read as one; it counts as lemma and stem only."""
    fields: Mapping[str, Sequence[str]]
    """Stems of the parts that count more than the text does (`FIELD_WEIGHTS`)."""
    facets: Mapping[str, tuple[str, ...]]
    passages: tuple[PassageEntry, ...]


class Engine(Protocol):
    """A readable index of one generation."""

    def search(self, request: Request) -> Answer:
        """Rank whole documents and count facets over all of them."""
        ...

    def passages(
        self, concepts: Sequence[Concept], documents: Collection[DocumentId], per_document: int
    ) -> Mapping[DocumentId, tuple[int, tuple[FoundPassage, ...]]]:
        """Per document: number of passages with anything of the concepts, and the best of them.

        What must stand in a title or heading (a form of that layer) is in no passage.
        """
        ...

    def near(self, word: str) -> Sequence[str]:
        """Return the words of the exact layer at the least distance from this one, when that is near enough.

        One that no document holds any more may be among them.
        """
        ...

    def holding(self, layer: str, word: str) -> Iterable[DocumentId]:
        """Return the documents that hold a word in a layer, one by one."""
        ...

    def forget(self) -> None:
        """Empty what is kept of earlier searches, as if the index was just opened."""
        ...

    def document_ids(self) -> frozenset[DocumentId]:
        """Return all documents in the index."""
        ...

    def passage_ids(self) -> frozenset[PassageId]:
        """Return all passages in the index."""
        ...

    def close(self) -> None:
        """Release files."""
        ...


class IndexWriter(Protocol):
    """An index being made."""

    def add(self, entry: DocumentEntry) -> None:
        """Add a document that is not in the index."""
        ...

    def remove(self, documents: Iterable[DocumentId]) -> None:
        """Remove documents with their passages."""
        ...

    def commit(self) -> None:
        """Write everything; the writer is done."""
        ...
