"""The truth about the sample corpus: complete, consistent, split, and on the page it says."""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import waarheid

from kennisbank.evaluation import truth
from kennisbank.model import KINDS
from kennisbank.taxonomy import Taxonomy

CORPUS = Path(__file__).parents[2] / "corpus" / "voorbeeld"
DIGEST = "71900e4ec919185b71b61b8a64ab88584622a2b6ffa4d1f82b5d32b3d56c13e5"
"""Of all rows; a change of the truth is made on purpose and told in the commit."""
HALF_YEAR = 180
Row = dict[str, Any]


@pytest.fixture(scope="module")
def rows() -> dict[str, list[Row]]:
    given = truth.load(CORPUS).rows
    return {name: [dict(row) for row in found] for name, found in given.items()}


def test_digest_is_pinned() -> None:
    assert truth.digest(CORPUS / "waarheid") == DIGEST


def test_every_document_has_its_row_and_nothing_else(rows: dict[str, list[Row]]) -> None:
    there = {path.name for path in (CORPUS / "documenten").iterdir()}
    assert Counter(row["bestand"] for row in rows["documenten"]) == Counter(there)
    assert {row["soort"] for row in rows["documenten"]} <= set(KINDS)
    named = {row["bestand"] for found in rows.values() for row in found if "bestand" in row}
    assert named <= there


@pytest.mark.parametrize(
    ("name", "least"),
    [("reeksen", 15), ("bijna", 15), ("verschijnselen", 15), ("hardnegatief", 40), ("vragen", 90), ("afleiders", 100)],
)
def test_there_is_enough_to_judge(name: str, least: int, rows: dict[str, list[Row]]) -> None:
    assert len(rows[name]) >= least


@pytest.mark.parametrize("name", ["documenten", "reeksen", "verschijnselen", "hardnegatief", "vragen"])
def test_halves_are_halves(name: str, rows: dict[str, list[Row]]) -> None:
    counts = Counter(row["deel"] for row in rows[name])
    assert set(counts) == set(truth.HALVES)
    assert abs(counts["tune"] - counts["judge"]) <= 0.2 * len(rows[name])


def test_ids_are_unique_and_lead_somewhere(rows: dict[str, list[Row]]) -> None:
    ids = [row["id"] for found in rows.values() for row in found if "id" in row]
    assert [name for name, count in Counter(ids).items() if count > 1] == []
    demands = {row["id"] for row in rows["aanbevelingen"]}
    members = [entry["aanbeveling"] for row in rows["reeksen"] for entry in row["leden"]]
    assert set(members) <= demands
    assert [name for name, count in Counter(members).items() if count > 1] == []
    assert {row["aanbeveling"] for row in rows["bijna"]} <= demands
    assert {row["reeks"] for row in rows["bijna"]} <= {row["id"] for row in rows["reeksen"]}
    assert {row["aanbeveling"] for row in rows["uitspraken"]} - {None} <= demands


def test_terms_exist(rows: dict[str, list[Row]], taxonomy: Taxonomy) -> None:
    assert {row["term"] for row in rows["tags"]} <= set(taxonomy.terms)
    organisations = {entry["organisatie"] for row in rows["aanbevelingen"] for entry in row["geadresseerden"]} - {None}
    assert organisations <= set(taxonomy.terms)


def test_a_series_has_independent_members_in_order(rows: dict[str, list[Row]]) -> None:
    date = {row["bestand"]: row["datum"] for row in rows["documenten"]}
    file = {row["id"]: row["bestand"] for row in rows["aanbevelingen"]}
    for row in rows["reeksen"]:
        files = [file[entry["aanbeveling"]] for entry in row["leden"]]
        dates = [date[name] for name in files]
        assert dates == sorted(dates), row["id"]
        assert len(set(files)) >= 2, row["id"]
        assert _days(dates[0], dates[-1]) >= HALF_YEAR, row["id"]
        assert row["leden"][0]["rol"] == "eerste", row["id"]


