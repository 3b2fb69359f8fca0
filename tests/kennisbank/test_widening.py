"""A question that finds nothing, asked ever wider: the same words less strictly first, the common words last."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.query import parse
from kennisbank.widening import question_of, wider

HELD = {"zebra": 0, "gnoe": 0, "wachtlijst": 3, "personeel": 20, "overdracht": 8, "zorg*": 5, "(a1 OF b1)": 1}


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("personeel wachtlijst overdracht", ["minder personeel overdracht", "minder personeel"]),
        ("personeel zebra overdracht gnoe", ["minder personeel overdracht", "minder personeel"]),
        (
            '"personeel van de overdracht" -zorg*',
            ["losser personeel overdracht -zorg*", "uitgesloten personeel overdracht", "minder personeel"],
        ),
        ('"personeel van de overdracht"~5', ["losser personeel overdracht", "minder personeel"]),
        ("personeel W/5 overdracht", ["losser personeel overdracht", "minder personeel"]),
        ("titel:personeel -overdracht", ["losser personeel -overdracht", "uitgesloten personeel"]),
        ("+personeel +overdracht", ["losser personeel overdracht", "minder personeel"]),
        ("(a1 OF b1) zorg*", ["minder zorg*"]),
        ("personeel -zebra", ["uitgesloten personeel"]),
        ("zebra gnoe", []),
        ("zebra", []),
        ("", []),
    ],
)
def test_each_step_gives_up_the_least(question: str, expected: list[str]) -> None:
    found = wider(parse(question).clauses, HELD.__getitem__)
    assert [f"{step.kind} {step.text}" for step in found] == expected


PARTS = st.sampled_from(
    [
        "zorg",
        "+zorg",
        "-zorg",
        '"goede zorg"',
        '-"goede zorg"',
        "zor*",
        "(a1 OF b1)",
        "-(a1 OF b1)",
        "+(a1 c1)",
        "OM",
        "*zorg",
        "zorg~",
        "*zorg*",
        "a1 W/3 b1",
        "-(a1 W/3 b1)",
        "(a1 OF b1) W/3 c1",
        '"a1 b1"~4',
        '-"a1 b1"~4',
        "titel:zorg",
        "NIET 1e",
        "-kop:zorg",
        'titel:"a1 b1"',
        "titel:(a1 OF b1)",
    ]
)


@given(st.lists(PARTS, max_size=4))
def test_a_question_that_is_written_out_is_read_the_same(parts: list[str]) -> None:
    clauses = parse(" ".join(parts)).clauses
    assert parse(question_of(clauses)).clauses == clauses
