"""Quotes from the record's text with the matched words marked; offsets are exact, no word is cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from kennisbank import dutch
from kennisbank.model import Page, Passage, Span
from kennisbank.results import Fragment
from kennisbank.search.boundary import FIELD_WEIGHTS, Concept, Form, Layer
from kennisbank.search.concepts import forms_of
from kennisbank.search.places import near_in
from kennisbank.search.wordlists import spelled_alike

WINDOW = 280
"""Characters of a quote: some three lines on a page."""
_WILD: Mapping[Layer, Callable[[str, str], bool]] = {
    "prefix": lambda typed, word: word.startswith(typed),
    "suffix": lambda typed, word: word.endswith(typed),
    "fuzzy": spelled_alike,
}
_VALUES: Mapping[Layer, Callable[[dutch.Token], str]] = {
    "exact": lambda word: word.forms.exact,
    "lemma": lambda word: word.forms.lemma,
    "stem": lambda word: word.forms.stem,
}
LEAD = 60
"""Characters that may stand before the first mark of a window."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A matched place and the position of the concept that it matches."""

    span: Span
    concept: int


class Marker:
    """Finds in a text what an engine found in its index, by the same analysis."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self._single: dict[str, dict[str, int]] = {layer: {} for layer in ("exact", "lemma", "stem", "part", "cased")}
        self._wild: list[tuple[Form, int]] = []
        self._known: dict[str, int | None] = {}
        self._phrases: list[tuple[Form, int]] = []
        for position, concept in enumerate(concepts):
            if concept.role != "excluded":
                for form in forms_of(concept.tree):
                    self._learn(form, position)

    def _learn(self, form: Form, position: int) -> None:
        if form.layer in FIELD_WEIGHTS:
            return  # what stands in a title or heading tells nothing of the text
        if form.layer in _WILD:
            self._wild.append((form, position))
        elif len(form.words) > 1:
            self._phrases.append((form, position))
        elif form.words:
            self._single[form.layer].setdefault(form.words[0], position)

    def hits(self, text: str) -> list[Hit]:
        """Return the matched places in order; overlapping ones as one."""
        words = list(dutch.tokens(text))
        found = [*self._single_hits(words), *self._phrase_hits([word for word in words if not word.joined])]
        merged: list[Hit] = []
        for hit in sorted(found, key=lambda hit: (hit.span.start, -hit.span.end)):
            if merged and hit.span.start < merged[-1].span.end:
                widest = Span(merged[-1].span.start, max(merged[-1].span.end, hit.span.end))
                merged[-1] = Hit(widest, merged[-1].concept)
            else:
                merged.append(hit)
        return merged

    def _single_hits(self, words: Sequence[dutch.Token]) -> Iterator[Hit]:
        for word in words:
            position = self._position(word)
            if position is not None:
                yield Hit(word.span, position)
            elif not word.joined:
                yield from self._part_hits(word)

    def _part_hits(self, word: dutch.Token) -> Iterator[Hit]:
        """Mark the parts of a compound within it, where folding left its letters in place."""
        in_place = len(word.forms.exact) == len(word.surface)
        for part in word.forms.parts:
            position = self._single["part"].get(part.stem)
            if position is not None:
                start = word.span.start
                yield Hit(Span(start + part.start, start + part.end) if in_place else word.span, position)

    def _position(self, word: dutch.Token) -> int | None:
        forms = word.forms
        layers: tuple[tuple[str, str], ...] = (("lemma", forms.lemma), ("stem", forms.stem))
        if not word.joined:
            layers = (("exact", forms.exact), ("cased", word.cased or ""), *layers)
        for layer, value in layers:
            if value in self._single[layer]:
                return self._single[layer][value]
        return None if word.joined or not self._wild else self._wild_position(forms.exact)

    def _wild_position(self, word: str) -> int | None:
        """Return what asks for a word by how it begins, ends or is spelled."""
        if word not in self._known:
            self._known[word] = next(
                (position for form, position in self._wild if _WILD[form.layer](form.words[0], word)), None
            )
        return self._known[word]

    def _phrase_hits(self, words: Sequence[dutch.Token]) -> Iterator[Hit]:
        for form, position in self._phrases:
            values = [_VALUES.get(form.layer, _VALUES["exact"])(word) for word in words]
            if not form.ordered:
                yield from (Hit(words[at].span, position) for at in near_in(values, form.words, form.within))
            elif form.within > 1:
                yield from (Hit(words[at].span, position) for at in _near(values, form))
            else:
                for at in _occurrences(values, form.words):
                    yield Hit(Span(words[at].span.start, words[at + len(form.words) - 1].span.end), position)


def _near(values: Sequence[str], form: Form) -> Iterator[int]:
    """Yield the places of two words that stand near each other in this order."""
    first, second = form.words
    for at, value in enumerate(values):
        if value == first and second in values[at + 1 : at + 1 + form.within]:
            yield from (at, values.index(second, at + 1))


def _occurrences(values: Sequence[str], wanted: Sequence[str]) -> Iterator[int]:
    for at in range(len(values) - len(wanted) + 1):
        if values[at] == wanted[0] and tuple(values[at : at + len(wanted)]) == tuple(wanted):
            yield at


@dataclass
class _Windows:
    """Candidate quotes of one passage."""

    text: str
    hits: Sequence[Hit]

    @cached_property
    def best(self) -> Span:
        """The window with most different concepts, then most marks, then nearest to the beginning."""
        if len(self.text) <= WINDOW or not self.hits:
            return self._cut(0)
        starts = [max(hit.span.start - LEAD, 0) for hit in self.hits]
        return max((self._cut(start) for start in starts), key=lambda span: (*self._worth(span), -span.start))

    def _worth(self, window: Span) -> tuple[int, int]:
        inside = [hit.concept for hit in self.hits if window.holds(hit.span)]
        return len(set(inside)), len(inside)

    def _cut(self, start: int) -> Span:
        """Begin at a word, or at a sentence that begins just before; end after a word."""
        start = min(start, max(len(self.text) - WINDOW, 0))
        sentence = max(
            self.text.rfind(sign, max(0, start - LEAD), start + LEAD // 2) for sign in (". ", "? ", "! ", "\n")
        )
        begin = sentence + 1 if sentence >= 0 else start
        if start == 0:
            begin = 0
        if begin > 0 and not self.text[begin - 1].isspace() and not self.text[begin].isspace():
            begin = _next_space(self.text, begin)
        while begin < len(self.text) and self.text[begin].isspace():
            begin += 1
        end = min(begin + WINDOW, len(self.text))
        if end < len(self.text) and not self.text[end].isspace():
            end = max(_last_space(self.text, begin, end), begin)
        while end > begin and self.text[end - 1].isspace():
            end -= 1
        return Span(begin, end)


def _next_space(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at


def _last_space(text: str, begin: int, end: int) -> int:
    at = end
    while at > begin and not text[at].isspace():
        at -= 1
    return at if at > begin else _next_space(text, end)


def fragment(text: str, passage: Passage, marker: Marker, page_at: Callable[[int], Page | None]) -> Fragment:
    """Quote the best part of a passage; its page is that of the first mark, since a passage may run over a page end."""
    inside = passage.span.of(text)
    hits = marker.hits(inside)
    window = _Windows(inside, hits).best
    marks = tuple(
        Span(hit.span.start - window.start, hit.span.end - window.start) for hit in hits if window.holds(hit.span)
    )
    first = marks[0].start if marks else 0
    page = page_at(passage.span.start + window.start + first)
    return Fragment(
        passage=passage.id,
        page=page.number if page else None,
        page_label=page.label if page else None,
        path=passage.path,
        span=Span(passage.span.start + window.start, passage.span.start + window.end),
        text=window.of(inside),
        marks=marks,
        passage_span=passage.span,
        passage_text=inside,
    )
