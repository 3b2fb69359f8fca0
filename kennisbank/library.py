"""The read-only face of a library: what site and command line ask.

`Library` follows the published generation; a `Snapshot` is one generation, and all that one answer needs comes from one
snapshot. What is withdrawn since then is left out of every answer at once.
"""

from __future__ import annotations

import mimetypes
import threading
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from kennisbank import generations
from kennisbank.corrections import Withdrawal, withdrawal_file, withdrawals
from kennisbank.errors import Damaged, KennisbankError, NotFound
from kennisbank.followup import FollowUp
from kennisbank.model import (
    FACET_LABELS,
    KINDS,
    SEARCHABLE,
    TAG_FACETS,
    Document,
    DocumentId,
    Facet,
    LedgerRow,
    PassageId,
    Relation,
    TermId,
    page_finder,
)
from kennisbank.opened import Opened
from kennisbank.originals import original_path
from kennisbank.parallels import Parallels
from kennisbank.plans import Plans
from kennisbank.query import Query, widened
from kennisbank.register import RegisterQuery
from kennisbank.results import (
    DocumentHit,
    DocumentRow,
    DocumentText,
    Expansion,
    FacetValue,
    Fragment,
    Overview,
    ResultPage,
    ShownRelation,
    ShownTag,
)
from kennisbank.sample import FICTION
from kennisbank.search import concepts
from kennisbank.search.boundary import Answer, Concept, Request, Selection
from kennisbank.search.entries import broader
from kennisbank.search.snippets import Marker, fragment
from kennisbank.search.spelling import corrections, planned
from kennisbank.series import Recurring
from kennisbank.settings import Settings
from kennisbank.statements import Statements
from kennisbank.suggestions import Suggested, Suggestion, of_documents, of_terms
from kennisbank.taxonomy import Taxonomy, Term

FRAGMENTS = 3
"""Quotes per document in a list of results."""


