"""What in a document speaks for a term: its names, words that point to it, and terms that it follows from."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from indexer.matching import Match, matcher, matches_in
from indexer.places import OWN_KINDS, Place, Places, in_use, years_of
from kennisbank.model import Document, Evidence, Metadata, Span, TermId
from kennisbank.taxonomy import Taxonomy, Term

NOISE_WEIGHT = 0.5
"""A misspelt label counts half."""
CUE_WEIGHT = 0.5
"""A word that points to a term; two different ones are worth a name."""
DERIVED_WEIGHT = 0.5
"""A name of what the term follows from: of its chain, or of an organisation that works there."""
REACTIONS = frozenset({"beleidsreactie", "voortgangsbrief", "wederhoor"})
"""Kinds in which others answer the Inspectie."""


_PROMINENCE: Mapping[Place, int] = {"titel": 5, "kop": 2, "tekst": 1}


@dataclass(frozen=True, slots=True)
class Clue:
    """A place in the text that speaks for a term."""

    term: Term
    rule: str
    weight: float
    named: bool
    """The text has a name of the term here, not just a word that points to it."""
    span: Span
    place: Place
    passage: int | None
    """Position of its passage in the document; None for a heading."""

    @property
    def evidence(self) -> Evidence:
        """Return it as the reason for a tag."""
        return Evidence(self.span, self.rule)


def clues(document: Document, taxonomy: Taxonomy) -> Iterator[Clue]:
    """Find all clues, without those that do not count where they stand."""
    years = years_of(document.metadata)
    places = Places(document)
    found: dict[tuple[TermId, Span], Clue] = {}
    for match in matches_in(document.text, speakers(document.metadata, taxonomy), taxonomy):
        if places.is_list(match.span) or places.is_own_chapter(match):
            continue
        clue = _clue(match, places)
        if not match.label.heading_only or places.bears(match, clue.place):
            found.setdefault((clue.term.id, clue.span), clue)  # a name goes before a cue on the same words
    yield from (clue for clue in found.values() if in_use(clue.term, years))
    yield from _following(document.text, list(found.values()), taxonomy, years)
    yield from _dossier(document, taxonomy, years)


def _clue(match: Match, places: Places) -> Clue:
    place, passage = places.of(match.span)
    weight = {"ruis": NOISE_WEIGHT, "aanwijzing": CUE_WEIGHT}.get(match.label.kind, 1.0)
    rule = match.rule if place == "tekst" or not match.is_name else f"kop:{match.label.text}"
    return Clue(match.term, rule, weight, match.label.kind != "aanwijzing", match.span, place, passage)


def _following(
    text: str, found: Sequence[Clue], taxonomy: Taxonomy, years: Sequence[tuple[int, int]]
) -> Iterator[Clue]:
    """Yield what names say of chain and area, and what words that point to a chain say of its area.

    Of the areas only the first that was in use follows, since sets succeed each other.
    """
    overshadowed = _overshadowed([clue for clue in found if clue.named])
    for clue in found:
        if not (clue.named or clue.term.facet == "keten") or clue.term.id in overshadowed:
            continue
        areas = (area for area in clue.term.areas if in_use(taxonomy.terms[area], years))
        weight = clue.weight * (DERIVED_WEIGHT if clue.named else 1)
        for target in (*clue.term.chains, *islice(areas, 1)):
            term, rule = taxonomy.terms[target], f"afgeleid:{clue.term.id}"
            if clue.span.of(text).lower() not in term.not_in:
                yield Clue(term, rule, weight, False, clue.span, clue.place, clue.passage)


def _overshadowed(named: Sequence[Clue]) -> set[TermId]:
    """Return the organisations of which a part is named half as often or more: DJI in a report on one institution."""
    counts: Counter[TermId] = Counter()
    for clue in named:
        counts[clue.term.id] += _PROMINENCE[clue.place]
    parts = {(clue.term.id, whole) for clue in named for whole in clue.term.broader}
    return {whole for part, whole in parts if counts[part] * 2 >= counts[whole]}


def _dossier(document: Document, taxonomy: Taxonomy, years: Sequence[tuple[int, int]]) -> Iterator[Clue]:
    """Yield the dossier's number for the terms that the dossier is about; it says as much as a title.

    A number that only a catalogue or an address has is shown as the words that the document opens with.
    """
    number = document.metadata.dossier
    terms = [term for term in taxonomy.terms.values() if number in term.dossiers and in_use(term, years)]
    if number and terms and document.blocks:
        found = re.search(rf"(?<!\d){number[:2]}[ .]?{re.escape(number[2:])}(?!\d)", document.text)
        span = Span(*found.span()) if found else document.blocks[0].span
        yield from (Clue(term, f"dossier:{number}", 1.0, False, span, "titel", None) for term in terms)


@lru_cache(maxsize=256)
def _named_by(name: str, taxonomy: Taxonomy) -> tuple[Term, ...]:
    found = {match.term.id for match in matcher(taxonomy).find(name) if match.is_name}
    return tuple(taxonomy.terms[term] for term in sorted(found) if taxonomy.terms[term].facet == "organisatie")


def speakers(metadata: Metadata, taxonomy: Taxonomy) -> tuple[Term, ...]:
    """Return the organisations whose publication this is."""
    found = {term.id: term for name in metadata.publishers for term in _named_by(name, taxonomy)}
    return tuple(found.values())


def is_only_speaking(term: Term, metadata: Metadata, speaking: Collection[Term]) -> bool:
    """Tell whether a supervisor is just the one who writes here, or is answered, and not written about."""
    if not term.supervises or metadata.kind in OWN_KINDS:
        return False
    return metadata.kind in REACTIONS or term in speaking
