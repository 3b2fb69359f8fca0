"""What kind of document some bytes are: decided from the bytes, the name only helps between kinds of text.

No reader is started for what cannot be read, and the reason says what the content is as well as what the name says.
"""

from __future__ import annotations

import codecs
import io
import json
import re
import zipfile
from pathlib import PurePosixPath
from typing import Final, Literal

from kennisbank.errors import Rejected

DocumentKind = Literal["pdf", "html", "docx", "xml", "text"]

OFFICIAL: Final = "officiele-publicatie"
"""First element of the XML of official publications; other XML is data, not text."""
PDF_HEADER_WITHIN = 1024
"""A PDF header counts when it begins within this many bytes (Implementation note 13 of PDF 1.7)."""
OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""Magic number of the container of old Office files, and of Office files with a password."""
ENCRYPTED_PACKAGE: Final = "EncryptedPackage".encode("utf-16-le")

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "een afbeelding (PNG)"),
    (b"\xff\xd8\xff", "een afbeelding (JPEG)"),
    (b"GIF8", "een afbeelding (GIF)"),
    (b"II*\x00", "een afbeelding (TIFF)"),
    (b"MM\x00*", "een afbeelding (TIFF)"),
    (b"\x1f\x8b", "een archief (gzip)"),
    (b"7z\xbc\xaf\x27\x1c", "een archief (7z)"),
    (b"Rar!\x1a\x07", "een archief (RAR)"),
    (b"BZh", "een archief (bzip2)"),
    (b"\xfd7zXZ\x00", "een archief (xz)"),
    (b"SQLite format 3\x00", "een databank (SQLite)"),
    (b"{\\rtf", "een RTF-bestand"),
    (b"%!PS", "een PostScript-bestand"),
)
_EXPECTED = {".pdf": "PDF", ".docx": "Word (DOCX)"}
"""Names that promise a format which cannot be mistaken for another."""
_DATA_NAMES = {
    ".json": "gegevens (JSON)",
    ".jsonl": "gegevens (JSON Lines)",
    ".geojson": "gegevens (JSON)",
    ".csv": "gegevens (CSV)",
    ".tsv": "gegevens (TSV)",
    ".css": "opmaak van een webpagina (CSS)",
    ".js": "een programma (JavaScript)",
    ".eml": "een e-mailbericht",
}
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_FIRST_ELEMENT = re.compile(r"<(?:!doctype\s+)?([a-z_][\w.:-]{0,100})", re.IGNORECASE)
_ANY_TAG = re.compile(r"<[a-z][a-z0-9]{0,10}\b", re.IGNORECASE)
_MAIL_HEADER = re.compile(r"(?:From|To|Date|Subject|Received|Return-Path|Message-ID|MIME-Version|Content-Type): ", re.I)
_HTML_TAGS = frozenset(
    "a article blockquote center div font form dl h1 h2 h3 li main meta ol p section script span style table title "
    "ul".split()
)
_CONTROL: Final = bytes(code for code in range(1, 32) if code not in b"\t\n\f\r\x1b") + b"\x7f"
_PLAIN_BYTES: Final = bytes(range(32, 127)) + b"\t\n\f\r"
MAX_CONTROL_SHARE = 0.002
"""Text holds hardly any control characters; one byte in nine of random data is one."""
MIN_PLAIN_SHARE = 0.7
"""Share of ASCII that Dutch text in a one-byte encoding far exceeds (0.97 and more) and random bytes (0.38) do not."""
MAX_JSON_TRIED = 1 << 20


def kind_of(data: bytes, name: str) -> DocumentKind:
    """Return which reader these bytes are for.

    Raises `Rejected` with ``not_a_document`` when there is nothing or the content is not what the name says, and with
    ``unsupported`` when it is something known that is not read.
    """
    if not data:
        raise Rejected("not_a_document", "het bestand is leeg (0 bytes)")
    suffix = PurePosixPath(name.replace("\\", "/")).suffix.lower()
    kind, found = _content(data, suffix)
    expected = _EXPECTED.get(suffix)
    if expected and kind != suffix[1:]:
        raise Rejected("not_a_document", f"de naam zegt {expected}, de inhoud is {found}")
    if kind == "junk":
        promise = f"de naam zegt {suffix}" if suffix else "de naam zegt niet wat het is"
        raise Rejected("not_a_document", f"{promise}, de inhoud is {found}")
    if kind == "unsupported":
        raise Rejected("unsupported", f"{found} wordt niet gelezen; zet het om naar PDF, DOCX, HTML of tekst")
    return kind


def _content(data: bytes, suffix: str) -> tuple[DocumentKind | Literal["junk", "unsupported"], str]:
    """Return what the bytes are, and the words for it."""
    if _is_pdf(data):
        return "pdf", "een PDF"
    if data.startswith(b"PK") and data[2:4] in (b"\x03\x04", b"\x05\x06", b"\x07\x08"):
        return _zip_content(data, suffix)
    if data.startswith(OLE):
        if ENCRYPTED_PACKAGE in data:
            return "docx", "een Office-bestand met een wachtwoord"
        return "unsupported", "een oud Office-bestand of bericht (OLE, zoals .doc)"
    label = next((label for magic, label in _MAGIC if data.startswith(magic)), None) or _magic_inside(data)
    if label:
        return "unsupported", label
    trouble = _not_text(data)
    if trouble:
        return "junk", trouble
    return _text_content(data, suffix)


def _is_pdf(data: bytes) -> bool:
    head = data[: PDF_HEADER_WITHIN + 8]
    if head.startswith(b"%PDF-"):
        return True
    # a text *about* PDF may hold the header, but not the objects
    return re.search(rb"%PDF-\d\.\d", head) is not None and b" obj" in data


def _magic_inside(data: bytes) -> str | None:
    if data[:4] == b"RIFF":
        return "een afbeelding of opname (RIFF)"
    if data[257:262] == b"ustar":
        return "een archief (tar)"
    if data[4:8] == b"ftyp":
        return "een opname of afbeelding (MP4, HEIC)"
    return "een afbeelding (BMP)" if data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00" else None


def _zip_content(data: bytes, suffix: str) -> tuple[DocumentKind | Literal["junk", "unsupported"], str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        if suffix == ".docx":
            return "docx", "een beschadigd Word-bestand"  # the reader says what is wrong with it
        return "junk", "een beschadigd ZIP-archief"
    if "word/document.xml" in names:
        return "docx", "een Word-bestand (DOCX)"
    if any(member.startswith("xl/") for member in names):
        return "unsupported", "een rekenblad (XLSX)"
    if any(member.startswith("ppt/") for member in names):
        return "unsupported", "een presentatie (PPTX)"
    if "META-INF/container.xml" in names:
        return "unsupported", "een e-boek (EPUB)"
    if "mimetype" in names and "content.xml" in names:
        return "unsupported", "een OpenDocument-bestand (zoals ODT)"
    return "unsupported", "een ZIP-archief"


def _not_text(data: bytes) -> str | None:
    """Tell why these bytes are not text, or None when they may be."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            data = data.decode("utf-16").encode("utf-8")
        except UnicodeError:
            return "geen geldige UTF-16-tekst"
    if b"\x00" in data:
        return "binair (NUL-bytes), geen tekst"
    if len(data) - len(data.translate(None, _CONTROL)) > MAX_CONTROL_SHARE * len(data):
        return "binair (stuurtekens), geen tekst"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        plain = len(data) - len(data.translate(None, _PLAIN_BYTES))
        if plain < MIN_PLAIN_SHARE * len(data):
            return "binair, geen tekst in UTF-8 of Windows-1252"
    return None


