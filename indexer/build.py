"""The loop: files in, one published generation out.

find      files below the paths given
plan      what each file ever seen is now                     (ledger)
read      new and changed files, in processes that can die    (corpus)
derive    tags, and what a document says
connect   how documents relate, and what they say together
write     record and index, beside the current generation     (kennisbank.store, kennisbank.search)
publish   one rename                                          (kennisbank.generations)
"""

from __future__ import annotations

import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus import READER_VERSION
from corpus.catalogue import Catalogue
from corpus.publications import Findings, Found, digest, find
from indexer import ledger
from indexer.deriving import Derived, Task, derive_all
from indexer.reading import Reading, prune_cache, read_all
from indexer.relations import relate
from indexer.statements import RULES_VERSION
from kennisbank import generations, recognised
from kennisbank.corrections import Correction, corrections, digest_of, withdrawals
from kennisbank.dutch import ANALYZER_VERSION
from kennisbank.errors import Damaged, NoLibrary
from kennisbank.generations import Generation
from kennisbank.likeness import LIKENESS_VERSION
from kennisbank.model import REJECTED, SEARCHABLE, Document, DocumentId, LedgerRow
from kennisbank.originals import copy_original, original_path, prune_originals
from kennisbank.search import whoosh_engine
from kennisbank.search.boundary import IndexWriter
from kennisbank.settings import Settings
from kennisbank.store import FILE_NAME, SCHEMA_VERSION, Record, RecordWriter
from kennisbank.taxonomy import Taxonomy

Progress = Callable[[str, int, int], None]
"""Called with stage, number done and number in all."""
NEVER_READ = frozenset({"duplicate", "withdrawn", "missing", "not_held", "too_large"})
"""Statuses that are given without looking into the file."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What an indexing run did."""

    generation: int
    statuses: Mapping[str, int]
    """Status -> rows of the ledger."""
    parsed: int
    """Files really read in this run; the others were unchanged."""
    rejected: tuple[LedgerRow, ...]
    """Files under the paths given that gave nothing to search."""
    usable: bool
    """Whether anything under the paths given can be searched."""
    closed: tuple[Path, ...] = ()
    """Folders that could not be listed; what was known of them stays as it was."""
    corrections: tuple[str, ...] = ()
    """What is to be told of corrections that do not hold any more, or contradict each other."""


def versions(taxonomy: Taxonomy) -> dict[str, str]:
    """Return all that a generation depends on besides the files."""
    return {
        "lezer": READER_VERSION,
        "analyse": ANALYZER_VERSION,
        "regels": RULES_VERSION,
        "taxonomie": taxonomy.version,
        "schema": SCHEMA_VERSION,
        "index": whoosh_engine.INDEX_VERSION,
        "gelijkenis": LIKENESS_VERSION,
    }


