"""What is said about earlier recommendations, as objects of the outside contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kennisbank.followup import ShownVerdict
from kennisbank.library import Snapshot

Row = Mapping[str, Any]


def verdicts(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `uitspraken`."""
    return map(verdict, snapshot.followup.all)


def verdict(shown: ShownVerdict) -> Row:
    """Return what is said as an object; a link that is only proposed stands apart from one that is asserted."""
    one = shown.verdict
    return {
        "id": one.id,
        "aanbevelingId": one.recommendation if one.asserted else None,
        "documentId": one.document,
        "bestand": shown.row.file,
        "pagina": one.place.page,
        "begin": one.place.span.start,
        "eind": one.place.span.end,
        "tekst": one.place.text,
        "spreker": one.speaker,
        "oordeel": one.judgement,
        "datum": one.date,
        "voorstelId": None if one.asserted else one.recommendation,
        "koppelZekerheid": one.certainty,
        "koppelRedenen": list(one.reasons),
        "gedeeldeTermen": list(one.shared),
        "regels": [one.rule],
        "herkomst": one.origin,
    }
