"""Recurring recommendations as the contract's objects."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank.library import Snapshot
from kennisbank.model import Span
from kennisbank.recurrence import SeriesLink
from kennisbank.series import ShownSeries


def recurring(snapshot: Snapshot) -> Iterator[Mapping[str, Any]]:
    """Yield `reeksen`."""
    return map(one_series, snapshot.series.all())


def one_series(shown: ShownSeries) -> Mapping[str, Any]:
    """Return a series as an object."""
    series = shown.series
    return {
        "id": series.id,
        "graad": series.grade,
        "titel": series.title,
        "leden": [
            {
                "aanbevelingId": member.recommendation,
                "documentId": member.document,
                "datum": member.date or None,
                "rol": member.role,
                "waarom": member.why or None,
                "koppeling": _link(member.link) if member.link else None,
            }
            for member in series.members
        ],
        "ketens": list(series.chains),
        "organisaties": list(series.organisations),
        "themas": list(series.themes),
        "eerste": series.first or None,
        "laatste": series.last or None,
        "aantalPublicaties": series.publications,
        "gedeeldeTermen": list(series.shared),
        "stand": shown.standing,
    }


def _link(link: SeriesLink) -> Mapping[str, Any]:
    return {
        "soort": link.sort,
        "naarId": link.to,
        "score": link.score,
        "gedeeldeTermen": list(link.shared),
        "hier": list(map(_span, link.here)),
        "daar": list(map(_span, link.there)),
        "waarom": link.why or None,
    }


def _span(span: Span) -> Mapping[str, int]:
    return {"begin": span.start, "eind": span.end}
