"""Which pieces of a document are compared with others, and what each has.

A unit is a recommendation, or a paragraph or list item less the recommendations in it; a long paragraph is cut between
sentences. So a unit says one thing, and what one document says twice stays two units.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from kennisbank import dutch
from kennisbank.likeness.features import Extractor, names_in
from kennisbank.likeness.store import FOLDER, DocumentUnits, Likeness, Units, is_there
from kennisbank.model import SEARCHABLE, Document, DocumentId, Span
from kennisbank.store import Record

LEAST_WORDS = 6
"""Shorter pieces say nothing that can be compared."""
MOST_WORDS = 90
"""A longer paragraph is cut."""
COMPARED = ("paragraph", "item")
"""Kinds of blocks; headings, tables and notes are not compared."""


def units_of(document: Document, recommendations: Sequence[Span]) -> list[Span]:
    """Return the units of a document, in order of place, given where its recommendations stand."""
    demands = sorted(recommendations)
    found = list(demands)
    for block in document.blocks:
        if block.kind in COMPARED:
            for piece in _without(block.span, demands):
                found.extend(_cut(document.text, piece))
    return sorted(set(found))


def _without(span: Span, others: Sequence[Span]) -> Iterator[Span]:
    """Yield what is left of a span without others, in order."""
    start = span.start
    for other in others:
        if other.end > start and other.start < span.end:
            if other.start > start:
                yield Span(start, other.start)
            start = max(start, other.end)
    if start < span.end:
        yield Span(start, span.end)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Yield a piece as units of whole sentences, about as long as each other; nothing when it is too short."""
    count = len(span.of(text).split())
    if count < LEAST_WORDS:
        return
    wanted = count / -(-count // MOST_WORDS)
    start, words = span.start, 0
    for sentence in dutch.sentences(span.of(text)):
        words += len(sentence.of(span.of(text)).split())
        if words >= wanted and span.start + sentence.end < span.end:
            yield Span(start, span.start + sentence.end)
            start, words = span.start + sentence.end, 0
    if len(text[start : span.end].split()) >= LEAST_WORDS:
        yield _stripped(text, Span(start, span.end))


def _stripped(text: str, span: Span) -> Span:
    piece = span.of(text)
    return Span(span.start + len(piece) - len(piece.lstrip()), span.end - len(piece) + len(piece.rstrip()))


def write(folder: Path, base: Path | None, record: Path, extractor: Extractor, changed: Collection[DocumentId]) -> None:
    """Write the likeness of a generation into its folder; what did not change is taken from the one before."""
    units = Units()
    read = Record(record)
    try:
        present = [row.id for row in read.ledger() if row.status in SEARCHABLE]
        kept = set(present) - set(changed) if base and is_there(base) else set()
        if base and kept:
            units.take_over(Likeness(base / FOLDER), kept)
        demands: dict[DocumentId, list[Span]] = defaultdict(list)
        for name, said in read.statements("aanbeveling"):
            demands[name].append(said.place.span)
        for name in present:
            if name not in kept and (document := read.document(name)):
                units.add(_document_units(name, document, demands[name], extractor))
    finally:
        read.close()
    units.write(folder / FOLDER)


def _document_units(
    name: DocumentId, document: Document, demands: Sequence[Span], extractor: Extractor
) -> DocumentUnits:
    spans = units_of(document, demands)
    names = names_in(document.text)
    return DocumentUnits(name, spans, [extractor.features(span.of(document.text), names) for span in spans])
