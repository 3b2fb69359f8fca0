"""Beside and above every list: what limits it, what would limit it further, and how it is spread over the years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

from kennisbank import register
from kennisbank.errors import NotFound, UsageError
from kennisbank.library import Snapshot
from kennisbank.results import FacetValue
from web.pages import Bar, Chip, Choice, FacetBox
from web.params import Listing, RegisterSearch
from web.wording import FACET_MEANINGS, LIST_LABELS, STATUS_WORDS, date_text

LONELY = ("status", "aard")
"""Facets that say nothing when all have the same value."""
MAX_EMPTY_YEARS = 30
"""Years without anything are shown as empty, unless a stray date would make that a long list."""
L = TypeVar("L", bound=Listing)


def check_page(asked: Listing, total: int) -> None:
    """Refuse a page that the list does not have. Raises `UsageError`."""
    pages = -(-total // asked.limit)
    if asked.page > pages:
        raise UsageError(f"pagina: {asked.page} bestaat niet; deze lijst heeft er {pages}")


def name_of(now: Snapshot, asked: Listing) -> str:
    """Return the question, or else the limits to the list, or else that it is everything."""
    return asked.text or ", ".join(chip.text for chip in chips(now, asked)) or f"Alle {asked.nouns[1]}"


def boxes(
    asked: Listing, facets: Mapping[str, Sequence[FacetValue]], order: Sequence[str], opened: Sequence[str]
) -> Iterator[FacetBox]:
    """Yield the facets that have something to choose, in this order; some are open without being touched."""
    for facet in order:
        values = facets.get(facet, ())
        touched = any(value.chosen or value.excluded for value in values)
        if not values or (facet in LONELY and len(values) == 1 and not touched):
            continue
        choices = [_choice(asked, facet, value) for value in values]
        has_choice = any(value.chosen for value in values)
        about = FACET_MEANINGS.get(facet, "")
        yield FacetBox(facet, LIST_LABELS[facet], about, choices, touched or facet in opened, has_choice)


def _choice(asked: Listing, facet: str, value: FacetValue) -> Choice:
    touched = value.chosen or value.excluded
    toggle = asked.removing(facet, value.term) if touched else asked.adding(facet, value.term)
    return Choice(
        value=value,
        label=_as_read(facet, value.label),
        toggle=toggle.address,
        only=asked.only(facet, value.term).address,
        exclude=asked.excluding(facet, value.term).address,
    )


def _as_read(facet: str, label: str) -> str:
    """Return how a value reads on the site: a status in words, a kind as within a sentence."""
    if facet == "status":
        return next((words.word for status, words in STATUS_WORDS.items() if status == label), label)
    return label.lower() if facet == "soort" else label


def years(asked: Listing, values: Sequence[FacetValue], least: int = 2) -> Iterator[Bar]:
    """Yield a bar per year, when there are at least so many years to compare."""
    known = {int(value.term): value for value in values if value.term.isdigit()}
    if len(known) < least:
        return
    span = range(min(known), max(known) + 1)
    highest = max(value.alone for value in known.values())
    for year in span if len(span) - len(known) <= MAX_EMPTY_YEARS else sorted(known):
        value = known.get(year)
        count = value.alone if value else 0
        address = asked.only("jaar", str(year)).address if count else None
        yield Bar(str(year), count, -(-10 * count // highest) if highest else 0, address, bool(value and value.chosen))


def chips(now: Snapshot, asked: L) -> Iterator[Chip[L]]:
    """Yield every limit to the list, each with the list that is left without it."""
    filters = asked.filters
    for facet in asked.facets:
        for index, value in enumerate(filters.chosen.get(facet, ())):
            word = "of" if index else LIST_LABELS[facet].lower()
            yield Chip(f"{word} {_value_name(now, asked, facet, value)}", asked.removing(facet, value))
        for value in filters.excluded.get(facet, ()):
            text = f"zonder {_value_name(now, asked, facet, value)}"
            yield Chip(text, asked.removing(facet, value), excludes=True)
    if filters.date_from:
        yield Chip(f"vanaf {date_text(filters.date_from)}", asked.without_date("van"))
    if filters.date_until:
        yield Chip(f"tot en met {date_text(filters.date_until)}", asked.without_date("tot"))


def _value_name(now: Snapshot, asked: Listing, facet: str, value: str) -> str:
    if facet == "document":
        try:
            return f"‘{now.row(value).title}’"
        except NotFound:
            return value
    own = register.choices(asked.sort, facet) if isinstance(asked, RegisterSearch) else None
    label = own.get(value) if own else now.label("organisatie" if facet == "adressaat" else facet, value)
    return _as_read(facet, label or value)
