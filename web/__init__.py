"""What does a visitor see? A Flask site over one library, rendered on the server, read only.

All state is in the address, no cookies are set, and everything works without JavaScript.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from flask import Flask, url_for
from flask.typing import ResponseReturnValue

from kennisbank.library import Library
from kennisbank.settings import Settings
from web import errors, headers, wording
from web.context import EXTENSION, Services, frame
from web.shown import cleaned
from web.views import (
    about,
    documents,
    ledger,
    matrix,
    parallels,
    plans,
    search,
    seen,
    series,
    statements,
    suggestions,
    terms,
)

__all__ = ["create_app"]


def create_app(library: Library, settings: Settings) -> Flask:
    """Make the site over a library, which may still be empty: it answers 503 until something is indexed."""
    app = Flask(__name__)
    app.config["PROVIDE_AUTOMATIC_OPTIONS"] = False  # only GET and HEAD are answered
    app.url_map.merge_slashes = False  # no redirects that repeat the Host header of a request
    app.extensions[EXTENSION] = Services(library, settings)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.finalize = cleaned
    app.jinja_env.filters.update(
        number=wording.number, counted=wording.counted, date=wording.date_text, moment=wording.moment
    )
    app.jinja_env.globals["asset"] = _asset_address(Path(app.static_folder or ""))
    app.context_processor(lambda: {"frame": frame()})
    for views in (
        search,
        suggestions,
        documents,
        statements,
        series,
        plans,
        seen,
        parallels,
        matrix,
        ledger,
        terms,
        about,
    ):
        app.register_blueprint(views.blueprint)
    app.add_url_rule("/favicon.ico", view_func=_icon)
    errors.install(app)
    headers.install(app)
    return app


def _asset_address(folder: Path) -> object:
    """Return a function that gives the address of a static file, which changes with its content."""
    known: dict[str, str] = {}

    def address(name: str) -> str:
        if name not in known:
            known[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
        return url_for("static", filename=name, v=known[name])

    return address


def _icon() -> ResponseReturnValue:
    """Browsers ask for this whatever a page says."""
    return "", 204
