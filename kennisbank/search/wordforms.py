"""Which written words of an index share a lemma or a stem, so that only written words need posting lists."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from kennisbank.search.boundary import DocumentEntry

FILE_NAME = "woorden.sqlite"
WRITTEN, JOINED = "exact", "joined"
"""Fields of the index: words as written, and what hyphenated words read as one."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS words (
    word TEXT, field TEXT, lemma TEXT, stem TEXT, PRIMARY KEY (word, field, lemma)
) STRICT, WITHOUT ROWID
"""
_INDEXES = (
    "CREATE INDEX IF NOT EXISTS words_of_lemma ON words (lemma)",
    "CREATE INDEX IF NOT EXISTS words_of_stem ON words (stem)",
)


class WordFormsWriter:
    """Writes the words of an index with their forms; those of removed documents stay, and find nothing."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / FILE_NAME)
        self._connection.execute(_SCHEMA)
        self._known: set[tuple[str, str, str]] = set()

    def add(self, entry: DocumentEntry) -> None:
        """Add the words of a document."""
        rows = {(word.exact, WRITTEN, word.lemma): word.stem for word in entry.words}
        rows |= {(word.exact, JOINED, word.lemma): word.stem for _, word in entry.joined}
        new = [(*key, stem) for key, stem in rows.items() if key not in self._known]
        self._known.update(rows)
        self._connection.executemany("INSERT OR IGNORE INTO words VALUES (?, ?, ?, ?)", new)

    def commit(self) -> None:
        """Write everything and close."""
        for statement in _INDEXES:
            self._connection.execute(statement)
        self._connection.commit()
        self._connection.close()


class WordForms:
    """Looks up the written words of a lemma or a stem; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        address = f"{(folder / FILE_NAME).absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self.of = lru_cache(maxsize=50_000)(self._of)

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def _of(self, layer: str, form: str) -> Iterable[tuple[str, str]]:
        """Return (field, word) of all words whose lemma or stem this is."""
        sql = f"SELECT DISTINCT field, word FROM words WHERE {'lemma' if layer == 'lemma' else 'stem'} = ?"  # noqa: S608
        with self._lock:
            return self._connection.execute(sql, (form,)).fetchall()
