"""No question can cost more than the limits: every hostile one is bounded, and answered or refused in one line."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_engine import build

from kennisbank.errors import UsageError
from kennisbank.query import Query, parse
from kennisbank.register import condition
from kennisbank.search.boundary import FIELD_WEIGHTS, Concept, Engine, Form, Group, Request, Selection, Tree
from kennisbank.search.concepts import Plan, forms_of, plan
from kennisbank.search.snippets import Marker
from kennisbank.search.spelling import planned
from kennisbank.settings import SearchSettings
from kennisbank.taxonomy import load
from kennisbank.widening import question_of

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))
from hostile_questions import HOSTILE

TAXONOMY = load()
LIMITS = SearchSettings()
CASES = [pytest.param(text, id=f"{kind}-{at}") for kind, texts in HOSTILE.items() for at, text in enumerate(texts)]
WILD = ("prefix", "suffix", "fuzzy")
FORMS_PER_WORD = 12
"""Layers, other names and parts of one word."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    opened = build(tmp_path_factory.mktemp("index"))
    yield opened
    opened.close()


def read(text: str) -> Query | None:
    """Return a question that may be asked; None when it is refused, in one line that says what to do."""
    try:
        return parse(text, taxonomy=TAXONOMY)
    except UsageError as refusal:
        said = str(refusal)
    assert "\n" not in said
    assert 10 < len(said) < 500
    return None


def forms(made: Plan) -> list[Form]:
    return [form for concept in made.concepts for form in forms_of(concept.tree)]


def depth(tree: Tree) -> int:
    return 1 + max(map(depth, tree.parts), default=0) if isinstance(tree, Group) else 0


@pytest.mark.parametrize("text", CASES)
def test_what_is_looked_for_is_bounded(text: str) -> None:
    query = read(text)
    if query is None:
        return
    made = plan(query, TAXONOMY)
    looked_for = forms(made)
    wild = [form for form in looked_for if form.layer in WILD]
    assert len(looked_for) <= FORMS_PER_WORD * LIMITS.max_words
    assert all(len(form.words) <= LIMITS.max_words for form in looked_for)
    assert len(wild) <= 2 * LIMITS.max_wildcards
    assert all(len(form.words[0]) >= 3 for form in wild)
    assert len(wild) * made.expansions(LIMITS.max_expansions, LIMITS.max_terms) <= LIMITS.max_terms
    near = [form for form in looked_for if not form.ordered]
    assert sum(len(form.words) for form in near) <= 3 * LIMITS.max_near
    assert all(len(set(form.words)) == len(form.words) > 1 for form in near if form.layer == "exact")
    assert all(1 <= form.within <= LIMITS.max_distance for form in near)
    assert all(depth(concept.tree) <= 2 * LIMITS.max_depth + 2 for concept in made.concepts)
    assert sum(len(values) for values in query.filters.chosen.values()) <= LIMITS.max_characters
    assert len(query.notices) <= LIMITS.max_words


PIECES = st.sampled_from(
    [
        *("overdracht", "informatie-uitwisseling", "coa", "OM", "P.I.", "regio's", "vast", "de", "kangoeroe", "1e"),
        *("over*", "*drachten", "*overleg*", "personneel~", "a*", "over*dracht", '"vast aanspreekpunt"', '"om te"~5'),
        *("vast W/3 aanspreekpunt", "W/5", "(coa OF om) W/9 vast", "over* W/20 *matie", "titel:verlof", "kop:opvang"),
        *('titel:"vast personeel"', "titel:(verlof OF jeugd)", "keten:asiel", "-soort:brief", "jaar:2018..2020"),
        *(
            "OF",
            "EN",
            "NIET",
            "+",
            "-",
            "!",
            "(",
            ")",
            '"',
            "~",
            "*",
            "|",
            "&&",
            "/",
            ":",
            "^2",
            "[2 TO 3]",
            "\u202e",
            "é",
        ),
    ]
)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(pieces=st.lists(PIECES, max_size=9), joint=st.sampled_from([" ", ""]))
def test_every_combination_is_answered_whole(pieces: list[str], joint: str, engine: Engine) -> None:
    answered_whole(joint.join(pieces), engine)


@pytest.mark.parametrize("text", CASES)
def test_every_question_is_answered_whole(text: str, engine: Engine) -> None:
    answered_whole(text, engine)


@pytest.mark.parametrize("text", CASES)
def test_every_question_is_read_the_same_when_it_is_written_out(text: str) -> None:
    query = read(text)
    assert query is None or parse(question_of(query.clauses)).clauses == query.clauses


def answered_whole(text: str, engine: Engine) -> None:
    """Ask a question all the way; what it finds must hang together."""
    query = read(text)
    if query is None:
        return
    made = planned(query, TAXONOMY, engine, frozenset())
    limits = (
        0,
        10,
        LIMITS.partial_share,
        LIMITS.partial_best,
        made.expansions(LIMITS.max_expansions, LIMITS.max_terms),
    )
    answer = engine.search(Request(made.concepts, Selection({}, {}), "relevantie", *limits))
    assert len(answer.documents) == min(answer.total + answer.total_partial, 10)
    found = engine.passages(made.concepts, [hit.id for hit in answer.documents], 3)
    assert set(found) <= {hit.id for hit in answer.documents}
    marks = Marker(made.concepts).hits(
        "De overdracht van informatie bij het COA is niet volledig, en dat is wat het is."
    )
    assert all(one.span.end <= other.span.start for one, other in pairwise(marks))


@pytest.mark.parametrize("text", CASES)
def test_lists_of_statements_take_every_question_too(text: str) -> None:
    query = read(text)
    if query is None:
        return
    concepts: tuple[Concept, ...] = plan(query, TAXONOMY).concepts
    if any(form.layer in FIELD_WEIGHTS for concept in concepts for form in forms_of(concept.tree)):
        with pytest.raises(UsageError, match="titel"):
            condition(concepts)
        return
    asked = condition(concepts)
    assert asked is None or len(asked.values) <= FORMS_PER_WORD * LIMITS.max_words


@pytest.mark.parametrize(
    "text",
    [
        "a*",
        "woord~5",
        "[a TO z]",
        "*a*",
        "de W/999 het",
        "zorg^2",
        "NIET",
        "(zorg",
        "zorg)",
        "OF zorg",
        "foo:zorg",
        "z?rg",
    ],
)
def test_what_is_not_done_as_it_stands_is_always_told(text: str) -> None:
    query = read(text)
    assert query is None or query.notices