class Library:
    """A library on disk; safe to share between threads."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._open: Opened | None = None
        self._withdrawn: tuple[tuple[int, int], tuple[Withdrawal, ...]] = ((0, 0), ())

    def current(self) -> Snapshot:
        """Return the published generation. Raises `NoLibrary`."""
        number = generations.pointer_value(self.settings.data)
        opened = self._open
        if opened is None or opened.number != number:
            opened = self._opened()
        return Snapshot(opened, self.settings, self._withdrawals())

    def _opened(self) -> Opened:
        with self._lock:
            for attempt in range(3):
                number = generations.pointer_value(self.settings.data)
                if self._open is None or self._open.number != number:
                    try:
                        self._open = Opened(generations.current(self.settings.data))
                    except KennisbankError:
                        raise
                    except Exception as error:
                        if attempt == 2:  # twice overtaken by a newer generation is no coincidence
                            raise Damaged(
                                f"{self.settings.data}: generatie {number} is niet te openen; zie kennisbank check"
                            ) from error
                        continue
                return self._open
        raise AssertionError("unreachable")

    def _withdrawals(self) -> tuple[Withdrawal, ...]:
        """Return what is withdrawn; its file is read again only when it changed."""
        try:
            stat = withdrawal_file(self.settings.data).stat()
        except FileNotFoundError:
            return ()
        key = (stat.st_mtime_ns, stat.st_ino)
        if self._withdrawn[0] != key:
            self._withdrawn = (key, withdrawals(self.settings.data))
        return self._withdrawn[1]


class Snapshot:
    """One generation, less what is withdrawn."""

    def __init__(self, opened: Opened, settings: Settings, withdrawn: Sequence[Withdrawal]) -> None:
        self._opened = opened
        self._record = opened.record
        self.taxonomy: Taxonomy = opened.taxonomy
        self.settings = settings
        self._withdrawn = withdrawn

    @property
    def generation(self) -> int:
        """The number of the generation all answers come from."""
        return self._opened.number

    @cached_property
    def _ledger(self) -> dict[DocumentId, LedgerRow]:
        return {row.id: self._as_it_is_now(row) for row in self._opened.ledger}

    def _as_it_is_now(self, row: LedgerRow) -> LedgerRow:
        for entry in self._withdrawn:
            if entry.holds_for(row) and row.status != "withdrawn":
                return replace(row, status="withdrawn", reason=entry.why, time=entry.tijdstip, duplicate_of=None)
        return row

    @cached_property
    def hidden(self) -> frozenset[DocumentId]:
        """Documents that were withdrawn since this generation was made."""
        if not self._withdrawn:
            return frozenset()
        return frozenset(name for name, row in self._ledger.items() if row.status == "withdrawn")

    @property
    def opened(self) -> Opened:
        """The files all answers come from, for what reads them by itself; it hides nothing."""
        return self._opened

    @cached_property
    def _searchable(self) -> tuple[DocumentId, ...]:
        return tuple(name for name, row in self._ledger.items() if row.status in SEARCHABLE)

    # What there is

    def overview(self) -> Overview:
        """Return what is in the library."""
        dates = sorted(date for name in self._searchable if (date := self._opened.metadata[name].dates.best))
        pages = self._opened.page_counts
        return Overview(
            generation=self.generation,
            published=self._opened.generation.manifest.published,
            documents=len(self._searchable),
            pages=sum(pages.get(name, 0) for name in self._searchable),
            statuses=dict(Counter(row.status for row in self._ledger.values())),
            first_year=int(dates[0][:4]) if dates else None,
            last_year=int(dates[-1][:4]) if dates else None,
            newest=dates[-1] if dates else None,
            fictional=self.settings.notice == FICTION,
        )

    def rows(self, status: Collection[str] = ()) -> tuple[DocumentRow, ...]:
        """Return the ledger in stable order, all of it or the statuses given."""
        return tuple(self._row(row) for row in self._ledger.values() if not status or row.status in status)

    def row(self, name: str) -> DocumentRow:
        """Return one file's row, whatever its status. Raises `NotFound`."""
        row = self._ledger.get(DocumentId(name))
        if row is None:
            raise NotFound(f"document '{name}' is niet bekend in deze verzameling")
        return self._row(row)

    def current_id(self, name: str) -> DocumentId | None:
        """Return the id of the file that had this id with earlier contents."""
        return next((row.id for row in self._ledger.values() if name in row.former_ids), None)

    def _row(self, row: LedgerRow) -> DocumentRow:
        return self._opened.row(row, shown=row.status != "withdrawn")

    def terms(self, facet: Facet) -> tuple[FacetValue, ...]:
        """Return all terms of a facet with the number of searchable documents that carry them."""
        counts: Counter[str] = Counter()
        for name in self._searchable:
            found = self._opened.terms.get(name, {}).get(facet, ())
            counts.update({wide for term in found for wide in broader(term, self.taxonomy)})
        return tuple(
            FacetValue(term.id, term.label, counts[term.id], counts[term.id]) for term in self.taxonomy.of_facet(facet)
        )

    def term(self, facet: Facet, name: str) -> Term:
        """Return a term by id or by the part after the colon. Raises `NotFound`."""
        prefix = next((term.id.partition(":")[0] for term in self.taxonomy.of_facet(facet)), facet)
        term = self.taxonomy.terms.get(TermId(name if ":" in name else f"{prefix}:{name}"))
        if term is None or term.facet != facet:
            raise NotFound(f"{FACET_LABELS[facet].lower()} '{name}' bestaat niet in deze begrippenlijst")
        return term

    def label(self, facet: str, value: str) -> str:
        """Return what a visitor reads for a facet's value."""
        if facet in TAG_FACETS:
            term = self.taxonomy.terms.get(TermId(value))
            return term.label if term else value
        return KINDS.get(value, value) if facet == "soort" else value

    def original(self, name: str) -> tuple[Path, str, str]:
        """Return a document's own file: path, media type, name. Raises `NotFound` when it may not be had."""
        row = self._ledger.get(DocumentId(name))
        if row is None or not row.sha256 or row.status in ("withdrawn", "missing", "not_held"):
            raise NotFound(f"van document '{name}' is geen bestand te geven")
        path = original_path(self.settings.data, row.sha256)
        if not path.is_file():
            raise NotFound(f"van document '{name}' wordt geen bestand bewaard")
        media_type = mimetypes.guess_type(row.file)[0] or "application/octet-stream"
        return path, media_type, Path(row.file).name

    # Reading

    def text(self, name: str) -> Document:
        """Return a searchable document. Raises `NotFound`."""
        row = self._ledger.get(DocumentId(name))
        document = self._opened.document(name) if row and row.status in SEARCHABLE else None
        if document is None:
            raise NotFound(f"document '{name}' is niet te lezen in deze verzameling")
        return document

    def document(self, name: str, question: Query | None = None) -> DocumentText:
        """Return a searchable document for the reader, with the words of a question marked. Raises `NotFound`."""
        document = self.text(name)
        marks = Marker(self._plan(question).concepts).hits(document.text) if question else ()
        return DocumentText(
            row=self.row(name),
            text=document.text,
            pages=document.pages,
            blocks=document.blocks,
            sections=document.sections,
            passages=document.passages,
            tags=tuple(self.tags(name, document)),
            warnings=document.warnings,
            marks=tuple(hit.span for hit in marks),
        )

    def tags(self, name: str, document: Document) -> Iterator[ShownTag]:
        """Yield the tags of a document and its passages with their quotes, strongest first."""
        page_at = page_finder(document.pages)
        for tag in self._record.tags(name):
            pages = [page_at(evidence.span.start) for evidence in tag.evidence]
            yield ShownTag(
                facet=tag.facet,
                term=tag.term,
                label=self.label(tag.facet, tag.term),
                origin=tag.origin,
                strength=tag.strength,
                level="passage" if tag.passage else "document",
                passage=tag.passage,
                evidence=tag.evidence,
                quotes=tuple(evidence.span.of(document.text) for evidence in tag.evidence),
                pages=tuple(page.number if page else None for page in pages),
            )

    def relations(self, name: str | None = None) -> tuple[ShownRelation, ...]:
        """Return how documents relate, all of them or those of one document either way, with their quotes."""
        known = self._opened.relations
        wanted = [one for one in known if name is None or name in (one.source, one.target)]
        shown = {row.id for row in self._ledger.values() if row.status in SEARCHABLE}
        return tuple(self._shown_relation(one) for one in wanted if one.source in shown and one.target in shown)

    def _shown_relation(self, relation: Relation) -> ShownRelation:
        text = self.text(relation.source)
        page_at = page_finder(text.pages)
        pages = [page_at(evidence.span.start) for evidence in relation.evidence]
        starts = [passage.span.start for passage in text.passages]
        before = [bisect_right(starts, evidence.span.start) for evidence in relation.evidence]
        return ShownRelation(
            relation=relation,
            source=self._row(self._ledger[relation.source]),
            target=self._row(self._ledger[relation.target]),
            quotes=tuple(evidence.span.of(text.text) for evidence in relation.evidence),
            pages=tuple(page.number if page else None for page in pages),
            passages=tuple(starts[at - 1] if at else 0 for at in before),
        )

    @cached_property
    def statements(self) -> Statements:
        """Recommendations and findings."""
        return Statements(self._opened, frozenset(self._searchable), self.label, self.followup.standing)

    @cached_property
    def plans(self) -> Plans:
        """Commitments, and what came of them."""
        return Plans(self._opened, self._ledger, self._searchable)

    @cached_property
    def followup(self) -> FollowUp:
        """What is said about earlier recommendations, and their standing."""
        return FollowUp(self._opened, self._ledger, self._searchable)

    @cached_property
    def parallels(self) -> Parallels:
        """Pairs of passages of different chains."""
        return Parallels(self._opened, frozenset(self._searchable), self.label)

    @cached_property
    def series(self) -> Recurring:
        """Recommendations that recur."""
        visible = frozenset(self._searchable)
        return Recurring(
            self._opened,
            visible,
            lambda: self.statements.all("aanbeveling"),
            lambda name: str(self.followup.standing(name).value),
        )

    # Searching

    def suggestions(self, text: str) -> tuple[Suggested, ...]:
        """Return what has words that begin as those typed."""
        return self._opened.suggestions(self.hidden, self._suggestable).starting(text)

    def _suggestable(self) -> Iterator[Suggestion]:
        counted = RegisterQuery()
        per_document: Counter[str] = Counter(shown.row.id for shown in self.statements.all("aanbeveling", counted))
        facets = self.statements.page("aanbeveling", counted).facets
        yield from of_documents(self.rows(SEARCHABLE), per_document)
        for facet in TAG_FACETS:
            documents = {value.term: value.count for value in self.terms(facet)}
            about = facets["adressaat" if facet == "organisatie" else facet]
            yield from of_terms(self.taxonomy.of_facet(facet), documents, {value.term: value.alone for value in about})

    def search(self, query: Query) -> ResultPage:
        """Answer a question. An empty one lists all documents that the filters leave, newest first."""
        plan = self._plan(query)
        answer = self._opened.engine.search(self._request(query, plan))
        return ResultPage(
            question=query.text,
            explanation=(*plan.explanation, *self._told(query, answer, plan)),
            total=answer.total,
            total_partial=answer.total_partial,
            generation=self.generation,
            facets={facet: self._values(facet, query, answer) for facet in FACET_LABELS},
            hits=tuple(self._hits(answer, plan)),
            offset=query.offset,
            limit=query.limit,
        )

    def _plan(self, query: Query) -> concepts.Plan:
        return planned(query, self.taxonomy, self._opened.engine, self.hidden)

    def _told(self, query: Query, answer: Answer, plan: concepts.Plan) -> Iterator[Expansion]:
        """Yield what the index made of the question."""
        sure = [entry.word for entry in plan.explanation if entry.kind in ("alias", "lijkt")]
        sure += [
            concept.label
            for position, concept in enumerate(plan.concepts)
            if concept.label.isalpha() and position not in answer.absent
        ]
        corrected = list(corrections(query, sure, self._opened.engine, self.hidden))
        yield from corrected
        told = {entry.word for entry in corrected}
        yield from (entry for entry in _lacking(answer, plan.concepts) if entry.word not in told)

    def _request(self, query: Query, plan: concepts.Plan) -> Request:
        settings = self.settings.search
        has_words = any(concept.role != "excluded" for concept in plan.concepts)
        return Request(
            concepts=plan.concepts,
            selection=self._selection(query),
            sort=query.sort if has_words or query.sort != "relevantie" else "datum",
            offset=query.offset,
            limit=query.limit,
            partial_share=settings.partial_share if query.partial else 2.0,
            partial_best=settings.partial_best,
            max_expansions=plan.expansions(settings.max_expansions, settings.max_terms),
        )

    def _selection(self, query: Query) -> Selection:
        filters = query.filters
        return Selection(
            chosen={facet: widened(facet, values, self.taxonomy) for facet, values in filters.chosen.items()},
            excluded={facet: widened(facet, values, self.taxonomy) for facet, values in filters.excluded.items()},
            date_from=filters.date_from,
            date_until=filters.date_until,
            hidden=self.hidden,
        )

    def _values(self, facet: str, query: Query, answer: Answer) -> tuple[FacetValue, ...]:
        chosen = query.filters.chosen.get(facet, ())
        excluded = query.filters.excluded.get(facet, ())
        counts = answer.counts.get(facet, {})
        alone = answer.alone.get(facet, counts)
        values = [
            FacetValue(
                value,
                self.label(facet, value),
                counts.get(value, 0),
                alone.get(value, 0),
                value in chosen,
                value in excluded,
            )
            for value in {*counts, *alone, *chosen, *excluded}
        ]
        if facet == "jaar":
            return tuple(sorted(values, key=lambda value: value.term))
        return tuple(sorted(values, key=lambda value: (-value.alone, value.label)))

    def _hits(self, answer: Answer, plan: concepts.Plan) -> Iterator[DocumentHit]:
        found = self._opened.engine.passages(plan.concepts, [hit.id for hit in answer.documents], FRAGMENTS)
        marker = Marker(plan.concepts)
        for hit in answer.documents:
            row = self._ledger[hit.id]
            metadata = self._opened.metadata[hit.id]
            count, best = found.get(hit.id, (0, ()))
            yield DocumentHit(
                id=hit.id,
                file=row.file,
                title=metadata.title,
                kind=metadata.kind,
                date=metadata.dates.best,
                publishers=metadata.publishers,
                score=round(hit.score, 4),
                missing=tuple(plan.concepts[position].label for position in hit.missing),
                passage_count=count,
                fragments=self._fragments(hit.id, [passage.id for passage in best], marker),
            )

    def _fragments(self, name: DocumentId, wanted: Sequence[PassageId], marker: Marker) -> tuple[Fragment, ...]:
        document = self._opened.document(name) if wanted else None
        if document is None:
            return ()
        passages = {passage.id: passage for passage in document.passages}
        page_at = page_finder(document.pages)
        return tuple(fragment(document.text, passages[key], marker, page_at) for key in wanted if key in passages)


def _lacking(answer: Answer, wanted: Sequence[Concept]) -> Iterator[Expansion]:
    for position in answer.absent:
        label = wanted[position].label
        if label and wanted[position].role != "excluded":
            yield Expansion("ontbreekt", label, (), f"‘{label}’ komt in geen enkel document voor")
    for typed in answer.truncated:
        yield Expansion("afgekapt", typed, (), f"‘{typed}’ staat voor te veel woorden; niet alle zijn gebruikt")
