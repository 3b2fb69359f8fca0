"""Recurring recommendations: the list, and a timeline of each."""

from __future__ import annotations

import io

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kennisbank import export, exports_series
from kennisbank.errors import NotFound, UsageError
from kennisbank.recurrence import GRADES
from kennisbank.series import FACETS, ORDERS, SeriesPage
from web import params
from web.context import snapshot
from web.pages import render
from web.series_views import FILTER_NAMES, PAGE_SIZE, SeriesListing, list_page, series_page

blueprint = Blueprint("series", __name__)

_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


@blueprint.get("/reeksen")
def all_series() -> ResponseReturnValue:
    """List the series that meet the filters, as a page or as a file."""
    now = snapshot()
    asked = _asked()
    file_format = params.read_format(request.args)
    found = now.series.page(asked.query)
    if file_format:
        return _file(found, file_format)
    if asked.page > 1 and (asked.page - 1) * PAGE_SIZE >= len(found.found):
        raise NotFound(f"pagina {asked.page} bestaat niet: er zijn {len(found.found)} reeksen")
    return render(list_page(now, asked, found))


@blueprint.get("/reeksen/<name>")
def one_series(name: str) -> ResponseReturnValue:
    """Show one series as a timeline."""
    now = snapshot()
    return render(series_page(now, now.series.one(name)))


def _asked() -> SeriesListing:
    """Read the filters from the address. Raises `UsageError`."""
    chosen: dict[str, tuple[str, ...]] = {}
    for facet in FACETS:
        values = tuple(dict.fromkeys(value for value in request.args.getlist(facet) if value))
        if len(values) > params.MAX_FILTERS:
            raise UsageError(f"{FILTER_NAMES[facet].lower()}: hoogstens {params.MAX_FILTERS} tegelijk")
        if facet == "graad":
            wrong = next((value for value in values if value not in GRADES), None)
            if wrong:
                raise UsageError(f"graad '{wrong[:40]}' bestaat niet; kies uit {', '.join(GRADES)}")
        else:
            values = tuple(snapshot().taxonomy.resolve(_facet(facet, value), value) for value in values)
        if values:
            chosen[facet] = values
    order = request.args.get("sorteer") or ORDERS[0]
    if order not in ORDERS:
        raise UsageError(f"sorteer '{order[:40]}' bestaat niet; kies uit {', '.join(ORDERS)}")
    page = request.args.get("pagina", "1")
    if not (page.isascii() and page.isdigit() and 0 < int(page) < 10**6):
        raise UsageError("pagina moet een getal vanaf 1 zijn")
    return SeriesListing(chosen, order, int(page))


def _facet(facet: str, value: str) -> str:
    """Where a demand lies in no chain its area stands in for it."""
    return "gebied" if facet == "keten" and value.startswith("gebied:") else facet


def _file(found: SeriesPage, file_format: str) -> Response:
    rows = map(exports_series.one_series, found.found)
    stream = io.StringIO(newline="")
    if file_format == "csv":
        export.write_csv(stream, rows)
    else:
        export.write_json_lines(stream, rows)
    response = Response(stream.getvalue(), content_type=_MEDIA_TYPES[file_format])
    response.headers["Content-Disposition"] = f"attachment; filename=reeksen.{file_format}"
    return response
