"""What is alike: features, the store, and `similar` over a library."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from indexer.alike import MOST_WORDS, units_of
from indexer.build import BuildReport
from kennisbank.corrections import Withdrawal, write_withdrawals
from kennisbank.errors import NoLibrary
from kennisbank.library import Library
from kennisbank.likeness.features import SIGN, Extractor, names_in
from kennisbank.likeness.shared import shared
from kennisbank.likeness.store import FOLDER, DocumentUnits, Likeness, Units
from kennisbank.model import Block, Document, DocumentId, Metadata, Span
from kennisbank.seen import similar
from kennisbank.taxonomy import Taxonomy

DRAFT = "Nieuw personeel vertrekt snel en niemand heeft zicht op wachtlijsten."


class Seer:
    """Sees one phenomenon."""

    def signs(self, text: str) -> Iterable[tuple[str, Span]]:
        at = text.find("vertrekken")
        return [("verloop", Span(at, at + 10))] if at >= 0 else []

    def label(self, name: str) -> str:
        return f"het {name}"


def keys(extractor: Extractor, text: str) -> set[str]:
    return {feature.key for feature in extractor.features(text, names_in(text))}


def test_inflection_and_compounds_are_seen_through(taxonomy: Taxonomy) -> None:
    extractor = Extractor(taxonomy)
    one = keys(extractor, "De informatieoverdrachten zijn onvolledig.")
    other = keys(extractor, "Overdracht van informatie ontbrak.")
    assert len(one & other) >= 2


def test_names_and_function_words_count_for_nothing(taxonomy: Taxonomy) -> None:
    extractor = Extractor(taxonomy)
    assert not keys(extractor, "Bij het Openbaar Ministerie en de DJI is het, in de asielketen, zoals in Kwelderveen.")


def test_a_slip_is_near_the_word_it_was_meant_to_be(taxonomy: Taxonomy) -> None:
    extractor = Extractor(taxonomy)
    assert keys(extractor, "de achterstandenlyst") & keys(extractor, "de achterstandenlyyst")


def test_what_the_lexicon_sees_is_a_feature_with_a_name(taxonomy: Taxonomy) -> None:
    extractor = Extractor(taxonomy, Seer())
    text = "Zij vertrekken weer."
    features = extractor.features(text)
    assert SIGN + "verloop" in {feature.key for feature in features}
    both = shared(features, features, text, lambda key: 1.0, extractor.label)
    assert "het verloop" in both.terms
    assert [mark.of(text) for mark in both.there] == ["vertrekken"]


def test_units_are_demands_and_what_is_left_of_paragraphs() -> None:
    long = " ".join(f"Dit is zin nummer {number} van een lange alinea." for number in range(30))
    text = f"Leg vast wie beslist over een overplaatsing. Daarna volgt nog een zin van zeven woorden.\n{long}"
    first = text.index("\n")
    demand = Span(0, text.index(".") + 1)
    blocks = (Block("paragraph", Span(0, first)), Block("paragraph", Span(first + 1, len(text))))
    units = units_of(Document(text, (), blocks, (), (), Metadata("x")), [demand])
    assert units[0] == demand
    assert "Daarna volgt" in units[1].of(text)
    assert len(units) > 3
    assert all(len(unit.of(text).split()) <= MOST_WORDS + 10 for unit in units)
    assert all(one.end <= other.start for one, other in itertools.pairwise(units))


def test_a_store_that_took_over_answers_as_one_made_anew(tmp_path: Path, taxonomy: Taxonomy) -> None:
    extractor = Extractor(taxonomy)
    texts = {
        DocumentId(f"d{number}"): f"Er is {word} in de inrichting en de overdracht is onvolledig."
        for number, word in enumerate(("verloop", "wachttijd", "regie", "toezicht", "verloop"))
    }

    def brought(name: DocumentId) -> DocumentUnits:
        text = texts[name]
        return DocumentUnits(name, [Span(0, len(text))], [extractor.features(text)])

    whole, first = Units(), Units()
    for name in texts:
        whole.add(brought(name))
        if name != "d4":
            first.add(brought(name))
    whole.write(tmp_path / "geheel")
    first.write(tmp_path / "eerst")
    second = Units()
    second.take_over(Likeness(tmp_path / "eerst"), [name for name in texts if name != "d4"])
    second.add(brought(DocumentId("d4")))
    second.write(tmp_path / "daarna")
    asked = extractor.features("Het verloop in de inrichting.")
    answers = [Likeness(tmp_path / name).alike(asked, 5) for name in ("geheel", "daarna")]
    assert answers[0] == answers[1]
    assert {answers[0][0].document, answers[0][1].document} == {"d0", "d4"}
    assert all(alike.document != "d0" for alike in Likeness(tmp_path / "geheel").alike(asked, 5, {DocumentId("d0")}))


@pytest.fixture
def filled(indexed: Callable[..., BuildReport], reports: Path, library: Library) -> Library:
    indexed(reports)
    return library


def test_what_was_said_before_is_found_verbatim_with_what_is_shared(filled: Library) -> None:
    now = filled.current()
    found = similar(now, DRAFT)
    assert found
    assert {"overdracht.txt", "brief.html"} <= {seen.row.file for seen in found}
    for seen in found:
        assert seen.span.of(now.text(seen.row.id).text) == seen.text
        assert seen.terms
        assert all(mark.of(seen.text) for mark in seen.there)
        assert all(mark.of(DRAFT) for mark in seen.here)


def test_what_is_withdrawn_is_not_found(filled: Library) -> None:
    row = similar(filled.current(), DRAFT)[0].row
    write_withdrawals(filled.settings.data, [Withdrawal(row.id, "", "", "", "test", "2026-01-01T00:00:00Z")])
    assert row.id not in {seen.row.id for seen in similar(filled.current(), DRAFT)}


def test_a_generation_without_likeness_says_so(filled: Library) -> None:
    folder = filled.current().opened.generation.folder / FOLDER
    folder.rename(folder.with_name("weg"))
    with pytest.raises(NoLibrary):
        similar(Library(filled.settings).current(), DRAFT)
