"""The matrix over the sample corpus: every number is the length of the list it opens."""

from __future__ import annotations

import csv
import io
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


@pytest.mark.parametrize("address", ["/matrix", "/matrix?rij=verschijnsel", "/matrix?rij=jaar&kolom=gebied"])
def test_every_number_is_the_length_of_its_list(visitor: FlaskClient, address: str) -> None:
    cells = soup_of(visitor, address).select("td a.aantal")
    assert len(cells) > 20
    for cell in cells[:: max(len(cells) // 25, 1)]:
        heading = soup_of(visitor, str(cell["href"])).select_one(".kb-resultaatkop h2")
        assert heading
        assert int(re.sub(r"\D", "", heading.get_text().split()[0])) == int(list(cell.strings)[-1]), cell


def test_empty_cells_are_there_and_the_file_holds_all(visitor: FlaskClient) -> None:
    soup = soup_of(visitor, "/matrix?rij=maatregel")
    rows = soup.select("tbody tr")
    width = {len(row.select("td")) for row in rows}
    assert len(width) == 1
    assert soup.select("td [aria-label=niets]")
    table = list(csv.reader(io.StringIO(visitor.get("/matrix?rij=maatregel&formaat=csv").get_data(as_text=True))))
    assert len(table) == len(rows) + 1
    assert {len(row) for row in table} == {width.pop() + 1}


@pytest.mark.parametrize("address", ["/matrix?rij=x", "/matrix?kolom=x", "/matrix?formaat=x"])
def test_what_cannot_be_is_told(visitor: FlaskClient, address: str) -> None:
    soup_of(visitor, address, 400)
