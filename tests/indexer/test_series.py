"""Recurring recommendations: what joins, what does not, in what role, and what a person says of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.demands import Demand
from indexer.series import role_of
from kennisbank import generations
from kennisbank.corrections import Correction, Withdrawal, write_corrections, write_withdrawals
from kennisbank.library import Library
from kennisbank.model import Addressee, DocumentId, Metadata, Place, Recommendation, Span, StatementId, TermId
from kennisbank.settings import Settings

Index = Callable[..., object]
NIGHT = "Stel vast hoeveel begeleiders er 's nachts ten minste aanwezig moeten zijn."
AGAIN = "Bepaal met hoeveel begeleiders een groep 's nachts minimaal bezet moet zijn, uiterlijk 1 maart 2021."
OTHER = "Herschrijf de brieven aan ouders in eenvoudige taal."
FILLER = "De Inspectie bezocht de locatie in het najaar. " * 6


def written(folder: Path, name: str, title: str, date: str, *demands: str) -> Path:
    items = "\n".join(f"{number}. {demand}" for number, demand in enumerate(demands, 1))
    path = folder / name
    path.write_text(
        f"# {title}\n\nInspectie Justitie en Veiligheid\n\nRapport, {date}\n\n## 1 Inleiding\n\n{FILLER}\n\n"
        f"## 2 Aanbevelingen\n\nDe Inspectie doet de Dienst Justitiële Inrichtingen de volgende aanbevelingen:\n\n"
        f"{items}\n",
        encoding="utf-8",
    )
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stukken"
    made.mkdir()
    written(made, "eerst.md", "Nachten in de Zwaluw", "4 mei 2018", NIGHT, OTHER)
    written(made, "later.md", "Een jaar in de Merel", "9 juni 2020", AGAIN)
    return made


def members(library: Library) -> list[list[str]]:
    found = library.current().series.all()
    return [[one.statement.statement.place.text for one in shown.members] for shown in found]


def test_the_same_demand_in_two_publications_is_a_series(folder: Path, indexed: Index, library: Library) -> None:
    indexed(folder)
    (shown,) = library.current().series.all()
    first, second = shown.series.members
    assert (first.role, first.link) == ("eerste", None)
    assert second.role == "aangescherpt"
    assert second.link
    assert second.link.to == first.recommendation
    assert second.link.shared
    assert (shown.series.first, shown.series.last, shown.series.publications) == ("2018-05-04", "2020-06-09", 2)
    assert library.current().series.of(first.recommendation) is shown or shown.series.id


def test_links_point_to_words_on_both_sides(folder: Path, indexed: Index, library: Library) -> None:
    indexed(folder)
    now = library.current()
    (shown,) = now.series.all()
    first, second = shown.series.members
    assert second.link
    for spans, member, statement in ((second.link.here, second, 1), (second.link.there, first, 0)):
        place = shown.members[statement].statement.statement.place
        assert spans
        assert all(place.span.holds(span) for span in spans)
        assert all(span.of(now.text(member.document).text).strip() for span in spans)


def test_demands_of_one_publication_do_not_recur(tmp_path: Path, indexed: Index, library: Library) -> None:
    indexed(written(tmp_path, "een.md", "Nachten in de Zwaluw", "4 mei 2018", NIGHT, AGAIN))
    assert library.current().series.all() == ()


def test_another_file_of_the_same_text_is_no_recurrence(folder: Path, indexed: Index, library: Library) -> None:
    (folder / "later.md").unlink()
    text = (folder / "eerst.md").read_text(encoding="utf-8")
    (folder / "kopie.md").write_text(text + "\n", encoding="utf-8")
    indexed(folder)
    assert library.current().series.all() == ()


def test_a_withdrawn_document_leaves_its_series_at_once(
    folder: Path, indexed: Index, library: Library, settings: Settings
) -> None:
    indexed(folder)
    row = next(row for row in library.current().rows() if row.file == "later.md")
    write_withdrawals(settings.data, [Withdrawal(row.id, row.sha256 or "", "", row.file, "", generations.now())])
    assert library.current().series.all() == ()
    assert {item["reeksId"] for item in _exported(library)} == {None}


def _exported(library: Library) -> list[dict[str, object]]:
    from kennisbank.export import recommendations

    return [dict(row) for row in recommendations(library.current())]


def correction(library: Library, action: str, one: str, other: str) -> Correction:
    now = library.current()
    shown = {said.statement.place.text: said for said in now.statements.all("aanbeveling")}
    mine, with_which = (next(said for text, said in shown.items() if text.startswith(start)) for start in (one, other))
    return Correction(
        actie=action,
        soort="reeks",
        document=mine.row.id,
        sha256=mine.row.sha256 or "",
        bestand=mine.row.file,
        term=with_which.statement.id,
        tekst=mine.statement.place.text,
        tijdstip=generations.now(),
    )


def test_what_a_person_says_of_a_pair_holds_after_every_rebuild(
    folder: Path, indexed: Index, library: Library, settings: Settings
) -> None:
    indexed(folder)
    refused = correction(library, "verwerp", "Bepaal", "Stel vast")
    write_corrections(settings.data, [refused])
    indexed(folder)
    assert members(library) == []
    joined = correction(library, "bevestig", "Bepaal", "Herschrijf")
    write_corrections(settings.data, [refused, joined])
    indexed(folder)
    assert [[text[:10] for text in one] for one in members(library)] == [["Herschrijf", "Bepaal met"]]
    (shown,) = library.current().series.all()
    assert shown.series.members[1].link
    assert shown.series.members[1].link.sort == "mens"
    write_corrections(settings.data, [refused, joined, replace(joined, actie="verwerp")])
    indexed(folder)
    assert members(library) == []


def test_ids_stay_when_documents_are_added(folder: Path, indexed: Index, library: Library) -> None:
    indexed(folder)
    before = [shown.series.id for shown in library.current().series.all()]
    written(folder, "nog.md", "Brieven van de Specht", "2 mei 2022", "Vervang de defecte camera's bij de poort.")
    indexed(folder)
    assert [shown.series.id for shown in library.current().series.all()] == before


def demand(text: str, *organisations: str, strength: str = "formeel") -> Demand:
    place = Place(Span(0, len(text)), text, None)
    said = Recommendation(
        id=StatementId(text),
        place=place,
        passage_start=0,
        path=(),
        kind="aanbeveling",
        rules=("R1",),
        certainty=1.0,
        strength=strength,  # type: ignore[arg-type]
        addressees=tuple(Addressee(place, TermId(name)) for name in organisations),
    )
    return Demand(said, DocumentId("d"), Metadata("t"), ())


@pytest.mark.parametrize(
    ("text", "organisations", "earlier", "role"),
    [
        ("Doe dit.", ["org:pi"], [], "eerste"),
        ("Doe dit.", ["org:pi"], [demand("Doe dat.", "org:pi")], "herhaald"),
        ("Doe dit uiterlijk 1 mei.", ["org:pi"], [demand("Doe dat.", "org:pi")], "aangescherpt"),
        ("Doe dit.", ["org:pi"], [demand("Doe dat.", "org:pi", strength="wenselijk")], "aangescherpt"),
        ("Doe dit.", ["org:minjenv"], [demand("Doe dat.", "org:pi")], "verbreed"),
        ("Doe dit.", ["org:pi", "org:om"], [demand("Doe dat.", "org:pi")], "verbreed"),
        ("Doe dit in elke inrichting.", ["org:pi"], [demand("Doe dat.", "org:pi")], "verbreed"),
    ],
)
def test_a_role_is_what_changed(text: str, organisations: list[str], earlier: list[Demand], role: str) -> None:
    assert role_of(demand(text, *organisations), earlier)[0] == role
