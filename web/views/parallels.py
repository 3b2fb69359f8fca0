"""Parallels: a list that can be narrowed and taken along, and two passages side by side."""

from __future__ import annotations

import io

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kennisbank import export
from kennisbank.errors import NotFound, UsageError
from kennisbank.exports_parallels import parallel as exported
from kennisbank.library import Snapshot
from kennisbank.parallels import PARALLEL_KINDS, ParallelQuery
from web import params
from web.context import snapshot
from web.pages import render
from web.parallel_views import PAGE_SIZE, ParallelListing, parallel_page, parallels_page

blueprint = Blueprint("parallels", __name__)

_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}
_CHAIN_PREFIXES = ("keten", "gebied")


@blueprint.get("/parallellen")
def parallels() -> ResponseReturnValue:
    """List the parallels that meet the filters, as a page or as a file."""
    now = snapshot()
    asked = _asked(now)
    found = now.parallels.all(asked.query)
    file_format = params.read_format(request.args)
    if file_format:
        rows = (exported(now.parallels.shown(one)) for one in found)
        stream = io.StringIO(newline="")
        (export.write_csv if file_format == "csv" else export.write_json_lines)(stream, rows)
        response = Response(stream.getvalue(), content_type=_MEDIA_TYPES[file_format])
        response.headers["Content-Disposition"] = f"attachment; filename=parallellen.{file_format}"
        return response
    if asked.page > 1 and (asked.page - 1) * PAGE_SIZE >= len(found):
        raise NotFound(f"pagina {asked.page} bestaat niet: er zijn {len(found)} parallellen")
    return render(parallels_page(now, asked, found))


@blueprint.get("/parallellen/<parallel_id>")
def parallel(parallel_id: str) -> ResponseReturnValue:
    """Show one at its permanent address."""
    now = snapshot()
    return render(parallel_page(now, now.parallels.one(parallel_id)))


def _asked(now: Snapshot) -> ParallelListing:
    """Read the filters from the address. Raises `UsageError`."""
    args = request.args
    chains = tuple(dict.fromkeys(_term(now, value, _CHAIN_PREFIXES) for value in args.getlist("keten") if value))
    if len(chains) > 2:
        raise UsageError("een parallel ligt tussen twee ketens; kies er hoogstens twee")
    kind = args.get("soort", "")
    if kind and kind not in PARALLEL_KINDS:
        raise UsageError(f"soort: '{kind[:30]}' bestaat niet; kies uit {', '.join(PARALLEL_KINDS)}")
    document = args.get("document", "")
    if document:
        now.row(document)
    page = args.get("pagina", "1")
    if not page.isdecimal() or not 1 <= int(page) <= 100_000:
        raise UsageError(f"pagina: '{page[:20]}' kan niet; kies een getal vanaf 1")
    theme, about = args.get("thema", ""), args.get("verschijnsel", "")
    query = ParallelQuery(
        chains=chains,
        kind=kind,
        theme=_term(now, theme, ("thema",)) if theme else "",
        about=_term(now, about, ("verschijnsel", "maatregel")) if about else "",
        document=document,
    )
    return ParallelListing(query, int(page))


def _term(now: Snapshot, value: str, prefixes: tuple[str, ...]) -> str:
    """Return the id of a term given by id, or by the part after the colon. Raises `UsageError`."""
    names = [value] if ":" in value else [f"{prefix}:{value}" for prefix in prefixes]
    for name in names:
        if name in now.taxonomy.terms and name.partition(":")[0] in prefixes:
            return name
    raise UsageError(f"{prefixes[0]}: '{value[:40]}' bestaat niet in deze begrippenlijst")
