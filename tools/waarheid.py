"""Check the truth about the sample corpus: does every quote stand on the page stated?

The files are read by programs that have no part in kennisbank: ``pdftotext -raw`` (poppler-utils), Beautiful Soup with
the parser of the standard library and python-docx. White space and hyphens do not count, a note mark may stand behind
any word, and a footnote, column or page break may cut a quote in two or three.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import docx
from bs4 import BeautifulSoup

CORPUS = Path(__file__).parents[1] / "corpus" / "voorbeeld"
READER = "pdftotext"
PARTS = 3
"""In how many stretches a quote may be cut."""
FEWEST_LETTERS = 4
"""What a stretch must hold at least."""
TRIED = 2
"""Shorter stretches that are tried after the longest: a word may stand behind the cut as well by chance."""
_MARK = r"[0-9⁰¹²³⁴⁵⁶⁷⁸⁹]{0,2}"


@dataclass(frozen=True, slots=True)
class Quote:
    """A text of the truth and where it should stand."""

    where: str
    file: str
    page: int | None
    text: str


def quotes(value: Any, where: str, file: str | None = None) -> Iterator[Quote]:
    """Yield all quotes in a row of the truth, at whatever depth; what has no file of its own lies in its parent's."""
    if isinstance(value, list):
        for part in value:
            yield from quotes(part, where, file)
    elif isinstance(value, dict):
        file = value.get("bestand", file)
        if file and "pagina" in value and "tekst" in value:
            yield Quote(where, file, value["pagina"], value["tekst"])
        for part in value.values():
            yield from quotes(part, where, file)


def pages(path: Path) -> tuple[str, ...]:
    """Return the text of each page; a kind of file without pages is one."""
    match path.suffix:
        case ".pdf":
            command = [shutil.which(READER) or READER, "-raw", "-enc", "UTF-8", str(path), "-"]
            raw = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603 - no shell
            return tuple(raw.split("\f")[:-1])
        case ".html":
            return (BeautifulSoup(path.read_bytes(), "html.parser").get_text(" "),)
        case ".docx":
            return (_docx_text(path),)
        case _:
            return (path.read_text(encoding="utf-8"),)


def _docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    parts = [block.text if hasattr(block, "text") else _cells(block) for block in document.iter_inner_content()]
    notes = [part.blob.decode() for part in document.part.package.iter_parts() if "footnotes" in str(part.partname)]
    return "\n".join([*parts, *(BeautifulSoup(note, "xml").get_text(" ") for note in notes)])


def _cells(table: Any) -> str:
    return "\n".join(cell.text for row in table.rows for cell in row.cells)


def squeezed(text: str) -> str:
    """Leave out what layout adds or takes: white space, hyphens, forms of letters."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", unicodedata.normalize("NFKC", text.replace("…", "...")))


def places(text: tuple[str, ...], quote: str) -> list[int]:
    """Return the pages (from 1) on which a quote begins, in order, one for each time it stands there."""
    words = [squeezed(word) for word in quote.split()]
    found = [
        number
        for number, page in enumerate(text, 1)
        for _ in re.finditer(_pattern(tuple(word for word in words if word)), page)
    ]
    if found:
        return found
    return [number for number in range(1, len(text) + 1) if _cut(text, number - 1, 0, words, PARTS)]


@cache
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(_MARK.join(map(re.escape, words)) + _MARK)


def _cut(text: tuple[str, ...], page: int, start: int, words: list[str], parts: int) -> bool:
    """Tell whether words stand from a place on, on this page or on and over to the next, in so many stretches."""
    if page >= len(text) or not parts:
        return False
    for head, rest in _stretches(text[page], start, words):
        match = _pattern(head).search(text[page], start)
        if match is None:
            continue
        if not rest or _cut(text, page, match.end(), rest, parts - 1) or _cut(text, page + 1, 0, rest, parts - 1):
            return True
    return False


def _stretches(page: str, start: int, words: list[str]) -> Iterator[tuple[tuple[str, ...], list[str]]]:
    """Yield the longest stretches of a quote that stand on a page, longest first, with the rest.

    A stretch may end within a word (a broken one). What is longer than one that is not there is not there either.
    """
    count = 0
    while count < len(words) and _pattern(tuple(words[: count + 1])).search(page, start):
        count += 1
    if count == len(words):
        yield tuple(words), []
        return
    cut = words[count]
    ways = [([*words[:count], cut[:at]], [cut[at:], *words[count + 1 :]]) for at in range(len(cut) - 2, 1, -1)]
    ways += [(words[:shorter], words[shorter:]) for shorter in range(count, max(count - TRIED, 0), -1)]
    for head, rest in ways:
        if all(sum(map(len, part)) >= FEWEST_LETTERS for part in (head, rest)):
            yield tuple(head), rest


def problems(truth: Path, documents: Path) -> Iterator[str]:
    """Name each quote that does not stand where the truth says."""
    texts: dict[str, tuple[str, ...]] = {}
    for path in sorted(truth.glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for quote in quotes(json.loads(line), f"{path.name}:{number}"):
                if quote.file not in texts:
                    texts[quote.file] = tuple(map(squeezed, pages(documents / quote.file)))
                found = places(texts[quote.file], quote.text)
                if (quote.page or 1) not in found:
                    yield (
                        f"{quote.where}: {quote.file} p. {quote.page}: staat daar niet"
                        f"{f' maar op {sorted(set(found))}' if found else ''}: {quote.text[:90]}"
                    )


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description="Controleert of elk citaat van de waarheid op de genoemde pagina staat."
    )
    parser.add_argument("--waarheid", type=Path, default=CORPUS / "waarheid", metavar="MAP")
    parser.add_argument("--documenten", type=Path, default=CORPUS / "documenten", metavar="MAP")
    options = parser.parse_args(arguments)
    if not shutil.which(READER):
        print(f"{READER} ontbreekt; installeer poppler-utils", file=sys.stderr)
        return 2
    found = list(problems(options.waarheid, options.documenten))
    for line in found:
        print(line, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
