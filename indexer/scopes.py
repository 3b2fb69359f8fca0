"""Where in a document recommendations may stand: by the headings above a block, and who they are addressed to.

A chapter ``Aanbevelingen`` is *strong*: its items are recommendations. ``Conclusies en aanbevelingen`` is *mixed*: only
what is worded as a demand counts. A heading about earlier recommendations closes what lies under it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from indexer.cues import ADDRESSED, BEHIND, EARLIER, LABEL, OTHER_PART, RECOMMENDING, SHARED_CHAPTER
from kennisbank import dutch
from kennisbank.model import Block, Document, Section, Span

Reach = Literal["none", "mixed", "strong"]
_NUMBER = re.compile(r"^(?:(?:hoofdstuk|bijlage|deel)\s+)?(?:\d[\d.]*|[ivxlc]+[.:)]|[A-Za-z][.:)])\s+", re.IGNORECASE)
MAX_LINE = 14
"""Words of a line that names an addressee."""
LINE_LEVEL = 7
"""Below all headings."""
DEMAND_WORDS = 5
"""Words that a heading needs behind its label to be a recommendation by itself."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What the headings above a block say."""

    reach: Reach = "none"
    kind: str = "aanbeveling"
    addressed: Span | None = None
    """The heading or line that names the addressee."""
    path: tuple[str, ...] = ()
    closed: bool = False
    """Under a heading about earlier recommendations."""
    label: str | None = None
    """Under a heading ``Aanbeveling 3`` of its own: the number, or nothing when it has none."""
    label_at: int = -1
    """Where that heading begins: it holds for one block."""

    @property
    def is_open(self) -> bool:
        """Tell whether a recommendation may follow, so that a line above it can name the addressee."""
        return self.reach != "none" or self.label is not None


@dataclass(frozen=True, slots=True)
class _Level:
    level: int
    scope: Scope


def scopes(document: Document, is_name: Callable[[Span], bool]) -> Iterator[tuple[Block, Scope]]:
    """Yield the blocks in order, each with its scope; of the headings only those that hold a whole recommendation.

    `is_name` tells whether a short line is nothing but the name of an organisation or office.
    """
    stack: list[_Level] = [_Level(0, Scope())]
    for block in document.blocks:
        text = block.span.of(document.text).strip()
        line = _Line(block, text, len(text.split()) <= MAX_LINE and is_name(block.span))
        if block is document.blocks[0] and text and dutch.fold(document.metadata.title).startswith(dutch.fold(text)):
            continue  # the title is no heading: one that speaks of recommendations must not claim the whole document
        if block.kind == "heading" or (block.kind == "paragraph" and _stands_above(line, stack[-1].scope)):
            _enter(stack, line)
            if not _is_labelled_demand(text):
                continue
        yield block, stack[-1].scope


@dataclass(frozen=True, slots=True)
class _Line:
    """A heading, or a paragraph that does the work of one."""

    block: Block
    text: str
    is_name: bool

    @property
    def level(self) -> int:
        return self.block.level or LINE_LEVEL

    @property
    def bare(self) -> str:
        return _NUMBER.sub("", self.text).strip()

    @property
    def addresses(self) -> bool:
        """Tell whether it names to whom the next ones speak."""
        short = len(self.text.split()) <= MAX_LINE
        return short and (bool(ADDRESSED.match(self.bare)) or self.is_name)


def _is_labelled_demand(text: str) -> bool:
    """Tell whether a heading like ``Aanbeveling 3: Zorg dat ...`` is a recommendation by itself."""
    label = LABEL.match(text)
    return bool(label and label["number"]) and len(text[label.end() :].split()) >= DEMAND_WORDS  # type: ignore[union-attr]


def _stands_above(line: _Line, scope: Scope) -> bool:
    """Tell whether a paragraph is only a line: ``Aan de politie:``, ``Aanbevelingen``."""
    if line.text.endswith((".", ";", ",")) or (BEHIND.match(line.text) and not line.text.endswith(":")):
        return False
    if LABEL.fullmatch(line.bare):
        return True
    if re.fullmatch(r"(?:\w+ )?aanbevelingen:?", line.bare, re.IGNORECASE):
        return True
    return scope.is_open and line.addresses


def _enter(stack: list[_Level], line: _Line) -> None:
    """Go under a heading. One that names an addressee stays in scope, also where it is as large as the chapter's."""
    before = stack[-1].scope
    while len(stack) > 1 and stack[-1].level >= line.level:
        stack.pop()
    outer = stack[-1].scope
    label = LABEL.match(line.bare)
    if label and (label["number"] or label.end() == len(line.bare)):
        inherited = before if before.reach != "none" and not before.closed else outer
        start = line.block.span.start
        scope = replace(inherited, label=label["number"] or "", label_at=start, closed=outer.closed)
    elif line.addresses and before.is_open and not RECOMMENDING.search(line.bare):
        scope = replace(before, addressed=line.block.span)
    elif RECOMMENDING.search(line.bare):
        scope = _recommending(outer, line.bare, line.block.span if line.addresses else None)
    elif outer.reach != "none" and OTHER_PART.match(line.bare):
        scope = Scope(closed=outer.closed)
    else:
        scope = replace(outer, addressed=None, label=None)
    stack.append(_Level(line.level, replace(scope, path=_path(outer, line))))


def _path(outer: Scope, line: _Line) -> tuple[str, ...]:
    return (*outer.path, line.text)


def _recommending(outer: Scope, bare: str, addressed: Span | None) -> Scope:
    if EARLIER.search(bare) or outer.closed:
        return Scope(closed=True)
    kind = "aanbeveling"
    if re.search(r"verbeterpunten", bare, re.IGNORECASE):
        kind = "verbeterpunt"
    elif re.search(r"ontwikkelopgaven|aandachtspunten", bare, re.IGNORECASE):
        kind = "aandachtspunt"
    if re.search("aanbeveling", bare, re.IGNORECASE):
        kind = "aanbeveling"
    return Scope("mixed" if SHARED_CHAPTER.search(bare) else "strong", kind, addressed)


def heading_above(document: Document) -> Callable[[int], str]:
    """Return a function that gives the headings above a place, outermost first, as one line; empty where none is."""
    starts = [section.heading.start for section in document.sections]
    paths: list[str] = []
    open_sections: list[tuple[Section, str]] = []
    for section in document.sections:
        while open_sections and open_sections[-1][0].span.end <= section.heading.start:
            open_sections.pop()
        open_sections.append((section, document.title_of(section)))
        paths.append(" / ".join(title for _, title in open_sections))

    def above(offset: int) -> str:
        index = bisect_right(starts, offset) - 1
        return paths[index] if index >= 0 else ""

    return above
