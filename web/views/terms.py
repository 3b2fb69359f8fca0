"""Chains, areas, goals, themes and organisations: lists of them, and a page for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flask import Blueprint, redirect, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import NotFound as NoSuchPage

from kennisbank.library import Snapshot
from kennisbank.model import FACET_LABELS, TAG_FACETS, Facet
from web.context import services, snapshot
from web.pages import Link, TermPage, TermsPage, render
from web.params import Search
from web.views.search import hit_view
from web.wording import FACET_MEANINGS, FACET_PATHS, FACET_PLURALS, TERM_MEANINGS

blueprint = Blueprint("terms", __name__)

NEWEST = 5
"""Documents shown on the page of a term."""
_NAME_KINDS = {"afkorting": "Afkorting", "synoniem": "Ook wel", "voormalig": "Voorheen"}


@blueprint.get("/<any(ketens, gebieden, doelen, themas, organisaties):plural>")
def terms(plural: str) -> ResponseReturnValue:
    """List the terms of a facet with their number of documents."""
    facet = _facet(plural)
    found = [
        (
            Link(_address(facet, value.term), value.label, value.count),
            Search().only(facet, value.term).address,
        )
        for value in snapshot().terms(facet)
    ]
    return render(TermsPage(FACET_PLURALS[facet], FACET_MEANINGS[facet], facet, found))


@blueprint.get("/<any(ketens, gebieden, doelen, themas, organisaties):plural>/<slug>")
def term(plural: str, slug: str) -> ResponseReturnValue:
    """Show what a term is, what else it is called, and its newest documents. Its full id leads here too."""
    facet = _facet(plural)
    now = snapshot()
    found = now.term(facet, slug)
    if ":" in slug:
        return redirect(_address(facet, found.id), 301)
    search = Search(sort="datum", limit=NEWEST).only(facet, found.id)
    answer = now.search(search.query(services().settings.search))
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
            count=answer.total,
            documents=Search().only(facet, found.id).address,
            newest=[hit_view(hit, "") for hit in answer.hits],
        )
    )


def _facet(plural: str) -> Facet:
    for facet in TAG_FACETS:
        if FACET_PATHS[plural] == facet:
            return facet
    raise NoSuchPage


def _address(facet: str, term_id: str) -> str:
    plural = next(plural for plural, name in FACET_PATHS.items() if name == facet)
    return url_for("terms.term", plural=plural, slug=term_id.partition(":")[2])


def _narrower(now: Snapshot, term_id: str) -> Sequence[str]:
    return sorted(name for name, other in now.taxonomy.terms.items() if term_id in other.broader)


def _links(now: Snapshot, ids: Sequence[str]) -> Iterator[Link]:
    terms = {str(name): term for name, term in now.taxonomy.terms.items()}
    for name in ids:
        yield Link(_address(terms[name].facet, name), terms[name].label)
