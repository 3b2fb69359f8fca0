"""PDF to blocks: pypdf gives pieces of text with their place and font, from which lines are made here.

Reading order is the order of the content; what the lines mean on the page is decided in `layout`.
"""

from __future__ import annotations

import io
import logging
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from pypdf import PageObject, PasswordType, PdfReader
from pypdf.errors import LimitReachedError

from corpus import glyphs, pdfium, repair
from corpus.furniture import title_of, without_running_lines
from corpus.layout import blocks_of
from corpus.lines import Announced, PageLines
from corpus.pieces import page_lines
from corpus.publishers import is_sender
from corpus.raw import Candidate, Hint, RawBlock, RawDocument
from kennisbank.errors import Rejected

MAX_ANNOUNCED = 2_000
"""Entries of an outline that are looked at; a report has some hundred at most."""
MIN_ANNOUNCED = 3
"""An outline of fewer entries says nothing about the headings."""
SCAN_PIXELS = 400_000
"""Of all images of a page together when it may be a scan: A4 at 75 dots per inch has 540,000, logos far fewer."""
_JUNK_TITLE = re.compile(
    r"microsoft word|logo\b|untitled|naamloos|document\s?\d*$|titel|name$|pdf-?document"
    r"|.{0,200}\.(?:docx?|pdf|indd|rtf)$",
    re.IGNORECASE,
)
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def read_pdf(candidate: Candidate) -> RawDocument:
    """Read the text layer of a PDF; pages that fail become warnings.

    Raises `Rejected` with ``encrypted``, ``corrupt`` or ``limit_exceeded``.
    """
    with _silence():
        try:
            return _read_by_pypdf(candidate)
        except Rejected as refusal:
            if refusal.status != "corrupt":
                raise
            pages = pdfium.page_lines(candidate)
            if not pages or not any(page.lines for page in pages):
                raise
            return _read_by_pdfium(pages, refusal.reason, candidate)


def _read_by_pypdf(candidate: Candidate) -> RawDocument:
    reader = _open(candidate)
    count = _page_count(reader, candidate)
    pages, trouble = _pages(reader, count, candidate)
    announced, hints, labels = _described(reader, count, trouble)
    body = without_running_lines(glyphs.repaired(pages))
    title = title_of(body)
    if title:
        hints["title"] = Hint(title, "tekst")
    return RawDocument(
        blocks=_without_letterhead(blocks_of(body, announced, candidate.progress)),
        page_labels=labels,
        pictured=frozenset(number for number in range(1, count + 1) if _shows_image(reader, number)),
        hints=hints,
        warnings=tuple(trouble),
    )


def _without_letterhead(blocks: Sequence[RawBlock]) -> tuple[RawBlock, ...]:
    """Take the sender on a first page for text, however large it is printed: it heads no section."""
    return tuple(
        replace(block, kind="paragraph", level=0)
        if block.kind == "heading" and block.parts[0].page == 1 and is_sender(block.text)
        else block
        for block in blocks
    )


def _read_by_pdfium(pages: list[PageLines], reason: str, candidate: Candidate) -> RawDocument:
    """Make a document of what the second reader saw; that it was needed is said."""
    body = without_running_lines(pages)
    title = title_of(body)
    return RawDocument(
        blocks=blocks_of(body, [], candidate.progress),
        page_labels=(None,) * max(page.number for page in pages),
        hints={"title": Hint(title, "tekst")} if title else {},
        warnings=(f"beschadigd, met een tweede lezer (pdfium) gelezen; {reason}",),
    )


@contextmanager
def _silence() -> Iterator[None]:
    """Keep pypdf's remarks on faults in a file to itself: what matters becomes a warning of the document."""
    logger = logging.getLogger("pypdf")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logger.setLevel(level)


def _open(candidate: Candidate) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(candidate.data), strict=False)
        encrypted = reader.is_encrypted
    except LimitReachedError as error:
        raise Rejected("limit_exceeded", f"het PDF-bestand is te groot uitgepakt: {_one_line(error)}") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Rejected("corrupt", f"het PDF-bestand is niet te openen: {_one_line(error)}") from error
    if encrypted:
        _decrypt(reader)
    return reader


def _decrypt(reader: PdfReader) -> None:
    """Open a file that only restricts its use: its password is empty."""
    try:
        opened = reader.decrypt("") != PasswordType.NOT_DECRYPTED
    except NotImplementedError as error:
        raise Rejected("encrypted", "het bestand is versleuteld op een manier die niet gelezen kan worden") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Rejected("corrupt", f"de versleuteling van het bestand is beschadigd: {_one_line(error)}") from error
    if not opened:
        raise Rejected("encrypted", "het bestand is beveiligd met een wachtwoord; lever het zonder wachtwoord aan")


