"""Which passages of a document answer a question best: the same matches as for documents, and how near each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from kennisbank.search.boundary import Form
from kennisbank.search.places import Placed, Places
from kennisbank.search.ranking import Scores, saturated

NEARNESS = 1.0
"""What two things that were asked for one after the other count more when they stand side by side."""


class PassageScorer:
    """Scores the passages of one document after another."""

    def __init__(
        self, concepts: Sequence[Sequence[Form]], rarity: Callable[[Form], float], passage_length: float
    ) -> None:
        """Take the looked-up forms of each concept, what rarity a form has, and the words of an average passage."""
        self._concepts = [[(form, form.weight * rarity(form)) for form in forms if form.words] for forms in concepts]
        self._weights = [max((weight for _, weight in forms), default=0.0) for forms in self._concepts]
        self._length = max(passage_length, 1.0)

    def best(self, placed: Placed, limit: int) -> tuple[int, list[tuple[int, float]]]:
        """Return the number of passages with anything, and number and score of the best."""
        if not len(placed.starts):
            return 0, []
        lengths = (placed.ends - placed.starts).astype(np.float64) / self._length
        scores = np.zeros(len(placed.starts))
        held = np.zeros(len(placed.starts), bool)
        standing: list[Places] = []
        for forms in self._concepts:
            found = [np.empty(0, np.int64)]
            for form, weight in forms:
                places = placed.of_form(form)
                counts = _per_passage(placed, places)
                if counts is not None:
                    scores += weight * saturated(counts, lengths)
                    held |= counts > 0
                    found.append(places)
            standing.append(np.unique(np.concatenate(found)))
        for (first, one), (second, other) in pairwise(zip(standing, self._weights, strict=True)):
            if len(first) and len(second):
                scores += NEARNESS * min(one, other) * _nearness(placed, first, second)
        numbers = held.nonzero()[0]
        order = numbers[np.lexsort((numbers, -np.round(scores[numbers], 6)))]
        return len(numbers), [(int(number), float(scores[number])) for number in order[:limit]]


def _per_passage(placed: Placed, places: Places) -> Scores | None:
    """Count places per passage; None when none lies in any."""
    inside = np.searchsorted(placed.starts, places, side="right") - 1
    kept = inside >= 0
    kept &= places < placed.ends[inside]
    if not kept.any():
        return None
    return np.bincount(inside[kept], minlength=len(placed.starts)).astype(np.float64)


def _nearness(placed: Placed, first: Places, second: Places) -> Scores:
    """Return per passage 1 / the least distance between two things in it; 0 when not both are there."""
    after = np.searchsorted(second, first)
    best = np.zeros(len(placed.starts))
    for beside in (np.minimum(after, len(second) - 1), np.maximum(after - 1, 0)):
        other = second[beside]
        inside = np.searchsorted(placed.starts, first, side="right") - 1
        same = (inside >= 0) & (first < placed.ends[inside]) & (other >= placed.starts[inside])
        same &= (other < placed.ends[inside]) & (other != first)
        np.maximum.at(best, inside[same], 1.0 / np.abs(other[same] - first[same]))
    return best
