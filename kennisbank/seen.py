"""Seen before? What the library already says that is like a draft; the draft is looked at and forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

from kennisbank.errors import NoLibrary
from kennisbank.model import SHOWN_CERTAINTY, Document, Recommendation, Span, Statement, StatementSort, page_finder
from kennisbank.results import DocumentRow

if TYPE_CHECKING:  # the site needs numpy's and scipy's half second for `similar` only
    from kennisbank.library import Snapshot
    from kennisbank.likeness.features import Feature
    from kennisbank.likeness.store import Alike, Likeness

SeenSort = Literal["aanbeveling", "bevinding", "passage"]
LONGEST_DRAFT = 20_000
"""Characters of a draft that are looked at."""
PER_DOCUMENT = 2
"""Results of one document: what it says in summary, text and conclusion must not hide the others."""
MORE = 10
"""Units looked up per result wanted: several may be in one statement or document."""


@dataclass(frozen=True, slots=True)
class Seen:
    """Something the library says that is like the draft."""

    sort: SeenSort
    id: str
    """Of the recommendation, finding or passage."""
    row: DocumentRow
    page: int | None
    span: Span
    text: str
    score: float
    terms: tuple[str, ...]
    """What both say, in words."""
    here: tuple[Span, ...]
    """Places of that in the draft."""
    there: tuple[Span, ...]
    """Places of that in `text`."""
    chains: tuple[str, ...]
    """Labels of the chains, or else areas, that its document lies in."""
    anchor: int
    """Where the passage that holds it begins."""
    standing: str | None
    """Of a recommendation: what became of it, as `kennisbank.verdicts.STANDINGS` has it."""
    also: tuple[DocumentRow, ...] = ()
    """Other documents that say it in the same words."""


def similar(now: Snapshot, draft: str, limit: int = 10) -> tuple[Seen, ...]:
    """Return what is like a draft, the best first. Raises `NoLibrary` where a library has no likeness yet."""
    likeness, extractor = now.opened.likeness, now.opened.extractor
    if likeness is None:
        raise NoLibrary(f"{now.settings.data}: nog zonder gelijkenis; maak haar met: kennisbank index MAP")
    from kennisbank.likeness.features import names_in

    text = draft[:LONGEST_DRAFT]
    asked = extractor.features(text, names_in(text))
    found: dict[str, Seen] = {}
    of_document: Counter[str] = Counter()
    for alike in likeness.alike(asked, limit * MORE, now.hidden):
        words = " ".join(alike.span.of(now.text(alike.document).text).split()).casefold()
        known = found.get(words)
        if known and alike.document not in {known.row.id, *(row.id for row in known.also)}:
            found[words] = replace(known, also=(*known.also, now.row(alike.document)))
        elif known is None and len(found) < limit and of_document[alike.document] < PER_DOCUMENT:
            seen = _seen(now, likeness, asked, alike)
            if seen.id not in {other.id for other in found.values() if other.sort != "passage"}:
                of_document[alike.document] += 1
                found[words] = seen
    return tuple(found.values())


def _seen(now: Snapshot, likeness: Likeness, asked: Sequence[Feature], alike: Alike) -> Seen:
    from kennisbank.likeness.shared import shared

    document, row = now.text(alike.document), now.row(alike.document)
    piece = alike.span.of(document.text)
    features = now.opened.extractor.features(piece, now.opened.names_of(alike.document))
    both = shared(asked, features, piece, likeness.weight_of, now.opened.extractor.label)
    sort, name, span = _named(now, document, alike, both.there)
    page = page_finder(document.pages)(span.start)
    shift = span.start - alike.span.start
    marks = (Span(mark.start - shift, mark.end - shift) for mark in both.there if mark.start >= shift)
    terms = row.terms.get("keten") or row.terms.get("gebied") or ()
    facet = "keten" if row.terms.get("keten") else "gebied"
    return Seen(
        sort=sort,
        id=name,
        row=row,
        page=page.number if page else None,
        span=span,
        text=span.of(document.text),
        score=alike.score,
        terms=both.terms,
        here=both.here,
        there=tuple(mark for mark in marks if mark.end <= span.end - span.start),
        chains=tuple(now.label(facet, term) for term in terms),
        anchor=_passage_start(document, span),
        standing=now.followup.standing(name).value if sort == "aanbeveling" else None,
    )


def _named(now: Snapshot, document: Document, alike: Alike, marks: Sequence[Span]) -> tuple[SeenSort, str, Span]:
    """Return what the unit is: a recommendation, the finding that has most of what is shared, or a passage."""
    for said in _statements(now, "aanbeveling", alike):
        places = (said.place, *(said.also if isinstance(said, Recommendation) else ()))
        if any(alike.span.holds(place.span) or place.span.holds(alike.span) for place in places):
            return "aanbeveling", said.id, said.place.span
    length = sum(mark.end - mark.start for mark in marks)
    for said in _statements(now, "bevinding", alike):
        inside = sum(
            mark.end - mark.start
            for mark in marks
            if said.place.span.holds(Span(alike.span.start + mark.start, alike.span.start + mark.end))
        )
        if 2 * inside > length and alike.span.holds(said.place.span):
            return "bevinding", said.id, said.place.span
    passages = [passage for passage in document.passages if passage.span.start <= alike.span.start]
    return "passage", passages[-1].id if passages else f"{alike.document}-0", alike.span


def _statements(now: Snapshot, sort: StatementSort, alike: Alike) -> Iterator[Statement]:
    for shown in now.statements.of(sort, alike.document):
        if shown.statement.certainty >= SHOWN_CERTAINTY:
            yield shown.statement


def _passage_start(document: Document, span: Span) -> int:
    starts = [passage.span.start for passage in document.passages if passage.span.start <= span.start]
    return starts[-1] if starts else 0


def seen_row(seen: Seen) -> Mapping[str, Any]:
    """Return a result as the outside contract has it."""
    return {
        "soort": seen.sort,
        "id": seen.id,
        "documentId": seen.row.id,
        "bestand": seen.row.file,
        "titel": seen.row.title,
        "datum": seen.row.date,
        "ketens": list(seen.chains),
        "pagina": seen.page,
        "begin": seen.span.start,
        "eind": seen.span.end,
        "tekst": seen.text,
        "score": seen.score,
        "gedeeldeTermen": list(seen.terms),
        "ookIn": [{"documentId": row.id, "bestand": row.file} for row in seen.also],
        "stand": seen.standing,
    }
