"""Which documents hold what was asked: every layer, every operator, every way to stand near each other."""

from __future__ import annotations

import contract
import pytest
from contract import both, concept, either, form, leaf, names, search

from kennisbank.search.boundary import Engine, Group, Leaf, Tree

engine = contract.engine


@pytest.mark.parametrize(
    ("layer", "word", "expected"),
    [
        ("exact", "overdracht", "a"),
        ("exact", "overdrachten", "ab"),
        ("exact", "personeel", "bde"),
        ("exact", "informatieuitwisseling", ""),
        ("exact", "uitwisseling", "d"),
        ("exact", "om", "ac"),
        ("exact", "cafe", "d"),
        ("exact", "zurich", "d"),
        ("exact", "1e", "d"),
        ("exact", "altijd", "f"),
        ("exact", "kangoeroes", ""),
        ("lemma", "overdracht", "ab"),
        ("lemma", "client", "de"),
        ("lemma", "cliënt", ""),
        ("lemma", "informatieuitwisseling", "d"),
        ("stem", "wachtlijst", "c"),
        ("stem", "keten", "a"),
        ("part", "jeugdbescherm", "c"),
        ("part", "keten", "c"),
        ("part", "overleg", "e"),
        ("cased", "OM", "a"),
        ("cased", "COA", "b"),
        ("cased", "om", ""),
        ("title", "verlof", "e"),
        ("title", "overdracht", "a"),
        ("title", "personeel", ""),
        ("heading", "verlof", "a"),
        ("heading", "incident", ""),
    ],
)
def test_layers(engine: Engine, layer: str, word: str, expected: str) -> None:
    answer = search(engine, leaf(layer, word))
    assert names(answer) == expected
    assert answer.total == len(expected)
    assert set(engine.holding(layer, word)) == set(expected)
    assert answer.absent == (() if expected else (0,))


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (Leaf((form("exact", "verlof"), form("exact", "keten"))), "ae"),
        (either(leaf("exact", "verlof"), leaf("exact", "keten")), "ae"),
        (either(leaf("exact", "verlof"), leaf("exact", "kangoeroe")), "e"),
        (both(leaf("exact", "verlof"), leaf("exact", "personeel")), "e"),
        (both(leaf("exact", "verlof"), leaf("exact", "kangoeroe")), ""),
        (both(either(leaf("exact", "coa"), leaf("exact", "verlof")), leaf("exact", "personeel")), "be"),
        (either(both(leaf("exact", "coa"), leaf("exact", "verlof")), leaf("exact", "keten")), "a"),
        (Leaf(()), ""),
        (Group("any", ()), ""),
        (Group("all", ()), ""),
    ],
    ids=str,
)
def test_groups(engine: Engine, tree: Tree, expected: str) -> None:
    assert names(search(engine, tree)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ((), "abcdef"),
        (("personeel", "verlof"), "e"),
        (("personeel", concept("verlof", "excluded")), "bd"),
        ((concept("personeel", "excluded"),), "acf"),
        ((concept("personeel", "required"), "verlof"), "e"),
        ((concept("personeel", "required"), concept("verlof", "required")), "e"),
        ((concept("kangoeroe", "excluded"),), "abcdef"),
        ((concept("personeel", "required"), concept("personeel", "excluded")), ""),
        (("personeel", concept(either(leaf("exact", "coa"), leaf("exact", "verlof")), "excluded")), "d"),
        ((concept(leaf("title", "verlof"), "excluded"), "personeel"), "bd"),
    ],
    ids=str,
)
def test_roles(engine: Engine, asked: tuple[Tree | str, ...], expected: str) -> None:
    answer = search(engine, *asked)
    assert names(answer) == expected
    assert (answer.total, answer.total_partial) == (len(expected), 0)


@pytest.mark.parametrize(
    ("tree", "expected"),
    [
        (leaf("exact", "vast", "aanspreekpunt"), "b"),
        (leaf("exact", "aanspreekpunt", "vast"), ""),
        (leaf("exact", "verlof", "na", "verlof"), "e"),
        (leaf("exact", "verlof", "verlof"), ""),
        (leaf("exact", "informatie", "uitwisseling"), "d"),
        (leaf("exact", "overdracht", "bij", "de", "inrichting"), "a"),
        (leaf("exact", "onvolledig", "het"), "a"),
        (leaf("exact", "vast", "kangoeroe"), ""),
        (leaf("lemma", "de", "overdracht"), "ab"),
        (leaf("stem", "de", "overdracht"), "ab"),
        (leaf("cased", "OM", "COA"), ""),
        (leaf("exact", "aanspreekpunt", "vast", within=3), "c"),
        (leaf("exact", "aanspreekpunt", "vast", within=2), ""),
        (leaf("exact", "vast", "aanspreekpunt", within=3), "b"),
        (leaf("exact", "incident", "verlof", "client", within=3), "e"),
        (leaf("exact", "vast", "aanspreekpunt", within=3, ordered=False), "bc"),
        (leaf("exact", "aanspreekpunt", "vast", within=1, ordered=False), "b"),
        (leaf("exact", "client", "incident", "verlof", within=3, ordered=False), "e"),
        (leaf("exact", "client", "incident", "verlof", within=2, ordered=False), ""),
        (leaf("lemma", "informatie", "overdracht", within=2, ordered=False), "a"),
        (leaf("exact", "coa", "personeel", within=4, ordered=False), ""),
        (leaf("exact", "altijd", "aanspreekpunt", within=50, ordered=False), ""),
    ],
    ids=str,
)
def test_words_side_by_side_and_near_each_other(engine: Engine, tree: Tree, expected: str) -> None:
    assert names(search(engine, tree)) == expected


@pytest.mark.parametrize("asked", [(leaf("title", "verlof"), "personeel"), (leaf("title", "overdracht"), "keten")])
def test_a_word_in_the_title_and_one_in_the_text(engine: Engine, asked: tuple[Tree | str, ...]) -> None:
    found = search(engine, *asked)
    assert names(found) in ("a", "e")
    assert found.documents[0].score > search(engine, asked[1]).documents[-1].score


def test_a_title_runs_into_no_text(engine: Engine) -> None:
    assert names(search(engine, "vast", "aanspreekpunt")) == "bcf"
    assert "f" not in names(search(engine, leaf("exact", "vast", "aanspreekpunt", within=9, ordered=False)))


def test_what_is_excluded_may_be_words_near_each_other(engine: Engine) -> None:
    away = concept(leaf("exact", "aanspreekpunt", "vast", within=3, ordered=False), "excluded")
    assert names(search(engine, "aanspreekpunt", away)) == "f"