def build(
    paths: Sequence[Path],
    settings: Settings,
    taxonomy: Taxonomy,
    *,
    catalogue: Catalogue | None = None,
    workers: int | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> BuildReport:
    """Index the files below `paths` and publish a new generation; what was there stays until that moment.

    Raises `UsageError` for paths without files, `Locked`, `BrokenSetting`.
    """
    found = find(paths)
    with generations.writing(settings.data):
        run = _Run(settings, taxonomy, progress, workers or os.cpu_count() or 1)
        return run.publish(found, catalogue)


class _Run:
    """One indexing run; holds what its steps share."""

    def __init__(self, settings: Settings, taxonomy: Taxonomy, progress: Progress, workers: int) -> None:
        self._data = settings.data
        self._settings = settings
        self._taxonomy = taxonomy
        self._progress = progress
        self._workers = workers
        self._corrections = corrections(settings.data)
        self._time = generations.now()
        self._previous = _previous(self._data)
        self._earlier = generations.read_ledger(self._previous.folder / generations.LEDGER) if self._previous else []
        self._known_at = {Path(row.root, row.file): row for row in self._earlier if row.root}

    def publish(self, found: Findings, catalogue: Catalogue | None) -> BuildReport:
        here = self._hashed(found.files)
        present = [*here, *ledger.known_elsewhere(self._earlier, found, here)]
        plan = ledger.plan(present, self._earlier, withdrawals(self._data), self._time)
        known = Catalogue.kept(self._data, catalogue)
        base = self._base()
        number, folder = generations.begin(self._data)
        if base:
            _take_over(base, folder)
        readings = read_all(self._settings, plan.primaries, self._known(base), self._workers, self._progress)
        rows = self._rows(plan, readings, known)
        canaries, reports = self._write(folder, base, rows, readings, known)
        generations.write_ledger(folder / generations.LEDGER, rows)
        (folder / generations.TAXONOMY).write_text(self._taxonomy.source, encoding="utf-8")
        counts: dict[str, int] = dict(Counter(row.status for row in rows))
        made = versions(self._taxonomy)
        generations.publish(self._data, folder, number, made, counts, canaries)
        generations.prune(self._data)
        prune_cache(self._settings, readings.values())
        kept = {row.sha256 for row in rows if row.status not in NEVER_READ}
        prune_originals(self._data, kept)
        recognised.prune(self._data, kept)
        scope = {entry.place for entry in here}
        given_rows = [row for row in rows if (row.root, row.file) in scope]
        return BuildReport(
            generation=number,
            statuses=counts,
            parsed=sum(reading.fresh for reading in readings.values()),
            rejected=tuple(row for row in given_rows if row.status in REJECTED),
            usable=any(row.status not in REJECTED for row in given_rows),
            closed=found.closed,
            corrections=(*reports, *self._about_nothing(rows)),
        )

    def _corrections_of(self, row: LedgerRow) -> list[Correction]:
        return [entry for entry in self._corrections if entry.holds_for(row)]

    def _about_nothing(self, rows: Sequence[LedgerRow]) -> Iterator[str]:
        """Report the corrections that are about no document at hand."""
        for entry in self._corrections:
            if not any(entry.holds_for(row) for row in rows if row.status in SEARCHABLE):
                yield f"{entry.told}: dit document is er niet (meer)"

    def _hashed(self, found: Sequence[Found]) -> list[ledger.Present]:
        present = []
        for done, entry in enumerate(found):
            self._progress("bestanden vergelijken", done, len(found))
            present.append(self._present(entry))
        return present

    def _present(self, entry: Found) -> ledger.Present:
        """Look at one file. A file known from another folder given earlier keeps the name it had."""
        known = self._known_at.get(entry.path)
        file, root = (known.file, known.root) if known else (entry.file, str(entry.root))
        try:
            sha256 = digest(entry.path)
            size = entry.path.stat().st_size
            if size > self._settings.limits.file_bytes:
                reason = f"{size / 2**20:.0f} MiB; hoogstens {self._settings.limits.file_bytes / 2**20:.0f} MiB"
                return ledger.Present(file, root, sha256, ("too_large", reason))
            copy_original(self._data, entry.path, sha256)
        except OSError as error:
            if known and known.sha256 and original_path(self._data, known.sha256).exists():
                return ledger.Present(file, root, known.sha256)  # what was read before is not lost
            reason = f"niet te openen: {error.strerror}; controleer de rechten en probeer het opnieuw"
            return ledger.Present(file, root, None, ("corrupt", reason))
        return ledger.Present(file, root, sha256)

    def _base(self) -> Generation | None:
        """Return the generation to go on from: only when made with the same versions, and undamaged."""
        previous = self._previous
        if previous is None or previous.manifest.format != generations.FORMAT:
            return None
        if dict(previous.manifest.versions) != versions(self._taxonomy) or any(generations.damage(previous)):
            return None
        return previous

    def _known(self, base: Generation | None) -> dict[DocumentId, LedgerRow]:
        """Return what the previous generation, if it is built on, says of files that were read."""
        return {row.id: row for row in self._earlier if row.status not in NEVER_READ} if base else {}

    def _rows(self, plan: ledger.Plan, readings: Mapping[DocumentId, Reading], catalogue: Catalogue) -> list[LedgerRow]:
        rows = list(plan.rows)
        for name, entry in plan.primaries.items():
            status, reason = readings[name].status, readings[name].reason
            former = plan.former.get(name, ())
            rows.append(LedgerRow(name, entry.file, entry.root, entry.sha256, status, reason, self._time, None, former))
        rows += catalogue.not_held({row.file for row in rows}, self._time)
        before = {row.id: row for row in self._earlier}
        rows = [_with_old_time(row, before.get(row.id)) for row in rows]
        return sorted(rows, key=lambda row: (row.file, row.root, row.id))

    def _write(
        self,
        folder: Path,
        base: Generation | None,
        rows: Sequence[LedgerRow],
        readings: Mapping[DocumentId, Reading],
        catalogue: Catalogue,
    ) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
        before = _made_with(base)
        wanted = {row.id: self._made_with(row, catalogue) for row in rows}
        record = RecordWriter(folder / FILE_NAME)
        index = whoosh_engine.write_index(folder / generations.INDEX)
        gone = [name for name in before if name not in wanted]
        changed = [row for row in rows if before.get(row.id) != wanted[row.id]]
        index.remove([name for name in (*gone, *(row.id for row in changed)) if before.get(name)])
        for name in gone:
            record.remove(name)
        for row in rows:
            if before.get(row.id) == wanted[row.id]:
                record.update_ledger(row)
        texts = [row for row in changed if row.status in SEARCHABLE and row.id in readings]
        to_derive = {row.id for row in texts}
        for row in changed:
            if row.id not in to_derive:
                record.put(row, wanted[row.id], self._document(row, readings, catalogue), (), catalogue.described(row))
        tasks = (self._task(row, readings, catalogue) for row in texts)
        for done, (row, found) in enumerate(zip(texts, derive_all(tasks, self._taxonomy, self._workers), strict=True)):
            self._progress("vastleggen", done, len(texts))
            _put(record, index, row, found, wanted[row.id])
        record.commit()
        new = {row.id for row in changed}
        for name, relations in relate(folder / FILE_NAME, new).items():
            record.put_relations(name, relations)
        record.commit()
        self._progress("vergelijken", 0, 1)
        from indexer import alike  # here: they bring scipy along, and most commands index nothing
        from indexer.connecting import connect
        from kennisbank.likeness.features import Extractor

        alike.write(folder, base.folder if base else None, folder / FILE_NAME, Extractor(self._taxonomy), new)
        connect(folder, record, self._taxonomy, new, self._corrections, self._progress)
        self._progress("index schrijven", len(changed), len(changed))
        record.close()
        index.commit()
        return _closing(folder)

    def _document(
        self, row: LedgerRow, readings: Mapping[DocumentId, Reading], catalogue: Catalogue
    ) -> Document | None:
        reading = readings.get(row.id)
        document = reading.outcome().document if reading else None
        return replace(document, metadata=catalogue.applied(row.file, document.metadata)) if document else None

    def _task(self, row: LedgerRow, readings: Mapping[DocumentId, Reading], catalogue: Catalogue) -> Task:
        document = self._document(row, readings, catalogue)
        if document is None:
            raise Damaged(f"{row.file}: de lezing is verdwenen tijdens het indexeren; probeer het opnieuw")
        return Task(row.id, row.status, document, self._corrections_of(row))

    def _made_with(self, row: LedgerRow, catalogue: Catalogue) -> str:
        known = row.status in (*SEARCHABLE, "no_text", "not_held")
        if not known:
            return ""
        seen = recognised.digest(recognised.read(recognised.path_of(self._data, row.sha256))) if row.sha256 else ""
        corrected = digest_of(self._corrections_of(row))
        return " ".join(part for part in (row.status, catalogue.digest_of(row.file), seen, corrected) if part)


def _put(record: RecordWriter, index: IndexWriter, row: LedgerRow, found: Derived, made_with: str) -> None:
    """Write all that a document says."""
    record.put(row, made_with, found.task.document, found.tags)
    record.put_statements(row.id, found.statements)
    record.put_correction_reports(row.id, found.reports)
    record.put_sketch(row.id, found.sketch)
    index.add(found.entry)


def _previous(data: Path) -> Generation | None:
    """Return the published generation; when its pointer or manifest is damaged, the newest one that is whole."""
    try:
        return generations.current(data)
    except NoLibrary:
        return generations.newest_whole(data)


def _take_over(base: Generation, folder: Path) -> None:
    """Start from the previous generation: databases are copied; other index files never change, so those are linked."""
    shutil.copyfile(base.folder / FILE_NAME, folder / FILE_NAME)
    shutil.copytree(base.folder / generations.INDEX, folder / generations.INDEX, copy_function=_link)


def _link(source: str, target: str) -> None:
    if source.endswith(".sqlite"):
        shutil.copyfile(source, target)
        return
    try:
        os.link(source, target)
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)


def _with_old_time(row: LedgerRow, before: LedgerRow | None) -> LedgerRow:
    same = before and (before.status, before.reason, before.file) == (row.status, row.reason, row.file)
    return replace(row, time=before.time) if before and same else row


def _made_with(base: Generation | None) -> Mapping[DocumentId, str]:
    if base is None:
        return {}
    record = Record(base.folder / FILE_NAME)
    try:
        return record.made_with()
    finally:
        record.close()


def _closing(folder: Path) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Choose documents with a word that must find them, for `kennisbank check`; and what to tell of corrections."""
    record = Record(folder / FILE_NAME)
    try:
        reports = record.correction_reports()
        titles = {name: metadata.title for name, metadata in record.metadata().items()}
        searchable = sorted(row.id for row in record.ledger() if row.status in SEARCHABLE)
    finally:
        record.close()
    step = max(len(searchable) // 10, 1)
    chosen = []
    for name in searchable[::step][:10]:
        words = [word for word in titles[name].split() if word.isalpha() and len(word) > 3]
        if words:
            chosen.append((max(words, key=len), str(name)))
    return tuple(chosen), reports
