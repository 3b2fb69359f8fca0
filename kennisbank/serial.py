"""A `Document` as JSON and back, for the parse cache and the record."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from kennisbank.model import (
    Addressee,
    Block,
    Dates,
    Document,
    Finding,
    Metadata,
    Page,
    Passage,
    PassageId,
    Place,
    Recommendation,
    Section,
    Span,
    Statement,
)

FORMAT = 2
"""Raise it when the form below changes: cached readings of another form are read again."""


def metadata_to_json(metadata: Metadata) -> dict[str, Any]:
    """Return plain values."""
    return asdict(metadata) | {"found": dict(metadata.found)}


def metadata_from_json(value: dict[str, Any]) -> Metadata:
    """Inverse of `metadata_to_json`."""
    return Metadata(**value | {"dates": Dates(**value["dates"]), "publishers": tuple(value["publishers"])})


def structure_to_json(document: Document) -> dict[str, Any]:
    """Return all of a document but its text and metadata; spans as ``[start, end]``."""
    return {
        "pages": [[page.number, page.label, [_pair(span) for span in page.spans]] for page in document.pages],
        "blocks": [[block.kind, *_pair(block.span), block.level] for block in document.blocks],
        "sections": [[part.level, _pair(part.heading), _pair(part.span)] for part in document.sections],
        "passages": [
            [passage.id, *_pair(passage.span), passage.page, passage.page_label, list(passage.path), passage.ocr]
            for passage in document.passages
        ],
        "warnings": list(document.warnings),
    }


def to_json(document: Document) -> dict[str, Any]:
    """Return the whole document as plain values."""
    return {
        "text": document.text,
        "metadata": metadata_to_json(document.metadata),
        "structure": structure_to_json(document),
    }


def document_of(text: str, metadata: Metadata, structure: dict[str, Any]) -> Document:
    """Put a document together from its text, metadata and `structure_to_json`."""
    return Document(
        text=text,
        pages=tuple(
            Page(number, label, tuple(Span(*pair) for pair in spans)) for number, label, spans in structure["pages"]
        ),
        blocks=tuple(Block(kind, Span(start, end), level) for kind, start, end, level in structure["blocks"]),
        sections=tuple(Section(level, Span(*heading), Span(*span)) for level, heading, span in structure["sections"]),
        passages=tuple(
            Passage(PassageId(name), Span(start, end), page, label, tuple(path), ocr)
            for name, start, end, page, label, path, ocr in structure["passages"]
        ),
        metadata=metadata,
        warnings=tuple(structure["warnings"]),
    )


def from_json(value: dict[str, Any]) -> Document:
    """Inverse of `to_json`."""
    return document_of(value["text"], metadata_from_json(value["metadata"]), value["structure"])


def statement_to_json(statement: Statement) -> dict[str, Any]:
    """Return plain values."""
    return asdict(statement)


def statement_from_json(value: dict[str, Any]) -> Statement:
    """Inverse of `statement_to_json`."""
    plain: dict[str, Any] = {name: tuple(part) if isinstance(part, list) else part for name, part in value.items()}
    plain["place"] = _place(value["place"])
    if "polarity" in value:
        return Finding(**plain)
    plain["addressees"] = tuple(
        Addressee(_place(entry["place"]), entry["organisation"]) for entry in value["addressees"]
    )
    plain["also"] = tuple(map(_place, value["also"]))
    return Recommendation(**plain)


def _place(value: dict[str, Any]) -> Place:
    return Place(Span(**value["span"]), value["text"], value["page"])


def _pair(span: Span) -> list[int]:
    return [span.start, span.end]
