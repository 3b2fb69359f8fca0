"""PDF to blocks: pypdf gives pieces of text with their place and font, from which lines are made here.

Reading order is the order of the content; what the lines mean on the page is decided in `layout`.
"""

from __future__ import annotations

import io
import logging
import math
import re
import warnings
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import LimitReachedError

from corpus import layout, repair
from corpus.layout import Announced, Line, PageLines
from corpus.raw import Candidate, Hint, RawDocument
from kennisbank.errors import Rejected

MAX_ANNOUNCED = 2_000
"""Entries of an outline that are looked at; a report has some hundred at most."""
MIN_ANNOUNCED = 3
"""An outline of fewer entries says nothing about the headings."""
CELL_GAP = 1.6
"""Blank within a line, in times the size of its letters, from which what follows is another table cell."""

SMALL_LETTERS, ALL_LETTERS = 495.0, 560.0
"""Mean width of a-z, and of the letters a text uses, in thousandths of the size: in a usual sans serif (Helvetica)."""
MARKER_DROP = 2.5
MARKER_REACH = 60.0
"""Points below or above, and to the left of its text, where a list marker may stand."""

Matrix = tuple[float, float, float, float, float, float]
A4 = (0.0, 0.0, 595.0, 842.0)
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

_JUNK_TITLE = re.compile(
    r"microsoft word|logo\b|untitled|naamloos|document\s?\d*$|titel|name$|pdf-?document|.{0,200}\.(?:docx?|pdf|indd|rtf)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")
_BOLD = re.compile(r"bold|black|heavy|semibold|demi(?!ta)", re.IGNORECASE)
_NOTE_MARK = re.compile(r"[\d,*† ]{1,7}\)?")
_MEASURE = re.compile(r"(?:^|\s)[kcdm]?m$")


def read_pdf(candidate: Candidate) -> RawDocument:
    """Read the text layer of a PDF; pages that fail become warnings.

    Raises `Rejected` with ``encrypted``, ``corrupt`` or ``limit_exceeded``.
    """
    with _silence():
        reader = _open(candidate)
        count = _page_count(reader, candidate)
        pages, trouble = _pages(reader, count, candidate)
        announced, hints, labels = _described(reader, count, trouble)
        body = layout.without_running_lines(pages)
        title = layout.title_of(body)
        if title:
            hints["title"] = Hint(title, "tekst")
        return RawDocument(
            blocks=layout.blocks_of(body, announced, candidate.progress),
            page_labels=labels,
            hints=hints,
            warnings=tuple(trouble),
        )


