"""Read a source of the sample corpus: Markdown with a front matter of ``key: value`` lines.

The dialect is what the renderers need and no more: headings of three levels, paragraphs, list items, tables
(``| a | b |``; a rule of dashes below the first row adds nothing), boxes (lines that start with ``>``), footnotes
(``[^1]``) and ``*emphasis*`` or ``**strong**`` text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FICTION = "Fictief voorbeelddocument - geen publicatie van de Inspectie"
"""Stands on every page of every rendered document and in its metadata."""
FICTION_STATEMENT = (
    "Dit is een fictief voorbeelddocument, gemaakt om de software kennisbank te laten zien. Plaatsen, inrichtingen, "
    "cijfers en bevindingen zijn verzonnen. Het is geen publicatie van de Inspectie Justitie en Veiligheid of een van "
    "haar voorgangers en mag niet als zodanig worden aangehaald."
)
"""Stands on the cover, or where a document without a cover begins."""

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_REQUIRED = ("title", "subtitle", "kind", "date", "publishers", "chains", "format", "look")
_OPTIONAL = ("period", "updated", "url", "breadcrumbs", "reference", "to", "subject")
_HEADING = re.compile(r"(#{1,3}) (.+)")
_ITEM = re.compile(r"(-|\d+\.) (.+)")
_NOTE = re.compile(r"\[\^(\d+)\]: (.+)")
_TABLE_RULE = re.compile(r"[|: -]+")
_RUN = re.compile(r"\*\*([^*]+)\*\*|\*([^*]+)\*|\[\^(\d+)\]")


class SourceError(ValueError):
    """A source that cannot be rendered; the message says what, where and what to do."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A chapter (1), section (2) or part of a section (3)."""

    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """A list item with its marker: ``-`` or a number with a point."""

    marker: str
    text: str

    @property
    def numbered(self) -> bool:
        """Whether the marker is a number."""
        return self.marker != "-"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; the first row is the heading."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """Paragraphs in a frame."""

    paragraphs: tuple[str, ...]


Block = Heading | Paragraph | Item | Table | Box


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text in one style; of a `note` the text is its number."""

    text: str
    style: Literal["plain", "strong", "emphasis", "note"] = "plain"


@dataclass(frozen=True, slots=True)
class Source:
    """A document of the sample corpus before it is rendered."""

    name: str
    """File name without its ending; the rendered file has the same."""
    title: str
    subtitle: str
    kind: str
    date: str
    """ISO 8601, to the day."""
    publishers: tuple[str, ...]
    chains: tuple[str, ...]
    format: str
    """Ending of the rendered file, without the point."""
    look: str
    extra: Mapping[str, str]
    """What only some documents have: the addressee of a letter, the address of a web page."""
    blocks: tuple[Block, ...]
    notes: Mapping[str, str]
    """Footnote number -> text."""

    @property
    def file_name(self) -> str:
        """Name of the rendered file."""
        return f"{self.name}.{self.format}"

    def values(self, key: str) -> list[str]:
        """Split an extra that holds several values."""
        return _values(self.extra.get(key, ""))


def read(path: Path) -> Source:
    """Read one source; raise `SourceError` when it cannot be rendered as it stands."""
    text = path.read_text(encoding="utf-8")
    opening, separator, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not separator:
        raise SourceError(f"{path.name}: begint niet met een voorkop tussen twee regels '---'; voeg die toe")
    meta = _front_matter(opening, path.name)
    chunks = [chunk.splitlines() for chunk in re.split(r"\n\s*\n", body.strip())]
    notes = dict(_note(line, path.name) for lines in chunks if lines[0].startswith("[^") for line in lines)
    source = Source(
        name=path.stem,
        title=meta["title"],
        subtitle=meta["subtitle"],
        kind=meta["kind"],
        date=meta["date"],
        publishers=tuple(_values(meta["publishers"])),
        chains=tuple(_values(meta["chains"])),
        format=meta["format"],
        look=meta["look"],
        extra={key: meta[key] for key in _OPTIONAL if key in meta},
        blocks=tuple(block for lines in chunks if not lines[0].startswith("[^") for block in _blocks(lines)),
        notes=notes,
    )
    _check_notes(source)
    return source


def _front_matter(text: str, name: str) -> dict[str, str]:
    pairs = [line.partition(":") for line in text.splitlines()]
    meta = {key.strip(): value.strip() for key, _, value in pairs}
    for key in _REQUIRED:
        if not meta.get(key):
            raise SourceError(f"{name}: '{key}' ontbreekt in de voorkop; vul het in")
    unknown = sorted(set(meta) - {*_REQUIRED, *_OPTIONAL})
    if unknown:
        raise SourceError(f"{name}: onbekende sleutel '{unknown[0]}' in de voorkop; verwijder of verbeter die")
    return meta


def _values(text: str) -> list[str]:
    return [value.strip() for value in text.split(";") if value.strip()]


def _note(line: str, name: str) -> tuple[str, str]:
    match = _NOTE.fullmatch(line)
    if not match:
        raise SourceError(f"{name}: geen noot: '{line[:40]}'; schrijf '[^1]: tekst', elk op een eigen regel")
    return match[1], match[2]


def _check_notes(source: Source) -> None:
    used = [run.text for text in texts(source.blocks) for run in runs(text) if run.style == "note"]
    if used != [str(number) for number in range(1, len(source.notes) + 1)] or set(used) != set(source.notes):
        raise SourceError(
            f"{source.name}.md: noten en verwijzingen lopen niet gelijk op; nummer ze op volgorde vanaf 1"
        )


def _blocks(lines: list[str]) -> Iterator[Block]:
    first = lines[0]
    if heading := _HEADING.fullmatch(first):
        yield Heading(len(heading[1]), heading[2])
    elif first.startswith("|"):
        yield Table(tuple(_cells(line) for line in lines if not _TABLE_RULE.fullmatch(line)))
    elif first.startswith(">"):
        yield Box(tuple(line.lstrip("> ") for line in lines))
    elif _ITEM.fullmatch(first):
        matches = [_ITEM.fullmatch(line) for line in lines]
        yield from (Item(match[1], match[2]) for match in matches if match)
    else:
        yield Paragraph(" ".join(lines))


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip("| ").split("|"))


def texts(blocks: tuple[Block, ...]) -> Iterator[str]:
    """Yield the marked-up text of each block, of tables and boxes part by part."""
    for block in blocks:
        if isinstance(block, Table):
            yield from (cell for row in block.rows for cell in row)
        elif isinstance(block, Box):
            yield from block.paragraphs
        else:
            yield block.text


def runs(text: str) -> Iterator[Run]:
    """Split marked-up text in stretches of one style."""
    end = 0
    for match in _RUN.finditer(text):
        if match.start() > end:
            yield Run(text[end : match.start()])
        strong, emphasis, note = match.groups()
        if note:
            yield Run(note, "note")
        elif strong:
            yield Run(strong, "strong")
        else:
            yield Run(emphasis, "emphasis")
        end = match.end()
    if end < len(text):
        yield Run(text[end:])


def dutch_date(date: str) -> str:
    """Write an ISO date as people do: ``9 maart 2017``."""
    year, month, day = date.split("-")
    return f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
