"""The likeness of one generation on disk: what each unit of text has, its weights, and where it stands.

gelijkenis/bladen.json     documents in order with the number of units of each; versions
gelijkenis/termen.txt      one feature a line, its column the number of the line; only ever added to
gelijkenis/*.npy           per unit begin and end and its features as counted; per feature the units that have it,
                           by weight; vectors. Mapped into memory, so that a question reads only what it needs.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp

from kennisbank.likeness import matrix
from kennisbank.likeness.features import SIGN, Feature
from kennisbank.likeness.matrix import Floats, Ints
from kennisbank.model import DocumentId, Span

FOLDER = "gelijkenis"
VECTOR_SHARE = 0.2
"""How much the second opinion counts in a score."""
LEAST_SCORE = 0.05
STALE = 1.2
"""Term vectors are worked out anew when a library has grown by this factor since."""


@dataclass(frozen=True, slots=True)
class Alike:
    """A unit that is like a text."""

    document: DocumentId
    span: Span
    score: float
    """0..1; comparable within one answer and between answers to texts of like length."""


@dataclass(frozen=True, slots=True)
class DocumentUnits:
    """What one document brings."""

    document: DocumentId
    spans: Sequence[Span]
    features: Sequence[Sequence[Feature]]
    """Per unit."""


class Units:
    """The units of a library with their features as counted: what is known before weights."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}
        self.documents: list[DocumentId] = []
        self.sizes: list[int] = []
        self._starts: list[Ints] = []
        self._ends: list[Ints] = []
        self._counts: list[sp.csr_matrix] = []
        self.trained: tuple[int, Floats] = (0, np.zeros((0, 0), np.float32))
        """Term vectors of an earlier generation with the number of units they were worked out from."""

    def add(self, found: DocumentUnits) -> None:
        """Take in a document that was read anew."""
        parts = [self._counted(features) for features in found.features]
        self._append(
            found.document,
            np.array([span.start for span in found.spans], np.int32),
            np.array([span.end for span in found.spans], np.int32),
            matrix.rows_of(parts, len(self.terms)),
        )

    def _counted(self, features: Sequence[Feature]) -> Mapping[int, float]:
        sums: dict[str, float] = {}
        for feature in features:
            sums[feature.key] = sums.get(feature.key, 0.0) + feature.weight
        for key in sums:
            self.terms.setdefault(key, len(self.terms))
        return {self.terms[key]: damped(total) for key, total in sums.items()}

    def take_over(self, earlier: Likeness, kept: Collection[DocumentId]) -> None:
        """Take in the documents of an earlier generation that did not change. To be called first."""
        self.terms = dict(earlier.terms)
        self.trained = (earlier.trained_on, np.asarray(earlier.term_vectors))
        counts = earlier.counts()
        at = 0
        for document, size in zip(earlier.documents, earlier.sizes, strict=True):
            if document in kept:
                rows = slice(at, at + size)
                self._append(document, earlier.starts[rows], earlier.ends[rows], counts[rows])
            at += size

    def _append(self, document: DocumentId, starts: Ints, ends: Ints, counts: sp.csr_matrix) -> None:
        self.documents.append(document)
        self.sizes.append(len(starts))
        self._starts.append(np.asarray(starts))
        self._ends.append(np.asarray(ends))
        self._counts.append(counts)

    def write(self, folder: Path) -> None:
        """Weigh everything and write it to a folder that does not exist yet."""
        folder.mkdir()
        width = len(self.terms)
        for part in self._counts:
            part.resize((part.shape[0], width))
        counts = sp.vstack(self._counts, format="csr") if self._counts else sp.csr_matrix((0, width), dtype=np.float32)
        rarity = matrix.rarity(counts, signs_of(self.terms))
        rows = matrix.weighted(counts, rarity)
        trained_on, vectors = self._term_vectors(rows)
        postings = rows.tocsc()
        for name, values in {
            "starts": np.concatenate([np.zeros(0, np.int32), *self._starts]),
            "ends": np.concatenate([np.zeros(0, np.int32), *self._ends]),
            "count_values": counts.data.astype(np.float32),
            "count_columns": counts.indices.astype(np.int32),
            "count_rows": counts.indptr.astype(np.int64),
            "rarity": rarity,
            "posting_values": postings.data.astype(np.float32),
            "posting_units": postings.indices.astype(np.int32),
            "posting_terms": postings.indptr.astype(np.int64),
            "term_vectors": vectors,
            "vectors": matrix.row_vectors(rows, vectors),
        }.items():
            np.save(folder / f"{name}.npy", values, allow_pickle=False)
        (folder / "termen.txt").write_text("\n".join(self.terms), encoding="utf-8")
        head = {"documenten": self.documents, "aantallen": self.sizes, "geleerd": trained_on}
        (folder / "bladen.json").write_text(json.dumps(head), encoding="utf-8")

    def _term_vectors(self, rows: sp.csr_matrix) -> tuple[int, Floats]:
        trained_on, known = self.trained
        if known.shape[1] and trained_on * STALE >= rows.shape[0] >= trained_on / STALE:
            return trained_on, np.vstack([known, np.zeros((rows.shape[1] - len(known), known.shape[1]), np.float32)])
        return rows.shape[0], matrix.term_vectors(rows)


