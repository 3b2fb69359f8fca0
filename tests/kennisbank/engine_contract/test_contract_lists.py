"""The list as a whole: its order, its length, its limits, and every count beside it."""

from __future__ import annotations

import itertools
from collections import Counter

import contract
import pytest
from contract import SAMPLES, both, concept, either, form, leaf, names, order, search
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kennisbank.model import DocumentId
from kennisbank.search.boundary import LAYER_WEIGHTS, Engine, Leaf, Selection

engine = contract.engine


def only(facet: str, *values: str, **more: str) -> Selection:
    return Selection({facet: frozenset(values)}, {}, **more)  # type: ignore[arg-type]


def without(facet: str, *values: str) -> Selection:
    return Selection({}, {facet: frozenset(values)})


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (only("keten", "strafrecht"), "ae"),
        (only("keten", "strafrecht", "asiel"), "abe"),
        (only("keten", "bestaat-niet"), ""),
        (only("bestaat-niet", "x"), ""),
        (without("keten", "strafrecht"), "bcdf"),
        (without("keten", "bestaat-niet"), "abcdef"),
        (Selection({"keten": frozenset({"strafrecht"}), "soort": frozenset({"rapport"})}, {}), "a"),
        (Selection({"keten": frozenset({"strafrecht"})}, {"soort": frozenset({"rapport"})}), "e"),
        (Selection({"keten": frozenset({"strafrecht"})}, {"keten": frozenset({"strafrecht"})}), ""),
        (only("jaar", "2016", "2018"), "ce"),
        (Selection({}, {}, date_from="2019"), "abd"),
        (Selection({}, {}, date_until="2018"), "ce"),
        (Selection({}, {}, date_from="2018-12-31", date_until="2019-03-04"), "ae"),
        (Selection({}, {}, date_from="2019-03-05", date_until="2024-01-14"), "b"),
        (Selection({}, {}, date_from="2022-11-15"), "bd"),
        (Selection({}, {}, date_from="2016-07", date_until="2016-08"), "c"),
        (Selection({}, {}, date_from="2020", date_until="2019"), ""),
        (Selection({}, {}, hidden=frozenset({"a", "e", "onbekend"})), "bcdf"),
        (only("keten", "strafrecht", date_from="2019"), "a"),
    ],
    ids=str,
)
def test_limits(engine: Engine, selection: Selection, expected: str) -> None:
    answer = search(engine, selection=selection)
    assert names(answer) == expected
    assert (answer.total, answer.total_partial) == (len(expected), 0)


def test_limits_hold_for_what_was_asked_too(engine: Engine) -> None:
    assert names(search(engine, "personeel", selection=only("keten", "strafrecht"))) == "e"


@pytest.mark.parametrize("asked", [(), ("personeel",), ("kangoeroe",), ("verlof", concept("incident", "required"))])
def test_facets_are_counted_over_the_whole_list(engine: Engine, asked: tuple[str, ...]) -> None:
    whole = search(engine, *asked)
    listed = [sample for sample in SAMPLES if sample.name in names(whole)]
    page = search(engine, *asked, limit=1)
    assert len(page.documents) == min(len(listed), 1)
    for facet in ("soort", "keten", "jaar"):
        counts = Counter(value for sample in listed for value in sample.facets.get(facet, ()))
        assert dict(page.counts.get(facet, {})) == dict(counts)
    assert page.alone == {}


def test_beside_a_choice_stands_what_each_other_value_would_give(engine: Engine) -> None:
    answer = search(engine, "personeel", selection=only("keten", "strafrecht"))
    assert answer.alone == {"keten": {"strafrecht": 1, "asiel": 1, "migratie": 1}}
    assert answer.counts["keten"] == {"strafrecht": 1}


def test_hidden_documents_are_in_no_count(engine: Engine) -> None:
    answer = search(engine, "personeel", selection=Selection({}, {}, hidden=frozenset({"e"})))
    assert answer.counts["soort"] == {"rapport": 1, "werkprogramma": 1}
    assert "e" not in {str(found.id) for found in answer.documents}


def test_by_date_newest_first_and_unknown_last(engine: Engine) -> None:
    assert order(search(engine, sort="datum")) == "dbaecf"


def test_by_title(engine: Engine) -> None:
    assert order(search(engine, sort="titel")) == "febacd"


def test_without_words_all_score_alike_and_the_newest_comes_first(engine: Engine) -> None:
    answer = search(engine)
    assert order(answer) == "dbaecf"
    assert len({found.score for found in answer.documents}) == 1


def test_most_counts_first(engine: Engine) -> None:
    answer = search(engine, Leaf((form("exact", "verlof"), form("title", "verlof"), form("exact", "keten"))))
    assert order(answer) == "ea"
    assert answer.documents[0].score > answer.documents[1].score > 0


