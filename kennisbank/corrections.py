"""What people decided, in files a person can read; outside every generation, so that each rebuild obeys them.

Which documents are withdrawn (`correcties/ingetrokken.csv`), and what is right or wrong about a tag, recommendation or
finding (`correcties/correcties.csv`). A correction names its document and quotes the words that it is about, so that it
still holds when the file is read anew and every place has shifted.
"""

from __future__ import annotations

import contextlib
import csv
import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

from kennisbank.errors import BrokenSetting
from kennisbank.model import FINDING_KINDS, POLARITIES, RECOMMENDATION_KINDS, STRENGTHS, LedgerRow
from kennisbank.verdicts import JUDGEMENTS, SPEAKERS

FOLDER = "correcties"
WITHDRAWN = "ingetrokken.csv"
CORRECTIONS = "correcties.csv"
ACTIONS = ("bevestig", "verwerp", "wijzig", "voeg-toe")
SUBJECTS = ("tag", "aanbeveling", "bevinding", "voornemen", "uitspraak", "parallel", "reeks")
Entry = TypeVar("Entry")


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """What a person says of a tag, recommendation or finding; an empty field says nothing."""

    actie: str
    """One of `ACTIONS`."""
    soort: str
    """One of `SUBJECTS`."""
    document: str
    sha256: str = ""
    map: str = ""
    bestand: str = ""
    term: str = ""
    """Of a tag: the term it is about; of an uitspraak: the recommendation whose link is meant, if one;
    of a series: the id of the other recommendation."""
    tekst: str = ""
    """The words it is about, verbatim; of a tag that is added: the evidence, if any."""
    begin: str = ""
    """Where they stood, to choose between equal words."""
    nieuweTekst: str = ""  # noqa: N815 - a column of the file
    nummer: str = ""
    adressaten: str = ""
    """Ids of organisations, with ``|`` between them; ``-`` for nobody."""
    sterkte: str = ""
    aard: str = ""
    polariteit: str = ""
    oordeel: str = ""
    """Of an uitspraak: what became of the recommendation."""
    was: str = ""
    """Of an uitspraak: what it was found to say, to choose between two things that one sentence says."""
    spreker: str = ""
    aanbeveling: str = ""
    """Of an uitspraak: id of the recommendation it speaks of; ``-`` for none here."""
    andereTekst: str = ""  # noqa: N815 - a column of the file
    """Of a parallel: the words of the other passage, verbatim."""
    door: str = ""
    reden: str = ""
    tijdstip: str = ""

    def holds_for(self, row: LedgerRow) -> bool:
        """Tell whether it is about this file: by id, by content, or by path (a new version of the same file)."""
        same_content = bool(row.sha256) and row.sha256 == self.sha256
        same_place = bool(self.bestand) and Path(row.root, row.file) == Path(self.map, self.bestand)
        return row.id == self.document or self.document in row.former_ids or same_content or same_place

    @property
    def subject(self) -> tuple[str, str]:
        """What it is about within its document: two corrections of one subject cannot both be right."""
        words = " ".join(sorted(" ".join(text.split()).casefold() for text in (self.tekst, self.andereTekst) if text))
        return self.soort, f"{words}|{self.term}|{self.was}" if self.soort == "uitspraak" else self.term or words

    @property
    def told(self) -> str:
        """Itself in a few words."""
        about = self.term or f"‘{self.tekst[:60]}’"
        return f"{self.actie} {self.soort} {about} in {self.bestand or self.document}"


def digest_of(entries: Iterable[Correction]) -> str:
    """Return what changes with the corrections of a document; empty without any."""
    told = [repr(entry) for entry in entries]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16] if told else ""


def withdrawal_file(data: Path) -> Path:
    """Return where the withdrawals are kept."""
    return data / FOLDER / WITHDRAWN


def withdrawals(data: Path) -> tuple[Withdrawal, ...]:
    """Read the withdrawals. Raises `BrokenSetting` when the file cannot be read: nothing is shown by mistake."""
    path = withdrawal_file(data)
    rows = _read(path)
    for number, row in rows:
        if not row.get("document") and not row.get("sha256"):
            raise BrokenSetting(f"{path}:{number}: document of sha256 ontbreekt; vul het in of verwijder de regel")
    return tuple(_entry(Withdrawal, row) for _, row in rows)


def correction_file(data: Path) -> Path:
    """Return where the corrections are kept."""
    return data / FOLDER / CORRECTIONS


def corrections(data: Path) -> tuple[Correction, ...]:
    """Read the corrections, in the order in which they were made. Raises `BrokenSetting` as ``file:line: why``."""
    path = correction_file(data)
    rows = _read(path)
    for number, row in rows:
        _check(row, f"{path}:{number}")
    return tuple(_entry(Correction, row) for _, row in rows)


def _check(row: dict[str, str], where: str) -> None:
    allowed: dict[str, Iterable[str]] = {"actie": ACTIONS, "soort": SUBJECTS}
    optional: dict[str, Iterable[str]] = {
        "sterkte": STRENGTHS,
        "polariteit": POLARITIES,
        "aard": (*RECOMMENDATION_KINDS, *FINDING_KINDS),
        "oordeel": JUDGEMENTS,
        "spreker": SPEAKERS,
    }
    for name, values in (*allowed.items(), *optional.items()):
        value = row.get(name) or ""
        if value not in values and (value or name in allowed):
            raise BrokenSetting(f"{where}: {name} is '{value[:30]}'; kies uit {', '.join(values)}")
    if not (row.get("document") or row.get("sha256") or row.get("bestand")):
        raise BrokenSetting(f"{where}: er staat geen document; vul document, sha256 of bestand in")
    if not (row.get("term") if row["soort"] == "tag" else row.get("tekst")):
        missing = "term" if row["soort"] == "tag" else "tekst"
        raise BrokenSetting(f"{where}: {missing} ontbreekt; vul in waar de correctie over gaat")


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    """Return line number and values of every row; nothing when there is no file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream)
            return [(reader.line_num, row) for row in reader]
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise BrokenSetting(f"{path}: niet te lezen ({error}); herstel het bestand") from error


def _entry(kind: type[Entry], row: dict[str, str]) -> Entry:
    names = [entry.name for entry in fields(kind)]  # type: ignore[arg-type]  # every kind here is a dataclass
    return kind(**{name: row.get(name) or "" for name in names})


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
    _write(withdrawal_file(data), Withdrawal, list(rows))


def write_corrections(data: Path, rows: Iterable[Correction]) -> None:
    """Replace the list, whole or not at all; hold it with `changing` when it depends on what it was."""
    _write(correction_file(data), Correction, list(rows))


def _write(path: Path, kind: type[Any], rows: Sequence[Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, [entry.name for entry in fields(kind)])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
        stream.flush()
        os.fsync(stream.fileno())
    temporary.replace(path)
