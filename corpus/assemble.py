"""From blocks to one text: the canonical text of a document and all spans that point into it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from corpus.raw import Progress, RawBlock, RawDocument
from kennisbank import dutch
from kennisbank.model import Block, Document, DocumentId, Metadata, Page, Passage, PassageId, Section, Span, page_finder

MIN_WORDS = 80
TARGET_WORDS = 120
MAX_WORDS = 200
"""A passage is long enough to hold a thought and short enough to quote; see `passages`."""
PAGE_BREAK_WORDS = 40
"""A passage of this size ends with its page, so that its page is where all of it stands."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence, table row or piece of either: what passages are made of."""

    span: Span
    words: int
    page: int | None
    ends_block: bool


def assemble(
    document_id: DocumentId, raw: RawDocument, metadata: Metadata, progress: Progress = lambda: None
) -> Document:
    """Lay the blocks out as one text; every page, block, section and passage becomes a span in it."""
    text, blocks, starts = _lay_out(raw.blocks)
    pages = _pages(raw.page_labels, starts, len(text))
    return Document(
        text=text,
        pages=pages,
        blocks=blocks,
        sections=_sections(blocks, len(text)),
        passages=tuple(_passages(document_id, text, blocks, pages, raw.recognised, progress)),
        metadata=metadata,
        warnings=raw.warnings,
    )


def _lay_out(raw_blocks: Sequence[RawBlock]) -> tuple[str, tuple[Block, ...], list[tuple[int, int]]]:
    """Return the text, its blocks and where which page begins (offset, page number)."""
    pieces: list[str] = []
    blocks: list[Block] = []
    starts: list[tuple[int, int]] = []
    at = 0
    for raw in raw_blocks:
        parts = [part for part in raw.parts if part.text.strip()]
        if not parts:
            continue
        if blocks:
            gap = "\n" if raw.kind == "item" and blocks[-1].kind == "item" else "\n\n"
            pieces.append(gap)
            at += len(gap)
        start = at
        for number, part in enumerate(parts):
            piece = part.text if number == 0 else " " + part.text
            if part.page is not None and (not starts or starts[-1][1] != part.page):
                starts.append((at, part.page))
            pieces.append(piece)
            at += len(piece)
        blocks.append(Block(raw.kind, Span(start, at), raw.level))
    return "".join(pieces), tuple(blocks), starts


def _pages(labels: Sequence[str | None], starts: Sequence[tuple[int, int]], length: int) -> tuple[Page, ...]:
    spans: dict[int, list[Span]] = {}
    for index, (offset, number) in enumerate(starts):
        start = 0 if index == 0 else offset
        end = starts[index + 1][0] if index + 1 < len(starts) else length
        spans.setdefault(number, []).append(Span(start, end))
    return tuple(Page(number, label, tuple(spans.get(number, ()))) for number, label in enumerate(labels, start=1))


def _sections(blocks: Sequence[Block], length: int) -> tuple[Section, ...]:
    headings = [block for block in blocks if block.kind == "heading"]
    sections = []
    for index, heading in enumerate(headings):
        later = (other.span.start for other in headings[index + 1 :] if other.level <= heading.level)
        sections.append(Section(heading.level, heading.span, Span(heading.span.start, next(later, length))))
    return tuple(sections)


def _passages(
    document_id: DocumentId,
    text: str,
    blocks: Sequence[Block],
    pages: Sequence[Page],
    recognised: Collection[int],
    progress: Progress,
) -> Iterator[Passage]:
    page_of = page_finder(pages)
    path: list[tuple[int, str]] = []
    segment: list[_Unit] = []

    def close() -> Iterator[Passage]:
        for span in _packed(segment):
            page = page_of(span.start)
            yield Passage(
                id=PassageId(f"{document_id}-{span.start}"),
                span=span,
                page=page.number if page else None,
                page_label=page.label if page else None,
                path=tuple(title for _, title in path),
                ocr=page is not None and page.number in recognised,
            )
        segment.clear()

    for block in blocks:
        progress()
        if block.kind == "heading":
            yield from close()
            path = [entry for entry in path if entry[0] < block.level] + [(block.level, block.span.of(text))]
        else:
            for unit in _units(text, block):
                page = page_of(unit.span.start)
                segment.append(_Unit(unit.span, unit.words, page.number if page else None, unit.ends_block))
    yield from close()


def _units(text: str, block: Block) -> Iterator[_Unit]:
    """Split a block into sentences (a table into rows), and what is still too long into pieces."""
    inside = block.span.of(text)
    spans = _rows(inside) if block.kind == "table" else dutch.sentences(inside)
    pieces = [piece for span in spans for piece in _cut(inside, span)]
    for index, (span, words) in enumerate(pieces):
        shifted = Span(block.span.start + span.start, block.span.start + span.end)
        yield _Unit(shifted, words, None, index == len(pieces) - 1)


def _rows(text: str) -> list[Span]:
    spans, at = [], 0
    for row in text.split("\n"):
        spans.append(Span(at, at + len(row)))
        at += len(row) + 1
    return spans


def _cut(text: str, span: Span) -> Iterator[tuple[Span, int]]:
    words = dutch.words(span.of(text))
    if len(words) <= MAX_WORDS:
        yield span, len(words)
        return
    start = span.start
    for first in range(0, len(words), TARGET_WORDS):
        after = first + TARGET_WORDS
        end = span.start + words[after].start if after < len(words) else span.end
        while end > start and text[end - 1].isspace():
            end -= 1
        yield Span(start, end), min(TARGET_WORDS, len(words) - first)
        start = span.start + words[after].start if after < len(words) else end


def _packed(units: Sequence[_Unit]) -> Iterator[Span]:
    """Join units to passages of about 80-200 words, ending with a block or page where that can be."""
    groups: list[list[_Unit]] = []
    words = 0
    for unit in units:
        if not groups or _full(groups[-1], words, unit):
            groups.append([])
            words = 0
        groups[-1].append(unit)
        words += unit.words
    if len(groups) > 1 and _mergeable(groups[-2], groups[-1]):
        groups[-2:] = [groups[-2] + groups[-1]]
    for group in groups:
        yield Span(group[0].span.start, group[-1].span.end)


def _full(group: Sequence[_Unit], words: int, following: _Unit) -> bool:
    if words + following.words > MAX_WORDS:
        return True
    if following.page != group[-1].page and words >= PAGE_BREAK_WORDS:
        return True
    return words >= (MIN_WORDS if group[-1].ends_block else TARGET_WORDS)


def _mergeable(group: Sequence[_Unit], tail: Sequence[_Unit]) -> bool:
    """A last scrap of a section joins what stands before it, unless that makes it long or moves its page."""
    words = sum(unit.words for unit in tail)
    total = words + sum(unit.words for unit in group)
    return words < PAGE_BREAK_WORDS and total <= MAX_WORDS and tail[0].page == group[-1].page
