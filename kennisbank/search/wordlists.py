"""The words of an index: which begin so, end so, or are spelled almost so.

For likeness the words are kept by length with the set of letters in each, as bits. One edit takes away at most one
letter and brings in at most one, so nearly all words fall out by two counts of bits; only the rest is compared. A
table of all deletions would be quicker, but takes some forty places for every word of the library.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache

SHORTEST = 4
"""A shorter word looks like too many others."""
LONG = 8
"""From here two edits are allowed, below it one."""
LONGEST = 40
"""A longer word is no slip of the pen."""


class Vocabulary:
    """The words of one index, read when first needed; safe to share between threads."""

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self._words = words
        self._by_length: dict[int, list[str]] | None = None
        self._both_ways: tuple[list[str], list[str]] | None = None
        self._masked: dict[int, list[tuple[int, str]]] = {}
        self._lock = threading.Lock()

    def near(self, word: str) -> tuple[str, ...]:
        """Return the words at the least distance from this one, when that is near enough."""
        if not SHORTEST <= len(word) <= LONGEST:
            return ()
        most = 2 if len(word) >= LONG else 1
        found: dict[int, list[str]] = defaultdict(list)
        for other in self._alike(word, most):
            found[distance(word, other, most)].append(other)
        least = min(found, default=most + 1)
        return tuple(sorted(found[least])) if 0 < least <= most else ()

    def spelled_like(self, word: str) -> list[str]:
        """Return the word itself and all that are near enough, nearest first."""
        if len(word) > LONGEST:
            return []
        most = 2 if len(word) >= LONG else 1
        found = ((distance(word, other, most), other) for other in self._alike(word, most))
        return [other for far, other in sorted(found) if far <= most]

    def beginning(self, start: str) -> Iterator[str]:
        """Yield the words that begin so, in order."""
        return _run(self._sorted()[0], start)

    def ending(self, end: str) -> Iterator[str]:
        """Yield the words that end so, in order of their letters from the end."""
        return (word[::-1] for word in _run(self._sorted()[1], end[::-1]))

    def such(self, typed: str) -> Iterator[str]:
        """Yield the words for which one with ``*`` at its end or begin stands."""
        return self.beginning(typed[:-1]) if typed.endswith("*") else self.ending(typed[1:])

    def _alike(self, word: str, most: int) -> Iterator[str]:
        """Yield the words that have all letters of this one but so many, and so many besides."""
        own, both = _letters(word), 2 * most
        for length in range(len(word) - most, len(word) + most + 1):
            words = self._of_length(length)
            for letters, other in [entry for entry in words if (own ^ entry[0]).bit_count() <= both]:
                if (own & ~letters).bit_count() <= most and (letters & ~own).bit_count() <= most:
                    yield other

    def _sorted(self) -> tuple[list[str], list[str]]:
        with self._lock:
            if self._both_ways is None:
                words = list(self._words())
                self._both_ways = (sorted(words), sorted(word[::-1] for word in words))
            return self._both_ways

    def _of_length(self, length: int) -> Sequence[tuple[int, str]]:
        with self._lock:
            if self._by_length is None:
                self._by_length = defaultdict(list)
                for word in self._words():
                    if word.isalpha() and len(word) < LONGEST + LONG:
                        self._by_length[len(word)].append(word)
            if length not in self._masked:
                self._masked[length] = [(_letters(word), word) for word in self._by_length.pop(length, ())]
            return self._masked[length]


@lru_cache(maxsize=1 << 16)
def spelled_alike(word: str, other: str) -> bool:
    """Tell whether another word is this one or near enough to it, as `Vocabulary.spelled_like` finds them."""
    most = 2 if len(word) >= LONG else 1
    if len(word) > LONGEST or not other.isalpha() or abs(len(word) - len(other)) > most:
        return False
    return distance(word, other, most) <= most


def _run(words: Sequence[str], start: str) -> Iterator[str]:
    for at in range(bisect_left(words, start), len(words)):
        if not words[at].startswith(start):
            return
        yield words[at]


def _letters(word: str) -> int:
    """Return a bit per letter, and another for a letter that is there twice."""
    letters = 0
    for letter in word:
        bit = 1 << (ord(letter) & 31)
        letters |= bit << 32 if letters & bit else bit
    return letters


def distance(one: str, other: str, most: int) -> int:
    """Count insertions, deletions, changes and swaps of neighbours (Damerau-Levenshtein, no part edited twice).

    Stops counting above `most`.

    >>> distance("aanbeveeling", "aanbeveling", 2), distance("tooezicht", "toezicht", 1), distance("kat", "hond", 2)
    (1, 1, 3)
    """
    start = 0
    while start < len(one) and start < len(other) and one[start] == other[start]:
        start += 1
    end = 0
    while end < min(len(one), len(other)) - start and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[start : len(one) - end], other[start : len(other) - end]
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, wanted in enumerate(other, start=1):
            cost = min(above[column] + 1, current[-1] + 1, above[column - 1] + (letter != wanted))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == wanted:
                cost = min(cost, before[column - 2] + 1)
            current.append(cost)
        if min(current) > most and min(above) > most:
            return most + 1
        before, above = above, current
    return min(above[-1], most + 1)
