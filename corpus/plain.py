"""Plain text and Markdown to blocks, with headings found against the text's own contents list."""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import groupby
from typing import Final

from corpus.raw import Candidate, Hint, Part, RawBlock, RawDocument
from kennisbank import dutch
from kennisbank.model import BlockKind

MAX_HEADING = 160
"""Characters of a line that may still be a heading."""
MIN_ENTRIES = 3
"""Lines with a page number that together make a contents list."""
SAME_HEADING = 0.95
"""Likeness at which a line is the heading its contents list announces (``organisatie`` and ``organisaties``)."""
REACH = 400
"""Characters within which a parenthesis left open is closed again."""

MARKER = re.compile(r"(?:[-*+•▪●◦‣–]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[ivx]{1,5}[.)])(?=\s+\S)")
"""What a list item begins with when someone typed it."""
_BULLETS: Final = "-*+•▪●◦‣–"
_NUMBER = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})(\.?)\s+(?=\S)")
_PART = re.compile(r"(?:hoofdstuk|bijlage|deel|annex)\s+(?:\d{1,2}|[IVX]{1,5}|[A-Z])\b", re.IGNORECASE)
_TOP_LEVEL = re.compile(
    r"(?:voorwoord|inleiding|samenvatting|conclusies?|aanbevelingen|nawoord|bijlagen?|colofon|literatuur|bronnen|afkortingen)\b",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r"(?:inhoud|inhoudsopgave|table of contents|contents)\W*", re.IGNORECASE)
_PAGE_NUMBER = re.compile(r"(?:\d{1,4}|[ivxl]{1,7})$")
_ATX = re.compile(r"(#{1,6})\s+(.*)")
_FRONT = re.compile(r"([A-Za-z_]{1,40}):\s*(.*)")
_QUOTE = re.compile(r"^(?:>\s?)+")
_RULE = re.compile(r"(?:[-*_=]\s*){3,}")
_TABLE_RULE = re.compile(r"\|?[\s:|-]*-[\s:|-]*")
_IMAGE = re.compile(r"!\[[^\[\]]{0,500}\]\([^()]{0,2000}\)")
_LINK = re.compile(
    r"\[((?:[^\[\]\\]|\\.){0,1000})\]\([^()\s]{0,2000}(?:\([^()\s]{0,500}\)[^()\s]{0,500})?(?:\s+\"[^\"]{0,500}\")?\)"
)
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]{1,2000})>")
_EMPHASIS = re.compile(r"(?<![\w*\\])(\*{1,3})(?=[^\s*])([^*]{1,2000})(?<=\S)\1(?!\w)")
_UNDERLINED = re.compile(r"(?<![\w\\])(_{1,3})(?=[^\s_])([^_]{1,2000})(?<=\S)\1(?!\w)")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!<>|-])")
_NOTE_MARK = re.compile(r"\[\^\w{1,20}\](?!:)")
_SUPERSCRIPTS: Final = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_SUPERSCRIPT_MARK = re.compile(
    rf"(?:(?<=[^\W\d_])(?<!\bm)(?<!\b[kcdm]m)|(?<=[.,;:!?)\]'\"’”»%…])|(?<=\d{{4}}))[{_SUPERSCRIPTS}]+"
)
_NOTE = re.compile(rf"([{_SUPERSCRIPTS}]{{1,3}})\s*(?=\S)|\[\^(\w{{1,20}})\]:\s*")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\u00ad\u200b\u200e\u200f\u2060\ufeff\ufffe\ud800-\udfff]")
_FINAL = re.compile(r"[.!?:;…][\"'”’)\]»]*$")
_FRONT_HINTS = {
    "title": "title",
    "titel": "title",
    "subtitle": "subtitle",
    "ondertitel": "subtitle",
    "kind": "kind",
    "soort": "kind",
    "date": "date",
    "datum": "date",
    "publisher": "publisher",
    "publishers": "publisher",
    "uitgever": "publisher",
    "language": "language",
    "taal": "language",
    "url": "url",
}


