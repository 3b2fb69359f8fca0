"""Text that was recognised on pictures of pages (OCR), kept beside the originals by their sha256.

One JSON object a line and a page: what was recognised stays when the work is interrupted.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Collection, Mapping
from pathlib import Path

FOLDER = "ocr"


def path_of(data: Path, sha256: str) -> Path:
    """Return where the text of this file is kept."""
    return data / FOLDER / sha256[:2] / f"{sha256}.jsonl"


def read(path: Path) -> dict[int, str]:
    """Return page -> text; a line that was cut off is left out, and so is a file that is not there."""
    found: dict[int, str] = {}
    if path.is_file():
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
                found[int(row["pagina"])] = str(row["tekst"])
            except (ValueError, KeyError, TypeError):
                continue
    return found


def append(path: Path, page: int, text: str) -> None:
    """Add the text of a page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as stream:
        stream.write(json.dumps({"pagina": page, "tekst": text}, ensure_ascii=False) + "\n")


def prune(data: Path, wanted: Collection[str | None]) -> None:
    """Remove the text of files that no document refers to any more."""
    for path in (data / FOLDER).glob("*/*.jsonl"):
        if path.stem not in wanted:
            with contextlib.suppress(OSError):
                path.unlink()


def digest(pages: Mapping[int, str]) -> str:
    """Return a short digest, empty for no pages: a reading with other recognised text is another reading."""
    if not pages:
        return ""
    return hashlib.sha256(json.dumps(sorted(pages.items())).encode()).hexdigest()[:8]
