"""Render a source as a tagged PDF, the way word processors make them: a reader is told what a heading, a list or a
table is. `render_typst.typ` says what it looks like; here the source is put in the form that it reads.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path
from typing import Any

import typst
from render_source import FICTION, FICTION_STATEMENT, Block, Box, Heading, Item, Source, Table, dutch_date, runs

LOOK = "rapport-getagd"
_LINE, _CELL_MARGIN = 82, 3
"""Width of a table and of the white in a cell, in letters."""
_TEMPLATE = Path(__file__).with_suffix(".typ")


def render(source: Source) -> bytes:
    """Return the document as a tagged PDF file."""
    year, month, day = map(int, source.date.split("-"))
    content = {
        "title": source.title,
        "subtitle": source.subtitle,
        "publishers": source.publishers,
        "date": dutch_date(source.date),
        "day": {"year": year, "month": month, "day": day},
        "fiction": FICTION,
        "statement": FICTION_STATEMENT,
        "notes": {number: _runs(text) for number, text in source.notes.items()},
        "blocks": list(_blocks(source.blocks)),
    }
    inputs = {"source": json.dumps(content)}
    # the fonts that come with Typst are the same everywhere, as is its compression; those of the system are not
    return typst.compile(_TEMPLATE, sys_inputs=inputs, ignore_system_fonts=True, format="pdf")


def _blocks(blocks: Iterable[Block]) -> Iterator[dict[str, Any]]:
    """Yield the blocks with the items of one list taken together."""
    for numbered, group in groupby(blocks, key=lambda block: block.numbered if isinstance(block, Item) else None):
        match numbered:
            case True:
                yield {"kind": "enumeration", "items": [[int(i.marker.rstrip(".")), _runs(i.text)] for i in group]}
            case False:
                yield {"kind": "list", "items": [_runs(item.text) for item in group]}
            case _:
                yield from map(_block, group)


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Heading(level, text):
            return {"kind": "heading", "level": level, "text": text}
        case Table(rows):
            return {"kind": "table", "widths": _widths(rows), "rows": [[_runs(cell) for cell in row] for row in rows]}
        case Box(paragraphs):
            return {"kind": "box", "paragraphs": [_runs(text) for text in paragraphs]}
        case _:
            return {"kind": "paragraph", "runs": _runs(block.text)}


def _widths(rows: Sequence[Sequence[str]]) -> list[float]:
    """Return what part of a table each column gets: room for its longest word, and of what is left by its length."""
    columns = list(zip(*rows, strict=True))
    longest = [max(map(len, " ".join(column).split()), default=0) + _CELL_MARGIN for column in columns]
    lengths = [sum(map(len, column)) for column in columns]
    left = max(0, _LINE - sum(longest))
    return [word + left * length / sum(lengths) for word, length in zip(longest, lengths, strict=True)]


def _runs(text: str) -> list[dict[str, str]]:
    return [asdict(run) for run in runs(text)]
