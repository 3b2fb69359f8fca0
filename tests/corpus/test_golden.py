"""What six kinds of rendering of one text are read as; an upgrade of a parser that changes it shows here.

KENNISBANK_GOLDEN=1 pytest tests/corpus/test_golden.py     writes them anew, to be looked at before they are kept
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import render_voorbeeld
from render_source import read as read_source

from corpus.raw import Candidate
from corpus.reading import read
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

GOLDEN = Path(__file__).parent / "golden"
LOOKS = {
    "rapport-breed": "pdf",
    "rapport-kolommen": "pdf",
    "rapport-getagd": "pdf",
    "brief": "pdf",
    "document": "docx",
    "nieuws": "html",
}


def described(data: bytes, name: str) -> str:
    """One line per block: page, kind, level and text."""
    document = read(Candidate(data, name, Limits()), DocumentId("abc")).document
    assert document is not None
    lines = []
    for block in document.blocks:
        page = document.page_at(block.span.start)
        text = block.span.of(document.text).replace("\n", " / ").replace("\t", " | ")
        lines.append(f"{page.number if page else '-'} {block.kind} {block.level} {text}")
    known = document.metadata
    head = f"{known.title} | {known.subtitle} | {known.kind} | {known.dates.best} | {'; '.join(known.publishers)}"
    return "\n".join([head, *lines]) + "\n"


@pytest.mark.parametrize(("look", "ending"), LOOKS.items())
def test_a_text_is_read_as_it_was(look: str, ending: str, tmp_path: Path) -> None:
    source = (GOLDEN / "bron.md").read_text(encoding="utf-8").format(look=look, ending=ending)
    path = tmp_path / "proef.md"
    path.write_text(source, encoding="utf-8")
    found = described(render_voorbeeld.render(read_source(path)), f"proef.{ending}")
    kept = GOLDEN / f"{look}.txt"
    if os.environ.get("KENNISBANK_GOLDEN"):
        kept.write_text(found, encoding="utf-8")
    assert found == kept.read_text(encoding="utf-8")
