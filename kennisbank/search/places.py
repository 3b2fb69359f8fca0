"""Where the words of a document stand: for phrases, words near each other, and the passages that hold them.

One row per document in a file beside the index, read only for documents that passed the first stage. Each different
word is kept as 64-bit digests of its forms, so that no list of all words needs to be kept or numbered: within the
thousand or so words of one document two of them are mistaken for each other once in 10^16 times.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import numpy as np
import numpy.typing as npt

from kennisbank.model import DocumentId, PassageId
from kennisbank.search.boundary import DocumentEntry, Form

FILE_NAME = "plaatsen.sqlite"
GAP = 100
"""Places between title and text, so that no phrase runs from one into the other."""

Places = npt.NDArray[np.int64]
_NOWHERE: Places = np.empty(0, np.int64)
_SCHEMA = """
CREATE TABLE places (id TEXT PRIMARY KEY, passages TEXT NOT NULL, value BLOB NOT NULL) STRICT
"""


@lru_cache(maxsize=200_000)
def digest(word: str) -> int:
    """Return the 64-bit digest of a word; 0 stands for no word."""
    return int.from_bytes(blake2b(word.encode(), digest_size=8).digest(), "little") or 1


class PlacesWriter:
    """Writes the places of documents."""

    def __init__(self, folder: Path) -> None:
        self._connection = sqlite3.connect(folder / FILE_NAME)
        self._connection.execute("PRAGMA secure_delete = ON")  # a removed document leaves nothing in the file
        if not self._connection.execute("SELECT name FROM sqlite_master WHERE name = 'places'").fetchone():
            self._connection.executescript(_SCHEMA)

    def add(self, entry: DocumentEntry) -> None:
        """Add a document."""
        names = json.dumps([passage.id for passage in entry.passages])
        self._connection.execute("INSERT INTO places VALUES (?, ?, ?)", (entry.id, names, packed(entry)))

    def remove(self, document: DocumentId) -> None:
        """Remove a document."""
        self._connection.execute("DELETE FROM places WHERE id = ?", (document,))

    def commit(self) -> None:
        """Write everything and close."""
        self._connection.commit()
        self._connection.close()


def packed(entry: DocumentEntry) -> bytes:
    """Return the places of a document's words as bytes: `Placed` reads them."""
    text_at = len(entry.title_words) + GAP
    whole = {
        word: len(entry.words) + number for number, word in enumerate(dict.fromkeys(word for _, word in entry.joined))
    }
    words = (*entry.words, *whole)
    numbers = np.concatenate(
        [
            np.asarray(part, np.uint32)
            for part in (entry.title_words, entry.text, [whole[word] for _, word in entry.joined])
        ]
    )
    places = np.concatenate(
        [
            np.arange(len(entry.title_words)),
            np.arange(len(entry.text)) + text_at,
            np.asarray([place for place, _ in entry.joined], np.int64) + text_at,
        ]
    )
    offsets = np.zeros(len(words) + 1, np.uint32)
    np.cumsum(np.bincount(numbers, minlength=len(words)), out=offsets[1:])
    exact = [digest(word.exact) for word in entry.words] + [0] * len(whole)  # read as one, but not written so
    parts = [(digest(part), number) for number, word in enumerate(entry.words) for part in word.parts]
    cased = [(digest(word.cased), number) for number, word in enumerate(entry.words) if word.cased]
    columns = (
        np.asarray(exact, np.uint64),
        np.asarray([digest(word.lemma) for word in words], np.uint64),
        np.asarray([digest(word.stem) for word in words], np.uint64),
        np.asarray([key for key, _ in parts], np.uint64),
        np.asarray([key for key, _ in cased], np.uint64),
        np.asarray([number for _, number in parts], np.uint32),
        np.asarray([number for _, number in cased], np.uint32),
        offsets,
        places[np.lexsort((places, numbers))].astype(np.uint32),
        np.asarray([passage.start + text_at for passage in entry.passages], np.uint32),
        np.asarray([passage.end + text_at for passage in entry.passages], np.uint32),
    )
    sizes = np.asarray([len(words), len(parts), len(cased), len(places), len(entry.passages), 0], np.uint32)
    return sizes.tobytes() + b"".join(column.tobytes() for column in columns)


