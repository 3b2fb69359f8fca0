"""Numbered generations of a library, published by one atomic rename.

    <data>/huidig                     the number of the published generation
    <data>/generaties/000012/         one generation: record, index, ledger, manifest; never changed once published
    <data>/originelen/ab/abcd...      the files themselves, by sha256
    <data>/cache/                     readings, by sha256 and reader version
    <data>/correcties/                what people decided; survives everything
    <data>/slot                       held by the one process that writes

A new generation is written beside the current one, every file is flushed to disk and listed with its sha256 in the
manifest, and only then the pointer is replaced. A reader therefore sees the old library or the new one, never a mix.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from kennisbank.errors import BrokenSetting, Locked, NoLibrary
from kennisbank.model import LedgerRow

FORMAT = 1
"""Of the generation folder as a whole. An older one is rebuilt from the originals; a newer one is refused."""
POINTER = "huidig"
MANIFEST = "manifest.json"
LEDGER = "grootboek.jsonl"
INDEX = "index"
TAXONOMY = "taxonomie.toml"
"""The taxonomy a generation was tagged with: names and filters of a site come from there, never from a newer file."""
KEEP = 3
"""Generations left in place: the current one, and two for visitors who are still reading."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a generation is made of."""

    format: int
    number: int
    published: str
    """UTC, ISO 8601."""
    versions: Mapping[str, str]
    """``lezer``, ``analyse``, ``taxonomie``, ``schema``, ``index``: what it was made with."""
    counts: Mapping[str, int]
    files: Mapping[str, tuple[str, int]]
    """Path within the folder -> sha256 and size in bytes."""
    canaries: tuple[tuple[str, str], ...] = ()
    """Word and id of a document that must be found by it; see `kennisbank check`."""


@dataclass(frozen=True, slots=True)
class Generation:
    """A published generation."""

    folder: Path
    manifest: Manifest

    @property
    def number(self) -> int:
        """Its number; each publication has the next one."""
        return self.manifest.number


def pointer_value(data: Path) -> int:
    """Return the number of the published generation. Raises `NoLibrary`."""
    try:
        return int((data / POINTER).read_text(encoding="ascii"))
    except FileNotFoundError:
        raise NoLibrary(f"{data}: hier is nog geen verzameling; maak haar met: kennisbank index MAP") from None
    except (OSError, ValueError) as error:
        raise NoLibrary(
            f"{data / POINTER}: niet te lezen ({error}); indexeer opnieuw met: kennisbank index MAP"
        ) from error


def current(data: Path) -> Generation:
    """Open the published generation. Raises `NoLibrary`, or `BrokenSetting` when it is of a newer format."""
    folder = _folder(data, pointer_value(data))
    return Generation(folder, read_manifest(folder))


def newest_whole(data: Path) -> Generation | None:
    """Return the newest generation that is as its manifest says, whatever the pointer says."""
    for folder in sorted(_folders(data), reverse=True):
        with contextlib.suppress(NoLibrary):
            generation = Generation(folder, read_manifest(folder))
            if not any(damage(generation)):
                return generation
    return None


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest."""
    path = folder / MANIFEST
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        if raw["formaat"] > FORMAT:
            raise BrokenSetting(
                f"{folder}: gemaakt door een nieuwere kennisbank (formaat {raw['formaat']}, dit programma kent "
                f"{FORMAT}); werk het programma bij"
            )
        return Manifest(
            raw["formaat"],
            raw["generatie"],
            raw["gepubliceerd"],
            raw["versies"],
            raw["aantallen"],
            {name: (sha, size) for name, (sha, size) in raw["bestanden"].items()},
            tuple((word, document) for word, document in raw.get("proefvragen", ())),
        )
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise NoLibrary(f"{path}: onleesbaar ({error}); indexeer opnieuw met: kennisbank index MAP") from error


def _folder(data: Path, number: int) -> Path:
    return data / "generaties" / f"{number:06d}"


@contextlib.contextmanager
def writing(data: Path) -> Iterator[None]:
    """Hold the library's lock. Raises `Locked` at once, saying who holds it."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "slot").open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.seek(0)
            holder = lock.read().strip() or "een ander proces"
            raise Locked(f"{data}: wordt al bijgewerkt door {holder}; probeer het daarna opnieuw") from None
        lock.truncate(0)
        lock.write(f"proces {os.getpid()} (sinds {now()})")
        lock.flush()
        yield


