"""Whatever is done to a valid file, reading it gives a status of the closed list, and spans that hold."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.raw import Candidate
from corpus.reading import Outcome, read
from kennisbank.model import STATUSES, Document, DocumentId
from kennisbank.settings import Limits

LINE = "De inspectie zag dat de overdracht van informatie niet volledig was."
XML = (
    "<officiele-publicatie><kamerstuk><stuk><titel>Brief</titel><tekst><tussenkop>Kop</tussenkop>"
    f"<al>{LINE}</al><lijst><li><li.nr>1.</li.nr><al>punt</al></li></lijst></tekst></stuk></kamerstuk>"
    "</officiele-publicatie>"
)


def a_pdf() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=0)
    for page in range(3):
        canvas.setFont("Helvetica-Bold", 16)
        canvas.drawString(72, 760, f"{page + 1} Hoofdstuk")
        canvas.setFont("Helvetica", 10)
        for line in range(5):
            canvas.drawString(72, 700 - 14 * line, LINE)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def a_docx() -> bytes:
    document = docx.Document()
    document.add_heading("Rapport", 0)
    document.add_paragraph(LINE)
    document.add_paragraph("punt", style="List Bullet")
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


WHOLE = {
    "rapport.pdf": a_pdf(),
    "rapport.docx": a_docx(),
    "rapport.html": f"<html><body><main><h1>Kop</h1><p>{LINE}</p><ul><li>punt</li></ul></main></body></html>".encode(),
    "stuk.xml": XML.encode(),
    "rapport.md": f"# Kop\n\n{LINE}[^1]\n\n- punt\n\n| a | b |\n\n[^1]: noot\n".encode(),
}


def outcome(data: bytes, name: str) -> Outcome:
    return read(Candidate(data, name, Limits()), DocumentId("abc"))


def holds(document: Document) -> None:
    length = len(document.text)
    spans = [span for page in document.pages for span in page.spans]
    spans += [block.span for block in document.blocks]
    spans += [span for section in document.sections for span in (section.heading, section.span)]
    spans += [passage.span for passage in document.passages]
    assert all(0 <= span.start <= span.end <= length for span in spans)
    assert all(span.of(document.text) == document.text[span.start : span.end] for span in spans)
    assert all(passage.span.of(document.text).strip() for passage in document.passages)


@pytest.mark.parametrize("name", WHOLE)
def test_the_valid_file_is_read(name: str) -> None:
    found = outcome(WHOLE[name], name)
    assert found.status == "indexed", found.reason
    assert found.document is not None
    assert LINE in found.document.text
    holds(found.document)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data(), name=st.sampled_from(sorted(WHOLE)))
def test_flipped_bytes_give_a_status_never_an_exception(data: st.DataObject, name: str) -> None:
    damaged = bytearray(WHOLE[name])
    places = st.integers(0, len(damaged) - 1)
    for place, value in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=12)):
        damaged[place] = value
    cut = data.draw(st.one_of(st.none(), places))
    found = outcome(bytes(damaged[:cut] if cut is not None else damaged), name)
    assert found.status in STATUSES
    assert found.document is not None or found.reason
    if found.document is not None:
        holds(found.document)


def test_every_span_of_the_sample_corpus_holds() -> None:
    folder = Path(__file__).parents[2] / "corpus" / "voorbeeld" / "documenten"
    paths = sorted(folder.iterdir())
    assert len(paths) >= 40
    for path in paths:
        found = outcome(path.read_bytes(), path.name)
        assert found.document is not None, path.name
        holds(found.document)
