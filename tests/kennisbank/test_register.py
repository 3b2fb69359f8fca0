"""Lists of recommendations and findings: every count is the length of its list, every quote stands where it says."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from kennisbank import export, statements
from kennisbank.dutch import tokens
from kennisbank.errors import NotFound, QueryError, UsageError
from kennisbank.library import Library, Snapshot
from kennisbank.model import SEARCHABLE, SHOWN_CERTAINTY, Finding, Recommendation, StatementSort, page_finder
from kennisbank.query import parse
from kennisbank.register import FACETS, RegisterQuery, read
from kennisbank.search.wordlists import distance

SORTS: tuple[StatementSort, ...] = ("aanbeveling", "bevinding")


@pytest.fixture(name="now", scope="module")
def snapshot(sample_library: Library) -> Snapshot:
    return sample_library.current()


def listed(now: Snapshot, sort: StatementSort, question: str = "", **values: list[str]) -> RegisterQuery:
    filters = read(sort, values, now.taxonomy)
    return RegisterQuery(parse(question, filters, settings=now.settings.search), limit=10_000)


def test_every_quote_stands_at_its_place_on_its_page(now: Snapshot) -> None:
    documents = {row.id: now.text(row.id) for row in now.rows(SEARCHABLE)}
    places = 0
    for sort in SORTS:
        for shown in now.statements.all(sort):
            said, text = shown.statement, documents[shown.row.id]
            page_at = page_finder(text.pages)
            own = [said.place]
            if isinstance(said, Recommendation):
                own += [*said.also, *(entry.place for entry in said.addressees)]
            for place in own:
                page = page_at(place.span.start)
                assert place.span.of(text.text) == place.text
                assert place.page == (page.number if page else None)
                places += 1
            assert any(passage.span.start == said.passage_start for passage in text.passages)
            assert said.rules
    assert places > 400


def test_every_tag_has_evidence_in_the_text(now: Snapshot) -> None:
    for row in now.rows(SEARCHABLE):
        text = now.text(row.id)
        for tag in now.tags(row.id, text):
            assert tag.evidence
            assert [entry.span.of(text.text) for entry in tag.evidence] == list(tag.quotes)


@pytest.mark.parametrize("sort", SORTS)
def test_every_count_is_the_length_of_its_list(now: Snapshot, sort: StatementSort) -> None:
    whole = now.statements.page(sort, listed(now, sort))
    assert whole.total == len(whole.statements)
    assert whole.documents == len({shown.row.id for shown in whole.statements})
    for facet in FACETS[sort]:
        for value in whole.facets[facet]:
            narrowed = now.statements.page(sort, listed(now, sort, **{facet: [value.term]}))
            assert narrowed.total == value.count == value.alone, (facet, value.term)
            excluded = now.statements.page(sort, listed(now, sort, **{facet: [f"-{value.term}"]}))
            assert excluded.total == whole.total - value.count, (facet, value.term)


def test_counts_beside_a_choice_tell_what_the_other_values_would_give(now: Snapshot) -> None:
    chosen = now.statements.page("aanbeveling", listed(now, "aanbeveling", adressaat=["org:dji"], sterkte=["formeel"]))
    for value in chosen.facets["adressaat"]:
        other = now.statements.page(
            "aanbeveling", listed(now, "aanbeveling", adressaat=[value.term], sterkte=["formeel"])
        )
        assert other.total == value.alone, value.term


def test_a_wider_organisation_holds_its_parts(now: Snapshot) -> None:
    wide = now.statements.all("aanbeveling", listed(now, "aanbeveling", adressaat=["org:dji"]))
    parts = now.statements.all("aanbeveling", listed(now, "aanbeveling", adressaat=["org:pi"]))
    assert parts
    assert {shown.statement.id for shown in parts} < {shown.statement.id for shown in wide}


def test_words_are_looked_for_in_the_statement_itself_under_every_name(now: Snapshot) -> None:
    page = now.statements.page("aanbeveling", listed(now, "aanbeveling", "COA"))
    assert page.total
    assert any("Centraal Orgaan" in text for entry in page.explanation for text in entry.became)
    assert all(shown.marks for shown in page.statements)
    phrase = now.statements.page("aanbeveling", listed(now, "aanbeveling", '"zorg dat"'))
    assert phrase.total
    assert all("zorg dat" in shown.statement.place.text.lower() for shown in phrase.statements)
    without = now.statements.page("aanbeveling", listed(now, "aanbeveling", '-"zorg dat"'))
    assert without.total == now.statements.page("aanbeveling", listed(now, "aanbeveling")).total - phrase.total


@pytest.mark.parametrize(
    ("question", "meets"),
    [
        ("*deling", lambda words: any(word.endswith("deling") for word in words)),
        ("informatie*", lambda words: any(word.startswith("informatie") for word in words)),
        (
            "aanbeveeling~",
            lambda words: any(distance("aanbeveeling", word, 2) <= 2 for word in words if word.isalpha()),
        ),
        ("personneel~", lambda words: any(distance("personneel", word, 2) <= 2 for word in words if word.isalpha())),
        ('"de informatie"~4', lambda words: near(words, "de", "informatie", 4)),
        ('"informatie over"~1', lambda words: near(words, "informatie", "over", 1)),
        ("-*ing", lambda words: not any(word.endswith("ing") for word in words)),
    ],
)
def test_every_way_of_asking_finds_all_that_meet_it(
    now: Snapshot, question: str, meets: Callable[[list[str]], bool]
) -> None:
    everything = now.statements.page("bevinding", listed(now, "bevinding")).statements
    found = now.statements.page("bevinding", listed(now, "bevinding", question)).statements
    held = {
        shown.statement.id: [token.forms.exact for token in tokens(shown.statement.place.text) if not token.joined]
        for shown in everything
    }
    assert {shown.statement.id for shown in found} == {name for name, words in held.items() if meets(words)}
    assert question.startswith("-") or all(shown.marks for shown in found)


def alike(words: list[str], wanted: str) -> bool:
    return any(distance(wanted, word, 2) <= 2 for word in words if word.isalpha())


def near(words: list[str], one: str, other: str, within: int) -> bool:
    places = [[at for at, word in enumerate(words) if word == wanted] for wanted in (one, other)]
    return any(abs(first - second) <= within for first in places[0] for second in places[1])


def test_a_question_that_takes_too_long_is_stopped_and_refused(now: Snapshot, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = listed(now, "bevinding", " OF ".join(f"woord{number}" for number in range(60)))
    assert now.statements.page("bevinding", wanted).total == 0
    monkeypatch.setattr(statements, "SECONDS", 0.0)
    with pytest.raises(QueryError, match="te veel tijd"):
        now.statements.page("bevinding", wanted)
    monkeypatch.undo()
    assert now.statements.page("bevinding", listed(now, "bevinding", "informatie*")).total


def test_titles_and_headings_are_of_documents_and_that_is_said(now: Snapshot) -> None:
    for question in ("titel:verlof", "kop:verlof", "-titel:verlof"):
        with pytest.raises(QueryError, match="titel: en kop:"):
            now.statements.page("bevinding", listed(now, "bevinding", question))


def test_newest_first_or_oldest_first(now: Snapshot) -> None:
    for order, right in (("datum", lambda one, other: one >= other), ("oudste", lambda one, other: one <= other)):
        wanted = listed(now, "aanbeveling")
        page = now.statements.page("aanbeveling", RegisterQuery(wanted.query, order, limit=10_000))  # type: ignore[arg-type]
        dates = [shown.row.date or "" for shown in page.statements]
        assert all(right(one, other) for one, other in pairwise(dates))


def test_what_is_uncertain_is_listed_apart(now: Snapshot) -> None:
    wanted = RegisterQuery(parse(""), proposals=True, limit=10_000)
    page = now.statements.page("bevinding", wanted)
    assert page.total == page.proposals > 0
    assert all(shown.statement.certainty < SHOWN_CERTAINTY for shown in page.statements)


def test_a_permanent_id_leads_to_one(now: Snapshot) -> None:
    some = now.statements.all("bevinding")[0]
    assert now.statements.one("bevinding", some.statement.id).statement == some.statement
    with pytest.raises(NotFound, match="bestaat niet"):
        now.statements.one("aanbeveling", some.statement.id)


def test_years_are_as_wide_as_they_are_given(now: Snapshot) -> None:
    year = now.statements.all("aanbeveling", listed(now, "aanbeveling", van=["2019"], tot=["2019"]))
    assert year
    assert {shown.row.year for shown in year} == {2019}


@pytest.mark.parametrize(
    ("facet", "value"), [("sterkte", "luid"), ("aard", "gedicht"), ("adressaat", "niemand-bekend")]
)
def test_a_value_that_does_not_exist_names_those_that_do(now: Snapshot, facet: str, value: str) -> None:
    with pytest.raises(UsageError, match="bestaat niet"):
        read("aanbeveling", {facet: [value]}, now.taxonomy)


def test_objects_have_the_fields_of_the_contract(now: Snapshot) -> None:
    recommendation = next(iter(export.recommendations(now)))
    assert {
        *("id", "documentId", "bestand", "pagina", "begin", "eind", "nummer", "tekst", "geadresseerden", "sterkte"),
        *("soort", "regels", "zekerheid", "sectie", "ketens", "themas", "ookOp", "reeksId", "stand"),
    } <= set(recommendation)
    finding = next(iter(export.findings(now)))
    assert {
        *("id", "documentId", "bestand", "pagina", "begin", "eind", "tekst", "soort", "polariteit", "ketens"),
        *("themas", "organisaties", "zekerheid"),
    } <= set(finding)
    assert all(isinstance(shown.statement, Finding) for shown in now.statements.all("bevinding"))
