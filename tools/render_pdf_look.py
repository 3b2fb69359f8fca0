"""What the PDF documents of the sample corpus look like: one entry per look, measures in points.

A new look is a new entry. Two looks are not here: the tagged report of `render_typst`, the scan of `render_scan`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

MM = 72 / 25.4
"""Points per millimetre."""
PAGE_WIDTH, PAGE_HEIGHT = 210 * MM, 297 * MM
LETTER_TOP = PAGE_HEIGHT - 112 * MM
"""Where the text of a letter begins on its first page, below the address and the subject."""


@dataclass(frozen=True, slots=True)
class Fonts:
    """Names of standard PDF fonts: every reader has them, so none is embedded."""

    regular: str
    strong: str
    emphasis: str


SANS = Fonts("Helvetica", "Helvetica-Bold", "Helvetica-Oblique")
SERIF = Fonts("Times-Roman", "Times-Bold", "Times-Italic")


@dataclass(frozen=True, slots=True)
class Margins:
    """White around the text of a page."""

    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a PDF document."""

    fonts: Fonts
    heading_fonts: Fonts
    size: float
    leading: float
    margins: Margins
    accent: str
    """Colour of headings, rules and frames, as ``#rrggbb``."""
    opening: Literal["rule", "block", "letterhead"]
    """A cover with a short rule or a block of colour, or the first page of a letter."""
    columns: int = 1
    gutter: float = 6 * MM
    justified: bool = False
    hyphenated: bool = False
    contents: bool = True
    bookmarks: bool = False
    chapter_on_new_page: bool = False
    running_head: bool = True
    page_label: str = "{page}"
    """May use ``{page}`` and ``{pages}``."""
    side_tab: tuple[str, ...] = ()
    """Lines of a tab in the right margin of every page."""

    @property
    def column_width(self) -> float:
        """Width of one column of text."""
        text_width = PAGE_WIDTH - self.margins.left - self.margins.right
        return (text_width - self.gutter * (self.columns - 1)) / self.columns


LOOKS = {
    "rapport-breed": Look(
        fonts=SANS,
        heading_fonts=SANS,
        size=10.5,
        leading=17,
        margins=Margins(left=36 * MM, right=32 * MM, top=34 * MM, bottom=30 * MM),
        accent="#6b2d3a",
        opening="rule",
        bookmarks=True,
        chapter_on_new_page=True,
        page_label="Pagina {page} van {pages}",
    ),
    "rapport-kolommen": Look(
        fonts=SERIF,
        heading_fonts=SANS,
        size=10,
        leading=13,
        margins=Margins(left=20 * MM, right=24 * MM, top=26 * MM, bottom=26 * MM),
        accent="#275937",
        opening="block",
        columns=2,
        justified=True,
        hyphenated=True,
        side_tab=("inhou", "dsop", "gave"),
    ),
    "brief": Look(
        fonts=SANS,
        heading_fonts=SANS,
        size=9.5,
        leading=13,
        margins=Margins(left=28 * MM, right=62 * MM, top=38 * MM, bottom=28 * MM),
        accent="#6b2d3a",
        opening="letterhead",
        contents=False,
        running_head=False,
        page_label="Pagina {page} van {pages}",
    ),
}
