"""From a document's one text to parts in reading order, with an anchor at every page, passage, heading and hit."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal

from markupsafe import Markup

from kennisbank.model import Block, Page, Span, page_finder
from kennisbank.results import DocumentText
from web.shown import plain

PartKind = Literal["page", "heading", "paragraph", "items", "table", "note"]
_DEEPEST_HEADING = 6
_NOTHING = Markup("")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the text as the template shows it."""

    kind: PartKind
    markup: Markup = _NOTHING
    level: int = 0
    """Of a heading: 2..6, never skipping one."""
    anchor: str = ""
    page: int | None = None
    """Of a page: its number. Of a note: the page it stands on when that is not the one being read."""
    empty: bool = False
    """Of a page: it gave no text."""
    items: Sequence[tuple[int, Markup]] = ()
    """Of a list: nesting and text."""
    rows: Sequence[Sequence[Markup]] = ()
    """Of a table."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A line of the table of contents."""

    heading: str
    anchor: str
    depth: int
    page: int | None
    hits: int


def outline(document: DocumentText) -> tuple[Outline, ...]:
    """Return the headings with their page and the number of hits below them."""
    page_at = page_finder(document.pages)
    starts = [mark.start for mark in document.marks]
    lines = []
    above: list[int] = []
    for section in document.sections:
        while above and above[-1] >= section.level:
            above.pop()
        page = page_at(section.heading.start)
        hits = bisect_left(starts, section.span.end) - bisect_left(starts, section.span.start)
        heading = section.heading.of(document.text)
        lines.append(
            Outline(heading, _heading_anchor(section.heading), len(above), page.number if page else None, hits)
        )
        above.append(section.level)
    return tuple(lines)


def parts(document: DocumentText, current_hit: int | None = None) -> tuple[Part, ...]:
    """Lay out the whole text; the hit that is being looked at (1-based) is marked as such."""
    found = _Layout(document, current_hit).parts()
    joined: list[Part] = []
    for kind, group in groupby(found, key=lambda part: part.kind):
        run = list(group)
        if kind == "items":
            joined.append(Part("items", items=[item for part in run for item in part.items]))
        else:
            joined.extend(run)
    return tuple(joined)


def _heading_anchor(heading: Span) -> str:
    return f"k{heading.start}"


