"""Headers that keep a hostile document, link or frame from doing anything; on every answer, errors included."""

from __future__ import annotations

from flask import Flask, Response, request

PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FILE_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"
"""For files from outside: no script, no form, no request, an origin of their own. Their own style does no harm."""
_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_A_YEAR = 365 * 24 * 3600


def install(app: Flask) -> None:
    """Put the headers on every answer of the site."""
    app.after_request(_secured)


def _secured(response: Response) -> Response:
    for name, value in _ALWAYS.items():
        response.headers[name] = value
    response.headers.setdefault("Content-Security-Policy", PAGE_POLICY)
    response.headers["Cache-Control"] = _cache_control(response)
    return response


def _cache_control(response: Response) -> str:
    """Static files are addressed by content; a page may change (or be withdrawn) with any request."""
    if request.endpoint == "static" and response.status_code == 200 and "v" in request.args:
        return f"public, max-age={_A_YEAR}, immutable"
    return "private, no-cache"
