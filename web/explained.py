"""How a question was read, with what can be done about it: every expansion can go, every proposal can be taken."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kennisbank.query import corrected
from kennisbank.results import Expansion
from web.pages import Line, Link
from web.params import Listing

CORRECTION, LITERAL = "correctie", "letterlijk"
SWITCHED = ("alias", "delen", "lijkt", LITERAL)
"""Expansions that can be taken away, and those that were."""


def lines(asked: Listing, explanation: Sequence[Expansion]) -> Iterator[Line]:
    """Yield what the user should know; expansions stand together at the end."""
    for entry in explanation:
        if entry.kind == CORRECTION:
            texts = [(word, asked.asking(corrected(asked.text, entry.word, word))) for word in entry.became]
            links = [Link(search.address, word) for word, search in texts]
            yield Line(f"‘{entry.word}’ komt nergens voor; bedoelde u", links)
        elif entry.kind not in SWITCHED:
            yield Line(entry.text)
    whole = all_corrected(asked.text, explanation)
    if sum(entry.kind == CORRECTION for entry in explanation) > 1:
        yield Line("Of alles tegelijk:", [Link(asked.asking(whole).address, whole)])
    for entry in explanation:
        if entry.kind in SWITCHED:
            off = entry.kind == LITERAL
            yield Line(entry.text, switch=asked.literally(entry.word, literal=not off).address, off=off)


def all_corrected(text: str, explanation: Sequence[Expansion]) -> str:
    """Return the question with the best proposal for every word that occurs nowhere."""
    for entry in explanation:
        if entry.kind == CORRECTION:
            text = corrected(text, entry.word, entry.became[0])
    return text
