"""What became of a recommendation, on the pages of the site, over the sample."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from kennisbank.library import Library, Snapshot
from kennisbank.settings import Settings
from kennisbank.verdicts import STANDINGS
from web import create_app


@pytest.fixture(name="client", scope="module")
def site(sample_library: Library, sample_settings: Settings) -> FlaskClient:
    return create_app(sample_library, sample_settings).test_client()


@pytest.fixture(name="now", scope="module")
def snapshot(sample_library: Library) -> Snapshot:
    return sample_library.current()


def test_the_page_tells_every_statement_with_its_quote_and_place(client: FlaskClient, now: Snapshot) -> None:
    shown = next(one for one in now.followup.all if one.verdict.asserted)
    name = shown.verdict.recommendation
    page = client.get(f"/aanbevelingen/{name}").get_data(as_text=True)
    assert STANDINGS[now.followup.standing(str(name)).value] in page
    for one in now.followup.about(str(name)):
        assert f'id="{one.verdict.id}"' in page
        assert f"/documenten/{one.row.id}#p{one.verdict.passage_start}" in page


def test_silence_is_told_with_the_date_until_which_was_looked(client: FlaskClient, now: Snapshot) -> None:
    silent = next(
        shown for shown in now.statements.all("aanbeveling") if not now.followup.about(str(shown.statement.id))
    )
    page = client.get(f"/aanbevelingen/{silent.statement.id}").get_data(as_text=True)
    assert re.search(r"geen uitspraak gevonden</span> \(stand per \d", page)


def test_the_standing_as_of_a_date(client: FlaskClient, now: Snapshot) -> None:
    shown = next(one for one in now.followup.all if one.verdict.asserted and (one.verdict.date or "") > "2016")
    address = f"/aanbevelingen/{shown.verdict.recommendation}"
    assert "geen uitspraak gevonden</span> (stand per 2001" in client.get(f"{address}?stand-op=2001").get_data(
        as_text=True
    )
    assert client.get(f"{address}?stand-op=ooit").status_code == 400


def test_every_count_of_a_standing_is_the_length_of_its_list(client: FlaskClient, now: Snapshot) -> None:
    page = client.get("/organisaties/politie").get_data(as_text=True)
    found = re.findall(r'href="(/aanbevelingen\?adressaat=org%3Apolitie&amp;stand=[^"]+)">(\d+) ', page)
    assert sum(int(count) for _, count in found) == now.followup.response("org:politie").addressed > 0
    for address, count in found:
        listed = client.get(address.replace("&amp;", "&") + "&formaat=jsonl").get_data(as_text=True)
        assert len(listed.splitlines()) == int(count)


def test_the_list_can_be_narrowed_by_the_standing_of_a_day(client: FlaskClient) -> None:
    now_done = client.get("/aanbevelingen?stand=opgevolgd&formaat=jsonl").get_data(as_text=True)
    then_done = client.get("/aanbevelingen?stand=opgevolgd&stand-op=2001&formaat=jsonl").get_data(as_text=True)
    assert now_done
    assert not then_done


def test_the_word_of_each_speaker_that_counts_is_the_one_that_decides(client: FlaskClient, now: Snapshot) -> None:
    checked = 0
    for shown in now.statements.all("aanbeveling"):
        decided = now.followup.standing(str(shown.statement.id)).decided
        if decided and checked < 20:
            page = client.get(f"/aanbevelingen/{shown.statement.id}").get_data(as_text=True)
            assert f'<a href="#{decided.id}">lees het citaat' in page
            checked += 1
    assert checked == 20
