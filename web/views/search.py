"""The start page, and the results of a question."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kennisbank.library import Snapshot
from kennisbank.model import FACET_LABELS, KINDS, Facet
from kennisbank.query import Sort
from kennisbank.register import RegisterQuery
from kennisbank.results import DocumentHit, RegisterPage, ResultPage
from kennisbank.sample import SAMPLE_QUESTIONS
from web import empty, explained, narrowing, params
from web.context import services, snapshot
from web.pages import EmptyPage, FacetGroup, HitView, Link, Quote, SearchPage, StartPage, render
from web.params import REGISTER_PATHS, RegisterSearch, Search
from web.shown import quote
from web.wording import FACET_PATHS, FACET_PLURALS, counted, counted_noun, day_and_month

blueprint = Blueprint("search", __name__)

EXAMPLES = 3
BOX_ORDER = ("keten", "gebied", "thema", "organisatie", "soort", "doel", "uitgever", "status")
OPEN_BOXES = ("keten", "gebied", "thema", "organisatie", "soort")
SORT_NAMES: dict[Sort, str] = {"relevantie": "Beste eerst", "datum": "Nieuwste eerst", "titel": "Op titel"}


@blueprint.get("/")
def search() -> ResponseReturnValue:
    """Answer the question in the address, or show the start page when there is none."""
    now = snapshot()
    if not params.is_search(request.args):
        return render(_start_page(now))
    settings = services().settings.search
    asked = params.read(request.args, now, settings)
    found = now.search(asked.query(settings))
    listed = found.total + found.total_partial
    if not listed:
        return render(_empty_page(now, asked, found))
    narrowing.check_page(asked, listed)
    return render(_search_page(now, asked, found))


# The start page


def _start_page(now: Snapshot) -> StartPage:
    overview = now.overview()
    groups = [
        FacetGroup(FACET_PLURALS[facet], url_for("terms.terms", plural=plural), _browse_links(now, facet))
        for plural, facet in FACET_PATHS.items()
    ]
    lists = {sort: now.statements.page(sort, RegisterQuery(limit=0)) for sort in REGISTER_PATHS}
    examples = _sample_questions(now) if overview.fictional else _frequent_terms(now)
    return StartPage(
        title="Zoeken in inspectierapporten",
        overview=overview,
        examples=list(examples)[:EXAMPLES],
        addressed=_most_addressed(lists["aanbeveling"]),
        figures=[_figure(found) for found in lists.values() if found.total],
        groups=[group for group in groups if group.values],
    )


def _most_addressed(found: RegisterPage) -> Link | None:
    """Point to the recommendations to the organisation that got most of them."""
    for value in found.facets.get("adressaat", ())[:1]:
        address = RegisterSearch().only("adressaat", value.term).address
        return Link(address, f"Wat is aanbevolen aan {value.label}?", value.alone, "Letterlijk, met rapport en pagina")
    return None


def _figure(found: RegisterPage) -> Link:
    listing = RegisterSearch(sort=found.sort)
    return Link(listing.address, counted_noun(found.total, *listing.nouns), found.total)


def _browse_links(now: Snapshot, facet: str) -> list[Link]:
    carried = [value for value in now.terms(_as_facet(facet)) if value.count]
    carried.sort(key=lambda value: (-value.count, value.label))
    return [Link(Search().only(facet, value.term).address, value.label, value.count) for value in carried]


def _sample_questions(now: Snapshot) -> Iterator[Link]:
    for question in SAMPLE_QUESTIONS:
        asked = Search(question.text)
        found = now.search(asked.query(services().settings.search))
        if found.total:
            about = f"{question.user}: {question.why[0].lower()}{question.why[1:]}"
            yield Link(asked.address, question.text, found.total + found.total_partial, about)


def _frequent_terms(now: Snapshot) -> Iterator[Link]:
    """Take the most frequent term of each of the facets that say most: these have results for certain."""
    for facet in ("keten", "thema", "organisatie"):
        for link in _browse_links(now, facet)[:1]:
            yield Link(link.address, link.text, link.count, f"Meest voorkomende {FACET_LABELS[facet].lower()}")


def _as_facet(name: str) -> Facet:
    return next(facet for facet in get_args(Facet) if facet == name)


# Results


def _search_page(now: Snapshot, asked: Search, found: ResultPage) -> SearchPage:
    listed = found.total + found.total_partial
    hits = [hit_view(hit, asked) for hit in found.hits]
    title = f"{narrowing.name_of(now, asked)}, {counted(listed, *asked.nouns)}"
    return SearchPage(
        title=title if asked.page == 1 else f"{title}, pagina {asked.page}",
        search=asked,
        explanation=list(explained.lines(asked, found.explanation)),
        listed=listed,
        shown=len(hits),
        total=found.total,
        total_partial=found.total_partial,
        chips=list(narrowing.chips(now, asked)),
        boxes=list(narrowing.boxes(asked, found.facets, BOX_ORDER, OPEN_BOXES)),
        years=list(narrowing.years(asked, found.facets.get("jaar", ()))),
        full=[view for view in hits if not view.hit.missing],
        partial=[view for view in hits if view.hit.missing],
        sorts=list(SORT_NAMES.items()),
    )


def hit_view(hit: DocumentHit, asked: Search | None = None) -> HitView:
    """Return a document as it stands in a list, with links that mark the words of the question."""
    words = asked.question() if asked else {}
    address = url_for("documents.document", document_id=hit.id, **words)
    quotes = [
        Quote(f"{address}#p{part.passage_span.start}", f"p. {part.page}" if part.page else "lees", quote(part))
        for part in hit.fragments
    ]
    year, day = (hit.date[:4], day_and_month(hit.date)) if hit.date else ("", "")
    return HitView(hit, address, KINDS.get(hit.kind, hit.kind), year, day, quotes)


# Nothing found


def _empty_page(now: Snapshot, asked: Search, found: ResultPage) -> EmptyPage:
    overview = now.overview()
    name = narrowing.name_of(now, asked)
    return EmptyPage(
        title=f"Niets gevonden voor {name}",
        search=asked,
        question=name,
        explanation=list(explained.lines(asked, found.explanation)),
        chips=list(narrowing.chips(now, asked)),
        tips=list(empty.until_spent(_tips(now, asked, found))),
        overview=overview,
        missing=list(empty.not_searched(overview)),
    )


def _tips(now: Snapshot, asked: Search, found: ResultPage) -> Iterator[Link]:
    """Yield what does give something, and which limits make no difference."""
    settings = services().settings.search
    budget = empty.Budget()

    @budget.counting
    def whole(search: Search) -> int:
        return now.search(empty.one_result(search).query(settings)).total

    @budget.counting
    def length(search: Search) -> int:
        answer = now.search(empty.one_result(search).query(settings))
        return answer.total + answer.total_partial

    yield from empty.tips(now, asked, found.explanation, settings, length, whole)
    if not asked.partial:
        search = asked.with_partial(True)
        count = length(search)
        if count:
            yield Link(search.address, "Ook met een deel van uw woorden", count, counted(count, *search.nouns))
