"""Where in a text the taxonomy's labels stand: whole words only, the longest label first, false friends left out.

Work grows with the length of the text alone: a word leads at once to the few labels that begin with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from kennisbank import dutch
from kennisbank.dutch import Token
from kennisbank.model import TOLD, Span, TermId
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

    @property
    def is_name(self) -> bool:
        """Tell whether the text names the term; else it has a word that points to it, or its own short name."""
        return self.label.kind not in ("aanwijzing", "eigen")

    @property
    def rule(self) -> str:
        """Return what to tell as the reason."""
        return f"{'aanwijzing' if self.label.kind == 'aanwijzing' else 'label'}:{self.label.text}"


@dataclass(frozen=True, slots=True)
class _Pattern:
    term: Term
    label: Label | None
    """None: a phrase in which the term's labels and cues do not count."""
    layer: Layer
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Candidate:
    pattern: _Pattern
    span: Span
    covers: bool
    """Hides the labels inside it; not so for ``(jeugd-)strafrechtketen``, which names the inner chain as well."""


@dataclass(frozen=True, slots=True)
class _Affixes:
    """Cues that are one end of a word, by that end; a word leads to them by one look-up per length that occurs."""

    patterns: Mapping[str, Sequence[_Pattern]]
    lengths: tuple[int, ...]
    from_end: bool

    def at(self, form: str) -> Iterator[_Pattern]:
        for length in self.lengths:
            if length <= len(form):
                yield from self.patterns.get(form[-length:] if self.from_end else form[:length], ())


@dataclass(frozen=True, slots=True)
class Matcher:
    """The labels of a taxonomy by the word they begin with, per layer."""

    starts: Mapping[Layer, Mapping[str, Sequence[_Pattern]]]
    heads: _Affixes
    """Cues for words that begin with something: ``rooster*``."""
    tails: _Affixes
    """Cues for words that end on something: ``*bezetting``."""

    def find(self, text: str, speakers: Collection[Term] = ()) -> list[Match]:
        """Return every label and cue that counts, in order of place; of one term at most one of each per place.

        `speakers` are the organisations whose text this is: only these are meant by what they call themselves.
        """
        candidates = sorted(self._candidates(text), key=lambda found: (found.span.start, -found.span.end))
        matches = [match for match in _uncovered(candidates) if not _in_address(text, match.span)]
        named = {match.term.id for match in matches if match.is_name and not match.label.needs_name}
        own = _own_names(speakers)
        return [match for match in matches if _counts(match, named, own)]

    def _candidates(self, text: str) -> Iterator[_Candidate]:
        found = list(dutch.tokens(text))
        words = [token for token in found if not token.joined]
        for index, token in enumerate(words):
            for pattern in self._beginning_with(token):
                run = words[index : index + len(pattern.words)]
                if _fits(pattern, run, text):
                    span = Span(token.span.start, run[-1].span.end)
                    yield _Candidate(pattern, span, _hides_others(pattern))
        for token in found:
            if token.joined:
                whole = ")" not in token.span.of(text)
                for pattern in self._beginning_with(token):
                    if len(pattern.words) == 1:
                        yield _Candidate(pattern, token.span, whole and _hides_others(pattern))

    def _beginning_with(self, token: Token) -> Iterator[_Pattern]:
        for layer, patterns in self.starts.items():
            form = _form(token, layer)
            if form is not None:
                yield from patterns.get(form, ())
        yield from self.heads.at(token.forms.exact)
        yield from self.tails.at(token.forms.lemma)


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
    if len(run) == 1:
        return True
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
    seen: set[tuple[TermId, Span, bool]] = set()
    for candidate in candidates:
        term, label, span = candidate.pattern.term, candidate.pattern.label, candidate.span
        open_ = [outer for outer in open_ if outer.span.end > span.start]
        hidden = any(outer.covers and outer.span.holds(span) and _hides(outer, candidate) for outer in open_)
        open_.append(candidate)
        here = (term.id, span, _hides_others(candidate.pattern))
        if label and not hidden and here not in seen:
            seen.add(here)
            yield Match(term, label, span)


def _hides_others(pattern: _Pattern) -> bool:
    """Tell whether this may cover other labels; a cue is too weak for that."""
    return pattern.label is None or pattern.label.kind != "aanwijzing"


def _hides(outer: _Candidate, inner: _Candidate) -> bool:
    if outer.pattern.label is None:
        return outer.pattern.term.id == inner.pattern.term.id
    if outer.span == inner.span:
        return False
    # A chain or theme inside the name of an organisation is not spoken of; inside that of a goal it is, if by name.
    nothing_else = ("organisatie",) if _hides_others(inner.pattern) else ("organisatie", "doel")
    return outer.pattern.term.facet in (inner.pattern.term.facet, *nothing_else)


def _own_names(speakers: Collection[Term]) -> frozenset[tuple[TermId, str]]:
    """Return what the speakers call themselves; a name that two of them share means neither."""
    shared = Counter(label.text for term in speakers for label in term.own_names)
    return frozenset((term.id, label.text) for term in speakers for label in term.own_names if shared[label.text] == 1)


def _counts(match: Match, named: Container[TermId], own: Container[tuple[TermId, str]]) -> bool:
    if match.label.kind == "eigen":
        return (match.term.id, match.label.text) in own
    return not match.label.needs_name or match.term.id in named


@lru_cache(maxsize=4)
def matches_in(text: str, speakers: tuple[Term, ...], taxonomy: Taxonomy) -> tuple[Match, ...]:
    """Return what `Matcher.find` finds; kept for a moment, since tagger and rules look at one text after another."""
    return tuple(matcher(taxonomy).find(text, speakers))


@lru_cache(maxsize=4)
def matcher(taxonomy: Taxonomy) -> Matcher:
    """Index the labels and cues of a taxonomy that texts are tagged on."""
    starts: dict[Layer, dict[str, list[_Pattern]]] = {"lemma": {}, "exact": {}, "cased": {}, "surface": {}}
    ends: tuple[dict[str, list[_Pattern]], dict[str, list[_Pattern]]] = ({}, {})
    for term in taxonomy.terms.values():
        for pattern in _of_term(term):
            starts[pattern.layer].setdefault(pattern.words[0], []).append(pattern)
        for cue in term.cues:
            if "*" in cue.text:
                end = dutch.fold(cue.text.strip("*")).replace("-", "")  # as one word, as hyphenated words are read too
                ends[cue.text.startswith("*")].setdefault(end, []).append(_Pattern(term, cue, "exact", (end,)))
    heads, tails = (
        _Affixes(found, tuple(sorted({len(end) for end in found})), bool(at)) for at, found in enumerate(ends)
    )
    return Matcher(starts, heads, tails)


def _of_term(term: Term) -> Iterator[_Pattern]:
    """Return what texts are matched with for a term; the phrases in which nothing counts first."""
    if term.facet in TOLD:
        return
    for phrase in term.not_in:
        yield from _patterns(term, None, phrase)
    for label in (*term.labels, *term.own_names, *term.cues):
        if label.tag and "*" not in label.text:
            yield from _patterns(term, label, label.text)


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
