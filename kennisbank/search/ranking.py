"""How much a document and a passage count: BM25 per layer and field, added up (Robertson and Zaragoza, 2009).

What a match weighs stands in `boundary`: by layer, by field, by how sure it is. Here stands how matches add up.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from kennisbank.search.boundary import FIELD_WEIGHTS, Form, Leaf, Tree
from kennisbank.search.postings import Numbers
from kennisbank.search.selecting import Mask

LENGTH_SHARE, SATURATION = 0.75, 2.0
"""BM25's b and k1; k1 at the upper end of what is usual, for whole reports say a word often."""

Scores = npt.NDArray[np.float64]


def idf(documents: int, held: float) -> float:
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


class Found(Protocol):
    """The documents that hold a word or a form, and how often."""

    @property
    def numbers(self) -> Numbers: ...  # noqa: D102
    @property
    def counts(self) -> npt.NDArray[np.float64]: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Matcher:
    """Matches trees of looked-up forms with documents."""

    documents: int
    """Not deleted."""
    size: int
    """Document numbers, those of deleted documents included."""
    lengths: Mapping[str, npt.NDArray[np.float64]]
    """Layer or field -> length of each document there, as a share of the average."""
    word: Callable[[str, str], Found]
    """Looks up a word in a layer or field."""
    form: Callable[[Form, Mask | None], Found]
    """Looks up a form of several words, in no document that is masked."""

    def match(self, tree: Tree) -> Matched:
        """Return the documents that hold what a tree asks."""
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

        def add(field: str, found: Found, weight: float) -> None:
            if len(found.numbers):
                lengths = self.lengths[field][found.numbers]
                scores[found.numbers] += (
                    weight * idf(self.documents, len(found.numbers)) * saturated(found.counts, lengths)
                )
                held[found.numbers] = True

        for form in forms:
            if len(form.words) == 1:
                add(form.layer, self.word(form.layer, form.words[0]), form.weight)
                for field, weight in FIELD_WEIGHTS.items() if form.layer == "stem" else ():
                    add(field, self.word(field, form.words[0]), form.weight * weight)
        has_word = held.copy()
        for form in forms:
            if len(form.words) > 1:
                # parts of a word that stand apart tell nothing new of a document that has the word itself
                add(form.layer, self.form(form, has_word if form.within > 1 else None), form.weight)
        return Matched(held, scores)
