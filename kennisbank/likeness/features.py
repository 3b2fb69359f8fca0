"""What a piece of text is about, as features that can be shown: stems, parts of compounds, what the lexicon sees.

Names count for nothing: two texts are not alike because both speak of the police, or of the same town. A word that no
dictionary has is compared by its pieces, so that a slip of the pen or of a scanner does not hide it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from kennisbank import dutch
from kennisbank.lexicon import lexicon
from kennisbank.model import Span, TermId
from kennisbank.taxonomy import Taxonomy

PART_WEIGHT = 0.6
"""Of a part of a compound, against 1 for a whole word."""
PIECE_WEIGHT = 0.25
"""Of a piece of a word that no dictionary has."""
PIECE_LENGTH = 5
SIGN = "§"
"""Begins the key of what the lexicon sees; no stem does."""
NAME_FACETS = ("keten", "gebied", "organisatie")


class Signs(Protocol):
    """What sees phenomena and measures in a text."""

    def signs(self, text: str) -> Iterable[tuple[str, Span]]:
        """Yield (id, place)."""

    def label(self, name: str) -> str:
        """Return what a visitor reads for an id."""


@dataclass(frozen=True, slots=True)
class Feature:
    """Something a text has, with the place where it has it."""

    key: str
    weight: float
    """Before it is known how rare the feature is."""
    span: Span


class _Lexicon:
    """The phenomena and measures of a taxonomy."""

    def __init__(self, taxonomy: Taxonomy) -> None:
        self._lexicon = lexicon(taxonomy)
        self._terms = taxonomy.terms

    def signs(self, text: str) -> Iterator[tuple[str, Span]]:
        for match in self._lexicon.matches(text):
            yield match.term.id, match.span

    def label(self, name: str) -> str:
        return self._terms[TermId(name)].label


class Extractor:
    """Reads features from texts; holds the names of a taxonomy and what sees phenomena."""

    def __init__(self, taxonomy: Taxonomy, signs: Signs | None = None) -> None:
        self._names = _name_sequences(taxonomy)
        self._signs = signs or _Lexicon(taxonomy)

    def features(self, text: str, names: Collection[str] = ()) -> list[Feature]:
        """Return what a text has; `names` are words that are names in its document."""
        tokens = [token for token in dutch.tokens(text) if not token.joined]
        silent = self._named(tokens)
        found = [
            feature
            for at, token in enumerate(tokens)
            if at not in silent and not _is_name(token, names) and token.forms.exact not in dutch.FUNCTION_WORDS
            for feature in _of_token(token)
        ]
        return found + [Feature(SIGN + name, 1.0, span) for name, span in self._signs.signs(text)]

    def label(self, name: str) -> str:
        """Return what a visitor reads for a phenomenon or measure."""
        return self._signs.label(name)

    def _named(self, tokens: Sequence[dutch.Token]) -> set[int]:
        """Return which words are part of the name of a chain, area or organisation."""
        lemmas = [token.forms.lemma for token in tokens]
        silent: set[int] = set()
        for at, lemma in enumerate(lemmas):
            for sequence in self._names.get(lemma, ()):
                if tuple(lemmas[at : at + len(sequence)]) == sequence:
                    silent.update(range(at, at + len(sequence)))
        return silent


def names_in(text: str) -> frozenset[str]:
    """Return the words of a document that it writes with a capital only, within a sentence: names of people, places."""
    cased, plain = set(), set()
    for one in dutch.occurrences(text):
        if one.cased:
            cased.add(dutch.fold(one.cased))
        elif one.word.islower():
            plain.add(dutch.fold(one.word))
    return frozenset(cased - plain)


def _is_name(token: dutch.Token, names: Collection[str]) -> bool:
    return token.cased is not None or token.forms.exact in names


def _of_token(token: dutch.Token) -> Iterator[Feature]:
    forms = token.forms
    if len(forms.exact) < 3 or not forms.exact[0].isalpha():
        return
    yield Feature(forms.stem, 1.0, token.span)
    for part in forms.parts:
        if len(part.stem) > 2:
            yield Feature(part.stem, PART_WEIGHT, _place_of(part, token))
    if len(forms.exact) > PIECE_LENGTH and not forms.parts and not _known(forms.exact):
        for piece in _pieces(forms.exact):
            yield Feature(f"~{piece}", PIECE_WEIGHT, token.span)


def _place_of(part: dutch.PartForm, token: dutch.Token) -> Span:
    """Return where a part stands; the whole word when soft hyphens or apostrophes shift its letters."""
    if len(token.forms.exact) != len(token.surface):
        return token.span
    return Span(token.span.start + part.start, token.span.start + part.end)


@lru_cache(maxsize=200_000)
def _known(word: str) -> bool:
    return dutch.is_known(word)


def _pieces(word: str) -> list[str]:
    return [word[at : at + PIECE_LENGTH] for at in range(len(word) - PIECE_LENGTH + 1)]


def _name_sequences(taxonomy: Taxonomy) -> Mapping[str, tuple[tuple[str, ...], ...]]:
    """Return first lemma of a name -> the lemmas of all names that begin so, the longest first."""
    found: dict[str, set[tuple[str, ...]]] = {}
    for facet in NAME_FACETS:
        for term in taxonomy.of_facet(facet):
            for label in term.labels:
                lemmas = tuple(token.forms.lemma for token in dutch.tokens(label.text) if not token.joined)
                if lemmas and len(label.text) > 2:
                    found.setdefault(lemmas[0], set()).add(lemmas)
    return {first: tuple(sorted(names, key=len, reverse=True)) for first, names in found.items()}