class _Layout:
    """Walks the blocks once and hands out pages and anchors as it passes them."""

    def __init__(self, document: DocumentText, current_hit: int | None) -> None:
        self._document = document
        self._inline = _Inline(document, current_hit)
        self._page_at = page_finder(document.pages)
        self._pages = _page_starts(document.pages, len(document.text))
        self._next_page = 0
        self._levels: list[int] = []

    def parts(self) -> Iterator[Part]:
        for block in self._document.blocks:
            yield from self._pages_until(block.span.start)
            yield self._part(block)
            self._pass_pages_inside(block.span.end)
        yield from self._pages_until(len(self._document.text))

    def _pages_until(self, offset: int) -> Iterator[Part]:
        while self._next_page < len(self._pages) and self._pages[self._next_page][0] <= offset:
            page = self._pages[self._next_page][1]
            self._next_page += 1
            yield Part("page", page=page.number, anchor=f"pagina-{page.number}", empty=not page.spans)

    def _pass_pages_inside(self, end: int) -> None:
        """Skip pages that begin within a block: they are anchored in its text."""
        while self._next_page < len(self._pages) and self._pages[self._next_page][0] < end:
            self._next_page += 1

    def _part(self, block: Block) -> Part:
        if block.kind == "table":
            return Part("table", rows=[list(row) for row in self._cells(block.span)])
        markup = self._inline.render(block.span)
        if block.kind == "heading":
            return Part("heading", markup, level=self._level(block.level), anchor=_heading_anchor(block.span))
        if block.kind == "item":
            return Part("items", items=[(min(block.level, 3), markup)])
        if block.kind == "note":
            return Part("note", markup, page=self._page_elsewhere(block.span))
        return Part("paragraph", markup)

    def _level(self, level: int) -> int:
        """Keep the nesting of headings, without the gaps that documents leave in it; the page's own title is 1."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return min(len(self._levels) + 1, _DEEPEST_HEADING)

    def _page_elsewhere(self, span: Span) -> int | None:
        page = self._page_at(span.start)
        reading = self._pages[self._next_page - 1][1] if self._next_page else None
        return page.number if page and reading and page.number != reading.number else None

    def _cells(self, span: Span) -> Iterator[Iterator[Markup]]:
        for row in _split(self._document.text, span, "\n"):
            yield (self._inline.render(cell) for cell in _split(self._document.text, row, "\t"))


def _split(text: str, span: Span, separator: str) -> Iterator[Span]:
    start = span.start
    while (at := text.find(separator, start, span.end)) >= 0:
        yield Span(start, at)
        start = at + 1
    yield Span(start, span.end)


def _page_starts(pages: Sequence[Page], length: int) -> list[tuple[int, Page]]:
    """Return where each page begins; one without text begins where the next one does."""
    starts: list[tuple[int, Page]] = []
    next_start = length
    for page in reversed(pages):
        next_start = min((span.start for span in page.spans), default=next_start)
        starts.append((next_start, page))
    return sorted(starts, key=lambda start: (start[0], start[1].number))


class _Inline:
    """Renders any span of the text with the marks and anchors that fall in it."""

    def __init__(self, document: DocumentText, current_hit: int | None) -> None:
        self._text = document.text
        self._marks = document.marks
        self._mark_ends = [mark.end for mark in document.marks]
        self._current = current_hit
        block_starts = [block.span.start for block in document.blocks]
        anchors = [
            (passage.span.start, Markup('<span id="p{}"></span>').format(passage.span.start))
            for passage in document.passages
        ]
        for start, page in _page_starts(document.pages, len(document.text)):
            if _is_inside_a_block(start, document.blocks, block_starts):
                anchors.append((start, _PAGE_INSIDE.format(page.number)))
        self._anchors = sorted(anchors, key=lambda anchor: anchor[0])
        self._next_anchor = 0

    def render(self, span: Span) -> Markup:
        """Return the span's markup; spans must be asked for in order, so that each anchor is given once."""
        pieces: list[Markup] = []
        for start, end in pairwise(self._cuts(span)):
            pieces += self._anchors_until(start)
            pieces.append(self._piece(Span(start, end)))
        return Markup("").join(pieces)

    def _cuts(self, span: Span) -> list[int]:
        cuts = {span.start, span.end}
        index = self._next_anchor
        while index < len(self._anchors) and self._anchors[index][0] < span.end:
            cuts.add(max(self._anchors[index][0], span.start))
            index += 1
        for mark in self._marks[bisect_right(self._mark_ends, span.start) :]:
            if mark.start >= span.end:
                break
            cuts.update((max(mark.start, span.start), min(mark.end, span.end)))
        return sorted(cuts)

    def _anchors_until(self, offset: int) -> Iterator[Markup]:
        while self._next_anchor < len(self._anchors) and self._anchors[self._next_anchor][0] <= offset:
            yield self._anchors[self._next_anchor][1]
            self._next_anchor += 1

    def _piece(self, span: Span) -> Markup:
        text = plain(span.of(self._text))
        index = bisect_right(self._mark_ends, span.start)
        if index == len(self._marks) or self._marks[index].start > span.start:
            return text
        number = index + 1
        anchor = Markup(' id="t{}"').format(number) if self._marks[index].start == span.start else ""
        current = Markup(' class="is-nu"') if number == self._current else ""
        return Markup("<mark{}{}>{}</mark>").format(anchor, current, text)


_PAGE_INSIDE = Markup(
    '<span class="kb-paginagrens" id="pagina-{0}"><span class="kb-onzichtbaar">pagina </span>{0}</span>'
)


def _is_inside_a_block(offset: int, blocks: Sequence[Block], starts: Sequence[int]) -> bool:
    index = bisect_right(starts, offset) - 1
    return index >= 0 and starts[index] < offset < blocks[index].span.end
