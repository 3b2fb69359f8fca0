"""One file's bytes to one outcome: a `Document`, or a status that says why there is none."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from corpus import metadata, ocr, sanity, sniff
from corpus.assemble import assemble
from corpus.raw import Candidate, RawDocument
from corpus.sanity import PageSanity
from kennisbank import serial
from kennisbank.errors import Rejected
from kennisbank.model import Document, DocumentId, Status

FEW_LETTERS_PER_PAGE = 200
"""On average; a report with many plates and long texts between them does not need OCR."""

READERS: Mapping[str, tuple[str, str]] = {
    "pdf": ("corpus.pdf", "read_pdf"),
    "html": ("corpus.html", "read_html"),
    "docx": ("corpus.docx", "read_docx"),
    "xml": ("corpus.official", "read_official"),
    "text": ("corpus.plain", "read_plain"),
}
"""Kind of content -> module and function; a parser is imported when the first file of its kind comes by."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of reading one file."""

    status: Status
    reason: str = ""
    document: Document | None = None
    """Present when the status is ``indexed`` or ``indexed_partial``, and for ``no_text`` with what is known of it."""

    def to_json(self) -> dict[str, Any]:
        """Return plain values."""
        return {
            "status": self.status,
            "reason": self.reason,
            "document": serial.to_json(self.document) if self.document else None,
        }

    @staticmethod
    def from_json(value: dict[str, Any]) -> Outcome:
        """Inverse of `to_json`."""
        document = value["document"]
        return Outcome(value["status"], value["reason"], serial.from_json(document) if document else None)


def read(candidate: Candidate, document_id: DocumentId) -> Outcome:
    """Read one file by its content, whatever its name says. Never raises for what a file holds."""
    try:
        raw = _with_recognised(_raw(candidate), candidate)
        return _outcome(candidate, raw, document_id)
    except Rejected as rejection:
        return Outcome(_known(rejection.status), rejection.reason)
    except MemoryError:
        return Outcome("limit_exceeded", "het lezen vroeg meer geheugen dan toegestaan")
    except RecursionError:
        return Outcome("limit_exceeded", "het document is te diep genest")
    except Exception as error:  # noqa: BLE001 - one bad document never stops a run, whatever a parser raises
        return Outcome("corrupt", f"niet te lezen: {type(error).__name__}: {_one_line(error)}")


def _raw(candidate: Candidate) -> RawDocument:
    module, function = READERS[sniff.kind_of(candidate.data, candidate.name)]
    reader: Callable[[Candidate], RawDocument] = getattr(importlib.import_module(module), function)
    return reader(candidate)


def _with_recognised(raw: RawDocument, candidate: Candidate) -> RawDocument:
    """Put the text that was recognised on pictures of pages where it belongs."""
    if not candidate.recognised:
        return raw
    numbers = frozenset(candidate.recognised)
    told = f"tekst van {sanity.listed(sorted(numbers))} is herkend op een afbeelding (OCR); er kunnen fouten in staan"
    return replace(
        raw,
        blocks=ocr.filled(raw.blocks, candidate.recognised),
        pictured=raw.pictured - numbers,
        recognised=numbers,
        notices=(*raw.notices, told),
    )


def _outcome(candidate: Candidate, raw: RawDocument, document_id: DocumentId) -> Outcome:
    if sum(len(block.text) for block in raw.blocks) > candidate.limits.characters:
        return Outcome("limit_exceeded", f"meer dan {candidate.limits.characters:,} tekens".replace(",", "."))
    opening = " ".join(block.text for block in raw.blocks[:60])[:6_000]
    document = assemble(document_id, raw, metadata.resolve(raw, candidate.name, opening), candidate.progress)
    judged = sanity.pages(document)
    if _is_picture(document, judged, raw.pictured):
        return Outcome("no_text", _ocr_reason(document), document)
    troubles = (*raw.warnings, *sanity.warnings(judged, raw.pictured))
    if troubles:
        warned = replace(document, warnings=(*troubles, *raw.notices))
        return Outcome("indexed_partial", "; ".join(troubles[:3]), warned)
    return Outcome("indexed", "; ".join(raw.notices), replace(document, warnings=raw.notices))


def _is_picture(document: Document, judged: Sequence[PageSanity], pictured: Collection[int]) -> bool:
    """Tell whether a file shows its text as pictures, or has none: most pages are an image with hardly a letter."""
    scanned = sum(page.letters < sanity.MIN_LETTERS and page.number in pictured for page in judged)
    few = sum(page.letters for page in judged) < FEW_LETTERS_PER_PAGE * len(judged)
    return not any(char.isalpha() for char in document.text) or (scanned * 2 > len(judged) and few)


def _ocr_reason(document: Document) -> str:
    if not document.pages:
        return "er staat geen tekst in"
    return f"geen tekstlaag op de meeste van {len(document.pages)} pagina's; tekstherkenning (OCR) nodig"


def _known(status: str) -> Status:
    return status  # type: ignore[return-value]  # readers raise only statuses of the closed list; a test holds them to it


def _one_line(error: BaseException) -> str:
    return " ".join(str(error).split())[:200]
