"""How well recommendations and findings are read: found, on the right page, to the right addressee."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kennisbank.evaluation.figures import Figure, absent, most_common, precision_recall, ratio
from kennisbank.evaluation.matching import SAME, Match, Matching, line, match, token_f1, tokens
from kennisbank.evaluation.system import System
from kennisbank.evaluation.truth import Truth

Row = Mapping[str, Any]
PART = "recommendations"
SHOWN = 0.6
"""Certainty from which a recommendation is shown and counted (contract)."""


def figures(truth: Truth, system: System) -> Iterator[Figure]:
    """Yield figures on recommendations, on what must not be taken for one, and on findings."""
    for half in truth.parts:
        if truth.of("aanbevelingen", half) or truth.of("afleiders", half):
            yield from _recommendations(truth, half, system.rows("aanbevelingen"))
        if truth.of("bevindingen", half):
            yield _findings(truth, half, system.rows("bevindingen"))


def shown(rows: Sequence[Row], files: frozenset[str]) -> list[Row]:
    """Return what the software shows and counts, of the documents given."""
    return [row for row in rows if row["bestand"] in files and row.get("zekerheid", 1.0) >= SHOWN]


def places(row: Row) -> list[str]:
    """Return the texts at which a recommendation stands in its own document."""
    return [row["tekst"], *(place["tekst"] for place in row.get("ookOp", ()) if "tekst" in place)]


def _recommendations(truth: Truth, half: str, rows: Sequence[Row] | None) -> Iterator[Figure]:
    wanted, distractors = truth.of("aanbevelingen", half), truth.of("afleiders", half)
    if rows is None:
        yield absent(PART, "aanbevelingen", half, len(wanted))
        yield absent(PART, "afleiders", half, len(distractors))
        return
    found = shown(rows, truth.files(half))
    result = match(found, wanted, places)
    yield _figure(
        "aanbevelingen",
        half,
        result,
        {
            "pagina": _agree(result, lambda one, other: one["pagina"] in _pages(other)),
            "geadresseerde": _agree(result, _same_addressee),
            "sterkte": _agree(result, lambda one, other: one["sterkte"] == other["sterkte"]),
            "overlap": ratio(sum(pair.overlap for pair in result.matches), len(result.matches)),
        },
    )
    taken = [
        line(row)
        for row in result.wrong
        if any(
            token_f1(tokens(row["tekst"]), tokens(other["tekst"])) >= SAME
            for other in distractors
            if other["bestand"] == row["bestand"]
        )
    ]
    yield Figure(
        PART,
        "afleiders",
        half,
        len(distractors),
        {"ontzien": ratio(len(distractors) - len(taken), len(distractors))},
        wrong=tuple(taken),
    )


def _findings(truth: Truth, half: str, rows: Sequence[Row] | None) -> Figure:
    wanted = truth.of("bevindingen", half)
    if rows is None:
        return absent(PART, "bevindingen", half, len(wanted))
    result = match(shown(rows, truth.files(half)), wanted)
    majority = most_common(row["polariteit"] for row in wanted)
    return _figure(
        "bevindingen",
        half,
        result,
        {
            "soort": _agree(result, lambda one, other: one["soort"] == other["soort"]),
            "polariteit": _agree(result, lambda one, other: one["polariteit"] == other["polariteit"]),
        },
        {"polariteit": ratio(sum(row["polariteit"] == majority for row in wanted), len(wanted))},
        "altijd de meest voorkomende polariteit",
    )


def _figure(
    subject: str,
    half: str,
    result: Matching,
    more: Mapping[str, float],
    baseline: Mapping[str, float] | None = None,
    baseline_name: str = "",
) -> Figure:
    right, missed, wrong = len(result.matches), len(result.missed), len(result.wrong)
    return Figure(
        PART,
        subject,
        half,
        right + missed,
        {**precision_recall(right, right + wrong, right + missed), **more},
        baseline or {},
        baseline_name,
        missed=tuple(map(line, result.missed)),
        wrong=tuple(map(line, result.wrong)),
    )


def _agree(result: Matching, same: Callable[[Row, Row], bool]) -> float:
    def agrees(pair: Match) -> bool:
        return same(pair.found, pair.truth)

    return ratio(sum(map(agrees, result.matches)), len(result.matches))


def _pages(row: Row) -> set[int | None]:
    return {row.get("pagina"), *(place.get("pagina") for place in row.get("ookOp", ()))}


def _same_addressee(found: Row, truth: Row) -> bool:
    def organisations(row: Row) -> set[str | None]:
        return {entry.get("organisatie") for entry in row["geadresseerden"]} - {None}

    return organisations(found) == organisations(truth)
