"""Recommendations and findings: lists that can be searched, narrowed and taken along, and a page for each."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import replace

from flask import Blueprint, Response, request
from flask.typing import ResponseReturnValue

from kennisbank import export, register
from kennisbank.dutch import is_function_word
from kennisbank.library import Snapshot
from kennisbank.model import StatementSort
from kennisbank.register import Order
from kennisbank.results import RegisterPage
from web import empty, explained, narrowing, params
from web.context import services, snapshot
from web.pages import EmptyPage, Link, render
from web.params import RegisterSearch, Search
from web.series_views import row
from web.statement_pages import StatementsPage
from web.statement_views import REGISTER_NAMES, statement_page, statement_view
from web.views.documents import PDF, original_address
from web.wording import counted

blueprint = Blueprint("statements", __name__)

OPEN_BOXES = ("adressaat", "keten", "thema", "stand", "sterkte", "polariteit")
ORDER_NAMES: dict[Order, str] = {"datum": "Nieuwste eerst", "oudste": "Oudste eerst"}
FORMAT_NAMES = {"csv": "CSV", "jsonl": "JSON Lines"}
MAX_WORDS = 6
"""Words that are tried by themselves when all together give nothing."""
_MEDIA_TYPES = {"csv": "text/csv; charset=utf-8", "jsonl": "application/jsonl; charset=utf-8"}
_SORTS: Mapping[str, StatementSort] = {"aanbevelingen": "aanbeveling", "bevindingen": "bevinding"}
_ABOUT: Mapping[StatementSort, str] = {
    "aanbeveling": "Wat is gevraagd, aan wie, en waar het staat. Elke aanbeveling is een letterlijk citaat.",
    "bevinding": "Wat is vastgesteld of gevonden, en waar het staat. Elke bevinding is een letterlijk citaat.",
}


@blueprint.get("/<any(aanbevelingen, bevindingen):plural>")
def statements(plural: str) -> ResponseReturnValue:
    """List what meets the question and the filters, as a page or as a file."""
    now, sort = snapshot(), _SORTS[plural]
    settings = services().settings.search
    asked = params.read_register(sort, request.args, now, settings)
    file_format = params.read_format(request.args)
    if file_format:
        return _file(now, asked, file_format)
    found = now.statements.page(sort, asked.query(settings))
    if not found.total:
        return render(_empty_page(now, asked, found))
    narrowing.check_page(asked, found.total)
    return render(_list_page(now, asked, found))


@blueprint.get("/<any(aanbevelingen, bevindingen):plural>/<statement_id>")
def statement(plural: str, statement_id: str) -> ResponseReturnValue:
    """Show one of them at its permanent address."""
    now, sort = snapshot(), _SORTS[plural]
    shown = now.statements.one(sort, statement_id)
    address, media_type = original_address(now, shown.row.id)
    page = shown.statement.place.page
    original = None
    if address:
        to_page = media_type == PDF and page
        original = Link(f"{address}#page={page}" if to_page else address, f"origineel, p. {page}" if to_page else "")
    as_of = params.read_as_of(request.args) if sort == "aanbeveling" else None
    series = now.series.of(shown.statement.id) if sort == "aanbeveling" else None
    found = statement_page(now, sort, shown, original, as_of)
    return render(replace(found, series=row(series) if series else None))


def _list_page(now: Snapshot, asked: RegisterSearch, found: RegisterPage) -> StatementsPage:
    title = f"{narrowing.name_of(now, asked)}, {counted(found.total, *asked.nouns)}"
    return StatementsPage(
        title=title if asked.page == 1 else f"{title}, pagina {asked.page}",
        heading=_heading(asked),
        about=_ABOUT[asked.sort],
        search=asked,
        explanation=list(explained.lines(asked, found.explanation)),
        listed=found.total,
        shown=len(found.statements),
        documents=found.documents,
        chips=list(narrowing.chips(now, asked)),
        boxes=list(narrowing.boxes(asked, found.facets, _box_order(asked.sort), OPEN_BOXES)),
        years=list(narrowing.years(asked, found.facets.get("jaar", ()))),
        sorts=list(ORDER_NAMES.items()),
        statements=[statement_view(shown) for shown in found.statements],
        other=_other(asked, found.proposals),
        exports=[Link(asked.taken_as(name), FORMAT_NAMES[name], found.total) for name in params.FORMATS],
    )


def _heading(asked: RegisterSearch) -> str:
    name = REGISTER_NAMES[asked.sort]
    return f"{name}: voorstellen" if asked.proposals else name


def _box_order(sort: StatementSort) -> tuple[str, ...]:
    """The years have bars of their own."""
    return tuple(facet for facet in register.FACETS[sort] if facet != "jaar")


def _other(asked: RegisterSearch, proposals: int) -> Link | None:
    """Point from what counts to the proposals, and back."""
    if asked.proposals:
        return Link(
            RegisterSearch(sort=asked.sort).address, f"Toon de {REGISTER_NAMES[asked.sort].lower()} die meetellen"
        )
    listing = RegisterSearch(sort=asked.sort, proposals=True)
    return Link(listing.address, counted(proposals, *listing.nouns), proposals) if proposals else None


def _file(now: Snapshot, asked: RegisterSearch, file_format: str) -> Response:
    """Send the whole list, whatever page was looked at."""
    found = now.statements.all(asked.sort, asked.query(services().settings.search))
    rows = (export.statement(now, shown, asked.as_of) for shown in found)
    stream = io.StringIO(newline="")
    if file_format == "csv":
        export.write_csv(stream, rows)
    else:
        export.write_json_lines(stream, rows)
    response = Response(stream.getvalue(), content_type=_MEDIA_TYPES[file_format])
    response.headers["Content-Disposition"] = f"attachment; filename={asked.path[1:]}.{file_format}"
    return response


# Nothing found


def _empty_page(now: Snapshot, asked: RegisterSearch, found: RegisterPage) -> EmptyPage:
    overview = now.overview()
    limited = bool(asked.text or asked.filters)
    name = narrowing.name_of(now, asked) if limited else ""
    return EmptyPage(
        title=f"Niets gevonden voor {name}" if limited else f"Geen {asked.nouns[1]} in deze verzameling",
        search=asked,
        question=name,
        explanation=list(explained.lines(asked, found.explanation)),
        chips=list(narrowing.chips(now, asked)),
        tips=list(empty.until_spent(_tips(now, asked, found))),
        overview=overview,
        missing=list(empty.not_searched(overview)),
    )


def _tips(now: Snapshot, asked: RegisterSearch, found: RegisterPage) -> Iterator[Link]:
    """Yield what is left when one limit goes, then the other lists; of these only what gives something."""
    settings = services().settings.search

    @empty.Budget().counting
    def length(listing: RegisterSearch) -> int:
        return now.statements.page(listing.sort, empty.one_result(listing).query(settings)).total

    yield from empty.tips(now, asked, found.explanation, settings, length, length)
    for listing, name in (*_single_words(asked), *_other_lists(asked)):
        total = length(listing)
        if total:
            yield Link(listing.address, name, total, counted(total, *listing.nouns))
    search = Search(asked.text, literal=asked.literal)
    answer = now.search(search.query(settings)) if asked.text else None
    count = answer.total + answer.total_partial if answer else 0
    if count:
        yield Link(search.address, "Zoek in de hele tekst van alle documenten", count, counted(count, *search.nouns))


def _single_words(asked: RegisterSearch) -> Iterator[tuple[RegisterSearch, str]]:
    """Yield the list for each word by itself: all that is asked must stand in one quote, which is a lot to ask."""
    words = [word for word in asked.text.split() if word.isalpha() and not is_function_word(word.lower())]
    for word in dict.fromkeys(words[:MAX_WORDS] if len(words) > 1 else ()):
        yield asked.asking(word), f"Alleen op: {word}"


def _other_lists(asked: RegisterSearch) -> Iterator[tuple[RegisterSearch, str]]:
    yield (
        RegisterSearch(asked.text, asked.filters, sort=asked.sort, proposals=not asked.proposals),
        "Wat meetelt" if asked.proposals else "Voorstellen: te onzeker om mee te tellen",
    )
    other: StatementSort = "bevinding" if asked.sort == "aanbeveling" else "aanbeveling"
    if asked.text:
        yield RegisterSearch(asked.text, sort=other), f"Dezelfde woorden bij de {REGISTER_NAMES[other].lower()}"
