"""Parallels as the outside contract has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank.library import Snapshot
from kennisbank.parallels import ShownParallel, ShownSide


def parallels(snapshot: Snapshot) -> Iterator[Mapping[str, Any]]:
    """Yield `parallellen`, the best first."""
    for one in snapshot.parallels.all():
        yield parallel(snapshot.parallels.shown(one))


def parallel(shown: ShownParallel) -> Mapping[str, Any]:
    """Return a parallel as an object."""
    one = shown.parallel
    return {
        "id": one.id,
        "soort": one.kind,
        "score": one.score,
        "gedeeldeTermen": list(shown.terms),
        "over": list(one.about),
        "waarom": shown.why,
        "themas": list(one.themes),
        "herkomst": one.origin,
        "links": _side(shown.left),
        "rechts": _side(shown.right),
    }


def _side(shown: ShownSide) -> Mapping[str, Any]:
    return {
        "documentId": shown.row.id,
        "bestand": shown.row.file,
        "pagina": shown.page,
        "begin": shown.side.span.start,
        "eind": shown.side.span.end,
        "tekst": shown.text,
        "ketens": list(shown.side.chains),
        "datum": shown.row.date,
        "deelt": [
            {"begin": shown.side.span.start + mark.start, "eind": shown.side.span.start + mark.end}
            for mark in shown.marks
        ],
    }
