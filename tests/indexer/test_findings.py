"""What counts as a finding, and whether it is told as good or bad."""

from __future__ import annotations

import pytest
from reports_to_read import found

from indexer.findings import SILENT_KINDS
from indexer.polarity import polarity

CHAPTER = "# 3 De avonden\n\n"


@pytest.mark.parametrize(
    ("sentence", "kind", "expected", "rule"),
    [
        ("De Inspectie constateert dat begeleiders vaak ontbreken.", "bevinding", "negatief", "F1"),
        ("De Inspectie oordeelt dat de zorg op orde is.", "oordeel", "positief", "F2"),
        ("De belronde bestaat twee jaar en daardoor zijn er minder klachten.", "maatregel", "positief", "F3"),
        ("Op de afdeling is nauwelijks toezicht in de avond.", "bevinding", "negatief", "F4"),
        ("De medicijnen lagen zonder uitzondering klaar bij aankomst.", "bevinding", "positief", "F4"),
    ],
)
def test_each_rule_finds_its_form(sentence: str, kind: str, expected: str, rule: str) -> None:
    (one,) = found(f"{CHAPTER}Er zijn acht groepen. {sentence} Het gebouw staat aan een kanaal.")
    assert (one.place.text, one.kind, one.polarity) == (sentence, kind, expected)
    assert rule in one.rules


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De zorg is niet op orde.", "negatief"),
        ("Er is geen enkel tekort aan bedden.", "neutraal"),
        ("De helft is op orde, maar een plan ontbreekt.", "neutraal"),
        ("Twee van de zes aanbevelingen zijn opgevolgd.", "neutraal"),
        ("Het gebouw staat aan een kanaal.", "neutraal"),
    ],
)
def test_polarity_only_where_words_leave_no_doubt(text: str, expected: str) -> None:
    assert polarity(text) == expected


@pytest.mark.parametrize("kind", sorted(SILENT_KINDS))
def test_kinds_that_find_nothing(kind: str) -> None:
    assert not found(f"{CHAPTER}Op de afdeling is nauwelijks toezicht in de avond.", kind)


@pytest.mark.parametrize("heading", ["1 Inleiding en onderzoeksaanpak", "Bijlage 1 Toetsingskader", "6 Aanbevelingen"])
def test_chapters_about_norms_and_method_hold_none(heading: str) -> None:
    assert not found(f"# {heading}\n\nNiemand mag in de avond alleen op een afdeling staan.")


def test_what_nothing_tells_good_or_bad_is_only_proposed() -> None:
    assert not found(f"{CHAPTER}De Inspectie ziet dat de inrichting acht groepen heeft.")
