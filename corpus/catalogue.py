"""A person's list of what the files are: it wins over what is read from them, and may name what is not held.

CSV (comma or semicolon) or JSON Lines with the columns ``file, title, date, kind, publisher, url``, or their Dutch
names ``bestand, titel, datum, soort, uitgever, url``. Several publishers are separated by ``|``.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from kennisbank.corrections import FOLDER
from kennisbank.errors import BrokenSetting
from kennisbank.model import KINDS, DocumentId, LedgerRow, Metadata

COLUMNS = ("file", "title", "date", "kind", "publisher", "url")
DUTCH = {"bestand": "file", "titel": "title", "datum": "date", "soort": "kind", "uitgever": "publisher"}
FIELDS = {"date": "dates", "publisher": "publishers"}
"""Column -> field of `Metadata`, where their names differ."""
FILE_NAME = "catalogus.csv"
FORMULA_SIGNS = ("=", "+", "-", "@")
"""A cell that begins so is run by a spreadsheet; `write` puts an apostrophe before it."""
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Rows by file; empty fields say nothing."""

    rows: Mapping[str, Mapping[str, str]]

    @staticmethod
    def kept(data: Path, given: Catalogue | None) -> Catalogue:
        """Return the library's catalogue, with the one given now laid over it and kept for every later run."""
        path = data / FOLDER / FILE_NAME
        before = load(path) if path.exists() else Catalogue({})
        if given is None:
            return before
        merged = Catalogue({**before.rows, **given.rows})
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".tmp")
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            write(stream, merged.rows.values())
        temporary.replace(path)
        return merged

    def applied(self, file: str, metadata: Metadata) -> Metadata:
        """Return metadata with the catalogue's word over what was read."""
        row = {name: value for name, value in self.rows.get(file, {}).items() if value and name != "file"}
        if not row:
            return metadata
        dates = replace(metadata.dates, document=row["date"]) if "date" in row else metadata.dates
        publishers = tuple(part.strip() for part in row["publisher"].split("|")) if "publisher" in row else None
        return replace(
            metadata,
            title=row.get("title", metadata.title),
            kind=row.get("kind", metadata.kind),
            dates=dates,
            publishers=publishers or metadata.publishers,
            url=row.get("url", metadata.url),
            found={**metadata.found, **{FIELDS.get(name, name): "catalogus" for name in row}},
        )

    def described(self, row: LedgerRow) -> Metadata | None:
        """Return what is known of a publication that was never there."""
        return self.applied(row.file, Metadata(title=row.file)) if row.status == "not_held" else None

    def digest_of(self, file: str) -> str:
        """Return a short digest of what the catalogue says of a file; empty when it says nothing."""
        row = self.rows.get(file)
        return hashlib.sha256(json.dumps(row, sort_keys=True).encode()).hexdigest()[:12] if row else ""

    def not_held(self, held: Collection[str], time: str) -> list[LedgerRow]:
        """Return ledger rows for publications that the catalogue names and that were never there."""
        rows = []
        for file, row in self.rows.items():
            if file not in held:
                digest = hashlib.sha256(f"niet aanwezig\n{file}".encode()).hexdigest()
                reason = f"alleen bekend uit de catalogus: {row.get('title') or file}"
                rows.append(LedgerRow(DocumentId(digest[:12]), file, "", None, "not_held", reason, time))
        return rows


def load(path: Path) -> Catalogue:
    """Read a catalogue. Raises `BrokenSetting` with file, line and reason."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BrokenSetting(f"{path}: niet te lezen ({error}); geef een CSV- of JSON-Lines-bestand in UTF-8") from error
    rows = _json_lines(path, text) if text.lstrip().startswith("{") else _csv(path, text)
    found: dict[str, Mapping[str, str]] = {}
    for number, row in rows:
        found[row["file"]] = _checked(path, number, row)
    return Catalogue(found)


def _json_lines(path: Path, text: str) -> Iterable[tuple[int, dict[str, str]]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            try:
                values = json.loads(line)
            except ValueError as error:
                raise BrokenSetting(f"{path}:{number}: geen geldige JSON ({error}); herstel de regel") from error
            if not isinstance(values, dict):
                raise BrokenSetting(f"{path}:{number}: een regel moet een object zijn; herstel de regel")
            yield number, _english(path, number, values)


def _csv(path: Path, text: str) -> Iterable[tuple[int, dict[str, str]]]:
    heading = text.split("\n", 1)[0]
    delimiter = ";" if heading.count(";") > heading.count(",") else ","
    reader = csv.DictReader(io.StringIO(text), delimiter=delimiter)
    if not {"file", "bestand"} & {str(name).strip().lower() for name in reader.fieldnames or ()}:
        raise BrokenSetting(f"{path}:1: kolom 'file' (of 'bestand') ontbreekt; zet de kolomnamen op de eerste regel")
    for row in reader:
        yield reader.line_num, _english(path, reader.line_num, row)


def _english(path: Path, number: int, values: Mapping[object, object]) -> dict[str, str]:
    row = {DUTCH.get(str(key).strip().lower(), str(key).strip().lower()): value for key, value in values.items()}
    wrong = next((name for name in COLUMNS if not isinstance(row.get(name, ""), str | None)), None)
    if wrong:
        raise BrokenSetting(f"{path}:{number}: '{wrong}' moet tekst zijn; zet de waarde tussen aanhalingstekens")
    kept = {name: _unescaped(str(row[name]).strip()) for name in COLUMNS if row.get(name) is not None}
    if not kept.get("file"):
        raise BrokenSetting(f"{path}:{number}: kolom 'file' (of 'bestand') ontbreekt of is leeg; vul haar in")
    return kept


def _unescaped(value: str) -> str:
    """Undo what `write` does for spreadsheets."""
    return value[1:] if value[:1] == "'" and value[1:2] in FORMULA_SIGNS else value


def _checked(path: Path, number: int, row: Mapping[str, str]) -> Mapping[str, str]:
    if row.get("kind") and row["kind"] not in KINDS:
        raise BrokenSetting(f"{path}:{number}: soort '{row['kind']}' bestaat niet; kies uit {', '.join(KINDS)}")
    if row.get("date") and not _DATE.fullmatch(row["date"]):
        raise BrokenSetting(f"{path}:{number}: datum '{row['date']}' klopt niet; schrijf JJJJ, JJJJ-MM of JJJJ-MM-DD")
    return row


def row_of(file: str, metadata: Metadata) -> dict[str, str]:
    """Return what was read of a file as a row to correct."""
    return {
        "file": file,
        "title": metadata.title,
        "date": metadata.dates.best or "",
        "kind": metadata.kind,
        "publisher": "|".join(metadata.publishers),
        "url": metadata.url or "",
    }


def write(stream: TextIO, rows: Iterable[Mapping[str, str]]) -> None:
    """Write rows as CSV."""
    writer = csv.DictWriter(stream, COLUMNS, restval="", extrasaction="ignore")
    writer.writeheader()
    writer.writerows({name: _escaped(value) for name, value in row.items()} for row in rows)


def _escaped(value: str) -> str:
    return f"'{value}" if value[:1] in FORMULA_SIGNS and value else value
