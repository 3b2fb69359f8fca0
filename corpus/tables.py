"""Rows of cells among the lines of a page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus import repair
from corpus.lines import Line

MAX_CELL_LINES = 12
"""Lines of a table cell; more are a column of text."""

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
    run: list[_Row] = []
    for row in _rows(lines):
        if run and not (row.start == run[-1].end and _same_columns(run[-1], row)):
            if len(run) > 1:
                yield run[0].start, Table(run[-1].end, "\n".join(entry.text for entry in run))
            run = []
        run.append(row)
    if len(run) > 1:
        yield run[0].start, Table(run[-1].end, "\n".join(entry.text for entry in run))


def _same_columns(row: _Row, other: _Row) -> bool:
    if abs(row.cells[0][0] - other.cells[0][0]) > 6:
        return False
    shared = sum(any(abs(left - right) <= 6 for right, _ in other.cells[1:]) for left, _ in row.cells[1:])
    numbers = all(_FIGURE.fullmatch(text) for _, text in (*row.cells[1:], *other.cells[1:]))
    return shared > 0 or (numbers and len(row.cells) == len(other.cells))


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    at = 0
    while at < len(lines):
        row = _row_of_cells(lines, at) or _row_on_one_line(lines, at)
        if row:
            yield row
        at = row.end if row else at + 1


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
