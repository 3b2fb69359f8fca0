"""What begins with the letters typed: for the script while someone types, and as a page for whoever has no script."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from kennisbank.library import Snapshot
from kennisbank.model import FACET_LABELS
from kennisbank.suggestions import Suggestion
from web import params
from web.context import snapshot
from web.evidence import term_address
from web.pages import Link, SuggestionsPage, SuggestionView, render
from web.params import RegisterSearch, Search
from web.shown import cleaned
from web.wording import counted, date_text

blueprint = Blueprint("suggestions", __name__)

LONGEST = 200
"""Characters of a question that are looked at."""


@blueprint.get("/suggesties")
def suggestions() -> ResponseReturnValue:
    """Suggest documents, terms and organisations, as a page or as JSON."""
    asked = Search(params.question_in(request.args)[:LONGEST])
    found = list(_views(snapshot(), asked.text))
    if params.wants_json(request.args):
        return {"vraag": asked.text, "suggesties": [_object(view) for view in found]}
    return render(SuggestionsPage(f"Suggesties voor {asked.text}" if asked.text else "Suggesties", asked, found))


def _views(now: Snapshot, text: str) -> Iterator[SuggestionView]:
    for found in now.suggestions(text):
        one = found.suggestion
        if one.kind == "document":
            kind, address = "document", url_for("documents.document", document_id=one.id)
        else:
            kind, address = FACET_LABELS[one.kind].lower(), term_address(one.kind, one.id)
        name = found.name if found.name != one.text else ""
        lists = [link for link in _lists(one) if link.count]
        yield SuggestionView(kind, one.text, name, address, date_text(one.date) if one.date else "", lists)


def _lists(one: Suggestion) -> Iterator[Link]:
    """Yield the lists behind a suggestion, each with its length."""
    about = RegisterSearch()
    if one.kind == "document":
        about = about.only("document", one.id)
    else:
        documents = Search().only(one.kind, one.id)
        yield Link(documents.address, counted(one.documents, *documents.nouns), one.documents)
        about = about.only("adressaat" if one.kind == "organisatie" else one.kind, one.id)
    to = " aan deze organisatie" if one.kind == "organisatie" else ""
    yield Link(about.address, counted(one.recommendations, *about.nouns) + to, one.recommendations)


def _object(view: SuggestionView) -> dict[str, object]:
    return {
        "soort": view.kind,
        "tekst": cleaned(view.text),
        "naam": cleaned(view.name) or None,
        "adres": view.address,
        "toelichting": cleaned(view.about),
    }