def squeezed(text: str) -> str:
    """Return the text as blocks hold it: composed characters, single spaces, nothing invisible."""
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text)).split())


def decoded(data: bytes) -> str:
    """Decode by byte order mark, else UTF-8, else Windows-1252; line ends become ``\\n``."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("windows-1252", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_plain(candidate: Candidate) -> RawDocument:
    """Read text or Markdown; form feeds are page breaks when there are any."""
    text = decoded(candidate.data)
    front, text = _front_matter(text)
    lines = _lines(text)
    markdown = (
        candidate.name.lower().endswith((".md", ".markdown"))
        or bool(front)
        or any(_ATX.match(line.text) for line in lines)
    )
    if markdown:
        lines = [replace(line, text=_QUOTE.sub("", line.text)) for line in lines]
    contents, lines = _contents_list(lines)
    blocks = _joined(_Reader(contents, markdown, candidate.progress).blocks(_paragraphs(lines)))
    pages = lines[-1].page if lines and lines[-1].page else 0
    return RawDocument(blocks=tuple(blocks), page_labels=(None,) * pages, hints=_front_hints(front))


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    page: int | None
    indent: int = 0


def _lines(text: str) -> list[_Line]:
    pages = text.rstrip("\f\n ").split("\f")
    lines = []
    for number, page in enumerate(pages, start=1):
        for line in page.split("\n"):
            plain = line.expandtabs(4)
            indent = len(plain) - len(plain.lstrip())
            lines.append(_Line(line.strip(), number if len(pages) > 1 else None, indent))
    return lines


def _paragraphs(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Group lines at blank ones."""
    return [list(group) for filled, group in groupby(lines, key=lambda line: bool(squeezed(line.text))) if filled]


def _front_matter(text: str) -> tuple[Mapping[str, str], str]:
    """Split the ``key: value`` lines between two ``---`` off the start."""
    if not text.startswith("---\n"):
        return {}, text
    head, end, _ = text[4:20_000].partition("\n---\n")
    values: dict[str, str] = {}
    key = ""
    for line in head.split("\n"):
        match = _FRONT.match(line)
        if match:
            key = match[1].lower()
            values[key] = match[2].strip().strip("\"'")
        elif key and line.lstrip().startswith("- "):  # a list below its key
            values[key] = " | ".join(filter(None, (values[key], line.strip("- \"'"))))
        elif line.strip() and not line.startswith(("#", " ")):
            return {}, text
    return (values, text[4 + len(head) + len(end) :]) if end else ({}, text)


def _front_hints(front: Mapping[str, str]) -> dict[str, Hint]:
    return {_FRONT_HINTS[key]: Hint(value, "tekst") for key, value in front.items() if key in _FRONT_HINTS and value}


def _contents_list(lines: Sequence[_Line]) -> tuple[Mapping[str, int], list[_Line]]:
    """Return the headings that the text's own contents list announces, with their levels, and the lines without it."""
    entries = [(at, title) for at, line in enumerate(lines) if (title := _entry(line.text))]
    runs: list[list[tuple[int, str]]] = []
    for at, title in entries:
        near = runs and not any(line.text for line in lines[runs[-1][-1][0] + 1 : at])
        if near:
            runs[-1].append((at, title))
        else:
            runs.append([(at, title)])
    kept = next((run for run in runs if len(run) >= MIN_ENTRIES), None)
    if kept is None:
        return {}, list(lines)
    drop = {at for at, _ in kept} | {
        at for at in range(max(0, kept[0][0] - 4), kept[0][0]) if _CONTENTS.fullmatch(lines[at].text)
    }
    levels: dict[str, int] = {}
    level = 0
    for _, title in kept:
        number = _NUMBER.match(title)
        level = number[1].count(".") + 1 if number else level
        outside = _TOP_LEVEL.match(title) or _PART.match(title)
        levels.setdefault(_key(title), level if number else 1 if outside else min(level + 1, 6))
    return levels, [line for at, line in enumerate(lines) if at not in drop]


