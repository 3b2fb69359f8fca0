"""A question, read: what is asked, the hard limits to the list, and how to page through it (language: `syntax`)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from kennisbank.dutch import QUESTION_WORDS, fold, is_function_word
from kennisbank.dutch import words as word_places
from kennisbank.errors import QueryError, UsageError
from kennisbank.grammar import Reader
from kennisbank.lexemes import BROKEN_WORD
from kennisbank.model import KINDS, REPORT_KINDS, TAG_FACETS
from kennisbank.settings import SearchSettings
from kennisbank.syntax import FILTER_FACETS, NOTHING, AllOf, Clause, Notice, Word, strict
from kennisbank.taxonomy import Taxonomy

Sort = Literal["relevantie", "datum", "titel"]
SORTS: tuple[Sort, ...] = ("relevantie", "datum", "titel")
MAX_VALUE = 100
"""Characters of a value of a filter."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard limits to the list: OR within a facet, AND between facets."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    """ISO date, as precise as given."""
    date_until: str | None = None
    """Likewise; ``2018`` includes 31 December."""

    def __bool__(self) -> bool:
        return bool(self.chosen or self.excluded or self.date_from or self.date_until)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read."""

    text: str
    clauses: tuple[Clause, ...] = ()
    filters: Filters = Filters()
    notices: tuple[Notice, ...] = ()
    sort: Sort = "relevantie"
    offset: int = 0
    limit: int = 10
    partial: bool = True
    """List documents with only some of the wanted words as well."""
    literal: tuple[str, ...] = ()
    """Words looked for as they stand: not under other names, nor by their parts."""


def read_filters(values: Mapping[str, Sequence[str]], taxonomy: Taxonomy) -> Filters:
    """Read filter values as given on the command line or in an address; ``-x`` excludes x.

    Raises `UsageError` for a value that does not exist, naming what does.
    """
    chosen: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    for facet in FILTER_FACETS:
        for raw in values.get(facet, ()):
            target = excluded if raw.startswith("-") else chosen
            value = _filter_value(facet, raw.removeprefix("-").strip(), taxonomy)
            if value not in target.setdefault(facet, []):
                target[facet].append(value)
    return Filters(
        {facet: tuple(found) for facet, found in chosen.items()},
        {facet: tuple(found) for facet, found in excluded.items()},
        read_date("van", values.get("van", ())),
        read_date("tot", values.get("tot", ())),
    )


def _filter_value(facet: str, value: str, taxonomy: Taxonomy) -> str:
    if len(value) > MAX_VALUE:
        raise UsageError(f"{facet}: '{value[:40]}…' bestaat niet; een waarde telt hoogstens {MAX_VALUE} tekens")
    if facet in TAG_FACETS:
        return str(taxonomy.resolve(facet, value))
    if not value:
        raise UsageError(f"{facet}: leeg filter; geef een waarde op of laat het filter weg")
    if facet == "soort" and value not in KINDS:
        raise UsageError(f"soort: '{value}' bestaat niet; kies uit {', '.join(KINDS)}")
    if facet == "jaar" and not re.fullmatch(r"\d{4}", value):
        raise UsageError(f"jaar: '{value}' is geen jaartal; schrijf bijvoorbeeld 2019 of 2018..2020")
    if facet == "status" and value not in ("indexed", "indexed_partial"):
        raise UsageError(f"status: '{value}' is niet doorzoekbaar; kies indexed of indexed_partial")
    return value


def read_date(name: str, values: Sequence[str]) -> str | None:
    """Return a date as given, ISO and as precise as given; None without any. Raises `UsageError`."""
    given = [value.strip() for value in values if value.strip()]
    if not given:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", given[-1])
    try:
        known = match is not None and date(int(match[1]), int(match[2] or 1), int(match[3] or 1)) is not None
    except ValueError:
        known = False
    if not known:
        raise UsageError(f"{name}: '{given[-1]}' is geen datum; schrijf JJJJ, JJJJ-MM of JJJJ-MM-DD")
    return given[-1]


def widened(facet: str, values: Sequence[str], taxonomy: Taxonomy) -> frozenset[str]:
    """Return the values that a choice stands for: a term with all below it, `rapport` with its kinds."""
    if facet in TAG_FACETS:
        return frozenset(narrow for value in values for narrow in taxonomy.narrower(value))
    if facet == "soort" and "rapport" in values:
        return frozenset((*values, *REPORT_KINDS))
    return frozenset(values)


def parse(
    text: str,
    filters: Filters = Filters(),
    *,
    taxonomy: Taxonomy | None = None,
    sort: Sort = "relevantie",
    offset: int = 0,
    limit: int = 10,
    partial: bool = True,
    literal: Sequence[str] = (),
    settings: SearchSettings = SearchSettings(),  # noqa: B008 - frozen
) -> Query:
    """Read a question. Raises `QueryError` when it is longer, deeper or further than the settings allow."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    text = BROKEN_WORD.sub("-", text)
    if len(text) > settings.max_characters:
        raise QueryError(f"de vraag telt {len(text)} tekens; hoogstens {settings.max_characters}: kort haar in")
    if sort not in SORTS:
        raise UsageError(f"sorteer: '{sort}' bestaat niet; kies uit {', '.join(SORTS)}")
    if not 1 <= limit <= settings.max_page_size:
        raise UsageError(f"limit: {limit} kan niet; kies 1 tot en met {settings.max_page_size}")
    if not 0 <= offset <= settings.max_offset:
        raise UsageError(f"verder dan {settings.max_offset} resultaten bladeren kan niet; verfijn de vraag")
    reader = Reader(text, settings, filters=taxonomy is not None)
    clauses = _without_function_words(_once(_flat(reader.clauses())), reader.notices)
    if text and not clauses and not reader.filters:
        reader.notices.append(Notice("ontbreekt", text, "in deze vraag staat geen woord om op te zoeken"))
        clauses = (NOTHING,)
    return Query(
        text=text,
        clauses=clauses,
        filters=_merged(filters, reader.filters, taxonomy),
        notices=tuple(reader.notices),
        sort=sort,
        offset=offset,
        limit=limit,
        partial=partial,
        literal=tuple(literal),
    )


