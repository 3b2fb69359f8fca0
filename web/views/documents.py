"""A document to read, and its original file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Blueprint, Response, redirect, request, send_file, url_for
from flask.typing import ResponseReturnValue

from kennisbank.errors import NotFound, UsageError
from kennisbank.library import Snapshot
from kennisbank.model import RELATION_LABELS, SEARCHABLE
from kennisbank.query import parse
from kennisbank.results import DocumentRow, ShownRelation
from web import reader
from web.context import services, snapshot
from web.document_pages import HitSteps, ReaderPage, RelationView, UnreadablePage
from web.errors import error_page
from web.evidence import tag_views
from web.headers import FILE_POLICY
from web.pages import Link, render
from web.params import LITERAL, Search, named_in
from web.shown import cleaned
from web.statement_views import document_statements
from web.wording import FOUND, STATUS_WORDS, date_text, language_name, number

blueprint = Blueprint("documents", __name__)
QUOTE_LENGTH = 160
"""Characters shown of the place that says how two documents relate."""

PDF = "application/pdf"
INLINE_TYPES = {
    PDF: PDF,
    "text/html": "text/html",  # without charset: the file says so itself
    "application/xhtml+xml": "text/html",
    "text/plain": "text/plain; charset=utf-8",
    "text/markdown": "text/plain; charset=utf-8",
}
"""What a browser may show itself, and as what; all else is saved."""
_WEB_ADDRESS = re.compile(r"https?://[^\s]+", re.IGNORECASE)


@blueprint.get("/documenten/<document_id>")
def document(document_id: str) -> ResponseReturnValue:
    """Show a document's text, or why there is none."""
    now = snapshot()
    row = _row(now, document_id)
    if row is None:
        return _moved(now, document_id)
    if row.status == "withdrawn":
        return error_page(410)
    if row.status not in SEARCHABLE:
        return render(_unreadable_page(now, row))
    return render(_reader_page(now, row))


@blueprint.get("/documenten/<document_id>/bestand")
def original(document_id: str) -> ResponseReturnValue:
    """Send the file itself, in parts when asked; whatever is in it stays inert."""
    now = snapshot()
    row = _row(now, document_id)
    if row is None:
        return _moved(now, document_id)
    if row.status == "withdrawn":
        return error_page(410)
    path, media_type, name = now.original(document_id)
    return _sent(path, media_type, name, row.sha256 or "")


def _row(now: Snapshot, document_id: str) -> DocumentRow | None:
    try:
        return now.row(document_id)
    except NotFound:
        return None


def _moved(now: Snapshot, document_id: str) -> ResponseReturnValue:
    """Lead from the id that a file had with earlier contents to the one it has now. Raises `NotFound`."""
    current = now.current_id(document_id)
    if current is None:
        raise NotFound(f"document '{document_id}' is niet bekend in deze verzameling")
    return redirect(url_for(request.endpoint or "", document_id=current, **request.args.to_dict()), 301)  # type: ignore[arg-type]


def _sent(path: Path, media_type: str, name: str, sha256: str) -> Response:
    shown = INLINE_TYPES.get(media_type)
    response = send_file(
        path,
        mimetype=shown or "application/octet-stream",
        as_attachment=shown is None,
        download_name=" ".join(str(cleaned(name)).split()),  # a line end is no part of a header
        conditional=True,
        etag=sha256,
    )
    if shown:
        response.headers["Content-Type"] = shown
    response.headers["Content-Security-Policy"] = FILE_POLICY
    return response


def original_address(now: Snapshot, document_id: str) -> tuple[str | None, str]:
    """Return the address of the file, None when it may not be had, and its media type."""
    try:
        _, media_type, _ = now.original(document_id)
    except NotFound:
        return None, ""
    return url_for("documents.original", document_id=document_id), media_type


def _unreadable_page(now: Snapshot, row: DocumentRow) -> UnreadablePage:
    twin = _row(now, row.duplicate_of) if row.duplicate_of else None
    link = Link(url_for("documents.document", document_id=twin.id), twin.title) if twin else None
    return UnreadablePage(row.title, row, STATUS_WORDS[row.status], original_address(now, row.id)[0], link)


