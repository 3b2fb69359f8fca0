"""The record: one SQLite file per generation with every file ever seen, every text and every tag.

Whatever else exists (the search index) is derived from it and may be thrown away.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from kennisbank import dutch, serial
from kennisbank.model import (
    Document,
    DocumentId,
    Evidence,
    Finding,
    LedgerRow,
    Metadata,
    PassageId,
    Relation,
    Span,
    Statement,
    StatementId,
    StatementSort,
    Tag,
    TermId,
)

SCHEMA_VERSION = "5"
FILE_NAME = "record.sqlite"

_SCHEMA = """
CREATE TABLE documents (
    id TEXT PRIMARY KEY,
    file TEXT NOT NULL,
    root TEXT NOT NULL,
    sha256 TEXT,
    status TEXT NOT NULL,
    reason TEXT NOT NULL,
    time TEXT NOT NULL,
    duplicate_of TEXT,
    former_ids TEXT NOT NULL,
    made_with TEXT NOT NULL,
    metadata TEXT,
    structure TEXT,
    text TEXT
) STRICT;
CREATE TABLE tags (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    passage_id TEXT,
    facet TEXT NOT NULL,
    term TEXT NOT NULL,
    strength REAL NOT NULL,
    origin TEXT NOT NULL,
    evidence TEXT NOT NULL
) STRICT;
CREATE TABLE relations (
    source TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    target TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    evidence TEXT NOT NULL
) STRICT;
CREATE TABLE sketches (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    hash INTEGER NOT NULL
) STRICT;
CREATE TABLE statements (
    id TEXT PRIMARY KEY,
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    sort TEXT NOT NULL,
    start INTEGER NOT NULL,
    value TEXT NOT NULL,
    exact TEXT NOT NULL,
    lemma TEXT NOT NULL,
    stem TEXT NOT NULL,
    part TEXT NOT NULL,
    cased TEXT NOT NULL
) STRICT;
CREATE TABLE correction_reports (
    document_id TEXT NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    text TEXT NOT NULL
) STRICT;
CREATE TABLE connections (
    sort TEXT NOT NULL,
    id TEXT NOT NULL,
    document_id TEXT REFERENCES documents (id) ON DELETE CASCADE,
    value TEXT NOT NULL,
    PRIMARY KEY (sort, id)
) STRICT;
CREATE INDEX connections_of_document ON connections (document_id);
CREATE INDEX statements_of_document ON statements (document_id, start);
CREATE INDEX relations_of_source ON relations (source);
CREATE INDEX relations_of_target ON relations (target);
CREATE INDEX sketches_of_document ON sketches (document_id);
CREATE INDEX tags_of_document ON tags (document_id);
CREATE INDEX tags_of_term ON tags (term);
"""

WORD_LAYERS = ("exact", "lemma", "stem", "part", "cased")
"""Columns with the words of a statement in order, each between spaces, so that a phrase is a piece of the column."""


ConnectionSort = Literal["uitspraak", "voornemen", "reeks", "parallel"]


@dataclass(frozen=True, slots=True)
class Connection:
    """Something known across documents, as plain values."""

    id: str
    document: DocumentId | None
    """The document it stands in, with which it goes; None when it is of several."""
    value: Mapping[str, Any]


_STEPS_BETWEEN = 1_000
"""Steps of SQLite between two looks at the clock: a millisecond or so."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What the words of a statement must be, as SQL with values."""

    sql: str
    values: tuple[str, ...] = ()


