"""The nouns. Frozen, no input or output, nothing of ours imported.

Everything points into one text: a publication becomes one `Document` with one canonical `text`; pages,
blocks, sections, passages, tag evidence and highlights are each a `Span` in it, counted in Unicode code points.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NewType

DocumentId = NewType("DocumentId", str)
PassageId = NewType("PassageId", str)
TermId = NewType("TermId", str)

Status = Literal[
    "indexed",
    "indexed_partial",
    "no_text",
    "encrypted",
    "not_a_document",
    "unsupported",
    "corrupt",
    "too_large",
    "limit_exceeded",
    "timeout",
    "crashed",
    "duplicate",
    "withdrawn",
    "missing",
    "not_held",
]
STATUSES: tuple[Status, ...] = Status.__args__  # type: ignore[attr-defined]  # typing offers no public way
SEARCHABLE: frozenset[str] = frozenset({"indexed", "indexed_partial"})
REJECTED: frozenset[str] = frozenset(
    {
        "encrypted",
        "not_a_document",
        "unsupported",
        "corrupt",
        "too_large",
        "limit_exceeded",
        "timeout",
        "crashed",
        "no_text",
    }
)
"""Statuses of a file that was there but gave nothing to search: `index` lists these and exits 1."""

KINDS: dict[str, str] = {
    "rapport": "Rapport",
    "incidentonderzoek": "Incidentonderzoek",
    "vervolgonderzoek": "Vervolgonderzoek",
    "doorlichting": "Doorlichting",
    "periodiek-beeld": "Periodiek beeld",
    "brief": "Brief",
    "signaal": "Signaal",
    "jaarbericht": "Jaarbericht",
    "werkprogramma": "Werkprogramma",
    "meerjarenperspectief": "Meerjarenperspectief",
    "plan-van-aanpak": "Plan van aanpak",
    "toetsingskader": "Toetsingskader",
    "beleidsreactie": "Beleidsreactie",
    "voortgangsbrief": "Voortgangsbrief",
    "nieuwsbericht": "Nieuwsbericht",
    "factsheet": "Factsheet",
    "wederhoor": "Reactie op wederhoor",
    "bij-nadere-inspectie": "Bij nadere Inspectie",
    "magazine": "Magazine",
    "overig": "Overig",
}
"""Kinds of documents (`soort`) with the label a visitor reads."""
REPORT_KINDS: tuple[str, ...] = ("rapport", "incidentonderzoek", "vervolgonderzoek", "doorlichting")
"""All of these are found by `--soort rapport`."""

BlockKind = Literal["heading", "paragraph", "item", "table", "note"]
Facet = Literal["keten", "gebied", "doel", "thema", "organisatie", "verschijnsel", "maatregel"]
TAG_FACETS: tuple[Facet, ...] = Facet.__args__  # type: ignore[attr-defined]
TOLD: tuple[Facet, ...] = ("verschijnsel", "maatregel")
"""Facets whose terms a text tells of in ever other words, instead of naming them."""
FACET_LABELS: dict[str, str] = {
    "keten": "Keten",
    "gebied": "Toezichtgebied",
    "doel": "Doel",
    "thema": "Thema",
    "organisatie": "Organisatie",
    "verschijnsel": "Verschijnsel",
    "maatregel": "Maatregel",
    "soort": "Soort",
    "uitgever": "Uitgever",
    "jaar": "Jaar",
    "status": "Status",
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range of code points in a document's canonical text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"not a span: {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """Return the text this span points at."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Tell whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Page:
    """A physical page; the pages of a document partition its text, mostly with one span each.

    More than one when something of this page is told later: a footnote that stands below a paragraph which runs on
    to the next page is kept behind that paragraph.
    """

    number: int
    """1-based, as a PDF viewer counts (`#page=`)."""
    label: str | None
    """As printed (``iv``, ``12``), when the file says so."""
    spans: tuple[Span, ...] = ()
    """Where its text stands, in order; empty for a page without text."""


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, paragraph, list item, table or note: the unit that rules read."""

    kind: BlockKind
    span: Span
    level: int = 0
    """1..6 for headings, nesting from 0 for list items, 0 otherwise."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all below it up to the next heading of the same or a higher level."""

    level: int
    heading: Span
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """What is searched and shown: some 80-200 words, never across a section."""

    id: PassageId
    span: Span
    page: int | None
    page_label: str | None
    path: tuple[str, ...]
    """Headings from the outermost to the nearest."""
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of a publication that differ, each ISO 8601 as precise as known: ``2019`` or ``2019-02-13``."""

    document: str | None = None
    published: str | None = None
    offered: str | None = None
    updated: str | None = None

    @property
    def best(self) -> str | None:
        """The date to show and sort by: of the document, else published, else offered."""
        return self.document or self.published or self.offered


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known about a publication besides its text."""

    title: str
    subtitle: str | None = None
    kind: str = "overig"
    dates: Dates = Dates()
    period: str | None = None
    """Years covered, as ``2021-2024`` or ``2024``."""
    publishers: tuple[str, ...] = ()
    """Names as they stand in the publication."""
    language: str = "nl"
    url: str | None = None
    dossier: str | None = None
    """Number of the parliamentary dossier it belongs to, as ``29628``."""
    found: Mapping[str, str] = field(default_factory=dict)
    """Field name -> where it was found (``catalogus``, ``html``, ``adres``, ``tekst``, ``bestand``, ``naam``)."""