def test_a_weight_counts_in_proportion(engine: Engine) -> None:
    one, two = (search(engine, leaf("exact", "verlof", weight=weight)).documents[0].score for weight in (1.0, 2.0))
    assert two == pytest.approx(2 * one)


def test_surer_layers_add_up(engine: Engine) -> None:
    layers = Leaf(tuple(form(layer, "overdracht", weight=LAYER_WEIGHTS[layer]) for layer in ("exact", "lemma", "stem")))
    assert order(search(engine, layers)) == "ab"


def test_a_rare_word_counts_more_than_a_common_one(engine: Engine) -> None:
    answer = search(engine, either(leaf("exact", "coa"), leaf("exact", "personeel")))
    assert order(answer)[0] == "b"


@pytest.mark.parametrize(("offset", "limit"), [(0, 2), (2, 2), (4, 100), (6, 10), (1_000, 10), (0, 1)])
def test_pages_are_pieces_of_one_list(engine: Engine, offset: int, limit: int) -> None:
    whole = search(engine)
    page = search(engine, offset=offset, limit=limit)
    assert page.documents == whole.documents[offset : offset + limit]
    assert page.total == whole.total


@pytest.mark.parametrize("sort", ["relevantie", "datum", "titel"])
def test_the_same_question_is_answered_the_same(engine: Engine, sort: str) -> None:
    first = search(engine, "personeel", "verlof", share=0.1, sort=sort)
    engine.forget()
    assert search(engine, "personeel", "verlof", share=0.1, sort=sort) == first


def test_partial_matches_come_below_with_what_they_lack(engine: Engine) -> None:
    answer = search(engine, "personeel", "verlof", share=0.1)
    first, *rest = [(str(found.id), found.missing) for found in answer.documents]
    assert first == ("e", ())
    assert sorted(rest) == [("b", (1,)), ("d", (1,))]
    assert (answer.total, answer.total_partial) == (1, 2)
    assert answer.counts["soort"] == {"incident": 1, "rapport": 1, "werkprogramma": 1}


def test_partial_matches_need_their_share(engine: Engine) -> None:
    assert names(search(engine, "personeel", "kangoeroe", share=0.6)) == ""
    assert names(search(engine, "personeel", "kangoeroe", share=0.1)) == "bde"
    assert names(search(engine, "personeel", "kangoeroe", share=0.1, best=0.9)) == ""


def test_partial_matches_never_lack_what_is_required_nor_hold_what_is_excluded(engine: Engine) -> None:
    answer = search(engine, concept("personeel", "required"), "verlof", concept("coa", "excluded"), share=0.1)
    assert [(str(found.id), found.missing) for found in answer.documents] == [("e", ()), ("d", (1,))]


def test_partial_matches_stay_below_in_every_order_of_relevance_and_date(engine: Engine) -> None:
    for sort in ("relevantie", "datum", "titel"):
        assert order(search(engine, "personeel", "verlof", share=0.1, sort=sort))[0] == "e"


def test_what_no_document_holds_is_told(engine: Engine) -> None:
    answer = search(engine, "kangoeroe", "personeel", concept("zebra", "excluded"), share=0.1)
    assert answer.absent == (0, 2)


def test_documents_come_from_the_index(engine: Engine) -> None:
    answer = search(engine, both(leaf("exact", "verlof"), leaf("exact", "personeel")))
    assert [found.id for found in answer.documents] == [DocumentId("e")]


WORDS = st.lists(st.sampled_from(["personeel", "verlof", "vast", "overdrachten", "kangoeroe"]), max_size=3)
CHOICES = st.dictionaries(
    st.sampled_from(["keten", "soort", "jaar"]),
    st.frozensets(st.sampled_from(["strafrecht", "asiel", "rapport", "brief", "2016", "2019"]), min_size=1, max_size=2),
    max_size=2,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=WORDS, chosen=CHOICES, excluded=CHOICES, share=st.sampled_from([0.1, 0.5, 2.0]))
def test_every_count_is_the_length_of_the_list_behind_it(
    engine: Engine,
    words: list[str],
    chosen: dict[str, frozenset[str]],
    excluded: dict[str, frozenset[str]],
    share: float,
) -> None:
    def ask(choice: dict[str, frozenset[str]]) -> contract.Answer:
        return search(engine, *words, selection=Selection(choice, excluded), share=share)

    answer = ask(chosen)
    assert len(answer.documents) == answer.total + answer.total_partial
    for facet, counts in itertools.chain(answer.counts.items(), answer.alone.items()):
        for value, count in counts.items():
            if facet not in chosen or counts is answer.alone.get(facet):
                assert len(ask({**chosen, facet: frozenset({value})}).documents) == count, (facet, value)
