"""What people decided, in files a person can read; outside every generation, so that each rebuild obeys them.

Now: which documents are withdrawn (`correcties/ingetrokken.csv`).
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import os
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from kennisbank.errors import BrokenSetting
from kennisbank.model import LedgerRow

FOLDER = "correcties"
WITHDRAWN = "ingetrokken.csv"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A document that may no longer be shown, known by its id, its contents and its place."""

    document: str
    sha256: str
    map: str
    bestand: str
    reden: str
    tijdstip: str

    def holds_for(self, row: LedgerRow) -> bool:
        """Tell whether it means this file: by id, by content, or by path (a new version of the same file)."""
        same_content = bool(row.sha256) and row.sha256 == self.sha256
        same_place = bool(self.bestand) and Path(row.root, row.file) == Path(self.map, self.bestand)
        return row.id == self.document or same_content or same_place

    @property
    def why(self) -> str:
        """The reason as the ledger gives it."""
        return f"ingetrokken: {self.reden}" if self.reden else "ingetrokken"


def withdrawal_file(data: Path) -> Path:
    """Return where the withdrawals are kept."""
    return data / FOLDER / WITHDRAWN


def withdrawals(data: Path) -> tuple[Withdrawal, ...]:
    """Read the withdrawals. Raises `BrokenSetting` when the file cannot be read: nothing is shown by mistake."""
    path = withdrawal_file(data)
    names = [entry.name for entry in fields(Withdrawal)]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            rows = list(csv.DictReader(stream))
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BrokenSetting(f"{path}: niet te lezen ({error}); herstel het bestand") from error
    for number, row in enumerate(rows, start=2):
        if not row.get("document") and not row.get("sha256"):
            raise BrokenSetting(f"{path}:{number}: document of sha256 ontbreekt; vul het in of verwijder de regel")
    return tuple(Withdrawal(**{name: row.get(name) or "" for name in names}) for row in rows)


@contextlib.contextmanager
def changing(data: Path) -> Iterator[None]:
    """Hold the corrections while they are read and replaced; waits for whoever holds them, which takes a moment."""
    folder = data / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "slot").open("a", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def write_withdrawals(data: Path, rows: Iterable[Withdrawal]) -> None:
    """Replace the list, whole or not at all; hold it with `changing` when it depends on what it was."""
    path = withdrawal_file(data)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [entry.name for entry in fields(Withdrawal)])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
