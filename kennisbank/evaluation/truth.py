"""A labelled set: a folder of JSON Lines in the contract's objects, each row of the `tune` or the `judge` half.

Documents are split in halves; what is said of a document follows it. Reeksen, phenomena and questions connect
documents and carry their own half (``deel``). ``corpus/voorbeeld/waarheid/LEESMIJ.md`` describes every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kennisbank.errors import BrokenSetting, UsageError

Row = Mapping[str, Any]
HALVES = ("tune", "judge")
WHOLE = "-"
"""The half of a set that is not split."""
FILES: Mapping[str, tuple[str, ...]] = {
    "documenten": ("bestand", "titel", "soort", "datum", "uitgevers", "koppen"),
    "tags": ("bestand", "facet", "term", "rang", "herkomst"),
    "aanbevelingen": ("id", "bestand", "tekst", "geadresseerden", "sterkte", "soort"),
    "afleiders": ("bestand", "tekst", "reden"),
    "bevindingen": ("bestand", "tekst", "soort", "polariteit"),
    "uitspraken": ("bestand", "tekst", "spreker", "oordeel", "aanbeveling"),
    "voornemens": ("bestand", "tekst", "ontkend"),
    "reeksen": ("id", "deel", "leden"),
    "bijna": ("reeks", "deel", "aanbeveling"),
    "verschijnselen": ("id", "deel", "passages"),
    "hardnegatief": ("deel", "links", "rechts"),
    "vragen": ("id", "deel", "vraag", "oordelen"),
}
"""Name of a file (less ``.jsonl``) -> properties that its rows must have."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What somebody says is so."""

    folder: Path
    rows: Mapping[str, tuple[Row, ...]]
    """Name of the file -> its rows."""
    halves: Mapping[str, str]
    """Name of a document's file -> half."""

    def of(self, name: str, half: str) -> tuple[Row, ...]:
        """Return the rows of one half."""
        return tuple(row for row in self.rows.get(name, ()) if self._half(row) == half)

    def files(self, half: str) -> frozenset[str]:
        """Return the documents of one half."""
        return frozenset(file for file, its in self.halves.items() if its == half)

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the halves that occur."""
        found = {*self.halves.values(), *(row["deel"] for row in self.rows.get("vragen", ()))}
        return tuple(half for half in (*HALVES, WHOLE) if half in found)

    def _half(self, row: Row) -> str:
        return row.get("deel") or self.halves.get(row.get("bestand", ""), WHOLE)


def digest(folder: Path) -> str:
    """Return a digest of all rows, so that a change shows: SHA-256 over the files in order of name."""
    total = hashlib.sha256()
    for path in sorted(folder.glob("*.jsonl")):
        total.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return total.hexdigest()


def load(folder: Path) -> Truth:
    """Read a labelled set: the folder itself, or ``waarheid`` in it, or a retrieval set (``qrels.tsv``).

    Raises `UsageError` where there is none, `BrokenSetting` where a row cannot be used.
    """
    inner = folder / "waarheid" if (folder / "waarheid").is_dir() else folder
    if (inner / "qrels.tsv").is_file():
        return _retrieval_set(inner)
    rows = {name: _rows(inner / f"{name}.jsonl", wanted) for name, wanted in FILES.items()}
    rows = {name: found for name, found in rows.items() if found}
    if not rows:
        raise UsageError(f"{folder}: hier staat geen waarheid; verwacht documenten.jsonl en dergelijke, of qrels.tsv")
    halves = {row["bestand"]: row.get("deel", WHOLE) for row in rows.get("documenten", ())}
    return Truth(inner, rows, halves)


def _rows(path: Path, wanted: tuple[str, ...]) -> tuple[Row, ...]:
    if not path.is_file():
        return ()
    found = []
    for number, text in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(text)
        except ValueError as error:
            raise BrokenSetting(f"{path}: regel {number} is geen JSON; verbeter of verwijder die regel") from error
        missing = [name for name in wanted if not isinstance(row, dict) or name not in row]
        if missing:
            raise BrokenSetting(f"{path}: regel {number}: '{missing[0]}' ontbreekt; vul het in")
        if row.get("deel", HALVES[0]) not in (*HALVES, WHOLE):
            raise BrokenSetting(f"{path}: regel {number}: deel '{row['deel']}' bestaat niet; kies tune of judge")
        found.append(row)
    return tuple(found)


def _retrieval_set(folder: Path) -> Truth:
    """Read questions and judgments in the form of BEIR: ``queries.jsonl`` and ``qrels.tsv``."""
    judgments: dict[str, list[Row]] = {}
    lines = (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()
    for number, text in enumerate(lines[1:], 2):
        cells = text.split("\t")
        if len(cells) != 3 or not cells[2].isdigit():
            raise BrokenSetting(f"{folder / 'qrels.tsv'}: regel {number}: verwacht vraag, document en graad")
        judgments.setdefault(cells[0], []).append({"bestand": cells[1], "graad": int(cells[2])})
    questions = _rows(folder / "queries.jsonl", ("_id", "text"))
    rows = tuple(
        {"id": row["_id"], "vraag": row["text"], "deel": WHOLE, "oordelen": judgments[row["_id"]]}
        for row in questions
        if row["_id"] in judgments
    )
    if not rows:
        raise UsageError(f"{folder}: queries.jsonl en qrels.tsv hebben geen vraag gemeen")
    return Truth(folder, {"vragen": rows}, {})