def _text_content(data: bytes, suffix: str) -> tuple[DocumentKind | Literal["unsupported"], str]:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        start = data[:8192].decode("utf-16", "ignore")
    else:
        start = data[:4096].decode("utf-8", "ignore")
    start = start.lstrip("\ufeff \t\r\n")
    if suffix in _DATA_NAMES:
        return "unsupported", _DATA_NAMES[suffix]
    if start.startswith("<") and suffix not in (".md", ".markdown"):
        return _markup_content(start, suffix)
    if suffix in (".html", ".htm", ".xhtml") and _ANY_TAG.search(start):
        return "html", "HTML"
    if start.startswith(("{", "[")) and _is_json(data):
        return "unsupported", "gegevens (JSON)"
    if _is_mail(start):
        return "unsupported", "een e-mailbericht"
    return "text", "tekst"


def _markup_content(start: str, suffix: str) -> tuple[DocumentKind | Literal["unsupported"], str]:
    """Tell HTML from other XML by what comes first in it: a document type or an element."""
    first = _FIRST_ELEMENT.search(_COMMENT.sub("", start))
    element = first[1].lower() if first else ""
    if element in ("html", "head", "body"):
        return "html", "HTML"
    if element == OFFICIAL:
        return "xml", "een officiële publicatie (XML)"
    if start.startswith("<?xml") or suffix in (".xml", ".svg", ".xsl", ".rdf"):
        return "unsupported", "XML"
    if element in _HTML_TAGS or (first and suffix in (".html", ".htm", ".xhtml")):
        return "html", "HTML"
    return ("unsupported", "XML") if element and suffix == "" else ("text", "tekst")


def _is_json(data: bytes) -> bool:
    """Tell whether this is JSON, or JSON Lines; a text that begins with a bracket is not."""
    for piece in (data[:MAX_JSON_TRIED], data[:MAX_JSON_TRIED].split(b"\n", 1)[0]):
        try:
            json.loads(piece)
        except (ValueError, RecursionError):
            continue
        return True
    return False


def _is_mail(start: str) -> bool:
    lines = start.splitlines()[:12]
    headers = sum(1 for line in lines if _MAIL_HEADER.match(line))
    return headers >= 3 and any(
        line.lower().startswith(("message-id:", "mime-version:", "received:")) for line in lines
    )
