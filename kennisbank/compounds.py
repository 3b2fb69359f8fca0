"""Takes Dutch compounds apart: *jeugdbeschermingsketen* is *jeugd* + *bescherming* + *keten*.

Conservative: parts come from a list of the field's own words and from OpenTaal's words with the marks by which
hunspell makes compounds of them (what may begin one, with which linking letter, what may end one); all of a word must
be explained. What is left of a doubt counts little, since parts weigh less than words.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

DATA = "data"
LEXICON = "woorddelen.txt"
DICTIONARY = "opentaal-woorddelen.txt.gz"
"""Made by ``tools/opentaal_parts.py``."""

SHORTEST = 4
SHORTEST_OF_FIELD = 3
"""Letters that a part must have at least; shorter ones turn up by chance."""
LONGEST = 60
"""A longer word is a mistake in a text, and not worth the time."""
LINKS = ("", "s", "en", "e", "n")
"""What may stand behind a part; *-er-* only in words listed with it, such as *kinder*: elsewhere it is chance."""
FIRST, WITH_S, PLURAL_FIRST, LAST = "b", "s", "m", "e"
"""Marks in the dictionary: begins a compound as it is, with an s, in the plural; ends one."""
_COST_OF_FIELD, _COST_OF_DICTIONARY = 2, 4
"""Few parts before many, and words of the field before others; at equal cost small parts, the longest of them first."""
_COST_OF_LINK = 1
"""A letter explained as a link is less sure than one that belongs to a word."""
_VOWELS = frozenset("aeiou")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a compound, with its place in the word and the word it is a form of, without linking letters."""

    start: int
    end: int
    """Before the linking letters."""
    base: str


@dataclass(frozen=True, slots=True)
class Words:
    """What may stand where in a compound."""

    anywhere: frozenset[str]
    first: Mapping[str, str]
    """Form before another part -> the word it is a form of."""
    last: Mapping[str, str]
    """Form behind another part -> the word it is a form of."""
    never: frozenset[str]
    whole: frozenset[str]
    dictionary: Mapping[str, str]
    """Word -> its marks."""


