"""Where in a text the taxonomy's labels stand: whole words only, the longest label first, false friends left out.

Work grows with the length of the text alone: a word leads at once to the few labels that begin with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from kennisbank import dutch
from kennisbank.dutch import Token
from kennisbank.model import Span, TermId
from kennisbank.taxonomy import Label, Taxonomy, Term

Layer = Literal["lemma", "exact", "cased", "surface"]
"""What of a word must be equal: the dictionary form, the folded word, the capitals, or the word as written."""
_MAX_GAP = 3
_BREAKS = frozenset(".;:!?)\n\t")
"""Between two words of one label stands a space, hyphen, comma or ampersand, never the end of something."""
_ADDRESS = re.compile(r"://|www\.|@|\.(?:nl|com|org|eu)\b")
_REACH = 200
"""Characters around a match in which the web address that holds it is recognised."""


@dataclass(frozen=True, slots=True)
class Match:
    """A label of a term at a place in the text."""

    term: Term
    label: Label
    span: Span


@dataclass(frozen=True, slots=True)
class _Pattern:
    term: Term
    label: Label | None
    """None: a phrase in which the term's labels do not count."""
    layer: Layer
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    pattern: _Pattern
    span: Span
    covers: bool
    """Hides the labels inside it; not so for ``(jeugd-)strafrechtketen``, which names the inner chain as well."""


@dataclass(frozen=True, slots=True)
class Matcher:
    """The labels of a taxonomy by the word they begin with, per layer."""

    starts: Mapping[Layer, Mapping[str, Sequence[_Pattern]]]

    def find(self, text: str) -> list[Match]:
        """Return every label that counts, in order of place; of one term at most one per place."""
        candidates = sorted(self._candidates(text), key=lambda found: (found.span.start, -found.span.end))
        matches = [match for match in _uncovered(candidates) if not _in_address(text, match.span)]
        named = {match.term.id for match in matches if not match.label.needs_name}
        return [match for match in matches if not match.label.needs_name or match.term.id in named]

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        found = list(dutch.tokens(text))
        words = [token for token in found if not token.joined]
        for index, token in enumerate(words):
            for pattern in self._beginning_with(token):
                run = words[index : index + len(pattern.words)]
                if _fits(pattern, run, text):
                    yield _Candidate(pattern, Span(token.span.start, run[-1].span.end), True)
        for token in found:
            if token.joined:
                covers = ")" not in token.span.of(text)
                for pattern in self._beginning_with(token):
                    if len(pattern.words) == 1:
                        yield _Candidate(pattern, token.span, covers)

    def _beginning_with(self, token: Token) -> Iterator[_Pattern]:
        for layer, patterns in self.starts.items():
            form = _form(token, layer)
            if form is not None:
                yield from patterns.get(form, ())


def _form(token: Token, layer: Layer) -> str | None:
    if layer == "lemma":
        return token.forms.lemma
    if layer == "exact":
        return token.forms.exact
    return token.cased if layer == "cased" else token.surface


def _fits(pattern: _Pattern, run: Sequence[Token], text: str) -> bool:
    """Tell whether a run of words, the first of which is right, is the whole pattern."""
    if len(run) < len(pattern.words):
        return False
    return all(
        _form(token, pattern.layer) == word for token, word in zip(run[1:], pattern.words[1:], strict=True)
    ) and all(_adjacent(text[left.span.end : right.span.start]) for left, right in pairwise(run))


def _adjacent(gap: str) -> bool:
    return len(gap) <= _MAX_GAP and _BREAKS.isdisjoint(gap)


def _in_address(text: str, span: Span) -> bool:
    """Tell whether a match is part of a web or mail address."""
    before = text[max(0, span.start - _REACH) : span.start]
    after = text[span.end : span.end + _REACH]
    head = "" if before[-1:].isspace() else "".join(before.split()[-1:])
    tail = "" if after[:1].isspace() else "".join(after.split(maxsplit=1)[:1])
    return bool(_ADDRESS.search(f"{head}{span.of(text)}{tail}"))


def _uncovered(candidates: Iterable[_Candidate]) -> Iterator[Match]:
    """Leave out what lies in a longer label or in a phrase where it does not count; candidates come outermost first."""
    open_: list[_Candidate] = []
    seen: set[tuple[TermId, Span]] = set()
    for candidate in candidates:
        term, label, span = candidate.pattern.term, candidate.pattern.label, candidate.span
        open_ = [outer for outer in open_ if outer.span.end > span.start]
        hidden = any(outer.covers and outer.span.holds(span) and _hides(outer, candidate) for outer in open_)
        open_.append(candidate)
        if label and not hidden and (term.id, span) not in seen:
            seen.add((term.id, span))
            yield Match(term, label, span)


def _hides(outer: _Candidate, inner: _Candidate) -> bool:
    if outer.pattern.label is None:
        return outer.pattern.term.id == inner.pattern.term.id
    if outer.span == inner.span:
        return False
    # A chain or theme inside the name of an organisation is not spoken of; inside that of a goal it is.
    return outer.pattern.term.facet in (inner.pattern.term.facet, "organisatie")


@lru_cache(maxsize=4)
def matcher(taxonomy: Taxonomy) -> Matcher:
    """Index the labels of a taxonomy that texts are tagged on."""
    starts: dict[Layer, dict[str, list[_Pattern]]] = {"lemma": {}, "exact": {}, "cased": {}, "surface": {}}
    for term in taxonomy.terms.values():
        phrases = (pattern for phrase in term.not_in for pattern in _patterns(term, None, phrase))
        labels = (pattern for label in term.labels if label.tag for pattern in _patterns(term, label, label.text))
        for pattern in (*phrases, *labels):
            starts[pattern.layer].setdefault(pattern.words[0], []).append(pattern)
    return Matcher(starts)


def _patterns(term: Term, label: Label | None, text: str) -> Iterator[_Pattern]:
    """Return the word rows a label may stand in a text as: with its hyphen as two words, without it as one."""
    found = list(dutch.tokens(text))
    words = [token for token in found if not token.joined]
    layer: Layer = "lemma" if text.islower() else "exact"
    if label and label.case_sensitive:
        layer = "surface" if len(words) > 1 else "cased"
        yield _Pattern(term, label, layer, tuple(token.surface.replace(".", "") for token in words))
        return
    yield _Pattern(term, label, layer, tuple(_form(token, layer) or "" for token in words))
    for token in found:
        if token.joined and len(token.span.of(text)) == len(text):
            yield _Pattern(term, label, layer, (_form(token, layer) or "",))
