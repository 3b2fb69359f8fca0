"""Which find is which row of the truth? By the words that both hold, one to one, best first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kennisbank.dutch import fold

Row = Mapping[str, Any]
SAME = 0.5
"""Token F1 from which two texts in one document are taken for the same place. Half: a find with as much that does not
belong to it as that does is no find."""


@dataclass(frozen=True, slots=True)
class Match:
    """A find and the row of the truth it is."""

    found: Row
    truth: Row
    overlap: float
    """Token F1 of their texts."""


@dataclass(frozen=True, slots=True)
class Matching:
    """Finds against truth."""

    matches: tuple[Match, ...]
    missed: tuple[Row, ...]
    wrong: tuple[Row, ...]


def tokens(text: str) -> Counter[str]:
    """Return the words of a text, folded."""
    return Counter(re.findall(r"\w+", fold(text)))


def token_f1(one: Counter[str], other: Counter[str]) -> float:
    """Return the F1 of two bags of words (as SQuAD scores answers; Rajpurkar et al., 2016)."""
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def holds(passage: Counter[str], quote: Counter[str]) -> float:
    """Return which share of a quote's words stands in a passage."""
    return (passage & quote).total() / quote.total() if quote else 0.0


def match(found: Sequence[Row], truth: Sequence[Row], places: Callable[[Row], Sequence[str]] | None = None) -> Matching:
    """Pair finds with rows of the truth of the same file, one to one, greatest overlap first.

    `places` gives the texts at which a row of the truth may be found; by default its own ``tekst``.
    """
    texts = places or (lambda row: [row["tekst"]])
    wanted = [(number, row["bestand"], [tokens(text) for text in texts(row)]) for number, row in enumerate(truth)]
    by_file: dict[str, list[tuple[int, list[Counter[str]]]]] = {}
    for number, file, bags in wanted:
        by_file.setdefault(file, []).append((number, bags))
    scored = []
    for at, row in enumerate(found):
        bag = tokens(row["tekst"])
        for number, bags in by_file.get(row["bestand"], ()):
            overlap = max((token_f1(bag, other) for other in bags), default=0.0)
            if overlap >= SAME:
                scored.append((-overlap, at, number))
    taken_found: set[int] = set()
    taken_truth: set[int] = set()
    matches = []
    for overlap, at, number in sorted(scored):
        if at not in taken_found and number not in taken_truth:
            taken_found.add(at)
            taken_truth.add(number)
            matches.append(Match(found[at], truth[number], -overlap))
    return Matching(
        tuple(matches),
        tuple(row for number, row in enumerate(truth) if number not in taken_truth),
        tuple(row for at, row in enumerate(found) if at not in taken_found),
    )


def line(row: Row) -> str:
    """Show a row in one line: where, and the words."""
    page = f" p. {row['pagina']}" if row.get("pagina") else ""
    text = " ".join(str(row["tekst"]).split())
    return f"{row['bestand']}{page}: {text[:160]}"
