"""What the documents of one generation recommend and find: listed, counted, looked up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property

from kennisbank import register
from kennisbank.errors import NotFound, QueryError
from kennisbank.model import SHOWN_CERTAINTY, DocumentId, StatementId, StatementSort
from kennisbank.opened import Opened
from kennisbank.register import Entry, RegisterQuery, Selected
from kennisbank.results import FacetValue, RegisterPage, ShownStatement
from kennisbank.search import concepts
from kennisbank.search.concepts import Plan
from kennisbank.search.snippets import Marker
from kennisbank.store import Condition
from kennisbank.verdicts import Standing

SECONDS = 0.6
"""What looking up the words of a question may take."""
_NOTHING_MARKED = Marker(())


class Statements:
    """Recommendations and findings of the documents that may be seen."""

    def __init__(
        self,
        opened: Opened,
        visible: frozenset[DocumentId],
        label: Callable[[str, str], str],
        standing: Callable[[str, str | None], Standing],
    ) -> None:
        self._opened = opened
        self._visible = visible
        self._label = label
        self._standing = standing

    def page(self, sort: StatementSort, wanted: RegisterQuery) -> RegisterPage:
        """Return a page of those that meet a question and its filters."""
        plan, chosen = self._chosen(sort, wanted)
        marker = Marker(plan.concepts)
        return RegisterPage(
            sort=sort,
            explanation=plan.explanation,
            total=len(chosen.entries),
            documents=len({entry.row.id for entry in chosen.entries}),
            proposals=sum(entry.statement.certainty < SHOWN_CERTAINTY for entry in self._entries[sort]),
            facets={facet: self._values(sort, facet, wanted, chosen) for facet in register.FACETS[sort]},
            statements=tuple(
                self._shown(entry, marker) for entry in chosen.entries[wanted.offset : wanted.offset + wanted.limit]
            ),
            offset=wanted.offset,
            limit=wanted.limit,
        )

    def all(self, sort: StatementSort, wanted: RegisterQuery | None = None) -> tuple[ShownStatement, ...]:
        """Return the whole list: what meets a question, or, without one, everything with the proposals."""
        if wanted is None:
            return tuple(self._shown(entry, _NOTHING_MARKED) for entry in self._entries[sort])
        _, chosen = self._chosen(sort, wanted)
        return tuple(self._shown(entry, _NOTHING_MARKED) for entry in chosen.entries)

    def one(self, sort: StatementSort, name: str) -> ShownStatement:
        """Return one by id. Raises `NotFound`."""
        entry = next((entry for entry in self._entries[sort] if entry.statement.id == name), None)
        if entry is None:
            raise NotFound(f"{sort} '{name}' bestaat niet in deze verzameling")
        return self._shown(entry, _NOTHING_MARKED)

    def of(self, sort: StatementSort, document: str) -> tuple[ShownStatement, ...]:
        """Return those of one document, proposals too, in order of place."""
        mine = (entry for entry in self._entries[sort] if entry.row.id == document)
        return tuple(self._shown(entry, _NOTHING_MARKED) for entry in mine)

    def _chosen(self, sort: StatementSort, wanted: RegisterQuery) -> tuple[Plan, Selected]:
        plan = concepts.plan(wanted.query, self._opened.taxonomy)
        condition = register.condition(plan.concepts)
        named = self._named(sort, condition) if condition else None
        known = self._entries[sort]
        if wanted.as_of and sort == "aanbeveling":
            known = tuple(self._with_standing(entry, wanted.as_of) for entry in known)
        with_words = (entry for entry in known if named is None or entry.statement.id in named)
        return plan, register.select(with_words, sort, wanted, self._opened.taxonomy)

    def _named(self, sort: StatementSort, condition: Condition) -> frozenset[StatementId]:
        """Look words up. Raises `QueryError` for a question that would hold up everyone else."""
        try:
            return self._opened.record.statements_with(sort, condition, register.TESTS, SECONDS)
        except TimeoutError as error:
            raise QueryError(
                "deze vraag kost te veel tijd in deze lijst; gebruik minder woorden of minder tekens als * en ~"
            ) from error

    @cached_property
    def _entries(self) -> dict[StatementSort, tuple[Entry, ...]]:
        found = {
            sort: tuple(entry for entry in self._opened.entries(sort) if entry.row.id in self._visible)
            for sort in register.FACETS
        }
        return {**found, "aanbeveling": tuple(self._with_standing(entry, None) for entry in found["aanbeveling"])}

    def _with_standing(self, entry: Entry, as_of: str | None) -> Entry:
        value = self._standing(entry.statement.id, as_of).value
        return replace(entry, values={**entry.values, "stand": frozenset({value})})

    def _shown(self, entry: Entry, marker: Marker) -> ShownStatement:
        said = entry.statement
        named = (("organisatie", said.organisations), ("keten", said.chains), ("thema", said.themes))
        return ShownStatement(
            statement=said,
            row=entry.row,
            marks=tuple(hit.span for hit in marker.hits(said.place.text)),
            labels={term: self._label(facet, term) for facet, terms in named for term in terms},
            standing=next(iter(entry.values.get("stand", ())), None),
        )

    def _values(
        self, sort: StatementSort, facet: str, wanted: RegisterQuery, chosen: Selected
    ) -> tuple[FacetValue, ...]:
        filters = wanted.query.filters
        names = register.choices(sort, facet) or {}
        counts, alone = chosen.counts[facet], chosen.alone[facet]
        selected, excluded = filters.chosen.get(facet, ()), filters.excluded.get(facet, ())
        values = [
            FacetValue(
                value,
                names.get(value) or self._label("organisatie" if facet == "adressaat" else facet, value),
                counts.get(value, 0),
                alone.get(value, 0),
                value in selected,
                value in excluded,
            )
            for value in {*counts, *alone, *selected, *excluded}
        ]
        if facet == "jaar":
            return tuple(sorted(values, key=lambda value: value.term))
        return tuple(sorted(values, key=lambda value: (-value.alone, value.label)))
