"""From a recommendation or finding as stored to what a page tells about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from flask import url_for

from kennisbank.library import Snapshot
from kennisbank.model import (
    FACET_LABELS,
    FINDING_KINDS,
    POLARITIES,
    RECOMMENDATION_KINDS,
    RULES,
    SHOWN_CERTAINTY,
    STRENGTHS,
    Finding,
    Recommendation,
    Statement,
    StatementSort,
)
from kennisbank.results import DocumentRow, ShownStatement
from web.evidence import Places, term_address
from web.followup_views import follow_up, judged
from web.pages import Link
from web.parallel_views import document_links, elsewhere
from web.params import REGISTER_PATHS, RegisterSearch
from web.plan_views import PlanListing
from web.shown import highlighted
from web.statement_pages import AddresseeView, DocumentStatements, PlaceView, RuleView, StatementPage, StatementView
from web.wording import LIST_LABELS, STATEMENT_ORIGINS, certainty_word, counted_noun, date_text, day_and_month

REGISTER_NAMES: dict[StatementSort, str] = {"aanbeveling": "Aanbevelingen", "bevinding": "Bevindingen"}
_KINDS = {**RECOMMENDATION_KINDS, **FINDING_KINDS}


def statement_view(shown: ShownStatement) -> StatementView:
    """Return what both a list and its own page tell."""
    said, row = shown.statement, shown.row
    year, day = (row.date[:4], day_and_month(row.date)) if row.date else ("", "")
    return StatementView(
        id=said.id,
        name=_name(said),
        address=statement_address(said),
        quote=highlighted(said.place.text, shown.marks),
        addressees=list(_addressees(shown)),
        weight=_weight(said),
        row=row,
        year=year,
        day=day,
        document=Link(url_for("documents.document", document_id=row.id), row.title),
        place=_place(row, f"p{said.passage_start}", said.place.page),
        origin=STATEMENT_ORIGINS[said.origin],
        certainty=said.certainty,
        certainty_word=certainty_word(said.certainty),
        proposal=said.certainty < SHOWN_CERTAINTY,
        standing=judged(shown.standing) if shown.standing else None,
    )


def statement_address(said: Statement) -> str:
    """Return the permanent address."""
    return f"{REGISTER_PATHS[_sort(said)]}/{said.id}"


def _sort(said: Statement) -> StatementSort:
    return "bevinding" if isinstance(said, Finding) else "aanbeveling"


def _name(said: Statement) -> str:
    name = _KINDS.get(said.kind, said.kind).capitalize()
    number = said.number if isinstance(said, Recommendation) else None
    return f"{name} {number}" if number else name


def _weight(said: Statement) -> str:
    if isinstance(said, Recommendation):
        return STRENGTHS.get(said.strength, said.strength)
    return POLARITIES.get(said.polarity, "") if isinstance(said, Finding) else ""


def _addressees(shown: ShownStatement) -> Iterator[AddresseeView]:
    said = shown.statement
    for entry in said.addressees if isinstance(said, Recommendation) else ():
        term = entry.organisation
        link = Link(term_address("organisatie", term), shown.labels.get(term, term)) if term else None
        yield AddresseeView(" ".join(entry.place.text.split()), link)


def _place(row: DocumentRow, anchor: str, page: int | None) -> Link:
    address = url_for("documents.document", document_id=row.id, _anchor=anchor)
    return Link(address, f"p. {page}" if page else "lees in de tekst")


# The page of one


def statement_page(
    now: Snapshot, sort: StatementSort, shown: ShownStatement, original: Link | None, as_of: str | None = None
) -> StatementPage:
    """Return everything about one of them, with the text around it, and what was said of it until `as_of`."""
    said, row = shown.statement, shown.row
    view = statement_view(shown)
    places = Places(now.document(row.id))
    listing = RegisterSearch(sort=sort).only("document", row.id)
    siblings = sum(other.statement.certainty >= SHOWN_CERTAINTY for other in now.statements.of(sort, row.id))
    return StatementPage(
        title=f"{view.name}: {row.title}",
        noun=sort,
        register=Link(REGISTER_PATHS[sort], REGISTER_NAMES[sort]),
        view=view,
        follow=follow_up(now, said.id, as_of) if sort == "aanbeveling" else None,
        facts=list(_facts(said, row)),
        terms=list(_terms(shown)),
        original=original,
        context=list(places.context(said.place.span)),
        path=said.path,
        also=list(_also(said, row, places)),
        rules=[RuleView(rule, RULES.get(rule, "")) for rule in said.rules],
        citation=_citation(view, said),
        elsewhere=elsewhere(now, row.id, said.place.span, said.place.text),
        siblings=Link(listing.address, counted_noun(siblings, *listing.nouns), siblings) if siblings else None,
    )


def _facts(said: Statement, row: DocumentRow) -> Iterator[tuple[str, str]]:
    """Yield what is known besides the quote: name, value."""
    recommendation = said if isinstance(said, Recommendation) else None
    for name, value in (
        ("Nummer", recommendation.number if recommendation else None),
        (LIST_LABELS["sterkte" if recommendation else "polariteit"], _weight(said)),
        ("Aard", _KINDS.get(said.kind, said.kind)),
        ("Pagina", str(said.place.page) if said.place.page else None),
        ("Soort", row.kind_label.lower()),
        ("Datum", date_text(row.date) if row.date else None),
        ("Uitgever", ", ".join(row.publishers)),
    ):
        if value:
            yield name, value


def _terms(shown: ShownStatement) -> Iterator[tuple[str, list[Link]]]:
    said = shown.statement
    for facet, terms in (("keten", said.chains), ("thema", said.themes), ("organisatie", said.organisations)):
        if terms:
            yield FACET_LABELS[facet], [Link(term_address(facet, term), shown.labels.get(term, term)) for term in terms]


def _also(said: Statement, row: DocumentRow, places: Places) -> Iterator[PlaceView]:
    for place in said.also if isinstance(said, Recommendation) else ():
        link = _place(row, places.anchor(place.span)[1:], place.page)
        yield PlaceView(highlighted(place.text, ()), link)


def _citation(view: StatementView, said: Statement) -> str:
    row = view.row
    where = f", p. {said.place.page}" if said.place.page else ""
    return f"{' en '.join(row.publishers) or 'Zonder uitgever'} ({view.year or 'z.j.'}). {row.title}, " + (
        f"{view.name.lower()}{where}."
    )


# In a document


def document_statements(now: Snapshot, document_id: str) -> DocumentStatements:
    """Return what a document recommends, and links to its lists."""
    made = [statement_view(shown) for shown in now.statements.of("aanbeveling", document_id)]
    found = [shown.statement.certainty for shown in now.statements.of("bevinding", document_id)]
    counts: dict[tuple[StatementSort, bool], int] = {
        ("aanbeveling", False): sum(not view.proposal for view in made),
        ("bevinding", False): sum(certainty >= SHOWN_CERTAINTY for certainty in found),
        ("bevinding", True): sum(certainty < SHOWN_CERTAINTY for certainty in found),
    }
    return DocumentStatements(
        recommendations=[view for view in made if not view.proposal],
        proposals=[view for view in made if view.proposal],
        links=[
            *_document_links(document_id, counts.items()),
            *_planned(now, document_id),
            *document_links(now, document_id),
        ],
    )


def _document_links(document_id: str, counts: Iterable[tuple[tuple[StatementSort, bool], int]]) -> Iterator[Link]:
    for (sort, proposals), count in counts:
        listing = RegisterSearch(sort=sort, proposals=proposals).only("document", document_id)
        noun = counted_noun(count, *RegisterSearch(sort=sort).nouns)
        if count:
            yield Link(listing.address, f"{noun} als voorstel" if proposals else noun, count)


def _planned(now: Snapshot, document_id: str) -> Iterator[Link]:
    listing = PlanListing({"document": (document_id,)})
    count = len(now.plans.page(listing.query).found)
    if count:
        yield Link(listing.address, counted_noun(count, "voornemen", "voornemens"), count)
