"""Words that occur nowhere: which words of the library may have been meant, and what is done about it."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.corrections import Withdrawal, write_withdrawals
from kennisbank.library import Library
from kennisbank.query import corrected, parse
from kennisbank.search.wordlists import Vocabulary, distance
from kennisbank.settings import Settings

LETTERS = "abc"


def plain_distance(one: str, other: str) -> int:
    """Count edits by the book, without bounds."""
    table = [[row + column for column in range(len(other) + 1)] for row in range(len(one) + 1)]
    for row in range(1, len(one) + 1):
        for column in range(1, len(other) + 1):
            same = one[row - 1] == other[column - 1]
            table[row][column] = min(
                table[row - 1][column] + 1, table[row][column - 1] + 1, table[row - 1][column - 1] + (not same)
            )
            if min(row, column) > 1 and one[row - 1] == other[column - 2] and one[row - 2] == other[column - 1]:
                table[row][column] = min(table[row][column], table[row - 2][column - 2] + 1)
    return table[-1][-1]


@given(st.text(LETTERS, max_size=9), st.text(LETTERS, max_size=9), st.integers(1, 3))
def test_distance_counts_all_edits_up_to_its_limit(one: str, other: str, most: int) -> None:
    assert distance(one, other, most) == min(plain_distance(one, other), most + 1)


@given(st.text("abcdefg", min_size=4, max_size=11), st.lists(st.text("abcdefg", min_size=1, max_size=13), max_size=40))
def test_no_word_that_is_near_is_passed_over(word: str, words: list[str]) -> None:
    most = 2 if len(word) >= 8 else 1
    distances = {other: plain_distance(word, other) for other in words}
    least = min(distances.values(), default=99)
    expected = {other for other, edits in distances.items() if edits == least} if 0 < least <= most else set()
    assert set(Vocabulary(lambda: words).near(word)) == expected


@pytest.mark.parametrize("word", ["zrg", "x" * 41, ""])
def test_a_word_of_no_use_is_not_looked_up(word: str) -> None:
    assert Vocabulary(lambda: ["zorg", "x" * 40, "a"]).near(word) == ()


def test_half_a_million_words_take_less_than_a_tenth_of_a_second() -> None:
    dice = random.Random(1)
    parts = ["".join(dice.choices("etaoinrsdlgkmvbpuhjc", k=dice.randint(3, 6))) for _ in range(3_000)]
    words = list({dice.choice(parts) + dice.choice(parts) for _ in range(540_000)})[:500_000]
    vocabulary = Vocabulary(lambda: words)
    wanted = next(word for word in words if len(word) == 11)
    typed = wanted[:4] + wanted[5] + wanted[4] + wanted[6:]
    assert wanted in vocabulary.near(typed)
    spent = min(_seconds(vocabulary, typed) for _ in range(5))
    assert spent < 0.1


def _seconds(vocabulary: Vocabulary, word: str) -> float:
    start = time.process_time()
    vocabulary.near(word)
    return time.process_time() - start


Index = Callable[..., object]


def proposals(library: Library, question: str) -> dict[str, tuple[str, ...]]:
    found = library.current().search(parse(question))
    return {entry.word: entry.became for entry in found.explanation if entry.kind in ("correctie", "lijkt")}


ASKED: dict[str, dict[str, tuple[str, ...]]] = {
    "overdrachtt": {"overdrachtt": ("overdracht",)},
    "Aansprekpunt personeel": {"Aansprekpunt": ("aanspreekpunt",)},
    '"vast aansprekpunt"': {"aansprekpunt": ("aanspreekpunt",)},
    "(wachtlijst OF asielkten) tekort": {"asielkten": ("asielketen",)},
    "overdracht": {},
    "wachtlijst": {},  # stands there in another form only
    "-overdrachtt personeel": {},
    "overdrachtt*": {},
    "DJI": {},  # a name, whatever name it goes by there
    "C2O00": {},
    "kangoeroe": {},
}


def test_only_words_that_occur_nowhere_get_a_proposal(reports: Path, indexed: Index, library: Library) -> None:
    indexed(reports)
    assert {question: proposals(library, question) for question in ASKED} == ASKED


def test_a_slip_is_set_right_said_so_and_can_be_meant(reports: Path, indexed: Index, library: Library) -> None:
    indexed(reports)
    right = library.current().search(parse("overdracht"))
    found = library.current().search(parse("overdrachtt"))
    assert [hit.id for hit in found.hits] == [hit.id for hit in right.hits] != []
    assert found.hits[0].fragments[0].marks == right.hits[0].fragments[0].marks
    assert [entry.text for entry in found.explanation] == ["‘overdrachtt’ komt nergens voor; gezocht op: overdracht"]
    literal = library.current().search(parse("overdrachtt", literal=["overdrachtt"]))
    assert (literal.total, literal.total_partial) == (0, 0)
    assert [entry.kind for entry in literal.explanation] == ["letterlijk", "correctie"]


def test_a_word_that_exists_may_be_meant(tmp_path: Path, indexed: Index, library: Library) -> None:
    (tmp_path / "a.txt").write_text("Rapport\n\nDe inrichting is vol.\n", encoding="utf-8")
    indexed(tmp_path / "a.txt")
    found = library.current().search(parse("richting"))
    assert found.total == 0
    assert [entry.text for entry in found.explanation] == ["‘richting’ komt nergens voor; bedoelde u inrichting?"]


def test_what_is_quoted_is_not_set_right(reports: Path, indexed: Index, library: Library) -> None:
    indexed(reports)
    assert library.current().search(parse('"vast aansprekpunt"')).total == 0


def test_a_compound_that_is_found_by_its_parts_is_no_mistake(tmp_path: Path, indexed: Index, library: Library) -> None:
    text = "De uitwisseling van informatie stokt. Informatieuitwisselingen elders."
    (tmp_path / "a.txt").write_text(f"Rapport\n\n{text}\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Rapport b\n\nTelefoonuitwisseling en keteninformatie.\n", encoding="utf-8")
    indexed(*tmp_path.glob("*.txt"))
    assert proposals(library, "informatieuitwisseling") == {}
    assert proposals(library, "(informatieuitwisseling OF zorg)") == {}


def test_the_most_used_word_comes_first_and_forms_of_one_word_once(
    tmp_path: Path, indexed: Index, library: Library
) -> None:
    texts = {"a": "De wachttijd.", "b": "De wachtlijd. Medewerker.", "c": "De wachtlijd, de wachttijd. Medewerkers."}
    for name, text in texts.items():
        (tmp_path / f"{name}.txt").write_text(f"Rapport {name}\n\n{text} Wachtlijd, medewerkers.\n", encoding="utf-8")
    indexed(*tmp_path.glob("*.txt"))
    assert proposals(library, "wachtxijd") == {"wachtxijd": ("wachtlijd", "wachttijd")}
    assert proposals(library, "medewerkerz") == {"medewerkerz": ("medewerkers",)}


def test_a_withdrawn_document_proposes_nothing(
    reports: Path, indexed: Index, library: Library, settings: Settings
) -> None:
    indexed(reports)
    assert proposals(library, "noodopvagn") == {"noodopvagn": ("noodopvang",)}
    row = next(row for row in library.current().rows() if row.file.endswith("opvang.md"))
    write_withdrawals(settings.data, [Withdrawal(row.id, row.sha256 or "", "", row.file, "", row.time)])
    assert proposals(library, "noodopvagn") == {}
    assert library.current().search(parse("noodopvagn")).total == 0
    assert not [entry for entry in library.current().search(parse("noodopvagn")).explanation if entry.became]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("overdrachtt van zorg", "overdracht van zorg"),
        ('-asiel "De Overdrachtt" +x', '-asiel "De overdracht" +x'),
        ("overdrachtten overdrachtt", "overdrachtten overdracht"),
        ("zorg-overdrachtt", "zorg-overdracht"),
        ("zorg", "zorg"),
    ],
)
def test_a_word_is_put_in_the_place_of_another(text: str, expected: str) -> None:
    assert corrected(text, "overdrachtt", "overdracht") == expected


def test_words_with_a_star_stand_within_a_distance(tmp_path: Path, indexed: Index, library: Library) -> None:
    (tmp_path / "a.txt").write_text("Brief a\n\nDe klachten kregen geen antwoord.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text(
        "Brief b\n\nEen klacht: een twee drie vier vijf zes beantwoord.\n", encoding="utf-8"
    )
    indexed(*tmp_path.glob("*.txt"))

    def found(question: str) -> list[str]:
        return [hit.title for hit in library.current().search(parse(question)).hits]

    assert found("klacht* W/4 antwoord*") == ["Brief a"]
    assert found("klacht* W/9 *antwoord") == ["Brief a", "Brief b"]
    marks = library.current().search(parse("klacht* W/4 antwoord*")).hits[0].fragments[0].marks
    assert len(marks) == 2
