"""Recommendations and findings as lists: which meet a question and its filters, and how many per facet.

The words of a statement are looked for in the record, by the same concepts as a search; the filters are held
against what the statement and its document carry. OR within a facet, AND between facets.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kennisbank.errors import QueryError, UsageError
from kennisbank.model import (
    FINDING_KINDS,
    POLARITIES,
    RECOMMENDATION_KINDS,
    REPORT_KINDS,
    SHOWN_CERTAINTY,
    STRENGTHS,
    TAG_FACETS,
    Finding,
    Recommendation,
    Statement,
    StatementSort,
)
from kennisbank.query import Filters, Query, read_filters, widened
from kennisbank.results import DocumentRow
from kennisbank.search.boundary import FIELD_WEIGHTS, Concept, Form, Layer, Leaf, Tree
from kennisbank.search.entries import broader
from kennisbank.search.places import near_in
from kennisbank.search.wordlists import spelled_alike
from kennisbank.store import WORD_LAYERS, Condition
from kennisbank.taxonomy import Taxonomy
from kennisbank.verdicts import STANDINGS

Order = Literal["datum", "oudste"]
ORDERS: tuple[Order, ...] = ("datum", "oudste")
_CHOICES: Mapping[StatementSort, Mapping[str, Mapping[str, str]]] = {
    "aanbeveling": {"stand": STANDINGS, "sterkte": STRENGTHS, "aard": RECOMMENDATION_KINDS},
    "bevinding": {"polariteit": POLARITIES, "aard": FINDING_KINDS},
}
"""Facets that only statements have, with the values that exist and what a visitor reads for them."""
FACETS: Mapping[StatementSort, tuple[str, ...]] = {
    "aanbeveling": ("adressaat", *TAG_FACETS, "stand", "sterkte", "aard", "soort", "uitgever", "jaar"),
    "bevinding": (*TAG_FACETS, "polariteit", "aard", "soort", "uitgever", "jaar"),
}
"""Facets of each list, in the order in which they are shown."""
_PIECES: Mapping[Layer, str] = {"prefix": " {}", "suffix": "{} "}
"""What a column with words between spaces holds of one that begins or ends so."""
_UNCOUNTED = ("status", "document")
"""What can limit a list besides: properties of the document, and the document itself."""


@dataclass(frozen=True, slots=True)
class RegisterQuery:
    """What a list must hold."""

    query: Query = field(default_factory=lambda: Query(""))
    """The words wanted, and filters that may also choose from the list's own facets; sort and page are not used."""
    order: Order = "datum"
    """``datum``: newest first."""
    proposals: bool = False
    """List what is too uncertain to be counted, instead of what is counted."""
    offset: int = 0
    limit: int = 25
    as_of: str | None = None
    """ISO date, as precise as given, until when what is said counts for the standing of a recommendation."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement with its document and its values per facet, terms with all that is broader."""

    statement: Statement
    row: DocumentRow
    values: Mapping[str, frozenset[str]]


def choices(sort: StatementSort, facet: str) -> Mapping[str, str] | None:
    """Return the values of a facet that only statements have, with their labels; None for any other facet."""
    return _CHOICES[sort].get(facet)


def filters_of(sort: StatementSort) -> tuple[str, ...]:
    """Return everything that can limit a list, besides the dates."""
    return (*FACETS[sort], *_UNCOUNTED)


def read(sort: StatementSort, values: Mapping[str, Sequence[str]], taxonomy: Taxonomy) -> Filters:
    """Read filters as given on the command line or in an address; ``-x`` excludes x. Raises `UsageError`."""
    filters = read_filters(values, taxonomy)
    chosen, excluded = dict(filters.chosen), dict(filters.excluded)
    for facet in filters_of(sort):
        if facet not in ("adressaat", "document") and choices(sort, facet) is None:
            continue
        for raw in values.get(facet, ()):
            target = excluded if raw.startswith("-") else chosen
            value = _value(sort, facet, raw.removeprefix("-").strip(), taxonomy)
            target[facet] = tuple(dict.fromkeys((*target.get(facet, ()), value)))
    return replace(filters, chosen=chosen, excluded=excluded)


def _value(sort: StatementSort, facet: str, value: str, taxonomy: Taxonomy) -> str:
    if facet == "adressaat":
        return str(taxonomy.resolve("organisatie", value))
    if facet == "document":
        return value
    known = choices(sort, facet) or {}
    if value not in known:
        raise UsageError(f"{facet}: '{value[:40]}' bestaat niet; kies uit {', '.join(known)}")
    return value


def entry_of(statement: Statement, row: DocumentRow, taxonomy: Taxonomy) -> Entry:
    """Work out what a statement counts for."""

    def wide(terms: Iterable[str]) -> frozenset[str]:
        return frozenset(name for term in terms for name in broader(term, taxonomy))

    values = {
        "keten": wide(statement.chains),
        "gebied": wide(row.terms.get("gebied", ())),
        "doel": wide(row.terms.get("doel", ())),
        "thema": wide(statement.themes),
        "organisatie": wide((*statement.organisations, *row.terms.get("organisatie", ()))),
        "verschijnsel": wide(term for term in statement.phenomena if term.startswith("verschijnsel:")),
        "maatregel": wide(term for term in statement.phenomena if term.startswith("maatregel:")),
        "aard": frozenset({statement.kind}),
        "soort": frozenset({row.kind, *(("rapport",) if row.kind in REPORT_KINDS else ())}),
        "uitgever": frozenset(row.publishers),
        "jaar": frozenset({str(row.year)} if row.year else ()),
        "status": frozenset({row.status}),
        "document": frozenset({row.id}),
    }
    if isinstance(statement, Recommendation):
        values["sterkte"] = frozenset({statement.strength})
        values["adressaat"] = wide(entry.organisation for entry in statement.addressees if entry.organisation)
    elif isinstance(statement, Finding):
        values["polariteit"] = frozenset({statement.polarity})
    return Entry(statement, row, values)


