"""An index over time: what is added is found, what is removed is nowhere, and nothing is needed to begin."""

from __future__ import annotations

from pathlib import Path

import contract
import pytest
from contract import NOISE, SAMPLES, EngineModule, Sample, leaf, names, order, search, write

from kennisbank.model import DocumentId
from kennisbank.search.boundary import Engine

engine = contract.engine
module = contract.module


def test_exactly_the_documents_that_are_there(engine: Engine) -> None:
    assert engine.document_ids() == {sample.name for sample in SAMPLES}


def test_exactly_their_passages(engine: Engine) -> None:
    wanted = {f"{one.name}-{number}" for one in SAMPLES for number in range(1, len(one.paragraphs) + 1)}
    assert engine.passage_ids() == wanted


@pytest.mark.parametrize("word", ["kangoeroes", "ruis0"])
def test_what_was_removed_is_found_in_no_layer(engine: Engine, word: str) -> None:
    for layer in ("exact", "lemma", "stem", "cased"):
        assert not list(engine.holding(layer, word))
    assert search(engine, word).absent == (0,)


def test_what_was_removed_weighs_on_no_score(tmp_path: Path, module: EngineModule) -> None:
    answers = []
    for name, make in (("heel", contract.at_once), ("stukken", contract.in_pieces)):
        make(module, tmp_path / name)
        opened = module.open_index(tmp_path / name)
        answers.append(search(opened, "verlof", "personeel", share=0.1))
        opened.close()
    assert order(answers[0]) == order(answers[1])
    for one, other in zip(answers[0].documents, answers[1].documents, strict=True):
        assert one.score == pytest.approx(other.score)


def test_an_empty_index_answers_everything_with_nothing(tmp_path: Path, module: EngineModule) -> None:
    write(module, tmp_path)
    opened = module.open_index(tmp_path)
    for asked in ((), ("overdracht",), (leaf("prefix", "over"),), (leaf("exact", "vast", "aanspreekpunt"),)):
        answer = search(opened, *asked, share=0.1)
        assert (answer.documents, answer.total, answer.total_partial) == ((), 0, 0)
        assert not any(answer.counts.values())
    assert (opened.document_ids(), opened.passage_ids(), list(opened.near("overdracht"))) == (set(), set(), [])
    assert opened.passages([contract.concept("overdracht")], [], 3) == {}
    opened.close()


def test_an_index_can_become_empty_and_full_again(tmp_path: Path, module: EngineModule) -> None:
    write(module, tmp_path, SAMPLES)
    write(module, tmp_path, remove=[sample.name for sample in SAMPLES])
    opened = module.open_index(tmp_path)
    assert (opened.document_ids(), search(opened, "overdracht").total) == (set(), 0)
    opened.close()
    write(module, tmp_path, SAMPLES[:1])
    opened = module.open_index(tmp_path)
    assert names(search(opened, "overdracht")) == "a"
    opened.close()


def test_a_document_without_words_is_listed_and_never_found(tmp_path: Path, module: EngineModule) -> None:
    write(module, tmp_path, (Sample("x", "", ()), Sample("y", "Iets", ("Iets.",))))
    opened = module.open_index(tmp_path)
    assert names(search(opened)) == "xy"
    assert names(search(opened, "iets")) == "y"
    opened.close()


def test_a_document_that_changed_is_found_by_its_new_words_alone(tmp_path: Path, module: EngineModule) -> None:
    write(module, tmp_path, SAMPLES)
    changed = Sample("a", "Anders", ("Nu staat hier kangoeroe.",), facets={"soort": ("brief",)})
    write(module, tmp_path, (changed,), ["a"])
    opened = module.open_index(tmp_path)
    assert names(search(opened, "kangoeroe")) == "a"
    assert "a" not in names(search(opened, "overdrachten"))
    assert search(opened).counts["soort"]["brief"] == 3
    assert {str(one) for one in opened.passage_ids() if one.startswith("a-")} == {"a-1"}
    opened.close()


def test_many_generations(tmp_path: Path, module: EngineModule) -> None:
    """A document comes and one goes, twelve times: the list is always what it should be."""
    there: list[str] = []
    for number in range(12):
        gone = there[:1] if number % 2 else []
        new = Sample(f"n{number}", f"Ronde {number}", (f"Overdracht nummer{number}.",))
        write(module, tmp_path, (new,), gone)
        there = [*there[len(gone) :], new.name]
        opened = module.open_index(tmp_path)
        assert opened.document_ids() == set(there)
        assert {str(found.id) for found in search(opened, "overdracht").documents} == set(there)
        assert search(opened, f"nummer{number}").total == 1
        assert list(opened.holding("exact", "nummer0")) == ([DocumentId("n0")] if "n0" in there else [])
        opened.close()


def test_a_reader_keeps_what_it_opened(tmp_path: Path, module: EngineModule) -> None:
    write(module, tmp_path / "een", SAMPLES)
    write(module, tmp_path / "twee", NOISE)
    one, other = (module.open_index(tmp_path / name) for name in ("een", "twee"))
    assert one.document_ids() & other.document_ids() == set()
    other.close()
    assert names(search(one, "verlof")) == "e"
    one.close()


def test_removing_what_is_not_there_changes_nothing(tmp_path: Path, module: EngineModule) -> None:
    write(module, tmp_path, SAMPLES)
    write(module, tmp_path, remove=["bestaat-niet"])
    opened = module.open_index(tmp_path)
    assert len(opened.document_ids()) == len(SAMPLES)
    opened.close()


@pytest.mark.parametrize(
    "text", ["ÉÉN naïeve coördinator", "İstanbul ﬁnanciën", "Ελλάδα Москва 日本", "𝔘nicode 🦘 tekst"]
)
def test_any_letters(tmp_path: Path, module: EngineModule, text: str) -> None:
    sample = Sample("u", text, (f"Vooraf {text} achteraf.",))
    write(module, tmp_path, (sample,))
    opened = module.open_index(tmp_path)
    words = [word.exact for word in contract.entry_of(sample).words]
    for word in words:
        assert names(search(opened, word)) == "u"
        assert list(opened.holding("exact", word)) == [DocumentId("u")]
        assert names(search(opened, leaf("prefix", word))) == "u"
        assert names(search(opened, leaf("suffix", word))) == "u"
    opened.close()


def test_a_long_document_and_a_long_word(tmp_path: Path, module: EngineModule) -> None:
    many = " ".join(f"woord{number % 300}" for number in range(20_000))
    write(module, tmp_path, (Sample("l", "Lang", (many, "x" * 5_000)),))
    opened = module.open_index(tmp_path)
    assert names(search(opened, leaf("exact", "woord299", "woord0"))) == "l"
    assert names(search(opened, "x" * 5_000)) == "l"
    assert search(opened, leaf("prefix", "woord"), expansions=128).truncated == ("woord*",)
    opened.close()
