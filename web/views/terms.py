"""Chains, areas, goals, themes and organisations: lists of them, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as NoSuchPage

from kennisbank.library import Snapshot
from kennisbank.model import FACET_LABELS, TAG_FACETS, Facet
from kennisbank.results import FacetValue
from kennisbank.series import FACETS as SERIES_FACETS
from web import narrowing
from web.context import services, snapshot
from web.evidence import term_address
from web.followup_views import response
from web.pages import Link, TermPage, TermsPage, YearChart, render
from web.params import REGISTER_PATHS, Listing, RegisterSearch, Search
from web.series_views import SeriesListing
from web.views.search import hit_view
from web.wording import FACET_MEANINGS, FACET_PATHS, FACET_PLURALS, TERM_MEANINGS, counted_noun

blueprint = Blueprint("terms", __name__)

NEWEST = 5
"""Documents shown on the page of a term."""
_NAME_KINDS = {"afkorting": "Afkorting", "synoniem": "Ook wel", "voormalig": "Voorheen"}


@blueprint.get("/<any(ketens, gebieden, doelen, themas, organisaties, verschijnselen, maatregelen):plural>")
def terms(plural: str) -> ResponseReturnValue:
    """List the terms of a facet with their number of documents."""
    facet = _facet(plural)
    found = [
        (
            Link(term_address(facet, value.term), value.label, value.count),
            Search().only(facet, value.term).address,
        )
        for value in snapshot().terms(facet)
    ]
    return render(TermsPage(FACET_PLURALS[facet], FACET_MEANINGS[facet], facet, found))


@blueprint.get("/<any(ketens, gebieden, doelen, themas, organisaties, verschijnselen, maatregelen):plural>/<slug>")
def term(plural: str, slug: str) -> ResponseReturnValue:
    """Show what a term is, what else it is called, and its newest documents. Its full id leads here too."""
    facet = _facet(plural)
    now = snapshot()
    found = now.term(facet, slug)
    if ":" in slug:
        return redirect(term_address(facet, found.id), 301)
    search = Search(sort="datum", limit=NEWEST).only(facet, found.id)
    answer = now.search(search.query(services().settings.search))
    charts, figures = _statements(now, facet, found.id)
    documents = Search().only(facet, found.id)
    if answer.total:
        figures.insert(0, Link(documents.address, counted_noun(answer.total, *documents.nouns), answer.total))
    if facet in SERIES_FACETS:
        about = SeriesListing().choosing(facet, found.id)
        recurring = len(now.series.page(about.query).found)
        if recurring:
            figures.append(Link(about.address, counted_noun(recurring, "reeks", "reeksen"), recurring))
    years = {"sinds": found.valid_from, "tot en met": found.valid_until}
    return render(
        TermPage(
            title=found.label,
            facet=FACET_LABELS[facet],
            plural=Link(url_for("terms.terms", plural=plural), FACET_PLURALS[facet]),
            about=TERM_MEANINGS[facet],
            names=[
                (word, names)
                for kind, word in _NAME_KINDS.items()
                if (names := [label.text for label in found.labels if label.kind == kind])
            ],
            period=" ".join(f"{word} {year}" for word, year in years.items() if year),
            note=found.note,
            kin=[
                (word, links)
                for word, ids in (
                    ("Valt onder", found.broader),
                    ("Hieronder vallen", _narrower(now, found.id)),
                    ("Verwant", found.related),
                )
                if (links := list(_links(now, ids)))
            ],
            figures=figures,
            response=response(now, found.id) if facet == "organisatie" else None,
            charts=[chart for chart in (_chart("Documenten", documents, answer.facets), *charts) if chart.bars],
            count=answer.total,
            documents=documents.address,
            newest=[hit_view(hit) for hit in answer.hits],
        )
    )


def _statements(now: Snapshot, facet: Facet, term_id: str) -> tuple[list[YearChart], list[Link]]:
    """Return what recommendations and findings there are about a term: per year, and as lists."""
    charts: list[YearChart] = []
    figures: list[Link] = []
    for listing, name in _lists(facet, term_id):
        found = now.statements.page(listing.sort, listing.query(services().settings.search))
        if found.total:
            figures.append(Link(listing.address, f"{counted_noun(found.total, *listing.nouns)}{name}", found.total))
        if listing.sort == "aanbeveling" and not charts:
            charts.append(_chart(f"Aanbevelingen{name}", listing, found.facets))
    return charts, figures


def _lists(facet: Facet, term_id: str) -> Iterator[tuple[RegisterSearch, str]]:
    """Yield the lists about a term, with what tells them apart; what is addressed to an organisation comes first."""
    if facet == "organisatie":
        yield RegisterSearch().only("adressaat", term_id), " aan deze organisatie"
    about = {"aanbeveling": " over of aan deze organisatie", "bevinding": " over deze organisatie"}
    for sort in REGISTER_PATHS:
        yield RegisterSearch(sort=sort).only(facet, term_id), about[sort] if facet == "organisatie" else ""


def _chart(name: str, listing: Listing, facets: Mapping[str, Sequence[FacetValue]]) -> YearChart:
    return YearChart(f"{name} per jaar", listing.nouns, list(narrowing.years(listing, facets.get("jaar", ()), least=1)))


def _facet(plural: str) -> Facet:
    for facet in TAG_FACETS:
        if FACET_PATHS[plural] == facet:
            return facet
    raise NoSuchPage


def _narrower(now: Snapshot, term_id: str) -> Sequence[str]:
    return sorted(name for name, other in now.taxonomy.terms.items() if term_id in other.broader)


def _links(now: Snapshot, ids: Sequence[str]) -> Iterator[Link]:
    terms = {str(name): term for name, term in now.taxonomy.terms.items()}
    for name in ids:
        yield Link(term_address(terms[name].facet, name), terms[name].label)