@dataclass(frozen=True, slots=True)
class Document:
    """A publication as read: one text and everything that points into it."""

    text: str
    pages: tuple[Page, ...]
    """Empty when the format has no pages."""
    blocks: tuple[Block, ...]
    sections: tuple[Section, ...]
    passages: tuple[Passage, ...]
    metadata: Metadata
    warnings: tuple[str, ...] = ()
    """What a reader must know, in words: pages that could not be read (then `indexed_partial`), recognised text."""

    def page_at(self, offset: int) -> Page | None:
        """Return the page that holds the code point at `offset`."""
        return page_finder(self.pages)(offset)

    def title_of(self, section: Section) -> str:
        """Return the heading's text."""
        return section.heading.of(self.text)


def page_finder(pages: Sequence[Page]) -> Callable[[int], Page | None]:
    """Return a function that finds the page of an offset in logarithmic time; None without pages."""
    places = sorted((span.start, position) for position, page in enumerate(pages) for span in page.spans)
    starts = [start for start, _ in places]

    def find(offset: int) -> Page | None:
        index = bisect_right(starts, offset) - 1
        return pages[places[index][1]] if index >= 0 else None

    return find


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a claim is made: the place in the text and the rule that fired there."""

    span: Span
    rule: str
    """``label:dji`` and the like: which rule, and on what."""


RelationKind = Literal["echo", "bijlage", "heruitgave", "beleidsreactie", "vervolg", "zelfde-publicatie"]
RELATION_LABELS: dict[str, tuple[str, str]] = {
    "echo": ("bericht over", "bericht hierover"),
    "bijlage": ("hoort bij", "onderdeel hiervan"),
    "heruitgave": ("nieuwe uitgave van", "later opnieuw uitgegeven als"),
    "beleidsreactie": ("reactie op", "reactie hierop"),
    "vervolg": ("vervolg op", "vervolg hierop"),
    "zelfde-publicatie": ("dezelfde tekst als", "dezelfde tekst als"),
}
"""Kind -> how the document calls the other, and how the other calls it."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A document that answers, repeats or belongs to another."""

    source: DocumentId
    kind: RelationKind
    target: DocumentId
    evidence: tuple[Evidence, ...]
    """Places in the source that say so."""

    def __post_init__(self) -> None:
        if not self.evidence:
            raise ValueError(f"{self.source} {self.kind} {self.target}: a relation needs evidence")


@dataclass(frozen=True, slots=True)
class Tag:
    """A taxonomy term for a document or one of its passages."""

    facet: Facet
    term: TermId
    strength: float
    """0..1; how much of the document it carries."""
    evidence: tuple[Evidence, ...]
    origin: Literal["genoemd", "afgeleid", "mens"] = "genoemd"
    passage: PassageId | None = None
    """None: the tag is on the document as a whole."""

    def __post_init__(self) -> None:
        if not self.evidence and self.origin != "mens":
            raise ValueError(f"{self.term}: a tag needs evidence")
        if not 0 <= self.strength <= 1:
            raise ValueError(f"{self.term}: strength {self.strength} is not within 0..1")