def _days(first: str, last: str) -> int:
    from datetime import date

    return (date.fromisoformat(last) - date.fromisoformat(first)).days


def test_near_misses_are_no_members_and_share_their_half(rows: dict[str, list[Row]]) -> None:
    members = {(row["id"], entry["aanbeveling"]) for row in rows["reeksen"] for entry in row["leden"]}
    half = {row["id"]: row["deel"] for row in rows["reeksen"]}
    assert not {(row["reeks"], row["aanbeveling"]) for row in rows["bijna"]} & members
    assert all(row["deel"] == half[row["reeks"]] for row in rows["bijna"])


def test_a_phenomenon_crosses_chains(rows: dict[str, list[Row]]) -> None:
    passages = [entry for row in rows["verschijnselen"] for entry in row["passages"]]
    assert len(passages) >= 60
    for row in rows["verschijnselen"]:
        chains = [frozenset(entry["ketens"]) for entry in row["passages"]]
        assert any(not one & other for one in chains for other in chains), row["id"]


def test_questions_have_the_difficulty_asked_for(rows: dict[str, list[Row]]) -> None:
    ids = {row["id"] for row in rows["vragen"]}
    assert {f"V{number:02d}" for number in range(1, 41)} <= ids
    assert sum(not row["oordelen"] for row in rows["vragen"]) >= 10
    assert sum(bool(row["filters"]) for row in rows["vragen"]) >= 8
    assert sum(bool(row["passages"]) for row in rows["vragen"]) >= 45
    assert all(entry["graad"] in (1, 2, 3) for row in rows["vragen"] for entry in row["oordelen"])


def test_statements_and_commitments_lead_to_what_they_are_about(rows: dict[str, list[Row]]) -> None:
    assert sum(row["aanbeveling"] is not None for row in rows["uitspraken"]) >= 0.7 * len(rows["uitspraken"])
    assert all(row["stand"] for row in rows["voornemens"])
    assert any(row["koppelingen"] for row in rows["voornemens"])


def test_every_quote_stands_on_its_page_as_other_readers_read_it() -> None:
    if not shutil.which(waarheid.READER):
        pytest.skip("pdftotext ontbreekt (poppler-utils): citaten zijn niet nagelopen")
    assert list(waarheid.problems(CORPUS / "waarheid", CORPUS / "documenten")) == []


def test_a_quote_that_stands_elsewhere_is_told(tmp_path: Path) -> None:
    (tmp_path / "stuk.txt").write_text("Niemand weet wie de sleutel heeft.", encoding="utf-8")
    kept = [{"bestand": "stuk.txt", "pagina": None, "tekst": text} for text in ("weet wie de", "weet wat de")]
    (tmp_path / "rijen.jsonl").write_text("\n".join(json.dumps(row) for row in kept), encoding="utf-8")
    (told,) = waarheid.problems(tmp_path, tmp_path)
    assert told == "rijen.jsonl:2: stuk.txt p. None: staat daar niet: weet wat de"


def test_a_quote_may_be_cut_by_a_page_but_not_scattered() -> None:
    pages = tuple(map(waarheid.squeezed, ("De sleutel lag1 bij 1 Een noot.", "kop de buren en daar bleef hij", "x")))
    assert waarheid.places(pages, "De sleutel lag bij") == [1]
    assert waarheid.places(pages, "De sleutel lag bij de buren en daar") == [1]
    assert waarheid.places(pages, "De buren lag") == []


def test_findings_of_each_polarity_are_in_both_halves(rows: dict[str, list[Row]]) -> None:
    half = {row["bestand"]: row["deel"] for row in rows["documenten"]}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows["bevindingen"]:
        counts[half[row["bestand"]]][row["polariteit"]] += 1
    assert all(
        counts[name][polarity] > 20 for name in truth.HALVES for polarity in ("positief", "neutraal", "negatief")
    )
