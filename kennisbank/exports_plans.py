"""Commitments as objects of the outside contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank.library import Snapshot
from kennisbank.plans import ShownCommitment, ShownLink

Row = Mapping[str, Any]


def commitments(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `voornemens`."""
    return map(commitment, snapshot.plans.all)


def commitment(shown: ShownCommitment) -> Row:
    """Return a commitment as an object; links that are proposed only stand apart from those that are asserted."""
    one = shown.commitment
    return {
        "id": one.id,
        "documentId": one.document,
        "bestand": shown.row.file,
        "pagina": one.place.page,
        "begin": one.place.span.start,
        "eind": one.place.span.end,
        "tekst": one.place.text,
        "doel": one.goal,
        "ketens": list(one.chains),
        "planjaar": one.year,
        "periode": one.period,
        "ontkend": one.negated,
        "stand": one.standing,
        "standReden": one.why,
        "koppelingen": [_link(found) for found in shown.links],
        "regels": [one.rule],
        "zekerheid": one.certainty,
        "herkomst": one.origin,
        "sectie": list(one.path),
    }


def _link(found: ShownLink) -> Row:
    link = found.link
    place = link.place
    return {
        "documentId": link.document,
        "soort": link.sort,
        "score": link.score,
        "vastgesteld": link.asserted,
        "gedeeldeTermen": list(link.shared),
        "redenen": list(link.reasons),
        "bewijs": [{"pagina": place.page, "begin": place.span.start, "eind": place.span.end, "tekst": place.text}],
    }
