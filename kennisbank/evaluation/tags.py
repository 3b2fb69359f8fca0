"""How well documents are tagged: per facet, over all pairs of document and term."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank.evaluation.figures import Figure, precision_recall, ratio
from kennisbank.evaluation.system import System
from kennisbank.evaluation.truth import Truth
from kennisbank.model import TAG_FACETS, TOLD

Row = Mapping[str, Any]
Pair = tuple[str, str]
PART = "tags"
STATED = "genoemd"


def figures(truth: Truth, system: System) -> Iterator[Figure]:
    """Yield a figure per facet and half; goals by origin, since a stated one is a fact and an inferred one a guess."""
    found = [row for row in system.rows("tags") or () if row["niveau"] == "document"]
    for half in truth.parts:
        files = truth.files(half)
        wanted = truth.of("tags", half)
        if not wanted:
            continue
        mine = [row for row in found if row["bestand"] in files]
        for facet in [facet for facet in TAG_FACETS if facet not in TOLD]:
            if facet == "doel":
                for origin in (STATED, "afgeleid"):
                    yield _facet(
                        f"doel ({origin})", half, _pairs(mine, facet, origin), _pairs(wanted, facet, origin), len(files)
                    )
            else:
                main = {(row["bestand"], row["term"]) for row in wanted if row["rang"] == "hoofd"}
                yield _facet(facet, half, _pairs(mine, facet), _pairs(wanted, facet), len(files), main)


def _pairs(rows: list[Row] | tuple[Row, ...], facet: str, origin: str | None = None) -> set[Pair]:
    return {
        (row["bestand"], row["term"])
        for row in rows
        if row["facet"] == facet and (origin is None or (row["herkomst"] == STATED) == (origin == STATED))
    }


def _facet(
    subject: str, half: str, found: set[Pair], wanted: set[Pair], documents: int, main: set[Pair] | None = None
) -> Figure:
    measures = precision_recall(len(found & wanted), len(found), len(wanted))
    if main is not None:
        ours = main & wanted
        measures["hoofdvindkans"] = ratio(len(found & ours), len(ours))
    measures["per-document"] = ratio(len(found), documents)
    measures["per-document-waar"] = ratio(len(wanted), documents)
    return Figure(
        PART,
        subject,
        half,
        len(wanted),
        measures,
        _majority(wanted, documents),
        "ieder document het meest voorkomende begrip",
        missed=tuple(f"{file}: {term} ontbreekt" for file, term in sorted(wanted - found)),
        wrong=tuple(f"{file}: {term} te veel" for file, term in sorted(found - wanted)),
    )


def _majority(wanted: set[Pair], documents: int) -> dict[str, float]:
    counts = Counter(term for _, term in wanted)
    return precision_recall(max(counts.values(), default=0), documents, len(wanted))
