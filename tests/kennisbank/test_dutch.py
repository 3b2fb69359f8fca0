"""Words and their forms: what must meet does, what must stay apart does not."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank import dutch


def surfaces(text: str) -> list[str]:
    return [token.surface for token in dutch.tokens(text) if not token.joined]


def joined(text: str) -> list[str]:
    return [token.forms.exact for token in dutch.tokens(text) if token.joined]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Om het OM te vragen", ["Om", "het", "OM", "te", "vragen"]),
        ("regio's en JJI’s", ["regio's", "en", "JJI’s"]),
        ("DT&V, C2000 en P.I. Zuid", ["DT&V", "C2000", "en", "P.I.", "Zuid"]),
        ("2021-2024¹", ["2021", "2024¹"]),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert surfaces(text) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("informatie-uitwisseling", ["informatieuitwisseling"]),
        ("(jeugd-)strafrechtketen", ["jeugdstrafrechtketen"]),
        ("(crisis)noodopvang", ["crisisnoodopvang"]),
        ("2021-2024", []),
        ("wel - niet", []),
    ],
)
def test_hyphenated_and_bracketed_words_are_also_read_as_one(text: str, whole: list[str]) -> None:
    assert joined(text) == whole


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("keten", "ketens"),
        ("jeugdbeschermingsketen", "jeugdbeschermingsketens"),
        ("aanbeveling", "aanbevelingen"),
        ("onderzoek", "onderzocht"),
        ("regio", "regio's"),
        ("organisatie", "organisaties"),
        ("wachtlijst", "wachtlijsten"),
        ("justitiële", "Justitieel"),
        ("gedetineerde", "gedetineerden"),
        ("inspectie", "inspecties"),
    ],
)
def test_words_that_must_meet(one: str, other: str) -> None:
    assert dutch.forms(one).stem == dutch.forms(other).stem


@pytest.mark.parametrize(
    ("one", "other"), [("politie", "politiek"), ("burger", "burgemeester"), ("jongere", "jong"), ("om", "omdat")]
)
def test_words_that_must_stay_apart(one: str, other: str) -> None:
    assert dutch.forms(one).stem != dutch.forms(other).stem


def test_accents_fold_for_comparing() -> None:
    assert dutch.fold("Justitiële INRICHTINGEN’s") == "justitiele inrichtingen's"


@pytest.mark.parametrize(
    ("text", "cased"),
    [("Volgens het OM", "OM"), ("Naar Halt verwezen", "Halt"), ("Halt is een woord", None), ("de PI's", "PI")],
)
def test_capitals_are_kept_where_they_carry_meaning(text: str, cased: str | None) -> None:
    found = [token.cased for token in dutch.tokens(text) if token.cased]
    assert found == ([cased] if cased else [])


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Zie de brief d.d. 3 mei. Die is kort.", 2),
        ("Volgens art. 3 lid 2 mag het niet. Toch gebeurt het.", 2),
        ("Kamerstukken II 2022/23, 29 628, nr. 1123. Klaar.", 2),
        ("Dat zei mr. dr. A.B.C. de Vries. Klaar.", 2),
        ("De zaak van Pim L. werd besproken.", 1),
        ("Is dat zo? Ja! Goed.", 3),
    ],
)
def test_abbreviations_end_no_sentence(text: str, count: int) -> None:
    assert len(dutch.sentences(text)) == count


@given(st.text(max_size=300))
def test_every_token_points_at_its_own_text(text: str) -> None:
    for token in dutch.tokens(text):
        quoted = token.span.of(text)
        assert quoted if token.joined else quoted == token.surface


@given(st.text(max_size=300))
def test_sentences_lie_within_the_text_in_order(text: str) -> None:
    spans = dutch.sentences(text)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.end <= len(text) for span in spans)