def _entry(line: str) -> str | None:
    """Return the heading of a line of a contents list: ``Heading<TAB>4``, ``Heading ..... 4``."""
    page = _PAGE_NUMBER.search(line)
    if page is None or len(line) > 2 * MAX_HEADING:
        return None
    before = line[: page.start()]
    title = before.rstrip(" \t.…·_")
    filler = before[len(title) :]
    leads = "\t" in filler or "…" in filler or filler.count(".") >= 3 or filler.count(" ") >= 3
    return squeezed(title) if leads and any(char.isalpha() for char in title) else None


def _key(heading: str) -> str:
    return squeezed(heading).casefold()


class _Reader:
    """Turns groups of lines into blocks; knows the headings announced and whether marks are Markdown's."""

    def __init__(self, contents: Mapping[str, int], markdown: bool, progress: Callable[[], None]) -> None:
        self._contents = contents
        self._markdown = markdown
        self._progress = progress

    def blocks(self, groups: Sequence[list[_Line]]) -> Iterator[RawBlock]:
        for at, group in enumerate(groups):
            self._progress()
            heading = self._lone_heading(groups, at)
            if heading:
                yield heading
            elif self._is_table(group):
                yield self._table(group)
            else:
                yield from self._running(group)

    def _lone_heading(self, groups: Sequence[list[_Line]], at: int) -> RawBlock | None:
        """Take a line alone between blank lines for a heading when it is announced or numbered."""
        group = groups[at]
        if len(group) == 2 and self._markdown and re.fullmatch(r"={3,}|-{3,}", group[1].text):
            return self._heading(group[0], 1 if group[1].text[0] == "=" else 2)
        line = group[0].text
        if len(group) > 1 or len(line) > MAX_HEADING or _FINAL.search(line):
            return None
        level = self._announced(line)
        if level is None:
            level = _numbered_level(
                line, [other[0].text for other in (*groups[max(0, at - 1) : at], *groups[at + 1 : at + 2])]
            )
        return self._heading(group[0], level) if level else None

    def _announced(self, line: str) -> int | None:
        key = _key(self._inline(line))
        if key in self._contents:
            return self._contents[key]
        for title, level in self._contents.items():
            close = abs(len(title) - len(key)) <= 2 and title[:8] == key[:8]
            if close and SequenceMatcher(None, title, key, autojunk=False).ratio() >= SAME_HEADING:
                return level
        return None

    def _heading(self, line: _Line, level: int) -> RawBlock:
        return RawBlock("heading", (Part(self._inline(line.text), line.page),), level)

    def _running(self, group: Sequence[_Line]) -> Iterator[RawBlock]:
        """Split lines that stand together at headings, list markers and notes; the rest is one paragraph."""
        open_lines: list[_Line] = []
        opened: tuple[BlockKind, int] = ("paragraph", 0)
        indents: list[int] = []
        for line in group:
            atx = _ATX.match(line.text) if self._markdown else None
            announced = self._contents.get(_key(line.text))
            if atx or announced:
                yield from self._closed(opened, open_lines)
                title = replace(line, text=atx[2].rstrip("# ")) if atx else line
                yield self._heading(title, len(atx[1]) if atx else announced or 1)
                opened, open_lines = ("paragraph", 0), []
            elif _NOTE.match(line.text):
                yield from self._closed(opened, open_lines)
                opened, open_lines = ("note", 0), [line]
            elif MARKER.match(line.text):
                yield from self._closed(opened, open_lines)
                while indents and indents[-1] >= line.indent:
                    indents.pop()
                indents.append(line.indent)
                opened, open_lines = ("item", len(indents) - 1), [line]
            elif not _RULE.fullmatch(line.text):
                open_lines.append(line)
        yield from self._closed(opened, open_lines)

    def _closed(self, opened: tuple[BlockKind, int], lines: Sequence[_Line]) -> Iterator[RawBlock]:
        kind, level = opened
        mark = _NOTE.match(lines[0].text) if lines and kind == "note" else None
        parts: list[Part] = []
        for page, of_page in groupby(lines, key=lambda line: line.page):
            text = "\n".join(line.text for line in of_page)
            text = self._inline(text[mark.end() :] if mark and not parts else text)
            if text:
                parts.append(Part(text, page))
        if parts and kind == "item" and parts[0].text[0] in _BULLETS:
            parts[0] = replace(parts[0], text="•" + parts[0].text[1:])
        if parts and mark:
            number = mark[2] or "".join(str(_SUPERSCRIPTS.index(char)) for char in mark[1])
            parts[0] = replace(parts[0], text=f"{number} {parts[0].text}")
        if parts:
            yield RawBlock(kind, tuple(parts), level)

    def _is_table(self, group: Sequence[_Line]) -> bool:
        if len(group) < 2:
            return False
        if self._markdown and "|" in group[0].text and _TABLE_RULE.fullmatch(group[1].text):
            return True
        return all("\t" in line.text and not MARKER.match(line.text) for line in group)

    def _table(self, group: Sequence[_Line]) -> RawBlock:
        mark = "\t" if "\t" in group[0].text else "|"
        rows = [
            "\t".join(self._inline(cell) for cell in line.text.strip(mark).split(mark))
            for line in group
            if not (mark == "|" and _TABLE_RULE.fullmatch(line.text))
        ]
        return RawBlock("table", (Part("\n".join(rows), group[0].page),))

    def _inline(self, text: str) -> str:
        """Return what a reader sees: links without target, no marks of emphasis, no note marks."""
        text = _EMPHASIS.sub(r"\2", _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text))))
        if self._markdown:
            text = _UNDERLINED.sub(r"\2", text).replace("`", "")
        return squeezed(_SUPERSCRIPT_MARK.sub("", _NOTE_MARK.sub("", _ESCAPED.sub(r"\1", text))))


