"""Seen before, over the sample corpus as indexed."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kennisbank.library import Library
from kennisbank.settings import Settings
from web import create_app

DRAFT = "Zorg dat de medische gegevens op de dag van aankomst bij de nieuwe locatie zijn <b>en</b> gelezen worden."


@pytest.fixture(scope="module")
def visitor(sample_library: Library, sample_settings: Settings) -> FlaskClient:
    return create_app(sample_library, sample_settings).test_client()


def test_a_draft_may_be_posted_or_stand_in_the_address(visitor: FlaskClient) -> None:
    posted = visitor.post("/eerder", data={"tekst": DRAFT})
    got = visitor.get("/eerder", query_string={"tekst": DRAFT})
    assert posted.status_code == got.status_code == 200
    assert posted.data == got.data
    assert "Set-Cookie" not in posted.headers


def test_counts_are_those_of_the_lists_and_every_address_works(visitor: FlaskClient) -> None:
    soup = BeautifulSoup(visitor.post("/eerder", data={"tekst": DRAFT}).get_data(as_text=True), "lxml")
    sections = soup.select("section:has(.kb-vindlijst)")
    assert sections
    for section in sections:
        told = re.match(r"(\d+) ", section.select("h2")[0].get_text())
        assert told
        assert int(told[1]) == len(section.select(".kb-vindt"))
    for link in soup.select(".kb-vindt a")[:8]:
        assert visitor.get(str(link["href"])).status_code == 200
    assert soup.select(".kb-vindt mark")
    assert not soup.select("main b:-soup-contains('en')")


def test_an_empty_form_and_a_text_without_likeness(visitor: FlaskClient) -> None:
    assert "Niets gevonden" not in visitor.get("/eerder").get_data(as_text=True)
    assert "Niets gevonden" in visitor.get("/eerder?tekst=xq+zq").get_data(as_text=True)


def test_too_long_a_draft_is_refused_with_advice(visitor: FlaskClient) -> None:
    assert visitor.post("/eerder", data={"tekst": "woord " * 3000}).status_code == 400
    assert visitor.post("/eerder", data={"tekst": "woord " * 200_000}).status_code == 413
