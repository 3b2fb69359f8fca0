"""Figures as a table for people and as plain values for machines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from kennisbank.evaluation.figures import Figure, Measures
from kennisbank.evaluation.truth import Truth, digest

DETAILS_SHOWN = 40
"""Misses and false finds shown per figure in the table; `--json` gives all."""


def as_object(truth: Truth, figures: Sequence[Figure], halves: Sequence[str]) -> Mapping[str, Any]:
    """Return all figures; single rows only of the halves named."""
    return {
        "waarheid": digest(truth.folder),
        "cijfers": [
            {
                "deel": figure.part,
                "maat": figure.subject,
                "helft": figure.half,
                "aantal": figure.count,
                "cijfers": _rounded(figure.measures),
                "basislijn": _rounded(figure.baseline),
                "basislijnMethode": figure.baseline_name or None,
                "toelichting": figure.note or None,
                **({"gemist": figure.missed, "onterecht": figure.wrong} if figure.half in halves else {}),
            }
            for figure in figures
        ],
    }


def as_lines(figures: Sequence[Figure], halves: Sequence[str]) -> Iterator[str]:
    """Yield a table, a line per figure; single rows only of the halves named."""
    part = ""
    for figure in figures:
        if figure.part != part:
            part = figure.part
            yield f"\n{part}"
        told = _told(figure.measures) or figure.note
        yield f"  {figure.subject:22s} {figure.half:6s} n={figure.count:<5d} {told}"
        if figure.baseline:
            yield f"  {'':22s} {'':6s} {'':7s} basislijn ({figure.baseline_name}): {_told(figure.baseline)}"
        if figure.measures and figure.note:
            yield f"  {'':22s} {'':6s} {'':7s} basislijn ({figure.note})"
        if figure.half in halves:
            yield from _details("gemist", figure.missed)
            yield from _details("onterecht", figure.wrong)


def _told(measures: Measures) -> str:
    return "  ".join(f"{name} {value:.3f}" for name, value in measures.items())


def _rounded(measures: Measures) -> dict[str, float]:
    return {name: round(value, 4) for name, value in measures.items()}


def _details(title: str, lines: Sequence[str]) -> Iterator[str]:
    yield from (f"      {title}: {line}" for line in lines[:DETAILS_SHOWN])
    if len(lines) > DETAILS_SHOWN:
        yield f"      {title}: en nog {len(lines) - DETAILS_SHOWN}; alle met --json"
