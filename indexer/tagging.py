"""Which terms of the taxonomy a document and its passages are about, each with the words that say so.

A passage gets every term that it names. The document gets a term that stands in its title or a heading, or that
is spread over several passages; a mention alone is not enough. Goals are tagged only where they are stated: most
reports name none.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Literal

from indexer.matching import Match, matcher
from kennisbank import dutch
from kennisbank.model import Document, Evidence, Metadata, Passage, Span, Tag, TermId
from kennisbank.taxonomy import Label, Taxonomy, Term

FIELD_WIDE_KINDS = frozenset({"werkprogramma", "meerjarenperspectief", "jaarbericht"})
"""Kinds in which the Inspectie writes about all its work and about itself: goals are stated, no area is derived."""
SHORT_DOCUMENT = 20
"""Passages; some eight pages."""
SPREAD_SHORT, SPREAD_LONG = 2, 3
"""Passages that must name a term that stands in no heading."""
SPREAD_SHARE = 0.02
"""Part of the passages of a very long document that must: three mentions in 300 pages are no subject."""
NOISE_WEIGHT = 0.5
"""A misspelt label counts half."""
BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT = 0.6, 0.2, 0.4
FULL_SHARE = 0.5
"""A term in this part of the passages carries the document as much as can be."""
MAIN_STRENGTH = 0.4
"""From here a term is a main subject: in the title, or in a third of the passages."""
DERIVED_WEIGHT = 0.8
MAX_EVIDENCE = 5

Place = Literal["titel", "kop", "tekst"]
_RANK: dict[Place, int] = {"titel": 0, "kop": 1, "tekst": 2}
_NUMBER = re.compile(r"^(?:(?:hoofdstuk|bijlage|deel)\s+)?(?:[0-9][0-9.]*|[ivxlc]+[.:)]?|[a-z][.:)])\s+", re.IGNORECASE)
_LISTS = frozenset({"inhoud", "inhoudsopgave", "colofon", "afkortingen", "afkortingenlijst"})
"""Headings with one of these words stand above lists of names, not above text about them."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class _Hit:
    """A match that counts, and where it stands."""

    term: Term
    label: Label
    span: Span
    place: Place
    passage: int | None
    """Position of its passage in the document; None for a heading."""

    @property
    def weight(self) -> float:
        return NOISE_WEIGHT if self.label.kind == "ruis" else 1.0

    @property
    def evidence(self) -> Evidence:
        return Evidence(self.span, f"{'label' if self.place == 'tekst' else 'kop'}:{self.label.text}")


def tag(document: Document, taxonomy: Taxonomy) -> tuple[Tag, ...]:
    """Return the tags of all passages, then those of the document as a whole, strongest first."""
    hits = list(_hits(document, matcher(taxonomy).find(document.text)))
    stated = _document_tags(document, hits)
    derived = _derived_areas(document.metadata, stated, taxonomy)
    whole = sorted((*stated, *derived), key=lambda tag: (-tag.strength, tag.term))
    return (*_passage_tags(document.passages, hits), *whole)


def _hits(document: Document, matches: Iterable[Match]) -> Iterator[_Hit]:
    """Place the matches, without those that do not count where they stand."""
    years = _years(document.metadata)
    places = _Places(document)
    for match in matches:
        if not _in_use(match.term, years) or places.is_list(match.span) or places.is_own_chapter(match):
            continue
        hit = places.hit(match)
        if not match.label.heading_only or places.bears(hit):
            yield hit


