"""Which passages of documents answer a question best: the same matches as for documents, and how near each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from kennisbank.search.places import NOWHERE, Places
from kennisbank.search.ranking import Scores, saturated

SAME_LENGTH = np.ones(1)
"""Passages are about as long as each other; one that is short says little, so its length is no merit."""
NEARNESS = 1.0
"""What two things that were asked for one after the other count more when they stand side by side."""


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of some documents, in order of place."""

    starts: Places
    ends: Places

    def holding(self, places: Places) -> tuple[Places, npt.NDArray[np.int64]]:
        """Return the places that lie in a passage, and the passage of each."""
        inside = np.searchsorted(self.starts, places, side="right") - 1
        kept = (inside >= 0) & (places < self.ends[inside])
        return places[kept], inside[kept]


@dataclass(frozen=True, slots=True)
class WeightedForm:
    """Where a form stands, and what it counts."""

    places: Places
    weight: float


def scored(passages: Passages, concepts: Sequence[Iterable[WeightedForm]]) -> Scores:
    """Return what each passage scores; 0 when it holds nothing that was asked."""
    scores = np.zeros(len(passages.starts))
    standing: list[tuple[Places, float]] = []
    for forms in concepts:
        found, most = [NOWHERE], 0.0
        for form in forms:
            places, inside = passages.holding(form.places)
            if len(places):
                counts = np.bincount(inside, minlength=len(scores)).astype(np.float64)
                scores += form.weight * saturated(counts, SAME_LENGTH)
                found.append(places)
                most = max(most, form.weight)
        standing.append((np.unique(np.concatenate(found)), most))
    for (first, one), (second, other) in pairwise(standing):
        if len(first) and len(second):
            scores += NEARNESS * min(one, other) * _nearness(passages, first, second)
    return scores


def _nearness(passages: Passages, first: Places, second: Places) -> Scores:
    """Return per passage 1 / the least distance between two things in it; 0 when not both are there."""
    after = np.searchsorted(second, first)
    inside = np.searchsorted(passages.starts, first, side="right") - 1
    best = np.zeros(len(passages.starts))
    for beside in (np.minimum(after, len(second) - 1), np.maximum(after - 1, 0)):
        other = second[beside]
        same = (other >= passages.starts[inside]) & (other < passages.ends[inside]) & (other != first)
        np.maximum.at(best, inside[same], 1.0 / np.abs(other[same] - first[same]))
    return best
