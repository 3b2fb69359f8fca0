"""A library in memory: three documents and four files that gave no text, as the site sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from fake_opened import FakeOpened

from kennisbank.errors import NoLibrary, NotFound
from kennisbank.followup import FollowUp
from kennisbank.model import (
    FACET_LABELS,
    KINDS,
    SEARCHABLE,
    TAG_FACETS,
    Addressee,
    Block,
    Dates,
    DocumentId,
    Evidence,
    Finding,
    LedgerRow,
    Page,
    Passage,
    PassageId,
    Place,
    Recommendation,
    Relation,
    Section,
    Span,
    Statement,
    StatementId,
    TermId,
)
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
from kennisbank.search.concepts import plan
from kennisbank.series import Recurring
from kennisbank.statements import Statements
from kennisbank.store import Record, RecordWriter
from kennisbank.suggestions import Suggested, Suggestions, of_documents, of_terms
from kennisbank.taxonomy import Taxonomy
from kennisbank.verdicts import NOTHING_FOUND, Standing

HOSTILE = '<script>alert("x")</script>'
TEXT = (
    "1 Inleiding\n\n"
    "De overdracht van informatie \u202everliep niet. Een medewerker ziet het <b>niet</b> meer.\n\n"
    "1.1 Gevolgen\n\n"
    "De overdracht stokt en de inrichting wacht op de overdracht.\n\n"
    "- eerste punt\n\n"
    "rij\tcel\nrij\toverdracht\n\n"
    "Een noot bij de eerste pagina."
)
"""Two pages; the second begins halfway the paragraph under 1.1."""


def span_of(text: str, after: int = 0) -> Span:
    """Return the first place of a piece of `TEXT`."""
    start = TEXT.index(text, after)
    return Span(start, start + len(text))


def row(name: str, status: str = "indexed", **known: Any) -> DocumentRow:
    """Make a ledger row."""
    usual: dict[str, Any] = {
        "id": DocumentId(name),
        "file": f"{name}.pdf",
        "status": status,
        "reason": "",
        "time": "2024-11-18T14:06:00Z",
        "sha256": "0" * 64,
        "duplicate_of": None,
        "title": f"Titel van {name}",
        "subtitle": None,
        "kind": "rapport",
        "kind_label": "Rapport",
        "date": None,
        "dates": Dates(),
        "period": None,
        "publishers": ("Inspectie",),
        "language": "nl",
        "url": None,
        "dossier": None,
        "page_count": 2,
        "terms": {},
        "found": {},
    }
    return DocumentRow(**{**usual, **known})


ROWS = (
    row(
        "d1",
        title=f"Onderweg {HOSTILE}",
        date="2019-10-03",
        dates=Dates(document="2019-10-03"),
        found={"dates": "tekst"},
        url="javascript:alert(1)",
        terms={"keten": ("keten:strafrecht",)},
    ),
    row("d2", date="2021", kind="brief", terms={"keten": ("keten:asiel",)}),
    row("d3", "indexed_partial", terms={"keten": ("keten:asiel", "keten:strafrecht")}),
    row("scan", "no_text", reason="alle pagina’s zijn beelden"),
    row("dubbel", "duplicate", duplicate_of=DocumentId("d1")),
    row("weg", "withdrawn", title="Geheime titel"),
    row("genoemd", "not_held", sha256=None),
)


def document_text(found: DocumentRow, marks: tuple[Span, ...] = ()) -> DocumentText:
    """Make the text of a document; all have the same."""
    second = span_of("en de inrichting").start
    note = span_of("Een noot")
    heading, below = span_of("1 Inleiding"), span_of("1.1 Gevolgen")
    first_passage = Passage(PassageId("p1"), Span(0, below.start), 1, None, ("1 Inleiding",))
    second_passage = Passage(PassageId("p2"), Span(below.start, len(TEXT)), 1, None, ("1 Inleiding", "1.1 Gevolgen"))
    return DocumentText(
        row=found,
        text=TEXT,
        pages=(
            Page(1, None, (Span(0, second), Span(note.start, len(TEXT)))),
            Page(2, None, (Span(second, note.start),)),
            Page(3, None),
        ),
        blocks=(
            Block("heading", heading, 1),
            Block("paragraph", Span(span_of("De overdracht").start, below.start - 2)),
            Block("heading", below, 3),
            Block("paragraph", span_of("De overdracht stokt en de inrichting wacht op de overdracht.")),
            Block("item", span_of("- eerste punt")),
            Block("table", span_of("rij\tcel\nrij\toverdracht")),
            Block("note", Span(note.start, len(TEXT))),
        ),
        sections=(Section(1, heading, Span(0, len(TEXT))), Section(3, below, Span(below.start, len(TEXT)))),
        passages=(first_passage, second_passage),
        tags=(
            ShownTag(
                "keten",
                "keten:strafrecht",
                "strafrechtketen",
                "genoemd",
                0.83,
                "document",
                None,
                (Evidence(span_of("informatie"), "label:informatie"),),
                ("informatie",),
                (1,),
            ),
        ),
        warnings=("pagina 3 gaf geen tekst",) if found.status == "indexed_partial" else (),
        marks=marks,
    )


def places(word: str) -> tuple[Span, ...]:
    """Return all places of a word in `TEXT`."""
    found, at = [], 0
    while word and (at := TEXT.find(word, at)) >= 0:
        found.append(Span(at, at + len(word)))
        at += len(word)
    return tuple(found)


def place_of(text: str, page: int | None = 1) -> Place:
    """Return the first place of a piece of `TEXT` as a statement has it."""
    return Place(span_of(text), text, page)


def recommendation(name: str, text: str, **known: Any) -> Recommendation:
    """Make a recommendation out of a piece of `TEXT`."""
    usual: dict[str, Any] = {
        "passage_start": 0,
        "path": ("1 Inleiding",),
        "kind": "aanbeveling",
        "rules": ("R1", "R5"),
        "certainty": 0.9,
        "strength": "formeel",
    }
    return Recommendation(id=StatementId(name), place=place_of(text), **{**usual, **known})


def finding(name: str, text: str, **known: Any) -> Finding:
    """Make a finding out of a piece of `TEXT`."""
    usual: dict[str, Any] = {"passage_start": 0, "path": (), "kind": "bevinding", "rules": ("F4",), "certainty": 0.7}
    return Finding(id=StatementId(name), place=place_of(text), polarity="negatief", **{**usual, **known})


STATEMENTS: dict[str, tuple[Statement, ...]] = {
    "d1": (
        recommendation(
            "a1",
            "Een medewerker ziet het <b>niet</b> meer.",
            number="3",
            path=(HOSTILE,),
            addressees=(Addressee(place_of("<b>niet</b>"), TermId("org:dji")),),
            organisations=(TermId("org:dji"),),
            themes=(TermId("thema:informatie"),),
            chains=(TermId("keten:strafrecht"),),
            also=(place_of("- eerste punt", 2),),
        ),
        recommendation("a2", "De overdracht van informatie \u202everliep niet.", strength="dringend", rules=("R6",)),
        recommendation("a3", "De overdracht stokt", certainty=0.5, rules=("R8",)),
        finding("b1", "De overdracht stokt", passage_start=span_of("1.1 Gevolgen").start),
    ),
    "d2": (
        recommendation(
            "a4",
            "de inrichting wacht op de overdracht.",
            origin="mens",
            rules=(),
            certainty=1.0,
            addressees=(Addressee(place_of("de inrichting"), None),),
        ),
        finding("b2", "Een medewerker ziet", kind="oordeel", rules=("F2",), certainty=0.85),
        finding("b3", "eerste punt", certainty=0.4),
    ),
    "d3": (recommendation("a5", "Een noot bij de eerste pagina."),),
    "weg": (recommendation("a6", "De overdracht"),),
}
"""By document; those of one that is withdrawn may be seen nowhere."""


def _lacking(word: str) -> Expansion:
    """A word with its last letter typed twice gets a proposal."""
    if word[-1] == word[-2:-1] and places(word[:-1]):
        return Expansion(
            "correctie", word, (word[:-1], HOSTILE), f"‘{word}’ komt nergens voor; bedoelde u {word[:-1]}?"
        )
    return Expansion("ontbreekt", word, (), f"‘{word}’ komt in geen enkel document voor")


@dataclass
class FakeSnapshot:
    """Answers as a snapshot does: a document has a question's word or it has not."""

    taxonomy: Taxonomy
    folder: Path
    ledger: tuple[DocumentRow, ...] = ROWS
    fictional: bool = False
    said: Mapping[str, tuple[Statement, ...]] = field(default_factory=lambda: STATEMENTS)
    asked: list[Query] = field(default_factory=list)
    generation: int = 7
    made: Any = None

    @property
    def statements(self) -> Statements:
        """The real lists, over a record with the statements of this library; made anew when these change."""
        if self.made is None or self.made[:2] != (self.ledger, self.said):
            self.made = (self.ledger, self.said, self._statements())
        return self.made[2]

    @property
    def plans(self) -> Plans:
        """The real list, over a record that holds no commitments."""
        return Plans(self.statements._opened, {}, ())

    @property
    def followup(self) -> FollowUp:
        """The real thing, over a record in which nothing is said of earlier recommendations."""
        return FollowUp(self.statements._opened, {}, ())

    @property
    def parallels(self) -> Parallels:
        """The real list, over a generation that has none."""
        return Parallels(self.statements._opened, frozenset(), self.label)

    @property
    def series(self) -> Recurring:
        """The real list, over a record that holds no series."""
        return Recurring(self.statements._opened, frozenset(), lambda: self.statements.all("aanbeveling"))

    def _statements(self) -> Statements:
        path = self.folder / "record.sqlite"
        path.unlink(missing_ok=True)
        writer = RecordWriter(path)
        for found in self.ledger:
            writer.put(LedgerRow(found.id, found.file, "", found.sha256, found.status, "", ""), "", None, ())
            writer.put_statements(found.id, self.said.get(found.id, ()))
        writer.close()
        opened: Any = FakeOpened(self.taxonomy, Record(path), {found.id: found for found in self.ledger})
        seen = frozenset(found.id for found in self.ledger if found.status in SEARCHABLE)
        return Statements(opened, seen, self.label, lambda name, as_of: Standing(NOTHING_FOUND))

    def overview(self) -> Overview:
        searchable = [found for found in self.ledger if found.status in SEARCHABLE]
        dates = sorted(found.date for found in searchable if found.date)
        return Overview(
            generation=self.generation,
            published="2024-11-18T14:06:00Z",
            documents=len(searchable),
            pages=6,
            statuses=Counter(found.status for found in self.ledger),
            first_year=int(dates[0][:4]) if dates else None,
            last_year=int(dates[-1][:4]) if dates else None,
            newest=dates[-1] if dates else None,
            fictional=self.fictional,
        )

    def search(self, query: Query) -> ResultPage:
        self.asked.append(query)
        words = [word for word in query.text.split() if word.isalpha()]
        known = [word for word in words if places(word)]
        listed = [found for found in self.ledger if found.status in SEARCHABLE and self._selected(found, query)]
        listed = listed if known or not words else []
        missing = tuple(word for word in words if word not in known)
        listed = listed if query.partial or not missing else []
        shown = listed[query.offset : query.offset + query.limit]
        return ResultPage(
            question=query.text,
            explanation=(*plan(query, self.taxonomy).explanation, *map(_lacking, missing)),
            total=0 if missing else len(listed),
            total_partial=len(listed) if missing else 0,
            generation=self.generation,
            facets={facet: self._values(facet, query, listed) for facet in FACET_LABELS},
            hits=tuple(self._hit(found, known, missing) for found in shown),
            offset=query.offset,
            limit=query.limit,
        )

    def _selected(self, found: DocumentRow, query: Query, besides: str = "") -> bool:
        for facet in FACET_LABELS:
            values = set(self._carried(found, facet))
            chosen = query.filters.chosen.get(facet, ())
            if chosen and facet != besides and not values & widened(facet, chosen, self.taxonomy):
                return False
            if values & widened(facet, query.filters.excluded.get(facet, ()), self.taxonomy):
                return False
        first, last, date = query.filters.date_from, query.filters.date_until, found.date or ""
        return date >= (first or "") and (not last or "" < date[: len(last)] <= last)

    def _carried(self, found: DocumentRow, facet: str) -> tuple[str, ...]:
        if facet in found.terms:
            return found.terms[facet]
        other = {
            "soort": (found.kind,),
            "uitgever": found.publishers,
            "jaar": (found.date[:4],) if found.date else (),
            "status": (found.status,),
        }
        return other.get(facet, ())

    def _values(self, facet: str, query: Query, listed: list[DocumentRow]) -> tuple[FacetValue, ...]:
        counts = Counter(value for found in listed for value in self._carried(found, facet))
        wide = [
            found
            for found in self.ledger
            if found.status in SEARCHABLE and self._selected(found, query, besides=facet) and listed
        ]
        alone = Counter(value for found in wide for value in self._carried(found, facet))
        chosen, excluded = query.filters.chosen.get(facet, ()), query.filters.excluded.get(facet, ())
        return tuple(
            FacetValue(value, self.label(facet, value), counts[value], alone[value], value in chosen, value in excluded)
            for value in sorted({*counts, *alone, *chosen, *excluded})
        )

    def _hit(self, found: DocumentRow, words: list[str], missing: tuple[str, ...]) -> DocumentHit:
        marks = sorted(place for word in words for place in places(word))
        fragments = ()
        if marks:
            whole = Span(0, span_of("1.1 Gevolgen").start)
            inside = Span(span_of("De overdracht").start, whole.end)
            kept = tuple(
                Span(mark.start - inside.start, mark.end - inside.start) for mark in marks if inside.holds(mark)
            )
            fragments = (
                Fragment(
                    PassageId("p1"), 1, None, ("1 Inleiding",), inside, inside.of(TEXT), kept, whole, whole.of(TEXT)
                ),
            )
        return DocumentHit(
            found.id, found.file, found.title, found.kind, found.date, found.publishers, 1.0, missing, 2, fragments
        )

    def document(self, name: str, question: Query | None = None) -> DocumentText:
        found = self.row(name)
        if found.status not in SEARCHABLE:
            raise NotFound(name)
        words = question.text.split() if question else []
        return document_text(found, tuple(sorted(place for word in words for place in places(word))))

    def suggestions(self, text: str) -> tuple[Suggested, ...]:
        said = Counter[str](shown.row.id for shown in self.statements.all("aanbeveling", RegisterQuery()))
        known = [*of_documents(self.rows(SEARCHABLE), said)]
        for facet in TAG_FACETS:
            documents = {value.term: value.count for value in self.terms(facet)}
            known += of_terms(self.taxonomy.of_facet(facet), documents, {})
        return Suggestions(known).starting(text)

    def relations(self, name: str | None = None) -> tuple[ShownRelation, ...]:
        """d2 answers d1, which has mark-up in its title."""
        if name not in ("d1", "d2"):
            return ()
        evidence = Evidence(span_of(TEXT), "noemt de titel")
        relation = Relation(DocumentId("d2"), "beleidsreactie", DocumentId("d1"), (evidence,))
        return (ShownRelation(relation, self.row("d2"), self.row("d1"), (HOSTILE,), (3,), (0,)),)

    def row(self, name: str) -> DocumentRow:
        for found in self.ledger:
            if found.id == name:
                return replace(found, title=found.file) if found.status == "withdrawn" else found
        raise NotFound(name)

    def rows(self, status: Collection[str] = ()) -> tuple[DocumentRow, ...]:
        return tuple(self.row(found.id) for found in self.ledger if not status or found.status in status)

    def current_id(self, name: str) -> str | None:
        return "d1" if name == "oud" else None

    def original(self, name: str) -> tuple[Path, str, str]:
        types = {
            "d1": ("application/pdf", "Rapport é.pdf"),
            "d2": ("text/html", "brief.html"),
            "d3": ("image/svg+xml", "x.svg"),
        }
        if name not in types:
            raise NotFound(name)
        return (self.folder / "bestand", *types[name])

    def terms(self, facet: str) -> tuple[FacetValue, ...]:
        carried = Counter(
            value for found in self.ledger if found.status in SEARCHABLE for value in found.terms.get(facet, ())
        )
        return tuple(
            FacetValue(term.id, term.label, carried[term.id], carried[term.id])
            for term in self.taxonomy.of_facet(facet)
        )

    def term(self, facet: str, name: str) -> Any:
        prefix = "org" if facet == "organisatie" else facet
        found = self.taxonomy.terms.get(name if ":" in name else f"{prefix}:{name}")  # type: ignore[call-overload]
        if found is None or found.facet != facet:
            raise NotFound(name)
        return found

    def label(self, facet: str, value: str) -> str:
        known = self.taxonomy.terms.get(value)  # type: ignore[call-overload]
        return known.label if known else KINDS.get(value, value)


@dataclass
class FakeLibrary:
    """Holds one snapshot, or none yet."""

    snapshot: FakeSnapshot | None

    def current(self) -> FakeSnapshot:
        if self.snapshot is None:
            raise NoLibrary("/geheim/pad: hier is nog geen verzameling")
        return self.snapshot
