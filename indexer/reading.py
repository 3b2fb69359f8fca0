"""Have files read on all cores, taking from the cache what was read before."""

from __future__ import annotations

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path

from corpus import READER_VERSION
from corpus.process import ReadingProcess
from corpus.reading import Outcome
from corpus.worker import read_outcome
from indexer.ledger import Present
from kennisbank import recognised, serial
from kennisbank.model import DocumentId, LedgerRow, Status
from kennisbank.originals import original_path
from kennisbank.settings import Settings

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading one file gave; the document itself stays on disk until it is needed."""

    status: Status
    reason: str
    cached: Path
    fresh: bool
    """True when the file was read in this run."""

    def outcome(self) -> Outcome:
        """Load it whole."""
        return read_outcome(self.cached) or Outcome("crashed", "de lezing is verdwenen")


def cache_path(settings: Settings, sha256: str, name: str) -> Path:
    """Return where a reading is kept: it depends on content, name (metadata), reader, limits and recognised text."""
    seen = recognised.digest(recognised.read(recognised.path_of(settings.data, sha256)))
    parts = (name, READER_VERSION, str(serial.FORMAT), repr(settings.limits), *([seen] if seen else []))
    key = hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:8]
    return settings.data / "cache" / sha256[:2] / f"{sha256}-{key}.json.gz"


def prune_cache(settings: Settings, readings: Iterable[Reading]) -> None:
    """Remove readings of files that are gone, withdrawn or changed, and those by another version of the reader."""
    wanted = {reading.cached for reading in readings}
    for path in (settings.data / "cache").glob("*/*"):
        if path not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()


def read_all(
    settings: Settings,
    wanted: Mapping[DocumentId, Present],
    known: Mapping[DocumentId, LedgerRow],
    workers: int,
    progress: Progress,
) -> dict[DocumentId, Reading]:
    """Read every file that is not in the cache; one outcome each, whatever the file does.

    What the ledger says of a `known` file is taken from there, so that its reading need not be opened.
    """
    readings: dict[DocumentId, Reading] = {}
    todo: dict[DocumentId, Present] = {}
    for name, entry in wanted.items():
        before = _cached(settings, entry, known.get(name))
        if before:
            readings[name] = before
        else:
            todo[name] = entry
    if todo:
        readings |= _read_parallel(settings, todo, min(workers, len(todo)), progress)
    return readings


def _cached(settings: Settings, entry: Present, row: LedgerRow | None) -> Reading | None:
    path = cache_path(settings, str(entry.sha256), Path(entry.file).name)
    if row and path.exists():
        return Reading(row.status, row.reason, path, fresh=False)
    outcome = read_outcome(path) if path.exists() else None
    return Reading(outcome.status, outcome.reason, path, fresh=False) if outcome else None


def _read_parallel(
    settings: Settings, todo: Mapping[DocumentId, Present], workers: int, progress: Progress
) -> dict[DocumentId, Reading]:
    local = threading.local()
    processes: list[ReadingProcess] = []

    def start() -> None:
        local.process = ReadingProcess(settings.limits)
        processes.append(local.process)

    def read(name: DocumentId, entry: Present) -> Reading:
        target = cache_path(settings, str(entry.sha256), Path(entry.file).name)
        path = original_path(settings.data, str(entry.sha256))
        text = recognised.path_of(settings.data, str(entry.sha256))
        outcome = local.process.read(path, Path(entry.file).name, name, target, text if text.is_file() else None)
        return Reading(outcome.status, outcome.reason, target, fresh=True)

    readings = {}
    try:
        with ThreadPoolExecutor(workers, initializer=start) as pool:
            jobs = {pool.submit(read, name, entry): name for name, entry in todo.items()}
            for done, job in enumerate(as_completed(jobs)):
                progress("lezen", done, len(jobs))
                readings[jobs[job]] = job.result()
    finally:
        for process in processes:
            process.stop()
    return readings
