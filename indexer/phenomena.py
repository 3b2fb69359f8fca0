"""Which phenomena and measures a document and its passages tell of, each with the place that does.

A passage gets every one of which a pattern stands in it. The document gets those that several passages tell of, or that
its headings do: one passage in a long report is no subject of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kennisbank.lexicon import Match, lexicon
from kennisbank.model import Document, Evidence, Passage, Span, Tag
from kennisbank.taxonomy import Taxonomy

FULL = 6
"""Passages from which a phenomenon carries a document of a usual length as much as can be."""
USUAL_SIZE = 20
LEAST = 2
"""Passages of a document of usual length that must tell of a phenomenon; a short one needs one."""
SHORT = 8
MAX_EVIDENCE = 5


def told(document: Document, taxonomy: Taxonomy) -> tuple[Tag, ...]:
    """Return the tags of all passages, then those of the document as a whole, strongest first."""
    found = [(passage, list(_matches(document, passage, taxonomy))) for passage in document.passages]
    inside = [
        Tag(match.term.facet, match.term.id, 1.0, (_evidence(match),), "afgeleid", passage.id)
        for passage, matches in found
        for match in matches
    ]
    return (*inside, *sorted(_whole(document, found), key=lambda tag: (-tag.strength, tag.term)))


def _matches(document: Document, passage: Passage, taxonomy: Taxonomy) -> Iterator[Match]:
    start = passage.span.start
    for match in lexicon(taxonomy).matches(passage.span.of(document.text)):
        yield Match(match.term, Span(start + match.span.start, start + match.span.end), match.pattern)


def _whole(document: Document, found: list[tuple[Passage, list[Match]]]) -> Iterator[Tag]:
    by_term: dict[str, list[Match]] = defaultdict(list)
    for _, matches in found:
        for match in matches:
            by_term[match.term.id].append(match)
    size = max(len(document.passages) / USUAL_SIZE, 1.0) ** 0.5
    least = 1 if len(document.passages) <= SHORT else LEAST * size
    for its in by_term.values():
        if len(its) >= least:
            strength = round(min(len(its) / (FULL * size), 1.0), 3)
            yield Tag(
                its[0].term.facet, its[0].term.id, strength, tuple(map(_evidence, its[:MAX_EVIDENCE])), "afgeleid"
            )


def _evidence(match: Match) -> Evidence:
    return Evidence(match.span, f"zo:{match.pattern}")
