"""How much a document and a passage count: BM25 per layer and field, added up (Robertson and Zaragoza, 2009).

What a match weighs stands in `boundary`: by layer, by field, by how sure it is. Here stands how matches add up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kennisbank.search.boundary import FIELD_WEIGHTS, Form, Leaf, Tree
from kennisbank.search.postings import Postings
from kennisbank.search.selecting import Mask

LENGTH_SHARE, SATURATION = 0.75, 1.2
"""BM25's b and k1, at their usual values."""

Scores = npt.NDArray[np.float64]


def idf(documents: int, held: int) -> float:
    """Return the weight of what so many of the documents hold.

    BM25's own; Whoosh adds 1 to it, by which the common words of a long question outweigh the rare ones.
    """
    return math.log(1 + (documents - held + 0.5) / (held + 0.5))


def saturated(counts: npt.NDArray[np.float64], lengths: npt.NDArray[np.float64]) -> Scores:
    """Return what a number of matches counts in a text so many times as long as the average."""
    return counts * (SATURATION + 1) / (counts + SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * lengths))


@dataclass(frozen=True, slots=True)
class Matched:
    """The documents that hold what was asked, and what that counts; over all document numbers."""

    held: Mask
    scores: Scores


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches trees with documents, by the posting lists of one index."""

    documents: int
    """Not deleted."""
    size: int
    """Document numbers, those of deleted documents included."""
    lengths: dict[str, npt.NDArray[np.float64]]
    """Field -> length of each document there, as a share of the average."""
    postings: Callable[[str, str], Postings]
    counted: Callable[[Form, npt.NDArray[np.int64]], npt.NDArray[np.float64]]
    """Counts a form of several words in the documents given."""

    def match(self, tree: Tree) -> Matched:
        """Return the documents that hold what a tree of looked-up forms asks."""
        if isinstance(tree, Leaf):
            return self._any(tree.forms)
        parts = [self.match(part) for part in tree.parts]
        if not parts:
            return Matched(np.zeros(self.size, bool), np.zeros(self.size))
        combine = np.logical_and if tree.operator == "all" else np.logical_or
        held = combine.reduce([part.held for part in parts])
        return Matched(held, np.where(held, np.sum([part.scores for part in parts], axis=0), 0.0))

    def _any(self, forms: Sequence[Form]) -> Matched:
        held, scores = np.zeros(self.size, bool), np.zeros(self.size)
        for form in forms:
            if len(form.words) == 1:
                self._add(scores, held, form.layer, self.postings(form.layer, form.words[0]), form.weight)
                for field, weight in FIELD_WEIGHTS.items() if form.layer == "stem" else ():
                    self._add(scores, held, field, self.postings(field, form.words[0]), form.weight * weight)
        before = held.copy()
        for form in forms:
            if len(form.words) > 1:
                # parts of a word that stand apart tell nothing new of a document that has the word itself
                numbers = self._with_all(form, before if form.within > 1 else None)
                counts = self.counted(form, numbers)
                found = Postings(numbers[counts > 0].astype(np.int32), counts[counts > 0].astype(np.float32))
                self._add(scores, held, form.layer, found, form.weight)
        return Matched(held, scores)

    def _with_all(self, form: Form, skipped: Mask | None) -> npt.NDArray[np.int64]:
        """Return the documents that hold all words of a form somewhere."""
        lists = sorted((self.postings(form.layer, word).numbers for word in set(form.words)), key=len)
        numbers = lists[0]
        for other in lists[1:]:
            numbers = np.intersect1d(numbers, other, assume_unique=True)
        if skipped is not None:
            numbers = numbers[~skipped[numbers]]
        return numbers.astype(np.int64)

    def _add(self, scores: Scores, held: Mask, field: str, found: Postings, weight: float) -> None:
        if len(found.numbers):
            rarity = weight * idf(self.documents, len(found.numbers))
            scores[found.numbers] += rarity * saturated(
                found.counts.astype(np.float64), self.lengths[field][found.numbers]
            )
            held[found.numbers] = True
