"""Which documents belong together, and on what evidence."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import BuildReport
from indexer.relations import Known, days_between, is_distinct, mentions, related, sketch_of
from kennisbank import export
from kennisbank.library import Library
from kennisbank.model import Block, Dates, Document, DocumentId, Evidence, Metadata, Relation, Span

REPORT = "Niemand weet wie de sleutel heeft en niemand weet waar het rooster hangt, zo bleek bij elk bezoek. " * 4


def known(name: str, title: str, kind: str, date: str | None, text: str = "") -> tuple[Document, Known]:
    metadata = Metadata(title=title, kind=kind, dates=Dates(document=date))
    blocks = (Block("paragraph", Span(0, len(text))),) if text else ()
    document = Document(text, (), blocks, (), (), metadata)
    return document, Known(DocumentId(name), metadata, sketch_of(text))


REPORTS = [
    known("r1", "De sleutel bij de buren", "rapport", "2019-05-01", REPORT)[1],
    known("r2", "De sleutel bij de buren, opnieuw", "vervolgonderzoek", "2021-06-10")[1],
    known("w", "Werkprogramma 2021", "werkprogramma", "2020-12-01")[1],
]


def relations(title: str, kind: str, date: str | None, text: str) -> list[tuple[str, str, str]]:
    document, itself = known("x", title, kind, date, text)
    found = list(related(document, itself, [*REPORTS, itself]))
    return [(one.kind, one.target, one.evidence[0].span.of(document.text)) for one in found]


@pytest.mark.parametrize(
    ("kind", "date", "text", "expected"),
    [
        ("beleidsreactie", "2019-09-01", "Over DE SLEUTEL BIJ DE BUREN zeg ik u dit.", [("beleidsreactie", "r1")]),
        ("nieuwsbericht", "2019-05-02", "Lees meer in ‘De sleutel bij de buren’.", [("echo", "r1")]),
        ("nieuwsbericht", "2021-06-10", "Lees De sleutel bij de buren, opnieuw.", [("echo", "r2")]),
        ("nieuwsbericht", "2020-06-10", "Eerder verscheen De sleutel bij de buren.", []),
        ("vervolgonderzoek", "2021-06-10", "In 2019 verscheen De sleutel bij de buren.", [("vervolg", "r1")]),
        ("wederhoor", "2019-02-01", "Reacties op het concept van De sleutel bij de buren.", [("bijlage", "r1")]),
        ("factsheet", "2019-05-03", "Hoort bij De sleutel bij de buren.", [("bijlage", "r1")]),
        ("rapport", "2019-09-01", "Zie ook De sleutel bij de buren.", []),
        ("beleidsreactie", "2021-01-01", "Het Werkprogramma 2021 noemt dit.", []),
        ("beleidsreactie", "2019-09-01", "De sleutel lag bij de buren.", []),
    ],
)
def test_a_document_answers_what_it_names(kind: str, date: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found, target) for found, target, _ in relations("Iets anders", kind, date, text)] == expected


def test_a_bundled_reaction_answers_all_reports_in_its_front() -> None:
    text = "Ik reageer op De sleutel bij de buren en op De sleutel bij de buren, opnieuw."
    found = relations("Reactie", "beleidsreactie", "2021-06-20", text)
    assert [(kind, target) for kind, target, _ in found] == [("beleidsreactie", "r1"), ("beleidsreactie", "r2")]
    assert found[1][2] == "De sleutel bij de buren, opnieuw"


def test_what_is_only_looked_back_on_far_down_is_no_follow_up() -> None:
    assert relations("Iets", "vervolgonderzoek", "2021-06-10", "x. " * 900 + "De sleutel bij de buren.") == []


def test_the_same_words_are_one_publication_or_a_new_edition() -> None:
    assert relations("Anders genoemd", "brief", "2019-05-20", REPORT)[0][:2] == ("zelfde-publicatie", "r1")
    assert relations("Anders genoemd", "brief", "2020-05-20", REPORT)[0][:2] == ("heruitgave", "r1")
    assert relations("Anders genoemd", "brief", "2018-05-20", REPORT) == []  # the later one points to the earlier


def test_mentions_have_exact_places_whatever_the_accents() -> None:
    document, _ = known("x", "", "brief", None, "Zie: GEÏND én geteld? Twee keer: geïnd en geteld.")
    found = mentions(document, {DocumentId("a"): "Geind en geteld"})
    assert [span.of(document.text) for span in found[DocumentId("a")]] == ["GEÏND én geteld", "geïnd en geteld"]


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Gehoord. Gezien. Gebeld?", True), ("Uit balans", False), ("Jaarbericht 2018 van de Inspectie", False)],
)
def test_a_title_that_may_stand_there_by_chance_names_nothing(title: str, expected: bool) -> None:
    assert is_distinct(title) is expected


def test_days_between_dates_of_any_precision() -> None:
    assert days_between("2019", "2019-01-31") == 30
    assert days_between(None, "2019") is None


def test_a_relation_needs_evidence() -> None:
    with pytest.raises(ValueError, match="needs evidence"):
        Relation(DocumentId("a"), "echo", DocumentId("b"), ())
    assert Relation(DocumentId("a"), "echo", DocumentId("b"), (Evidence(Span(0, 1), "x"),))


def rows(library: Library) -> list[tuple[str, str, str]]:
    return [(row["bestand"], row["soort"], row["naarBestand"]) for row in export.relations(library.current())]


def test_adding_a_report_later_relates_what_was_there(
    tmp_path: Path, indexed: Callable[..., BuildReport], library: Library
) -> None:
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "reactie.md").write_text(
        "---\ntitle: Beleidsreactie op een rapport\ndate: 2019-09-01\n---\n\n# Beleidsreactie op een rapport\n\n"
        "Geachte voorzitter, hierbij reageer ik op het rapport De sleutel bij de buren.\n",
        encoding="utf-8",
    )
    indexed(folder)
    assert rows(library) == []
    report = folder / "rapport.md"
    report.write_text(
        f"---\ntitle: De sleutel bij de buren\ndate: 2019-05-01\n---\n\n# Rapport\n\n{REPORT}\n",
        encoding="utf-8",
    )
    indexed(folder)
    assert rows(library) == [("reactie.md", "beleidsreactie", "rapport.md")]
    (row,) = export.relations(library.current())
    assert row["bewijs"][0]["tekst"] == "De sleutel bij de buren"
    report.unlink()
    indexed(folder)
    assert rows(library) == []