@dataclass(frozen=True, slots=True)
class Selected:
    """The whole list, and per facet the number in it and the number were a value the only choice."""

    entries: tuple[Entry, ...]
    counts: Mapping[str, Mapping[str, int]]
    alone: Mapping[str, Mapping[str, int]]


def select(entries: Iterable[Entry], sort: StatementSort, wanted: RegisterQuery, taxonomy: Taxonomy) -> Selected:
    """Choose and order entries that have the words wanted, and count them."""
    filters = wanted.query.filters
    candidates = [
        entry
        for entry in entries
        if (entry.statement.certainty < SHOWN_CERTAINTY) == wanted.proposals and _in_time(entry.row.date, filters)
    ]
    chosen = {facet: _meant(facet, values, taxonomy) for facet, values in filters.chosen.items()}
    excluded = {facet: _meant(facet, values, taxonomy) for facet, values in filters.excluded.items()}
    failures = [_failures(entry, chosen, excluded) for entry in candidates]
    listed = [entry for entry, failed in zip(candidates, failures, strict=True) if not failed]
    facets = FACETS[sort]
    counts = {facet: Counter(value for entry in listed for value in entry.values[facet]) for facet in facets}
    alone = {
        facet: Counter(
            value
            for entry, failed in zip(candidates, failures, strict=True)
            if failed <= {facet}
            for value in entry.values[facet]
        )
        if facet in chosen
        else counts[facet]
        for facet in facets
    }
    return Selected(tuple(_ordered(listed, wanted.order)), counts, alone)


def _meant(facet: str, values: Sequence[str], taxonomy: Taxonomy) -> frozenset[str]:
    return widened("organisatie" if facet == "adressaat" else facet, values, taxonomy)


def _failures(
    entry: Entry, chosen: Mapping[str, frozenset[str]], excluded: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Return the facets whose choice an entry does not meet; an excluded value can never be made good."""
    empty: frozenset[str] = frozenset()
    failed = {facet for facet, values in chosen.items() if not values & entry.values.get(facet, empty)}
    if any(values & entry.values.get(facet, empty) for facet, values in excluded.items()):
        failed.add("")
    return frozenset(failed)


def _in_time(date: str | None, filters: Filters) -> bool:
    """Tell whether a date lies within the limits, each read as wide as it was given: ``2018`` is the whole year."""
    if not (filters.date_from or filters.date_until):
        return True
    if not date:
        return False
    after = not filters.date_from or date >= filters.date_from[: len(date)]
    return after and (not filters.date_until or date[: len(filters.date_until)] <= filters.date_until)


def _ordered(entries: Iterable[Entry], order: Order) -> list[Entry]:
    """Sort by date, within a document by place."""
    by_place = sorted(entries, key=lambda entry: (entry.row.file, entry.row.id, entry.statement.place.span))
    return sorted(by_place, key=lambda entry: entry.row.date or "", reverse=order == "datum")


def _has_alike(column: str, word: str) -> bool:
    return any(spelled_alike(word, other) for other in column.split())


def _has_near(column: str, words: str, within: int) -> bool:
    return any(True for _ in near_in(column.split(), words.split(), within))


TESTS: Mapping[str, Callable[..., bool]] = {"spelled_alike": _has_alike, "stand_near": _has_near}
"""What a `condition` asks of the words of a statement that SQL cannot say."""


def condition(concepts: Sequence[Concept]) -> Condition | None:
    """Return what the words of a statement must be: all that is wanted, nothing excluded. None: no words asked."""
    parts = []
    for concept in concepts:
        part = _of_tree(concept.tree)
        parts.append(Condition(f"NOT ({part.sql})", part.values) if concept.role == "excluded" else part)
    return _joined("AND", parts) if parts else None


def _of_tree(tree: Tree) -> Condition:
    if isinstance(tree, Leaf):
        return _joined("OR", [_of_form(form) for form in tree.forms])
    return _joined("AND" if tree.operator == "all" else "OR", [_of_tree(part) for part in tree.parts])


def _of_form(form: Form) -> Condition:
    if form.layer in _PIECES:
        return Condition("instr(exact, ?) > 0", (_PIECES[form.layer].format(form.words[0]),))
    if form.layer == "fuzzy":
        return Condition("spelled_alike(exact, ?)", (form.words[0],))
    if form.layer in FIELD_WEIGHTS:
        raise QueryError("zoeken in een titel of kop kan alleen bij documenten; laat titel: en kop: weg")
    if form.layer not in WORD_LAYERS or not re.fullmatch("[a-z]+", form.layer):
        raise ValueError(f"no column for layer {form.layer}")
    if not form.ordered:
        return Condition(f"stand_near({form.layer}, ?, {form.within:d})", (" ".join(form.words),))
    if form.within > 1:  # a statement is short: what stands in it together stands near
        return _joined("AND", [_of_form(Form(form.layer, (word,), form.weight)) for word in form.words])
    return Condition(f"instr({form.layer}, ?) > 0", (f" {' '.join(form.words)} ",))


def _joined(operator: str, parts: Sequence[Condition]) -> Condition:
    if not parts:
        return Condition("0")
    sql = f" {operator} ".join(f"({part.sql})" for part in parts)
    return Condition(sql, tuple(value for part in parts for value in part.values))
