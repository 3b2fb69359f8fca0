"""Bytes to one outcome: by content, whatever the name; a picture of a text is no text."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Collection

import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.raw import Candidate
from corpus.reading import READERS, Outcome, read
from kennisbank.model import STATUSES, DocumentId
from kennisbank.settings import Limits

LINE = "De inspectie zag dat de overdracht van informatie niet volledig was."


def picture(width: int = 827, height: int = 1169) -> ImageReader:
    """An image; by default A4 at 100 dots per inch, as a scanner makes it."""
    stream = io.BytesIO()
    Image.new("1", (width, height), 1).save(stream, "PNG")
    return ImageReader(io.BytesIO(stream.getvalue()))


def pdf(*pages: str, pictures: bool | Collection[int] = False, lock: str | None = None) -> bytes:
    """A PDF with one line a page (empty: none), over an image that fills the page: all pages or those named."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, encrypt=lock)
    for number, text in enumerate(pages, 1):
        if pictures is True or (pictures and number in pictures):
            canvas.drawImage(picture(), 0, 0, *A4)
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def outcome(data: bytes, name: str = "rapport.pdf", limits: Limits = Limits()) -> Outcome:  # noqa: B008 - frozen
    return read(Candidate(data, name, limits), DocumentId("abc"))


def test_a_text_pdf_is_read() -> None:
    found = outcome(pdf(LINE, LINE))
    assert found.status == "indexed"
    assert found.document is not None
    assert [page.number for page in found.document.pages] == [1, 2]
    assert found.document.text.count("overdracht") == 2


def test_a_short_text_is_a_text() -> None:
    assert outcome(pdf("Kort.")).status == "indexed"
    assert outcome(b"Kort.", "kort.txt").status == "indexed"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (pdf("", "", pictures=True), "scan.pdf"),
        (pdf("stempel", "", "", pictures=True), "scan.pdf"),
        (pdf("", ""), "leeg.pdf"),
        (b" \n\n ", "leeg.txt"),
        (b"<html><body><main></main></body></html>", "leeg.html"),
    ],
)
def test_without_text_nothing_passes_as_read(data: bytes, name: str) -> None:
    found = outcome(data, name)
    assert found.status == "no_text"
    assert found.reason


def test_a_picture_on_the_back_is_no_scan_and_one_in_front_is_told() -> None:
    assert outcome(pdf(*[LINE * 2] * 8, "", pictures=[9])).status == "indexed"
    front = outcome(pdf("Omslag", *[LINE * 2] * 8, pictures=[1]))
    assert (front.status, front.reason.partition(";")[0]) == ("indexed_partial", "geen tekstlaag op pagina 1")


def test_a_page_that_is_a_picture_is_named() -> None:
    found = outcome(pdf(LINE * 2, *[""] * 3, *[LINE * 2] * 4, pictures=[2, 3, 4]))
    assert found.status == "indexed_partial"
    assert found.reason == "geen tekstlaag op pagina 2-4; tekstherkenning (OCR) nodig"
    assert found.document is not None
    assert found.document.warnings == (found.reason,)


def test_a_letter_whose_first_page_is_a_picture_is_not_passed_as_read() -> None:
    found = outcome(pdf("", LINE * 2, LINE * 2, pictures=[1]))
    assert (found.status, found.reason.partition(";")[0]) == ("indexed_partial", "geen tekstlaag op pagina 1")


def test_a_logo_on_a_page_with_few_letters_is_no_scan() -> None:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    for text in (LINE * 2, "Bijlage", LINE * 2):
        canvas.drawImage(picture(300, 200), 72, 750, 60, 40)
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    assert outcome(stream.getvalue()).status == "indexed"


@pytest.mark.parametrize(
    ("lost", "share"),
    [
        ("".join(chr(ord(char) + 3) if char.isalpha() else char for char in LINE.lower()), "(0 % van de woorden"),
        ("3A=B?/2?3@ &=@A0B@ D=::3 =?3A?34A " * 4, "letters zijn verloren"),
    ],
)
def test_letters_that_make_no_words_are_told(lost: str, share: str) -> None:
    found = outcome(f"{lost} {lost} {lost}".encode(), "kapot.txt")
    assert found.status == "indexed_partial"
    assert share in found.reason


def test_a_list_of_names_and_addresses_is_no_damage() -> None:
    text = "Zie https://voorbeeld.invalid/a?b=c&d=e#f en info@voorbeeld.invalid. " * 3
    assert outcome(f"{text}{LINE}".encode(), "adressen.txt").status == "indexed"


def test_too_many_pages() -> None:
    found = outcome(pdf(*[LINE] * 6), limits=Limits(pages=5))
    assert (found.status, found.document) == ("limit_exceeded", None)
    assert "6 pagina's" in found.reason


def test_too_many_characters() -> None:
    assert outcome(LINE.encode() * 100, "lang.txt", Limits(characters=1_000)).status == "limit_exceeded"


def test_a_password_is_asked_for_in_words() -> None:
    assert outcome(pdf(LINE, lock="geheim")).status == "encrypted"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95])
def test_a_truncated_file_is_corrupt_or_partly_read(share: float) -> None:
    data = pdf(*[LINE] * 20)
    found = outcome(data[: int(len(data) * share)])
    assert found.status in ("corrupt", "indexed_partial")
    assert found.reason


def test_a_page_that_unpacks_to_hundreds_of_megabytes_is_over_the_limit() -> None:
    packed = zlib.compress(b"q 1 0 0 1 0 0 cm Q\n" * (200 << 20 >> 4))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(packed), packed),
    ]
    data = b"%PDF-1.4\n"
    places = []
    for number, part in enumerate(parts, start=1):
        places.append(b"%010d 00000 n \n" % len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    data += b"xref\n0 5\n0000000000 65535 f \n%strailer<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        b"".join(places),
        len(data),
    )
    assert outcome(data).status == "limit_exceeded"


def test_a_word_file_that_unpacks_to_hundreds_of_megabytes_is_over_the_limit() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b"<w:p/>" * (20 << 20))
    assert outcome(stream.getvalue(), "bom.docx").status == "limit_exceeded"


def test_every_way_a_reader_fails_is_a_status(monkeypatch: pytest.MonkeyPatch) -> None:
    for error, status in (
        (ValueError("x\ny"), "corrupt"),
        (MemoryError(), "limit_exceeded"),
        (RecursionError(), "limit_exceeded"),
    ):

        def fail(candidate: Candidate, error: BaseException = error) -> None:
            raise error

        monkeypatch.setattr("corpus.plain.read_plain", fail)
        found = outcome(LINE.encode(), "x.txt")
        assert found.status == status
        assert "\n" not in found.reason


def test_the_status_of_a_rejection_is_one_of_the_closed_list() -> None:
    import ast
    from importlib import import_module
    from pathlib import Path

    modules = [import_module(name) for name, _ in READERS.values()] + [import_module("corpus.sniff")]
    given = {
        node.args[0].value
        for module in modules
        for node in ast.walk(ast.parse(Path(str(module.__file__)).read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Rejected"
        if isinstance(node.args[0], ast.Constant)
    }
    assert given
    assert given <= set(STATUSES)
