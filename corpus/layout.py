"""Lines of a PDF to blocks: what is furniture, a heading, a list, a table, a note, and which lines are one paragraph.

All measures are relative to what the document itself does: the size of its letters and the distance of its lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from corpus import repair
from corpus.raw import Part, RawBlock
from kennisbank.model import BlockKind

BAND = 0.12
"""Share of the page at top and bottom where running heads and feet stand."""
REPEATED = 0.4
"""Share of the pages on which a line stands in the same place when it belongs to the furniture."""
HEADING_SIZE = 1.12
NOTE_SIZE = 0.93
"""Times the size of the body text from which a line is a heading, and below which it may be a note."""
MAX_BOLD_HEADING = 120
"""Characters of bold text that may still be a heading."""
MAX_HEADING = 300
BREAK = 1.3
"""Times the usual distance of lines from which a new paragraph begins."""
SLACK_CLOSED, SLACK_OPEN = 0.06, 0.2
"""Share of the line that must be left blank, beyond the next word, to tell that a line was ended on purpose: after a
full stop, and elsewhere. The widths are estimates."""
MAX_CELL_LINES = 12
"""Lines of a table cell; more are a column of text."""


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


_BULLETS = "•▪■●◦○‣⁃–—*-·§"
_PRIVATE = "\ue000-\uf8ff"
_BULLET = rf"[{re.escape(_BULLETS)}{_PRIVATE}➢➤❖✓✔]|o(?= )"
_MARKER = re.compile(rf"(?:{_BULLET}|\(?\d{{1,3}}[.)]|\(?[a-z][.)]|\(?[ivx]{{1,5}}[.)])(?=\s+\S)")
_LONE_MARKER = re.compile(
    rf"(?:[{re.escape(_BULLETS)}{_PRIVATE}➢➤❖✓✔o]|\(?\d{{1,3}}[.)]|\(?[a-z][.)]|\(?[ivx]{{1,5}}[.)])"
)
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?=[^\W\d_])")
_FIRST_CELL = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){0,4}\.?|[A-Z]\.|[IVX]{1,5}\.?)$")
_LETTERHEAD = re.compile(
    r"(?:datum|(?:ons|uw) (?:kenmerk|referentie|brief)|kenmerk|contactpersoon|onderwerp|betreft|bijlagen?(?:\(n\))?|aan|van"
    r"|telefoon|e-?mail|bezoekadres|postadres|afschrift aan|t|f|behandeld door|directie)\W*",
    re.I,
)
_NOTE_START = re.compile(r"(\d{1,3}|[*†])\)?\s+\S")
_FINAL = re.compile(r"[.!?:;…][\"'”’)\]»]*$")
_CLOSED = re.compile(r"[.!?…][\"'”’)\]»]*$")
_PAGE_OF = re.compile(
    r"(?:pagina|pag\.?|blad|page|p\.)?\s*[-–]?\s*\d{1,4}\s*(?:(?:van|of|/|\|)\s*\d{1,4}\s*)?[-–]?", re.I
)
_EDGE_DIGITS = re.compile(r"^\W*(?:\d+|[ivxl]+\b)\W*|\W*(?:\d+|\b[ivxl]+)\W*$")
_PAGE_WORD = re.compile(r"\b(pagina|pag\.?|blad|page|p\.)\s*\d+(?:\s*(?:van|of|/)\s*\d+)?", re.I)
_CONTENTS = re.compile(r"(?:\d{1,2}\.?\s+)?(?:inhoud|inhoudsopgave|inhoudstafel|table of contents|contents)\W*", re.I)
_LEADERS = re.compile(r"(?:\.{4}|…{2}|(?:\. ){4}|_{4})")
_ENTRY = re.compile(r"(.*[^\W\d_].*?)[\s.…·_]*[\s.…·_](\d{1,4}|[ivxl]{1,6})$")
_FIGURE = re.compile(r"[€$ ]{0,2}[-–+]?[\d.,]{0,20}\d\s?%?|[-–]|n\.?v\.?t\.?", re.I)
_NOT_WORD = re.compile(r"[\W_]+")
_ANY_NUMBER = re.compile(r"^(?:hoofdstuk|bijlage|deel)?\s*[\dIVX]{1,4}(?:\.\d{1,2})*[.:)]?\s+", re.I)

_NARROW = str.maketrans("", "", "ijlftrI.,:;'|!()[] ’‘-/")
_NOT_WIDE = str.maketrans("", "", "abcdefghijklnopqrstuvxyzI0123456789 .,:;'|!()[]’‘-/éëïöü\"?")


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


def without_running_lines(pages: Sequence[PageLines]) -> list[PageLines]:
    """Leave out running heads and feet, page numbers and what else stands in the same place on many pages."""
    body = _body_size(pages)
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
    text = line.text if line.size > HEADING_SIZE * body else _masked(line.text)
    if line.sideways:
        return [(text, -1)]
    if not _in_band(line, page):
        text = f"{line.text}\n{line.left:.0f}"
    row = round(line.depth / 3)
    return [(text, row), (text, row + 1)]


def _masked(text: str) -> str:
    return _EDGE_DIGITS.sub("", _PAGE_WORD.sub("", text).strip()).strip().casefold()


def _is_running(
    line: Line, page: PageLines, body: float, seen: Mapping[tuple[str, int], set[int]], least: float
) -> bool:
    on = max((seen[place] for place in _places(line, page, body)), key=len)
    if not _in_band(line, page) and not line.sideways:
        return len(on) >= max(3, least)
    if len(on) >= least:
        return True
    if _PAGE_OF.fullmatch(line.text) and line.size <= HEADING_SIZE * body:
        return True
    # the running title of a chapter: on the pages of that chapter only
    return (
        len(on) >= 3
        and line.size <= body
        and {page.number - 1, page.number + 1, page.number - 2, page.number + 2} & on != set()
    )


def _body_size(pages: Iterable[PageLines]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def title_of(pages: Sequence[PageLines]) -> str | None:
    """Return the largest text on the first two pages, when it stands out from the body text."""
    lines = [line for page in pages if page.number <= 2 for line in page.lines if not line.sideways]
    letters = [
        line for line in lines if sum(char.isalpha() for char in line.text) >= 3 and not _CONTENTS.fullmatch(line.text)
    ]
    if not letters:
        return None
    largest = max(line.size for line in letters)
    if largest <= HEADING_SIZE * _body_size(pages):
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


@dataclass(slots=True)
class _Group:
    """Lines that belong together, on their way to a block."""

    kind: BlockKind
    lines: list[Line]
    level: int = 0
    """Of a heading that was announced; 0 when its looks must tell."""
    rows: str = ""
    """Of a table."""

    @property
    def text(self) -> str:
        return " ".join(line.text for line in self.lines)


def blocks_of(
    pages: Sequence[PageLines], announced: Sequence[Announced], progress: Callable[[], None] = lambda: None
) -> tuple[RawBlock, ...]:
    """Return the blocks of a document whose running lines are out; `announced` is its outline, if it has one."""
    pages, contents = _without_contents(pages)
    words = repair.vocabulary(line.text for page in pages for line in page.lines)
    style = _Style(pages)
    heads = _Headings(announced or contents, style)
    groups: list[_Group] = []
    notes: list[_Group] = []
    last_note: _Group | None = None
    for page in pages:
        progress()
        flow, rest, below = _notes_apart(page, style, last_note)
        if last_note:
            last_note.lines.extend(rest)
        for group in _flow(flow, style, heads):
            if groups and _runs_on(groups[-1], group, style):
                groups[-1].lines.extend(group.lines)
            else:
                groups.extend(notes)  # what interrupted a paragraph stands behind it
                notes.clear()
                groups.append(group)
        notes.extend(below)
        last_note = below[-1] if below else last_note
    return tuple(_finished([*groups, *notes], heads, words))


class _Style:
    """What the document itself does: size of its text, distance of its lines, where they end."""

    def __init__(self, pages: Sequence[PageLines]) -> None:
        self.body = _body_size(pages)
        fonts = Counter[str]()
        gaps: defaultdict[int, list[float]] = defaultdict(list)
        rights: defaultdict[tuple[int, int], list[float]] = defaultdict(list)
        for page in pages:
            for line in page.lines:
                rights[_column(line)].append(line.right)
                fonts[line.font] += len(line.text)
            for line, following in pairwise(page.lines):
                gap = following.depth - line.depth
                if following.text[0].islower() and 0 < gap < 3 * line.size and abs(line.size - following.size) < 0.3:
                    gaps[round(line.size)].append(gap)
        self._leading = {size: median(found) for size, found in gaps.items() if len(found) > 2}
        self.font = fonts.most_common(1)[0][0] if fonts else ""
        most = max(rights.values(), key=len, default=[0.0])
        self._usual_margin = sorted(most)[int(0.9 * len(most))]
        self._margin = {
            column: sorted(found)[int(0.9 * len(found))] for column, found in rights.items() if len(found) > 3
        }

    def leading(self, size: float) -> float:
        """Return the usual distance of two lines of a paragraph."""
        return self._leading.get(round(size), 1.25 * size)

    def breaks_early(self, line: Line, following: Line) -> bool:
        """Tell whether a line ends though the next word would have fitted: someone ended it on purpose."""
        margin = self._margin.get(_column(line), self._usual_margin)
        if line.text[-1] in "-\u00ad":
            return False
        word = following.text.split(maxsplit=1)[0]
        slack = SLACK_CLOSED if _FINAL.search(line.text) else SLACK_OPEN
        return line.right + width(f" {word}", line.size) < margin - slack * (margin - line.left)


def _column(line: Line) -> tuple[int, int]:
    return round(line.left / 6), round(line.size)


def _without_contents(pages: Sequence[PageLines]) -> tuple[list[PageLines], list[Announced]]:
    """Leave out the contents list; what it announces helps to find the headings."""
    found: list[tuple[Line, str]] = []
    kept, inside = [], False
    for page in pages:
        drop: set[int] = set()
        inside = inside and any(_entry(line) for line in page.lines[:4])
        for at, line in enumerate(page.lines):
            ahead = any(_entry(other) for other in page.lines[at + 1 : at + 4])
            title = _entry(line)
            if _CONTENTS.fullmatch(line.text) and ahead:
                inside = True
                drop.add(at)
            elif title and (inside or _LEADERS.search(line.text)):
                while at - 1 in drop and found and found[-1][1] == "":
                    at -= 1
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


def _entry(line: Line) -> str | None:
    """Return the heading that a line of a contents list announces."""
    match = _ENTRY.fullmatch(line.text[: 2 * MAX_HEADING])
    return match[1].rstrip(" .…·_\t").replace("\t", " ") if match else None


def _levelled(entries: Sequence[tuple[Line, str]]) -> list[Announced]:
    indents = sorted({round(line.left / 8) for line, _ in entries})
    announced = []
    for line, title in entries:
        number = _NUMBER.match(title)
        level = number[1].count(".") + 1 if number else 1 + indents.index(round(line.left / 8))
        announced.append(Announced(title, min(level, 6)))
    return announced


class _Headings:
    """Knows headings by what was announced and by their looks, and gives them their level."""

    def __init__(self, announced: Sequence[Announced], style: _Style) -> None:
        self._style = style
        self._announced: dict[str, Announced] = {}
        for entry in announced:
            key = _key(entry.title)
            if key:
                self._announced.setdefault(key, entry)
        self._starts = {key[:12] for key in self._announced}

    def announced_at(self, lines: Sequence[Line], at: int) -> tuple[int, int]:
        """Return how many lines from `at` are an announced heading, and its level."""
        first = lines[at]
        if "\t" in first.text or first.size < 0.95 * self._style.body or len(first.text) > MAX_HEADING:
            return 0, 0
        text = ""
        for count, line in enumerate(lines[at : at + 3], start=1):
            text = f"{text} {line.text}"
            key = _key(text)
            if count == 1 and not any(key[:length] in self._starts for length in (12, len(key))):
                return 0, 0
            entry = self._announced.get(key)
            if entry and (entry.page is None or abs(entry.page - first.page) <= 1):
                return count, entry.level
        return 0, 0

    def looks_like_one(self, line: Line) -> bool:
        """Tell whether a line has the size or weight of a heading."""
        if line.sideways or "\t" in line.text or not any(char.isalnum() for char in line.text):
            return False
        if line.size > HEADING_SIZE * self._style.body:
            return True
        if line.size < 0.95 * self._style.body or len(line.text) > MAX_BOLD_HEADING or _LETTERHEAD.fullmatch(line.text):
            return False
        return line.bold or (line.font != self._style.font and line.text[0].isupper())

    def holds(self, group: _Group) -> bool:
        """Tell whether lines that look like a heading are one as a whole."""
        text, size = group.text, group.lines[0].size
        if group.level:
            return True
        if sum(char.isalpha() for char in text) < 2:
            return bool(re.fullmatch(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?", text))
        if size > HEADING_SIZE * self._style.body:
            return len(text) <= MAX_HEADING and not (len(group.lines) > 2 and _CLOSED.search(text))
        if not group.lines[0].bold and (len(group.lines) > 1 or _FINAL.search(text)):
            return False
        return len(text) <= MAX_BOLD_HEADING and text[-1] not in ".,;" and text[0] not in _BULLETS

    def levels(self, groups: Sequence[_Group]) -> list[int]:
        """Return the level of each heading: announced, by its number, or by its looks next to the others."""
        known: defaultdict[tuple[float, bool], Counter[int]] = defaultdict(Counter)
        for group in groups:
            level = group.level or _depth(group.text)
            if level:
                known[_looks(group)][level] += 1
        level_of = {looks: counted.most_common(1)[0][0] for looks, counted in known.items()}
        above = 0
        for looks in sorted({_looks(group) for group in groups}, reverse=True):
            above = level_of.setdefault(looks, min(above + 1, 6))
        return [min(group.level or _depth(group.text) or level_of[_looks(group)], 6) for group in groups]


def _looks(group: _Group) -> tuple[float, bool]:
    return round(group.lines[-1].size * 2) / 2, group.lines[-1].bold


def _depth(text: str) -> int:
    number = _NUMBER.match(text)
    return number[1].count(".") + 1 if number else 0


def _key(title: str) -> str:
    return _NOT_WORD.sub("", _ANY_NUMBER.sub("", title.strip())).casefold()


def _notes_apart(
    page: PageLines, style: _Style, last_note: _Group | None
) -> tuple[list[Line], list[Line], list[_Group]]:
    """Part a page in its text, the rest of the note that the page before ended with, and its own footnotes."""
    flow: list[Line] = []
    rest: list[Line] = []
    notes: list[_Group] = []
    small = NOTE_SIZE * style.body
    text = [line for line in page.lines if line.size > small]
    unfinished = last_note is not None and not _CLOSED.search(last_note.lines[-1].text)
    last: Line | None = None
    for line in page.lines:
        marked_as_large = line.marked and line.size <= 1.02 * style.body and line.depth > 0.6 * page.height
        if (line.size > small and not marked_as_large) or line.sideways or line.depth < 0.45 * page.height:
            flow.append(line)
            last = None
        elif _starts_note(line, notes) and (line.marked or _is_below(line, text)):
            notes.append(_Group("note", [line]))
            last = line
        elif last and 0 < line.depth - last.depth < 2.2 * line.size and abs(line.size - last.size) < 0.6:
            (notes[-1].lines if notes else rest).append(line)
            last = line
        elif unfinished and not notes and _is_below(line, text):
            rest.append(line)
            last = line
        else:
            flow.append(line)
            last = None
    return flow, rest, notes


def _is_below(line: Line, text: Sequence[Line]) -> bool:
    """Tell whether no text of the same column stands further down."""
    return not any(line.depth < other.depth and other.left < line.right and line.left < other.right for other in text)


def _starts_note(line: Line, notes: Sequence[_Group]) -> bool:
    if "\t" in line.text:
        return False
    if notes and notes[-1].lines[0].marked:  # then a plain number is part of a note: "op / 28 augustus 2020"
        return line.marked
    return line.marked or bool(_NOTE_START.match(line.text))


def _flow(lines: Sequence[Line], style: _Style, heads: _Headings) -> Iterator[_Group]:
    """Group the lines of a page that belong together."""
    tables = dict(_tables(lines))
    group: _Group | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        count, level = (0, 0) if at in tables else heads.announced_at(lines, at)
        if at in tables or count:
            if group:
                yield _judged(group, heads)
            group = None
            end = tables[at].end if at in tables else at + count
            taken = list(lines[at:end])
            yield _Group("table", taken, rows=tables[at].text) if at in tables else _Group("heading", taken, level)
            at = end
            continue
        kind: BlockKind = "item" if _MARKER.match(line.text) else "paragraph"
        if heads.looks_like_one(line) and (_stands_out(line, style) or _stands_alone(lines, at, style)):
            kind = "heading"
        if group and _continues(group, line, kind, style):
            group.lines.append(line)
        else:
            if group:
                yield _judged(group, heads)
            group = _Group(kind, [line])
        at += 1
    if group:
        yield _judged(group, heads)


def _judged(group: _Group, heads: _Headings) -> _Group:
    """What only looked like a heading is text after all."""
    if group.kind == "heading" and not heads.holds(group):
        group.kind = "item" if _MARKER.match(group.lines[0].text) else "paragraph"
    return group


def _stands_out(line: Line, style: _Style) -> bool:
    """Tell whether a line is larger or bolder than text; another font alone may be a quotation."""
    return line.bold or line.size > HEADING_SIZE * style.body


def _stands_alone(lines: Sequence[Line], at: int, style: _Style) -> bool:
    """Tell whether a short line in a font of its own stands above text, with room above it."""
    line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    apart = at == 0 or not _near(lines[at - 1], line, style)
    return apart and following is not None and following.font != line.font and style.breaks_early(line, following)


def _near(last: Line, line: Line, style: _Style) -> bool:
    return 0 < line.depth - last.depth <= BREAK * style.leading(line.size)


def _continues(group: _Group, line: Line, kind: BlockKind, style: _Style) -> bool:
    """Tell whether a line goes on with the group that the line before it belongs to."""
    last = group.lines[-1]
    alike = abs(line.size - last.size) <= 0.07 * last.size and line.sideways == last.sideways
    if not alike or not _near(last, line, style):
        return False
    if "heading" in (kind, group.kind):
        return kind == group.kind and line.bold == last.bold and line.font == last.font and not _NUMBER.match(line.text)
    left = min(entry.left for entry in group.lines)
    if kind == "item":
        in_running_text = abs(line.left - left) < 2 and not _FINAL.search(last.text)
        return in_running_text and group.kind == "paragraph" and not style.breaks_early(last, line)
    closed = bool(_CLOSED.search(last.text))
    if group.kind == "item":
        hangs = any(entry.left > group.lines[0].left + 3 for entry in group.lines[1:])
        if line.left < group.lines[0].left - 2 or (closed and hangs and line.left <= group.lines[0].left + 2):
            return False
    elif closed and line.left > left + 0.6 * line.size:
        return False
    return line.text[0].islower() or not style.breaks_early(last, line)


def _runs_on(before: _Group, group: _Group, style: _Style) -> bool:
    """Tell whether a group is the rest of one that a page, a column or a note cut off."""
    if before.kind not in ("paragraph", "item") or group.kind != "paragraph":
        return False
    last, first = before.lines[-1], group.lines[0]
    if last.sideways or first.sideways or abs(last.size - first.size) > 0.07 * last.size:
        return False
    if last.text[-1] in "-\u00ad":
        return True
    if _FINAL.search(last.text):
        return False
    elsewhere = first.page != last.page or first.depth < last.depth
    near = first.depth - last.depth < 2.2 * style.leading(first.size)
    if first.text[0].islower() and last.font == first.font:
        return elsewhere or near
    return elsewhere and first.text[0].isalnum() and not style.breaks_early(last, first) and last.bold == first.bold


@dataclass(frozen=True, slots=True)
class _Row:
    """A table row: the lines from `start` to `end` and the text of each cell at its place."""

    start: int
    end: int
    cells: tuple[tuple[float, str], ...]

    @property
    def text(self) -> str:
        return "\t".join(text for _, text in self.cells)


@dataclass(frozen=True, slots=True)
class _Table:
    end: int
    text: str


def _tables(lines: Sequence[Line]) -> Iterator[tuple[int, _Table]]:
    """Find where rows of two or more cells stand below each other; yield the first line of each table."""
    run: list[_Row] = []
    for row in _rows(lines):
        if run and not (row.start == run[-1].end and _same_columns(run[-1], row)):
            if len(run) > 1:
                yield run[0].start, _Table(run[-1].end, "\n".join(entry.text for entry in run))
            run = []
        run.append(row)
    if len(run) > 1:
        yield run[0].start, _Table(run[-1].end, "\n".join(entry.text for entry in run))


def _same_columns(row: _Row, other: _Row) -> bool:
    if abs(row.cells[0][0] - other.cells[0][0]) > 6:
        return False
    shared = sum(any(abs(left - right) <= 6 for right, _ in other.cells[1:]) for left, _ in row.cells[1:])
    numbers = all(_FIGURE.fullmatch(text) for _, text in (*row.cells[1:], *other.cells[1:]))
    return shared > 0 or (numbers and len(row.cells) == len(other.cells))


def _rows(lines: Sequence[Line]) -> Iterator[_Row]:
    at = 0
    while at < len(lines):
        row = _row_of_cells(lines, at) or _row_on_one_line(lines, at)
        if row:
            yield row
        at = row.end if row else at + 1


def _row_on_one_line(lines: Sequence[Line], at: int) -> _Row | None:
    """Read a row drawn line by line; a line below that begins at one of its later cells goes on with that cell."""
    line = lines[at]
    if len(line.stops) < 2:
        return None
    cells = [[text] for text in line.text.split("\t")]
    end = at + 1
    while end < len(lines) and len(lines[end].stops) == 1:
        gap = lines[end].depth - lines[end - 1].depth
        column = next((n for n, stop in enumerate(line.stops) if n and abs(stop - lines[end].left) < 3), None)
        if column is None or not 0 < gap < 1.6 * line.size:
            break
        cells[column].append(lines[end].text)
        end += 1
    return _Row(at, end, tuple((stop, repair.join(cell, {})) for stop, cell in zip(line.stops, cells, strict=True)))


def _row_of_cells(lines: Sequence[Line], at: int) -> _Row | None:
    """Read a row drawn cell by cell: each cell begins at the height of the first, further to the right."""
    cells: list[list[Line]] = [[lines[at]]]
    end = at + 1
    while end < len(lines) and len(cells[-1]) <= MAX_CELL_LINES:
        line, last = lines[end], cells[-1][-1]
        if len(line.stops) > 1 or line.sideways:
            break
        if abs(line.depth - lines[at].depth) <= 3 and line.left > last.left + 1.5 * line.size:
            cells.append([line])
        elif abs(line.left - cells[-1][0].left) < 4 and 0 < line.depth - last.depth < 1.8 * line.size:
            cells[-1].append(line)
        else:
            break
        end += 1
    if len(cells) < 2 or len(lines[at].stops) > 1 or len(cells[-1]) > MAX_CELL_LINES:
        return None
    end = sum(len(cell) for cell in cells) + at
    return _Row(at, end, tuple((cell[0].left, repair.join([line.text for line in cell], {})) for cell in cells))


def _finished(groups: Sequence[_Group], heads: _Headings, words: Mapping[str, int]) -> Iterator[RawBlock]:
    groups = _numbers_joined(groups)
    levels = iter(heads.levels([group for group in groups if group.kind == "heading"]))
    indents: list[float] = []
    for group in groups:
        level = 0
        if group.kind == "heading":
            level = next(levels)
        elif group.kind == "item":
            left = group.lines[0].left
            while indents and indents[-1] > left - 4:
                indents.pop()
            level = len(indents)
            indents.append(left)
        if group.kind not in ("item", "note"):
            indents.clear()
        parts = _parts(group, words)
        if parts:
            yield RawBlock(group.kind, parts, level)


def _numbers_joined(groups: Sequence[_Group]) -> list[_Group]:
    """Join a chapter number that stands by itself with the heading behind it."""
    done: list[_Group] = []
    for group in groups:
        before = done[-1] if done else None
        if before and before.kind == "heading" and not any(char.isalpha() for char in before.text):
            if group.kind == "heading":
                group.lines[:0] = before.lines
                done.pop()
            else:
                before.kind = "paragraph"
        done.append(group)
    return done


def _parts(group: _Group, words: Mapping[str, int]) -> tuple[Part, ...]:
    if group.rows:
        return (Part(group.rows, group.lines[0].page),)
    parts: list[Part] = []
    for page, lines in groupby(group.lines, key=lambda line: line.page):
        text = repair.join([line.text.replace("\t", " ") for line in lines], words)
        if parts:
            whole, text = repair.carry_over(parts[-1].text, text, words)
            parts[-1] = Part(whole, parts[-1].page)
        if text:
            parts.append(Part(text, page))
    if parts and group.kind == "item" and not parts[0].text[0].isalnum() and parts[0].text[0] != "(":
        parts[0] = Part(f"•{parts[0].text[1:]}", parts[0].page)
    elif parts and group.kind == "item" and parts[0].text.startswith("o "):
        parts[0] = Part(f"•{parts[0].text[1:]}", parts[0].page)
    return tuple(parts)
