"""Why a document carries a tag: the sentence it rests on, with its place and the rule that fired."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from flask import url_for
from markupsafe import Markup

from kennisbank.model import MAIN_STRENGTH, Span
from kennisbank.results import DocumentText, ShownTag
from web.document_pages import EvidenceView, TagView
from web.shown import highlighted
from web.wording import FACET_PATHS, ORIGINS

SHOWN = 3
"""Places told per tag; the first are those the tagger put first."""
REACH = 160
"""Characters kept on either side of evidence in a longer sentence."""
AROUND = 400
"""Characters kept of the text before and behind what is shown in its context."""
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]?\s|\n")
_PATHS = {facet: plural for plural, facet in FACET_PATHS.items()}


def tag_views(document: DocumentText) -> Iterator[TagView]:
    """Yield the tags on the document as a whole, strongest first; those on passages are part of their evidence."""
    place = Places(document)
    for tag in document.tags:
        if tag.level == "document":
            yield _tag_view(tag, place)


def _tag_view(tag: ShownTag, place: Places) -> TagView:
    shown = list(zip(tag.evidence, tag.pages, strict=True))[:SHOWN]
    return TagView(
        facet=tag.facet,
        label=tag.label,
        address=term_address(tag.facet, tag.term),
        origin=tag.origin,
        origin_text=ORIGINS.get(tag.origin, tag.origin),
        strength=tag.strength,
        main=tag.strength >= MAIN_STRENGTH,
        evidence=[
            EvidenceView(
                place.sentence(evidence.span),
                place.anchor(evidence.span),
                f"p. {page}" if page else "lees",
                evidence.rule,
            )
            for evidence, page in shown
        ],
        more=len(tag.evidence) - len(shown),
    )


def term_address(facet: str, term: str) -> str:
    """Return the address of a term's own page."""
    return url_for("terms.term", plural=_PATHS[facet], slug=term.partition(":")[2])


class Places:
    """Finds the block and the passage around a place in one document."""

    def __init__(self, document: DocumentText) -> None:
        self._text = document.text
        self._blocks = sorted(block.span for block in document.blocks)
        self._headings = {block.span for block in document.blocks if block.kind == "heading"}
        self._passages = sorted(passage.span.start for passage in document.passages)

    def anchor(self, span: Span) -> str:
        """Return the address, within the page, of the passage that holds a place."""
        index = bisect_right(self._passages, span.start) - 1
        return f"#p{self._passages[index]}" if index >= 0 else "#tekst"

    def sentence(self, span: Span) -> Markup:
        """Return the sentence with a place marked, cut between words where it is long."""
        block = self._block(span)
        ends = [match.end() for match in _SENTENCE_END.finditer(self._text, block.start, block.end)]
        start = max((end for end in ends if end <= span.start), default=block.start)
        stop = min((end for end in ends if end >= span.end), default=block.end)
        return self._cut(Span(start, stop), span, REACH)

    def context(self, span: Span) -> Iterator[Markup]:
        """Yield the text around a place, block by block: one before, those that hold it, one behind; no headings."""
        blocks = [block for block in self._blocks if block not in self._headings or block.holds(span)]
        first = max(bisect_right(blocks, Span(span.start, len(self._text))) - 1, 0)
        for block in blocks[max(first - 1, 0) :]:
            near = Span(min(max(span.start, block.start), block.end), max(min(span.end, block.end), block.start))
            yield self._cut(block, near, AROUND)
            if block.start >= span.end:
                return

    def _cut(self, whole: Span, mark: Span, reach: int) -> Markup:
        """Return a piece of the text with a place in it marked, and no more than so much on either side."""
        start, stop = whole.start, whole.end
        first = start if mark.start - start <= reach else self._word_start(mark.start - reach, mark.start)
        last = stop if stop - mark.end <= reach else self._word_end(mark.end, mark.end + reach)
        marks = [Span(mark.start - first, mark.end - first)] if mark.start < mark.end else []
        quoted = highlighted(self._text[first:last].rstrip(), marks)
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
