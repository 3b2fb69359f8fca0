"""A real werkprogramma: its goals, chains and organisations are tagged with evidence, and DJI finds it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from conftest import SHARED

from indexer.build import BuildReport
from kennisbank.library import Library
from kennisbank.query import parse
from kennisbank.results import ShownTag

SEED = SHARED / "seed"
GOALS = {"doel:veerkracht", "doel:lerend", "doel:ketens", "doel:burger"}
CHAINS = {"keten:jeugdbescherming", "keten:asiel", "keten:strafrecht"}
ORGANISATIONS = {"org:dji", "org:politie", "org:coa", "org:ind"}


@pytest.fixture
def seed(indexed: Callable[..., BuildReport], library: Library) -> Library:
    if not SEED.is_dir():
        pytest.skip(f"{SEED} is not there: the real werkprogramma is not part of the project")
    indexed(SEED)
    return library


def tags(library: Library) -> list[ShownTag]:
    snapshot = library.current()
    (row,) = snapshot.rows()
    return list(snapshot.tags(row.id, snapshot.text(row.id)))


def test_goals_and_chains_are_stated_with_evidence(seed: Library) -> None:
    found = tags(seed)
    whole = {tag.term: tag for tag in found if tag.level == "document"}
    assert whole.keys() >= GOALS | CHAINS
    assert {whole[goal].origin for goal in GOALS} == {"genoemd"}
    assert {tag.term for tag in found} >= ORGANISATIONS
    assert all(tag.quotes and all(tag.quotes) for tag in found)


def test_a_supply_chain_is_no_chain_of_organisations(seed: Library) -> None:
    quotes = [quote.lower() for tag in tags(seed) if tag.facet == "keten" for quote in tag.quotes]
    assert not any("coffeeshop" in quote for quote in quotes)


def test_an_abbreviation_finds_the_name_and_says_so(seed: Library) -> None:
    page = seed.current().search(parse("DJI"))
    assert page.total == 1
    assert ("alias", ("Dienst Justitiële Inrichtingen",)) in {(note.kind, note.became) for note in page.explanation}
    quote = page.hits[0].fragments[0]
    assert "Dienst Justitiële Inrichtingen" in [mark.of(quote.text) for mark in quote.marks]


COMMITMENTS = (
    "meerjarenperspectief uitbrengen",
    "Caribisch Nederland",
    "toezicht op crisisbeheersing richt zich",
    "Jamel L.",
    "hackbevoegdheid",
    "Nieuwersluis",
    "toezicht op migratie",
    "wachtlijsten binnen de (jeugd-)strafrechtketen",
    "Ten aanzien van de (jeugd)strafrechtketen",
    "Vroegsignalering van radicalisering",
    "herinrichting van het stelsel bewaken en beveiligen",
    "het teken staan van de doorontwikkeling",
    "handhaving van de openbare orde",
    "PO21",
    "slachtofferrechten",
    "niet voort te zetten",
    "Incassodienstverlening",
    "Bij nadere Inspectie",
    "vervolgstappen lopen door",
    "nieuwe toezichttaken",
    "toezichtvisie",
    "statushouders",
)
"""Words of the 22 commitments in the golden list of the domain study, in its order."""


def test_the_commitments_of_the_werkprogramma_are_found_and_one_is_negated(seed: Library) -> None:
    found = [shown.commitment for shown in seed.current().plans.all]
    assert [words for words in COMMITMENTS if not any(words in one.place.text for one in found)] == []
    assert [one.place.text for one in found if one.negated] == [
        "Voor 2024 is besloten dit toezicht niet voort te zetten."
    ]
    assert len(found) <= len(COMMITMENTS) / 0.85
    text = seed.current().text(found[0].document).text
    assert all(one.place.span.of(text) == one.place.text for one in found)
