"""Whoosh's posting lists as arrays: the one place that reads them block by block.

Whoosh hands out postings one by one, at some microseconds each; a block of them at once costs a hundredth of that.
For this a few private attributes of 2.7.4 are read (of `W3LeafMatcher`: ``_ids``, ``_weights``, ``_values``,
``_lastblock`` and what fills them); a test compares the result with what the public interface says.
"""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from kennisbank.search.boundary import FIELD_WEIGHTS

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # from 2016: shown to the user once, when Python compiles it
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.matching import FilterMatcher
    from whoosh.reading import TermNotFound

KEPT_BYTES = 96 << 20
"""Postings kept in memory: what was asked once is mostly asked again."""
BYTES_PER_POSTING = 100
"""About: its number, its count, and a small object with its places."""

Numbers = npt.NDArray[np.int64]


class Postings(NamedTuple):
    """The documents that hold a word, in order, how often each holds it, and where."""

    numbers: Numbers
    counts: npt.NDArray[np.float64]
    places: Sequence[bytes]
    """Per document: places from its beginning, 4 bytes each; empty for fields that are only counted."""

    @property
    def size(self) -> int:
        """About the bytes it takes in memory."""
        return 1000 + BYTES_PER_POSTING * len(self.numbers) + 4 * int(self.counts.sum())


NONE = Postings(np.empty(0, np.int64), np.empty(0), ())


class PostingLists:
    """The posting lists of one index without its deleted documents; safe to share between threads."""

    def __init__(self, reader: Any) -> None:
        self._leaves = list(reader.leaf_readers())
        self._alive = np.zeros(max(reader.doc_count_all(), 1), bool)
        self._alive[list(reader.all_doc_ids())] = True
        self._kept: OrderedDict[tuple[str, str], Postings] = OrderedDict()
        self._size = 0
        self._lock = threading.Lock()

    def get(self, field: str, word: str) -> Postings:
        """Return the postings of a word; none when no document holds it."""
        key = (field, word)
        with self._lock:  # Whoosh seeks and reads in one file for all threads
            found = self._kept.get(key)
            if found is None:
                found = self._kept[key] = self._read(field, word)
                self._size += found.size
                while self._size > KEPT_BYTES and len(self._kept) > 1:
                    self._size -= self._kept.popitem(last=False)[1].size
            else:
                self._kept.move_to_end(key)
            return found

    def forget(self) -> None:
        """Keep nothing of what was read."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _read(self, field: str, word: str) -> Postings:
        numbers, counts, places = [], [], []
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings(field, word)
            except TermNotFound:
                continue
            for block in _blocks(matcher.child if isinstance(matcher, FilterMatcher) else matcher):
                numbers.append(np.asarray(block[0], np.int64) + offset)
                counts.append(np.asarray(block[1], np.float64))
                if field not in FIELD_WEIGHTS:
                    places.extend(block[2])
        if not numbers:
            return NONE
        found = Postings(np.concatenate(numbers), np.concatenate(counts), places)
        alive = self._alive[found.numbers]
        if alive.all():
            return found
        kept = alive.nonzero()[0].tolist()
        return Postings(found.numbers[alive], found.counts[alive], [places[at] for at in kept] if places else ())


def _blocks(matcher: Any) -> Iterator[tuple[Any, Any, Any]]:
    """Yield document numbers, counts and values of a fresh `W3LeafMatcher`, deleted documents included."""
    while True:
        matcher._read_ids()
        matcher._read_weights()
        matcher._read_values()
        yield matcher._ids, matcher._weights, matcher._values
        if matcher._lastblock:
            return
        matcher._next_block()
