"""How it works, and whether it works."""

from __future__ import annotations

from flask import Blueprint, jsonify
from flask.typing import ResponseReturnValue

from kennisbank.errors import KennisbankError
from kennisbank.model import MAIN_STRENGTH, RULES, SHOWN_CERTAINTY
from web.context import services, snapshot
from web.errors import RETRY_SECONDS
from web.pages import HelpPage, render

blueprint = Blueprint("about", __name__)


@blueprint.get("/uitleg")
def explanation() -> ResponseReturnValue:
    """Explain searching, reasoning and limits."""
    limits = services().settings.search
    share = round(100 * limits.partial_share)
    return render(HelpPage("Hoe het werkt", limits, share, list(RULES.items()), SHOWN_CERTAINTY, MAIN_STRENGTH))


@blueprint.get("/gezond")
def health() -> ResponseReturnValue:
    """Tell a watcher whether a generation is being served, and which."""
    try:
        return jsonify(status="ok", generatie=snapshot().generation)
    except (KennisbankError, OSError):
        return jsonify(status="geen verzameling", generatie=None), 503, {"Retry-After": str(RETRY_SECONDS)}