MAIN_STRENGTH = 0.4
"""From here a tag is a main subject of its document; below it, something the document also speaks of."""
Strength = Literal["formeel", "dringend", "wenselijk", "aandacht"]
STRENGTHS: dict[str, str] = {
    "formeel": "formele aanbeveling",
    "dringend": "dringende oproep",
    "wenselijk": "wenselijk geacht",
    "aandacht": "onder de aandacht gebracht",
}
"""How strongly something is recommended, with the words a visitor reads."""
RECOMMENDATION_KINDS: dict[str, str] = {
    "aanbeveling": "aanbeveling",
    "verbeterpunt": "verbeterpunt",
    "aandachtspunt": "aandachtspunt",
}
FINDING_KINDS: dict[str, str] = {
    "bevinding": "bevinding",
    "oordeel": "oordeel",
    "maatregel": "maatregel die werkte",
}
POLARITIES: dict[str, str] = {"positief": "positief", "neutraal": "neutraal", "negatief": "negatief"}
RULES: dict[str, str] = {
    "R1": "is genummerd, geletterd of aangekondigd met het woord aanbeveling",
    "R2": "staat in een opsomming onder een zin die aanbevelingen aankondigt",
    "R3": "erboven of ervoor staat aan wie het is gericht",
    "R4": "heeft een werkwoord van aanbevelen, zoals ‘beveelt aan’ of ‘adviseert’",
    "R5": "is een opdracht, zoals ‘zorg’ of ‘leg vast’, in een hoofdstuk met aanbevelingen",
    "R6": "dringt aan, roept op of vraagt",
    "R7": "zegt wat wenselijk is",
    "R8": "zegt wat iemand moet doen, in een brief of in de slotsom van een rapport",
    "F1": "de uitgever stelt het zelf vast, zoals ‘constateert’ of ‘ziet’",
    "F2": "de uitgever oordeelt, zoals ‘concludeert’ of ‘acht’",
    "F3": "een maatregel waarvan er staat dat hij werkt",
    "F4": "de woorden van de zin laten geen twijfel of het goed of slecht gaat",
    "mens": "een medewerker heeft dit toegevoegd",
}
"""Rules that find recommendations (R) and findings (F), as what they see in the text."""
SHOWN_CERTAINTY = 0.6
"""From here a statement is shown and counted; below it is a proposal for review."""
StatementSort = Literal["aanbeveling", "bevinding"]
StatementId = NewType("StatementId", str)


@dataclass(frozen=True, slots=True)
class Place:
    """A piece of a document's text with the page it begins on."""

    span: Span
    text: str
    page: int | None


@dataclass(frozen=True, slots=True)
class Addressee:
    """To whom a recommendation speaks, as written, and the organisation that is."""

    place: Place
    organisation: TermId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """What a document says that is kept by itself: `place.text` is exactly its span of the text."""

    id: StatementId
    place: Place
    passage_start: int
    """Where the passage that holds it begins: its place on the page of the document."""
    path: tuple[str, ...]
    """Headings from the outermost to the nearest."""
    kind: str
    rules: tuple[str, ...]
    """Which rules found it, the surest first; never empty unless a person added it."""
    certainty: float
    """0..1."""
    chains: tuple[TermId, ...] = ()
    themes: tuple[TermId, ...] = ()
    organisations: tuple[TermId, ...] = ()
    """Named in the statement itself, and those addressed."""
    phenomena: tuple[TermId, ...] = ()
    """Phenomena and measures that the statement itself tells of."""
    origin: Literal["afgeleid", "mens"] = "afgeleid"
    """``mens``: a person confirmed, changed or added it."""

    def __post_init__(self) -> None:
        if not self.rules and self.origin != "mens":
            raise ValueError(f"{self.id}: a statement needs a rule")
        if not 0 <= self.certainty <= 1:
            raise ValueError(f"{self.id}: certainty {self.certainty} is not within 0..1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation(Statement):
    """One demand, from its marker or opener to its end."""

    strength: Strength
    number: str | None = None
    """As printed: ``3``, ``B``."""
    addressees: tuple[Addressee, ...] = ()
    also: tuple[Place, ...] = ()
    """Where the same document says it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding(Statement):
    """A finding or judgement, or a measure that is reported to work."""

    polarity: Literal["positief", "neutraal", "negatief"]


@dataclass(frozen=True, slots=True)
class Source:
    """A file to index."""

    root: str
    """Absolute folder that `file` is relative to."""
    file: str
    """Path relative to the folder given, with ``/`` (`bestand` in the contract)."""
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """What became of one file ever seen or known."""

    id: DocumentId
    file: str
    root: str
    sha256: str | None
    status: Status
    reason: str
    time: str
    """UTC, ISO 8601 with ``Z``: when this status was given."""
    duplicate_of: DocumentId | None = None
    former_ids: tuple[DocumentId, ...] = ()
    """Ids this file had with earlier contents; old addresses lead to the new one."""
