"""From a question to the documents found, through the planner and an engine (alone: see `engine_contract`)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.assemble import assemble
from corpus.raw import Part, RawBlock, RawDocument
from kennisbank.model import Dates, Document, DocumentId, Evidence, Metadata, Span, Tag, TermId
from kennisbank.query import Filters, parse, widened
from kennisbank.search import concepts, whoosh_engine
from kennisbank.search.boundary import Answer, Engine, Request, Selection
from kennisbank.search.entries import entry_of
from kennisbank.taxonomy import load

TAXONOMY = load()
ENGINES = {"whoosh": whoosh_engine}


@dataclass(frozen=True)
class Sample:
    name: str
    title: str
    text: str
    date: str = "2020-05-01"
    kind: str = "rapport"
    terms: tuple[str, ...] = ()


SAMPLES = (
    Sample("a", "Overdracht bij de inrichting", "De overdracht van informatie was onvolledig. De Dienst Justitiële "
           "Inrichtingen erkent dat.", "2019-03-04", terms=("keten:strafrecht", "thema:informatie")),
    Sample("b", "Opvang onder druk", "Het COA mist een vast aanspreekpunt. De overdrachten liepen vast; personeel "
           "ontbrak.", "2022-11", terms=("keten:asiel", "thema:personeel")),
    Sample("c", "Signaal jeugd", "Wachtlijsten in de jeugdbescherming. Het aanspreekpunt was niet vast. Volgens het OM "
           "duurt het lang om te komen.", "2016", "brief", ("keten:jeugdbescherming",)),
    Sample("d", "Werkprogramma", "Wij kijken naar personeel en informatie-uitwisseling. DJI werkt mee.", "2024-01-15",
           "werkprogramma", ("doel:lerend",)),
    Sample("e", "Incident met verlof", "Een incident tijdens verlof. Personeel was aanwezig.", "2018-12-31",
           "incidentonderzoek", ("keten:strafrecht",)),
)  # fmt: skip


def document_of(sample: Sample) -> Document:
    raw = RawDocument((RawBlock("heading", (Part(sample.title),), 1), RawBlock("paragraph", (Part(sample.text),))))
    return assemble(DocumentId(sample.name), raw, Metadata(sample.title, kind=sample.kind, dates=Dates(sample.date)))


def tags_of(sample: Sample) -> list[Tag]:
    evidence = (Evidence(Span(0, 3), "toets"),)
    return [Tag(TAXONOMY.terms[TermId(term)].facet, TermId(term), 0.5, evidence) for term in sample.terms]


def build(folder: Path, samples: Sequence[Sample] = SAMPLES, name: str = "whoosh") -> Engine:
    writer = ENGINES[name].write_index(folder)
    for sample in samples:
        writer.add(entry_of(DocumentId(sample.name), "indexed", document_of(sample), tags_of(sample), TAXONOMY))
    writer.commit()
    return ENGINES[name].open_index(folder)


Ask = Callable[..., Answer]


def asking(engine: Engine) -> Ask:
    def ask(
        text: str,
        filters: Filters = Filters(),  # noqa: B008
        hidden: frozenset[DocumentId] = frozenset(),
        share: float = 0.5,
        best: float | None = None,
        sort: str = "relevantie",
    ) -> Answer:
        query = parse(text, filters, taxonomy=TAXONOMY)
        chosen = {facet: widened(facet, values, TAXONOMY) for facet, values in query.filters.chosen.items()}
        excluded = {facet: widened(facet, values, TAXONOMY) for facet, values in query.filters.excluded.items()}
        selection = Selection(chosen, excluded, query.filters.date_from, query.filters.date_until, hidden)
        plan = concepts.plan(query, TAXONOMY)
        return engine.search(Request(plan.concepts, selection, sort, 0, 100, share, best or share, 128))  # type: ignore[arg-type]

    return ask


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return build(tmp_path_factory.mktemp("index"), name=request.param)


@pytest.fixture
def ask(engine: Engine) -> Ask:
    return asking(engine)


def names(answer: Answer, *, full: bool = True) -> set[str]:
    return {str(found.id) for found in answer.documents if bool(found.missing) != full}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("overdracht", "ab"),
        ("overdrachten", "ab"),
        ("OVERDRACHT", "ab"),
        ("DJI", "ad"),
        ("dji", "ad"),
        ("dienst justitiele inrichtingen", "ad"),
        ("OM", "c"),
        ("personeel", "bde"),
        ('"vast aanspreekpunt"', "b"),
        ('"aanspreekpunt vast"', ""),
        ('"overdracht"', "a"),
        ('"informatie-uitwisseling"', "d"),
        ('"informatie uitwisseling"', "d"),
        ("informatieuitwisseling", "d"),
        ("informatie-uitwisseling", "d"),
        ("personeel -overdracht", "de"),
        ("personeel +verlof", "e"),
        ("wachtlijst OF verlof", "ce"),
        ("wachtl*", "c"),
        ("wachtl* EN jeugd*", "c"),
        ("*drachten", "b"),
        ("*overdracht*", "ab"),
        ("*lijsten -verlof", "c"),
        ("personneel~", "bde"),
        ("verolf~", "e"),
        ("-personneel~", "ac"),
        ('"aanspreekpunt vast"~1', "b"),
        ('"aanspreekpunt vast"~3', "bc"),
        ("vast W/3 aanspreekpunten", "bc"),
        ("aanspreekpunt -vast W/1 aanspreekpunt", "c"),
        ("(coa OF om) W/3 vast", "bc"),
        ("titel:overdrachten", "a"),
        ("titel:(verlof OF jeugd)", "ce"),
        ("-titel:verlof personeel", "bd"),
        ("kop:werkprogramma", "d"),
        ("titel:incident personeel", "e"),
        ("jaar:2016..2018", "ce"),
        ("-jaar:2016..2018 personeel", "bd"),
        ("van:2022 tot:2023 personeel", "b"),
        ("(keten:asiel OF keten:strafrecht) personeel", "be"),
        ("verlof EN personeel", "e"),
        ("(verlof OF coa) personeel", "be"),
        ("werkprogramma", "d"),
        ("kangoeroe", ""),
        ("-", ""),
        ("", "abcde"),
        ("-personeel", "ac"),
    ],
)
def test_documents_with_all_that_was_asked(ask: Ask, text: str, expected: str) -> None:
    answer = ask(text, share=2.0)
    assert names(answer) == set(expected)
    assert answer.total == len(expected)
    assert answer.total_partial == 0


def test_little_of_a_question_is_no_answer_unless_another_document_holds_more(ask: Ask) -> None:
    assert ask("kangoeroe personeel", share=0.05, best=0.9).documents == ()
    listed = ask("kangoeroe wachtlijsten personeel", share=0.05, best=0.3)
    assert names(listed, full=False) == {"b", "c", "d", "e"}
    without = ask("kangoeroe wachtlijsten personeel -jeugdbescherming", share=0.05, best=0.3)
    assert without.documents == (), "what is excluded makes no other document an answer"


COMPOUNDS = {
    "exact": "De keten is lang.",
    "lemma": "De ketens zijn lang.",
    "part": "De jeugdbeschermingsketen is lang.",
    "none": "Het huis is lang.",
}


@pytest.fixture(scope="module")
def ask_compounds(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    folder = tmp_path_factory.mktemp("samenstellingen")
    return asking(build(folder, [Sample(name, "Rapport", text) for name, text in COMPOUNDS.items()]))


def test_a_word_is_found_within_compounds_after_the_word_itself(ask_compounds: Ask) -> None:
    found = ask_compounds("keten").documents
    assert [hit.id for hit in found] == ["exact", "lemma", "part"]
    assert found[0].score > found[1].score > found[2].score > 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("jeugdbescherming", {"part"}),
        ("jeugd keten", {"part"}),
        ("jeugdbeschermingsketens", {"part"}),
        ('"keten"', {"exact"}),
        ('"jeugd"', set()),
        ("lang -keten", {"part", "none"}),
        ("schermingsketen", set()),
    ],
)
def test_parts_of_compounds(ask_compounds: Ask, text: str, expected: set[str]) -> None:
    assert names(ask_compounds(text, share=2.0)) == expected


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("De informatieuitwisseling stokt.", True),
        ("De informatie-uitwisseling stokt.", True),
        ("De informatie uitwisseling stokt.", True),
        ("De uitwisseling van persoonlijke informatie stokt.", True),
        ("Informatie is er genoeg, maar iedereen zegt dat juist de uitwisseling stokt.", False),
        ("De uitwisseling stokt.", False),
    ],
)
def test_the_parts_of_a_compound_may_stand_near_each_other(tmp_path: Path, text: str, found: bool) -> None:
    engine = build(tmp_path, [Sample("x", "Rapport", text), Sample("y", "Rapport", "Iets anders.")])
    assert names(asking(engine)("informatieuitwisseling", share=2.0)) == ({"x"} if found else set())


def test_a_phrase_is_never_relaxed(ask: Ask) -> None:
    assert ask('"bestaat hier niet" personeel').documents == ()


@pytest.mark.parametrize("text", ["+overdracht wachtlijsten", '"de overdracht" wachtlijsten'])
def test_a_required_word_makes_no_other_word_required(ask: Ask, text: str) -> None:
    answer = ask(text, share=0.25)
    assert answer.total == 0
    assert {found.id for found in answer.documents} >= {"a"}
    assert all(found.missing == (1,) for found in answer.documents)


@pytest.mark.parametrize("word", ["overdracht", "overdrachten"])
def test_exact_words_come_before_other_forms(tmp_path: Path, word: str) -> None:
    texts = {"overdracht": "De overdracht liep vast.", "overdrachten": "De overdrachten liepen vast."}
    engine = build(tmp_path, [Sample(name, "Rapport", text) for name, text in texts.items()])
    found = asking(engine)(word).documents
    assert [hit.id for hit in found] == [word, *({*texts} - {word})]
    assert found[0].score > found[1].score


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(chosen={"keten": ("keten:strafrecht",)}), "ae"),
        (Filters(chosen={"keten": ("keten:strafrecht", "keten:asiel")}), "abe"),
        (Filters(chosen={"keten": ("keten:migratie",)}), "b"),
        (Filters(excluded={"keten": ("keten:strafrecht",)}), "bcd"),
        (Filters(chosen={"soort": ("rapport",)}), "abe"),
        (Filters(chosen={"soort": ("incidentonderzoek",)}), "e"),
        (Filters(chosen={"jaar": ("2016",)}), "c"),
        (Filters(date_until="2018"), "ce"),
        (Filters(date_from="2018-12-31", date_until="2019"), "ae"),
        (Filters(date_from="2022-11-15"), "bd"),
        (Filters(chosen={"keten": ("keten:strafrecht",)}, date_from="2019"), "a"),
    ],
)
def test_filters(ask: Ask, filters: Filters, expected: str) -> None:
    assert names(ask("", filters)) == set(expected)


WORDS = st.sampled_from(
    ["personeel", "overdracht", "verlof", "-verlof", "+coa", "wachtl*", '"vast aanspreekpunt"', "kangoeroe"]
)
FACETS = {
    "keten": ["keten:strafrecht", "keten:asiel", "keten:migratie", "keten:jeugd"],
    "soort": ["rapport", "brief", "werkprogramma"],
    "jaar": ["2016", "2018", "2022"],
}
CHOICES = st.dictionaries(
    st.sampled_from(sorted(FACETS)), st.integers(0, 2), max_size=2
).map(lambda picked: {facet: (FACETS[facet][index],) for facet, index in picked.items()})  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.lists(WORDS, max_size=3), chosen=CHOICES, excluded=CHOICES)
def test_every_count_is_the_length_of_the_list_behind_it(
    engine: Engine, words: list[str], chosen: dict[str, tuple[str, ...]], excluded: dict[str, tuple[str, ...]]
) -> None:
    ask = asking(engine)
    text = " ".join(words)
    answer = ask(text, Filters(chosen=chosen, excluded=excluded))
    assert len(answer.documents) == answer.total + answer.total_partial
    for facet, counts in answer.counts.items():
        for value, count in counts.items():
            if facet not in chosen:
                narrowed = ask(text, Filters(chosen={**chosen, facet: (value,)}, excluded=excluded))
                assert len(narrowed.documents) == count, (facet, value)
    for facet, counts in answer.alone.items():
        for value, count in counts.items():
            instead = ask(text, Filters(chosen={**chosen, facet: (value,)}, excluded=excluded))
            assert len(instead.documents) == count, (facet, value)
