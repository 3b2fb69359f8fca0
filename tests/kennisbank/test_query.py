"""The query language: what a question becomes, and what is said about it."""

from __future__ import annotations

import json
import re

import pytest
from conftest import SHARED
from hypothesis import given
from hypothesis import strategies as st

from kennisbank.errors import QueryError, UsageError
from kennisbank.query import Query, parse, read_filters
from kennisbank.settings import SearchSettings
from kennisbank.syntax import (
    NOTHING,
    AllOf,
    AnyOf,
    Clause,
    Fuzzy,
    InField,
    Near,
    Node,
    Phrase,
    Prefix,
    Role,
    Suffix,
    Word,
)
from kennisbank.taxonomy import load

TAXONOMY = load()


def clause(node: Node, role: Role = "wanted") -> Clause:
    return Clause(node, role)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("personeel overdracht", [clause(Word("personeel")), clause(Word("overdracht"))]),
        ('"vast aanspreekpunt"', [clause(Phrase("vast aanspreekpunt"), "required")]),
        ("+zorg -asiel", [clause(Word("zorg"), "required"), clause(Word("asiel"), "excluded")]),
        ("radicalisering NIET verlof", [clause(Word("radicalisering")), clause(Word("verlof"), "excluded")]),
        ("wachtlijst OF wachttijd", [clause(AnyOf((Word("wachtlijst"), Word("wachttijd"))))]),
        ("a1 OF b2 OF c3", [clause(AnyOf((Word("a1"), Word("b2"), Word("c3"))))]),
        ("zorg EN opvang", [clause(Word("zorg"), "required"), clause(Word("opvang"), "required")]),
        (
            "zorg && opvang || hulp",
            [clause(Word("zorg"), "required"), clause(AnyOf((Word("opvang"), Word("hulp"))), "required")],
        ),
        ("samenwerk*", [clause(Prefix("samenwerk"))]),
        ("*overleg", [clause(Suffix("overleg"))]),
        ("aanbeveling~", [clause(Fuzzy("aanbeveling"))]),
        ('"verlof incident"~5', [clause(Near(("verlof", "incident"), 5, exact=True), "required")]),
        ("verlof W/5 incident", [clause(Near(("verlof", "incident"), 5, exact=False), "required")]),
        ("-verlof w/5 incident", [clause(Near(("verlof", "incident"), 5, exact=False), "excluded")]),
        ("a1 W/3 b2 W/3 c3", [clause(Near(("a1", "b2", "c3"), 3, exact=False), "required")]),
        (
            "(a1 OF b2) W/3 c3",
            [clause(AnyOf((Near(("a1", "c3"), 3, exact=False), Near(("b2", "c3"), 3, exact=False))), "required")],
        ),
        (
            "titel:verlof -kop:zorg",
            [clause(InField("titel", "verlof"), "required"), clause(InField("kop", "zorg"), "excluded")],
        ),
        ("-*zorg*", [clause(AnyOf((Prefix("zorg"), Suffix("zorg"))), "excluded")]),
        (
            "-titel:(zorg OF hulp)",
            [clause(AnyOf((InField("titel", "zorg"), InField("titel", "hulp"))), "excluded")],
        ),
        ("titel:(zorg OF hulp)", [clause(AnyOf((InField("titel", "zorg"), InField("titel", "hulp"))), "required")]),
        ("(zorg OF hulp) verlof", [clause(AnyOf((Word("zorg"), Word("hulp")))), clause(Word("verlof"))]),
        ("(zorg verlof)", [clause(Word("zorg")), clause(Word("verlof"))]),
        ("+(zorg verlof)", [clause(AllOf((Word("zorg"), Word("verlof"))), "required")]),
        ("zorg en/of hulp Het verlof- / zorg.", [clause(Word(word)) for word in ("zorg", "hulp", "verlof")]),
        ("gehandicapten- parkeerkaart", [clause(Word("gehandicapten-parkeerkaart"))]),
        ("in- en uitstroom", [clause(Word("uitstroom"))]),
        ("10 februari 2020 -19 maart", [clause(Word(word)) for word in ("10", "februari", "2020", "19", "maart")]),
        ("(jeugd-)strafrechtketen", [clause(Word("(jeugd-)strafrechtketen"))]),
        ("Gezien. Gehoord?", [clause(Word("Gezien")), clause(Word("Gehoord"))]),
        ("P.I. verlof, personeel;", [clause(Word("P.I.")), clause(Word("verlof")), clause(Word("personeel"))]),
        ("informatie-uitwisseling", [clause(Word("informatie-uitwisseling"))]),
        ("", []),
        ("-(zorg OF hulp) verlof", [clause(AnyOf((Word("zorg"), Word("hulp"))), "excluded"), clause(Word("verlof"))]),
    ],
)
def test_questions(text: str, expected: list[Clause]) -> None:
    assert list(parse(text).clauses) == expected


def test_function_words_do_not_count_and_that_is_said() -> None:
    query = parse("wat is er over de overdracht")
    assert [entry.node for entry in query.clauses] == [Word("overdracht")]
    assert [notice.kind for notice in query.notices] == ["functiewoord"]


