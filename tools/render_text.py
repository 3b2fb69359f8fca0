"""Render a source as plain text, as if a report had been typed over page by page.

The pages are gone but left their traces: a contents list with page numbers, a sentence that stops where a page
ended, the footnotes of that page below it and the rest of the sentence after them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from render_source import (
    FICTION,
    FICTION_STATEMENT,
    Box,
    Heading,
    Item,
    Source,
    SourceError,
    Table,
    dutch_date,
    runs,
)

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a text document."""

    words_per_page: int
    contents_title: str = "Inhoudsopgave"


LOOKS = {"transcriptie": Look(words_per_page=330)}


@dataclass(slots=True)
class _Pages:
    """Paragraphs written so far, and how full the page is that they would stand on."""

    source: Source
    look: Look
    paragraphs: list[str] = field(default_factory=list)
    contents: list[str] = field(default_factory=list)
    page: int = 2
    words: int = 0
    notes: list[str] = field(default_factory=list)

    def add_heading(self, heading: Heading) -> None:
        """Write a heading and its line in the contents."""
        self.contents.append(f"{heading.text}\t{self.page}")
        self.paragraphs.append(heading.text)

    def add_text(self, text: str) -> None:
        """Write a paragraph; where the page is full, it stops and goes on after the footnotes."""
        start, words = 0, _plain(text).split(" ")
        for number, marked in enumerate(text.split(" "), 1):
            self.words += 1
            self.notes += [run.text for run in runs(marked) if run.style == "note"]
            if self.words == self.look.words_per_page:
                self.paragraphs.append(" ".join(words[start:number]))
                self.end_page()
                start = number
        if words[start:]:
            self.paragraphs.append(" ".join(words[start:]))

    def end_page(self) -> None:
        """Write the footnotes of this page and begin the next."""
        self.paragraphs += [f"{note.translate(_RAISED)} {_plain(self.source.notes[note])}" for note in self.notes]
        self.notes = []
        self.page, self.words = self.page + 1, 0


def render(source: Source) -> bytes:
    """Return the document as UTF-8 text."""
    look = LOOKS.get(source.look)
    if look is None:
        raise SourceError(f"{source.name}.md: onbekende look '{source.look}' voor txt; kies uit {', '.join(LOOKS)}")
    pages = _Pages(source, look)
    for block in source.blocks:
        match block:
            case Heading():
                pages.add_heading(block)
            case Item(marker, text):
                pages.add_text(f"{marker} {text}")
            case Table(rows):
                pages.paragraphs.append("\n".join("\t".join(_plain(cell) for cell in row) for row in rows))
            case Box(paragraphs):
                for text in paragraphs:
                    pages.add_text(text)
            case _:
                pages.add_text(block.text)
    pages.end_page()
    return ("\n\n".join([*_opening(source, look, pages.contents), *pages.paragraphs, FICTION]) + "\n").encode()


def _opening(source: Source, look: Look, contents: list[str]) -> Iterator[str]:
    yield FICTION
    yield "\n".join(source.publishers)
    yield source.title
    yield source.subtitle
    yield dutch_date(source.date)
    yield FICTION_STATEMENT
    yield look.contents_title
    yield "\n".join(contents)


def _plain(text: str) -> str:
    return "".join(run.text.translate(_RAISED) if run.style == "note" else run.text for run in runs(text))
