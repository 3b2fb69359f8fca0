"""The ledger: every file ever seen or known, with what became of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlencode

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kennisbank.errors import UsageError
from kennisbank.model import STATUSES
from web.context import snapshot
from web.pages import LedgerPage, StatusCount, render
from web.wording import STATUS_WORDS

blueprint = Blueprint("ledger", __name__)

PAGE_SIZE = 100


@blueprint.get("/verzameling")
def ledger() -> ResponseReturnValue:
    """Show all files, or those with the statuses asked for."""
    now = snapshot()
    asked = [status for status in request.args.getlist("status") if status]
    wrong = next((status for status in asked if status not in STATUSES), None)
    if wrong is not None:
        raise UsageError(f"status: '{wrong[:40]}' bestaat niet; kies uit {', '.join(STATUSES)}")
    rows = now.rows(asked)
    page = _page(request.args.get("pagina", ""), len(rows))
    first = (page - 1) * PAGE_SIZE
    overview = now.overview()
    statuses = list(_counts(overview.statuses, asked))
    return render(
        LedgerPage(
            title="Wat zit erin, wat ontbreekt?",
            overview=overview,
            files=sum(overview.statuses.values()),
            statuses=statuses,
            chosen=[status for status in statuses if status.chosen],
            rows=[(row, STATUS_WORDS[row.status]) for row in rows[first : first + PAGE_SIZE]],
            first=first + 1,
            total=len(rows),
            previous=_address(asked, page - 1) if page > 1 else None,
            next=_address(asked, page + 1) if first + PAGE_SIZE < len(rows) else None,
        )
    )


def _page(raw: str, rows: int) -> int:
    pages = max(1, -(-rows // PAGE_SIZE))
    page = int(raw) if re.fullmatch(r"[0-9]{1,6}", raw) else 0 if raw else 1
    if not 1 <= page <= pages:
        raise UsageError(f"pagina: '{raw[:20]}' bestaat niet; deze lijst heeft er {pages}")
    return page


def _counts(counts: Mapping[str, int], asked: Sequence[str]) -> Iterator[StatusCount]:
    """Yield each status that occurs or is asked for, in the order of the contract."""
    for status in STATUSES:
        if counts.get(status) or status in asked:
            words = STATUS_WORDS[status]
            yield StatusCount(status, words, counts.get(status, 0), _address([status], 1), status in asked)


def _address(asked: Sequence[str], page: int) -> str:
    pairs = [("status", status) for status in asked] + ([("pagina", str(page))] if page > 1 else [])
    return url_for("ledger.ledger") + ("?" + urlencode(pairs) if pairs else "")
