"""The places within documents: which passages are found, how many, and that what was asked stands in them."""

from __future__ import annotations

import contract
import pytest
from contract import SAMPLES, concept, either, entry_of, form, leaf

from kennisbank.model import DocumentId
from kennisbank.search.boundary import Engine, Leaf, Tree

engine = contract.engine


def passages(engine: Engine, documents: str, *wanted: Tree | str, most: int = 3) -> dict[str, tuple[int, list[str]]]:
    concepts = [concept(one) for one in wanted]
    found = engine.passages(concepts, [DocumentId(name) for name in documents], most)
    return {str(name): (count, [str(one.id) for one in best]) for name, (count, best) in found.items()}


@pytest.mark.parametrize(
    ("documents", "asked", "expected"),
    [
        ("a", ("overdracht",), {"a": (1, ["a-1"])}),
        ("ab", ("overdrachten",), {"a": (1, ["a-2"]), "b": (1, ["b-2"])}),
        ("ad", ("overdracht",), {"a": (1, ["a-1"])}),
        ("d", ("overdracht",), {}),
        ("", ("overdracht",), {}),
        ("f", ("altijd",), {}),
        ("e", ("verlof",), {"e": (2, ["e-2", "e-1"])}),
        ("b", (leaf("exact", "vast", "aanspreekpunt"),), {"b": (1, ["b-1"])}),
        ("c", (leaf("exact", "vast", "aanspreekpunt"),), {}),
        ("c", (leaf("exact", "vast", "aanspreekpunt", within=3, ordered=False),), {"c": (1, ["c-1"])}),
        ("bc", (leaf("exact", "vas*", "aanspreek*", within=1, ordered=False),), {"b": (1, ["b-1"])}),
        ("c", (leaf("part", "keten"),), {"c": (1, ["c-1"])}),
        ("a", (leaf("cased", "OM"),), {"a": (1, ["a-2"])}),
        ("d", (leaf("lemma", "informatieuitwisseling"),), {"d": (1, ["d-1"])}),
        ("ae", (leaf("prefix", "overl"),), {"e": (1, ["e-3"])}),
        ("ef", (leaf("suffix", "overleg"),), {"e": (1, ["e-3"]), "f": (1, ["f-2"])}),
        ("e", (leaf("fuzzy", "personneel"),), {"e": (1, ["e-2"])}),
        ("a", (either(leaf("exact", "om"), leaf("exact", "onvolledig")),), {"a": (2, ["a-1", "a-2"])}),
        ("a", (), {}),
        ("e", (leaf("title", "verlof"),), {}),
        ("a", (leaf("heading", "verlof"), "overdracht"), {"a": (1, ["a-1"])}),
        ("e", (either(leaf("title", "verlof"), leaf("exact", "incident")),), {"e": (1, ["e-1"])}),
    ],
    ids=str,
)
def test_passages_that_hold_something(
    engine: Engine, documents: str, asked: tuple[Tree | str, ...], expected: dict[str, tuple[int, list[str]]]
) -> None:
    found = passages(engine, documents, *asked)
    assert found.keys() == expected.keys()
    for name, (count, best) in found.items():
        assert (count, sorted(best)) == (expected[name][0], sorted(expected[name][1]))


def test_the_best_comes_first_and_no_more_than_asked(engine: Engine) -> None:
    assert passages(engine, "e", "verlof") == {"e": (2, ["e-2", "e-1"])}
    assert passages(engine, "e", "verlof", most=1) == {"e": (2, ["e-2"])}


def test_what_holds_more_of_the_question_comes_first(engine: Engine) -> None:
    assert passages(engine, "e", "incident", "tijdens", "personeel")["e"][1][0] == "e-1"


def test_scores_fall(engine: Engine) -> None:
    _, best = engine.passages([concept("verlof"), concept("incident")], [DocumentId("e")], 3)[DocumentId("e")]
    assert [one.score for one in best] == sorted((one.score for one in best), reverse=True)
    assert all(one.score > 0 for one in best)


def test_what_is_excluded_finds_no_passage(engine: Engine) -> None:
    concepts = [concept("personeel"), concept("verlof", "excluded")]
    assert engine.passages(concepts, [DocumentId("e")], 3)[DocumentId("e")][0] == 1


@pytest.mark.parametrize("layer", ["exact", "lemma", "stem"])
@pytest.mark.parametrize("word", ["overdracht", "personeel", "verlof", "vast", "gegevens", "cafe"])
def test_a_passage_found_holds_the_word_within_its_span(engine: Engine, layer: str, word: str) -> None:
    entries = {sample.name: entry_of(sample) for sample in SAMPLES}
    found = engine.passages([concept(leaf(layer, word))], [DocumentId(name) for name in entries], 9)
    holding = {
        str(passage.id)
        for entry in entries.values()
        for passage in entry.passages
        if word in {getattr(entry.words[number], layer) for number in entry.text[passage.start : passage.end]}
    }
    assert holding
    assert {str(one.id) for _, best in found.values() for one in best} == holding


def test_another_way_to_stand_adds_to_the_score(engine: Engine) -> None:
    def score(*forms: str) -> float:
        tree = Leaf(tuple(form(layer, "overdracht") for layer in forms))
        return engine.passages([concept(tree)], [DocumentId("a")], 1)[DocumentId("a")][1][0].score

    assert score("exact", "lemma") > score("exact") > 0
