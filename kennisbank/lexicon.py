"""Which phenomena and measures a text tells of, in whatever words: the patterns of the taxonomy held against it.

Reports describe one phenomenon in ever other words, so likeness of words does not find what belongs together; what
people say for one thing is knowledge, and stands in the taxonomy where a curator can read and add to it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kennisbank import dutch
from kennisbank.model import Span
from kennisbank.patterns import Choice, Pattern
from kennisbank.taxonomy import Taxonomy, Term

AROUND = 2
"""Words before and behind a match in which what may not be there is looked for as well."""
Run = tuple[int, int]
"""First and last word of something in a text."""


@dataclass(frozen=True, slots=True)
class Match:
    """A place that tells of a phenomenon or measure."""

    term: Term
    span: Span
    """From the first to the last word of the pattern."""
    pattern: str


@dataclass(frozen=True, slots=True)
class _Compiled:
    term: Term
    pattern: Pattern
    key: int
    """The part that is looked for first: the one with the least usual words."""


@lru_cache(maxsize=4)
def lexicon(taxonomy: Taxonomy) -> Lexicon:
    """Return the lexicon of a taxonomy, made once."""
    return Lexicon(taxonomy)


class Lexicon:
    """The patterns of all terms, ready to be held against texts; cost grows with the length of a text."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._atoms = _Atoms()
        self._by_key: dict[str, list[_Compiled]] = defaultdict(list)
        for term in taxonomy.terms.values():
            for pattern in term.patterns:
                self._learn(term, pattern)

    def _learn(self, term: Term, pattern: Pattern) -> None:
        for choice in (*pattern.parts, *pattern.without):
            for words in choice:
                self._atoms.learn(words)
        key = min(range(len(pattern.parts)), key=lambda at: (_usualness(pattern.parts[at]), at))
        made = _Compiled(term, pattern, key)
        for first in {words[0] for words in pattern.parts[key]}:
            self._by_key[first].append(made)

    def matches(self, text: str) -> tuple[Match, ...]:
        """Return where a text tells of something, the tightest place for each term, in order of place."""
        words = [word for word in dutch.occurrences(text) if not word.joined]
        at: dict[str, list[int]] = defaultdict(list)
        for place, word in enumerate(words):
            for atom in self._atoms.of(word.word):
                at[atom].append(place)
        best: dict[str, tuple[int, Run, _Compiled]] = {}
        for made in {id(one): one for atom in at for one in self._by_key.get(atom, ())}.values():
            run = _run(made, at)
            if run and (made.term.id not in best or run[1] - run[0] < best[made.term.id][0]):
                best[made.term.id] = (run[1] - run[0], run, made)
        found = (
            Match(made.term, Span(words[run[0]].start, words[run[1]].end), made.pattern.text)
            for _, run, made in best.values()
        )
        return tuple(sorted(found, key=lambda match: (match.span, match.term.id)))


def _run(made: _Compiled, at: Mapping[str, Sequence[int]]) -> Run | None:
    """Return the tightest place where a pattern stands."""
    pattern = made.pattern
    parts = [list(_runs(choice, at)) for choice in pattern.parts]
    if not all(parts):
        return None
    keys, others = parts[made.key], [runs for part, runs in enumerate(parts) if part != made.key]
    found = [run for key in keys if (run := _around(key, others, pattern.window))]
    for run in sorted(found, key=lambda run: (run[1] - run[0], run)):
        if not any(_within(choice, at, run) for choice in pattern.without):
            return run
    return None


def _around(key: Run, others: Sequence[Sequence[Run]], window: int) -> Run | None:
    """Take of each other part what stands nearest; None when that is too far, or one word would count twice."""
    taken = [key]
    for runs in others:
        free = [run for run in runs if all(run[1] < other[0] or other[1] < run[0] for other in taken)]
        nearest = min(free, key=lambda run: max(run[0] - key[1], key[0] - run[1]), default=None)
        if nearest is None:
            return None
        taken.append(nearest)
    first, last = min(run[0] for run in taken), max(run[1] for run in taken)
    return (first, last) if last - first < window else None


def _within(choice: Choice, at: Mapping[str, Sequence[int]], run: Run) -> bool:
    return any(run[0] - AROUND <= first and last <= run[1] + AROUND for first, last in _runs(choice, at))


def _runs(choice: Choice, at: Mapping[str, Sequence[int]]) -> Iterator[Run]:
    """Yield where any of these groups of words stands: behind each other, with at most one word between."""
    for words in choice:
        for first in at.get(words[0], ()):
            last: int | None = first
            for word in words[1:]:
                there = at.get(word, ())
                last = (
                    next((place for place in (last + 1, last + 2) if place in there), None)
                    if last is not None
                    else None
                )
            if last is not None:
                yield first, last


def _usualness(choice: Choice) -> float:
    """Estimate how often any of these stands in a text: short words often, groups of words seldom."""
    return sum(1 / (max(map(len, words)) ** 2 * len(words)) for words in choice)


class _Atoms:
    """The single words of all patterns, found back in the words of a text."""

    def __init__(self) -> None:
        self._lemmas: dict[str, set[str]] = defaultdict(set)
        self._stems: dict[str, set[str]] = defaultdict(set)
        self._parts: dict[str, set[str]] = defaultdict(set)
        self._ends: dict[bool, dict[int, dict[str, str]]] = {True: defaultdict(dict), False: defaultdict(dict)}
        self._known: dict[str, tuple[str, ...]] = {}

    def learn(self, words: Sequence[str]) -> None:
        """Add the words of a pattern."""
        for atom in words:
            if "*" in atom:
                begins, piece = atom.endswith("*"), dutch.fold(atom.strip("*"))
                self._ends[begins][len(piece)][piece] = atom
                continue
            forms = dutch.forms(atom.lstrip("="))
            self._lemmas[forms.lemma].add(atom)
            self._stems[forms.stem].add(atom)
            if not atom.startswith("="):
                self._parts[forms.stem].add(atom)

    def of(self, word: str) -> tuple[str, ...]:
        """Return the words of patterns that a word of a text stands for."""
        found = self._known.get(word)
        if found is None:
            found = self._known[word] = tuple(self._found(word))
        return found

    def _found(self, word: str) -> set[str]:
        forms = dutch.forms(word)
        found = set(self._lemmas.get(forms.lemma, ())) | self._stems.get(forms.stem, set())
        for part in forms.parts:
            found |= self._parts.get(part.stem, set())
        for begins, by_length in self._ends.items():
            for length, pieces in by_length.items():
                piece = forms.exact[:length] if begins else forms.exact[-length:]
                if piece in pieces and len(forms.exact) >= length:
                    found.add(pieces[piece])
        return found
