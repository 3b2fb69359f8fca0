"""The files themselves, kept by sha256, so that the library does not depend on where they came from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Collection
from pathlib import Path

FOLDER = "originelen"


def original_path(data: Path, sha256: str) -> Path:
    """Return where the file with this content is kept."""
    return data / FOLDER / sha256[:2] / sha256


def copy_original(data: Path, source: Path, sha256: str) -> None:
    """Keep a copy of a file, whole or not at all. Raises `OSError`, also when the content is no longer this."""
    target = original_path(data, sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{sha256}.{os.getpid()}.tmp")
    shutil.copyfile(source, temporary)
    with temporary.open("rb") as stream:
        unchanged = hashlib.file_digest(stream, "sha256").hexdigest() == sha256
    if not unchanged:
        temporary.unlink()
        raise OSError(0, "het bestand veranderde tijdens het lezen", str(source))
    temporary.replace(target)


def prune_originals(data: Path, wanted: Collection[str | None]) -> None:
    """Remove copies that no document refers to any more."""
    for path in (data / FOLDER).glob("*/*"):
        if path.name not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()
