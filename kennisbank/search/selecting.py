"""Hard limits to a list, and exact counts over all of it: facets as bit sets over document numbers.

Counting a value is one AND and one population count, whatever the number of documents found.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import reduce
from operator import and_, or_

import numpy as np
import numpy.typing as npt

from kennisbank.search.boundary import Selection

Mask = npt.NDArray[np.bool_]


def bits_of(mask: Mask) -> int:
    """Return a mask over document numbers as a bit set."""
    return int.from_bytes(np.packbits(mask, bitorder="little").tobytes(), "little")


def mask_of(bits: int, size: int) -> Mask:
    """Return a bit set as a mask."""
    raw = np.frombuffer(bits.to_bytes((size + 7) // 8, "little"), np.uint8)
    return np.unpackbits(raw, count=size, bitorder="little").view(np.bool_)


class Selecting:
    """The facts of all documents, by which lists are limited and counted."""

    def __init__(self, facts: Mapping[int, tuple[str, str, Mapping[str, Iterable[str]]]]) -> None:
        """Take number -> (id, date, facets) of every document."""
        self._numbers = {name: number for number, (name, _, _) in facts.items()}
        self._dates = sorted((date, number) for number, (_, date, _) in facts.items())
        held: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, (_, _, facets) in facts.items():
            for facet, values in facets.items():
                for value in values:
                    held[facet][value].append(number)
        self._size = max(facts, default=-1) + 1
        self._bits = {
            facet: {value: self._of(numbers) for value, numbers in values.items()} for facet, values in held.items()
        }
        self.all = self._of(facts)

    def _of(self, numbers: Iterable[int]) -> int:
        mask = np.zeros(self._size, bool)
        mask[list(numbers)] = True
        return bits_of(mask)

    def hidden(self, selection: Selection) -> int:
        """Return the documents that may not be seen."""
        return self._of(self._numbers[name] for name in selection.hidden if name in self._numbers)

    def limits(self, selection: Selection) -> dict[str, int]:
        """Return per facet (and for the dates) the documents that its choice leaves."""
        limits = {}
        for facet in {*selection.chosen, *selection.excluded}:
            left = self._union(facet, selection.chosen[facet]) if facet in selection.chosen else self.all
            limits[facet] = left & ~self._union(facet, selection.excluded.get(facet, frozenset()))
        if selection.date_from or selection.date_until:
            limits["datum"] = self._dated(selection.date_from or "0", selection.date_until or "9")
        return limits

    def within(self, selection: Selection, limits: Mapping[str, int]) -> int:
        """Return the documents that all limits leave."""
        return reduce(and_, limits.values(), self.all & ~self.hidden(selection))

    def counts(self, listed: int) -> dict[str, dict[str, int]]:
        """Count for every facet and value the documents listed that carry it."""
        return {facet: _counted(values, listed) for facet, values in self._bits.items()}

    def alone(self, facet: str, selection: Selection, matched: int, limits: Mapping[str, int]) -> dict[str, int]:
        """Count per value the list that there would be with that value as the facet's only choice."""
        others = (left for name, left in limits.items() if name != facet)
        base = reduce(and_, others, matched & self.all & ~self.hidden(selection))
        base &= ~self._union(facet, selection.excluded.get(facet, frozenset()))
        return _counted(self._bits.get(facet, {}), base)

    def _union(self, facet: str, values: Iterable[str]) -> int:
        known = self._bits.get(facet, {})
        return reduce(or_, (known.get(value, 0) for value in values), 0)

    def _dated(self, first: str, last: str) -> int:
        """Documents whose date lies within, ends included; one known by year only counts when any day of it does."""
        start = bisect.bisect_left(self._dates, (first[:4], -1))
        return self._of(
            number
            for date, number in self._dates[start:]
            if date and date + "-99-99"[len(date) - 4 :] >= first and date[: len(last)] <= last
        )


def _counted(values: Mapping[str, int], documents: int) -> dict[str, int]:
    counts = ((value, (bits & documents).bit_count()) for value, bits in values.items())
    return {value: count for value, count in counts if count}
