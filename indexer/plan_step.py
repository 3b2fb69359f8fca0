"""The step that makes commitments: each document that can hold plans once, what came of them anew each time."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.carried_out import linked
from indexer.plans import commitments
from indexer.statements import Makers
from kennisbank.commitments import Commitment, CommitmentLink, from_json, to_json
from kennisbank.corrections import Correction
from kennisbank.model import SEARCHABLE, Document, DocumentId, LedgerRow, Relation, Span
from kennisbank.store import Connection, Record
from kennisbank.taxonomy import Taxonomy

CONFIRMED = 1.0


def plan_connections(
    record: Record, taxonomy: Taxonomy, changed: Collection[DocumentId], corrections: Sequence[Correction]
) -> Iterator[Connection]:
    """Yield all commitments with their links. Those of documents that did not change are not looked for again."""
    rows = [row for row in record.ledger() if row.status in SEARCHABLE]
    documents = {row.id: document for row in rows if (document := record.document(row.id)) is not None}
    kept: dict[DocumentId, list[Commitment]] = {}
    for connection in record.connections("voornemen"):
        if connection.document in documents and connection.document not in changed:
            kept.setdefault(connection.document, []).append(from_json(connection.value))
    found: list[Commitment] = []
    for row in rows:
        document = documents.get(row.id)
        mine = [entry for entry in corrections if entry.soort == "voornemen" and entry.holds_for(row)]
        if document is not None:
            unchanged = row.id not in changed
            made = kept.get(row.id, []) if unchanged else commitments(row.id, document, record.tags(row.id), taxonomy)
            found += _corrected(row, document, made, mine, taxonomy)
    chains: dict[DocumentId, set[str]] = {}
    for name, facet, term in record.document_terms():
        if facet == "keten":
            chains.setdefault(name, set()).add(term)
    known = {name: frozenset(terms) for name, terms in chains.items()}
    for one in _linked(found, documents, record.relations(), taxonomy, corrections, rows, known):
        yield Connection(one.id, one.document, to_json(one))


def _linked(
    found: Sequence[Commitment],
    documents: Mapping[DocumentId, Document],
    relations: Iterable[Relation],
    taxonomy: Taxonomy,
    corrections: Sequence[Correction],
    rows: Sequence[LedgerRow],
    chains: Mapping[DocumentId, frozenset[str]],
) -> Iterator[Commitment]:
    """Yield the commitments with their links, less those that a person rejected."""
    rejected = {
        (row.id, entry.tekst, entry.term)
        for entry in corrections
        if entry.soort == "voornemen" and entry.actie == "verwerp" and entry.term
        for row in rows
        if entry.holds_for(row)
    }

    def refused(one: Commitment, link: CommitmentLink) -> bool:
        return (one.document, one.place.text, link.document) in rejected

    yield from linked(found, documents, relations, taxonomy, refused, chains)


def _corrected(
    row: LedgerRow,
    document: Document,
    found: Sequence[Commitment],
    corrections: Sequence[Correction],
    taxonomy: Taxonomy,
) -> list[Commitment]:
    """Apply what a person said of the commitments of one document, the last word on each counting."""
    latest = {entry.subject: entry for entry in corrections if not entry.term}
    left = list(found)
    for entry in latest.values():
        at = next((index for index, one in enumerate(left) if _same(one.place.text, entry.tekst)), None)
        if at is None:
            continue
        if entry.actie == "verwerp":
            del left[at]
            continue
        changed = replace(left[at], origin="mens", certainty=CONFIRMED)
        span = _found(document.text, entry.nieuweTekst) if entry.nieuweTekst else None
        if span:
            changed = replace(changed, place=Makers(row.id, document, (), taxonomy).place(span))
        left[at] = changed
    return left


def _same(text: str, other: str) -> bool:
    return " ".join(text.split()) == " ".join(other.split())


def _found(text: str, words: str) -> Span | None:
    match = re.search(r"\s+".join(map(re.escape, words.split())), text)
    return Span(*match.span()) if match else None
