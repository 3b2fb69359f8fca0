"""The step that makes uitspraken: what is said of earlier recommendations, linked, and as people corrected it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from indexer.followup import Found, found_in
from indexer.followup_links import Earlier, Link
from indexer.statements import ID_DIGITS, Makers
from kennisbank.corrections import Correction
from kennisbank.model import SEARCHABLE, Document, DocumentId, Recommendation, Span, StatementId
from kennisbank.store import Connection, Record
from kennisbank.taxonomy import Taxonomy
from kennisbank.verdicts import Verdict, step_of, to_json

CONFIRMED = 1.0
NO_LINK = "-"
"""In a correction: it speaks of no recommendation here."""


def verdict_connections(record: Record, taxonomy: Taxonomy, corrections: Sequence[Correction]) -> Iterator[Connection]:
    """Yield all that is said of earlier recommendations; anew each time: an old text may speak of a new report."""
    rows = [row for row in record.ledger() if row.status in SEARCHABLE]
    metadata = record.metadata()
    said: dict[DocumentId, list[Recommendation]] = {}
    for name, one in record.statements("aanbeveling"):
        if isinstance(one, Recommendation):
            said.setdefault(name, []).append(one)
    earlier = Earlier(said, {row.id: metadata[row.id] for row in rows}, record.relations())
    known = {one.id for its in said.values() for one in its}
    for row in rows:
        document = record.document(row.id)
        if document is None:
            continue
        own = [span for one in said.get(row.id, ()) for span in _places(one)]
        found = list(found_in(document, bool(earlier.answered(row.id)), own))
        made = _made(row.id, document, earlier.linked(row.id, document, found), taxonomy)
        mine = [entry for entry in corrections if entry.soort == "uitspraak" and entry.holds_for(row)]
        for verdict in corrected(made, mine, known):
            yield Connection(verdict.id, row.id, to_json(verdict))


def _places(one: Recommendation) -> list[Span]:
    return [one.place.span, *(place.span for place in one.also)]


def _made(
    name: DocumentId, document: Document, linked: Iterator[tuple[Found, list[Link]]], taxonomy: Taxonomy
) -> list[Verdict]:
    makers = Makers(name, document, (), taxonomy)
    seen: Counter[str] = Counter()
    verdicts = []
    every = list(linked)
    plain = {(link.recommendation.id, step_of(one.judgement)) for one, its in every if not one.soft for link in its}
    for found, every_link in every:
        # what is only meant so adds nothing where it is also said outright, in a table or a summary
        links = [
            one
            for one in every_link
            if not found.soft or (one.recommendation.id, step_of(found.judgement)) not in plain
        ]
        if found.soft and not links:
            continue
        for link in links or (None,):
            about = link.recommendation.id if link else ""
            seed = f"{name}|{found.judgement}|{about}|{' '.join(found.span.of(document.text).split())}"
            seen[seed] += 1
            digest = hashlib.sha256(f"{seed}|{seen[seed]}".encode()).hexdigest()
            verdicts.append(
                Verdict(
                    id=f"u{digest[:ID_DIGITS]}",
                    document=name,
                    place=makers.place(found.span),
                    passage_start=makers.passage_start(found.span),
                    speaker=found.speaker,
                    judgement=found.judgement,
                    date=found.date,
                    rule=found.rule,
                    recommendation=link.recommendation.id if link else None,
                    certainty=link.certainty if link else 0.0,
                    reasons=link.reasons if link else (),
                    shared=link.shared if link else (),
                )
            )
    return verdicts


def corrected(
    found: Sequence[Verdict], corrections: Sequence[Correction], known: set[StatementId] | Mapping[StatementId, object]
) -> list[Verdict]:
    """Apply what a person said: of a place (`tekst`), or of its link with one recommendation (`term` is its id)."""
    latest = {entry.subject: entry for entry in corrections}
    left = list(found)
    for entry in corrections:
        if latest[entry.subject] is entry:
            left = [made for one in left for made in _after(one, entry, known)]
    return left


def _after(
    one: Verdict, entry: Correction, known: set[StatementId] | Mapping[StatementId, object]
) -> Iterator[Verdict]:
    words = " ".join(entry.tekst.split()).casefold()
    is_it = (
        " ".join(one.place.text.split()).casefold() == words
        and entry.term in ("", one.recommendation)
        and entry.was in ("", one.judgement)
    )
    if not is_it:
        yield one
    elif entry.actie != "verwerp":
        changed = replace(one, origin="mens", certainty=CONFIRMED if one.recommendation else 0.0)
        if entry.oordeel:
            changed = replace(changed, judgement=entry.oordeel)  # type: ignore[arg-type]  # checked when read
        if entry.spreker:
            changed = replace(changed, speaker=entry.spreker)  # type: ignore[arg-type]
        if entry.aanbeveling == NO_LINK:
            changed = replace(changed, recommendation=None, certainty=0.0, reasons=(), shared=())
        elif entry.aanbeveling in known:
            about = StatementId(entry.aanbeveling)
            changed = replace(
                changed, recommendation=about, certainty=CONFIRMED, reasons=("zo verbonden door een medewerker",)
            )
        yield changed
    elif entry.term:  # only the link is wrong
        yield replace(one, recommendation=None, certainty=0.0, reasons=(), shared=(), origin="mens")
