"""What documents say together: each step reads the whole record and yields one sort of connection.

Steps run in order, after every document is written; a step may read what the steps before it found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path

from indexer.collected import Collected
from indexer.followup_step import verdict_connections
from indexer.parallels import parallels
from indexer.plan_step import plan_connections
from indexer.series import series
from kennisbank.corrections import Correction
from kennisbank.model import DocumentId
from kennisbank.store import FILE_NAME, Connection, ConnectionSort, Record, RecordWriter
from kennisbank.taxonomy import Taxonomy

Step = Callable[[Collected], Iterable[Connection]]
STEPS: Mapping[ConnectionSort, Step] = {
    "voornemen": lambda given: plan_connections(given.record, given.taxonomy, given.changed, given.corrections),
    "uitspraak": lambda given: verdict_connections(given.record, given.taxonomy, given.corrections),
    "parallel": parallels,
    "reeks": series,
}
"""In the order in which they run."""


def connect(
    folder: Path,
    writer: RecordWriter,
    taxonomy: Taxonomy,
    changed: Collection[DocumentId],
    corrections: Sequence[Correction],
    progress: Callable[[str, int, int], None],
) -> None:
    """Work out and write all connections; `folder` is that of the generation, whose record `writer` writes."""
    for done, (sort, step) in enumerate(STEPS.items()):
        progress("verbinden", done, len(STEPS))
        record = Record(folder / FILE_NAME)
        try:
            found = list(step(Collected(folder, record, taxonomy, changed, corrections)))
        finally:
            record.close()
        writer.put_connections(sort, found)
        writer.commit()
