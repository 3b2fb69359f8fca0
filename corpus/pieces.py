"""The text of a PDF page as pypdf draws it, piece by piece, made into lines."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject

from corpus import repair
from corpus.lines import Line, PageLines, is_marker, one_marker, width

CELL_GAP = 1.6
"""Blank within a line, in times the size of its letters, from which what follows is another table cell."""

SMALL_LETTERS, ALL_LETTERS = 495.0, 560.0
"""Mean width of a-z, and of the letters a text uses, in thousandths of the size: in a usual sans serif (Helvetica)."""
MARKER_DROP = 2.5
MARKER_REACH = 60.0
"""Points below or above, and to the left of its text, where a list marker may stand."""

ALL_BOLD = 0.85
"""Share of a line's letters in bold from which the line is: a heading may have a light number, and a bold phrase at the
start of a paragraph makes no heading."""
Matrix = tuple[float, float, float, float, float, float]
A4 = (0.0, 0.0, 595.0, 842.0)
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!ta)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[\d,*† ]{1,7}\)?")
_NOTE_OPENING = re.compile(r"\d{1,3}\s?[^\W\d_]")
_MEASURE = re.compile(r"(?:^|\s)[kcdm]?m$")


@dataclass(frozen=True, slots=True)
class _Piece:
    """Text drawn in one go: where it begins, along and across its own direction, and how it looks."""

    text: str
    turn: int
    """Quarter turns of its direction, 4 for anything slanting."""
    along: float
    across: float
    size: float
    font: str
    bold: bool
    end: float
    """Where it ends along its direction: estimated."""
    breaks: bool
    """pypdf saw a new line before it."""


class _Collector:
    """Visitor for one page that keeps the pieces of text with their place on the page.

    Follows form XObjects itself, since pypdf reports what is inside them as if they stood at the origin.
    """

    def __init__(self, page: PageObject) -> None:
        self.pieces: list[_Piece] = []
        self._breaks = False
        self._drawn = (math.inf, math.inf, "")
        self._fonts: dict[int, tuple[Any, str, bool, float]] = {}
        self._forms: list[tuple[Matrix, Any]] = [(IDENTITY, page.get("/Resources"))]

    def text(self, text: str, cm: Any, tm: Any, font: Any, size: float) -> None:
        """Take a piece; most calls bring none, only the news that something else begins."""
        if not text:
            return
        shown = text.strip()
        if not shown:
            self._breaks = self._breaks or "\n" in text
            if self.pieces and not self.pieces[-1].text.endswith(" "):
                self.pieces[-1] = replace(self.pieces[-1], text=self.pieces[-1].text + " ")
            return
        a, b, c, d, x, y = _times(_times(tm, cm), self._forms[-1][0])
        along, across, turn = _upright(a, b, x, y)
        name, bold, breadth = self._font(font)
        clean = repair.clean(text.rstrip("\n"))
        height = abs(size) * math.hypot(c, d)
        breaks, self._breaks = self._breaks, text.endswith("\n")
        before, self._drawn = self._drawn, (along, across, shown)
        if math.dist(before[:2], (along, across)) < 0.1 * height and shown == before[2] and len(shown) > 2:
            return  # the same twice, a hair apart: a way to make it bold
        if before[1] == across and before[0] <= along:
            along = max(along, self.pieces[-1].end)  # pypdf does not always move on when only the font changes
        end = along + breadth * width(clean, height)
        self.pieces.append(_Piece(clean, turn, along, across, height, name, bold, end, breaks))

    def _font(self, font: Any) -> tuple[str, bool, float]:
        """Return the name of a font, whether it is bold and how broad its letters are."""
        if font is None:
            return "", False, 1.0
        known = self._fonts.get(id(font))
        if known is None:
            name = str(font.get("/BaseFont", "")).rsplit("+", 1)[-1]
            known = self._fonts[id(font)] = (font, name, _looks_bold(font, name), _breadth(font))
        return known[1:]

    def before(self, operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        """Note where a form is about to be drawn."""
        if operator != b"Do":
            return
        outer, resources = self._forms[-1]
        try:
            form = resources.get_object()["/XObject"][operands[0]].get_object()
            own = tuple(float(value) for value in form.get("/Matrix", IDENTITY))
            place = _times(_times(own, cm), outer)
            self._forms.append((place, form.get("/Resources") or resources))
        except (AttributeError, KeyError, IndexError, TypeError, ValueError):
            self._forms.append(self._forms[-1])

    def after(self, operator: bytes, operands: Any, cm: Any, tm: Any) -> None:
        """Leave the form."""
        if operator == b"Do" and len(self._forms) > 1:
            self._forms.pop()


def _times(one: Sequence[float], two: Sequence[float]) -> Matrix:
    return (
        one[0] * two[0] + one[1] * two[2],
        one[0] * two[1] + one[1] * two[3],
        one[2] * two[0] + one[3] * two[2],
        one[2] * two[1] + one[3] * two[3],
        one[4] * two[0] + one[5] * two[2] + two[4],
        one[4] * two[1] + one[5] * two[3] + two[5],
    )


def _upright(a: float, b: float, x: float, y: float) -> tuple[float, float, int]:
    """Return a place along and across the direction of writing (a, b), and that direction in quarter turns."""
    if abs(b) <= 0.2 * abs(a):
        return (x, y, 0) if a > 0 else (-x, -y, 2)
    if abs(a) <= 0.2 * abs(b):
        return (y, -x, 1) if b > 0 else (-y, x, 3)
    return x, y, 4


def _looks_bold(font: Any, name: str) -> bool:
    if _BOLD.search(name):
        return True
    try:
        holder = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        return float(holder["/FontDescriptor"].get("/FontWeight", 400)) >= 600
    except (KeyError, IndexError, TypeError, ValueError, AttributeError):
        return False


def _breadth(font: Any) -> float:
    """Return how broad the letters of a font are, next to those that `width` knows."""
    try:
        if "/DescendantFonts" in font:
            widths = list(_cid_widths(font["/DescendantFonts"][0].get_object()["/W"]))
            usual = ALL_LETTERS
        else:
            first, widths = int(font["/FirstChar"]), [float(value) for value in font["/Widths"][:256]]
            small = [width for width in widths[max(0, 97 - first) : max(0, 123 - first)] if width]
            widths, usual = (small, SMALL_LETTERS) if len(small) > 9 else (widths, ALL_LETTERS)
        widths = [width for width in widths if width > 0]
        return min(max(sum(widths) / len(widths) / usual, 0.75), 1.4)
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ZeroDivisionError):
        return 1.0


def _cid_widths(entries: Any) -> Iterator[float]:
    for entry in entries[:2_000]:
        value = entry.get_object()
        if isinstance(value, list):
            yield from (float(width) for width in value[:2_000])


def page_lines(page: PageObject, number: int) -> PageLines:
    """Return the lines of a page in the order of its content."""
    collector = _Collector(page)
    if _has_forms(page):
        page.extract_text(
            visitor_text=collector.text,
            visitor_operand_before=collector.before,
            visitor_operand_after=collector.after,
        )
    else:
        page.extract_text(visitor_text=collector.text)
    turns: Counter[int] = Counter()
    for piece in collector.pieces:
        turns[piece.turn] += len(piece.text)
    turn = turns.most_common(1)[0][0] if turns else 0
    left, bottom, right, top = _page_box(page)
    corners = [_upright(*_DIRECTIONS[turn % 4], x, y)[:2] for x in (left, right) for y in (bottom, top)]
    origin = min(along for along, _ in corners), max(across for _, across in corners)
    height = max(origin[1] - min(across for _, across in corners), 1.0)
    lines = [_line(number, group, origin, turn) for group in _grouped(collector.pieces)]
    lines = _with_markers([line for line in lines if line.text])
    return PageLines(number, height, tuple(sorted(lines, key=lambda line: line.sideways)))


def _page_box(page: PageObject) -> tuple[float, float, float, float]:
    try:
        left, bottom, right, top = (float(value) for value in page.mediabox)
    except (ValueError, TypeError, KeyError, AttributeError):
        return A4
    return left, bottom, right, top


_DIRECTIONS = ((1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0))


def _has_forms(page: PageObject) -> bool:
    try:
        objects = page["/Resources"]["/XObject"].values()  # type: ignore[index]  # anything else is caught
        return any(entry.get_object().get("/Subtype") == "/Form" for entry in objects)
    except (KeyError, TypeError, AttributeError):
        return False


def _grouped(pieces: Sequence[_Piece]) -> Iterator[list[_Piece]]:
    group: list[_Piece] = []
    for piece in pieces:
        if group and not _same_line(group, piece):
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def _same_line(group: Sequence[_Piece], piece: _Piece) -> bool:
    last = group[-1]
    if piece.turn != last.turn or piece.along < last.along - 0.5:
        return False
    base = next((part for part in group if not _is_raised_mark(part, piece)), last)
    rise = piece.across - base.across
    if abs(rise) <= 0.35 * max(base.size, piece.size):
        return True
    larger = max(base.size, piece.size)
    small = min(base.size, piece.size) < 0.85 * larger
    if not small or abs(rise) >= 0.8 * larger or piece.along > last.end + 2 * larger:
        return False
    if base is group[0] and base.size < piece.size and rise < 0 and _NOTE_OPENING.match(base.text):
        return True  # pypdf gives a raised number and the words behind it as one, with the place of the number
    mark = piece if piece.size < base.size else base
    return bool(_NOTE_MARK.fullmatch(mark.text.strip()))


def _is_raised_mark(piece: _Piece, beside: _Piece) -> bool:
    return piece.size < 0.85 * beside.size and bool(_NOTE_MARK.fullmatch(piece.text.strip()))


def _line(page: int, group: Sequence[_Piece], origin: tuple[float, float], turn: int) -> Line:
    """Make one line of pieces on the same baseline: note marks off the words, cells apart."""
    main = max(group, key=lambda piece: len(piece.text))
    marks = [_is_note_mark(piece, main) for piece in group]
    text = ""
    stops = [group[0].along - origin[0]]
    last: _Piece | None = None
    for piece, mark in zip(group, marks, strict=True):
        if mark and text and not text.endswith("CO"):
            if _MEASURE.search(text) and piece.text.strip() in ("2", "3"):
                text += "²" if piece.text.strip() == "2" else "³"
            last = piece
            continue
        if last is not None:
            gap = _gap(text, last, piece)
            text += gap
            if gap == "\t":
                stops.append(piece.along - origin[0])
        text += piece.text
        if mark:
            text += " "
        last = piece
    first = group[0]
    letters = sum(len(piece.text) for piece in group)
    text = one_marker(text.strip())
    if text.count("\t") + 1 < len(stops):
        del stops[1]
    return Line(
        page=page,
        text=text,
        left=first.along - origin[0],
        right=group[-1].end - origin[0],
        depth=origin[1] - main.across,
        size=round(main.size, 1),
        font=main.font,
        bold=sum(len(piece.text) for piece in group if piece.bold) > ALL_BOLD * letters,
        stops=tuple(stops),
        pieces=tuple(
            (piece.along - origin[0], piece.text) for piece, mark in zip(group, marks, strict=True) if not mark
        ),
        marked=marks[0] and len(group) > 1,
        sideways=first.turn != turn,
    )


def _is_note_mark(piece: _Piece, main: _Piece) -> bool:
    """Tell whether this is a raised number; some writers raise it in a way that pypdf does not tell, hence from 0."""
    rise = piece.across - main.across
    return piece.size < 0.85 * main.size and rise >= 0 and bool(_NOTE_MARK.fullmatch(piece.text.strip()))


def _gap(text: str, last: _Piece, piece: _Piece) -> str:
    """Return what stands between two pieces of a line: nothing, a space or the border of a cell.

    Where pypdf, which knows the true widths, saw no blank there is none.
    """
    blank = piece.along - last.end
    size = max(last.size, piece.size)
    if not (piece.breaks or last.text.endswith(" ") or piece.text.startswith(" ")):
        # reportlab loses the space before a word in italics
        return " " if piece.font != last.font and text[-1:] in (",", ";") and piece.text[0].isalpha() else ""
    if blank > CELL_GAP * size:
        return "\t"
    if text.endswith(" ") or piece.text.startswith(" "):
        return ""
    return " " if last.text.endswith(" ") or blank > 0.15 * size else ""


def _with_markers(lines: list[Line]) -> list[Line]:
    """Put a list marker that was drawn after its text, or long before it, in front of that text."""
    rows: defaultdict[int, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        rows[round(line.depth / MARKER_DROP)].append(at)
    marker_of: dict[int, int] = {}
    for at, line in enumerate(lines):
        if is_marker(line.text):
            row = round(line.depth / MARKER_DROP)
            near = (other for step in (-1, 0, 1) for other in rows.get(row + step, ()))
            beside = [(lines[other].left, other) for other in near if _stands_before(line, lines[other])]
            if beside:
                marker_of[min(beside)[1]] = at
    moved = set(marker_of.values())
    return [
        replace(line, text=f"{lines[marker_of[at]].text} {line.text}", left=lines[marker_of[at]].left)
        if at in marker_of
        else line
        for at, line in enumerate(lines)
        if at not in moved
    ]


def _stands_before(marker: Line, line: Line) -> bool:
    return abs(marker.depth - line.depth) <= MARKER_DROP and 0 < line.left - marker.left < MARKER_REACH
