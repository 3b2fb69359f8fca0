"""Parallels on the site, over the sample corpus as indexed."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kennisbank.library import Library
from kennisbank.parallels import ParallelQuery
from kennisbank.settings import Settings
from web import create_app


@pytest.fixture(scope="module")
def visitor(sample_library: Library, sample_settings: Settings) -> FlaskClient:
    return create_app(sample_library, sample_settings).test_client()


def soup_of(visitor: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = visitor.get(address)
    assert answer.status_code == status, address
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def listed(visitor: FlaskClient, address: str) -> int:
    return int(re.sub(r"\D", "", soup_of(visitor, address).select("#lijst")[0].get_text()))


def test_every_count_is_the_length_of_the_list_behind_it(visitor: FlaskClient) -> None:
    soup = soup_of(visitor, "/parallellen?soort=zelfde-verschijnsel")
    rows = soup.select("aside li")
    assert rows
    for row in rows[:6]:
        link = row.a
        assert link is not None
        told = re.search(r"\(([\d.]+)\)$", row.get_text(strip=True))
        assert told
        assert listed(visitor, str(link["href"])) == int(told[1].replace(".", ""))


def test_both_sides_are_told_with_marks_and_can_be_opened(visitor: FlaskClient) -> None:
    address = str(soup_of(visitor, "/parallellen").select(".kb-vindt h3 a")[0]["href"])
    soup = soup_of(visitor, address)
    for side in soup.select(".kb-parallel")[0].select("section"):
        assert side.select("mark")
        assert side.select(".kb-keten")[0].get_text(strip=True)
        assert visitor.get(str(side.select("header a")[0]["href"])).status_code == 200
    for link in soup.select("aside ul a"):
        told = re.match(r"([\d.]+) parallel", link.get_text())
        assert visitor.get(str(link["href"])).status_code == 200
        assert told is None or listed(visitor, str(link["href"])) == int(told[1].replace(".", ""))


def test_a_list_is_taken_along_whole(visitor: FlaskClient) -> None:
    address = "/parallellen?keten=keten:asiel&keten=keten:slachtoffer&soort=zelfde-verschijnsel"
    lines = visitor.get(f"{address}&formaat=jsonl").get_data(as_text=True).splitlines()
    assert len(lines) == listed(visitor, address) > 0


def test_a_recommendation_tells_what_other_chains_show(visitor: FlaskClient, sample_library: Library) -> None:
    now = sample_library.current()
    shown = next(
        shown
        for shown in now.statements.all("aanbeveling")
        if now.parallels.around(shown.row.id, shown.statement.place.span)
    )
    soup = soup_of(visitor, f"/aanbevelingen/{shown.statement.id}")
    assert soup.select("section[aria-labelledby=elders] .kb-parallel")
    count = len(now.parallels.all(ParallelQuery(document=shown.row.id)))
    told = soup_of(visitor, f"/documenten/{shown.row.id}").select(".kb-indit")[0].get_text()
    assert f"{count:,}".replace(",", ".") in told


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/parallellen/p000000000000", 404),
        ("/parallellen?keten=bestaat-niet", 400),
        ("/parallellen?keten=asiel&keten=strafrecht&keten=jeugd", 400),
        ("/parallellen?soort=x", 400),
        ("/parallellen?pagina=0", 400),
        ("/parallellen?pagina=9999", 404),
        ("/parallellen?document=x", 404),
    ],
)
def test_what_is_not_there_is_said(visitor: FlaskClient, address: str, status: int) -> None:
    soup_of(visitor, address, status)
