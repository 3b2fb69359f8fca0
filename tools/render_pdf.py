"""Render a source as PDF: what stands in the text and where it goes. `render_pdf_pages` draws it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import escape

import render_scan
import render_typst
from render_hyphens import with_soft_hyphens
from render_pdf_layout import Column, Piece, fill
from render_pdf_look import LETTER_TOP, LOOKS, PAGE_HEIGHT, Look
from render_pdf_pages import draw, tint
from render_source import Block, Box, Heading, Item, Source, SourceError, Table, runs
from reportlab.lib.colors import HexColor, black
from reportlab.lib.enums import TA_JUSTIFY, TA_LEFT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Flowable, Paragraph
from reportlab.platypus import Table as Grid

NAMES = (*LOOKS, render_typst.LOOK, render_scan.LOOK)
"""All looks of a PDF file; the last two are not made here."""

_HEADING_SCALE = {1: 1.8, 2: 1.25, 3: 1.05}
_NOTE_SIZE = 7.5


def render(source: Source) -> bytes:
    """Return the document as a PDF file."""
    if source.look == render_typst.LOOK:
        return render_typst.render(source)
    if source.look == render_scan.LOOK:
        return render_scan.scan(source, _composed(source, render_scan.PAPER))
    look = LOOKS.get(source.look)
    if look is None:
        raise SourceError(f"{source.name}.md: onbekende look '{source.look}' voor pdf; kies uit {', '.join(NAMES)}")
    return _composed(source, look)


def _composed(source: Source, look: Look) -> bytes:
    pieces = [_piece(block, following, source, look) for block, following in _with_next(source.blocks)]
    first_page = 1 if look.opening == "letterhead" else 2
    if look.contents:
        # the contents take the same room whatever the page numbers are, so a first layout can tell the numbers
        pieces[0] = replace(pieces[0], new_page=True)
        pages = _heading_pages(fill([*_contents(pieces, [], look), *pieces], _columns(look, first_page)))
        pieces = [*_contents(pieces, pages, look), *pieces]
    return draw(source, look, fill(pieces, _columns(look, first_page)))


def _with_next(blocks: Sequence[Block]) -> Iterator[tuple[Block, Block | None]]:
    return zip(blocks, [*blocks[1:], None], strict=True)


def _columns(look: Look, page: int) -> Iterator[Column]:
    step = look.column_width + look.gutter
    while True:
        top = LETTER_TOP if look.opening == "letterhead" and page == 1 else PAGE_HEIGHT - look.margins.top
        for number in range(look.columns):
            yield Column(page, look.margins.left + number * step, top, look.margins.bottom, look.column_width)
        page += 1


def _style(look: Look, **changes: Any) -> ParagraphStyle:
    base: dict[str, Any] = {
        "fontName": look.fonts.regular,
        "fontSize": look.size,
        "leading": look.leading,
        "alignment": TA_JUSTIFY if look.justified else TA_LEFT,
        "allowWidows": 0,
        "allowOrphans": 0,
    }
    return ParagraphStyle("text", **(base | changes))


def _marked(text: str, look: Look) -> str:
    """Write marked-up text in ReportLab's own mark-up."""
    parts = []
    for run in runs(text):
        words = escape(_with_breaks(run.text) if look.hyphenated else run.text)
        match run.style:
            case "note":
                parts.append(f'<super size="{look.size * 0.65:.1f}">{words}</super>')
            case "strong":
                parts.append(f'<font name="{look.fonts.strong}">{words}</font>')
            case "emphasis":
                parts.append(f'<font name="{look.fonts.emphasis}">{words}</font>')
            case _:
                parts.append(words)
    return "".join(parts)


def _with_breaks(text: str) -> str:
    """Put in soft hyphens, but for the last word before a change of font: ReportLab would lose the space after it."""
    last = text.rstrip().rfind(" ") + 1 if text.endswith(" ") else len(text)
    return with_soft_hyphens(text[:last]) + text[last:]