def now() -> str:
    """Return the time in UTC as ISO 8601 with ``Z``."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def begin(data: Path) -> tuple[int, Path]:
    """Make the folder of the next generation; leftovers of an interrupted run are swept away."""
    with contextlib.suppress(NoLibrary):
        prune(data)
    numbers = [int(folder.name) for folder in _folders(data)]
    number = max(numbers, default=0) + 1
    folder = _folder(data, number)
    folder.mkdir(parents=True)
    return number, folder


def publish(
    data: Path,
    folder: Path,
    number: int,
    versions: Mapping[str, str],
    counts: Mapping[str, int],
    canaries: tuple[tuple[str, str], ...],
) -> Generation:
    """Flush the folder, write its manifest, and make it the current generation by one rename."""
    files = {}
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        files[path.relative_to(folder).as_posix()] = (sha256_of(path), path.stat().st_size)
        _flush(path)
    manifest = Manifest(FORMAT, number, now(), dict(versions), dict(counts), files, canaries)
    _write_flushed(folder / MANIFEST, json.dumps(_manifest_json(manifest), ensure_ascii=False, indent=1))
    for path in (*(path for path in folder.rglob("*") if path.is_dir()), folder, folder.parent):
        _flush(path)
    temporary = data / f"{POINTER}.nieuw"
    _write_flushed(temporary, f"{number}\n")
    temporary.replace(data / POINTER)
    _flush(data)
    return Generation(folder, manifest)


def _manifest_json(manifest: Manifest) -> dict[str, Any]:
    return {
        "formaat": manifest.format,
        "generatie": manifest.number,
        "gepubliceerd": manifest.published,
        "versies": manifest.versions,
        "aantallen": manifest.counts,
        "proefvragen": manifest.canaries,
        "bestanden": manifest.files,
    }


def write_ledger(path: Path, rows: Iterable[LedgerRow]) -> None:
    """Write the ledger as JSON Lines: readable by a person, and by every later version of this program."""
    with path.open("w", encoding="utf-8") as stream:
        for row in rows:
            stream.write(json.dumps(asdict(row), ensure_ascii=False) + "\n")


def read_ledger(path: Path) -> list[LedgerRow]:
    """Inverse of `write_ledger`; fields of later versions are ignored."""
    if not path.exists():
        return []
    known = LedgerRow.__dataclass_fields__
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        values = {name: value for name, value in json.loads(line).items() if name in known}
        rows.append(LedgerRow(**values | {"former_ids": tuple(values.get("former_ids", ()))}))
    return rows


def damage(generation: Generation) -> Iterator[str]:
    """Name every file of a generation that is absent or no longer what the manifest says."""
    for name, (sha, size) in generation.manifest.files.items():
        path = generation.folder / name
        if not path.is_file():
            yield f"{path}: ontbreekt"
        elif path.stat().st_size != size or sha256_of(path) != sha:
            yield f"{path}: is gewijzigd of beschadigd"


def prune(data: Path) -> None:
    """Remove all but the current generation and those just before it."""
    number = pointer_value(data)
    older = sorted((folder for folder in _folders(data) if int(folder.name) <= number), reverse=True)
    for folder in _folders(data):
        if folder not in older[:KEEP]:
            shutil.rmtree(folder, ignore_errors=True)


def _folders(data: Path) -> list[Path]:
    root = data / "generaties"
    return [folder for folder in root.iterdir() if folder.name.isdigit()] if root.is_dir() else []


def sha256_of(path: Path) -> str:
    """Return the sha256 of a file in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _write_flushed(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
