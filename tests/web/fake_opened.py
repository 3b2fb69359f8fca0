"""A generation in memory with nothing but recommendations and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kennisbank.model import StatementSort
from kennisbank.parallels import Parallel
from kennisbank.register import Entry, entry_of
from kennisbank.results import DocumentRow
from kennisbank.store import Record
from kennisbank.taxonomy import Taxonomy
from kennisbank.verdicts import Verdict


@dataclass
class FakeOpened:
    """A generation with nothing but statements."""

    taxonomy: Taxonomy
    record: Record
    rows: Mapping[str, DocumentRow]
    verdicts: tuple[Verdict, ...] = ()
    parallels: tuple[Parallel, ...] = ()

    def entries(self, sort: StatementSort) -> tuple[Entry, ...]:
        found = self.record.statements(sort)
        return tuple(entry_of(said, self.rows[name], self.taxonomy) for name, said in found)