class Record:
    """Read-only view of a record; safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        address = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _all(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        with self._lock:
            return self._connection.execute(sql, values).fetchall()

    def ledger(self) -> list[LedgerRow]:
        """Return one row per file ever seen, by path."""
        return [_ledger_row(row) for row in self._all(_SELECT_LEDGER)]

    def made_with(self) -> dict[DocumentId, str]:
        """Return what each stored document was made with (reader, taxonomy, catalogue row)."""
        return {DocumentId(key): value for key, value in self._all("SELECT id, made_with FROM documents")}

    def metadata(self) -> dict[DocumentId, Metadata]:
        """Return what is known about every document that was read."""
        rows = self._all("SELECT id, metadata FROM documents WHERE metadata IS NOT NULL")
        return {DocumentId(key): serial.metadata_from_json(json.loads(value)) for key, value in rows}

    def page_counts(self) -> dict[DocumentId, int]:
        """Return the number of pages of every document that has pages."""
        sql = "SELECT id, json_array_length(structure, '$.pages') FROM documents WHERE structure IS NOT NULL"
        return {DocumentId(key): count for key, count in self._all(sql) if count}

    def document(self, document_id: str) -> Document | None:
        """Return a document with its text."""
        rows = self._all("SELECT text, metadata, structure FROM documents WHERE id = ?", (document_id,))
        if not rows or rows[0][0] is None:
            return None
        text, metadata, structure = rows[0]
        return serial.document_of(text, serial.metadata_from_json(json.loads(metadata)), json.loads(structure))

    def tags(self, document_id: str) -> list[Tag]:
        """Return the tags of a document and its passages, strongest first."""
        rows = self._all(_SELECT_TAGS, (document_id,))
        return [_tag(row) for row in rows]

    def relations(self) -> list[Relation]:
        """Return all relations between documents, by source."""
        rows = self._all("SELECT source, kind, target, evidence FROM relations ORDER BY source, kind, target")
        return [
            Relation(DocumentId(source), kind, DocumentId(target), _evidence(evidence))
            for source, kind, target, evidence in rows
        ]

    def sketches(self) -> dict[DocumentId, frozenset[int]]:
        """Return the sketch of every text."""
        found: dict[DocumentId, set[int]] = {}
        for document_id, value in self._all("SELECT document_id, hash FROM sketches"):
            found.setdefault(DocumentId(document_id), set()).add(value)
        return {name: frozenset(values) for name, values in found.items()}

    def holding(self, word: str) -> set[DocumentId]:
        """Return the documents whose text holds this word or piece of one; capitals count for nothing in ASCII."""
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        rows = self._all("SELECT id FROM documents WHERE text LIKE ? ESCAPE '\\'", (f"%{escaped}%",))
        return {DocumentId(row[0]) for row in rows}

    def statements(self, sort: StatementSort) -> Iterator[tuple[DocumentId, Statement]]:
        """Yield (document, statement) of one sort, in order of place within each document."""
        sql = "SELECT document_id, value FROM statements WHERE sort = ? ORDER BY document_id, start, id"
        for document_id, value in self._all(sql, (sort,)):
            yield DocumentId(document_id), serial.statement_from_json(json.loads(value))

    def statements_with(
        self, sort: StatementSort, condition: Condition, tests: Mapping[str, Callable[..., bool]], seconds: float
    ) -> frozenset[StatementId]:
        """Return the statements whose words meet a condition, which may call these tests by name.

        Raises `TimeoutError` when that takes longer than so many seconds.
        """
        sql = f"SELECT id FROM statements WHERE sort = ? AND ({condition.sql})"  # noqa: S608 - names and operators are ours
        with self._lock:
            for name, test in tests.items():
                self._connection.create_function(name, -1, test, deterministic=True)
            end = time.monotonic() + seconds
            self._connection.set_progress_handler(lambda: time.monotonic() > end, _STEPS_BETWEEN)
            try:
                rows = self._connection.execute(sql, (sort, *condition.values)).fetchall()
            except sqlite3.OperationalError as error:
                if time.monotonic() <= end:
                    raise
                raise TimeoutError(f"longer than {seconds} s") from error
            finally:
                self._connection.set_progress_handler(None, 0)
        return frozenset(StatementId(row[0]) for row in rows)

    def correction_reports(self) -> tuple[str, ...]:
        """Return what is to be told of corrections that do not hold any more, or contradict each other."""
        return tuple(row[0] for row in self._all("SELECT text FROM correction_reports ORDER BY document_id, rowid"))

    def connections(self, sort: ConnectionSort) -> Iterator[Connection]:
        """Yield what is known across documents, of one sort, in the order in which it was written."""
        sql = "SELECT id, document_id, value FROM connections WHERE sort = ? ORDER BY rowid"
        for name, document_id, value in self._all(sql, (sort,)):
            yield Connection(name, DocumentId(document_id) if document_id else None, json.loads(value))

    def document_terms(self) -> Iterator[tuple[DocumentId, str, TermId]]:
        """Yield (document, facet, term) of all tags on document level, strongest first."""
        sql = "SELECT document_id, facet, term FROM tags WHERE passage_id IS NULL ORDER BY strength DESC, rowid"
        for document_id, facet, term in self._all(sql):
            yield DocumentId(document_id), facet, TermId(term)


class RecordWriter:
    """Writes the record of a generation that is not published yet."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(path)
        self._connection.execute("PRAGMA foreign_keys = ON")
        self._connection.execute("PRAGMA secure_delete = ON")  # a removed document leaves nothing in the file
        if not self._connection.execute("SELECT name FROM sqlite_master WHERE name = 'documents'").fetchone():
            self._connection.executescript(_SCHEMA)

    def remove(self, document_id: str) -> None:
        """Remove a document with its tags."""
        self._connection.execute("DELETE FROM documents WHERE id = ?", (document_id,))

    def put(
        self,
        row: LedgerRow,
        made_with: str,
        document: Document | None,
        tags: Sequence[Tag],
        metadata: Metadata | None = None,
    ) -> None:
        """Write a document anew: its ledger row and, when it was read, text and tags.

        `metadata` is what is known of a document that was never there.
        """
        self.remove(row.id)
        read: tuple[str | None, str | None, str | None] = (None, None, None)
        if metadata is not None:
            read = (_json(serial.metadata_to_json(metadata)), None, None)
        if document is not None:
            read = (
                _json(serial.metadata_to_json(document.metadata)),
                _json(serial.structure_to_json(document)),
                document.text,
            )
        self._connection.execute(
            _INSERT,
            (*_ledger_values(row), made_with, *read),
        )
        self._connection.executemany(
            "INSERT INTO tags VALUES (?, ?, ?, ?, ?, ?, ?)", [_tag_values(row.id, tag) for tag in tags]
        )

    def put_statements(self, document_id: str, statements: Iterable[Statement]) -> None:
        """Write what a document that was just put says."""
        rows = [
            (
                statement.id,
                document_id,
                "bevinding" if isinstance(statement, Finding) else "aanbeveling",
                statement.place.span.start,
                _json(serial.statement_to_json(statement)),
                *_words(statement.place.text),
            )
            for statement in statements
        ]
        self._connection.executemany("INSERT INTO statements VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)

    def put_correction_reports(self, document_id: str, reports: Iterable[str]) -> None:
        """Write what is to be told of the corrections of a document that was just put."""
        rows = [(document_id, text) for text in reports]
        self._connection.executemany("INSERT INTO correction_reports VALUES (?, ?)", rows)

    def put_connections(self, sort: ConnectionSort, connections: Iterable[Connection]) -> None:
        """Write everything of one sort, in place of what there was."""
        self._connection.execute("DELETE FROM connections WHERE sort = ?", (sort,))
        rows = ((sort, one.id, one.document, _json(one.value)) for one in connections)
        self._connection.executemany("INSERT INTO connections VALUES (?, ?, ?, ?)", rows)

    def put_sketch(self, document_id: str, sketch: Iterable[int]) -> None:
        """Write the sketch of a text that was just put."""
        self._connection.executemany("INSERT INTO sketches VALUES (?, ?)", [(document_id, value) for value in sketch])

    def put_relations(self, source: str, relations: Iterable[Relation]) -> None:
        """Write all relations of one document, in place of those it had."""
        self._connection.execute("DELETE FROM relations WHERE source = ?", (source,))
        rows = [(one.source, one.kind, one.target, _json(_evidence_values(one.evidence))) for one in relations]
        self._connection.executemany("INSERT INTO relations VALUES (?, ?, ?, ?)", rows)

    def commit(self) -> None:
        """Make what was written so far readable to others."""
        self._connection.commit()

    def update_ledger(self, row: LedgerRow) -> None:
        """Give a document that stays as it is another ledger row."""
        self._connection.execute(_UPDATE_LEDGER, (*_ledger_values(row), row.id))

    def close(self) -> None:
        """Commit and close."""
        self._connection.commit()
        self._connection.close()


_LEDGER = ("id", "file", "root", "sha256", "status", "reason", "time", "duplicate_of", "former_ids")
# The names below are ours, never a user's.
_SELECT_LEDGER = f"SELECT {', '.join(_LEDGER)} FROM documents ORDER BY file, root, id"  # noqa: S608
_UPDATE_LEDGER = f"UPDATE documents SET {', '.join(f'{name} = ?' for name in _LEDGER)} WHERE id = ?"  # noqa: S608
_INSERT = (
    f"INSERT INTO documents ({', '.join(_LEDGER)}, made_with, metadata, structure, text) VALUES ({', '.join('?' * 13)})"  # noqa: S608
)
_SELECT_TAGS = """
SELECT facet, term, strength, evidence, origin, passage_id FROM tags
WHERE document_id = ? ORDER BY passage_id IS NOT NULL, strength DESC, rowid
"""


def _words(text: str) -> list[str]:
    """Return the words of a text per layer; second readings of hyphenated words behind them."""
    found = list(dutch.tokens(text))
    single = [token for token in found if not token.joined]
    joined = [token.forms for token in found if token.joined]
    layers = (
        [token.forms.exact for token in single],
        [*(token.forms.lemma for token in single), "|", *(forms.lemma for forms in joined)],
        [*(token.forms.stem for token in single), "|", *(forms.stem for forms in joined)],
        [part.stem for token in single for part in token.forms.parts],
        [token.cased for token in single if token.cased],
    )
    return [f" {' '.join(words)} " for words in layers]


def _ledger_values(row: LedgerRow) -> tuple[Any, ...]:
    return (
        row.id,
        row.file,
        row.root,
        row.sha256,
        row.status,
        row.reason,
        row.time,
        row.duplicate_of,
        _json(list(row.former_ids)),
    )


def _ledger_row(values: Sequence[Any]) -> LedgerRow:
    document_id, file, root, sha256, status, reason, time, duplicate_of, former_ids = values
    return LedgerRow(
        DocumentId(document_id),
        file,
        root,
        sha256,
        status,
        reason,
        time,
        duplicate_of,
        tuple(DocumentId(former) for former in json.loads(former_ids)),
    )


def _tag_values(document_id: str, tag: Tag) -> tuple[Any, ...]:
    evidence = _json(_evidence_values(tag.evidence))
    return (document_id, tag.passage, tag.facet, tag.term, tag.strength, tag.origin, evidence)


def _tag(row: Sequence[Any]) -> Tag:
    facet, term, strength, evidence, origin, passage_id = row
    return Tag(
        facet,
        TermId(term),
        strength,
        _evidence(evidence),
        origin,
        PassageId(passage_id) if passage_id else None,
    )


def _evidence_values(evidence: Iterable[Evidence]) -> list[list[Any]]:
    return [[entry.span.start, entry.span.end, entry.rule] for entry in evidence]


def _evidence(text: str) -> tuple[Evidence, ...]:
    return tuple(Evidence(Span(start, end), rule) for start, end, rule in json.loads(text))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
