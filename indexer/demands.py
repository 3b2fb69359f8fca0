"""What recommendations ask, as rows that can be compared, and which of them ask the same.

A demand is told by what the lexicon sees in it (measures weigh most: they are what is asked), its words and the parts
of its compounds; names of organisations and places count for nothing. Two are alike by the cosine of those rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kennisbank.lexicon import lexicon
from kennisbank.likeness import matrix
from kennisbank.likeness.features import SIGN, Extractor, Feature, names_in
from kennisbank.model import SHOWN_CERTAINTY, DocumentId, Metadata, Recommendation, Span
from kennisbank.store import Record
from kennisbank.taxonomy import Taxonomy

MEASURE = f"{SIGN}maatregel:"
MEASURE_WEIGHT, PHENOMENON_WEIGHT = 2.0, 1.5
"""Of what the lexicon sees, against 1 for a word as rare."""
LEAST = 0.1
"""Less likeness than this is none."""
SAME = 0.3
"""Likeness from which two demands may be one."""
BACKGROUND = 4_000
"""Findings that are looked at for it."""
COMPARED = 60
"""Nearest demands that each is held against."""
MOST_TIMES = 2.0
"""A word said more often in one demand says no more of it."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A recommendation with all that is needed to compare it."""

    said: Recommendation
    document: DocumentId
    metadata: Metadata
    features: tuple[Feature, ...]

    @property
    def date(self) -> str:
        """ISO as precise as known; empty when unknown."""
        return self.metadata.dates.best or ""

    @property
    def order(self) -> tuple[str, str, int]:
        """Sorts by date, then always the same way."""
        return self.date or "9999", self.document, self.said.place.span.start


class LexiconSigns:
    """What the lexicon sees in a text."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._taxonomy = taxonomy
        self._lexicon = lexicon(taxonomy)

    def signs(self, text: str) -> Iterator[tuple[str, Span]]:
        """Yield (id, place)."""
        return ((match.term.id, match.span) for match in self._lexicon.matches(text))

    def label(self, name: str) -> str:
        """Return what a visitor reads for an id."""
        return next(term.label for term in self._taxonomy.terms.values() if term.id == name)


def demands(record: Record, taxonomy: Taxonomy) -> list[Demand]:
    """Return the recommendations that are counted, oldest first."""
    extractor = Extractor(taxonomy, LexiconSigns(taxonomy))
    metadata = record.metadata()
    names: dict[DocumentId, frozenset[str]] = {}
    found = []
    for document, said in record.statements("aanbeveling"):
        if not isinstance(said, Recommendation) or said.certainty < SHOWN_CERTAINTY:
            continue
        if document not in names:
            text = record.document(document)
            names[document] = names_in(text.text) if text else frozenset()
        features = tuple(extractor.features(said.place.text, names[document]))
        found.append(Demand(said, document, metadata[document], features))
    return sorted(found, key=lambda demand: demand.order)


@dataclass(frozen=True, slots=True)
class Likenesses:
    """Pairs of demands by position, the earlier first, with how alike they are; and what each feature weighs."""

    pairs: Mapping[tuple[int, int], float]
    weights: Mapping[str, float]


def background(record: Record, taxonomy: Taxonomy) -> Iterator[Sequence[Feature]]:
    """Yield what findings have: against these it is told how common a word or a measure is in reports."""
    extractor = Extractor(taxonomy, LexiconSigns(taxonomy))
    found = list(record.statements("bevinding"))
    for _, said in found[:: max(len(found) // BACKGROUND, 1)]:
        yield extractor.features(said.place.text)


def alike(found: Sequence[Demand], others: Iterable[Sequence[Feature]] = ()) -> Likenesses:
    """Compare all demands with each other; `others` tell with them how common a feature is."""
    columns: dict[str, int] = {}
    counted: list[Mapping[int, float]] = []
    for demand in found:
        counts: dict[str, float] = defaultdict(float)
        for feature in demand.features:
            counts[feature.key] += feature.weight
        counted.append({columns.setdefault(key, len(columns)): min(value, MOST_TIMES) for key, value in counts.items()})
    if len(counted) < 2 or not columns:
        return Likenesses({}, {})
    rows = matrix.rows_of(counted, len(columns))
    held, total = np.bincount(rows.indices, minlength=len(columns)), len(found)
    for features in others:
        total += 1
        for key in {feature.key for feature in features} & columns.keys():
            held[columns[key]] += 1
    weights = _weights(columns, held, total)
    rows = matrix.weighted(rows, weights)
    near = matrix.nearest(rows, rows, COMPARED, LEAST).tocoo()
    pairs = {
        (int(min(one, other)), int(max(one, other))): float(score)
        for one, other, score in zip(near.row, near.col, near.data, strict=True)
        if one != other
    }
    return Likenesses(pairs, {key: float(weights[column]) for key, column in columns.items()})


def _weights(columns: Mapping[str, int], held: np.ndarray[Any, Any], total: int) -> matrix.Floats:
    """Return the idf of each column, heavier for what the lexicon sees; only what two share can tell anything."""
    weights = np.log((total + 1) / np.maximum(held, 1)).astype(np.float32)
    for key, column in columns.items():
        if key.startswith(SIGN):
            weights[column] *= MEASURE_WEIGHT if key.startswith(MEASURE) else PHENOMENON_WEIGHT
    return np.asarray(weights, np.float32)