def test_a_question_of_function_words_alone_is_searched_as_it_is() -> None:
    assert [entry.node for entry in parse("over de").clauses] == [Word("over"), Word("de")]


def test_capitals_make_a_name_of_a_function_word() -> None:
    assert [entry.node for entry in parse("OM overdracht").clauses] == [Word("OM"), Word("overdracht")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ('"niet gesloten', [Phrase("niet gesloten")]),
        ("(zorg", [Word("zorg")]),
        ("zorg)", [Word("zorg")]),
        ("OF zorg", [Word("zorg")]),
        ("zorg OF", [Word("zorg")]),
        ("zo*", [Word("zo")]),
        ("*zo", [Word("zo")]),
        ("*zorg*", [AnyOf((Prefix("zorg"), Suffix("zorg")))]),
        ("zorg*plan", [Prefix("zorg")]),
        ("informatie-uit*", [Word("informatie"), Prefix("uit")]),
        ("zor~", [Word("zor")]),
        ("zorg~1", [Fuzzy("zorg")]),
        ("zorg^3", [Word("zorg")]),
        ("z?rg", [Word("z?rg")]),
        ('"zorg verlof"~', [Phrase("zorg verlof")]),
        ('"zorg verlof"~999', [Near(("zorg", "verlof"), 50, exact=True)]),
        ('"zorg"~5', [Phrase("zorg")]),
        ('"zorg zorg"~5', [Phrase("zorg")]),
        ('"zorg verlof zorg"~5', [Near(("zorg", "verlof"), 5, exact=True)]),
        ("zorg W/5 zorg", [Phrase("zorg")]),
        ("zorg W/0 verlof", [Near(("zorg", "verlof"), 1, exact=False)]),
        ("zorg W/5", [Word("zorg")]),
        ("W/5 zorg", [Word("zorg")]),
        ("zorg NIET", [Word("zorg")]),
        ("zorg EN", [Word("zorg")]),
        ("zorg () verlof", [Word("zorg"), Word("verlof")]),
        ('zorg "" verlof', [Word("zorg"), Word("verlof")]),
        ("!zorg verlof", [Word("zorg"), Word("verlof")]),
        ("zorg EN hulp OF verlof", [Word("zorg"), AnyOf((Word("hulp"), Word("verlof")))]),
        ("zorg[2018 TO 2020]", [Word("zorg[2018"), Word("TO"), Word("2020]")]),
        ('titel:"goede zorg"', [InField("titel", "goede"), InField("titel", "zorg")]),
        ("titel:zorg*", [InField("titel", "zorg")]),
    ],
)
def test_what_cannot_be_meant_is_repaired_and_said(text: str, kept: list[Node]) -> None:
    query = parse(text)
    assert [entry.node for entry in query.clauses] == kept
    assert any(notice.kind == "hersteld" for notice in query.notices)


def test_filters_in_the_text() -> None:
    query = parse("verlof keten:asiel -soort:brief van:2019", taxonomy=TAXONOMY)
    assert query.filters.chosen == {"keten": ("keten:asiel",)}
    assert query.filters.excluded == {"soort": ("brief",)}
    assert query.filters.date_from == "2019"
    assert [entry.node for entry in query.clauses] == [Word("verlof")]


@pytest.mark.parametrize("text", ["KETEN:asiel", 'keten:"asielketen"', "keten:keten:asiel"])
def test_a_filter_may_be_written_in_several_ways(text: str) -> None:
    query = parse(text, taxonomy=TAXONOMY)
    assert (query.filters.chosen, query.clauses) == ({"keten": ("keten:asiel",)}, ())


@pytest.mark.parametrize(
    ("text", "chosen", "excluded", "dates"),
    [
        ("jaar:2018..2020", ("2018", "2019", "2020"), (), (None, None)),
        ("jaar:2018-2019", ("2018", "2019"), (), (None, None)),
        ("jaar:2019..2018 jaar:2022", ("2018", "2019", "2022"), (), (None, None)),
        ("-jaar:2018..2019", (), ("2018", "2019"), (None, None)),
        ("jaar:2018..", (), (), ("2018", None)),
        ("jaar:..2018", (), (), (None, "2018")),
        ("van:2018-03 tot:2019-12-31", (), (), ("2018-03", "2019-12-31")),
        ("2018-2020", (), (), (None, None)),
    ],
)
def test_years_and_dates(
    text: str, chosen: tuple[str, ...], excluded: tuple[str, ...], dates: tuple[str | None, str | None]
) -> None:
    filters = parse(text, taxonomy=TAXONOMY).filters
    assert filters.chosen.get("jaar", ()) == chosen
    assert filters.excluded.get("jaar", ()) == excluded
    assert (filters.date_from, filters.date_until) == dates