class _Ranges:
    """Parts of a text; told in logarithmic time whether a span lies in one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans: list[Span] = []
        for span in sorted(spans):
            last = self._spans[-1] if self._spans else None
            if last and span.start < last.end:
                self._spans[-1] = Span(last.start, max(last.end, span.end))
            else:
                self._spans.append(span)
        self._starts = [span.start for span in self._spans]

    def around(self, span: Span) -> Span | None:
        """Return the part that holds a span."""
        index = bisect_right(self._starts, span.start) - 1
        return self._spans[index] if index >= 0 and self._spans[index].holds(span) else None


class _Places:
    """Answers where in a document a span stands."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._titles = _Ranges(_title_spans(document))
        self._headings = _Ranges(block.span for block in document.blocks if block.kind == "heading")
        self._passages = _Ranges(passage.span for passage in document.passages)
        self._passage_at = {passage.span.start: index for index, passage in enumerate(document.passages)}
        self._chapters = [(_plain(document.title_of(section)), section.span) for section in document.sections]
        self._lists = _Ranges(self._list_spans())
        self._field_wide = document.metadata.kind in FIELD_WIDE_KINDS
        self._own: dict[TermId, _Ranges] = {}

    def _list_spans(self) -> Iterator[Span]:
        """Lists end at the next heading of any level: a contents list taken for a chapter must not hide the rest."""
        nexts = [*(span.start for _, span in self._chapters[1:]), len(self._text)]
        for (title, span), end in zip(self._chapters, nexts, strict=False):
            if _LISTS.intersection(title.split()):
                yield Span(span.start, end)

    def hit(self, match: Match) -> _Hit:
        """Make a hit of a match."""
        place: Place = "tekst"
        if self._titles.around(match.span):
            place = "titel"
        elif self._headings.around(match.span):
            place = "kop"
        passage = self._passages.around(match.span)
        return _Hit(match.term, match.label, match.span, place, self._passage_at[passage.start] if passage else None)

    def bears(self, hit: _Hit) -> bool:
        """Tell whether a label that is too common in running text counts here."""
        if hit.place != "kop" or hit.term.facet != "gebied":
            return hit.place != "tekst"
        heading = self._headings.around(hit.span)
        return heading is not None and _plain(heading.of(self._text)) == dutch.fold(hit.span.of(self._text))

    def is_list(self, span: Span) -> bool:
        """Tell whether this is a table of contents, list of abbreviations or colophon."""
        return self._lists.around(span) is not None

    def is_own_chapter(self, match: Match) -> bool:
        """Tell whether the Inspectie writes about itself here, and the term is about others only."""
        if not self._field_wide or not match.term.not_under:
            return False
        if match.term.id not in self._own:
            titles = {dutch.fold(title) for title in match.term.not_under}
            self._own[match.term.id] = _Ranges(span for title, span in self._chapters if title in titles)
        return self._own[match.term.id].around(match.span) is not None


def _title_spans(document: Document) -> Iterator[Span]:
    """Find the title where the text itself has it; a title that only a catalogue knows is no evidence."""
    for title in (document.metadata.title, document.metadata.subtitle):
        if title:
            yield from (Span(found.start(), found.end()) for found in re.finditer(re.escape(title), document.text))
            wanted = _plain(title)
            yield from (
                section.heading for section in document.sections if _plain(document.title_of(section)) == wanted
            )


def _plain(heading: str) -> str:
    """Return a heading for comparing, without its number."""
    return dutch.fold(_NUMBER.sub("", heading.strip())).strip(" .:")


def _years(metadata: Metadata) -> list[tuple[int, int]]:
    """Return the years a document is of: when it appeared and what it covers; empty when not known."""
    spoken = [[int(year) for year in _YEAR.findall(text or "")] for text in (metadata.dates.best, metadata.period)]
    return [(min(years), max(years)) for years in spoken if years]


def _in_use(term: Term, years: Sequence[tuple[int, int]]) -> bool:
    first, last = term.valid_from or 0, term.valid_until or 9999
    return not years or any(first <= end and start <= last for start, end in years)


def _by_term(hits: Iterable[_Hit]) -> Iterator[tuple[Term, list[_Hit]]]:
    for _, group in groupby(sorted(hits, key=lambda hit: (hit.term.id, hit.span)), key=lambda hit: hit.term.id):
        found = list(group)
        yield found[0].term, found


