"""Recognised text takes the place of pictures, is marked as such, and is made once."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus import ocr
from corpus.raw import Candidate, Part, RawBlock
from corpus.reading import read
from kennisbank import recognised
from kennisbank.errors import UsageError
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

LINE = "De inspectie zag dat de overdracht van informatie niet volledig was."


def with_tesseract() -> None:
    try:
        ocr.check_tools()
    except UsageError as error:
        pytest.skip(f"OCR not verified: {error}")


def scan(*pages: str) -> bytes:
    """A PDF of pictures of pages, one line on each."""
    stream, typed = io.BytesIO(), io.BytesIO()
    canvas = Canvas(typed, pagesize=A4, invariant=1)
    for text in pages:
        canvas.setFont("Helvetica", 14)
        canvas.drawString(60, 700, text)
        canvas.showPage()
    canvas.save()
    pictures = Canvas(stream, pagesize=A4, invariant=1)
    for page in pypdfium2.PdfDocument(typed.getvalue()):
        drawn: Image.Image = page.render(scale=150 / 72, grayscale=True).to_pil()
        pictures.drawImage(ImageReader(drawn), 0, 0, *A4)
        pictures.showPage()
    pictures.save()
    return stream.getvalue()


def candidate(**pages: str) -> Candidate:
    texts = {int(number.removeprefix("p")): text for number, text in pages.items()}
    return Candidate(scan("", "", ""), "scan.pdf", Limits(), recognised=texts)


def test_recognised_pages_are_text_with_their_page_and_are_marked() -> None:
    found = read(
        candidate(p1=f"Den Haag\n\n{LINE}", p2=f"Tweede alinea over infor-\nmatie. {LINE}", p3=LINE), DocumentId("a")
    )
    assert found.status == "indexed"
    assert found.reason.startswith("tekst van pagina 1-3 is herkend op een afbeelding (OCR)")
    assert found.document is not None
    assert found.document.warnings == (found.reason,)
    assert "over informatie." in found.document.text
    assert {(passage.page, passage.ocr) for passage in found.document.passages} <= {(1, True), (2, True), (3, True)}


def test_pages_that_were_not_recognised_yet_are_still_told() -> None:
    found = read(candidate(p1=LINE * 2), DocumentId("a"))
    assert found.status == "no_text"
    assert "(OCR) nodig" in found.reason


def test_recognised_pages_stand_between_the_others() -> None:
    typed = [RawBlock("paragraph", (Part("eerste", 1),)), RawBlock("paragraph", (Part("derde", 3),))]
    filled = ocr.filled(typed, {2: "tweede\n\n. ,\n\nen meer", 4: "vierde"})
    assert [(block.text, block.parts[0].page) for block in filled] == [
        ("eerste", 1),
        ("tweede", 2),
        ("en meer", 2),
        ("derde", 3),
        ("vierde", 4),
    ]


def test_what_was_recognised_survives_a_line_cut_short(tmp_path: Path) -> None:
    path = recognised.path_of(tmp_path, "ab12")
    recognised.append(path, 1, "eerste\nregel")
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"pagina": 2, "te')
    assert recognised.read(path) == {1: "eerste\nregel"}
    assert recognised.digest(recognised.read(path)) != recognised.digest({})
    assert recognised.read(tmp_path / "weg") == {}


def test_without_tesseract_the_command_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(UsageError, match="installeer tesseract-ocr en tesseract-ocr-nld"):
        ocr.check_tools()


def test_the_command_makes_scans_searchable_once(tmp_path: Path, kennisbank_command: Sequence[str]) -> None:
    with_tesseract()
    folder, data = tmp_path / "scans", str(tmp_path / "verzameling")
    folder.mkdir()
    (folder / "scan.pdf").write_bytes(scan(LINE, "Er ontbreekt een vast aanspreekpunt voor slachtoffers."))
    (folder / "tekst.txt").write_text(LINE, encoding="utf-8")

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [*kennisbank_command, *arguments, "--data", data]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert run("index", str(folder)).returncode == 1  # the scan is listed as not searchable
    first = run("ocr", "--json")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout) == {"documenten": 1, "paginas": 2, "mislukt": []}
    answer = json.loads(run("search", "aanspreekpunt", "--json").stdout)
    assert [(hit["bestand"], hit["passages"][0]["pagina"]) for hit in answer["resultaten"]] == [("scan.pdf", 2)]
    rows = map(json.loads, run("export", "passages").stdout.splitlines())
    assert {(row["bestand"], row["ocr"]) for row in rows} == {("scan.pdf", True), ("tekst.txt", False)}
    assert json.loads(run("ocr", "--json").stdout)["documenten"] == 0
    assert run("index", str(folder)).returncode == 0
    assert run("check").returncode == 0


def test_pages_done_before_are_not_done_again(tmp_path: Path) -> None:
    with_tesseract()
    source, target = tmp_path / "scan.pdf", tmp_path / "scan.jsonl"
    source.write_bytes(scan(LINE, LINE))
    recognised.append(target, 1, "met de hand")
    ocr.main(source, target)
    pages = recognised.read(target)
    assert pages[1] == "met de hand"
    assert "overdracht" in pages[2]