def _reader_page(now: Snapshot, row: DocumentRow) -> ReaderPage:
    settings = services().settings.search
    try:
        text = request.args.get("q", "")
        literal = named_in(text, request.args.getlist(LITERAL))
        question = parse(text, taxonomy=now.taxonomy, literal=literal, settings=settings)
    except UsageError:  # an old link, or a filter that no longer exists: the document can still be read
        question = parse("")
    found = now.document(row.id, question if question.clauses else None)
    current = _current_hit(request.args.get("treffer", ""), len(found.marks))
    address, media_type = original_address(now, row.id)
    search = Search(question.text, literal=question.literal)
    return ReaderPage(
        title=f"{row.title}, {question.text}" if question.text else row.title,
        row=row,
        status=STATUS_WORDS[row.status],
        facts=list(_facts(row)),
        source=row.url if row.url and _WEB_ADDRESS.fullmatch(row.url) else None,
        statements=document_statements(now, row.id),
        relations=[_relation_view(row.id, entry) for entry in now.relations(row.id)],
        tags=list(tag_views(found)),
        warnings=found.warnings,
        outline=reader.outline(found),
        parts=reader.parts(found, current),
        original=address,
        paged_original=media_type == PDF,
        search=search,
        steps=_steps(row.id, search, len(found.marks), current) if question.clauses else None,
        back=Link(search.address, f"Zoeken: {question.text}" if question.text else "Zoeken"),
    )


def _current_hit(raw: str, count: int) -> int | None:
    if not raw:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", raw) or not 1 <= int(raw) <= count:
        raise UsageError(f"treffer: '{raw[:20]}' bestaat niet; dit document heeft er {count}")
    return int(raw)


def _steps(document_id: str, search: Search, count: int, current: int | None) -> HitSteps:
    """Return the way to the hits before and after this one; the last one leads on to the first."""

    def step(to: int) -> str:
        hit, words = (to - 1) % count + 1, search.question()
        return url_for("documents.document", document_id=document_id, **words, treffer=hit, _anchor=f"t{hit}")

    if not count:
        return HitSteps(0, None, None, None)
    return HitSteps(count, current, step((current or 1) - 1), step((current or 0) + 1))


def _relation_view(document_id: str, found: ShownRelation) -> RelationView:
    """Say how a document relates to another, seen from either side, with the first place that says so."""
    outgoing = found.source.id == document_id
    other = found.target if outgoing else found.source
    page = found.pages[0]
    return RelationView(
        words=RELATION_LABELS[found.relation.kind][not outgoing],
        other=Link(url_for("documents.document", document_id=other.id), other.title),
        date=other.date,
        quote=" ".join(found.quotes[0].split())[:QUOTE_LENGTH],
        place=Link(
            url_for("documents.document", document_id=found.source.id, _anchor=f"p{found.passages[0]}"),
            f"p. {page}" if page else "naar de plaats",
        ),
        rule=found.relation.evidence[0].rule,
    )


def _facts(row: DocumentRow) -> Iterator[tuple[str, str, str]]:
    """Yield what is known about a document: name, value, where it was found."""
    for name, value, key in (
        ("Soort", row.kind_label, "kind"),
        ("Datum", row.dates.document and date_text(row.dates.document), "dates"),
        ("Gepubliceerd", row.dates.published and date_text(row.dates.published), "published"),
        ("Aangeboden", row.dates.offered and date_text(row.dates.offered), "offered"),
        ("Gewijzigd", row.dates.updated and date_text(row.dates.updated), "updated"),
        ("Uitgever", ", ".join(row.publishers), "publishers"),
        ("Periode", row.period, "period"),
        ("Dossier", row.dossier, "dossier"),
        ("Taal", language_name(row.language) if row.language else None, "language"),
        ("Pagina’s", number(row.page_count) if row.page_count else None, ""),
        ("Bestand", row.file, ""),
    ):
        if value:
            yield name, value, FOUND.get(row.found.get(key, ""), "")
