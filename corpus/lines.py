"""Lines of a PDF page and what they look like: the words that the layout modules share."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

HEADING_SIZE = 1.12
"""Times the size of the body text from which a line is a heading."""
MAX_HEADING = 300
"""Characters of a heading; more is text in large letters."""

BULLETS: Final = "•▪■●◦○‣⁃–—*-·§➢➤❖✓✔"
PRIVATE: Final = "\ue000-\uf8ff"
"""Symbol fonts put their bullets here."""
_COUNTER = r"\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)]"
_BULLET = rf"[{re.escape(BULLETS)}{PRIVATE}]"
MARKER: Final = re.compile(rf"(?:{_BULLET}|o(?= )|{_COUNTER})(?=\s+\S)")
"""How a list item begins."""
_LONE_MARKER = re.compile(rf"(?:{_BULLET}|o|{_COUNTER})")
_FIRST_CELL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.|[IVX]{1,5}\.?)$")
NUMBER: Final = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
"""The number of a heading, ``2.3``."""
FINAL: Final = re.compile(r"[.!?:;…][\"'”’)\]»]*$")
CLOSED: Final = re.compile(r"[.!?…][\"'”’)\]»]*$")
"""What a line ends in when a sentence, or a lead-in, ends with it; when only a sentence does."""
_NARROW: Final = str.maketrans("", "", "ijlftrI.,:;'|!()[] ’‘-/")
_NOT_WIDE: Final = str.maketrans("", "", "abcdefghijklnopqrstuvxyzI0123456789 .,:;'|!()[]’‘-/éëïöü\"?")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; places in points from the left and the top of the page as it is read."""

    page: int
    text: str
    """Cells parted by tabs."""
    left: float
    right: float
    """Estimated from the letters: see `width`."""
    depth: float
    size: float
    font: str = ""
    bold: bool = False
    marked: bool = False
    """Begins with a raised number, as a footnote does."""
    stops: tuple[float, ...] = (0.0,)
    """Where its cells begin, one for each."""
    pieces: tuple[tuple[float, str], ...] = ()
    """What was drawn in one go, and where it begins: known columns part it in cells, also where they nearly touch."""
    sideways: bool = False
    """Runs in another direction than most of the page."""


@dataclass(frozen=True, slots=True)
class PageLines:
    """The lines of a page in the order of its content."""

    number: int
    height: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Announced:
    """A heading named by the outline or by the contents list."""

    title: str
    level: int
    page: int | None = None


def width(text: str, size: float) -> float:
    """Estimate the width of text in points, by the letter widths of a usual sans serif."""
    wide = len(text.translate(_NOT_WIDE))
    narrow = len(text) - len(text.translate(_NARROW))
    return size * (0.53 * len(text) + 0.18 * wide - 0.25 * narrow)


def is_marker(text: str) -> bool:
    """Tell whether this is a list marker and nothing else."""
    return bool(_LONE_MARKER.fullmatch(text))


def one_marker(text: str) -> str:
    """Return a line whose first cell is a list marker or heading number as one cell: ``1.<TAB>Text``."""
    cells = text.split("\t")
    if len(cells) >= 2 and (is_marker(cells[0].strip()) or (len(cells) == 2 and _FIRST_CELL.match(cells[0].strip()))):
        cells[:2] = [f"{cells[0].strip()} {cells[1].strip()}"]
    return "\t".join(" ".join(cell.split()) for cell in cells)


def body_size(pages: Iterable[PageLines]) -> float:
    """Return the size most of the text is set in, in points."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0
