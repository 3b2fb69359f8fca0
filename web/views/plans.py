"""Commitments: what was planned, where it says so, and what came of it; two werkprogramma's beside each other."""

from __future__ import annotations

import io

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kennisbank import export, exports_plans
from kennisbank.commitments import STANDINGS
from kennisbank.errors import NotFound, UsageError
from kennisbank.plans import FACETS, PlanPage
from web import params
from web.context import snapshot
from web.pages import render
from web.plan_views import FILTER_NAMES, PAGE_SIZE, PlanListing, comparison_page, plans_page

blueprint = Blueprint("plans", __name__)

_KNOWN = {"stand": tuple(STANDINGS), "ontkend": ("ja", "nee")}
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}


@blueprint.get("/voornemens")
def plans() -> ResponseReturnValue:
    """List the commitments that meet the filters, as a page or as a file."""
    now = snapshot()
    asked = _asked()
    file_format = params.read_format(request.args)
    found = now.plans.page(asked.query)
    if file_format:
        return _file(found, file_format)
    if asked.page > 1 and (asked.page - 1) * PAGE_SIZE >= len(found.found):
        raise NotFound(f"pagina {asked.page} bestaat niet: er zijn {len(found.found)} voornemens")
    return render(plans_page(now, asked, found))


@blueprint.get("/voornemens/verschil")
def difference() -> ResponseReturnValue:
    """Show what is new, came back or is gone between two werkprogramma's, per goal."""
    now = snapshot()
    earlier, later = (request.args.get(name, "") for name in ("eerder", "later"))
    return render(comparison_page(now, earlier, later, now.plans.compare(earlier, later)))


def _asked() -> PlanListing:
    """Read the filters from the address. Raises `UsageError`."""
    chosen: dict[str, tuple[str, ...]] = {}
    for facet in FACETS:
        values = tuple(dict.fromkeys(value for value in request.args.getlist(facet) if value))
        wrong = [value for value in values if facet in _KNOWN and value not in _KNOWN[facet]]
        if wrong or len(values) > params.MAX_FILTERS:
            known = ", ".join(_KNOWN.get(facet, ()))
            raise UsageError(f"{FILTER_NAMES[facet].lower()} kan dat niet zijn; kies uit {known}")
        if facet == "document":
            for value in values:
                snapshot().row(value)
        if values:
            chosen[facet] = values
    page = request.args.get("pagina", "1")
    if not (page.isascii() and page.isdigit() and 0 < int(page) < 10**6):
        raise UsageError("pagina moet een getal vanaf 1 zijn")
    return PlanListing(chosen, int(page))


def _file(found: PlanPage, file_format: str) -> Response:
    rows = map(exports_plans.commitment, found.found)
    stream = io.StringIO(newline="")
    if file_format == "csv":
        export.write_csv(stream, rows)
    else:
        export.write_json_lines(stream, rows)
    response = Response(stream.getvalue(), content_type=_MEDIA_TYPES[file_format])
    response.headers["Content-Disposition"] = f"attachment; filename=voornemens.{file_format}"
    return response
