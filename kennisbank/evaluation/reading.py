"""How well documents are read: title, kind, date, publishers, headings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from kennisbank.dutch import fold
from kennisbank.evaluation.figures import Figure, most_common, precision_recall, ratio
from kennisbank.evaluation.system import System
from kennisbank.evaluation.truth import Truth

Row = Mapping[str, Any]
PART = "reading"


def _folded(value: object) -> str:
    return " ".join(fold(str(value or "")).split())


FIELDS: Mapping[str, Callable[[Row], Any]] = {
    "titel": lambda row: _folded(row["titel"]),
    "soort": lambda row: row["soort"],
    "datum": lambda row: row["datum"],
    "uitgevers": lambda row: tuple(sorted(map(_folded, row["uitgevers"]))),
}
"""Property -> what is compared of it."""


def figures(truth: Truth, system: System) -> Iterator[Figure]:
    """Yield a figure per property and half; a document that was not read has everything wrong."""
    found = {row["bestand"]: row for row in system.rows("documenten") or ()}
    for half in truth.parts:
        wanted = [row for row in truth.of("documenten", half) if row.get("status", "indexed") == "indexed"]
        if not wanted:
            continue
        for name in FIELDS:
            yield _property(name, half, wanted, found)
        yield _headings(half, wanted, found)
        yield from _statuses(half, truth, found)


def _property(name: str, half: str, wanted: list[Row], found: Mapping[str, Row]) -> Figure:
    value = FIELDS[name]
    wrong = []
    for row in wanted:
        read = found.get(row["bestand"])
        if read is None or read["titel"] is None or value(read) != value(row):
            got = read[name] if read else "niet gelezen"
            wrong.append(f"{row['bestand']}: {name} is {row[name]!r}, gelezen is {got!r}")
    values = [value(row) for row in wanted]
    majority = most_common(map(repr, values))
    return Figure(
        PART,
        name,
        half,
        len(wanted),
        {"juist": ratio(len(wanted) - len(wrong), len(wanted))},
        {"juist": ratio(sum(repr(one) == majority for one in values), len(values))},
        "altijd de meest voorkomende",
        missed=tuple(wrong),
    )


def _headings(half: str, wanted: list[Row], found: Mapping[str, Row]) -> Figure:
    right = total = given = 0
    missed: list[str] = []
    wrong: list[str] = []
    for row in wanted:
        titles = {_folded(row["titel"]), _folded(row.get("ondertitel"))}  # of the whole; neither right nor wrong
        headings = found.get(row["bestand"], {"koppen": ()})["koppen"]
        ours = Counter(text for entry in headings if (text := _folded(entry["tekst"])) not in titles)
        theirs = Counter(_folded(entry["tekst"]) for entry in row["koppen"])
        right += (ours & theirs).total()
        given += ours.total()
        total += theirs.total()
        missed += [f"{row['bestand']}: kop ‘{text}’ niet gelezen" for text in sorted(theirs - ours)]
        wrong += [f"{row['bestand']}: ‘{text}’ is geen kop" for text in sorted(ours - theirs)]
    return Figure(
        PART, "koppen", half, total, precision_recall(right, given, total), missed=tuple(missed), wrong=tuple(wrong)
    )


def _statuses(half: str, truth: Truth, found: Mapping[str, Row]) -> Iterator[Figure]:
    """Documents that cannot be read must say so."""
    unreadable = [row for row in truth.of("documenten", half) if row.get("status", "indexed") != "indexed"]
    if unreadable:
        wrong = [
            f"{row['bestand']}: verwacht {row['status']}, gekregen {found.get(row['bestand'], {}).get('status')}"
            for row in unreadable
            if found.get(row["bestand"], {}).get("status") != row["status"]
        ]
        share = ratio(len(unreadable) - len(wrong), len(unreadable))
        yield Figure(PART, "zonder tekst herkend", half, len(unreadable), {"juist": share}, missed=tuple(wrong))