class Likeness:
    """The likeness of a published generation; read only, safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        head = json.loads((folder / "bladen.json").read_text(encoding="utf-8"))
        self.documents = [DocumentId(name) for name in head["documenten"]]
        self.sizes: list[int] = head["aantallen"]
        self.trained_on: int = head["geleerd"]
        terms = (folder / "termen.txt").read_text(encoding="utf-8")
        self.terms = {term: column for column, term in enumerate(terms.split("\n") if terms else [])}
        self._folder = folder
        self.starts, self.ends = self._array("starts"), self._array("ends")
        self.rarity = np.asarray(self._array("rarity"))
        self.term_vectors = self._array("term_vectors")
        self.vectors = self._array("vectors")
        self._values, self._units = self._array("posting_values"), self._array("posting_units")
        self._places = self._array("posting_terms")
        self.document_of = np.repeat(np.arange(len(self.sizes), dtype=np.int32), self.sizes)

    def _array(self, name: str) -> Any:
        return np.load(self._folder / f"{name}.npy", mmap_mode="r", allow_pickle=False)

    def __len__(self) -> int:
        return len(self.starts)

    def counts(self) -> sp.csr_matrix:
        """Return the features of all units as counted."""
        parts = tuple(np.asarray(self._array(name)) for name in ("count_values", "count_columns", "count_rows"))
        return sp.csr_matrix(parts, shape=(len(self), len(self.terms)))

    def rows(self) -> sp.csr_matrix:
        """Return the features of all units by weight, each row of length one."""
        return matrix.weighted(self.counts(), self.rarity)

    def span(self, unit: int) -> Span:
        """Return where a unit stands in its document."""
        return Span(int(self.starts[unit]), int(self.ends[unit]))

    def weight_of(self, key: str) -> float:
        """Return how rare a feature is; 0 for one that counts for nothing."""
        column = self.terms.get(key)
        return float(self.rarity[column]) if column is not None else 0.0

    def weights(self, features: Sequence[Feature]) -> dict[int, float]:
        """Return column -> weight of a text, of length one; features that the library does not have are left out."""
        sums: dict[int, float] = {}
        for feature in features:
            column = self.terms.get(feature.key)
            if column is not None and self.rarity[column] > 0:
                sums[column] = sums.get(column, 0.0) + feature.weight
        found = {column: damped(total) * float(self.rarity[column]) for column, total in sums.items()}
        length = sum(weight * weight for weight in found.values()) ** 0.5
        return {column: weight / length for column, weight in found.items()}

    def alike(self, features: Sequence[Feature], count: int, hidden: Collection[DocumentId] = ()) -> list[Alike]:
        """Return the units that are most like a text, the best first, without those of hidden documents."""
        weights = self.weights(features)
        scores = np.zeros(len(self), np.float32)
        for column, weight in weights.items():
            at = slice(int(self._places[column]), int(self._places[column + 1]))
            scores[self._units[at]] += weight * self._values[at]
        if self.term_vectors.shape[1] and weights:
            columns = np.fromiter(weights, np.int64, len(weights))
            asked = np.fromiter(weights.values(), np.float32, len(weights)) @ self.term_vectors[columns]
            length = float(np.linalg.norm(asked)) or 1.0
            scores = (1 - VECTOR_SHARE) * scores + VECTOR_SHARE * np.maximum(self.vectors @ (asked / length), 0)
        if hidden:
            silent = np.array([name in hidden for name in self.documents], bool)
            scores[silent[self.document_of]] = 0
        return [self._found(unit, float(scores[unit])) for unit in best(scores, count) if scores[unit] >= LEAST_SCORE]

    def _found(self, unit: int, score: float) -> Alike:
        return Alike(self.documents[self.document_of[unit]], self.span(unit), round(min(score, 1.0), 4))


def best(scores: Floats, count: int) -> list[int]:
    """Return the places of the highest values, the highest first; of equal ones the first."""
    few = len(scores) <= count
    chosen = np.arange(len(scores)) if few else np.argpartition(-scores, count)[:count]
    return [int(unit) for unit in chosen[np.lexsort((chosen, -scores[chosen]))]]


def damped(total: float) -> float:
    """Return what a feature counts that occurs so often: the second time less than the first."""
    return total if total <= 1 else 1 + float(np.log(total))


def signs_of(terms: Mapping[str, int]) -> Ints:
    """Return the columns of phenomena and measures: however common, they say what a text is about."""
    return np.array([column for term, column in terms.items() if term.startswith(SIGN)], np.int32)


def is_there(folder: Path) -> bool:
    """Tell whether a generation has its likeness."""
    return (folder / FOLDER / "bladen.json").is_file()
