"""Chains against themes, phenomena, measures or years: how many documents, every cell a list."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kennisbank.errors import UsageError
from kennisbank.export import BYTE_ORDER_MARK, cell
from kennisbank.library import Snapshot
from kennisbank.results import FacetValue, ResultPage
from web import params
from web.context import services, snapshot
from web.pages import Link, render
from web.params import Search

blueprint = Blueprint("matrix", __name__)

ACROSS = {"keten": "Ketens", "gebied": "Toezichtgebieden"}
DOWN = {"thema": "Thema’s", "verschijnsel": "Verschijnselen", "maatregel": "Maatregelen", "jaar": "Jaren"}


@dataclass(frozen=True, slots=True)
class Row:
    """A theme, phenomenon, measure or year: its own list, and one for each chain; None where there is nothing."""

    head: Link
    cells: tuple[Link | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage:
    """The table with what it may be made of."""

    template: ClassVar[str] = "matrix.html"
    title: str
    across: str
    down: str
    choices: tuple[tuple[str, str, Mapping[str, str], str], ...]
    """Parameter, label, value -> name, chosen."""
    heads: tuple[Link, ...]
    rows: tuple[Row, ...]
    most: int
    """The largest number in a cell."""
    file: str


@blueprint.get("/matrix")
def matrix() -> ResponseReturnValue:
    """Show how many documents are about both, as a table or as CSV."""
    now = snapshot()
    across, down = _choice("kolom", ACROSS), _choice("rij", DOWN)
    page = _page(now, across, down)
    if params.read_format(request.args):
        return _file(page)
    return render(page)


def _choice(name: str, known: Mapping[str, str]) -> str:
    value = request.args.get(name) or next(iter(known))
    if value not in known:
        raise UsageError(f"{name} '{value[:40]}' bestaat niet; kies uit {', '.join(known)}")
    return value


def _found(now: Snapshot, search: Search) -> ResultPage:
    return now.search(search.query(services().settings.search))


def _page(now: Snapshot, across: str, down: str) -> MatrixPage:
    whole = _found(now, Search(limit=1)).facets
    columns = [value for value in whole[across] if value.count]
    lines = _lines(whole[down], down)
    counts = {
        column.term: {value.term: value.count for value in _found(now, _of(across, column)).facets[down]}
        for column in columns
    }
    rows = tuple(
        Row(
            Link(_of(down, line).address, line.label, line.count),
            tuple(
                Link(_of(across, column).only(down, line.term).address, f"{line.label}, {column.label}", count)
                if (count := counts[column.term].get(line.term, 0))
                else None
                for column in columns
            ),
        )
        for line in lines
    )
    return MatrixPage(
        title="Matrix",
        across=ACROSS[across],
        down=DOWN[down],
        choices=(("rij", "Rijen", DOWN, down), ("kolom", "Kolommen", ACROSS, across)),
        heads=tuple(Link(_of(across, column).address, column.label, column.count) for column in columns),
        rows=rows,
        most=max((one.count or 0 for row in rows for one in row.cells if one), default=1),
        file=f"/matrix?rij={down}&kolom={across}&formaat=csv",
    )


def _lines(values: tuple[FacetValue, ...], down: str) -> list[FacetValue]:
    """Return what stands in the first column; years newest first, all that occurs nowhere left out."""
    held = [value for value in values if value.count]
    return sorted(held, key=lambda value: value.term, reverse=True) if down == "jaar" else held


def _of(facet: str, value: FacetValue) -> Search:
    return Search(limit=1).only(facet, value.term)


def _table(page: MatrixPage) -> Iterator[list[str]]:
    yield [page.down, "alle", *(head.text for head in page.heads)]
    for row in page.rows:
        yield [cell(row.head.text), str(row.head.count), *(str(one.count if one else 0) for one in row.cells)]


def _file(page: MatrixPage) -> Response:
    stream = io.StringIO(newline="")
    stream.write(BYTE_ORDER_MARK)
    csv.writer(stream).writerows(_table(page))
    response = Response(stream.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = "attachment; filename=matrix.csv"
    return response
