"""Quality figures on labelled data: how good is each part, beside a trivial baseline?

All is measured on the objects of the outside contract (`kennisbank.export`), so that a truth made by anybody, in the
same form, can judge any library. A part whose objects cannot be exported yet is reported as such.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from kennisbank.errors import UsageError
from kennisbank.evaluation import connections, reading, recommendations, search, tags
from kennisbank.evaluation.figures import Figure
from kennisbank.evaluation.system import System
from kennisbank.evaluation.truth import Truth

PARTS: Mapping[str, Callable[[Truth, System], Iterator[Figure]]] = {
    "reading": reading.figures,
    "tags": tags.figures,
    "recommendations": recommendations.figures,
    "search": search.figures,
    "connections": connections.figures,
}
"""Part of the software -> what measures it."""


def evaluate(truth: Truth, system: System, parts: Iterable[str] = PARTS) -> tuple[Figure, ...]:
    """Measure the parts named. Raises `UsageError` when the truth says nothing about any of them."""
    figures = tuple(figure for part in parts for figure in PARTS[part](truth, system))
    if not figures:
        raise UsageError(f"{truth.folder}: hierin staat niets om {' en '.join(parts)} aan te meten")
    return figures


__all__ = ["PARTS", "Figure", "System", "Truth", "evaluate"]
