"""Parallels: two chains that show the same phenomenon, or a problem here and a measure that worked there."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal

from kennisbank.errors import NotFound
from kennisbank.likeness.shared import shared
from kennisbank.model import DocumentId, LedgerRow, Span, TermId, page_finder
from kennisbank.opened import Opened
from kennisbank.results import DocumentRow

ParallelKind = Literal["zelfde-verschijnsel", "oplossing"]
PARALLEL_KINDS: dict[ParallelKind, str] = {
    "zelfde-verschijnsel": "zelfde verschijnsel",
    "oplossing": "wat elders hielp",
}
"""Kind -> the words a visitor reads."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two passages."""

    document: DocumentId
    span: Span
    chains: tuple[TermId, ...]
    """Chains it lies in; where it lies in no named chain, its areas."""


@dataclass(frozen=True, slots=True)
class Parallel:
    """Two passages of different chains that belong side by side."""

    id: str
    kind: ParallelKind
    score: float
    about: tuple[TermId, ...]
    """Phenomena and measures that both tell of; of a solution, what the problem is and what helped."""
    left: Side
    right: Side
    """Of a solution: `left` has the problem and `right` what worked."""
    themes: tuple[TermId, ...] = ()
    origin: Literal["afgeleid", "mens"] = "afgeleid"
    """``mens``: a person confirmed it."""


def parallel_id(kind: ParallelKind, left: tuple[str, str], right: tuple[str, str]) -> str:
    """Return the id of a pair, given document and words of each side: the same whenever it is worked out again."""
    parts = [kind, *(" ".join(part.split()) for side in (left, right) for part in side)]
    return "p" + hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]


def to_json(parallel: Parallel) -> dict[str, Any]:
    """Return plain values for the record."""
    return {
        "soort": parallel.kind,
        "score": parallel.score,
        "over": parallel.about,
        "themas": parallel.themes,
        "herkomst": parallel.origin,
        "links": _side_json(parallel.left),
        "rechts": _side_json(parallel.right),
    }


def _side_json(side: Side) -> dict[str, Any]:
    return {"document": side.document, "plaats": [side.span.start, side.span.end], "ketens": side.chains}


def from_json(name: str, value: Mapping[str, Any]) -> Parallel:
    """Inverse of `to_json`."""
    return Parallel(
        id=name,
        kind=value["soort"],
        score=value["score"],
        about=tuple(TermId(term) for term in value["over"]),
        left=_side(value["links"]),
        right=_side(value["rechts"]),
        themes=tuple(TermId(term) for term in value["themas"]),
        origin=value["herkomst"],
    )


def _side(value: Mapping[str, Any]) -> Side:
    return Side(
        DocumentId(value["document"]),
        Span(*value["plaats"]),
        tuple(TermId(term) for term in value["ketens"]),
    )


@dataclass(frozen=True, slots=True)
class ShownSide:
    """One of the two passages with its document and words."""

    side: Side
    row: DocumentRow
    text: str
    page: int | None
    anchor: int
    """Where the passage that holds it begins."""
    path: tuple[str, ...]
    """Headings from the outermost to the nearest."""
    labels: tuple[str, ...]
    """Of its chains."""
    marks: tuple[Span, ...]
    """Places of what both say, relative to its text."""


@dataclass(frozen=True, slots=True)
class ShownParallel:
    """A parallel with both documents and quotes."""

    parallel: Parallel
    left: ShownSide
    right: ShownSide
    terms: tuple[str, ...]
    """What both say, in words, the heaviest first."""
    why: str
    """One line for a reader."""


@dataclass(frozen=True, slots=True)
class ParallelQuery:
    """Which parallels are wanted; what is empty says nothing."""

    chains: tuple[str, ...] = ()
    """One: a side lies in it. Two: one side lies in each."""
    kind: str = ""
    theme: str = ""
    about: str = ""
    """A phenomenon or measure."""
    document: str = ""


