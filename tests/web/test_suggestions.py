"""What is suggested while someone types, for the script and as a page."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from fake_library import HOSTILE
from flask.testing import FlaskClient
from test_help import visitor as visitor
from test_search_page import listed, one, page

from kennisbank.corrections import Withdrawal, write_withdrawals
from kennisbank.library import Library
from kennisbank.settings import Settings
from kennisbank.suggestions import MOST, Suggestion, Suggestions


def offered(client: FlaskClient, text: str) -> list[dict[str, str]]:
    answer = client.get("/suggesties", query_string={"q": text, "formaat": "json"})
    assert answer.mimetype == "application/json"
    found: list[dict[str, str]] = answer.get_json()["suggesties"]
    return found


def names(*known: Suggestion, text: str) -> list[str]:
    return [f"{found.suggestion.text}={found.name}" for found in Suggestions(known).starting(text)]


TERMS = (
    Suggestion("organisatie", "org:dji", "Dienst Justitiële Inrichtingen", 3, 2, ("DJI",)),
    Suggestion("organisatie", "org:dtv", "Dienst Terugkeer en Vertrek", 9, 0, ("DT&V",)),
    Suggestion("document", "d1", "De dienst onder druk", 1, 0, date="2020"),
    Suggestion("document", "d2", "Onderzoek bij de Dienst", 1, 0, date="2024"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("dienst", ["org:dtv", "org:dji", "d2", "d1"]),
        ("DIENST justitiele", ["org:dji"]),
        ("inr dien", ["org:dji"]),
        ("de dienst", ["d1", "d2"]),
        ("dji", ["org:dji"]),
        ("DT&V", ["org:dtv"]),
        ("ienst", []),
        ("d", []),
        ("", []),
        ('"-+*', []),
    ],
)
def test_every_word_typed_begins_a_word(text: str, expected: list[str]) -> None:
    assert [found.suggestion.id for found in Suggestions(TERMS).starting(text)] == expected


def test_the_name_typed_is_told_and_each_thing_comes_once() -> None:
    twice = Suggestion("organisatie", "org:x", "Dienst X", 1, 0, ("Dienst Xx", "X"))
    assert names(twice, text="dienst") == ["Dienst X=Dienst X"]
    assert names(twice, text="dienst xx") == ["Dienst X=Dienst Xx"]


def test_there_are_never_more_than_a_few() -> None:
    many = [Suggestion("document", str(number), f"Rapport {number}", 1, 0) for number in range(500)]
    assert len(Suggestions(many).starting("rap")) == MOST


def test_the_script_gets_where_to_go_and_how_much_there_is(client: FlaskClient) -> None:
    (found,) = offered(client, "onderweg")
    assert found == {
        "soort": "document",
        "tekst": f"Onderweg {HOSTILE}",
        "naam": None,
        "adres": "/documenten/d1",
        "toelichting": "document, 3 oktober 2019, 2 aanbevelingen",
    }
    assert [found["adres"] for found in offered(client, "asielk")] == ["/ketens/asiel"]


def test_without_script_there_is_a_page_with_the_same(client: FlaskClient) -> None:
    soup = page(client, "/?q=onderweg")
    button = one(soup, "noscript button")
    form = one(soup, f"form#{button['form']}")
    assert form.select("input[name=q]")
    suggested = page(client, f"{button['formaction']}?q=onderweg")
    link = suggested.select(".kb-tips a")[0]
    assert (link["href"], link.get_text()) == ("/documenten/d1", f"Onderweg {HOSTILE}")
    assert "<script>alert" not in str(client.get("/suggesties?q=onderweg").data)
    assert "Geen titel" in one(page(client, "/suggesties?q=kangoeroe"), "main").get_text()
    assert "twee letters" in one(page(client, "/suggesties"), "main").get_text()


@pytest.mark.parametrize("text", ["dienst", "over", "justitiele", "keten", "pi"])
def test_every_count_is_the_length_of_the_list_behind_its_link(visitor: FlaskClient, text: str) -> None:
    links = page(visitor, f"/suggesties?q={text}").select(".kb-tips li span a")
    assert links
    for link in links:
        told = re.match(r"\d+", link.get_text())
        assert told
        assert listed(visitor, str(link["href"])) == int(told[0]), link


def test_what_is_withdrawn_is_not_suggested(sample_library: Library, sample_settings: Settings) -> None:
    row = sample_library.current().rows(("indexed",))[0]
    assert row.id in {found.suggestion.id for found in sample_library.current().suggestions(row.title)}
    try:
        write_withdrawals(sample_settings.data, [Withdrawal(row.id, row.sha256 or "", "", row.file, "", row.time)])
        assert row.id not in {found.suggestion.id for found in sample_library.current().suggestions(row.title)}
    finally:
        write_withdrawals(sample_settings.data, [])
    assert row.id in {found.suggestion.id for found in sample_library.current().suggestions(row.title)}


@pytest.mark.parametrize("address", ["/", "/?q=overdracht", "/?q=zebra", "/documenten/d1", "/suggesties?q=over"])
def test_the_field_says_where_suggestions_come_from(client: FlaskClient, address: str) -> None:
    soup = page(client, address)
    (field,) = [field for field in soup.select("input[name=q]") if field.get("data-suggesties")]
    assert field["data-suggesties"] == "/suggesties"
    assert field["type"] == "search"  # the script makes it more; without it, it is an ordinary field


def test_a_list_of_quotes_suggests_nothing(client: FlaskClient) -> None:
    field = one(page(client, "/aanbevelingen"), "main input[name=q]")
    assert not field.get("data-suggesties")


def test_the_policy_lets_the_script_ask_this_site_only(client: FlaskClient) -> None:
    assert "connect-src 'self'" in client.get("/").headers["Content-Security-Policy"]


@pytest.mark.parametrize("text", ["x" * 5000, "\x00", "%00", "🙂🙂", "(((("])
def test_whatever_is_typed_gives_an_answer(client: FlaskClient, text: str) -> None:
    assert offered(client, text) == []
    assert client.get("/suggesties", query_string={"q": text}).status_code == 200
    assert client.get("/suggesties?q=x&formaat=xml").status_code == 400
    soup = BeautifulSoup(client.get("/suggesties", query_string={"q": text}).get_data(as_text=True), "lxml")
    assert len(soup.select("h1")) == 1
