"""Seen before? A draft in, what is like it out; the draft is kept nowhere."""

from __future__ import annotations

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from kennisbank.errors import UsageError
from kennisbank.seen import similar
from web.context import snapshot
from web.pages import render
from web.seen_pages import seen_page

blueprint = Blueprint("seen", __name__)

MOST_CHARACTERS = 15_000
"""Of a draft; some two thousand words."""
SHOWN = 30
"""Finds on the page."""


@blueprint.get("/eerder")
def form() -> ResponseReturnValue:
    """Show the form, or what is like a short text in the address."""
    return _answer(request.args.get("tekst", ""))


@blueprint.post("/eerder")
def answer() -> ResponseReturnValue:
    """Show what is like a draft that should not stand in an address."""
    request.max_content_length = 8 * MOST_CHARACTERS
    return _answer(request.form.get("tekst", ""))


def _answer(draft: str) -> ResponseReturnValue:
    if len(draft) > MOST_CHARACTERS:
        raise UsageError(f"uw tekst heeft {len(draft)} tekens en er kunnen er {MOST_CHARACTERS} in; kort hem in")
    draft = draft.replace("\r\n", "\n")
    found = similar(snapshot(), draft, SHOWN) if draft.strip() else ()
    return render(seen_page(draft, found, MOST_CHARACTERS))
