"""What is said in one generation about earlier recommendations: per recommendation, its standing, rate of response."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kennisbank.model import SHOWN_CERTAINTY, DocumentId, LedgerRow, Recommendation, StatementId, TermId
from kennisbank.opened import Opened
from kennisbank.results import DocumentRow
from kennisbank.search.entries import broader
from kennisbank.verdicts import NOTHING_FOUND, Standing, Verdict, standing


@dataclass(frozen=True, slots=True)
class ShownVerdict:
    """Something said, with the document it stands in."""

    verdict: Verdict
    row: DocumentRow


@dataclass(frozen=True, slots=True)
class Response:
    """How many of the recommendations to one organisation something is said about."""

    addressed: int
    """Recommendations to it, those that are counted."""
    answered: int
    """Of those, the ones of which something is said."""
    standings: Mapping[str, tuple[StatementId, ...]]
    """Standing -> the recommendations that have it; together all of them."""


class FollowUp:
    """What is said about earlier recommendations in the documents that may be seen."""

    def __init__(self, opened: Opened, ledger: Mapping[DocumentId, LedgerRow], visible: Iterable[DocumentId]) -> None:
        self._opened = opened
        self._ledger = ledger
        self._visible = frozenset(visible)

    @cached_property
    def all(self) -> tuple[ShownVerdict, ...]:
        """Everything that is said, oldest document first, in order of place within each.

        A link with a recommendation of a document that may not be seen is left out.
        """
        rows = {name: self._opened.row(self._ledger[name]) for name in self._visible}
        known = {entry.statement.id for entry in self._opened.entries("aanbeveling") if entry.row.id in self._visible}
        shown = [
            ShownVerdict(one, rows[one.document])
            for one in self._opened.verdicts
            if one.document in rows and (one.recommendation is None or one.recommendation in known)
        ]
        return tuple(
            sorted(shown, key=lambda one: (one.row.date or "", one.row.file, one.row.id, one.verdict.place.span.start))
        )

    @cached_property
    def _of(self) -> Mapping[StatementId, tuple[ShownVerdict, ...]]:
        found: dict[StatementId, list[ShownVerdict]] = defaultdict(list)
        for one in self.all:
            if one.verdict.recommendation:
                found[one.verdict.recommendation].append(one)
        return {
            name: tuple(sorted(its, key=lambda one: (one.verdict.date or "", one.row.date or "")))
            for name, its in found.items()
        }

    def about(self, recommendation: str) -> tuple[ShownVerdict, ...]:
        """Return what is said of one recommendation, oldest first; proposed links too (`Verdict.asserted`)."""
        return self._of.get(StatementId(recommendation), ())

    def standing(self, recommendation: str, as_of: str | None = None) -> Standing:
        """Return what became of a recommendation, as far as was said until `as_of` (ISO date; a year is all of it)."""
        return standing((one.verdict for one in self.about(recommendation)), as_of)

    def response(self, organisation: str, as_of: str | None = None) -> Response:
        """Return how many recommendations to an organisation, its parts included, something is said about."""
        found: dict[str, list[StatementId]] = defaultdict(list)
        for entry in self._opened.entries("aanbeveling"):
            said = entry.statement
            if (
                entry.row.id not in self._visible
                or said.certainty < SHOWN_CERTAINTY
                or not isinstance(said, Recommendation)
            ):
                continue
            if as_of and (entry.row.date or "9")[: len(as_of)] > as_of:
                continue
            if any(self._is_part(one.organisation, organisation) for one in said.addressees if one.organisation):
                found[self.standing(said.id, as_of).value].append(said.id)
        total = sum(map(len, found.values()))
        return Response(
            total, total - len(found.get(NOTHING_FOUND, ())), {name: tuple(its) for name, its in found.items()}
        )

    def _is_part(self, term: TermId, whole: str) -> bool:
        return whole in broader(term, self._opened.taxonomy)
