"""Rows of cells among the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from corpus import repair
from corpus.lines import Line

MAX_CELL_LINES = 12
"""Lines of a table cell; more are a column of text."""

COLUMN_REACH = 3.0
"""Points by which a cell may begin beside its column."""
ROW_GAP = 1.15
"""Times the distance of two lines of a cell from which a line begins a new row."""
USUAL_LEADING, MAX_LEADING = 1.25, 1.9
"""Times the size of the letters: distance of the lines of a cell where the table shows none, and the most it can be."""
MAX_ROW_GAP = 3.5
"""Times the size of the letters: distance beyond which a table has ended."""
MIN_PAIRS = 3
"""Rows of a table with two columns; two are the labels of a letterhead."""

_LABEL = re.compile(
    r"(?:datum|onderwerp|betreft|(?:ons |uw |onze )?(?:kenmerk|referentie)|contactpersoon|aan|van|bijlagen?)\W*",
    re.IGNORECASE,
)
"""What stands before the colon, or the blank, in the head of a letter."""
_FIGURE = re.compile(r"[€$ ]{0,2}[-–+]?[\d.,]{0,20}\d\s?%?|[-–]|n\.?v\.?t\.?", re.I)


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row: the lines from `start` to `end` and the text of each cell at its place."""

    start: int
    end: int
    cells: tuple[tuple[float, str], ...]

    @property
    def text(self) -> str:
        return "\t".join(text for _, text in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows and columns: the number of the line behind it, and its text with tabs between the cells of a row."""

    end: int
    text: str


def tables(lines: Sequence[Line]) -> Iterator[tuple[int, Table]]:
    """Find where rows of two or more cells stand below each other; yield the first line of each table."""
    at = 0
    while at < len(lines):
        table = _grid(lines, at) or _stack(lines, at)
        if table and not _is_letterhead(table):
            yield at, table
            at = table.end
        else:
            at += 1


def _is_letterhead(table: Table) -> bool:
    """Tell whether these are the labels of a letter with what they say."""
    return all(_LABEL.fullmatch(row.partition("\t")[0]) for row in table.text.split("\n"))


def _grid(lines: Sequence[Line], at: int) -> Table | None:
    """Read a table whose first row shows its columns: what begins at a column below it is a cell there.

    A cell may run over several lines; rows stand further apart than the lines of a cell.
    """
    head = lines[at]
    columns = _columns(lines, at)
    if len(columns) < 2 or head.sideways:
        return None
    inside = list(_inside(lines, at, columns))
    apart = ROW_GAP * _leading(inside, head)
    rows: list[list[list[str]]] = [[[] for _ in columns]]
    bottom, end = head.depth, at
    for line, cells in inside:
        gap = line.depth - bottom
        whole = len(cells) > 1 and 0 in cells
        if gap > MAX_ROW_GAP * head.size or (gap < -0.5 * head.size and 0 in cells):
            break
        if gap > apart or (whole and gap > 0.5 * head.size):
            rows.append([[] for _ in columns])
            bottom = line.depth
        for column, text in cells.items():
            rows[-1][column].append(text)
        bottom = max(bottom, line.depth)
        end += 1
    if len(rows) < (MIN_PAIRS if len(columns) == 2 else 2):
        return None
    return Table(end, "\n".join("\t".join(repair.join(cell, {}) for cell in row) for row in rows))


def _columns(lines: Sequence[Line], at: int) -> tuple[float, ...]:
    """Return where the columns begin that a first row shows: on one line, or cell by cell at one height."""
    head = lines[at]
    if len(head.stops) > 1:
        return head.stops if head.text.count("\t") + 1 == len(head.stops) else ()
    starts, last = [head.left], head
    for line in lines[at + 1 : at + MAX_CELL_LINES]:
        if len(line.stops) > 1 or line.sideways:
            break
        if abs(line.depth - head.depth) <= 1 and line.left > last.left + 1.5 * line.size:
            starts.append(line.left)
        elif abs(line.left - starts[-1]) > COLUMN_REACH or not 0 < line.depth - last.depth < MAX_LEADING * line.size:
            break
        last = line
    return tuple(starts)


def _inside(lines: Sequence[Line], at: int, columns: Sequence[float]) -> Iterator[tuple[Line, dict[int, str]]]:
    """Yield the lines from a first row on that begin at one of its columns, with their cells."""
    for line in lines[at:]:
        cells = _cells_at(line, lines[at], columns)
        if not cells or line.depth < lines[at].depth - 1:
            return
        yield line, cells


def _leading(inside: Sequence[tuple[Line, dict[int, str]]], head: Line) -> float:
    """Return the distance of two lines of one cell: the least between lines that hold only that column."""
    gaps = [
        following.depth - line.depth
        for (line, cells), (following, others) in pairwise(inside)
        if len(cells) == 1 and cells.keys() == others.keys() and following.depth > line.depth
    ]
    return min((gap for gap in gaps if gap <= MAX_LEADING * head.size), default=USUAL_LEADING * head.size)


def _cells_at(line: Line, head: Line, columns: Sequence[float]) -> dict[int, str]:
    """Part a line at the columns of a table; nothing when it does not begin at one of them."""
    if abs(line.size - head.size) > 0.07 * head.size or line.sideways:
        return {}
    cells: dict[int, str] = {}
    column: int | None = None
    for place, text in line.pieces or ((line.left, line.text),):
        column = next((n for n, start in enumerate(columns) if abs(start - place) < COLUMN_REACH), column)
        if column is None:
            return {}
        cells[column] = cells.get(column, "") + text
    return {column: " ".join(text.split()) for column, text in cells.items() if text.strip()}


def _stack(lines: Sequence[Line], at: int) -> Table | None:
    """Read rows that show their own cells and share their columns, from this line on."""
    run: list[_Row] = []
    while row := _row_of_cells(lines, at) or _row_on_one_line(lines, at) if at < len(lines) else None:
        if run and not _same_columns(run[-1], row):
            break
        run.append(row)
        at = row.end
    return Table(run[-1].end, "\n".join(entry.text for entry in run)) if len(run) > 1 else None


def _same_columns(row: _Row, other: _Row) -> bool:
    if abs(row.cells[0][0] - other.cells[0][0]) > 6:
        return False
    shared = sum(any(abs(left - right) <= 6 for right, _ in other.cells[1:]) for left, _ in row.cells[1:])
    numbers = all(_FIGURE.fullmatch(text) for _, text in (*row.cells[1:], *other.cells[1:]))
    return shared > 0 or (numbers and len(row.cells) == len(other.cells))


def _row_on_one_line(lines: Sequence[Line], at: int) -> _Row | None:
    """Read a row drawn line by line; a line below that begins at one of its later cells goes on with that cell."""
    line = lines[at]
    cells = [[text] for text in line.text.split("\t")]
    if len(line.stops) < 2 or len(cells) != len(line.stops):  # a tab of the file's own marks no column
        return None
    end = at + 1
    while end < len(lines) and len(lines[end].stops) == 1:
        gap = lines[end].depth - lines[end - 1].depth
        column = next((n for n, stop in enumerate(line.stops) if n and abs(stop - lines[end].left) < 3), None)
        if column is None or not 0 < gap < 1.6 * line.size:
            break
        cells[column].append(lines[end].text)
        end += 1
    return _Row(at, end, tuple((stop, repair.join(cell, {})) for stop, cell in zip(line.stops, cells, strict=True)))


def _row_of_cells(lines: Sequence[Line], at: int) -> _Row | None:
    """Read a row drawn cell by cell: each cell begins at the height of the first, further to the right."""
    cells: list[list[Line]] = [[lines[at]]]
    end = at + 1
    while end < len(lines) and len(cells[-1]) <= MAX_CELL_LINES:
        line, last = lines[end], cells[-1][-1]
        if len(line.stops) > 1 or line.sideways:
            break
        if abs(line.depth - lines[at].depth) <= 3 and line.left > last.left + 1.5 * line.size:
            cells.append([line])
        elif abs(line.left - cells[-1][0].left) < 4 and 0 < line.depth - last.depth < 1.8 * line.size:
            cells[-1].append(line)
        else:
            break
        end += 1
    if len(cells) < 2 or len(lines[at].stops) > 1 or len(cells[-1]) > MAX_CELL_LINES:
        return None
    end = sum(len(cell) for cell in cells) + at
    return _Row(at, end, tuple((cell[0].left, repair.join([line.text for line in cell], {})) for cell in cells))
