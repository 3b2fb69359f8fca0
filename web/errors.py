"""From what went wrong to a plain page: the cause in one line, a reference number, never a trace."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from kennisbank.errors import KennisbankError, NoLibrary, NotFound, UsageError
from web.pages import ErrorPage, render

RETRY_SECONDS = 60
_TEXTS = {
    400: ("Deze vraag kunnen wij niet uitvoeren", ""),
    404: (
        "Deze pagina bestaat niet",
        "Het adres klopt niet, of het document is hier niet meer. Zoek op een paar woorden uit de titel.",
    ),
    405: ("Dit kan hier niet", "Deze site is alleen om te lezen."),
    410: (
        "Dit document is ingetrokken",
        "Het is op verzoek uit de verzameling gehaald en staat in geen enkel antwoord meer.",
    ),
    416: ("Dit deel van het bestand bestaat niet", "Open het bestand opnieuw."),
    503: (
        "Er is nog geen verzameling",
        "Zodra de documenten zijn geïndexeerd, werkt deze site vanzelf. Beheerder: maak de verzameling met "
        "kennisbank index MAP.",
    ),
}
_OURS = (
    "Deze pagina kunnen wij nu niet tonen",
    "Er ging iets mis bij ons, niet bij u. Uw vraag staat nog in het adres: probeer het over een minuut opnieuw.",
)


def install(app: Flask) -> None:
    """Answer every error with a page of ours."""
    app.register_error_handler(NotFound, lambda error: error_page(404))
    app.register_error_handler(UsageError, lambda error: error_page(400, _sentence(str(error))))
    app.register_error_handler(NoLibrary, lambda error: error_page(503))
    app.register_error_handler(KennisbankError, _fault)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(Exception, _fault)


def error_page(status: int, message: str | None = None, cause: Exception | None = None) -> ResponseReturnValue:
    """Return the page for a status; it is logged under its reference, without the question."""
    heading, text = _TEXTS.get(status, _OURS)
    page = ErrorPage(
        title=heading,
        status=status,
        message=message or text,
        reference=_reference(),
        retry=_this_address() if status >= 500 else None,
    )
    level = logging.ERROR if cause else logging.INFO
    current_app.logger.log(level, "%s: %s %s", page.reference, status, request.path, exc_info=cause)
    headers = {"Retry-After": str(RETRY_SECONDS)} if status == 503 else {}
    return render(page), status, headers


def _fault(error: Exception) -> ResponseReturnValue:
    return error_page(500, cause=error)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error.get_response()
    answer = error_page(error.code)
    if isinstance(answer, tuple) and error.code in (405, 416):
        allowed = {name: value for name, value in error.get_headers() if name in ("Allow", "Content-Range")}
        return answer[0], error.code, allowed
    return answer


def _reference() -> str:
    token = secrets.token_hex(4)
    return f"{token[:4]}-{token[4:]}"


def _this_address() -> str:
    return request.script_root + request.full_path.removesuffix("?")


def _sentence(message: str) -> str:
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "?")) else ".")
