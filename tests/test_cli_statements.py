"""Recommendations and findings on the command line: exported by filter, corrected, explained."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from test_cli import Run, only_line, rows, run  # noqa: F401 - a fixture

TEXT = """# Nachten in Testhoven

Uitgever: Inspectie Justitie en Veiligheid

In PI Testhoven ontbreekt toezicht in de nacht. De medicijnen lagen zonder uitzondering klaar bij aankomst.

## 3 Aanbevelingen

### Aan de directie van PI Testhoven

1. Leg vast wie er in de nacht toezicht houdt.

### Aan de politie

2. Geef iedere melder een nummer dat hij kan bellen.
"""


@pytest.fixture
def library(run: Run, tmp_path: Path) -> Run:  # noqa: F811
    """Index one report and return the command to ask about it."""
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "2020-rapport-nachten.md").write_text(TEXT, encoding="utf-8")
    run("index", folder)
    return run


def texts(found: list[dict[str, Any]]) -> list[str]:
    return [row["tekst"] for row in found]


def test_export_takes_words_and_filters(library: Run) -> None:
    assert len(rows(library("export", "aanbevelingen"))) == 2
    assert texts(rows(library("export", "aanbevelingen", "--adressaat", "politie"))) == [
        "Geef iedere melder een nummer dat hij kan bellen."
    ]
    assert texts(rows(library("export", "aanbevelingen", "--vraag", "toezicht nacht"))) == [
        "Leg vast wie er in de nacht toezicht houdt."
    ]
    assert len(rows(library("export", "aanbevelingen", "--adressaat", "-politie"))) == 1
    assert not rows(library("export", "aanbevelingen", "--van", "2021"))
    positive = rows(library("export", "bevindingen", "--polariteit", "positief"))
    assert texts(positive) == ["De medicijnen lagen zonder uitzondering klaar bij aankomst."]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["passages", "--keten", "asiel"], "kunnen alleen bij aanbevelingen en bevindingen"),
        (["bevindingen", "--sterkte", "formeel"], "--sterkte: bevindingen hebben dat niet"),
        (["aanbevelingen", "--sterkte", "luid"], "kies uit formeel"),
        (["aanbevelingen", "--adressaat", "niemand-bekend"], "bestaat niet"),
    ],
)
def test_a_filter_that_cannot_be_is_one_line(library: Run, arguments: list[str], message: str) -> None:
    assert message in only_line(library("export", *arguments, code=2))


def test_a_person_corrects_and_takes_back(library: Run) -> None:
    first, second = rows(library("export", "aanbevelingen"))
    library("correct", "confirm", first["id"], "--door", "redactie")
    library("correct", "change", second["id"], "--sterkte", "dringend", "--adressaat", "dji")
    library("correct", "reject", "2020-rapport-nachten.md", "--term", "org:pi")
    library("correct", "add", "2020-rapport-nachten.md", "--als", "bevinding", "--tekst", "in de nacht toezicht")
    one, other = rows(library("export", "aanbevelingen"))
    assert (one["herkomst"], one["zekerheid"]) == ("mens", 1.0)
    assert (other["sterkte"], [entry["organisatie"] for entry in other["geadresseerden"]]) == ("dringend", ["org:dji"])
    assert "org:pi" not in {row["term"] for row in rows(library("export", "tags"))}
    assert "in de nacht toezicht" in texts(rows(library("export", "bevindingen")))
    listed = json.loads(library("correct", "list", "--json").stdout)
    assert [entry["actie"] for entry in listed["correcties"]] == ["bevestig", "wijzig", "verwerp", "voeg-toe"]
    library("correct", "undo", 3)
    assert "org:pi" in {row["term"] for row in rows(library("export", "tags"))}
    library("check")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["confirm", "a000000000000"], "is geen aanbeveling, bevinding, voornemen of parallel"),
        (["change", "a000000000000"], "er is niets te wijzigen"),
        (["reject", "2020-rapport-nachten.md", "--term", "onzin"], "is geen begrip"),
        (["add", "2020-rapport-nachten.md"], "noem --term"),
        (["add", "2020-rapport-nachten.md", "--als", "bevinding", "--tekst", "staat er niet"], "staat niet in"),
        (["undo", "9"], "correctie 9 bestaat niet"),
    ],
)
def test_a_correction_of_nothing_is_one_line(library: Run, arguments: list[str], message: str) -> None:
    assert message in only_line(library("correct", *arguments, code=2))


def test_explain_tells_terms_and_rules(run: Run) -> None:  # noqa: F811
    found = json.loads(run("explain", "De Inspectie beveelt het COA aan om te stoppen.", "--json").stdout)
    assert "org:coa" in {name["term"] for name in found["begrippen"]}
    (said,) = found["aanbevelingen"]
    assert said["geadresseerden"][0]["organisatie"] == "org:coa"
    assert "R4" in said["regels"]
    assert "regel R4" in run("explain", "De Inspectie beveelt het COA aan om te stoppen.").stdout
    quoting = json.loads(run("explain", "De Inspectie beveelt het COA aan.", "--soort", "wederhoor", "--json").stdout)
    assert not quoting["aanbevelingen"]
