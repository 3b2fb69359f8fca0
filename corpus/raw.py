"""What a format reader hands over: blocks in reading order, before there is one canonical text.

Each reader (`pdf`, `html`, `docx`, `plain`) does nothing but produce a `RawDocument`; `assemble` makes the
`Document` of it, so passages, sections and offsets are made in one place for all formats.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from kennisbank.model import BlockKind
from kennisbank.settings import Limits

Progress = Callable[[], None]
"""Called by a reader after each page (or piece of work); a reader that falls silent is stopped."""


@dataclass(frozen=True, slots=True)
class Part:
    """Text of a block that stands on one page (None: the format has no pages)."""

    text: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class RawBlock:
    """A heading, paragraph, list item, table or note; more than one part when it runs on to the next page.

    A list item keeps its marker (``1.``, ``a)``, ``•``) at the start of its text. A table is one block: rows
    separated by ``\\n``, cells by ``\\t``. All other text holds single spaces and no line ends.
    """

    kind: BlockKind
    parts: tuple[Part, ...]
    level: int = 0

    @property
    def text(self) -> str:
        """The whole text, parts joined by a space."""
        return " ".join(part.text for part in self.parts)


@dataclass(frozen=True, slots=True)
class Hint:
    """A value for a metadata field and where it was found (``html``, ``adres``, ``tekst``, ``bestand``, ``naam``)."""

    value: str
    found: str


@dataclass(frozen=True, slots=True)
class RawDocument:
    """A publication as its format gives it."""

    blocks: tuple[RawBlock, ...]
    page_labels: tuple[str | None, ...] = ()
    """One entry per physical page; empty when the format has no pages."""
    pictured: frozenset[int] = frozenset()
    """Numbers of pages that show an image: with hardly a letter on it, such a page is a scan."""
    hints: Mapping[str, Hint] = field(default_factory=dict)
    """Metadata the format itself states: title, subtitle, kind, published, publisher, language, url, updated."""
    warnings: tuple[str, ...] = ()
    """Pages or parts that failed, in words for the user."""
    notices: tuple[str, ...] = ()
    """What a reader of the text must know though nothing failed."""
    recognised: frozenset[int] = frozenset()
    """Numbers of pages whose text was recognised on a picture."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A file to read: its bytes, the name it had, what its content turned out to be."""

    data: bytes
    name: str
    limits: Limits
    progress: Progress = lambda: None
    recognised: Mapping[int, str] = field(default_factory=dict)
    """Page -> text that was recognised on its picture (OCR)."""


__all__ = ["Candidate", "Hint", "Part", "Progress", "RawBlock", "RawDocument"]
