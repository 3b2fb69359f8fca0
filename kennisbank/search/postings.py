"""Whoosh's posting lists as arrays: the one place that reads them block by block.

Whoosh hands out postings one by one, at some microseconds each; a block of them at once costs a hundredth of that.
For this a few private attributes of 2.7.4 are read (`W3LeafMatcher`: ``_ids``, ``_weights``, ``_lastblock`` and what
fills them); a test compares the result with what the public interface says.
"""

from __future__ import annotations

import threading
import warnings
from collections import OrderedDict
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # from 2016: shown to the user once, when Python compiles it
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh.codec.whoosh3 import W3LeafMatcher
    from whoosh.matching import FilterMatcher
    from whoosh.reading import TermNotFound

KEPT = 4_000_000
"""Postings kept in memory, at 8 bytes each: what was asked once is mostly asked again."""


class Postings(NamedTuple):
    """The documents that hold a word, in order, and how often each holds it."""

    numbers: npt.NDArray[np.int32]
    counts: npt.NDArray[np.float32]


NONE = Postings(np.empty(0, np.int32), np.empty(0, np.float32))


class PostingLists:
    """The posting lists of one index without its deleted documents; safe to share between threads."""

    def __init__(self, reader: Any) -> None:
        self._leaves = list(reader.leaf_readers())
        alive = np.zeros(max(reader.doc_count_all(), 1), bool)
        alive[list(reader.all_doc_ids())] = True
        self._alive = alive
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
                self._size += len(found.numbers)
                while self._size > KEPT and len(self._kept) > 1:
                    self._size -= len(self._kept.popitem(last=False)[1].numbers)
            else:
                self._kept.move_to_end(key)
            return found

    def forget(self) -> None:
        """Keep nothing of what was read."""
        with self._lock:
            self._kept.clear()
            self._size = 0

    def _read(self, field: str, word: str) -> Postings:
        parts = []
        for leaf, offset in self._leaves:
            try:
                matcher = leaf.postings(field, word)
            except TermNotFound:
                continue
            numbers, counts = _arrays(matcher)
            parts.append((numbers + offset, counts))
        if not parts:
            return NONE
        numbers, counts = (np.concatenate(column) for column in zip(*parts, strict=True))
        alive = self._alive[numbers]
        return Postings(numbers, counts) if alive.all() else Postings(numbers[alive], counts[alive])


def _arrays(matcher: Any) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.float32]]:
    """Return numbers and counts of a fresh matcher, deleted documents included."""
    if isinstance(matcher, FilterMatcher):
        matcher = matcher.child
    blocks = list(_blocks(matcher)) if type(matcher) is W3LeafMatcher else [_one_by_one(matcher)]
    numbers = np.concatenate([np.asarray(block[0], np.int32) for block in blocks])
    return numbers, np.concatenate([np.asarray(block[1], np.float32) for block in blocks])


def _blocks(matcher: Any) -> Iterator[tuple[Any, Any]]:
    while True:
        matcher._read_ids()
        matcher._read_weights()
        yield matcher._ids, matcher._weights
        if matcher._lastblock:
            return
        matcher._next_block()


def _one_by_one(matcher: Any) -> tuple[list[int], list[float]]:
    numbers, counts = [], []
    while matcher.is_active():
        numbers.append(matcher.id())
        counts.append(matcher.weight())
        matcher.next()
    return numbers, counts
