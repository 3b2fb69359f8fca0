"""The pages about commitments over the sample corpus: every number equals its list, every quote stands in its text."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kennisbank.corrections import Withdrawal, write_withdrawals
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


@pytest.mark.parametrize("address", ["/voornemens", "/voornemens?jaar=2023", "/voornemens?ontkend=ja"])
def test_every_number_is_the_length_of_the_list_behind_it(visitor: FlaskClient, address: str) -> None:
    soup = soup_of(visitor, address)
    checked = 0
    for link in soup.select("td a.aantal"):
        assert listed(visitor, str(link["href"])) == int(list(link.strings)[-1]), link
        checked += 1
    for link in soup.select(".aantal-regel"):
        assert listed(visitor, str(link["href"])) == int(link.get_text().split()[0]), link
    assert checked > 3
    for choice in soup.select("select[name=stand] option[value]"):
        if choice["value"]:
            separator = "&" if "?" in address else "?"
            told = re.search(r"\((\d+)\)$", choice.get_text())
            assert told
            assert listed(visitor, f"{address}{separator}stand={choice['value']}") == int(told[1])


def test_a_list_can_be_taken_along_whole(visitor: FlaskClient) -> None:
    total = listed(visitor, "/voornemens")
    lines = visitor.get("/voornemens?formaat=jsonl").get_data(as_text=True).splitlines()
    rows = csv.DictReader(io.StringIO(visitor.get("/voornemens?formaat=csv").get_data(as_text=True)))
    assert len(lines) == total == len(list(rows))
    assert {"id", "tekst", "doel", "ketens", "ontkend", "stand", "koppelingen"} <= json.loads(lines[0]).keys()


def test_every_quote_and_every_link_stands_in_its_document(sample_library: Library) -> None:
    now = sample_library.current()
    assert now.plans.all
    for shown in now.plans.all:
        place = shown.commitment.place
        assert place.span.of(now.text(shown.row.id).text) == place.text
        for linked in shown.links:
            assert linked.link.place.span.of(now.text(linked.row.id).text) == linked.link.place.text
            assert not linked.link.asserted or linked.link.shared or "vervolg" in " ".join(linked.link.reasons)


def test_two_werkprogrammas_stand_beside_each_other(visitor: FlaskClient, sample_library: Library) -> None:
    later, earlier = sample_library.current().plans.programmes()[:2]
    soup = soup_of(visitor, f"/voornemens/verschil?eerder={earlier.id}&later={later.id}")
    numbers = [list(map(int, re.findall(r"\d+", head.get_text()))) for head in soup.select(".kb-doel > header p")]
    new, returned, gone = map(sum, zip(*numbers, strict=True))
    assert new + returned == listed(visitor, f"/voornemens?document={later.id}")
    assert gone + returned == listed(visitor, f"/voornemens?document={earlier.id}")


def test_a_werkprogramma_leads_to_its_commitments(visitor: FlaskClient, sample_library: Library) -> None:
    programme = sample_library.current().plans.programmes()[0]
    link = soup_of(visitor, f"/documenten/{programme.id}").select_one(f'a[href="/voornemens?document={programme.id}"]')
    assert link
    assert listed(visitor, str(link["href"])) == int(link.get_text().split()[0])


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/voornemens?stand=klaar", 400),
        ("/voornemens?pagina=0", 400),
        ("/voornemens?pagina=999", 404),
        ("/voornemens?document=nergens", 404),
        ("/voornemens/verschil?eerder=a&later=b", 404),
        ("/voornemens?doel=doel:niets", 200),
    ],
)
def test_what_cannot_be_asked_is_said(visitor: FlaskClient, address: str, status: int) -> None:
    soup_of(visitor, address, status)


def test_a_withdrawn_document_takes_its_commitments_and_links_along(sample_library: Library) -> None:
    now = sample_library.current()
    linked = next(link.row for shown in now.plans.all for link in shown.links)
    write_withdrawals(now.settings.data, [Withdrawal(linked.id, linked.sha256 or "", "", "", "toets", "2024-01-01")])
    try:
        left = sample_library.current().plans.all
        assert all(link.row.id != linked.id for shown in left for link in shown.links)
        assert all(link.document != linked.id for shown in left for link in shown.commitment.links)
        assert all(shown.row.id != linked.id for shown in left)
    finally:
        write_withdrawals(now.settings.data, [])
