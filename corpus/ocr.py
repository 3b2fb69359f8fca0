"""Recognise the text of pages that are pictures, with tesseract: an explicit step, never part of indexing.

``python -m corpus.ocr PDF TARGET`` draws each picture page with pdfium at 300 dots per inch, lets tesseract read it and
appends the text to TARGET. It is a process of its own, since pdfium may die; a line per page tells how far it is.
"""

from __future__ import annotations

import importlib.util
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus.raw import Part, RawBlock
from corpus.repair import clean, join, vocabulary
from corpus.sanity import MIN_LETTERS
from kennisbank import recognised
from kennisbank.errors import UsageError

PROGRAM = "tesseract"
LANGUAGE = "nld"
DOTS_PER_INCH = 300
PAGE_SECONDS = 120.0
"""Time for one page; a clean page takes some 2 to 8 seconds."""


def check_tools() -> None:
    """Raise `UsageError` when something needed is not installed, saying what."""
    if shutil.which(PROGRAM) is None:
        raise UsageError("tesseract ontbreekt; installeer tesseract-ocr en tesseract-ocr-nld en herhaal de opdracht")
    listed = subprocess.run([PROGRAM, "--list-langs"], capture_output=True, text=True, check=False)  # noqa: S603
    if LANGUAGE not in listed.stdout.split():
        raise UsageError("tesseract kent geen Nederlands; installeer tesseract-ocr-nld en herhaal de opdracht")
    missing = [name for name in ("pypdfium2", "PIL") if importlib.util.find_spec(name) is None]
    if missing:
        raise UsageError(f"{' en '.join(missing)} ontbreekt; installeer kennisbank[ocr] en herhaal de opdracht")


def main(source: Path, target: Path) -> None:
    """Recognise the pages of one file that are not in `target` yet; print ``number of-how-many`` per page."""
    import pypdfium2

    known = recognised.read(target)
    document: Any = pypdfium2.PdfDocument(source.read_bytes())
    count = len(document)
    for number in range(1, count + 1):
        page = document[number - 1]
        if number not in known and _letters(page) < MIN_LETTERS:
            recognised.append(target, number, _recognise(page))
        print(f"{number} {count}", flush=True)


def _letters(page: Any) -> int:
    return sum(char.isalpha() for char in page.get_textpage().get_text_range())


def _recognise(page: Any) -> str:
    image = page.render(scale=DOTS_PER_INCH / 72, grayscale=True).to_pil()
    stream = io.BytesIO()
    image.save(stream, "PNG")
    command = [PROGRAM, "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(DOTS_PER_INCH)]
    one_thread = os.environ | {
        "OMP_THREAD_LIMIT": "1"
    }  # files are done side by side; threads would only get in the way
    done = subprocess.run(  # noqa: S603 - our own command
        command, input=stream.getvalue(), capture_output=True, timeout=PAGE_SECONDS, check=True, env=one_thread
    )
    return done.stdout.decode("utf-8", errors="replace")


def filled(blocks: Sequence[RawBlock], pages: Mapping[int, str]) -> tuple[RawBlock, ...]:
    """Return the blocks of a document with those of recognised pages at their place."""
    words = vocabulary(line for text in pages.values() for line in text.splitlines())
    waiting = sorted(pages)
    done: list[RawBlock] = []
    for block in blocks:
        at = block.parts[0].page or 0
        while waiting and waiting[0] <= at:
            done += _paragraphs(waiting[0], pages[waiting.pop(0)], words)
        done.append(block)
    for number in waiting:
        done += _paragraphs(number, pages[number], words)
    return tuple(done)


def _paragraphs(number: int, text: str, words: Mapping[str, int]) -> Iterator[RawBlock]:
    """Yield a paragraph for each run of lines; a run without words is dirt on the glass."""
    for run in re.split(r"\n\s*\n", text.replace("\f", "")):
        whole = join([clean(line).strip() for line in run.splitlines()], words)
        if sum(char.isalpha() for char in whole) >= 3:
            yield RawBlock("paragraph", (Part(whole, number),))


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
