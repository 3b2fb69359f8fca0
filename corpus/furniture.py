"""What stands on a page but is not its text: running heads and feet, page numbers, contents list; and the title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from corpus import repair
from corpus.lines import HEADING_SIZE, MAX_HEADING, NUMBER, Announced, Line, PageLines, body_size

BAND = 0.12
"""Share of the page at top and bottom where running heads and feet stand."""
MARGINAL = 0.93
"""Times the size of the body text below which a line outside these bands may still be furniture: the letterhead in a
margin. Larger, it is the heading of a form that is the same on every page."""
PAGES_BEYOND = 20
"""By how much a printed page number may exceed the number of pages: a file may leave out the front of a book."""
REPEATED = 0.4
"""Share of the pages on which a line stands in the same place when it belongs to the furniture."""

_PAGE_OF = re.compile(
    r"(?:p ?agina(?:nummer)?|pag\.?|blad|page|p\.)?\s*[-–]?\s*\d{1,4}\s*(?:(?:van|of|/|\|)\s*\d{1,4}\s*)?[-–]?", re.I
)
_IMPRINT = re.compile(
    r"(?:.s-Gravenhage \d{4}\W+)?(?:Tweede|Eerste) Kamer, vergaderjaar.{0,100}"
    r"|(?:kst|ah-tk|blg)-[\w-]+|ISSN \d{4}.{0,9}"
)
"""How parliamentary papers sign their pages."""
_LETTERHEAD = re.compile(
    r"(?:ministerie van|(?:tweede|eerste) kamer der|rijksoverheid|inspectie (?:van )?(?:justitie|veiligheid)).{0,60}"
    r"|gemeente \w+",
    re.IGNORECASE,
)
"""Who writes; often in larger letters than what about."""
_EDGE_DIGITS = re.compile(r"^\W*(?:\d+|[ivxl]+\b)\W*|\W*(?:\d+|\b[ivxl]+)\W*$")
_PAGE_WORD = re.compile(r"\b(p ?agina(?:nummer)?|pag\.?|blad|page|p\.)\s*\d+(?:\s*(?:van|of|/)\s*\d+)?", re.I)
_PAGE_COUNT = re.compile(r"^\d{1,4} ?/ ?\d{1,4}\s|\s\d{1,4} ?/ ?\d{1,4}$")
"""``3/40`` at an edge; taken off first, since what stands beside it may be a number too: ``WCAG 2.1 3/40``."""
_CONTENTS = re.compile(r"(?:\d{1,2}\.?\s+)?(?:inhoud|inhoudsopgave|inhoudstafel|table of contents|contents)\W*", re.I)
_LEADERS = re.compile(r"(?:\.{4}|…{2}|(?:\. ){4}|_{4})")
_PAGE_AT_END = re.compile(r"[\s.…·_](\d{1,3}|[ivxl]{1,6})$")


def without_running_lines(pages: Sequence[PageLines]) -> list[PageLines]:
    """Leave out running heads and feet, page numbers and what else stands in the same place on many pages."""
    body = body_size(pages)
    seen: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    for page in pages:
        for line in page.lines:
            for place in _places(line, page, body):
                seen[place].add(page.number)
    least = max(2, REPEATED * len(pages))
    kept = []
    for page in pages:
        lines = tuple(line for line in page.lines if not _is_running(line, page, body, seen, least))
        kept.append(replace(page, lines=lines))
    return kept


def _in_band(line: Line, page: PageLines) -> bool:
    return not BAND * page.height < line.depth < (1 - BAND) * page.height


def _places(line: Line, page: PageLines, body: float) -> list[tuple[str, int]]:
    """Return under which names a line is counted: its text with the page number masked, and where it stands."""
    # at the top, large "Bijlage 1", "Bijlage 2" are headings
    large = line.size > HEADING_SIZE * body and line.depth < page.height / 2
    text = line.text if large else _masked(line.text)
    if line.sideways:
        return [(text, -1)]
    if not _in_band(line, page):
        text = f"{line.text}\n{line.left:.0f}"
    row = round(line.depth / 3)
    return [(text, row), (text, row + 1)]


def _masked(text: str) -> str:
    if len(text) > MAX_HEADING:
        return text
    return _EDGE_DIGITS.sub("", _PAGE_COUNT.sub("", _PAGE_WORD.sub("", text).strip())).strip().casefold()


def _is_running(
    line: Line, page: PageLines, body: float, seen: Mapping[tuple[str, int], set[int]], least: float
) -> bool:
    on = max((seen[place] for place in _places(line, page, body)), key=len)
    beside = any(page.number + step in on for step in (-2, -1, 1, 2))
    if not _in_band(line, page) and not line.sideways:
        return line.size < MARGINAL * body and beside
    if len(on) >= least or _IMPRINT.fullmatch(line.text):
        return True
    if line.size <= HEADING_SIZE * body and _PAGE_OF.fullmatch(line.text):
        return True
    # the running title of a chapter stands on the pages of that chapter only
    return len(on) >= 3 and line.size <= body and beside


def title_of(pages: Sequence[PageLines]) -> str | None:
    """Return the largest text on the first two pages, when it stands out from the body text."""
    lines = [line for page in pages if page.number <= 2 for line in page.lines if not line.sideways]
    letters = [
        line
        for line in lines
        if sum(char.isalpha() for char in line.text) >= 3
        and not _CONTENTS.fullmatch(line.text)
        and not _LETTERHEAD.fullmatch(line.text)
    ]
    if not letters:
        return None
    largest = max(line.size for line in letters)
    if largest <= HEADING_SIZE * body_size(pages):
        return None
    first = next(at for at, line in enumerate(lines) if line in letters and line.size >= 0.98 * largest)
    title = [lines[first]]
    for line in lines[first + 1 :]:
        if (
            line.page != title[-1].page
            or abs(line.size - largest) > 0.02 * largest
            or line.depth - title[-1].depth > 2.5 * largest
        ):
            break
        title.append(line)
    text = repair.join([line.text.replace("\t", " ") for line in title], {})
    return text if 4 <= len(text) <= MAX_HEADING else None


def without_contents(pages: Sequence[PageLines]) -> tuple[list[PageLines], list[Announced]]:
    """Leave out the contents list; what it announces helps to find the headings."""
    found: list[tuple[Line, str]] = []
    kept, inside = [], False
    last = max((page.number for page in pages), default=0) + PAGES_BEYOND
    for page in pages:
        drop: set[int] = set()
        entries = [_entry(line, last) for line in page.lines]
        # one line of text that ends in a number is no list going on
        inside = inside and sum(entry is not None for entry in entries[:6]) >= 2
        for at, line in enumerate(page.lines):
            ahead = any(entries[at + 1 : at + 4])
            title = entries[at]
            if _CONTENTS.fullmatch(line.text) and ahead:
                inside = True
                drop.add(at)
            elif title and (inside or _LEADERS.search(line.text)):
                if found and found[-1][1] == "":  # the entry began on the line before
                    title = f"{found.pop()[0].text} {title}"
                found.append((line, title))
                drop.add(at)
            elif inside and ahead:
                found.append((line, ""))
                drop.add(at)
            else:
                inside = False
        kept.append(replace(page, lines=tuple(line for at, line in enumerate(page.lines) if at not in drop)))
    return kept, _levelled([(line, title) for line, title in found if title])


def _entry(line: Line, last: int) -> str | None:
    """Return the heading that a line of a contents list announces: text, then a page number of at most `last`."""
    page = _PAGE_AT_END.search(line.text[-8:])
    if page is None or len(line.text) > 2 * MAX_HEADING or (page[1].isdecimal() and int(page[1]) > last):
        return None
    title = line.text[: -len(page[1])].rstrip(" .…·_\t").replace("\t", " ")
    return title if any(char.isalpha() for char in title) else None


def _levelled(entries: Sequence[tuple[Line, str]]) -> list[Announced]:
    indents = sorted({round(line.left / 8) for line, _ in entries})
    announced = []
    for line, title in entries:
        number = NUMBER.match(title)
        level = number[1].count(".") + 1 if number else 1 + indents.index(round(line.left / 8))
        announced.append(Announced(title, min(level, 6)))
    return announced
