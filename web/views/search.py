"""The start page, and the results of a question."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import get_args

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kennisbank.errors import UsageError
from kennisbank.library import Snapshot
from kennisbank.model import FACET_LABELS, KINDS, REJECTED, Facet
from kennisbank.query import Sort
from kennisbank.results import DocumentHit, FacetValue, Overview, ResultPage
from kennisbank.sample import SAMPLE_QUESTIONS
from web import params
from web.context import services, snapshot
from web.pages import (
    Bar,
    Chip,
    Choice,
    EmptyPage,
    FacetBox,
    FacetGroup,
    HitView,
    Link,
    Quote,
    SearchPage,
    StartPage,
    render,
)
from web.params import Search
from web.shown import quote
from web.wording import FACET_MEANINGS, FACET_PATHS, FACET_PLURALS, STATUS_WORDS, counted, date_text, day_and_month

blueprint = Blueprint("search", __name__)

EXAMPLES = 3
BOX_ORDER = ("keten", "gebied", "thema", "organisatie", "soort", "doel", "uitgever", "status")
OPEN_BOXES = ("keten", "gebied", "thema", "organisatie", "soort")
SORT_NAMES: dict[Sort, str] = {"relevantie": "Beste eerst", "datum": "Nieuwste eerst", "titel": "Op titel"}
MAX_EMPTY_YEARS = 30
"""Years without documents are shown as empty, unless a stray date would make that a long list."""
MAX_TIPS = 6


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
    pages = -(-listed // asked.limit)
    if asked.page > pages:
        raise UsageError(f"pagina: {asked.page} bestaat niet; deze lijst heeft er {pages}")
    return render(_search_page(now, asked, found))


# The start page


def _start_page(now: Snapshot) -> StartPage:
    overview = now.overview()
    groups = [
        FacetGroup(FACET_PLURALS[facet], url_for("terms.terms", plural=plural), _browse_links(now, facet))
        for plural, facet in FACET_PATHS.items()
    ]
    examples = _sample_questions(now) if overview.fictional else _frequent_terms(now)
    return StartPage(
        "Zoeken in inspectierapporten", overview, list(examples)[:EXAMPLES], [g for g in groups if g.values]
    )


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
    hits = [hit_view(hit, asked.text) for hit in found.hits]
    title = f"{_named(now, asked)}, {counted(listed, 'document', 'documenten')}"
    return SearchPage(
        title=title if asked.page == 1 else f"{title}, pagina {asked.page}",
        search=asked,
        explanation=found.explanation,
        total=found.total,
        total_partial=found.total_partial,
        chips=list(_chips(now, asked)),
        boxes=list(_boxes(asked, found.facets)),
        years=list(_years(asked, found.facets.get("jaar", ()))),
        full=[view for view in hits if not view.hit.missing],
        partial=[view for view in hits if view.hit.missing],
        sorts=list(SORT_NAMES.items()),
        previous=asked.on_page(asked.page - 1).address if asked.page > 1 else None,
        next=asked.on_page(asked.page + 1).address if asked.page * asked.limit < listed else None,
    )


def _named(now: Snapshot, asked: Search) -> str:
    return asked.text or ", ".join(chip.text for chip in _chips(now, asked)) or "Alle documenten"


def hit_view(hit: DocumentHit, text: str) -> HitView:
    """Return a document as it stands in a list, with links that mark the words of the question."""
    address = url_for("documents.document", document_id=hit.id, q=text or None)
    quotes = [
        Quote(f"{address}#p{part.passage_span.start}", f"p. {part.page}" if part.page else "lees", quote(part))
        for part in hit.fragments
    ]
    year, day = (hit.date[:4], day_and_month(hit.date)) if hit.date else ("", "")
    return HitView(hit, address, KINDS.get(hit.kind, hit.kind), year, day, quotes)


def _boxes(asked: Search, facets: Mapping[str, Sequence[FacetValue]]) -> Iterator[FacetBox]:
    for facet in BOX_ORDER:
        values = facets.get(facet, ())
        touched = any(value.chosen or value.excluded for value in values)
        if not values or (facet == "status" and len(values) == 1 and not touched):
            continue
        choices = [_choice(asked, facet, value) for value in values]
        has_choice = any(value.chosen for value in values)
        about = FACET_MEANINGS.get(facet, "")
        yield FacetBox(facet, FACET_LABELS[facet], about, choices, touched or facet in OPEN_BOXES, has_choice)


def _choice(asked: Search, facet: str, value: FacetValue) -> Choice:
    touched = value.chosen or value.excluded
    toggle = asked.removing(facet, value.term) if touched else asked.adding(facet, value.term)
    return Choice(
        value=value,
        label=_value_label(facet, value.label),
        toggle=toggle.address,
        only=asked.only(facet, value.term).address,
        exclude=asked.excluding(facet, value.term).address,
    )


def _value_label(facet: str, label: str) -> str:
    """Return how a value reads on the site: a status in words, a kind as within a sentence."""
    if facet == "status":
        return next((words.word for status, words in STATUS_WORDS.items() if status == label), label)
    return label.lower() if facet == "soort" else label


def _years(asked: Search, values: Sequence[FacetValue]) -> Iterator[Bar]:
    known = {int(value.term): value for value in values if value.term.isdigit()}
    if len(known) < 2:
        return
    span = range(min(known), max(known) + 1)
    highest = max(value.alone for value in known.values())
    for year in span if len(span) - len(known) <= MAX_EMPTY_YEARS else sorted(known):
        value = known.get(year)
        count = value.alone if value else 0
        address = asked.only("jaar", str(year)).address if count else None
        yield Bar(str(year), count, -(-10 * count // highest) if highest else 0, address, bool(value and value.chosen))


def _chips(now: Snapshot, asked: Search) -> Iterator[Chip]:
    """Yield every limit to the list, each with the search that is left without it."""
    filters = asked.filters
    for facet in FACET_LABELS:
        for index, value in enumerate(filters.chosen.get(facet, ())):
            word = "of" if index else FACET_LABELS[facet].lower()
            yield Chip(f"{word} {_value_label(facet, now.label(facet, value))}", asked.removing(facet, value))
        for value in filters.excluded.get(facet, ()):
            text = f"zonder {_value_label(facet, now.label(facet, value))}"
            yield Chip(text, asked.removing(facet, value), excludes=True)
    if filters.date_from:
        yield Chip(f"vanaf {date_text(filters.date_from)}", asked.without_date("van"))
    if filters.date_until:
        yield Chip(f"tot en met {date_text(filters.date_until)}", asked.without_date("tot"))


# Nothing found


def _empty_page(now: Snapshot, asked: Search, found: ResultPage) -> EmptyPage:
    overview = now.overview()
    name = _named(now, asked)
    return EmptyPage(
        title=f"Niets gevonden voor {name}",
        search=asked,
        question=name,
        explanation=found.explanation,
        chips=list(_chips(now, asked)),
        tips=list(_tips(now, asked, found)),
        overview=overview,
        missing=list(_not_searched(overview)),
    )


def _not_searched(overview: Overview) -> Iterator[str]:
    unread = sum(overview.statuses.get(status, 0) for status in REJECTED)
    not_held = overview.statuses.get("not_held", 0)
    if unread:
        yield f"{counted(unread, 'bestand is', 'bestanden zijn')} niet leesbaar"
    if not_held:
        yield f"{counted(not_held, 'document is', 'documenten zijn')} niet in huis"


def _tips(now: Snapshot, asked: Search, found: ResultPage) -> Iterator[Link]:
    """Try what is left when one limit goes; only what gives something is told."""
    tries = [(chip.search, f"Zonder: {chip.text.removeprefix('of ')}") for chip in _chips(now, asked)][:MAX_TIPS]
    if len(tries) > 1 and asked.text:
        tries.append((asked.without_filters(), "Zonder alle filters"))
    if not asked.partial:
        tries.append((asked.with_partial(True), "Ook met een deel van uw woorden"))
    absent = {expansion.word for expansion in found.explanation if expansion.kind == "ontbreekt"}
    text = " ".join(word for word in asked.text.split() if word not in absent)
    if text and text != asked.text:
        tries.append((replace(asked, text=text), f"Zonder woorden die nergens voorkomen: {text}"))
    for search, name in tries:
        answer = now.search(search.query(services().settings.search))
        if answer.total + answer.total_partial:
            yield Link(search.address, name, answer.total + answer.total_partial)
