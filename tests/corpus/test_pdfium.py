"""The second reader: asked only for what pypdf refuses, and its help is told."""

from __future__ import annotations

import io
import sys

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus import pdf, pdfium
from corpus.raw import Candidate
from corpus.reading import read
from kennisbank.errors import Rejected
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

TEXTS = ("1 Inleiding", "De inspectie zag dat de overdracht van informatie niet volledig was.")


def two_pages() -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for page in range(2):
        canvas.setFont("Helvetica", 18)
        canvas.drawString(72, 760, TEXTS[0] if page == 0 else "2 Vervolg")
        canvas.setFont("Helvetica", 10)
        canvas.drawString(72, 700, TEXTS[1])
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Candidate) -> None:
        raise Rejected("corrupt", "niet te openen")

    monkeypatch.setattr(pdf, "_open", refuse)


@pytest.mark.usefixtures("refused")
def test_what_pypdf_refuses_is_read_and_said_to_be_damaged() -> None:
    found = read(Candidate(two_pages(), "rapport.pdf", Limits()), DocumentId("abc"))
    assert found.status == "indexed_partial"
    assert found.reason == "beschadigd, met een tweede lezer (pdfium) gelezen; niet te openen"
    assert found.document is not None
    kinds = [(block.kind, block.span.of(found.document.text)) for block in found.document.blocks]
    assert kinds == [("heading", TEXTS[0]), ("paragraph", TEXTS[1]), ("heading", "2 Vervolg"), ("paragraph", TEXTS[1])]
    assert [page.number for page in found.document.pages] == [1, 2]


@pytest.mark.usefixtures("refused")
def test_without_the_extra_the_refusal_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    with pytest.raises(Rejected, match="niet te openen"):
        pdf.read_pdf(Candidate(two_pages(), "rapport.pdf", Limits()))


@pytest.mark.usefixtures("refused")
def test_a_file_that_neither_reads_is_corrupt() -> None:
    with pytest.raises(Rejected, match="niet te openen"):
        pdf.read_pdf(Candidate(b"%PDF-1.7 stuk", "rapport.pdf", Limits()))


@pytest.mark.usefixtures("refused")
@pytest.mark.parametrize("limits", [Limits(pages=1), Limits(characters=50)])
def test_limits_hold_for_the_second_reader(limits: Limits) -> None:
    with pytest.raises(Rejected) as caught:
        pdf.read_pdf(Candidate(two_pages(), "rapport.pdf", limits))
    assert caught.value.status == "limit_exceeded"


def test_what_was_too_large_or_locked_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(pdfium, "page_lines", lambda candidate: asked.append(candidate.name))
    for status in ("limit_exceeded", "encrypted"):

        def refuse(_: Candidate, status: str = status) -> None:
            raise Rejected(status, "te groot")

        monkeypatch.setattr(pdf, "_open", refuse)
        with pytest.raises(Rejected):
            pdf.read_pdf(Candidate(two_pages(), "rapport.pdf", Limits()))
    assert asked == []