def _numbered_level(line: str, neighbours: Sequence[str]) -> int | None:
    """Level of a lone line that is numbered as a heading; ``1. Text`` only when it is not one of a list."""
    if _PART.match(line):
        return 1
    number = _NUMBER.match(line)
    if number is None or not line[number.end()].isupper():
        return None
    depth = number[1].count(".") + 1
    if number[2] and depth == 1 and any(MARKER.match(other) for other in neighbours):
        return None
    return depth


def _joined(blocks: Iterable[RawBlock]) -> list[RawBlock]:
    """Mend paragraphs that a page end or a note cut in two."""
    done: list[RawBlock] = []
    for block in blocks:
        at = next((at for at in range(len(done) - 1, -1, -1) if done[at].kind != "note"), None)
        if block.kind == "paragraph" and at is not None and _runs_on(done[at], block):
            before = done[at].parts
            if before[-1].page == block.parts[0].page:
                joint = Part(f"{before[-1].text} {block.parts[0].text}", before[-1].page)
                parts = (*before[:-1], joint, *block.parts[1:])
            else:
                parts = (*before, *block.parts)
            done[at] = replace(done[at], parts=parts)
        else:
            done.append(block)
    return done


def _runs_on(block: RawBlock, following: RawBlock) -> bool:
    """Tell whether a sentence of `block` goes on in `following`."""
    if block.kind not in ("paragraph", "item"):
        return False
    end, start = block.parts[-1].text[-REACH:], following.parts[0].text[:REACH]
    if end.rfind("(") > end.rfind(")") and 0 <= start.find(")") < (start.find("(") % (REACH + 1)):
        return True
    if _FINAL.search(end):
        return False
    return start[0].islower() or dutch.is_function_word(end.rsplit(" ", 1)[-1].casefold())
