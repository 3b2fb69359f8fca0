import io
import random
import zipfile

import pytest

from corpus.sniff import ENCRYPTED_PACKAGE, OLE, kind_of
from kennisbank.errors import Rejected


def zipped(*names: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return stream.getvalue()


PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF"
HTML = b"<!DOCTYPE html>\n<html><body><p>Verslag</p></body></html>"
XHTML = b'<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "x" "y"><html><body/></html>'
DOCX = zipped("[Content_Types].xml", "word/document.xml")
RANDOM = random.Random(7).randbytes(600)


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (PDF, "rapport.pdf", "pdf"),
        (PDF, "zonder-extensie", "pdf"),
        (PDF, "toch.txt", "pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n" * 40 + PDF, "rapport.pdf", "pdf"),
        (HTML, "nieuws.html", "html"),
        (HTML, "nieuws", "html"),
        (b"\xef\xbb\xbf  <!-- saved from url -->\n" + HTML, "nieuws.htm", "html"),
        (XHTML, "kst-1.html", "html"),
        (HTML.decode().encode("utf-16"), "nieuws.html", "html"),
        (b"<div><p>los stuk</p></div>", "stuk.html", "html"),
        (DOCX, "brief.docx", "docx"),
        (DOCX, "brief.doc", "docx"),
        (OLE + b"\0" * 64 + ENCRYPTED_PACKAGE, "brief.docx", "docx"),
        (zipped("a")[:-30], "beschadigd.docx", "docx"),
        ("Geachte minister, één zin.".encode(), "brief.txt", "text"),
        ("Geachte minister, één zin.".encode("windows-1252"), "brief.txt", "text"),
        ("Één zin.".encode("utf-16"), "brief.txt", "text"),
        (b"# Kop\n\n<div>en <b>HTML</b></div>", "notitie.md", "text"),
        (b"[1] geen JSON maar een voetnoot", "noten.txt", "text"),
        (b"Een tekst over de kop %PDF-1.4 van een bestand.", "uitleg.txt", "text"),
    ],
)
def test_kind_is_read_from_the_bytes(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "leeg.pdf", "0 bytes"),
        (HTML, "rapport.pdf", "HTML"),
        (zipped("a.txt"), "rapport.pdf", "ZIP"),
        (DOCX, "rapport.pdf", "Word"),
        (PDF, "rapport.docx", "PDF"),
        (b"gewone tekst", "rapport.pdf", "tekst"),
        (b"tekst met \x00 erin", "brief.txt", "NUL"),
        (b"\x01\x02\x03\x04tekst" * 50, "brief.txt", "stuurtekens"),
        (RANDOM.replace(b"\x00", b"\xe9"), "brief.txt", "binair"),
        (RANDOM, "zomaar", "binair"),
        (bytes(range(128, 256)) * 4, "brief.txt", "binair"),
    ],
)
def test_content_that_is_not_what_the_name_says(data: bytes, name: str, words: str) -> None:
    with pytest.raises(Rejected) as rejection:
        kind_of(data, name)
    assert rejection.value.status == "not_a_document"
    assert words in rejection.value.reason


def test_a_mismatch_names_both_sides() -> None:
    with pytest.raises(Rejected) as rejection:
        kind_of(HTML, "rapport.pdf")
    assert rejection.value.reason == "de naam zegt PDF, de inhoud is HTML"


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (zipped("mimetype", "content.xml"), "brief.odt", "OpenDocument"),
        (zipped("xl/workbook.xml"), "cijfers.xlsx", "rekenblad"),
        (zipped("ppt/presentation.xml"), "dia.pptx", "presentatie"),
        (zipped("a.pdf"), "alles.zip", "ZIP-archief"),
        (OLE + b"\0" * 600, "brief.doc", ".doc"),
        (b"{\\rtf1 tekst}", "brief.rtf", "RTF"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "plaat.png", "PNG"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "plaat.jpg", "JPEG"),
        (b'<?xml version="1.0"?><manifest/>', "manifest.xml", "XML"),
        (b'<?xml version="1.0"?><besluit><html><body>x</body></html></besluit>', "cvdr.xml", "XML"),
        (b"<wetgeving><artikel/></wetgeving>", "bwb.xml", "XML"),
        (b'{"a": 1}', "uitvoer.json", "JSON"),
        (b'{"a": 1}\n{"a": 2}\n', "uitvoer.txt", "JSON"),
        (b"a;b\n1;2\n", "cijfers.csv", "CSV"),
        (b"From: a@b.nl\nTo: c@d.nl\nMIME-Version: 1.0\nSubject: x\n\ny", "post", "e-mail"),
    ],
)
def test_kinds_that_are_known_but_not_read(data: bytes, name: str, words: str) -> None:
    with pytest.raises(Rejected) as rejection:
        kind_of(data, name)
    assert rejection.value.status == "unsupported"
    assert words in rejection.value.reason