@pytest.mark.parametrize(
    "text",
    [
        "keten:asiel OF verlof",
        "keten:asiel OF soort:brief",
        "-(keten:asiel)",
        "-van:2019",
        "-jaar:2019..",
        "jaar:1000..2000",
        "jaar:vorig",
        "verlof W/5 zorg~",
        'verlof W/5 "goede zorg"',
        " ".join(f"a{number} W/3 b{number}" for number in range(9)),
        " W/3 ".join(f"a{number}" for number in range(17)),
        f'"{" ".join(f"a{number}" for number in range(17))}"~3',
        "(a1 OF a2 OF a3 OF a4 OF a5) W/3 (b1 OF b2 OF b3 OF b4)",
    ],
)
def test_what_would_be_read_as_something_else_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        parse(text, taxonomy=TAXONOMY)


def test_filters_of_one_kind_may_stand_in_brackets_with_or() -> None:
    query = parse("(keten:asiel OF keten:jeugd) verlof", taxonomy=TAXONOMY)
    assert len(query.filters.chosen["keten"]) == 2
    assert [entry.node for entry in query.clauses] == [Word("verlof")]


@pytest.mark.parametrize("text", ["Van: de directie", "onderwerp: overdracht", "tot: morgen", "verslag van: - de dag"])
def test_pasted_headings_are_words(text: str) -> None:
    assert not parse(text, taxonomy=TAXONOMY).filters


@pytest.mark.parametrize("text", ["foo:bar", "keten:", "keten: asiel"])
def test_what_is_no_filter_is_said(text: str) -> None:
    assert any(notice.kind == "hersteld" for notice in parse(text, taxonomy=TAXONOMY).notices)


@pytest.mark.parametrize("text", ['"', "(", "-", "*", "OF", "%", "\U0001f600", "../.."])
def test_a_question_without_a_word_asks_for_nothing_and_says_so(text: str) -> None:
    query = parse(text, taxonomy=TAXONOMY)
    assert query.clauses == (NOTHING,)
    assert any(notice.kind == "ontbreekt" for notice in query.notices)


@pytest.mark.parametrize(
    "text", ["asiel OF -jeugd", "(-asiel overdracht)", "-asiel OF jeugd", "-(asiel OF coa) OF jeugd"]
)
def test_an_exclusion_that_cannot_be_honoured_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match="uitsluiten"):
        parse(text)


def test_unknown_filter_value_names_what_there_is() -> None:
    with pytest.raises(UsageError, match="'azielketen'"):
        read_filters({"keten": ["azielketen"]}, TAXONOMY)
    with pytest.raises(UsageError, match="jaarbericht"):
        read_filters({"soort": ["krant"]}, TAXONOMY)
    for wrong in ("vorig jaar", "2019-02-31", "2019-13"):
        with pytest.raises(UsageError, match="JJJJ"):
            read_filters({"van": [wrong]}, TAXONOMY)


def test_limits() -> None:
    with pytest.raises(QueryError, match="10000 tekens"):
        parse("x" * 10_000)
    with pytest.raises(QueryError, match="dieper"):
        parse("(" * 20 + "zorg" + ")" * 20)
    with pytest.raises(UsageError, match="limit"):
        parse("zorg", limit=0)
    with pytest.raises(UsageError, match="verfijn"):
        parse("zorg", offset=1_000_000)


@pytest.mark.parametrize("text", [" ".join(f"woord{number}" for number in range(100)), "de-" * 100, f'"{"de " * 100}"'])
def test_words_over_the_limit_are_left_out_and_that_is_said(text: str) -> None:
    query = parse(text)
    assert sum(len(simple_words(entry.node)) for entry in query.clauses) == SearchSettings().max_words
    assert any(notice.kind == "afgekapt" for notice in query.notices)


def simple_words(node: Node) -> list[str]:
    assert isinstance(node, Word | Phrase)
    return re.findall(r"\w+", node.text)


def test_wildcards_over_the_limit_are_words_and_that_is_said() -> None:
    query = parse(" ".join(f"woord{letter}*" for letter in "abcdefghijkl"))
    assert sum(isinstance(entry.node, Prefix) for entry in query.clauses) == SearchSettings().max_wildcards
    assert sum(notice.kind == "afgekapt" for notice in query.notices) == 4


@given(st.text(alphabet=st.sampled_from('ab "()*+-|:OFENIT„“\t\x00é~W/5!&^?[].'), max_size=80))
def test_any_text_is_a_question_or_a_clear_refusal(text: str) -> None:
    try:
        assert isinstance(parse(text, taxonomy=TAXONOMY), Query)
    except UsageError as refusal:
        message = str(refusal)
    else:
        message = ""
    assert "\n" not in message


@pytest.mark.parametrize("name", ["nl-wob-besluiten", "ir-nl-wob-dossiers", "ir-nl-vraag-antwoord"])
def test_real_questions_can_all_be_asked(name: str) -> None:
    path = SHARED / "data" / name / "queries.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is not there: the real questions are not part of the project")
    for line in path.read_text(encoding="utf-8").splitlines():
        query = parse(json.loads(line)["text"], taxonomy=TAXONOMY)
        assert query.clauses, line
        assert not query.filters, line
