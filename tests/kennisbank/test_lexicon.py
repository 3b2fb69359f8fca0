"""Phenomena and measures: patterns are read, held against texts, and point to where they stand."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.errors import BrokenSetting
from kennisbank.lexicon import Lexicon, lexicon
from kennisbank.model import TOLD
from kennisbank.patterns import BadPattern, parse
from kennisbank.taxonomy import ROLES, load

BUNDLED = load()
OTHER = Lexicon(BUNDLED)


def made(tmp_path: Path, patterns: str, groups: str = "") -> Lexicon:
    path = tmp_path / "taxonomie.toml"
    text = f'[groepen]\n{groups}\n[[term]]\nid = "verschijnsel:proef"\nnaam = "proef"\nzo = """\n{patterns}\n"""\n'
    path.write_text(text, encoding="utf-8")
    return Lexicon(load(path))


def told(lexicon: Lexicon, text: str) -> list[str]:
    return [match.span.of(text) for match in lexicon.matches(text)]


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("wachtlijst + lang", "De wachtlijsten zijn lang.", "wachtlijsten zijn lang"),
        ("wachtlijst + lang", "Lang bleef de wachtlijst kort.", "Lang bleef de wachtlijst"),
        ("lijst", "De wachtlijst groeit.", "wachtlijst"),  # part of a compound
        ("=lijst", "De wachtlijst groeit.", None),
        ("=lijst", "De lijsten groeien.", "lijsten"),
        ("rooster*", "Roosterproblemen.", "Roosterproblemen"),
        ("*bezetting", "De onderbezetting blijft.", "onderbezetting"),
        ("vast gezicht", "Een vast, bekend gezicht.", "vast, bekend gezicht"),  # one word may stand between
        ("vast gezicht", "Een vast en ook bekend gezicht.", None),
        ("klacht + antwoord /3", "De klacht kreeg geen antwoord.", None),
        ("klacht + antwoord /4", "De klacht kreeg geen antwoord.", "klacht kreeg geen antwoord"),
        ("regie + niemand + !later", "Niemand heeft de regie.", "Niemand heeft de regie"),
        ("regie + niemand + !later", "Niemand heeft de regie, later wel.", None),
        ("bezetting + bezetting", "De bezetting daalt.", None),  # no word counts twice
    ],
)
def test_a_pattern_stands_where_it_says(tmp_path: Path, pattern: str, text: str, expected: str | None) -> None:
    assert told(made(tmp_path, pattern), text) == ([expected] if expected else [])


def test_a_group_of_choices_is_written_out_once(tmp_path: Path) -> None:
    found = made(tmp_path, "{mensen} + weg", 'mensen = "agent|collega"')
    assert told(found, "De agenten gaan weg.") == ["agenten gaan weg"]
    assert [match.pattern for match in found.matches("Een collega is weg.")] == ["{mensen} + weg"]


def test_the_tightest_place_of_a_term_is_its_evidence(tmp_path: Path) -> None:
    text = "De regie bleef lang bij niemand. Niemand had regie."
    assert told(made(tmp_path, "regie + niemand"), text) == ["Niemand had regie"]


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("!niet", "alleen wat er niet mag staan"),
        ("{onbekend} + weg", "{onbekend} bestaat niet"),
        ("een + ? ", "geen woord"),
        ("klacht|", "geen woord"),
        ("klacht /99", "/99 kan niet"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(tmp_path: Path, pattern: str, why: str) -> None:
    with pytest.raises(BadPattern):
        parse(pattern, {})
    with pytest.raises(BrokenSetting, match=r"taxonomie\.toml:") as error:
        made(tmp_path, f"wachtlijst + lang\n{pattern}")
    assert why in str(error.value)


def test_only_phenomena_and_measures_have_patterns(tmp_path: Path) -> None:
    path = tmp_path / "taxonomie.toml"
    path.write_text('[[term]]\nid = "thema:a"\nnaam = "a"\nzo = "b"\n', encoding="utf-8")
    with pytest.raises(BrokenSetting, match="'zo' hoort niet bij een thema"):
        load(path)
    path.write_text('[[term]]\nid = "maatregel:a"\nnaam = "a"\n', encoding="utf-8")
    with pytest.raises(BrokenSetting, match="een maatregel heeft 'zo' nodig"):
        load(path)


def test_every_bundled_term_says_what_it_is() -> None:
    terms = [term for facet in TOLD for term in BUNDLED.of_facet(facet)]
    assert [term.id for term in terms if not (term.note and term.role in ROLES and term.related)] == []
    assert {term.role == "maatregel" for term in BUNDLED.of_facet("maatregel")} == {True}


WORDS = [
    "de",
    "medewerkers",
    "niemand",
    "heeft",
    "regie",
    "vertrekken",
    "snel",
    "weer",
    "klacht",
    "antwoord",
    "geen",
    ". ",
]


@given(st.lists(st.sampled_from(WORDS), max_size=30))
def test_matches_lie_in_the_text_and_are_the_same_each_time(words: list[str]) -> None:
    text = " ".join(words)
    found = lexicon(BUNDLED).matches(text)
    assert found == OTHER.matches(text)
    assert all(0 <= match.span.start < match.span.end <= len(text) for match in found)
    assert len({match.term.id for match in found}) == len(found)