@contextmanager
def _silence() -> Iterator[None]:
    """Keep pypdf's remarks on faults in a file to itself: what matters becomes a warning of the document."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _open(candidate: Candidate) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(candidate.data), strict=False)
        encrypted = reader.is_encrypted
    except LimitReachedError as error:
        raise Rejected("limit_exceeded", f"het PDF-bestand is te groot uitgepakt: {_one_line(error)}") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Rejected("corrupt", f"het PDF-bestand is niet te openen: {_one_line(error)}") from error
    if encrypted:
        _decrypt(reader)
    return reader


def _decrypt(reader: PdfReader) -> None:
    """Open a file that only restricts its use: its password is empty."""
    try:
        opened = reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except NotImplementedError as error:
        raise Rejected("encrypted", "het bestand is versleuteld op een manier die niet gelezen kan worden") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Rejected("corrupt", f"de versleuteling van het bestand is beschadigd: {_one_line(error)}") from error
    if not opened:
        raise Rejected("encrypted", "het bestand is beveiligd met een wachtwoord; lever het zonder wachtwoord aan")


def _page_count(reader: PdfReader, candidate: Candidate) -> int:
    try:
        count = len(reader.pages)
    except LimitReachedError as error:
        raise Rejected("limit_exceeded", f"de paginaboom is te groot: {_one_line(error)}") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Rejected("corrupt", f"de pagina's zijn niet te vinden: {_one_line(error)}") from error
    if count > candidate.limits.pages:
        raise Rejected("limit_exceeded", f"{count} pagina's; er worden er hoogstens {candidate.limits.pages} gelezen")
    if count == 0:
        raise Rejected("corrupt", "het PDF-bestand heeft geen pagina's")
    return count


def _pages(reader: PdfReader, count: int, candidate: Candidate) -> tuple[list[PageLines], list[str]]:
    """Return the lines of each page that could be read, and what is to be said of the others."""
    pages, trouble, characters = [], [], 0
    for number in range(1, count + 1):
        try:
            page = _page_lines(reader.pages[number - 1], number)
        except LimitReachedError as error:
            raise Rejected("limit_exceeded", f"pagina {number} is te groot uitgepakt: {_one_line(error)}") from error
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - a page may raise anything; the others are still worth reading
            trouble.append(f"pagina {number} niet te lezen: {_one_line(error)}")
            continue
        finally:
            candidate.progress()
        pages.append(page)
        characters += sum(len(line.text) for line in page.lines)
        if characters > candidate.limits.characters:
            raise Rejected("limit_exceeded", f"meer dan {candidate.limits.characters:,} tekens".replace(",", "."))
    if not pages:
        raise Rejected("corrupt", f"geen enkele pagina is te lezen; {trouble[0]}")
    return pages, trouble


def _described(
    reader: PdfReader, count: int, trouble: list[str]
) -> tuple[list[Announced], dict[str, Hint], tuple[str | None, ...]]:
    """Return outline, hints and page labels; each may fail without the others."""
    announced: list[Announced] = []
    hints: dict[str, Hint] = {}
    labels: tuple[str | None, ...] = (None,) * count
    try:
        announced = _announced(reader)
    except Exception as error:  # noqa: BLE001 - as for a page
        trouble.append(f"bladwijzers niet te lezen: {_one_line(error)}")
    try:
        hints = _hints(reader)
    except Exception as error:  # noqa: BLE001
        trouble.append(f"bestandseigenschappen niet te lezen: {_one_line(error)}")
    try:
        labels = _labels(reader, count)
    except Exception as error:  # noqa: BLE001
        trouble.append(f"paginanummering niet te lezen: {_one_line(error)}")
    return announced, hints, labels


def _one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:160]


def _announced(reader: PdfReader) -> list[Announced]:
    """Return the headings that the outline (bookmarks) names."""
    found: list[Announced] = []
    waiting: list[tuple[Any, int]] = [(reader.outline, 0)]
    while waiting and len(found) < MAX_ANNOUNCED:
        entry, level = waiting.pop()
        if isinstance(entry, list):
            waiting.extend((child, level + 1) for child in reversed(entry))
        elif entry.title:
            page = reader.get_destination_page_number(entry)
            found.append(Announced(repair.clean(str(entry.title)).strip(), level, None if page is None else page + 1))
    return found if len(found) >= MIN_ANNOUNCED else []


def _hints(reader: PdfReader) -> dict[str, Hint]:
    values = reader.metadata or {}
    hints = {}
    title = repair.clean(str(values.get("/Title") or "")).strip()
    if sum(char.isalpha() for char in title) >= 4 and "%20" not in title and not _JUNK_TITLE.match(title):
        hints["title"] = Hint(title, "bestand")
    for key, name in (("/ModDate", "updated"), ("/CreationDate", "file_date")):
        date = _DATE.match(str(values.get(key) or ""))
        if date and "1990" < date[1] < "2100" and "01" <= date[2] <= "12" and "01" <= date[3] <= "31":
            hints[name] = Hint("-".join(date.groups()), "bestand")
    return hints


def _labels(reader: PdfReader, count: int) -> tuple[str | None, ...]:
    if "/PageLabels" not in reader.root_object:
        return (None,) * count
    labels = [repair.clean(label) for label in reader.page_labels]
    if all(label == str(number) for number, label in enumerate(labels, start=1)):
        return (None,) * count
    return tuple((label or None) for label in (labels + [""] * count)[:count])


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
        piece = _Piece(
            text=clean,
            turn=turn,
            along=along,
            across=across,
            size=height,
            font=name,
            bold=bold,
            end=along + breadth * layout.width(clean, height),
            breaks=self._breaks,
        )
        self._breaks = text.endswith("\n")
        if not self._repeats(piece):
            self.pieces.append(piece)

    def _repeats(self, piece: _Piece) -> bool:
        """Bold is sometimes made by drawing the same text twice, a hair apart."""
        before = self.pieces[-1] if self.pieces else None
        return (
            before is not None
            and before.text.strip() == piece.text.strip()
            and abs(before.along - piece.along) < 0.1 * piece.size
            and abs(before.across - piece.across) < 0.1 * piece.size
        )

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
    """Return how broad the letters of a font are, next to those that `layout.width` knows."""
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


def _page_lines(page: PageObject, number: int) -> PageLines:
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
    return PageLines(number, height, tuple(_with_markers([line for line in lines if line.text])))


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
    small = min(base.size, piece.size) < 0.85 * max(base.size, piece.size)
    mark = piece if piece.size < base.size else base
    near = piece.along < last.end + 2 * max(base.size, piece.size)
    return (
        small
        and near
        and abs(rise) < 0.8 * max(base.size, piece.size)
        and bool(_NOTE_MARK.fullmatch(mark.text.strip()))
    )


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
    text = layout.one_marker(text.strip())
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
        bold=2 * sum(len(piece.text) for piece in group if piece.bold) > letters,
        stops=tuple(stops),
        marked=marks[0] and len(group) > 1,
        sideways=first.turn != turn,
    )


def _is_note_mark(piece: _Piece, main: _Piece) -> bool:
    """Tell whether this is a raised number; some writers raise it in a way that pypdf does not tell, hence from 0."""
    rise = piece.across - main.across
    return piece.size < 0.8 * main.size and rise >= 0 and bool(_NOTE_MARK.fullmatch(piece.text.strip()))


def _gap(text: str, last: _Piece, piece: _Piece) -> str:
    """Return what stands between two pieces of a line: nothing, a space or the border of a cell.

    Where pypdf, which knows the true widths, saw no blank there is none.
    """
    blank = piece.along - last.end
    size = max(last.size, piece.size)
    if not (piece.breaks or last.text.endswith(" ") or piece.text.startswith(" ")):
        return ""
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
        if layout.is_marker(line.text):
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