class Placed:
    """Where the words of one document stand: counted from its first word, title included."""

    def __init__(self, value: bytes) -> None:
        words, parts, cased, places, passages, _ = (int(size) for size in np.frombuffer(value, np.uint32, 6))
        at = 24
        columns = []
        for kind, size in (
            *((np.uint64, size) for size in (words, words, words, parts, cased)),
            *((np.uint32, size) for size in (parts, cased, words + 1, places, passages, passages)),
        ):
            columns.append(np.frombuffer(value, kind, size, at))
            at += size * columns[-1].itemsize
        exact, lemma, stem, part, capital, part_of, capital_of, self._offsets, self._places, self.starts, self.ends = (
            columns
        )
        self._digests = {"exact": exact, "lemma": lemma, "stem": stem, "part": part, "cased": capital}
        self._of = {"part": part_of, "cased": capital_of}

    def of(self, layer: str, words: Sequence[str]) -> Places:
        """Return the places of any of the words, in order."""
        digests = self._digests[layer]
        if len(words) == 1:
            held = (digests == digest(words[0])).nonzero()[0]
        else:
            held = np.isin(digests, np.asarray([digest(word) for word in words], np.uint64)).nonzero()[0]
        if layer in self._of:
            held = self._of[layer][held]
        if not len(held):
            return _NOWHERE
        runs = [self._places[self._offsets[word] : self._offsets[word + 1]] for word in held]
        return np.sort(np.concatenate(runs)).astype(np.int64) if len(runs) > 1 else runs[0].astype(np.int64)

    def of_form(self, form: Form) -> Places:
        """Return where a form begins, of a form without words to be looked up first (``samenwerk*``)."""
        if len(form.words) == 1:
            return self.of(form.layer, form.words)
        runs = [self.of(form.layer, (word,)) for word in form.words]
        if not all(len(run) for run in runs):
            return _NOWHERE
        return in_order(runs, form.within) if form.ordered else together(runs, form.within)


def in_order(runs: Sequence[Places], within: int) -> Places:
    """Return the places of the first word from which all others follow, each at most so far behind the one before."""
    ahead = runs[-1]
    for run in reversed(runs[:-1]):
        following = np.searchsorted(ahead, run, side="right")
        held = following < len(ahead)
        held[held] = ahead[following[held]] - run[held] <= within
        ahead = run[held]
    return ahead


def together(runs: Sequence[Places], within: int) -> Places:
    """Return where runs of places begin that hold all words in any order, each at most so far from the next."""
    places = np.concatenate(runs)
    words = np.repeat(np.arange(len(runs)), [len(run) for run in runs])
    order = np.argsort(places, kind="stable")
    places, words = places[order], words[order]
    found, last = [], [-1] * len(runs)
    breaks = np.concatenate(([True], np.diff(places) > within))
    for at, (place, word) in enumerate(zip(places.tolist(), words.tolist(), strict=True)):
        if breaks[at]:
            last = [-1] * len(runs)
        last[word] = place
        if min(last) >= 0:
            found.append(min(last))
            last = [-1] * len(runs)
    return np.asarray(found, np.int64)


class PlacesReader:
    """Reads the places of documents; safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        address = f"{(folder / FILE_NAME).absolute().as_uri()}?mode=ro&immutable=1"
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._lock = threading.Lock()
        self._rows = {DocumentId(name): row for row, name in self._connection.execute("SELECT rowid, id FROM places")}

    def close(self) -> None:
        """Release the file."""
        self._connection.close()

    def of(self, document: DocumentId) -> Placed:
        """Return the places of one document."""
        with self._lock:
            row = self._connection.execute(
                "SELECT value FROM places WHERE rowid = ?", (self._rows[document],)
            ).fetchone()
        return Placed(row[0])

    def passages(self, document: DocumentId) -> list[PassageId]:
        """Return the passages of a document in order."""
        with self._lock:
            row = self._connection.execute(
                "SELECT passages FROM places WHERE rowid = ?", (self._rows[document],)
            ).fetchone()
        return [PassageId(name) for name in json.loads(row[0])]

    def all_passages(self) -> Iterable[PassageId]:
        """Yield all passages."""
        with self._lock:
            rows = self._connection.execute("SELECT passages FROM places").fetchall()
        return (PassageId(name) for row in rows for name in json.loads(row[0]))
