"""Words that are only known by how they begin, end or are spelled: what they find, and where it stops."""

from __future__ import annotations

import contract
import pytest
from contract import both, concept, leaf, names, search

from kennisbank.search.boundary import Engine

engine = contract.engine


@pytest.mark.parametrize(
    ("layer", "typed", "expected"),
    [
        ("prefix", "overdr", "ab"),
        ("prefix", "overdrachten", "ab"),
        ("prefix", "over", "abef"),
        ("prefix", "kangoe", ""),
        ("prefix", "client", "de"),
        ("suffix", "overleg", "ef"),
        ("suffix", "ketens", "c"),
        ("suffix", "drachten", "ab"),
        ("suffix", "kangoe", ""),
        ("fuzzy", "personeel", "bde"),
        ("fuzzy", "personneel", "bde"),
        ("fuzzy", "verolf", "e"),
        ("fuzzy", "overdrachtt", "ab"),
        ("fuzzy", "kangoeroe", ""),
        ("fuzzy", "vrlf", ""),
    ],
)
def test_words_known_in_part(engine: Engine, layer: str, typed: str, expected: str) -> None:
    answer = search(engine, leaf(layer, typed))
    assert names(answer) == expected
    assert answer.truncated == ()


@pytest.mark.parametrize(
    ("words", "within", "expected"),
    [
        (("vast", "aanspreek*"), 3, "bc"),
        (("vast", "aanspreek*"), 1, "b"),
        (("*spreekpunt", "vas*"), 3, "bc"),
        (("*spreekpunt", "kangoe*"), 50, ""),
        (("incident", "*lof", "clien*"), 3, "e"),
    ],
)
def test_words_known_in_part_may_stand_near_others(
    engine: Engine, words: tuple[str, ...], within: int, expected: str
) -> None:
    answer = search(engine, leaf("exact", *words, within=within, ordered=False))
    assert names(answer) == expected
    assert answer.truncated == ()


@pytest.mark.parametrize(
    ("layer", "typed", "told"),
    [("prefix", "over", "over*"), ("suffix", "en", "*en"), ("fuzzy", "overdracht", "overdracht~")],
)
def test_more_words_than_allowed_are_cut_off_and_named(engine: Engine, layer: str, typed: str, told: str) -> None:
    whole, cut = (search(engine, leaf(layer, typed), expansions=most) for most in (100, 1))
    assert whole.truncated == ()
    assert cut.truncated == (told,)
    assert set(names(cut)) < set(names(whole))
    assert cut.total == len(names(cut)) > 0


def test_as_many_words_as_allowed_is_not_too_many(engine: Engine) -> None:
    assert search(engine, leaf("prefix", "overdracht"), expansions=2).truncated == ()
    assert search(engine, leaf("prefix", "overdracht"), expansions=1).truncated == ("overdracht*",)


def test_the_word_as_typed_is_never_what_is_cut_off(engine: Engine) -> None:
    assert names(search(engine, leaf("fuzzy", "overdracht"), expansions=1)) == "a"


def test_each_of_several_is_named_once(engine: Engine) -> None:
    twice = both(leaf("prefix", "over"), leaf("prefix", "over"), leaf("suffix", "en"))
    assert search(engine, twice, expansions=1).truncated == ("*en", "over*")


def test_they_can_be_excluded(engine: Engine) -> None:
    assert names(search(engine, concept(leaf("suffix", "overleg"), "excluded"))) == "abcd"


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("overdragt", ("overdracht",)),
        ("personneel", ("personeel",)),
        ("verolf", ("verlof",)),
        ("overdrachtem", ("overdrachten",)),
        ("kangoeroe", ()),
        ("omm", ()),
        ("x" * 60, ()),
        ("", ()),
    ],
)
def test_the_nearest_words(engine: Engine, word: str, expected: tuple[str, ...]) -> None:
    near = [other for other in engine.near(word) if set(engine.holding("exact", other))]
    assert tuple(near) == expected
