"""Draw the pages of a PDF document: opening, text, footnotes and what returns on every page."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from itertools import groupby
from typing import Any

from render_pdf_layout import NOTE_RULE, Column
from render_pdf_look import LETTER_TOP, MM, PAGE_HEIGHT, PAGE_WIDTH, Look
from render_source import FICTION, FICTION_STATEMENT, Source, dutch_date
from reportlab.lib.colors import Color, HexColor, white
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph

_GREY = HexColor("#595959")
_FOOT = 14 * MM
"""Height of the footer."""
_ADDRESS_TOP = PAGE_HEIGHT - 48 * MM
_RETURN_ADDRESS = "&gt; Retouradres Postbus 0000, 0000 XX Den Haag"


def tint(colour: str) -> Color:
    """Return a colour mixed with so much white that black text reads well on it."""
    full = HexColor(colour)
    return Color(*(1 - 0.1 * (1 - part) for part in full.rgb()))


def draw(source: Source, look: Look, columns: Sequence[Column]) -> bytes:
    """Return the PDF file with these columns."""
    target = BytesIO()
    # compression is left off: its output differs between builds of zlib, and these files must be equal everywhere
    canvas = Canvas(target, pagesize=(PAGE_WIDTH, PAGE_HEIGHT), invariant=1, pageCompression=0, lang="nl-NL")
    _set_metadata(canvas, source)
    pages = columns[-1].page
    if look.opening != "letterhead":
        _draw_cover(canvas, source, look)
        canvas.showPage()
    for page, group in groupby(columns, key=lambda column: column.page):
        if look.opening == "letterhead":
            _draw_letterhead(canvas, source, look, first=page == 1)
        if look.running_head:
            _draw_head(canvas, source, look)
        for column in group:
            _draw_column(canvas, column, look)
        _draw_foot(canvas, look, look.page_label.format(page=page, pages=pages))
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def _set_metadata(canvas: Canvas, source: Source) -> None:
    stamp = f"D:{source.date.replace('-', '')}120000Z"
    canvas.setDateFormatter(lambda *_: stamp)
    canvas.setTitle(source.title)
    canvas.setAuthor("; ".join(source.publishers))
    canvas.setSubject(FICTION)
    canvas.setKeywords("fictief; voorbeeld; kennisbank")
    canvas.setCreator("kennisbank, render_voorbeeld")


def _draw_column(canvas: Canvas, column: Column, look: Look) -> None:
    for piece, place in column.placed:
        if piece.heading and look.bookmarks:
            level, text = piece.heading
            key = f"kop-{column.page}-{place:.0f}"
            canvas.bookmarkHorizontal(key, 0, place + column.height(piece.flow))
            canvas.addOutlineEntry(text, key, level - 1)
        column.height(piece.flow)  # a flowable draws itself with the width it was last measured for
        piece.flow.drawOn(canvas, column.x, place)
    if not column.notes:
        return
    place = column.bottom + sum(column.height(note) for note in column.notes)
    canvas.setStrokeColor(_GREY)
    canvas.setLineWidth(0.4)
    canvas.line(column.x, place + NOTE_RULE / 2, column.x + 40 * MM, place + NOTE_RULE / 2)
    for note in column.notes:
        place -= column.height(note)
        note.drawOn(canvas, column.x, place)


def _draw_head(canvas: Canvas, source: Source, look: Look) -> None:
    left, right = look.margins.left, PAGE_WIDTH - look.margins.right
    place = PAGE_HEIGHT - look.margins.top + 10 * MM
    canvas.setFont(look.heading_fonts.regular, 7.5)
    canvas.setFillColor(_GREY)
    canvas.drawString(left, place, source.title)
    canvas.drawRightString(right, place, source.publishers[0])
    canvas.setStrokeColor(HexColor(look.accent))
    canvas.setLineWidth(0.6)
    canvas.line(left, place - 4, right, place - 4)
    if look.side_tab:
        _draw_side_tab(canvas, look)


def _draw_foot(canvas: Canvas, look: Look, page_label: str) -> None:
    canvas.setFont(look.heading_fonts.regular, 7.5)
    canvas.setFillColor(_GREY)
    canvas.drawString(look.margins.left, _FOOT, FICTION)
    canvas.drawRightString(PAGE_WIDTH - look.margins.right, _FOOT, page_label)


def _draw_side_tab(canvas: Canvas, look: Look) -> None:
    width, height, top = 12 * MM, 12 * MM, PAGE_HEIGHT - 60 * MM
    canvas.setFillColor(HexColor(look.accent))
    canvas.rect(PAGE_WIDTH - width, top - height, width, height, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(look.heading_fonts.strong, 7)
    for number, line in enumerate(look.side_tab):
        canvas.drawString(PAGE_WIDTH - width + 4, top - 11 - number * 9, line)


def _paragraph(canvas: Canvas, text: str, x: float, top: float, width: float, **style: Any) -> float:
    """Draw a paragraph below `top`; return where it ends."""
    paragraph = Paragraph(text, ParagraphStyle("opening", **style))
    _, height = paragraph.wrap(width, PAGE_HEIGHT)
    paragraph.drawOn(canvas, x, top - height)
    return float(top - height)


def _draw_cover(canvas: Canvas, source: Source, look: Look) -> None:
    accent = HexColor(look.accent)
    canvas.setFillColor(accent)
    on_block = look.opening == "block"
    if on_block:
        canvas.rect(0, PAGE_HEIGHT * 0.42, PAGE_WIDTH, PAGE_HEIGHT * 0.58, stroke=0, fill=1)
    else:
        canvas.rect(28 * MM, PAGE_HEIGHT - 72 * MM, 44 * MM, 2.5 * MM, stroke=0, fill=1)
    left, width = 28 * MM, PAGE_WIDTH - 56 * MM
    regular, strong = look.heading_fonts.regular, look.heading_fonts.strong
    ink = white if on_block else accent
    place = PAGE_HEIGHT - (110 if on_block else 95) * MM
    place = _paragraph(
        canvas, source.title, left, place, width, fontName=strong, fontSize=30, leading=36, textColor=ink
    )
    _paragraph(
        canvas, source.subtitle, left, place - 10, width, fontName=regular, fontSize=14, leading=19, textColor=ink
    )
    place = PAGE_HEIGHT * 0.38
    small = {"fontName": regular, "fontSize": 10, "leading": 15}
    for line in (*source.publishers, dutch_date(source.date)):
        place = _paragraph(canvas, line, left, place, width, **small)
    _draw_statement(canvas, look, left, 46 * MM, width)
    _draw_foot(canvas, look, "")


def _draw_statement(canvas: Canvas, look: Look, x: float, top: float, width: float) -> None:
    fonts = look.heading_fonts
    style = {"fontName": fonts.regular, "fontSize": 8.5, "leading": 12, "borderWidth": 0.8, "borderPadding": 6}
    _paragraph(canvas, FICTION_STATEMENT, x, top, width, borderColor=HexColor(look.accent), **style)


def _draw_letterhead(canvas: Canvas, source: Source, look: Look, *, first: bool) -> None:
    """Draw date and reference in the side column of every page; above the letter itself sender and addressee too."""
    fonts = look.heading_fonts
    side, side_width = PAGE_WIDTH - look.margins.right + 8 * MM, look.margins.right - 18 * MM
    small = {"fontName": fonts.regular, "fontSize": 7.5, "leading": 10}
    heavy = small | {"fontName": fonts.strong}
    place = _ADDRESS_TOP
    for label, value in (("Datum", dutch_date(source.date)), ("Ons kenmerk", source.extra["reference"])):
        place = _paragraph(canvas, label, side, place, side_width, **heavy)
        place = _paragraph(canvas, value, side, place, side_width, **small) - 6
    if first:
        _draw_statement(canvas, look, side + 6, place - 10, side_width - 6)
        _draw_sender(canvas, source, look)
        _draw_address(canvas, source, look)


def _draw_sender(canvas: Canvas, source: Source, look: Look) -> None:
    canvas.setFillColor(HexColor(look.accent))
    canvas.rect(look.margins.left, PAGE_HEIGHT - 20 * MM, 30 * MM, 2 * MM, stroke=0, fill=1)
    style = {"fontName": look.heading_fonts.strong, "fontSize": 10, "leading": 13}
    _paragraph(canvas, source.publishers[0], PAGE_WIDTH / 2 + 8 * MM, PAGE_HEIGHT - 14 * MM, 80 * MM, **style)


def _draw_address(canvas: Canvas, source: Source, look: Look) -> None:
    left, width, gap = look.margins.left, look.column_width, 20 * MM
    text = {"fontName": look.fonts.regular, "fontSize": look.size, "leading": look.leading}
    small = text | {"fontSize": 6.5, "leading": 16}
    place = _paragraph(canvas, _RETURN_ADDRESS, left, _ADDRESS_TOP, width, **small)
    for line in source.values("to"):
        place = _paragraph(canvas, line, left, place, width, **text)
    place = LETTER_TOP + 28 * MM
    for label, value in (("Datum", dutch_date(source.date)), ("Onderwerp", source.extra["subject"])):
        _paragraph(canvas, label, left, place, gap, **text)
        place = _paragraph(canvas, value, left + gap, place, width - gap, **text)
