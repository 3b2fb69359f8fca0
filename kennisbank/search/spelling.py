"""Words of the library that look like one that occurs nowhere in it: what the user may have meant, never what is done.

The words of an index are kept by length with the set of letters in each, as bits. One edit takes away at most one
letter and brings in at most one, so nearly all words fall out by two counts of bits; only the rest is compared. A
table of all deletions would be quicker, but takes some forty places for every word of the library.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import islice

from kennisbank import dutch
from kennisbank.query import Query
from kennisbank.results import Expansion
from kennisbank.search.boundary import Engine, Form
from kennisbank.search.concepts import word_forms
from kennisbank.syntax import AllOf, AnyOf, Node, Phrase, Word

SHORTEST = 4
"""A shorter word looks like too many others."""
LONG = 8
"""From here two edits are allowed, below it one."""
LONGEST = 40
"""A longer word is no slip of the pen."""
PROPOSALS = 3
MAX_WORDS = 4
"""Words of one question that better ones are looked up for."""
COMPARED = 200
"""Words equally near of which the documents are counted."""


class Vocabulary:
    """The words of one index, read when first needed; safe to share between threads."""

    def __init__(self, words: Callable[[], Iterable[str]]) -> None:
        self._words = words
        self._by_length: dict[int, list[str]] | None = None
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

    def _alike(self, word: str, most: int) -> Iterator[str]:
        """Yield the words that have all letters of this one but so many, and so many besides."""
        own, both = _letters(word), 2 * most
        for length in range(len(word) - most, len(word) + most + 1):
            words = self._of_length(length)
            for letters, other in [entry for entry in words if (own ^ entry[0]).bit_count() <= both]:
                if (own & ~letters).bit_count() <= most and (letters & ~own).bit_count() <= most:
                    yield other

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


def corrections(
    query: Query, sure: Collection[str], engine: Engine, vocabulary: Vocabulary, hidden: Collection[str]
) -> Iterator[Expansion]:
    """Propose other words for those of a question that occur in no document.

    What is `sure` stays as it is: words that were found, names that have other names. `hidden` documents count for
    nothing.
    """
    kept = {dutch.fold(part) for name in sure for part in name.split()}
    asked = dict.fromkeys(word for clause in query.clauses if clause.role != "excluded" for word in _words(clause.node))
    unknown = (
        word for word in asked if word.isalpha() and dutch.fold(word) not in kept and not _occurs(word, engine, hidden)
    )
    for word in islice(unknown, MAX_WORDS):
        better = _most_used(vocabulary.near(dutch.fold(word)), engine, hidden)
        if better:
            yield Expansion("correctie", word, better, f"‘{word}’ komt nergens voor; bedoelde u {_either(better)}?")


def _words(node: Node) -> Iterator[str]:
    """Yield the words of a part of a question as they were typed."""
    if isinstance(node, AnyOf | AllOf):
        for part in node.parts:
            yield from _words(part)
    elif isinstance(node, Word | Phrase):
        yield from (token.surface for token in dutch.tokens(node.text) if not token.joined)


def _occurs(word: str, engine: Engine, hidden: Collection[str]) -> bool:
    """Tell whether any form of a word stands in a document that may be seen."""
    return any(_holding(form, engine) - set(hidden) for form in word_forms(word))


def _holding(form: Form, engine: Engine) -> set[str]:
    """Return the documents that hold all words of a form, wherever they stand."""
    return set.intersection(*({str(name) for name in engine.holding(form.layer, word)} for word in form.words))


def _most_used(words: Sequence[str], engine: Engine, hidden: Collection[str]) -> tuple[str, ...]:
    """Order words by the documents that hold them; of several forms of one word, the most used one stays."""
    counts = {word: sum(name not in hidden for name in engine.holding("exact", word)) for word in words[:COMPARED]}
    ranked = sorted((word for word, count in counts.items() if count), key=lambda word: (-counts[word], word))
    per_stem: dict[str, str] = {}
    for word in ranked:
        per_stem.setdefault(dutch.forms(word).stem, word)
    return tuple(per_stem.values())[:PROPOSALS]


def _either(words: Sequence[str]) -> str:
    """Name the words: ``a, b of c``."""
    *others, last = words
    return f"{', '.join(others)} of {last}" if others else last
