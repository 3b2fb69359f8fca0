"""The objects of the outside contract, as plain values: for JSON, JSON Lines and CSV alike.

Names are the contract's own, in Dutch and lowerCamelCase; `begin` and `eind` count Unicode code points.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TextIO

from kennisbank.exports_followup import verdicts
from kennisbank.exports_parallels import parallels
from kennisbank.exports_plans import commitments
from kennisbank.exports_series import recurring
from kennisbank.library import Snapshot
from kennisbank.model import SEARCHABLE, Finding, Recommendation, page_finder
from kennisbank.results import DocumentHit, DocumentRow, Fragment, ResultPage, ShownStatement

Row = Mapping[str, Any]
BYTE_ORDER_MARK = "\ufeff"
"""Begins a CSV: without it spreadsheets take UTF-8 for another encoding."""
FACET_PLURALS = {
    "keten": "ketens",
    "gebied": "gebieden",
    "doel": "doelen",
    "thema": "themas",
    "organisatie": "organisaties",
    "verschijnsel": "verschijnselen",
    "maatregel": "maatregelen",
}


def documents(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `documenten`: one row per file ever seen."""
    for row in snapshot.rows():
        yield document(snapshot, row)


def document(snapshot: Snapshot, row: DocumentRow) -> Row:
    """Return one file as an object."""
    return {
        "id": row.id,
        "bestand": row.file,
        "url": row.url,
        "dossiernummer": row.dossier,
        "titel": row.title if row.described else None,
        "ondertitel": row.subtitle,
        "soort": row.kind if row.described else None,
        "datum": row.date,
        "datumNauwkeurigheid": {4: "jaar", 7: "maand", 10: "dag"}.get(len(row.date or ""), "geen"),
        "datums": {
            "document": row.dates.document,
            "gepubliceerd": row.dates.published,
            "aangeboden": row.dates.offered,
            "gewijzigd": row.dates.updated,
        },
        "periode": row.period,
        "jaar": row.year,
        "uitgevers": list(row.publishers),
        "taal": row.language,
        "aantalPaginas": row.page_count,
        "status": row.status,
        "reden": row.reason,
        "tijdstip": row.time,
        "duplicaatVan": row.duplicate_of,
        "sha256": row.sha256,
        **{plural: list(row.terms.get(facet, ())) for facet, plural in FACET_PLURALS.items()},
        "koppen": list(_headings(snapshot, row)),
    }


def _headings(snapshot: Snapshot, row: DocumentRow) -> Iterator[Row]:
    if row.status in SEARCHABLE:
        text = snapshot.text(row.id)
        page_at = page_finder(text.pages)
        for section in text.sections:
            page = page_at(section.heading.start)
            yield {"niveau": section.level, "tekst": text.title_of(section), "pagina": page.number if page else None}


