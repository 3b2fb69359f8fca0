"""A person's word over the rules': it survives every rebuild, and what does not hold any more is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import indexer.build
from indexer.build import BuildReport
from kennisbank import generations
from kennisbank.corrections import Correction, correction_file, corrections, write_corrections
from kennisbank.errors import BrokenSetting
from kennisbank.library import Library, Snapshot
from kennisbank.model import Finding, Recommendation, Statement
from kennisbank.settings import Settings

TEXT = """# Nachten in Testhoven

In PI Testhoven ontbreekt toezicht in de nacht. De afdeling telt acht kamers.

## 3 Aanbevelingen

### Aan de directie van PI Testhoven

1. Leg vast wie er in de nacht toezicht houdt.
2. Geef iedere bewaker een lijst van kamers.
"""
FIRST, SECOND = "Leg vast wie er in de nacht toezicht houdt.", "Geef iedere bewaker een lijst van kamers."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stukken"
    made.mkdir()
    (made / "nachten.md").write_text(TEXT, encoding="utf-8")
    return made


@pytest.fixture
def decide(folder: Path, settings: Settings, indexed: Callable[..., BuildReport]) -> Callable[..., BuildReport]:
    """Return a function that adds a correction about the report and indexes again."""
    indexed(folder)

    def decided(action: str, subject: str, **fields: Any) -> BuildReport:
        row = next(iter(generations.read_ledger(generations.current(settings.data).folder / generations.LEDGER)))
        made = Correction(
            actie=action, soort=subject, document=row.id, sha256=row.sha256 or "", map=row.root, bestand=row.file
        )
        write_corrections(settings.data, [*corrections(settings.data), replace(made, **fields)])
        return indexed(folder)

    return decided


def recommended(snapshot: Snapshot) -> dict[str, Recommendation]:
    found: dict[str, Recommendation] = {}
    for shown in snapshot.statements.all("aanbeveling"):
        assert isinstance(shown.statement, Recommendation)
        found[shown.statement.place.text] = shown.statement
    return found


def findings(snapshot: Snapshot) -> list[Statement]:
    return [shown.statement for shown in snapshot.statements.all("bevinding")]


def tags(snapshot: Snapshot) -> dict[str, str]:
    row = snapshot.rows()[0]
    return {tag.term: tag.origin for tag in snapshot.tags(row.id, snapshot.text(row.id)) if tag.level == "document"}


def test_a_recommendation_is_confirmed_rejected_and_changed(
    decide: Callable[..., BuildReport], library: Library
) -> None:
    decide("bevestig", "aanbeveling", tekst=FIRST)
    report = decide("wijzig", "aanbeveling", tekst=SECOND, sterkte="aandacht", adressaten="org:dji", nummer="7")
    assert not report.corrections
    found = recommended(library.current())
    assert (found[FIRST].origin, found[FIRST].certainty) == ("mens", 1.0)
    changed = found[SECOND]
    assert (changed.strength, changed.number, changed.origin) == ("aandacht", "7", "mens")
    assert [entry.organisation for entry in changed.addressees] == ["org:dji"]
    decide("verwerp", "aanbeveling", tekst=FIRST)
    assert set(recommended(library.current())) == {SECOND}


def test_what_was_missed_is_added(decide: Callable[..., BuildReport], library: Library) -> None:
    decide("voeg-toe", "bevinding", tekst="De afdeling telt acht kamers.", polariteit="positief")
    made = next(one for one in findings(library.current()) if one.origin == "mens")
    assert isinstance(made, Finding)
    assert (made.polarity, made.rules) == ("positief", ("mens",))
    decide("voeg-toe", "tag", term="thema:digitaal", tekst="lijst van kamers")
    assert tags(library.current())["thema:digitaal"] == "mens"


def test_a_rejected_term_is_gone_from_document_passages_and_facets(
    decide: Callable[..., BuildReport], library: Library
) -> None:
    assert "org:pi" in tags(library.current())
    decide("verwerp", "tag", term="org:pi")
    now = library.current()
    assert "org:pi" not in tags(now)
    assert all(value.count == 0 for value in now.terms("organisatie") if value.term == "org:pi")
    row = now.rows()[0]
    assert not [tag for tag in now.tags(row.id, now.text(row.id)) if tag.term == "org:pi"]


def test_every_correction_survives_a_new_version_of_the_file_and_of_the_reader(
    decide: Callable[..., BuildReport],
    folder: Path,
    library: Library,
    indexed: Callable[..., BuildReport],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decide("wijzig", "aanbeveling", tekst=SECOND, sterkte="dringend")
    decide("verwerp", "aanbeveling", tekst=FIRST)
    decide("voeg-toe", "tag", term="thema:digitaal")
    shifted = TEXT.replace("# Nachten in Testhoven\n", "# Nachten in Testhoven\n\nMet een nieuw voorwoord vooraf.\n")
    (folder / "nachten.md").write_text(shifted, encoding="utf-8")
    monkeypatch.setattr(indexer.build, "READER_VERSION", "nieuw")
    report = indexed(folder)
    assert report.parsed == 1
    assert not report.corrections
    found = recommended(library.current())
    assert set(found) == {SECOND}
    assert found[SECOND].strength == "dringend"
    assert found[SECOND].place.span.start > TEXT.index(SECOND) - 20
    assert tags(library.current())["thema:digitaal"] == "mens"


def test_what_does_not_hold_any_more_is_told_each_time(
    decide: Callable[..., BuildReport], folder: Path, indexed: Callable[..., BuildReport]
) -> None:
    decide("bevestig", "aanbeveling", tekst=FIRST)
    (folder / "nachten.md").write_text(TEXT.replace(FIRST, "Iets anders dan dit."), encoding="utf-8")
    (told,) = indexed(folder).corrections
    assert "staan niet (meer) in het document" in told
    assert indexed(folder).corrections == (told,)


def test_a_correction_about_nothing_is_told(decide: Callable[..., BuildReport]) -> None:
    report = decide("verwerp", "tag", term="thema:bestaat-niet")
    assert "begrippenlijst" in report.corrections[0]
    report = decide("verwerp", "tag", term="org:pi", document="ffffffffffff", sha256="", map="", bestand="")
    assert any("document is er niet" in told for told in report.corrections)


def test_of_two_that_contradict_the_last_one_counts_and_the_other_is_told(
    decide: Callable[..., BuildReport], library: Library
) -> None:
    decide("verwerp", "aanbeveling", tekst=FIRST)
    (told,) = decide("bevestig", "aanbeveling", tekst=FIRST).corrections
    assert "later is anders besloten" in told
    assert recommended(library.current())[FIRST].origin == "mens"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("wis,tag,abc,,,,thema:personeel", "actie is 'wis'; kies uit bevestig"),
        ("bevestig,boek,abc,,,,", "soort is 'boek'; kies uit tag"),
        ("bevestig,tag,abc,,,,", "term ontbreekt"),
        ("bevestig,tag,,,,,thema:personeel", "er staat geen document"),
    ],
)
def test_a_broken_file_names_line_and_remedy(settings: Settings, line: str, message: str) -> None:
    path = correction_file(settings.data)
    path.parent.mkdir(parents=True)
    path.write_text(f"actie,soort,document,sha256,map,bestand,term\n{line}\n", encoding="utf-8")
    with pytest.raises(BrokenSetting, match=message) as caught:
        corrections(settings.data)
    assert f"{path}:2" in str(caught.value)