def _piece(block: Block, following: Block | None, source: Source, look: Look) -> Piece:
    gap = look.leading * 0.6
    match block:
        case Heading(level, text):
            return _heading(level, text, look)
        case Item(marker, text):
            style = _style(look, leftIndent=16, bulletIndent=0 if block.numbered else 4)
            flow = Paragraph(_marked(text, look), style, bulletText=marker if block.numbered else "–")
            after = look.leading * 0.25 if isinstance(following, Item) else gap
            return Piece(flow, after=after, notes=_notes(text, source, look))
        case Box(paragraphs):
            rows = [[Paragraph(_marked(text, look), _style(look))] for text in paragraphs]
            return Piece(_framed(rows, look), before=gap * 0.5, after=gap)
        case Table(cells):
            style = _style(look, fontSize=look.size - 1, leading=look.leading - 2, alignment=TA_LEFT)
            rows = [[Paragraph(_marked(cell, look), style) for cell in row] for row in cells]
            return Piece(_framed(rows, look), before=gap * 0.5, after=gap)
        case _:
            flow = Paragraph(_marked(block.text, look), _style(look))
            return Piece(flow, after=gap, notes=_notes(block.text, source, look))


def _heading(level: int, text: str, look: Look) -> Piece:
    size = round(look.size * _HEADING_SCALE[level], 1)
    style = _style(
        look,
        fontName=look.heading_fonts.regular if level == 1 else look.heading_fonts.strong,
        fontSize=size,
        leading=size * 1.25,
        textColor=HexColor(look.accent),
        alignment=TA_LEFT,
    )
    return Piece(
        Paragraph(escape(text), style),
        before=size * (1.4 if level == 1 else 0.9),
        after=size * (0.9 if level == 1 else 0.3),
        heading=(level, text),
        new_page=level == 1 and look.chapter_on_new_page,
    )


def _notes(text: str, source: Source, look: Look) -> tuple[Paragraph, ...]:
    style = _style(look, fontSize=_NOTE_SIZE, leading=_NOTE_SIZE * 1.3)
    numbers = [run.text for run in runs(text) if run.style == "note"]
    return tuple(
        Paragraph(f"<super>{number}</super> {_marked(source.notes[number], look)}", style) for number in numbers
    )


def _framed(rows: list[list[Paragraph]], look: Look) -> Grid:
    everywhere, accent = ((0, 0), (-1, -1)), HexColor(look.accent)
    grid = Grid(rows, colWidths=[look.column_width / len(rows[0])] * len(rows[0]))
    lines = [("INNERGRID", *everywhere, 0.4, accent)] if len(rows[0]) > 1 else []
    style = [("BACKGROUND", *everywhere, tint(look.accent)), ("BOX", *everywhere, 0.8, accent)]
    grid.setStyle([*style, ("VALIGN", *everywhere, "TOP"), *lines])
    return grid


class _ContentsLine(Flowable):  # type: ignore[misc]  # ReportLab ships no types
    """A heading, dots and the page it stands on."""

    def __init__(self, level: int, text: str, page: str, look: Look) -> None:
        super().__init__()
        self.level, self.text, self.page, self.look = level, text, page, look

    def wrap(self, width: float, _height: float) -> tuple[float, float]:
        """Return the room this line takes."""
        self.width, self.height = width, self.look.leading * (1.4 if self.level == 1 else 1.1)
        return self.width, self.height

    def draw(self) -> None:
        """Draw the line on the canvas ReportLab has set."""
        fonts, size, indent = self.look.heading_fonts, self.look.size - 1, 12 * (self.level - 1)
        font = fonts.strong if self.level == 1 else fonts.regular

        def width(text: str) -> float:
            return float(self.canv.stringWidth(text, font, size))

        room = self.width - indent - width(f"{self.text}  {self.page}")
        line = f"{self.text} {'.' * int(room / width('.'))} {self.page}"
        text = self.canv.beginText(indent, 2)
        text.setFont(font, size)
        text.setFillColor(black)
        # what is less than a dot goes to the spaces, so that the page numbers end below each other
        text.setWordSpace((self.width - indent - width(line)) / line.count(" "))
        text.textOut(line)
        self.canv.drawText(text)


def _contents(pieces: Sequence[Piece], pages: Sequence[int], look: Look) -> Iterator[Piece]:
    yield replace(_heading(1, "Inhoud", look), new_page=False)
    for position, (level, text) in enumerate(piece.heading for piece in pieces if piece.heading):
        if level < 3:
            yield Piece(_ContentsLine(level, text, str(pages[position]) if pages else "", look))


def _heading_pages(columns: Sequence[Column]) -> list[int]:
    """Tell on which page each heading of the text stands; the first heading found is that of the contents."""
    return [column.page for column in columns for piece, _ in column.placed if piece.heading][1:]
