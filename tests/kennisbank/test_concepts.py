"""From a question to what is looked for: names under all their names, common words as themselves."""

from __future__ import annotations

import pytest

from kennisbank.query import parse
from kennisbank.search.boundary import Form, Group, Leaf, Tree
from kennisbank.search.concepts import plan
from kennisbank.taxonomy import load

TAXONOMY = load()


def aliases(text: str) -> dict[str, tuple[str, ...]]:
    """Word of the question -> other names it is looked for under."""
    notes = plan(parse(text, taxonomy=TAXONOMY), TAXONOMY).explanation
    return {note.word: note.became for note in notes if note.kind == "alias"}


def forms(tree: Tree) -> list[Form]:
    return list(tree.forms) if isinstance(tree, Leaf) else [form for part in tree.parts for form in forms(part)]


@pytest.mark.parametrize("text", ["DJI", "dji"])
def test_an_abbreviation_is_also_looked_for_in_full(text: str) -> None:
    assert aliases(text) == {text: ("Dienst Justitiële Inrichtingen",)}


def test_a_name_of_several_words_is_also_looked_for_by_its_abbreviation() -> None:
    assert "DJI" in aliases("dienst justitiele inrichtingen personeel")["dienst justitiele inrichtingen"]


@pytest.mark.parametrize("text", ["om", "halt", "minister regels", "gemeente", "overdracht", '"DJI"', "DJI*"])
def test_common_words_quotations_and_prefixes_mean_only_themselves(text: str) -> None:
    assert aliases(text) == {}


def test_a_name_that_holds_the_word_is_not_looked_for_twice() -> None:
    assert not any("politie" in name.lower() for name in aliases("politie")["politie"])


def test_capitals_make_the_name_and_nothing_else_matches() -> None:
    (concept,) = plan(parse("OM", taxonomy=TAXONOMY), TAXONOMY).concepts
    found = forms(concept.tree)
    assert Form("cased", ("OM",), 3.0) in found
    assert not any("om" in form.words for form in found if form.layer != "cased" and len(form.words) == 1)


def test_the_layers_of_a_word_weigh_less_the_less_sure_they_are() -> None:
    (concept,) = plan(parse("overdrachten", taxonomy=TAXONOMY), TAXONOMY).concepts
    weights = {form.layer: form.weight for form in forms(concept.tree)}
    assert weights["exact"] > weights["lemma"] > weights["stem"] > 0


def test_a_name_counts_as_one_thing_that_all_words_or_another_name_give() -> None:
    (concept,) = plan(parse("openbaar ministerie", taxonomy=TAXONOMY), TAXONOMY).concepts
    assert isinstance(concept.tree, Group)
    assert concept.tree.operator == "any"
    assert concept.label == "openbaar ministerie"


def test_words_of_asking_are_left_out_and_named() -> None:
    made = plan(parse("wat zagen we eerder bij DJI over personeel, en op welke pagina?", taxonomy=TAXONOMY), TAXONOMY)
    assert [concept.label for concept in made.concepts] == ["DJI", "personeel"]
    left_out = " ".join(note.word for note in made.explanation if note.kind == "functiewoord")
    assert {"wat", "zagen", "eerder", "pagina"} <= set(left_out.replace(",", "").split())


@pytest.mark.parametrize("literal", ["DJI", "dji", "D.J.I."])
def test_a_name_can_be_taken_as_it_stands_and_the_rest_as_before(literal: str) -> None:
    made = plan(parse("DJI COA", literal=[literal]), TAXONOMY)
    assert {note.word: note.kind for note in made.explanation} == {"DJI": "letterlijk", "COA": "alias"}
    assert not any("justitiele" in form.words for form in forms(made.concepts[0].tree))
    assert any("asielzoekers" in form.words for form in forms(made.concepts[1].tree))


def test_a_compound_can_be_taken_without_its_loose_parts() -> None:
    text = "informatieuitwisseling"
    asked, literal = plan(parse(text), TAXONOMY), plan(parse(text, literal=[text.title()]), TAXONOMY)
    assert [note.kind for note in asked.explanation] == ["delen"]
    assert [(note.kind, note.word) for note in literal.explanation] == [("letterlijk", text)]
    assert any(form.within > 1 for form in forms(asked.concepts[0].tree))
    assert forms(literal.concepts[0].tree) == [form for form in forms(asked.concepts[0].tree) if form.within == 1]
