"""Why a document carries a tag: the sentence it rests on, with its place and the rule that fired."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from flask import url_for
from markupsafe import Markup

from kennisbank.model import Evidence, Span
from kennisbank.results import DocumentText, ShownTag
from web.pages import EvidenceView, TagView
from web.shown import highlighted
from web.wording import FACET_PATHS, ORIGINS

SHOWN = 3
"""Places told per tag; the first are those the tagger put first."""
REACH = 160
"""Characters kept on either side of evidence in a longer sentence."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]?\s|\n")
_PATHS = {facet: plural for plural, facet in FACET_PATHS.items()}


def tag_views(document: DocumentText) -> Iterator[TagView]:
    """Yield the tags on the document as a whole, strongest first; those on passages are part of their evidence."""
    place = _Places(document)
    for tag in document.tags:
        if tag.level == "document":
            yield _tag_view(tag, place)


def _tag_view(tag: ShownTag, place: _Places) -> TagView:
    shown = list(zip(tag.evidence, tag.pages, strict=True))[:SHOWN]
    return TagView(
        facet=tag.facet,
        label=tag.label,
        address=url_for("terms.term", plural=_PATHS[tag.facet], slug=tag.term.partition(":")[2]),
        origin=tag.origin,
        origin_text=ORIGINS.get(tag.origin, tag.origin),
        strength=tag.strength,
        evidence=[
            EvidenceView(
                place.sentence(evidence), place.anchor(evidence), f"p. {page}" if page else "lees", evidence.rule
            )
            for evidence, page in shown
        ],
        more=len(tag.evidence) - len(shown),
    )


class _Places:
    """Finds the block and the passage around a place in one document."""

    def __init__(self, document: DocumentText) -> None:
        self._text = document.text
        self._blocks = sorted(block.span for block in document.blocks)
        self._passages = sorted(passage.span.start for passage in document.passages)

    def anchor(self, evidence: Evidence) -> str:
        """Return the address, within the page, of the passage that holds the evidence."""
        index = bisect_right(self._passages, evidence.span.start) - 1
        return f"#p{self._passages[index]}" if index >= 0 else "#tekst"

    def sentence(self, evidence: Evidence) -> Markup:
        """Return the sentence with the evidence marked, cut between words where it is long."""
        span = evidence.span
        block = self._block(span)
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text, block.start, block.end)]
        start = max((end for end in ends if end <= span.start), default=block.start)
        stop = min((end for end in ends if end >= span.end), default=block.end)
        first = start if span.start - start <= REACH else self._word_start(span.start - REACH, span.start)
        last = stop if stop - span.end <= REACH else self._word_end(span.end, span.end + REACH)
        mark = Span(span.start - first, span.end - first)
        quoted = highlighted(self._text[first:last].rstrip(), [mark])
        return Markup("{}{}{}").format("… " if first > start else "", quoted, " …" if last < stop else "")

    def _block(self, span: Span) -> Span:
        index = bisect_right(self._blocks, Span(span.start, len(self._text))) - 1
        return self._blocks[index] if index >= 0 and self._blocks[index].holds(span) else span

    def _word_start(self, start: int, limit: int) -> int:
        at = self._text.find(" ", start, limit)
        return at + 1 if at >= 0 else start

    def _word_end(self, limit: int, end: int) -> int:
        at = self._text.rfind(" ", limit, end)
        return at if at >= 0 else end
