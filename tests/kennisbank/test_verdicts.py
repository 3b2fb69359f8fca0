"""The standing of a recommendation: who counts, when, and when two words contradict each other."""

from __future__ import annotations

import pytest

from kennisbank.library import Library, Snapshot
from kennisbank.model import SEARCHABLE, DocumentId, Place, Span, StatementId, page_finder
from kennisbank.verdicts import JUDGEMENTS, SPEAKERS, STANDINGS, Verdict, from_json, standing, to_json


def told(judgement: str, speaker: str, date: str | None, certainty: float = 0.9) -> Verdict:
    return Verdict(
        id=f"u{judgement}{speaker}{date}",
        document=DocumentId("d"),
        place=Place(Span(0, 4), "Zie.", None),
        passage_start=0,
        speaker=speaker,  # type: ignore[arg-type]
        judgement=judgement,  # type: ignore[arg-type]
        date=date,
        rule="U1",
        recommendation=StatementId("a1"),
        certainty=certainty,
        reasons=("noemt nummer 1",),
    )


ACCEPTED = told("overgenomen", "minister", "2019-10-09")
REPORTED_DONE = told("opgevolgd", "organisatie", "2021-05-01")
SEEN_NOT = told("niet-opgevolgd", "inspectie", "2022-06-30")
SEEN_DONE = told("opgevolgd", "rekenkamer", "2025-06-25")


def test_silence_is_a_standing_of_its_own() -> None:
    assert standing([]).value == "geen-uitspraak"
    assert standing([]).decided is None


def test_who_looked_goes_before_who_tells_of_own_work() -> None:
    assert standing([SEEN_NOT, REPORTED_DONE, ACCEPTED]).decided == SEEN_NOT


def test_of_equal_authority_the_newest_counts() -> None:
    assert standing([SEEN_DONE, SEEN_NOT]).value == "opgevolgd"


def test_accepting_later_does_not_undo_what_was_seen() -> None:
    assert standing([SEEN_NOT, told("overgenomen", "minister", "2023-01-01")]).value == "niet-opgevolgd"


@pytest.mark.parametrize(
    ("day", "value"),
    [
        ("2018", "geen-uitspraak"),
        ("2019", "overgenomen"),
        ("2019-10-08", "geen-uitspraak"),
        ("2019-10-09", "overgenomen"),
        ("2021-12", "opgevolgd"),
        ("2022", "niet-opgevolgd"),
        ("2026", "opgevolgd"),
    ],
)
def test_the_standing_can_be_asked_as_of_a_date(day: str, value: str) -> None:
    assert standing([ACCEPTED, REPORTED_DONE, SEEN_NOT, SEEN_DONE], day).value == value


def test_followed_up_but_not_anchored_stands_as_not_anchored() -> None:
    same_day = [told("opgevolgd", "inspectie", "2022-06-30"), told("niet-geborgd", "inspectie", "2022-06-30")]
    assert standing(same_day).value == "niet-geborgd"


def test_a_later_claim_against_what_was_seen_is_a_contradiction() -> None:
    claim = told("opgevolgd", "minister", "2023-01-01")
    found = standing([SEEN_NOT, claim])
    assert (found.value, found.decided, found.against) == ("tegenstrijdig", SEEN_NOT, claim)


def test_two_observers_on_one_day_who_differ_contradict_each_other() -> None:
    assert standing([SEEN_NOT, told("opgevolgd", "rekenkamer", "2022-06-30")]).value == "tegenstrijdig"


def test_a_proposed_link_decides_nothing() -> None:
    assert standing([told("opgevolgd", "inspectie", "2022-06-30", certainty=0.5)]).value == "geen-uitspraak"


def test_plain_values_and_back() -> None:
    assert from_json(to_json(SEEN_NOT)) == SEEN_NOT


# In the sample


@pytest.fixture(name="now", scope="module")
def snapshot(sample_library: Library) -> Snapshot:
    return sample_library.current()


def test_every_quote_stands_at_its_place_and_every_link_has_a_reason(now: Snapshot) -> None:
    texts = {row.id: now.text(row.id) for row in now.rows(SEARCHABLE)}
    known = {shown.statement.id for shown in now.statements.all("aanbeveling")}
    assert len(now.followup.all) > 60
    for shown in now.followup.all:
        one, text = shown.verdict, texts[shown.row.id]
        page = page_finder(text.pages)(one.place.span.start)
        assert one.place.span.of(text.text) == one.place.text
        assert one.place.page == (page.number if page else None)
        assert any(passage.span.start == one.passage_start for passage in text.passages)
        assert one.judgement in JUDGEMENTS
        assert one.speaker in SPEAKERS
        if one.recommendation:
            assert one.recommendation in known
            assert one.reasons
            assert 0 < one.certainty <= 1


def test_the_rate_of_response_counts_every_recommendation_once(now: Snapshot) -> None:
    police = now.followup.response("org:politie")
    ids = [name for its in police.standings.values() for name in its]
    assert len(ids) == len(set(ids)) == police.addressed > police.answered > 0
    assert set(police.standings) <= set(STANDINGS)
    assert now.followup.response("org:politie", "2001").answered == 0
