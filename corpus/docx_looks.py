"""Word files whose author used no styles, or that a program made from print: what the looks of paragraphs tell.

Headings are set larger than the text, bullets are typed, several items share a paragraph, and a page break of the
print cuts a sentence in two paragraphs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.raw import Part, RawBlock
from kennisbank.model import BlockKind

LARGER = 1.12
"""Times the size of the body text from which a paragraph is a heading, as in print."""
MAX_HEADING = 160
"""Characters of a heading; more is text in large letters."""

_BULLET = re.compile(r"\s*(?=•\s)")
_FINAL = re.compile(r"[.!?:;…][\"'”’)\]»]*$")


@dataclass(frozen=True, slots=True)
class Seen:
    """A block and how its paragraph looks."""

    block: RawBlock
    size: float = 0.0
    """Of most of its letters, in points; 0 where the file does not tell."""


def blocks_of(seen: Sequence[Seen]) -> tuple[RawBlock, ...]:
    """Return the blocks of a document; what styles told stands, looks fill in what they did not."""
    parted = [part for entry in seen for part in _parted(entry)]
    if any(entry.block.kind == "heading" for entry in parted):
        return tuple(entry.block for entry in parted)
    return tuple(_joined(_with_headings(parted)))


def _parted(entry: Seen) -> Iterator[Seen]:
    """Split a paragraph in which several bullets were typed."""
    if entry.block.kind not in ("item", "paragraph") or "•" not in entry.block.text:
        yield entry
        return
    for text in _BULLET.split(entry.block.text):
        if text:
            kind: BlockKind = "item" if text.startswith("•") else "paragraph"
            yield replace(entry, block=RawBlock(kind, (Part(text),), entry.block.level))


def _with_headings(seen: Sequence[Seen]) -> list[Seen]:
    sizes: Counter[float] = Counter()
    for entry in seen:
        sizes[entry.size] += len(entry.block.text)
    body = sizes.most_common(1)[0][0] if sizes else 0.0
    large = sorted({entry.size for entry in seen if _is_heading(entry, body)}, reverse=True)
    return [
        replace(entry, block=RawBlock("heading", entry.block.parts, min(large.index(entry.size) + 1, 6)))
        if _is_heading(entry, body)
        else entry
        for entry in seen
    ]


def _is_heading(entry: Seen, body: float) -> bool:
    return (
        entry.block.kind == "paragraph"
        and 0 < LARGER * body < entry.size
        and len(entry.block.text) <= MAX_HEADING
        and any(char.isalpha() for char in entry.block.text)
    )


def _joined(seen: Sequence[Seen]) -> Iterator[RawBlock]:
    """Join a paragraph to the one in letters of the same size whose sentence it goes on with."""
    done: list[Seen] = []
    for entry in seen:
        before = done[-1] if done else None
        if before and _goes_on(before, entry):
            whole = Part(f"{before.block.text} {entry.block.text}")
            done[-1] = replace(before, block=RawBlock(before.block.kind, (whole,), before.block.level))
        else:
            done.append(entry)
    return (entry.block for entry in done)


def _goes_on(before: Seen, entry: Seen) -> bool:
    return (
        0 < before.size == entry.size
        and entry.block.kind == "paragraph"
        and before.block.kind in ("paragraph", "item")
        and entry.block.text[0].islower()
        and not _FINAL.search(before.block.text)
    )
