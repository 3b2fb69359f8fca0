"""A second opinion on PDF files that pypdf refuses: pdfium, an optional extra, and only in a process that may die.

pdfium aborts its process on some files, so it reads nothing that pypdf already read, nor what was too large.
"""

from __future__ import annotations

from typing import Any

from corpus import repair
from corpus.lines import Line, PageLines, width
from corpus.raw import Candidate
from kennisbank.errors import Rejected


def page_lines(candidate: Candidate) -> list[PageLines] | None:
    """Return the lines of all pages; None when pdfium is not installed or cannot read the file either.

    Raises `Rejected` with ``limit_exceeded`` for more pages or characters than the settings allow.
    """
    try:
        import pypdfium2 as pdfium  # here: an optional extra
    except ImportError:
        return None
    try:
        document = pdfium.PdfDocument(candidate.data)
    except pdfium.PdfiumError:
        return None
    try:
        return _pages(pdfium, document, candidate)
    finally:
        document.close()


def _pages(pdfium: Any, document: Any, candidate: Candidate) -> list[PageLines] | None:
    count = len(document)
    if count > candidate.limits.pages:
        raise Rejected("limit_exceeded", f"{count} pagina's; er worden er hoogstens {candidate.limits.pages} gelezen")
    pages, characters = [], 0
    for number in range(1, count + 1):
        try:
            pages.append(_page(pdfium, document[number - 1], number))
        except pdfium.PdfiumError:
            continue
        finally:
            candidate.progress()
        characters += sum(len(line.text) for line in pages[-1].lines)
        if characters > candidate.limits.characters:
            raise Rejected("limit_exceeded", f"meer dan {candidate.limits.characters:,} tekens".replace(",", "."))
    return pages or None


def _page(pdfium: Any, page: Any, number: int) -> PageLines:
    text_page = page.get_textpage()
    height = float(page.get_height())
    lines, at = [], 0
    for raw in text_page.get_text_range().split("\r\n"):
        text = repair.clean(raw).strip()
        if text:
            first = at + len(raw) - len(raw.lstrip())
            lines.append(_line(pdfium, text_page, text, first, number, height))
        at += len(raw) + 2
    return PageLines(number, height, tuple(lines))


def _line(pdfium: Any, text_page: Any, text: str, first: int, number: int, height: float) -> Line:
    """Place a line by its first sign."""
    left, bottom, _, _ = text_page.get_charbox(first) if first < text_page.count_chars() else (0.0, 0.0, 0.0, 0.0)
    size = round(float(pdfium.raw.FPDFText_GetFontSize(text_page, first)), 1) or 10.0
    return Line(
        page=number,
        text=text,
        left=float(left),
        right=float(left) + width(text, size),
        depth=height - float(bottom),
        size=size,
    )