def _passage_tags(passages: Sequence[Passage], hits: Iterable[_Hit]) -> Iterator[Tag]:
    inside: dict[int, list[_Hit]] = {}
    for hit in hits:
        if hit.passage is not None:
            inside.setdefault(hit.passage, []).append(hit)
    for index in sorted(inside):
        for term, found in _by_term(inside[index]):
            weight = sum(hit.weight for hit in found)
            evidence = tuple(hit.evidence for hit in found[:MAX_EVIDENCE])
            yield Tag(term.facet, term.id, round(weight / (weight + 1), 3), evidence, passage=passages[index].id)


def _document_tags(document: Document, hits: Iterable[_Hit]) -> list[Tag]:
    total = max(1, len(document.passages))
    needed = SPREAD_SHORT if total <= SHORT_DOCUMENT else max(SPREAD_LONG, total * SPREAD_SHARE)
    states_goals = document.metadata.kind in FIELD_WIDE_KINDS
    tags = []
    for term, found in _by_term(hits):
        places = {hit.place for hit in found}
        passages = _passage_weight(found)
        named = bool(places & {"titel", "kop"})
        if not (named or (states_goals if term.facet == "doel" else passages >= needed)):
            continue
        strength = BODY_WEIGHT * min(1, passages / total / FULL_SHARE)
        strength += TITLE_WEIGHT if "titel" in places else HEADING_WEIGHT if "kop" in places else 0
        tags.append(Tag(term.facet, term.id, round(strength, 3), _strongest(found)))
    return tags


def _passage_weight(found: Iterable[_Hit]) -> float:
    """Count the passages that name a term; one with only misspelt labels for half."""
    best: dict[int, float] = {}
    for hit in found:
        if hit.passage is not None:
            best[hit.passage] = max(hit.weight, best.get(hit.passage, 0))
    return sum(best.values())


def _strongest(found: Sequence[_Hit]) -> tuple[Evidence, ...]:
    """Choose what to show: title, headings, then the first right spelling of each passage."""
    seen: set[int | None] = set()
    chosen: list[_Hit] = []
    others: list[_Hit] = []
    for hit in sorted(found, key=lambda hit: (_RANK[hit.place], -hit.weight, hit.span)):
        (others if hit.place == "tekst" and hit.passage in seen else chosen).append(hit)
        seen.add(hit.passage)
    return tuple(hit.evidence for hit in (chosen + others)[:MAX_EVIDENCE])


def _derived_areas(metadata: Metadata, stated: Sequence[Tag], taxonomy: Taxonomy) -> list[Tag]:
    """Place a document in the area of its main chain and of its main organisation."""
    if metadata.kind in FIELD_WIDE_KINDS:
        return []
    known = {tag.term for tag in stated}
    years = _years(metadata)
    derived: list[Tag] = []
    for main in _main_subjects(stated, taxonomy):
        areas = (area for area in taxonomy.terms[main.term].areas if _in_use(taxonomy.terms[area], years))
        area = next(areas, None)
        if area and area not in known:
            known.add(area)
            evidence = tuple(replace(entry, rule=f"afgeleid:{main.term}") for entry in main.evidence)
            strength = round(main.strength * DERIVED_WEIGHT, 3)
            derived.append(Tag("gebied", area, strength, evidence, origin="afgeleid"))
    return derived


def _main_subjects(stated: Sequence[Tag], taxonomy: Taxonomy) -> Iterator[Tag]:
    """Yield the strongest chain and, of the organisations that work in one area, the strongest."""
    chains = [tag for tag in stated if tag.facet == "keten"]
    organisations = [tag for tag in stated if tag.facet == "organisatie" and taxonomy.terms[tag.term].areas]
    for tags in (chains, organisations):
        main = max(tags, key=lambda tag: tag.strength, default=None)
        if main and main.strength >= MAIN_STRENGTH:
            yield main
