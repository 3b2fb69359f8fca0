"""The pages of recurring recommendations over the sample corpus: every number equals its list, quotes are links."""

from __future__ import annotations

import json
import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kennisbank.library import Library
from kennisbank.settings import Settings
from web import create_app


@pytest.fixture(scope="module")
def visitor(sample_library: Library, sample_settings: Settings) -> FlaskClient:
    return create_app(sample_library, sample_settings).test_client()


def soup_of(visitor: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = visitor.get(address, buffered=True)
    assert answer.status_code == status, address
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def listed(visitor: FlaskClient, address: str) -> int:
    heading = soup_of(visitor, address).select_one(".kb-resultaatkop h2")
    assert heading
    return int(re.sub(r"\D", "", heading.get_text().split()[0]))


@pytest.mark.parametrize("address", ["/reeksen", "/reeksen?graad=ketenoverstijgend"])
def test_every_choice_gives_as_many_as_it_says(visitor: FlaskClient, address: str) -> None:
    soup = soup_of(visitor, address)
    assert listed(visitor, address) > 3
    for name in ("keten", "organisatie", "graad"):
        for choice in soup.select(f"select[name={name}] option[value]"):
            told = re.search(r"\((\d+)\)$", choice.get_text())
            if choice["value"] and told:
                rest = "" if name == "graad" or "?" not in address else "&" + address.partition("?")[2]
                assert listed(visitor, f"/reeksen?{name}={choice['value']}{rest}") == int(told[1]), choice


def test_a_list_can_be_taken_along_whole(visitor: FlaskClient) -> None:
    lines = visitor.get("/reeksen?formaat=jsonl").get_data(as_text=True).splitlines()
    assert len(lines) == listed(visitor, "/reeksen")
    first = json.loads(lines[0])
    assert {"id", "graad", "titel", "leden", "ketens", "organisaties", "eerste", "laatste"} <= first.keys()
    assert [member["datum"] for member in first["leden"]] == sorted(member["datum"] for member in first["leden"])


def test_a_timeline_quotes_every_member_and_leads_there(visitor: FlaskClient) -> None:
    rows = [json.loads(line) for line in visitor.get("/reeksen?formaat=jsonl").get_data(as_text=True).splitlines()]
    soup = soup_of(visitor, f"/reeksen/{rows[0]['id']}")
    quotes = soup.select(".kb-tijdlijn .kb-bron")
    assert len(quotes) == len(rows[0]["leden"])
    for member in rows[0]["leden"]:
        assert soup.select(f".kb-tijdlijn a[href='/aanbevelingen/{member['aanbevelingId']}']")
        page = soup_of(visitor, f"/aanbevelingen/{member['aanbevelingId']}")
        assert page.select(f".kb-reeksrij a[href='/reeksen/{rows[0]['id']}']")
    assert soup.select(".kb-tijdlijn mark")


def test_the_page_of_an_organisation_leads_to_its_series(visitor: FlaskClient) -> None:
    link = soup_of(visitor, "/organisaties/dji").select_one("a[href^='/reeksen?organisatie']")
    assert link
    told = link.find_next("dd")
    assert told
    assert listed(visitor, str(link["href"])) == int(re.sub(r"\D", "", told.get_text()))


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reeksen?graad=x", 400),
        ("/reeksen?keten=x", 400),
        ("/reeksen?sorteer=x", 400),
        ("/reeksen?pagina=0", 400),
        ("/reeksen?pagina=99", 404),
        ("/reeksen/x", 404),
    ],
)
def test_what_is_not_there_is_told(visitor: FlaskClient, address: str, status: int) -> None:
    soup_of(visitor, address, status)
