"""Which documents belong together: an echo, an annex, a re-issue, a reaction, a follow-up, the same publication.

Two kinds of evidence, and no relation without: a document names the other's title, and its kind says in what role; or
the two share their words. Nothing is dropped for it: relations are shown, and counts may leave echoes out.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from kennisbank import dutch
from kennisbank.model import REPORT_KINDS, Document, DocumentId, Evidence, Metadata, Relation, RelationKind, Span
from kennisbank.store import Record

FRONT, FRONT_SHARE = 1_500, 0.1
"""Characters from the start, and share of a long text, in which a document says what it is about."""
CLOSE_DAYS = 14
"""Days within which one mention of a publication, wherever it stands, tells what news or an annex is about."""
ECHO_DAYS = 60
"""Days after a publication in which news about it is an echo; later it looks back."""
ANNEX_DAYS = 31
"""Days around a publication in which what belongs to it comes out."""
HEARING_DAYS = 180
"""Days before a report in which those concerned answer its draft."""
REACTION_DAYS = 800
"""Days within which a minister reacts; the longest seen took well over a year."""
SHINGLE = 8
SKETCH = 32
"""Smallest hashes of word groups kept per text (bottom-k sketch; Broder, 1997)."""
ALIKE = 0.7
"""Share of two sketches that agree from which two texts are one publication."""

_ANSWERS: Final[Mapping[str, RelationKind]] = {
    "nieuwsbericht": "echo",
    "beleidsreactie": "beleidsreactie",
    "voortgangsbrief": "beleidsreactie",
    "vervolgonderzoek": "vervolg",
    "factsheet": "bijlage",
    "wederhoor": "bijlage",
}
"""Kind of a document that names another -> what it is to that other."""
_TITLED: Final = frozenset({*REPORT_KINDS, "brief", "signaal", "bij-nadere-inspectie", "periodiek-beeld"})
"""Kinds that others answer to."""
_WORD = re.compile(r"\w+")
_PLAIN_NAMES = re.compile(
    r"(?:werkprogramma|jaarbericht|jaarverslag|jaarplan|meerjaren\w+|jaarbrief|rapport|brief)\b", re.I
)
MIN_TITLE_WORDS, MIN_TITLE_LETTERS = 3, 14
"""A shorter title may stand in a text by chance."""


@dataclass(frozen=True, slots=True)
class Known:
    """What must be known of a document to relate others to it."""

    id: DocumentId
    metadata: Metadata
    sketch: frozenset[int]


def relate(path: Path, changed: Collection[DocumentId]) -> dict[DocumentId, list[Relation]]:
    """Return the relations of the documents that changed, and of those that may answer to one of them.

    `path` is a record whose texts and sketches are written; relations of other documents stay as they were.
    """
    record = Record(path)
    try:
        metadata, sketches = record.metadata(), record.sketches()
        known = {name: Known(name, metadata[name], sketch) for name, sketch in sketches.items()}
        fresh = [known[name] for name in changed if name in known]
        names = sorted({*(one.id for one in fresh), *_touched(record, known, fresh)})
        documents = ((name, record.document(name)) for name in names)
        return {name: list(related(text, known[name], known.values())) for name, text in documents if text}
    finally:
        record.close()


def _touched(record: Record, known: Mapping[DocumentId, Known], fresh: Sequence[Known]) -> Iterator[DocumentId]:
    """Yield documents that may name or repeat one of the fresh ones."""
    hashes = {value for one in fresh for value in one.sketch}
    yield from (name for name, one in known.items() if hashes & one.sketch)
    holders: dict[str, set[DocumentId]] = {}
    for one in fresh:
        words = [word for word in _WORD.findall(one.metadata.title) if word.isascii()]
        if one.metadata.kind in _TITLED and words and is_distinct(one.metadata.title):
            word = max(words, key=len)
            if word not in holders:
                holders[word] = record.holding(word)
            yield from (name for name in holders[word] if name in known and known[name].metadata.kind in _ANSWERS)


def sketch_of(text: str) -> frozenset[int]:
    """Return the smallest hashes of all groups of words: alike for texts that are alike."""
    words = _WORD.findall(dutch.fold(text))
    groups = {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    hashes = (int.from_bytes(hashlib.blake2b(group.encode(), digest_size=7).digest()) for group in groups)
    return frozenset(sorted(hashes)[:SKETCH])


def related(document: Document, itself: Known, others: Iterable[Known]) -> Iterator[Relation]:
    """Yield how a document relates to others, with the places that say so."""
    found = [other for other in others if other.id != itself.id]
    twins = list(_twins(document, itself, found))
    yield from twins
    same = {relation.target for relation in twins}
    kind = _ANSWERS.get(itself.metadata.kind)
    if kind:
        yield from _answers(document, itself, kind, [other for other in found if other.id not in same])


def _twins(document: Document, itself: Known, others: Sequence[Known]) -> Iterator[Relation]:
    """Yield the documents that hold the same text: the later one points to the earlier."""
    for other in others:
        if not itself.sketch or _likeness(itself.sketch, other.sketch) < ALIKE:
            continue
        mine, theirs = itself.metadata.dates.best, other.metadata.dates.best
        if (mine or "", itself.id) < (theirs or "", other.id):
            continue
        kind: RelationKind = "heruitgave" if mine and theirs and mine[:7] != theirs[:7] else "zelfde-publicatie"
        opening = document.blocks[0].span if document.blocks else Span(0, len(document.text))
        yield Relation(itself.id, kind, other.id, (Evidence(opening, "zelfde woorden"),))


def _likeness(one: Collection[int], other: Collection[int]) -> float:
    """Estimate the share of word groups that two texts have in common (Jaccard), from their sketches."""
    smallest = sorted({*one, *other})[:SKETCH]
    return sum(value in one and value in other for value in smallest) / len(smallest) if smallest else 0.0


def _answers(document: Document, itself: Known, kind: RelationKind, others: Sequence[Known]) -> Iterator[Relation]:
    wanted = {other.id: other for other in others if _may_be_answered(itself.metadata, other.metadata, kind)}
    places = mentions(document, {name: other.metadata.title for name, other in wanted.items()})
    chosen = _about(document, itself.metadata, kind, places, wanted)
    for name in chosen:
        rule = f"noemt de titel van {wanted[name].metadata.kind}"
        yield Relation(itself.id, kind, name, tuple(Evidence(span, rule) for span in places[name][:3]))


def _may_be_answered(mine: Metadata, other: Metadata, kind: RelationKind) -> bool:
    days = days_between(other.dates.best, mine.dates.best)
    if other.kind not in _TITLED or not is_distinct(other.title):
        return False
    if days is None:
        return kind in ("beleidsreactie", "vervolg")
    match kind:
        case "echo":
            return -3 <= days <= ECHO_DAYS
        case "bijlage":
            return -(HEARING_DAYS if mine.kind == "wederhoor" else ANNEX_DAYS) <= days <= ANNEX_DAYS
        case "beleidsreactie":
            return -3 <= days <= REACTION_DAYS
        case _:
            return days > 90


def _about(
    document: Document,
    mine: Metadata,
    kind: RelationKind,
    places: Mapping[DocumentId, Sequence[Span]],
    wanted: Mapping[DocumentId, Known],
) -> list[DocumentId]:
    """Choose of the documents named those that this one is about: named in its front, or again and again."""
    front = max(FRONT, int(FRONT_SHARE * len(document.text)))

    def is_close(name: DocumentId) -> bool:
        days = days_between(wanted[name].metadata.dates.best, mine.dates.best)
        return kind in ("echo", "bijlage") and days is not None and abs(days) <= CLOSE_DAYS

    near = [name for name, spans in places.items() if spans[0].start < front or is_close(name)]
    chosen = near or [name for name, spans in places.items() if len(spans) > 1]
    if kind == "beleidsreactie" or len(chosen) < 2:
        return sorted(chosen)
    # of several earlier reports the newest is followed up or told of; the others are looked back on
    newest = max(chosen, key=lambda name: (wanted[name].metadata.dates.best or "", name))
    return [newest]


def is_distinct(title: str) -> bool:
    """Tell whether a title is one that a text does not hold by chance."""
    words = _WORD.findall(title)
    return (
        not _PLAIN_NAMES.match(title)
        and len(words) >= MIN_TITLE_WORDS
        and sum(len(word) for word in words) >= MIN_TITLE_LETTERS
    )


def mentions(document: Document, titles: Mapping[DocumentId, str]) -> dict[DocumentId, list[Span]]:
    """Return where a document names titles, whatever the case, accents and punctuation."""
    by_first: defaultdict[str, list[tuple[DocumentId, list[str]]]] = defaultdict(list)
    for name, title in titles.items():
        words = _WORD.findall(dutch.fold(title))
        if words:
            by_first[words[0]].append((name, words))
    # folding may change lengths, so words are folded one by one
    matches = list(_WORD.finditer(document.text))
    folded = [dutch.fold(match[0]) for match in matches]
    found: dict[DocumentId, list[Span]] = {}
    for at, word in enumerate(folded):
        named = [(len(words), name) for name, words in by_first.get(word, ()) if folded[at : at + len(words)] == words]
        longest = max(
            (length for length, _ in named), default=0
        )  # "Op de wachtlijst" is no "Op de wachtlijst, opnieuw"
        for length, name in named:
            if length == longest:
                found.setdefault(name, []).append(Span(matches[at].start(), matches[at + length - 1].end()))
    return found


def days_between(earlier: str | None, later: str | None) -> int | None:
    """Return the days from one ISO date to another; a month or year counts as its first day; None when unknown."""
    if not earlier or not later:
        return None

    def day(text: str) -> date:
        parts = [int(part) for part in text.split("-")]
        return date(*[*parts, 1, 1][:3])

    return (day(later) - day(earlier)).days
