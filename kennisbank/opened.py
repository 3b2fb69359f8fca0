"""The files of one generation, and what is read from them once."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from kennisbank import generations
from kennisbank.dutch import ANALYZER_VERSION
from kennisbank.errors import NoLibrary
from kennisbank.generations import Generation
from kennisbank.model import KINDS, Dates, DocumentId, LedgerRow, Metadata, StatementSort, TermId
from kennisbank.register import Entry, entry_of
from kennisbank.results import DocumentRow
from kennisbank.search import whoosh_engine
from kennisbank.store import FILE_NAME, SCHEMA_VERSION, Record
from kennisbank.suggestions import Suggestion, Suggestions
from kennisbank.taxonomy import load
from kennisbank.verdicts import Verdict
from kennisbank.verdicts import from_json as verdict_from_json

if TYPE_CHECKING:  # only who asks what is alike waits for numpy and scipy
    from kennisbank.likeness.features import Extractor
    from kennisbank.likeness.store import Likeness
    from kennisbank.parallels import Parallel

DOCUMENTS_AT_HAND = 64
"""Texts kept in memory per generation: those just shown are asked for again, by the next quote or page."""

NAMES_AT_HAND = 2_000


class Opened:
    """The files of one generation, and what is read from them once."""

    def __init__(self, generation: Generation) -> None:
        _check_versions(generation)
        self.generation = generation
        self.number = generation.number
        self.record = Record(generation.folder / FILE_NAME)
        self.engine = whoosh_engine.open_index(generation.folder / generations.INDEX)
        self.taxonomy = load(generation.folder / generations.TAXONOMY)
        self.ledger = self.record.ledger()
        self.metadata = self.record.metadata()
        self.terms: dict[DocumentId, dict[str, list[TermId]]] = defaultdict(lambda: defaultdict(list))
        for document, facet, term in self.record.document_terms():
            self.terms[document][facet].append(term)
        self.relations = self.record.relations()
        self._entries: dict[StatementSort, tuple[Entry, ...]] = {}
        self._suggestions: tuple[Collection[DocumentId], Suggestions] | None = None
        self._lock = threading.Lock()
        self.document = lru_cache(maxsize=DOCUMENTS_AT_HAND)(self.record.document)
        self._names = lru_cache(maxsize=NAMES_AT_HAND)(self._read_names)

    def row(self, row: LedgerRow, *, shown: bool = True) -> DocumentRow:
        """Return a file's row with what is known of the document; with nothing of that when it is not to be shown."""
        metadata = self.metadata.get(row.id) if shown else None
        known = metadata or Metadata(title=row.file)
        terms = self.terms.get(row.id, {}) if shown else {}
        return DocumentRow(
            id=row.id,
            file=row.file,
            status=row.status,
            reason=row.reason,
            time=row.time,
            sha256=row.sha256,
            duplicate_of=row.duplicate_of,
            title=known.title,
            subtitle=known.subtitle,
            kind=known.kind,
            kind_label=KINDS.get(known.kind, known.kind),
            date=known.dates.best,
            dates=known.dates if metadata else Dates(),
            period=known.period,
            publishers=known.publishers,
            language=known.language if metadata else None,
            url=known.url,
            dossier=known.dossier,
            page_count=self.page_counts.get(row.id) if shown else None,
            terms={facet: tuple(found) for facet, found in terms.items()},
            found=known.found,
            described=metadata is not None,
        )

    def entries(self, sort: StatementSort) -> tuple[Entry, ...]:
        """Return all recommendations or all findings, in order of place within each document."""
        with self._lock:
            if sort not in self._entries:
                rows = {row.id: self.row(row) for row in self.ledger}
                found = self.record.statements(sort)
                self._entries[sort] = tuple(entry_of(said, rows[name], self.taxonomy) for name, said in found)
            return self._entries[sort]

    def suggestions(self, hidden: Collection[DocumentId], known: Callable[[], Iterable[Suggestion]]) -> Suggestions:
        """Return all that can be suggested, put together again only when other documents are hidden."""
        held = self._suggestions
        if held is None or held[0] != hidden:
            held = self._suggestions = (hidden, Suggestions(known()))
        return held[1]

    @cached_property
    def verdicts(self) -> tuple[Verdict, ...]:
        """What is said of earlier recommendations."""
        return tuple(verdict_from_json(entry.value) for entry in self.record.connections("uitspraak"))

    @cached_property
    def likeness(self) -> Likeness | None:
        """How alike its texts are; None for a generation without."""
        from kennisbank.likeness.store import FOLDER, Likeness, is_there

        return Likeness(self.generation.folder / FOLDER) if is_there(self.generation.folder) else None

    @cached_property
    def extractor(self) -> Extractor:
        """Reads features from a text as they were read when it was indexed."""
        from kennisbank.likeness.features import Extractor

        return Extractor(self.taxonomy)

    @cached_property
    def parallels(self) -> tuple[Parallel, ...]:
        """Pairs of passages of different chains, the best first."""
        from kennisbank.parallels import from_json

        found = [from_json(one.id, one.value) for one in self.record.connections("parallel")]
        return tuple(sorted(found, key=lambda one: (-one.score, one.id)))

    def names_of(self, document: DocumentId) -> frozenset[str]:
        """Return the words that are names in a document."""
        return self._names(document)

    def _read_names(self, document: DocumentId) -> frozenset[str]:
        from kennisbank.likeness.features import names_in

        found = self.document(document)
        return names_in(found.text) if found else frozenset()

    @cached_property
    def page_counts(self) -> dict[DocumentId, int]:
        """Pages per document."""
        return self.record.page_counts()


def _check_versions(generation: Generation) -> None:
    """Refuse a generation that this program would read or search otherwise than it was made."""
    wanted = {"schema": SCHEMA_VERSION, "analyse": ANALYZER_VERSION, "index": whoosh_engine.INDEX_VERSION}
    made = generation.manifest.versions
    if generation.manifest.format != generations.FORMAT or any(made.get(key) != wanted[key] for key in wanted):
        raise NoLibrary(
            f"{generation.folder}: gemaakt door een andere versie; maak haar opnieuw met: kennisbank index MAP"
        )