def read_lexicon(text: str) -> dict[str, list[str]]:
    """Read the list of the field: ``[section]`` lines, ``#`` remarks, words between spaces."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in text.splitlines():
        if line.startswith("["):
            current = sections.setdefault(line.strip("[] "), [])
        elif not line.startswith("#"):
            current.extend(line.split())
    return sections


def read_dictionary(text: str) -> dict[str, str]:
    """Read lines of a word and its marks."""
    return dict(line.split(" ") for line in text.splitlines() if line and not line.startswith("#"))


def made_of(lexicon: Mapping[str, list[str]], dictionary: Mapping[str, str]) -> Words:
    """Put the two lists together; the list of the field decides where they differ."""
    return Words(
        anywhere=frozenset(lexicon["delen"]),
        first=_forms(lexicon["begin"]),
        last=_forms(lexicon["eind"]),
        never=frozenset(lexicon["nooit"]),
        whole=frozenset(lexicon["heel"]),
        dictionary=dictionary,
    )


def _forms(entries: Iterable[str]) -> dict[str, str]:
    """Read ``form`` and ``form=word``."""
    parted = (entry.partition("=") for entry in entries)
    return {form: word or form for form, _, word in parted}


@cache
def our_words() -> Words:
    """Return the lists that come with the program."""
    folder = resources.files("kennisbank") / DATA
    lexicon = read_lexicon((folder / LEXICON).read_text(encoding="utf-8"))
    packed = (folder / DICTIONARY).read_bytes()
    return made_of(lexicon, read_dictionary(gzip.decompress(packed).decode("utf-8")))


@lru_cache(maxsize=400_000)
def split(word: str) -> tuple[Part, ...]:
    """Return the parts of a word (folded, in lower case), at least two; none when it is no compound."""
    return Splitter(our_words()).split(word)


class Splitter:
    """Takes words apart by given lists."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def split(self, word: str) -> tuple[Part, ...]:
        """Return the parts, at least two; none when the word is no compound."""
        longest = 2 * SHORTEST_OF_FIELD
        if not longest <= len(word) <= LONGEST or not word.isalpha() or self._is_whole(word):
            return ()
        found = self._from(word, 0, {})
        return found[1] if found and len(found[1]) > 1 else ()

    def _is_whole(self, word: str) -> bool:
        return word in self._words.whole or any(base in self._words.whole for base in uninflected(word))

    def _from(
        self, word: str, start: int, known: dict[int, tuple[int, tuple[Part, ...]] | None]
    ) -> tuple[int, tuple[Part, ...]] | None:
        """Return the cheapest way to explain the rest of a word, with its cost."""
        if start in known:
            return known[start]
        best: tuple[int, tuple[Part, ...]] | None = None
        ways: list[tuple[int, tuple[Part, ...]]] = [(cost, (part,)) for cost, part in self._lasts(word, start) if start]
        for cost, part, behind in self._firsts(word, start):
            rest = self._from(word, behind, known)
            if rest:
                ways.append((cost + rest[0], (part, *rest[1])))
        if ways:
            best = min(ways, key=lambda way: (way[0], -len(way[1]), -way[1][0].end))
        known[start] = best
        return best

    def _firsts(self, word: str, start: int) -> Iterator[tuple[int, Part, int]]:
        """Yield (cost, part, place behind its linking letters) of what may stand before another part."""
        words = self._words
        for end in range(start + SHORTEST_OF_FIELD, len(word) - SHORTEST_OF_FIELD + 1):
            form = word[start:end]
            if form in words.first:
                yield _COST_OF_FIELD, Part(start, end, words.first[form]), end
            if form in words.anywhere:
                for link in LINKS:
                    if word.startswith(link, end):
                        yield _COST_OF_FIELD + (_COST_OF_LINK if link else 0), Part(start, end, form), end + len(link)
            elif len(form) >= SHORTEST and form not in words.never:
                yield from self._of_dictionary(word, start, end)

    def _of_dictionary(self, word: str, start: int, end: int) -> Iterator[tuple[int, Part, int]]:
        form = word[start:end]
        marks = self._words.dictionary.get(form, "")
        if FIRST in marks:
            yield _COST_OF_DICTIONARY, Part(start, end, form), end
        if WITH_S in marks and word.startswith("s", end):
            yield _COST_OF_DICTIONARY + _COST_OF_LINK, Part(start, end, form), end + 1
        for base in uninflected(form):
            if form.endswith("n") and self._begins_in_plural(base):
                yield _COST_OF_DICTIONARY + _COST_OF_LINK, Part(start, end, base), end

    def _begins_in_plural(self, base: str) -> bool:
        words = self._words
        if base in words.never or len(base) < SHORTEST:
            return False
        return base in words.anywhere or PLURAL_FIRST in words.dictionary.get(base, "")

    def _lasts(self, word: str, start: int) -> Iterator[tuple[int, Part]]:
        """Yield (cost, part) when the rest of the word may end a compound."""
        words = self._words
        form = word[start:]
        for base in (form, *uninflected(form)):
            if len(base) >= SHORTEST_OF_FIELD and (base in words.anywhere or base in words.last):
                yield _COST_OF_FIELD, Part(start, len(word), words.last.get(base, base))
            elif len(base) >= SHORTEST and not {base, form} & words.never and LAST in words.dictionary.get(base, ""):
                yield _COST_OF_DICTIONARY, Part(start, len(word), base)


def uninflected(word: str) -> Iterator[str]:
    """Yield what a word may be a plural or an inflected form of, by its spelling alone.

    >>> list(uninflected("straffen"))
    ['straff', 'straf']
    """
    for ending in ("tje", "je"):
        if word.removesuffix("s").endswith(ending):
            yield word.removesuffix("s").removesuffix(ending)
    if word.endswith("heden"):
        yield word[:-5] + "heid"
    if word.endswith("s"):
        yield word[:-2].rstrip("'") if word.endswith("'s") else word[:-1]
    for ending in ("en", "e", "n"):
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_OF_FIELD:
            yield from _closed(word[: -len(ending)], lengthen=ending != "n")


def _closed(stem: str, *, lengthen: bool) -> Iterator[str]:
    """Yield the spellings of a stem when nothing follows it: *straff* is straf, *rad* raad, *briev* brief."""
    yield stem
    if not lengthen or stem[-1] in _VOWELS:
        return
    hard = stem[:-1] + {"v": "f", "z": "s"}.get(stem[-1], stem[-1])
    if hard != stem:
        yield hard
    if stem[-1] == stem[-2]:
        yield stem[:-1]
    elif stem[-2] in "aeou" and stem[-3] not in _VOWELS:
        yield hard[:-1] + stem[-2] + hard[-1]