class Parallels:
    """The parallels between documents that may be seen, the best first."""

    def __init__(self, opened: Opened, visible: frozenset[DocumentId], label: Callable[[str, str], str]) -> None:
        self._opened = opened
        self._visible = visible
        self._label = label

    def all(self, wanted: ParallelQuery | None = None) -> tuple[Parallel, ...]:
        """Return those that meet a question, the best first."""
        query = wanted or ParallelQuery()
        return tuple(one for one in self._known if _meets(one, query))

    def one(self, name: str) -> Parallel:
        """Return one by id. Raises `NotFound`."""
        found = next((one for one in self._known if one.id == name), None)
        if found is None:
            raise NotFound(f"parallel '{name}' bestaat niet in deze verzameling")
        return found

    def around(self, document: str, span: Span) -> tuple[Parallel, ...]:
        """Return those with a side that overlaps a place, the best first."""
        return tuple(one for one in self.all(ParallelQuery(document=document)) if _touches(one, document, span))

    def chain_counts(self, wanted: ParallelQuery | None = None) -> Mapping[tuple[str, str], int]:
        """Return how many there are between two chains, in order of id; a pair of many chains counts in each."""
        counts: Counter[tuple[str, str]] = Counter()
        for one in self.all(wanted):
            between = {(min(left, right), max(left, right)) for left in one.left.chains for right in one.right.chains}
            counts.update(between)
        return counts

    def shown(self, parallel: Parallel) -> ShownParallel:
        """Return a parallel with its documents and quotes, and what both say."""
        likeness, extractor = self._opened.likeness, self._opened.extractor
        assert likeness is not None  # noqa: S101 - parallels are made from it
        texts = [self._text(side) for side in (parallel.left, parallel.right)]
        left, right = (
            extractor.features(text, self._opened.names_of(side.document))
            for text, side in zip(texts, (parallel.left, parallel.right), strict=True)
        )
        both = shared(left, right, texts[1], likeness.weight_of, extractor.label)
        return ShownParallel(
            parallel,
            self._shown(parallel.left, both.here),
            self._shown(parallel.right, both.there),
            both.terms,
            self._why(parallel, both.terms),
        )

    def _why(self, parallel: Parallel, terms: Sequence[str]) -> str:
        about = [self._label(self._facet(term), term) for term in parallel.about]
        if parallel.kind == "oplossing":
            return f"Links het probleem, rechts wat daar hielp: {listed(about)}."
        if about:
            return f"Beide vertellen over {listed(about)}."
        return f"Beide gebruiken dezelfde zeldzame woorden: {listed(terms[:4])}."

    def _facet(self, term: TermId) -> str:
        known = self._opened.taxonomy.terms.get(term)
        return known.facet if known else "verschijnsel"

    def _text(self, side: Side) -> str:
        document = self._opened.document(side.document)
        assert document is not None  # noqa: S101 - only of documents that may be seen
        return side.span.of(document.text)

    def _shown(self, side: Side, marks: tuple[Span, ...]) -> ShownSide:
        document = self._opened.document(side.document)
        assert document is not None  # noqa: S101 - only of documents that may be seen
        page = page_finder(document.pages)(side.span.start)
        passages = [passage for passage in document.passages if passage.span.start <= side.span.start]
        return ShownSide(
            side=side,
            row=self._opened.row(self._ledger[side.document]),
            text=side.span.of(document.text),
            page=page.number if page else None,
            anchor=passages[-1].span.start if passages else 0,
            path=passages[-1].path if passages else (),
            labels=tuple(self._label(term.partition(":")[0], term) for term in side.chains),
            marks=marks,
        )

    @cached_property
    def _ledger(self) -> Mapping[DocumentId, LedgerRow]:
        return {row.id: row for row in self._opened.ledger}

    @cached_property
    def _known(self) -> tuple[Parallel, ...]:
        return tuple(one for one in self._opened.parallels if {one.left.document, one.right.document} <= self._visible)


def listed(names: Sequence[str]) -> str:
    """Return names as a reader lists them.

    >>> listed(["verloop", "geen regie", "wachten"])
    '‘verloop’, ‘geen regie’ en ‘wachten’'
    """
    quoted = [f"‘{name}’" for name in names]
    return " en ".join([", ".join(quoted[:-1]), quoted[-1]] if len(quoted) > 1 else quoted)


def _meets(one: Parallel, wanted: ParallelQuery) -> bool:
    left, right = set(one.left.chains), set(one.right.chains)
    first, second = (*wanted.chains, "", "")[:2]
    between = ((not first or first in left) and (not second or second in right)) or (
        (not first or first in right) and (not second or second in left)
    )
    return (
        between
        and wanted.kind in ("", one.kind)
        and (not wanted.theme or wanted.theme in one.themes)
        and (not wanted.about or wanted.about in one.about)
        and wanted.document in ("", one.left.document, one.right.document)
    )


def _touches(one: Parallel, document: str, span: Span) -> bool:
    return any(
        side.document == document and side.span.start < span.end and span.start < side.span.end
        for side in (one.left, one.right)
    )