def passages(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `passages` of all searchable documents."""
    for row in snapshot.rows(SEARCHABLE):
        text = snapshot.text(row.id)
        for passage in text.passages:
            yield {
                "id": passage.id,
                "documentId": row.id,
                "bestand": row.file,
                "pagina": passage.page,
                "paginaLabel": passage.page_label,
                "sectie": list(passage.path),
                "begin": passage.span.start,
                "eind": passage.span.end,
                "tekst": passage.span.of(text.text),
                "ocr": passage.ocr,
            }


def tags(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `tags` of all searchable documents and their passages, with evidence."""
    for row in snapshot.rows(SEARCHABLE):
        for tag in snapshot.tags(row.id, snapshot.text(row.id)):
            evidence = [
                {"pagina": page, "begin": entry.span.start, "eind": entry.span.end, "tekst": quote, "regel": entry.rule}
                for entry, quote, page in zip(tag.evidence, tag.quotes, tag.pages, strict=True)
            ]
            yield {
                "documentId": row.id,
                "bestand": row.file,
                "niveau": tag.level,
                "passageId": tag.passage,
                "facet": tag.facet,
                "term": tag.term,
                "label": tag.label,
                "herkomst": tag.origin,
                "sterkte": round(tag.strength, 4),
                "bewijs": evidence,
            }


def recommendations(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `aanbevelingen`, proposals too (`zekerheid` below 0.6)."""
    for shown in snapshot.statements.all("aanbeveling"):
        yield recommendation(snapshot, shown)


def recommendation(snapshot: Snapshot, shown: ShownStatement, as_of: str | None = None) -> Row:
    """Return a recommendation with its series and standing as an object."""
    standing = snapshot.followup.standing(shown.statement.id, as_of)
    series = snapshot.series.of(shown.statement.id)
    said = shown.statement
    assert isinstance(said, Recommendation)  # noqa: S101 - of that list
    return {
        **_statement(shown),
        "nummer": said.number,
        "geadresseerden": [{"tekst": entry.place.text, "organisatie": entry.organisation} for entry in said.addressees],
        "sterkte": said.strength,
        "sectie": list(said.path),
        "ookOp": [
            {
                "documentId": shown.row.id,
                "pagina": place.page,
                "begin": place.span.start,
                "eind": place.span.end,
                "tekst": place.text,
            }
            for place in said.also
        ],
        "reeksId": series.series.id if series else None,
        "stand": standing.value,
        "standDatum": standing.decided.date if standing.decided else None,
        "standUitspraakId": standing.decided.id if standing.decided else None,
    }


def statement(snapshot: Snapshot, shown: ShownStatement, as_of: str | None = None) -> Row:
    """Return a recommendation, with its standing as of a date, or a finding as an object."""
    if isinstance(shown.statement, Recommendation):
        return recommendation(snapshot, shown, as_of)
    return finding(shown)


def findings(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `bevindingen`."""
    return map(finding, snapshot.statements.all("bevinding"))


def finding(shown: ShownStatement) -> Row:
    """Return a finding as an object."""
    said = shown.statement
    assert isinstance(said, Finding)  # noqa: S101 - of that list
    return {**_statement(shown), "polariteit": said.polarity, "sectie": list(said.path)}


def _statement(shown: ShownStatement) -> dict[str, Any]:
    said = shown.statement
    return {
        "id": said.id,
        "documentId": shown.row.id,
        "bestand": shown.row.file,
        "pagina": said.place.page,
        "begin": said.place.span.start,
        "eind": said.place.span.end,
        "tekst": said.place.text,
        "soort": said.kind,
        "regels": list(said.rules),
        "zekerheid": said.certainty,
        "herkomst": said.origin,
        "ketens": list(said.chains),
        "themas": list(said.themes),
        "organisaties": list(said.organisations),
        "verschijnselen": list(said.phenomena),
    }


def relations(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `relaties` between searchable documents, with evidence."""
    for found in snapshot.relations():
        relation = found.relation
        yield {
            "documentId": relation.source,
            "bestand": found.source.file,
            "soort": relation.kind,
            "naarId": relation.target,
            "naarBestand": found.target.file,
            "bewijs": [
                {"pagina": page, "begin": entry.span.start, "eind": entry.span.end, "tekst": quote, "regel": entry.rule}
                for entry, quote, page in zip(relation.evidence, found.quotes, found.pages, strict=True)
            ],
        }


def terms(snapshot: Snapshot) -> Iterator[Row]:
    """Yield `taxonomie`: every term with its names."""
    for term in snapshot.taxonomy.terms.values():
        yield {
            "id": term.id,
            "facet": term.facet,
            "label": term.label,
            "namen": [{"tekst": label.text, "soort": label.kind} for label in term.labels],
            "breder": list(term.broader),
            "verwant": list(term.related),
            "geldigVan": term.valid_from,
            "geldigTot": term.valid_until,
            "toelichting": term.note,
        }


KINDS = {
    "documenten": documents,
    "passages": passages,
    "tags": tags,
    "aanbevelingen": recommendations,
    "bevindingen": findings,
    "parallellen": parallels,
    "relaties": relations,
    "uitspraken": verdicts,
    "voornemens": commitments,
    "reeksen": recurring,
    "taxonomie": terms,
}
"""What can be exported."""


def answer(snapshot: Snapshot, page: ResultPage) -> Row:
    """Return a search answer as an object."""
    return {
        "vraag": page.question,
        "uitleg": [
            {"soort": entry.kind, "woord": entry.word, "werd": list(entry.became), "tekst": entry.text}
            for entry in page.explanation
        ],
        "totaal": page.total,
        "totaalDeels": page.total_partial,
        "generatie": page.generation,
        "facetten": {
            facet: [
                {"term": value.term, "label": value.label, "aantal": value.count} for value in values if value.count
            ]
            for facet, values in page.facets.items()
        },
        "resultaten": [_hit(hit) for hit in page.hits],
    }


def _hit(hit: DocumentHit) -> Row:
    return {
        "documentId": hit.id,
        "bestand": hit.file,
        "titel": hit.title,
        "soort": hit.kind,
        "datum": hit.date,
        "score": hit.score,
        "ontbreekt": list(hit.missing),
        "aantalPassages": hit.passage_count,
        "passages": [_fragment(fragment) for fragment in hit.fragments],
    }


def _fragment(fragment: Fragment) -> Row:
    start = fragment.span.start
    return {
        "id": fragment.passage,
        "pagina": fragment.page,
        "paginaLabel": fragment.page_label,
        "sectie": list(fragment.path),
        "begin": fragment.passage_span.start,
        "eind": fragment.passage_span.end,
        "tekst": fragment.passage_text,
        "fragment": fragment.text,
        "fragmentBegin": start,
        "treffers": [{"begin": start + mark.start, "eind": start + mark.end} for mark in fragment.marks],
    }


def write_json_lines(stream: TextIO, rows: Iterable[Row]) -> None:
    """Write one object a line."""
    for row in rows:
        stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def write_csv(stream: TextIO, rows: Iterable[Row]) -> None:
    """Write a table: UTF-8 with a byte order mark, lists joined by ``|``, and no cell a spreadsheet would run."""
    stream.write(BYTE_ORDER_MARK)
    writer: Any = None
    for row in rows:
        if writer is None:
            writer = csv.DictWriter(stream, list(row))
            writer.writeheader()
        writer.writerow({name: cell(value) for name, value in row.items()})


def cell(value: Any) -> str:
    """Return a value as one cell; text that begins like a formula gets an apostrophe."""
    if value is None:
        return ""
    if isinstance(value, bool | int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(part, str) for part in value):
        value = "|".join(value)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "'" + text if text.lstrip()[:1] in ("=", "+", "-", "@") or text[:1] in ("\t", "\r") else text