def _merged(filters: Filters, found: Mapping[str, list[str]], taxonomy: Taxonomy | None) -> Filters:
    if not found or taxonomy is None:
        return filters
    more = read_filters(found, taxonomy)
    chosen, excluded = dict(filters.chosen), dict(filters.excluded)
    for target, extra in ((chosen, more.chosen), (excluded, more.excluded)):
        for facet, values in extra.items():
            target[facet] = tuple(dict.fromkeys((*target.get(facet, ()), *values)))
    return replace(
        filters,
        chosen=chosen,
        excluded=excluded,
        date_from=more.date_from or filters.date_from,
        date_until=more.date_until or filters.date_until,
    )


def _flat(clauses: list[Clause]) -> Iterator[Clause]:
    """Take words out of brackets that group nothing: people put asides in brackets."""
    for clause in clauses:
        if clause.role == "wanted" and isinstance(clause.node, AllOf):
            yield from _flat([Clause(part, "required" if strict(part) else "wanted") for part in clause.node.parts])
        else:
            yield clause


def _once(clauses: Iterator[Clause]) -> list[Clause]:
    """Leave out what is asked twice: a word said twice is not wanted twice."""
    return list(dict.fromkeys(clauses))


def _without_function_words(clauses: list[Clause], notices: list[Notice]) -> tuple[Clause, ...]:
    """Drop wanted function words, unless nothing else is asked."""
    kept = []
    dropped = []
    for clause in clauses:
        node = clause.node
        if clause.role == "wanted" and isinstance(node, Word) and is_function_word(node.text):
            dropped.append(node.text)
        else:
            kept.append(clause)
    if dropped and kept:
        words = ", ".join(dict.fromkeys(dropped))
        notices.append(Notice("functiewoord", words, f"niet op gezocht: {words}"))
    return tuple(kept or clauses)


def is_question_word(text: str) -> bool:
    """Tell whether a word belongs to asking rather than to what is asked for."""
    return text.islower() and fold(text) in QUESTION_WORDS


def corrected(text: str, word: str, better: str) -> str:
    """Return a question with one word in the place of another, wherever that stands as a word."""
    pieces, at, wanted = [], 0, fold(word)
    for span in word_places(text):
        if fold(span.of(text)) == wanted:
            pieces += [text[at : span.start], better]
            at = span.end
    return "".join([*pieces, text[at:]])
