"""Fill the columns of pages with pieces of text, footnotes at the foot of the column that refers to them.

A paragraph that does not fit runs on in the next column, and its footnote then stands between its two halves:
just what a reader of published reports has to cope with.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from reportlab.platypus import Paragraph

NOTE_RULE = 10.0
"""Height of the rule above the footnotes, white included."""
_ANY_HEIGHT = 100_000.0


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to place, with the white around it."""

    flow: Any
    """A ReportLab flowable."""
    before: float = 0.0
    after: float = 0.0
    notes: tuple[Any, ...] = ()
    """Its footnotes, in order of reference."""
    heading: tuple[int, str] | None = None
    """Level and text, of a heading."""
    new_page: bool = False


@dataclass(slots=True)
class Column:
    """A column of a page and what stands in it; places are in points from the bottom of the page."""

    page: int
    x: float
    top: float
    bottom: float
    width: float
    placed: list[tuple[Piece, float]] = field(default_factory=list)
    """Pieces with the place of their lower edge."""
    notes: list[Any] = field(default_factory=list)
    used: float = 0.0

    def room(self, notes: Iterable[Any] = ()) -> float:
        """Height left for text when these footnotes come here too."""
        below = [*self.notes, *notes]
        height = sum(self.height(note) for note in below) + (NOTE_RULE if below else 0)
        return self.top - self.bottom - self.used - height

    def height(self, flow: Any) -> float:
        """Height of a flowable as wide as this column."""
        return float(flow.wrap(self.width, _ANY_HEIGHT)[1])

    def put(self, piece: Piece) -> None:
        """Place a piece below what is there."""
        self.used += self.height(piece.flow) + (piece.before if self.placed else 0)
        self.placed.append((piece, self.top - self.used))
        self.used += piece.after
        self.notes.extend(piece.notes)


def fill(pieces: Iterable[Piece], columns: Iterator[Column]) -> list[Column]:
    """Place all pieces; return the columns that were begun."""
    queue = deque(pieces)
    filled = [next(columns)]
    while queue:
        piece, column = queue.popleft(), filled[-1]
        if piece.new_page and any(entry.placed for entry in filled if entry.page == column.page):
            while filled[-1].page == column.page:
                filled.append(next(columns))
            queue.appendleft(replace(piece, new_page=False))
            continue
        before = piece.before if column.placed else 0
        needed = before + column.height(piece.flow) + _height_kept(piece, queue, column)
        if needed <= column.room(piece.notes):
            column.put(piece)
            continue
        halves = _split(piece, column, before)
        if halves:
            column.put(halves[0])
            queue.appendleft(halves[1])
        elif column.placed:
            queue.appendleft(piece)
        else:
            raise ValueError("a piece is higher than an empty column")
        filled.append(next(columns))
    return filled


def _height_kept(piece: Piece, following: deque[Piece], column: Column) -> float:
    """Height that must be free below a heading, so that it never stands alone at the foot of a column."""
    height = 0.0
    for after in following if piece.heading else ():
        first_lines = 3 * after.flow.style.leading if isinstance(after.flow, Paragraph) else column.height(after.flow)
        height += after.before + (column.height(after.flow) if after.heading else first_lines)
        if not after.heading:
            break
    return height


def _split(piece: Piece, column: Column, before: float) -> tuple[Piece, Piece] | None:
    if piece.heading or not isinstance(piece.flow, Paragraph):
        return None
    halves = piece.flow.split(column.width, column.room(piece.notes) - before)
    if len(halves) != 2:
        return None
    here = sum(1 for run in halves[0].frags if getattr(run, "rise", 0))
    return (
        replace(piece, flow=halves[0], notes=piece.notes[:here]),
        replace(piece, flow=halves[1], notes=piece.notes[here:], before=0, new_page=False),
    )