def _page_count(reader: PdfReader, candidate: Candidate) -> int:
    try:
        count = len(reader.pages)
    except LimitReachedError as error:
        raise Rejected("limit_exceeded", f"de paginaboom is te groot: {_one_line(error)}") from error
    except MemoryError:
        raise
    except Exception as error:
        raise Rejected("corrupt", f"de pagina's zijn niet te vinden: {_one_line(error)}") from error
    if count > candidate.limits.pages:
        raise Rejected("limit_exceeded", f"{count} pagina's; er worden er hoogstens {candidate.limits.pages} gelezen")
    if count == 0:
        raise Rejected("corrupt", "het PDF-bestand heeft geen pagina's")
    return count


def _pages(reader: PdfReader, count: int, candidate: Candidate) -> tuple[list[PageLines], list[str]]:
    """Return the lines of each page that could be read, and what is to be said of the others."""
    pages, trouble, characters = [], [], 0
    for number in range(1, count + 1):
        try:
            page = page_lines(reader.pages[number - 1], number)
            if not page.lines:
                _unpack(reader.pages[number - 1])
        except LimitReachedError as error:
            raise Rejected("limit_exceeded", f"pagina {number} is te groot uitgepakt: {_one_line(error)}") from error
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001 - a page may raise anything; the others are still worth reading
            trouble.append(f"pagina {number} niet te lezen: {_one_line(error)}")
            continue
        finally:
            candidate.progress()
        pages.append(page)
        characters += sum(len(line.text) for line in page.lines)
        if characters > candidate.limits.characters:
            raise Rejected("limit_exceeded", f"meer dan {candidate.limits.characters:,} tekens".replace(",", "."))
    if not pages:
        raise Rejected("corrupt", f"geen enkele pagina is te lezen; {trouble[0]}")
    return pages, trouble


def _unpack(page: PageObject) -> None:
    """Raise what pypdf kept to itself: it takes a page that is too large to unpack for an empty one."""
    contents = page.get_contents()
    if contents is not None:
        contents.get_data()


def _shows_image(reader: PdfReader, number: int) -> bool:
    """Tell whether a page places images large enough to be a picture of a page; one that cannot tell shows none."""
    try:
        page: Any = reader.pages[number - 1]
        entries = page["/Resources"]["/XObject"].get_object().values()
        images = [image for entry in entries if (image := entry.get_object()).get("/Subtype") == "/Image"]
        return sum(int(image["/Width"]) * int(image["/Height"]) for image in images) >= SCAN_PIXELS
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - no resources, no objects, or a damaged page
        return False


def _described(
    reader: PdfReader, count: int, trouble: list[str]
) -> tuple[list[Announced], dict[str, Hint], tuple[str | None, ...]]:
    """Return outline, hints and page labels; each may fail without the others."""
    announced: list[Announced] = []
    hints: dict[str, Hint] = {}
    labels: tuple[str | None, ...] = (None,) * count
    try:
        announced = _announced(reader)
    except Exception as error:  # noqa: BLE001 - as for a page
        trouble.append(f"bladwijzers niet te lezen: {_one_line(error)}")
    try:
        hints = _hints(reader)
    except Exception as error:  # noqa: BLE001
        trouble.append(f"bestandseigenschappen niet te lezen: {_one_line(error)}")
    try:
        labels = _labels(reader, count)
    except Exception as error:  # noqa: BLE001
        trouble.append(f"paginanummering niet te lezen: {_one_line(error)}")
    return announced, hints, labels


def _one_line(error: BaseException) -> str:
    return " ".join(f"{type(error).__name__} {error}".split())[:160]


def _announced(reader: PdfReader) -> list[Announced]:
    """Return the headings that the outline (bookmarks) names."""
    found: list[Announced] = []
    waiting: list[tuple[Any, int]] = [(reader.outline, 0)]
    while waiting and len(found) < MAX_ANNOUNCED:
        entry, level = waiting.pop()
        if isinstance(entry, list):
            waiting.extend((child, level + 1) for child in reversed(entry))
        elif entry.title:
            page = reader.get_destination_page_number(entry)
            found.append(Announced(repair.clean(str(entry.title)).strip(), level, None if page is None else page + 1))
    return found if len(found) >= MIN_ANNOUNCED else []


def _hints(reader: PdfReader) -> dict[str, Hint]:
    values: Mapping[str, Any] = reader.metadata or {}
    hints = {}
    title = repair.clean(str(values.get("/Title") or "")).strip()
    if sum(char.isalpha() for char in title) >= 4 and "%20" not in title and not _JUNK_TITLE.match(title):
        hints["title"] = Hint(title, "bestand")
    for key, name in (("/ModDate", "updated"), ("/CreationDate", "file_date")):
        date = _DATE.match(str(values.get(key) or ""))
        if date and "1990" < date[1] < "2100" and "01" <= date[2] <= "12" and "01" <= date[3] <= "31":
            hints[name] = Hint("-".join(date.groups()), "bestand")
    return hints


def _labels(reader: PdfReader, count: int) -> tuple[str | None, ...]:
    if "/PageLabels" not in reader.root_object:
        return (None,) * count
    labels = [repair.clean(label) for label in reader.page_labels]
    if all(label == str(number) for number, label in enumerate(labels, start=1)):
        return (None,) * count
    return tuple((label or None) for label in (labels + [""] * count)[:count])
