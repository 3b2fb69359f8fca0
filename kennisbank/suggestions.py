"""What a visitor may be looking for, from its first letters: documents by title, terms under any of their names."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kennisbank import dutch
from kennisbank.results import DocumentRow
from kennisbank.taxonomy import Term

MOST = 10
LEAST_LETTERS = 2
MAX_WORDS = 8
"""Words that are looked at; whoever types more is not looking for a title's first letters."""
NAME_KINDS = ("voorkeur", "afkorting", "synoniem", "voormalig")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A document or a term."""

    kind: str
    """``document``, or the facet of a term."""
    id: str
    text: str
    """Its title or preferred name."""
    documents: int
    """Documents that carry the term; 1 for a document."""
    recommendations: int
    """In a document; to an organisation; about any other term."""
    names: tuple[str, ...] = ()
    """Under which it is found besides."""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion and the name that the letters typed belong to."""

    suggestion: Suggestion
    name: str


@dataclass(frozen=True, slots=True)
class _Name:
    """One of the names of what can be suggested."""

    owner: Suggestion
    text: str
    words: tuple[str, ...]

    def matches(self, typed: Sequence[str]) -> bool:
        """Tell whether every word typed begins one of its words."""
        return all(any(word.startswith(part) for word in self.words) for part in typed)

    def begins(self, typed: Sequence[str]) -> bool:
        """Tell whether it begins with what was typed."""
        return " ".join(self.words).startswith(" ".join(typed))


class Suggestions:
    """All that can be suggested in one library, by the beginnings of words."""

    def __init__(self, known: Iterable[Suggestion]) -> None:
        ranked = sorted(known, key=lambda one: (one.text, one.id))
        ranked.sort(key=lambda one: (one.date, one.documents), reverse=True)
        ranked.sort(key=lambda one: one.kind == "document")
        self._names = [
            _Name(one, text, _words(text)) for one in ranked for text in dict.fromkeys((one.text, *one.names))
        ]
        begins = sorted({(word, at) for at, name in enumerate(self._names) for word in name.words})
        self._begins = [word for word, _ in begins]
        self._at = [at for _, at in begins]

    def starting(self, text: str) -> tuple[Suggested, ...]:
        """Return at most `MOST` of which every word typed begins a word.

        Names that begin with what was typed go first, then terms before documents.
        """
        typed = _words(text)[:MAX_WORDS]
        if sum(map(len, typed)) < LEAST_LETTERS:
            return ()
        found = [at for at in set(self._fewest(typed)) if self._names[at].matches(typed)]
        best: dict[tuple[str, str], Suggested] = {}
        for _, at in sorted((not self._names[at].begins(typed), at) for at in found):
            name = self._names[at]
            best.setdefault((name.owner.kind, name.owner.id), Suggested(name.owner, name.text))
            if len(best) == MOST:
                break
        return tuple(best.values())

    def _fewest(self, typed: Sequence[str]) -> Sequence[int]:
        """Return the names with a word that begins as the rarest of the words typed."""
        ranges = [(bisect_left(self._begins, word), bisect_left(self._begins, word + chr(0x10FFFF))) for word in typed]
        first, last = min(ranges, key=lambda span: span[1] - span[0])
        return self._at[first:last]


def _words(text: str) -> tuple[str, ...]:
    return tuple(dutch.fold(place.of(text)).replace(".", "") for place in dutch.words(text))


def of_documents(rows: Iterable[DocumentRow], recommended: Mapping[str, int]) -> Iterator[Suggestion]:
    """Yield what can be suggested of documents."""
    for row in rows:
        yield Suggestion("document", row.id, row.title, 1, recommended.get(row.id, 0), date=row.date or "")


def of_terms(
    terms: Iterable[Term], documents: Mapping[str, int], recommended: Mapping[str, int]
) -> Iterator[Suggestion]:
    """Yield the terms that have anything behind them, each with its other names."""
    for term in terms:
        counts = documents.get(term.id, 0), recommended.get(term.id, 0)
        if any(counts):
            names = tuple(label.text for label in term.labels if label.kind in NAME_KINDS)
            yield Suggestion(term.facet, term.id, term.label, *counts, names)
