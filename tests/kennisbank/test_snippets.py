"""What is marked in a text: exactly what a question finds there, however it asks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.query import parse
from kennisbank.search.concepts import plan
from kennisbank.search.snippets import Marker
from kennisbank.taxonomy import load

TAXONOMY = load()
TEXT = (
    "Het team overlegde over het verlof. Uit het teamoverleg bleek niets; een incident bleef uit. "
    "Na een incident tijdens het verlof van een cliënt kwam een aanbeveeling; de aanbeveling over verloven is oud."
)


def marked(question: str, text: str = TEXT) -> list[str]:
    concepts = plan(parse(question, taxonomy=TAXONOMY), TAXONOMY).concepts
    return [hit.span.of(text) for hit in Marker(concepts).hits(text)]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("verlof", ["verlof", "verlof", "verloven"]),
        ('"verlof"', ["verlof", "verlof"]),
        ("overleg*", ["overlegde"]),
        ("*overleg", ["teamoverleg"]),
        ("*overleg*", ["overlegde", "teamoverleg"]),
        ("aanbeveling~", ["aanbeveeling", "aanbeveling"]),
        ("aanbeveeling~", ["aanbeveeling", "aanbeveling"]),
        ("verolf~", ["verlof", "verlof"]),
        ("cliemt~", ["cliënt"]),
        ('"incident verlof"~3', ["incident", "verlof"]),
        ('"verlof incident"~3', ["incident", "verlof"]),
        ('"verlof incident"~2', []),
        ('"verloven aanbeveling"~2', ["aanbeveling", "verloven"]),
        ('"verlof aanbeveling"~2', []),
        ("verlof W/2 aanbeveling", ["aanbeveeling", "aanbeveling", "verloven"]),
        ("verlof W/3 incident", ["incident", "verlof"]),
        ("cliënt W/3 verlof W/3 incident", ["incident", "verlof", "cliënt"]),
        ("(team OF cliënt) W/3 verlof", ["verlof", "cliënt"]),
        ("incident -verlof", ["incident", "incident"]),
        ("-*overleg incident", ["incident", "incident"]),
        ("titel:verlof", []),
        ("titel:verlof incident", ["incident", "incident"]),
        ('"het verlof"', ["het verlof", "het verlof"]),
    ],
)
def test_marks(question: str, expected: list[str]) -> None:
    assert marked(question) == expected


@given(
    question=st.sampled_from(
        ["*a*", "abc*", "*bca", "abca~", "a1 W/2 b1", '"a1 b1"~3', "a1 W/1 b1 W/1 c1", '"a1 b1"', "abc* x", "titel:abc"]
    ),
    words=st.lists(st.sampled_from(["abc", "abca", "bca", "a1", "b1", "c1", "x-y", "één", "."]), max_size=12),
)
def test_marks_are_whole_words_in_order(question: str, words: list[str]) -> None:
    text = " ".join(words)
    concepts = plan(parse(question), TAXONOMY).concepts
    end = 0
    for hit in Marker(concepts).hits(text):
        assert hit.span.start >= end
        end = hit.span.end
        assert hit.span.of(text).strip() == hit.span.of(text) != ""
