"""Which files there are now, which there were, and what each of them is called.

A document's id is the beginning of its sha256, so the same file has the same id in every library. A second file with
the same bytes is a duplicate with an id of its own; a file that got other contents keeps its former ids, so that old
addresses lead to the new one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.publications import Findings
from kennisbank.corrections import Withdrawal
from kennisbank.model import DocumentId, LedgerRow, Status

ID_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Present:
    """A file that is there: found in this run, or known from an earlier one and outside what was given now."""

    file: str
    root: str
    sha256: str | None
    """None when it cannot be read."""
    problem: tuple[Status, str] | None = None
    """Status and reason when it will not be read at all."""

    @property
    def place(self) -> tuple[str, str]:
        """What tells files apart."""
        return self.root, self.file


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be in the new generation."""

    primaries: Mapping[DocumentId, Present]
    """Files to have read, by id."""
    rows: tuple[LedgerRow, ...]
    """Rows that need no reading: duplicates, withdrawn, missing and refused files."""
    former: Mapping[DocumentId, tuple[DocumentId, ...]]
    """Ids that the file of a primary had with earlier contents."""


def document_id(sha256: str) -> DocumentId:
    """Return the id of the document with this content."""
    return DocumentId(sha256[:ID_LENGTH])


def _derived_id(*parts: str) -> DocumentId:
    return DocumentId(hashlib.sha256("\n".join(parts).encode("utf-8")).hexdigest()[:ID_LENGTH])


def known_elsewhere(rows: Iterable[LedgerRow], found: Findings, here: Iterable[Present]) -> list[Present]:
    """Return the files of earlier runs that lie where was not looked now; those stay as they are."""
    places = {entry.place for entry in here}
    kept = []
    for row in rows:
        path = Path(row.root, row.file)
        inside = _below(path, found.given) and not _below(path, found.closed)
        if row.status in ("missing", "not_held") or inside or (row.root, row.file) in places:
            continue
        problem = None if row.sha256 else (row.status, row.reason)
        kept.append(Present(row.file, row.root, row.sha256, problem))
    return kept


def _below(path: Path, folders: Iterable[Path]) -> bool:
    return any(path == folder or folder in path.parents for folder in folders)


def plan(present: Sequence[Present], earlier: Sequence[LedgerRow], withdrawn: Sequence[Withdrawal], time: str) -> Plan:
    """Decide for every file ever seen what it is now."""
    ordered = sorted(present, key=lambda entry: (entry.file, entry.root))
    primaries: dict[DocumentId, Present] = {}
    rows: list[LedgerRow] = []
    for entry in ordered:
        if entry.sha256 is None or entry.problem:
            name = document_id(entry.sha256) if entry.sha256 else _derived_id("onleesbaar", entry.root, entry.file)
            status, reason = entry.problem or ("corrupt", "niet te openen")
            if not any(row.id == name for row in rows):
                rows.append(LedgerRow(name, entry.file, entry.root, entry.sha256, status, reason, time))
            continue
        name = document_id(entry.sha256)
        first = primaries.setdefault(name, entry)
        if first is not entry:
            copy = _derived_id(entry.sha256, entry.root if entry.file == first.file else "", entry.file)
            reason = f"zelfde inhoud als {first.file}"
            rows.append(LedgerRow(copy, entry.file, entry.root, entry.sha256, "duplicate", reason, time, name))
    primaries, hidden = _without_withdrawn(primaries, withdrawn, time)
    rows = [*(_hidden_copy(row, withdrawn) for row in rows), *hidden]
    taken = {*primaries, *(row.id for row in rows)}
    rows += _missing(earlier, {entry.place for entry in present}, taken, time)
    return Plan(primaries, tuple(rows), _former_ids(primaries, earlier))


def _without_withdrawn(
    primaries: Mapping[DocumentId, Present], withdrawn: Sequence[Withdrawal], time: str
) -> tuple[dict[DocumentId, Present], list[LedgerRow]]:
    left, rows = {}, []
    for name, entry in primaries.items():
        row = LedgerRow(name, entry.file, entry.root, entry.sha256, "withdrawn", "", time)
        match = withdrawal_of(row, withdrawn)
        if match is None:
            left[name] = entry
        else:
            rows.append(replace(row, reason=match.why))
    return left, rows


def _hidden_copy(row: LedgerRow, withdrawn: Sequence[Withdrawal]) -> LedgerRow:
    match = withdrawal_of(row, withdrawn)
    return row if match is None else replace(row, status="withdrawn", reason=match.why, duplicate_of=None)


def withdrawal_of(row: LedgerRow, withdrawn: Iterable[Withdrawal]) -> Withdrawal | None:
    """Return the withdrawal that holds for a file."""
    return next((entry for entry in withdrawn if entry.holds_for(row)), None)


def _missing(
    earlier: Iterable[LedgerRow], present: set[tuple[str, str]], taken: set[DocumentId], time: str
) -> list[LedgerRow]:
    """Rows of files that were there and are gone; a file that moved is not gone."""
    gone = []
    for row in earlier:
        if (row.root, row.file) in present or row.id in taken or row.status == "not_held":
            continue
        if row.status == "missing":
            gone.append(row)
        else:
            reason = "het bestand is er niet meer"
            gone.append(replace(row, status="missing", reason=reason, time=time, duplicate_of=None))
    return gone


def _former_ids(
    primaries: Mapping[DocumentId, Present], earlier: Iterable[LedgerRow]
) -> dict[DocumentId, tuple[DocumentId, ...]]:
    by_place = {(row.root, row.file): row for row in earlier}
    former = {}
    for name, entry in primaries.items():
        row = by_place.get(entry.place)
        if row:
            ids = (*row.former_ids, *([row.id] if row.status != "duplicate" else []))
            former[name] = tuple(old for old in dict.fromkeys(ids) if old != name and old not in primaries)
    return former
