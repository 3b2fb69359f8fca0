"""Have the text of pictured pages recognised, a process per file, as many side by side as there are cores."""

from __future__ import annotations

import os
import select
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass

from corpus.ocr import PAGE_SECONDS
from kennisbank import recognised
from kennisbank.model import LedgerRow
from kennisbank.originals import original_path
from kennisbank.settings import Settings

Progress = Callable[[str, int, int], None]
NEEDED = "(OCR) nodig"
"""Stands in the reason of every document with pages that are pictures."""


@dataclass(frozen=True, slots=True)
class Recognition:
    """What became of one file."""

    row: LedgerRow
    pages: int
    """Pages whose text was recognised, now or before."""
    failure: str = ""


def in_need(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Return the documents with pages that are pictures."""
    return [row for row in rows if row.sha256 and NEEDED in row.reason]


def recognise(
    rows: Iterable[LedgerRow], settings: Settings, workers: int | None = None, progress: Progress = lambda *_: None
) -> Iterator[Recognition]:
    """Recognise every file; what was done before an interruption is not done again."""
    wanted = list(rows)
    with ThreadPoolExecutor(workers or os.cpu_count() or 1) as pool:
        jobs = {pool.submit(_recognise, row, settings): row for row in wanted}
        for done, job in enumerate(as_completed(jobs), 1):
            progress("tekst herkennen", done, len(jobs))
            yield job.result()


def _recognise(row: LedgerRow, settings: Settings) -> Recognition:
    sha256 = str(row.sha256)
    target = recognised.path_of(settings.data, sha256)
    command = [sys.executable, "-m", "corpus.ocr", str(original_path(settings.data, sha256)), str(target)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:  # noqa: S603 - our own
        failure = _watched(child)
    pages = sum(bool(text.strip()) for text in recognised.read(target).values())
    return Recognition(row, pages, failure)


def _watched(child: subprocess.Popen[bytes]) -> str:
    """Wait for a child that says something after every page; return what went wrong, or nothing."""
    assert child.stdout is not None  # noqa: S101 - a pipe: it was opened so
    assert child.stderr is not None  # noqa: S101
    while select.select([child.stdout], [], [], PAGE_SECONDS + 30)[0]:
        if not child.stdout.read1(4096):  # type: ignore[attr-defined]  # a BufferedReader
            code = child.wait()
            told = child.stderr.read().decode("utf-8", errors="replace").strip().splitlines()
            return "" if code == 0 else f"gestopt met code {code}: {told[-1] if told else 'geen uitleg'}"[:200]
    child.kill()
    return f"een pagina duurde langer dan {PAGE_SECONDS:g} seconden"
