"""Where in a document a word stands: in the title, a heading or the text, and in which part of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from indexer.matching import Match
from kennisbank import dutch
from kennisbank.model import Document, Metadata, Span, TermId
from kennisbank.taxonomy import Term

FIELD_WIDE_KINDS = frozenset({"werkprogramma", "meerjarenperspectief", "jaarbericht"})
"""Kinds in which the Inspectie writes about all its work and about itself, and states its goals."""
OWN_KINDS = FIELD_WIDE_KINDS | {"bij-nadere-inspectie"}
"""Kinds in which the Inspectie is itself a subject."""
Place = Literal["titel", "kop", "tekst"]
_NUMBER = re.compile(r"^(?:(?:hoofdstuk|bijlage|deel)\s+)?(?:[0-9][0-9.]*|[ivxlc]+[.:)]?|[a-z][.:)])\s+", re.IGNORECASE)
_LISTS = frozenset({"inhoud", "inhoudsopgave", "colofon", "afkortingen", "afkortingenlijst"})
"""Headings with one of these words stand above lists of names, not above text about them."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Ranges:
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


class Places:
    """Answers where in a document a span stands."""

    def __init__(self, document: Document) -> None:
        self._text = document.text
        self._titles = Ranges(title_spans(document))
        self._headings = Ranges(block.span for block in document.blocks if block.kind == "heading")
        self._passages = Ranges(passage.span for passage in document.passages)
        self._passage_at = {passage.span.start: index for index, passage in enumerate(document.passages)}
        self._chapters = [(plain(document.title_of(section)), section.span) for section in document.sections]
        self._lists = Ranges(self._list_spans())
        self._field_wide = document.metadata.kind in FIELD_WIDE_KINDS
        self._own: dict[TermId, Ranges] = {}

    def _list_spans(self) -> Iterator[Span]:
        """Lists end at the next heading of any level: a contents list taken for a chapter must not hide the rest."""
        nexts = [*(span.start for _, span in self._chapters[1:]), len(self._text)]
        for (title, span), end in zip(self._chapters, nexts, strict=False):
            if _LISTS.intersection(title.split()):
                yield Span(span.start, end)

    def of(self, span: Span) -> tuple[Place, int | None]:
        """Return where a span stands, and the position of its passage in the document; None for a heading."""
        place: Place = "tekst"
        if self._titles.around(span):
            place = "titel"
        elif self._headings.around(span):
            place = "kop"
        passage = self._passages.around(span)
        return place, self._passage_at[passage.start] if passage else None

    def bears(self, match: Match, place: Place) -> bool:
        """Tell whether a label that is too common in running text counts here."""
        if place != "kop" or match.term.facet != "gebied":
            return place != "tekst"
        heading = self._headings.around(match.span)
        return heading is not None and plain(heading.of(self._text)) == dutch.fold(match.span.of(self._text))

    def is_list(self, span: Span) -> bool:
        """Tell whether this is a table of contents, list of abbreviations or colophon."""
        return self._lists.around(span) is not None

    def is_own_chapter(self, match: Match) -> bool:
        """Tell whether the Inspectie writes about itself here, and the term is about others only."""
        if not self._field_wide or not match.term.not_under:
            return False
        if match.term.id not in self._own:
            titles = {dutch.fold(title) for title in match.term.not_under}
            self._own[match.term.id] = Ranges(span for title, span in self._chapters if title in titles)
        return self._own[match.term.id].around(match.span) is not None


def title_spans(document: Document) -> Iterator[Span]:
    """Find the title where the text itself has it; a title that only a catalogue knows is no evidence."""
    for title in (document.metadata.title, document.metadata.subtitle):
        if title:
            yield from (Span(found.start(), found.end()) for found in re.finditer(re.escape(title), document.text))
            wanted = plain(title)
            yield from (section.heading for section in document.sections if plain(document.title_of(section)) == wanted)


def plain(heading: str) -> str:
    """Return a heading for comparing, without its number."""
    return dutch.fold(_NUMBER.sub("", heading.strip())).strip(" .:")


def years_of(metadata: Metadata) -> list[tuple[int, int]]:
    """Return the years a document is of: when it appeared and what it covers; empty when not known."""
    spoken = [[int(year) for year in _YEAR.findall(text or "")] for text in (metadata.dates.best, metadata.period)]
    return [(min(years), max(years)) for years in spoken if years]


def in_use(term: Term, years: Sequence[tuple[int, int]]) -> bool:
    """Tell whether a term was in use in any of the years; also when none is known."""
    first, last = term.valid_from or 0, term.valid_until or 9999
    return not years or any(first <= end and start <= last for start, end in years)
