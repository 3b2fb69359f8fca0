"""Where a list is empty: what does give something, nearest first, each with the length of its list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from kennisbank.errors import QueryError
from kennisbank.library import Snapshot
from kennisbank.model import REJECTED
from kennisbank.query import parse
from kennisbank.results import Expansion, Overview
from kennisbank.settings import SearchSettings
from kennisbank.widening import Kind, wider
from web import narrowing
from web.explained import all_corrected
from web.pages import Link
from web.params import Listing
from web.wording import counted

MAX_LIMITS = 12
"""Limits that are tried without; each costs a search."""
MAX_STEPS = 8
"""Wider questions that are tried."""
MOST_WORDS = 150
"""Words of all questions that are tried together: one that costs much is not asked over and over."""
COSTLY = 30
"""Words that one with ``*`` or ``~``, or a distance, counts for."""
_WIDER: dict[Kind, str] = {
    "losser": "Niet letterlijk en niets verplicht: {}",
    "uitgesloten": "Ook met wat u uitsloot: {}",
    "minder": "Niet alle woorden: {}",
}
L = TypeVar("L", bound=Listing)


class Spent(Exception):
    """Enough was tried."""


@dataclass
class Budget:
    """What trying other questions may cost in all."""

    words: int = MOST_WORDS

    def counting(self, count: Callable[[L], int]) -> Callable[[L], int]:
        """Return a way to count that raises `Spent` when the budget is."""

        def within(search: L) -> int:
            signs = sum(search.text.count(sign) for sign in ("*", "~", "W/", "w/"))
            self.words -= len(search.text.split()) + COSTLY * signs
            if self.words < 0:
                raise Spent
            return count(search)

        return within


def until_spent(found: Iterator[Link]) -> Iterator[Link]:
    """Yield tips as long as there is budget; one that is refused for what it costs ends them."""
    try:
        yield from found
    except (Spent, QueryError):
        return


def tips(
    now: Snapshot,
    asked: L,
    explanation: Sequence[Expansion],
    settings: SearchSettings,
    length: Callable[[L], int],
    whole: Callable[[L], int],
) -> Iterator[Link]:
    """Yield what may be tried: a better spelling, one limit less, a wider question.

    `length` is that of a whole list, `whole` of what in it has all words. A limit that makes no difference is told
    as well, without a list.
    """
    better = all_corrected(asked.text, explanation)
    if better != asked.text:
        yield from _if_any(asked.asking(better), f"Bedoelde u: {better}", length)
    limits = list(narrowing.chips(now, asked))[:MAX_LIMITS]
    for chip in limits:
        found = length(chip.search)
        about = counted(found, *asked.nouns) if found else "nog steeds niets"
        yield Link(chip.search.address, f"Zonder: {chip.text.removeprefix('of ')}", found, about)
    if len(limits) > 1 and asked.text:
        yield from _if_any(asked.without_filters(), "Zonder alle filters", length)
    nearest = list(_nearest(asked, settings, length, whole))
    yield from nearest
    if not nearest and asked.filters:
        for link in _nearest(asked.without_filters(), settings, length, whole):
            yield replace(link, text=f"Zonder alle filters. {link.text}")


def _nearest(
    asked: L, settings: SearchSettings, length: Callable[[L], int], whole: Callable[[L], int]
) -> Iterator[Link]:
    """Yield the first of the ever wider questions that gives something."""
    clauses = parse(asked.text, literal=asked.literal, settings=settings).clauses

    def documents(text: str) -> int:
        return whole(asked.asking(text).without_filters())

    for step, made in enumerate(wider(clauses, documents)):
        link = next(_if_any(asked.asking(made.text), _WIDER[made.kind].format(made.text), length), None)
        if link:
            yield link
        if link or step == MAX_STEPS:
            return


def _if_any(search: L, text: str, length: Callable[[L], int]) -> Iterator[Link]:
    found = length(search)
    if found:
        yield Link(search.address, text, found, counted(found, *search.nouns))


def one_result(search: L) -> L:
    """Return a list of which only the length matters."""
    return replace(search, page=1, limit=1)


def not_searched(overview: Overview) -> Iterator[str]:
    """Yield what is known but could not be searched, in words."""
    unread = sum(overview.statuses.get(status, 0) for status in REJECTED)
    not_held = overview.statuses.get("not_held", 0)
    if unread:
        yield f"{counted(unread, 'bestand is', 'bestanden zijn')} niet leesbaar"
    if not_held:
        yield f"{counted(not_held, 'document is', 'documenten zijn')} niet in huis"
