"""Find the files to index."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kennisbank.errors import UsageError

_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Found:
    """A file on disk, not yet opened."""

    root: Path
    file: str
    """Path relative to `root`, with ``/``; bytes that are no valid text stand there as ``\\xfe``."""
    path: Path
    """Where it is."""


@dataclass(frozen=True, slots=True)
class Findings:
    """What stands below the paths given."""

    given: tuple[Path, ...]
    """The paths, absolute and without ``..``."""
    files: tuple[Found, ...]
    closed: tuple[Path, ...]
    """Folders that could not be listed: what is known of them stays as it is."""


def find(paths: Iterable[Path]) -> Findings:
    """List the files below the paths given, sorted; hidden files and symbolic links are skipped.

    A link may lead anywhere, and what it leads to would be shown to all; give its target itself to have it indexed.
    Raises `UsageError` when a path is not there, cannot be listed or holds no file at all (an unmounted disk looks
    just like that, and must not make a library forget its reports).
    """
    found: dict[Path, Found] = {}
    closed: list[Path] = []
    roots = []
    for given in paths:
        root = Path(os.path.abspath(given))  # noqa: PTH100 - unlike resolve, keeps links; unlike absolute, drops ".."
        roots.append(root)
        files = list(_below(root, given, closed))
        if not files:
            raise UsageError(f"{given}: geen bestanden gevonden; er is niets gewijzigd. Geef een map met rapporten op")
        for entry in files:
            found.setdefault(entry.path, entry)
    ordered = sorted(found.values(), key=lambda entry: (entry.file, str(entry.root)))
    return Findings(tuple(roots), tuple(ordered), tuple(closed))


def _below(path: Path, given: Path, closed: list[Path]) -> Iterator[Found]:
    if path.is_file():
        yield Found(path.parent, _as_text(path.name), path)
        return
    if not path.is_dir():
        raise UsageError(f"{given}: bestaat niet; geef een bestaand bestand of een bestaande map op")

    def refuse(error: OSError) -> None:
        if Path(error.filename) == path:
            raise UsageError(f"{given}: kan de map niet lezen ({error.strerror}); controleer de rechten") from error
        closed.append(Path(error.filename))

    for folder, subfolders, names in os.walk(path, onerror=refuse):
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            full = Path(folder, name)
            if not name.startswith(".") and full.is_file() and not full.is_symlink():
                yield Found(path, _as_text(full.relative_to(path).as_posix()), full)


def _as_text(name: str) -> str:
    return os.fsencode(name).decode("utf-8", "backslashreplace")


def digest(path: Path) -> str:
    """Return the sha256 of a file's bytes in hex."""
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            total.update(chunk)
    return total.hexdigest()
