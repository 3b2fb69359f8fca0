"""Lines of a PDF to blocks: what is furniture, a heading, a list, a table, a note, and which lines are one paragraph.

All measures are relative to what the document itself does: the size of its letters and the distance of its lines.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise
from statistics import median

from corpus import repair
from corpus.furniture import without_contents
from corpus.headings import Headings, levels
from corpus.lines import CLOSED, FINAL, HEADING_SIZE, MARKER, NUMBER, Announced, Line, PageLines, body_size, width
from corpus.raw import Part, RawBlock
from corpus.tables import tables
from kennisbank.model import BlockKind

NOTE_SIZE = 0.93
"""Times the size of the body text below which a line may be a note."""
BREAK = 1.3
"""Times the usual distance of lines from which a new paragraph begins."""
COLUMN_SLACK = 20.0
"""Points by which lines of two columns may seem to overlap: where a line ends is an estimate."""
SLACK_CLOSED, SLACK_OPEN = 0.06, 0.2
"""Share of the line that must be left blank, beyond the next word, to tell that a line was ended on purpose: after a
full stop, and elsewhere. The widths are estimates."""

_NOTE_START = re.compile(r"(\d{1,3}|[*†])\)?\s+\S")


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
    pages, contents = without_contents(pages)
    words = repair.vocabulary(line.text for page in pages for line in page.lines)
    style = _Style(pages)
    heads = Headings(announced or contents, style.body, style.font)
    groups: list[_Group] = []
    notes: list[_Group] = []
    last_note: _Group | None = None
    for page in pages:
        progress()
        flow, rest, below = _notes_apart(page, style, last_note)
        flow = _without_marks(flow, below)
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
    return tuple(_finished([*groups, *notes], words))


class _Style:
    """What the document itself does: size of its text, distance of its lines, where they end."""

    def __init__(self, pages: Sequence[PageLines]) -> None:
        self.body = body_size(pages)
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
        slack = SLACK_CLOSED if FINAL.search(line.text) else SLACK_OPEN
        return line.right + width(f" {word}", line.size) < margin - slack * (margin - line.left)


def _column(line: Line) -> tuple[int, int]:
    return round(line.left / 6), round(line.size)


def _notes_apart(
    page: PageLines, style: _Style, last_note: _Group | None
) -> tuple[list[Line], list[Line], list[_Group]]:
    """Part a page in its text, the rest of the note that the page before ended with, and its own footnotes."""
    flow: list[Line] = []
    rest: list[Line] = []
    notes: list[_Group] = []
    small = NOTE_SIZE * style.body
    text = [line for line in page.lines if line.size > small]
    unfinished = last_note is not None and not CLOSED.search(last_note.lines[-1].text)
    last: Line | None = None
    for line in page.lines:
        marked_as_large = line.marked and line.size <= 1.02 * style.body and line.depth > 0.6 * page.height
        if (line.size > small and not marked_as_large) or line.sideways or line.depth < 0.45 * page.height:
            flow.append(line)
            last = None
        elif _starts_note(line, notes) and (line.marked or _is_below(line, text)):
            notes.append(_Group("note", [line]))
            last = line
        elif last and 0 < line.depth - last.depth < 2.2 * line.size and (notes or abs(line.size - last.size) < 0.6):
            (notes[-1].lines if notes else rest).append(line)
            last = line
        elif unfinished and not notes and _is_below(line, text):
            rest.append(line)
            last = line
        else:
            flow.append(line)
            last = None
    return flow, rest, notes


def _without_marks(flow: Sequence[Line], notes: Sequence[_Group]) -> list[Line]:
    """Take the number of each note off the word it is glued to, where pypdf did not tell that it was raised."""
    lines = list(flow)
    for note in notes:
        number = _NOTE_START.match(note.lines[0].text)
        if number and number[1].isdigit():
            mark = re.compile(
                rf"(?<=[^\W\d_][^\W\d_]){number[1]}(?![\w-])|(?<=[^\W\d_][.,;:!?)”’]){number[1]}(?![\w.,-])"
            )
            at = next((at for at, line in enumerate(lines) if mark.search(line.text)), None)
            if at is not None:
                lines[at] = replace(lines[at], text=mark.sub("", lines[at].text, count=1))
    return lines


def _is_below(line: Line, text: Sequence[Line]) -> bool:
    """Tell whether no text of the same column stands further down."""
    left, right = line.left + COLUMN_SLACK, line.right - COLUMN_SLACK
    return not any(line.depth < other.depth and other.left < right and left < other.right for other in text)


def _starts_note(line: Line, notes: Sequence[_Group]) -> bool:
    if "\t" in line.text:
        return False
    if notes and notes[-1].lines[0].marked:  # then a plain number is part of a note: "op / 28 augustus 2020"
        return line.marked
    return line.marked or bool(_NOTE_START.match(line.text))


def _flow(lines: Sequence[Line], style: _Style, heads: Headings) -> Iterator[_Group]:
    """Group the lines of a page that belong together."""
    found = dict(tables(lines))
    group: _Group | None = None
    at = 0
    while at < len(lines):
        line = lines[at]
        count, level = (0, 0) if at in found else heads.announced_at(lines, at)
        if at in found or count:
            if group:
                yield _judged(group, heads)
            group = None
            end = found[at].end if at in found else at + count
            taken = list(lines[at:end])
            yield _Group("table", taken, rows=found[at].text) if at in found else _Group("heading", taken, level)
            at = end
            continue
        kind: BlockKind = "item" if MARKER.match(line.text) else "paragraph"
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


def _judged(group: _Group, heads: Headings) -> _Group:
    """What only looked like a heading is text after all."""
    if group.kind == "heading" and not heads.holds(group.lines):
        group.kind = "item" if MARKER.match(group.lines[0].text) else "paragraph"
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
    if kind == group.kind == "heading" and line.text[0].islower():
        return line.bold == last.bold and 0 < line.depth - last.depth < 2.2 * line.size
    alike = abs(line.size - last.size) <= 0.07 * last.size and line.sideways == last.sideways
    if not alike or not _near(last, line, style):
        return False
    if "heading" in (kind, group.kind):
        return kind == group.kind and line.bold == last.bold and line.font == last.font and not NUMBER.match(line.text)
    left = min(entry.left for entry in group.lines)
    if kind == "item":
        in_running_text = abs(line.left - left) < 2 and not FINAL.search(last.text)
        return in_running_text and group.kind == "paragraph" and not style.breaks_early(last, line)
    closed = bool(CLOSED.search(last.text))
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
    if FINAL.search(last.text):
        return False
    elsewhere = first.page != last.page or first.depth < last.depth
    near = first.depth - last.depth < 2.2 * style.leading(first.size)
    if first.text[0].islower() and last.font == first.font:
        return elsewhere or near
    return (
        elsewhere
        and (first.text[0].isalnum() or first.text[0] in '(“‘"')
        and not style.breaks_early(last, first)
        and last.bold == first.bold
    )


def _finished(groups: Sequence[_Group], words: Mapping[str, int]) -> Iterator[RawBlock]:
    groups = _numbers_joined(groups)
    level_of = iter(levels([(group.lines, group.level) for group in groups if group.kind == "heading"]))
    indents: list[float] = []
    for group in groups:
        level = 0
        if group.kind == "heading":
            level = next(level_of)
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
    if parts and group.kind == "item":
        parts[0] = Part(_with_plain_bullet(parts[0].text), parts[0].page)
    return tuple(parts)


def _with_plain_bullet(text: str) -> str:
    """Whatever stands for a bullet, in whatever font, becomes one."""
    bullet = text.startswith("o ") or not (text[0].isalnum() or text[0] == "(")
    return f"•{text[1:]}" if bullet else text
