"""The start page, results, and what is said when there are none."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from fake_library import FakeSnapshot
from flask.testing import FlaskClient


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def one(soup: BeautifulSoup | Tag, selector: str) -> Tag:
    found = soup.select(selector)
    assert len(found) == 1, selector
    return found[0]


def listed(client: FlaskClient, address: str) -> int:
    """Return the length of the list behind an address, as its page tells."""
    answer = client.get(address)
    assert answer.status_code == 200, address
    heading = BeautifulSoup(answer.get_data(as_text=True), "lxml").select(".kb-resultaatkop h2")
    return int(heading[0].get_text().split()[0]) if heading else 0


def test_the_start_page_asks_and_tells_what_there_is(client: FlaskClient) -> None:
    soup = page(client, "/")
    assert one(soup, "input[name=q]")
    assert "3" in one(soup, ".kb-cijfers div:first-child dd").get_text()
    assert "2021" in soup.select(".kb-cijfers")[0].get_text()
    assert not soup.select(".kb-voorbeeld")


def test_examples_come_from_the_collection_and_have_results(client: FlaskClient) -> None:
    examples = page(client, "/").select(".kb-vragen a")
    assert examples
    for link in examples:
        assert listed(client, str(link["href"])) > 0


def test_the_sample_has_its_own_questions_and_says_it_is_fiction(client: FlaskClient, fake: FakeSnapshot) -> None:
    fake.fictional = True
    for address in ("/", "/?q=overdracht", "/documenten/d1", "/verzameling", "/ketens", "/uitleg", "/nergens"):
        soup = page(client, address, 404 if address == "/nergens" else 200)
        assert "Fictieve voorbeeldverzameling" in one(soup, ".kb-voorbeeld").get_text()
    titles = [link.b.get_text() for link in page(client, "/").select(".kb-vragen a") if link.b]
    assert titles == [
        "overdracht van informatie",  # the other questions have no answer here
        "Wat is aanbevolen aan Dienst Justitiële Inrichtingen?",
    ]


def test_a_result_has_title_kind_date_and_quotes_that_lead_to_their_place(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht")
    assert soup.title
    assert soup.title.get_text() == "overdracht, 3 documenten - Kennisbank"
    hit = soup.select(".kb-hit")[0]
    assert one(hit, "h3 a")["href"] == "/documenten/d1?q=overdracht"
    assert one(hit, ".kb-hit__datum").get_text(" ", strip=True) == "2019 3 okt"
    assert "rapport" in one(hit, ".kb-soort").get_text()
    quote = one(hit, ".kb-paginas li")
    assert one(quote, "a")["href"] == "/documenten/d1?q=overdracht#p0"
    assert one(quote, "a").get_text().startswith("p. 1")
    assert [mark.get_text() for mark in quote.select("mark")] == ["overdracht"]


def test_partial_matches_stand_below_their_own_heading_with_what_they_lack(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht+zebra")
    assert one(soup, ".kb-deelkop h2").get_text() == "Met een deel van uw woorden"
    assert [word.get_text() for word in soup.select(".kb-hit s")] == ["zebra"] * 3
    assert "komt in geen enkel document voor" in one(soup, ".kb-uitleg-vraag").get_text()


@pytest.mark.parametrize(
    "address",
    [
        "/?q=",
        "/?q=overdracht",
        "/?keten=asiel",
        "/?keten=asiel&keten=strafrecht",
        "/?keten=-asiel",
        "/?soort=brief&jaar=2021",
    ],
)
def test_every_count_is_the_length_of_the_list_behind_its_link(client: FlaskClient, address: str) -> None:
    soup = page(client, address)
    counted = [(link, link.select_one(".aantal, .n")) for link in soup.select(".kb-facet a, .kb-histogram a")]
    links = [(link, tag) for link, tag in counted if tag] + [(link, link) for link in soup.select(".kb-facet a.aantal")]
    assert links
    for link, tag in links:
        number = re.sub(r"\D", "", str(tag.find_all(string=True)[-1]))
        assert listed(client, str(link["href"])) == int(number), link


def test_browsing_counts_are_true_as_well(client: FlaskClient) -> None:
    links = page(client, "/").select(".kb-bladeren a")
    assert links
    for link in links:
        assert listed(client, str(link["href"])) == int(one(link, "span").get_text())


def test_a_chip_takes_one_limit_away(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht&keten=strafrecht&soort=-brief&van=2018")
    assert len(soup.select(".kb-hit")) == 1
    chips = {chip.get_text().removesuffix(", haal weg"): str(chip["href"]) for chip in soup.select(".kb-chip")}
    assert chips == {
        "keten strafrechtketen": "/?q=overdracht&soort=-brief&van=2018",
        "zonder brief": "/?q=overdracht&keten=keten%3Astrafrecht&van=2018",
        "vanaf 2018": "/?q=overdracht&keten=keten%3Astrafrecht&soort=-brief",
    }


def test_forms_keep_the_rest_of_the_question(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht&keten=asiel&sorteer=datum")
    period = one(soup, "form.paarveld")
    kept = {(str(field["name"]), str(field["value"])) for field in period.select("input[type=hidden]")}
    assert kept == {("q", "overdracht"), ("keten", "keten:asiel"), ("sorteer", "datum")}
    assert one(soup, "#sorteer option[selected]")["value"] == "datum"


def test_pages_of_results(client: FlaskClient) -> None:
    soup = page(client, "/?q=&limit=2")
    assert one(soup, ".utrecht-pagination a[rel=next]")["href"] == "/?pagina=2&limit=2"
    assert "1 tot en met 2 van 3" in one(soup, ".utrecht-pagination").get_text()
    second = page(client, "/?q=&limit=2&pagina=2")
    assert second.title
    assert second.title.get_text() == "Alle documenten, 3 documenten, pagina 2 - Kennisbank"
    assert len(second.select(".kb-hit")) == 1
    assert "bestaat niet" in one(page(client, "/?q=&limit=2&pagina=3", 400), "main").get_text()


def test_nothing_found_says_where_was_searched_and_what_would_help(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht&keten=terugkeer&soort=brief")
    text = one(soup, "main").get_text(" ", strip=True)
    assert "Niets gevonden voor ‘overdracht’" in text
    assert "In 3 documenten" in text
    assert "1 bestand is niet leesbaar, 1 document is niet in huis" in text
    tips = {str(tip.a["href"]): tip.span.get_text() for tip in soup.select(".kb-tips li") if tip.a and tip.span}
    assert tips["/?q=overdracht&soort=brief"] == "1 document"
    for address, told in tips.items():
        assert listed(client, address) == int(told.split()[0])


def test_words_that_occur_nowhere_can_be_left_out(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht+zebra&deels=nee")
    assert "/?q=overdracht&deels=nee" in [tip["href"] for tip in soup.select(".kb-tips a")]


def test_the_message_for_a_wrong_filter_is_shown_with_the_question(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht&keten=onzin", 400)
    assert "'onzin' bestaat niet" in one(soup, "main").get_text()
    assert one(soup, "#kopvraag")["value"] == "overdracht"


@pytest.mark.parametrize(
    "text", ["<script>", "' onmouseover='x", "\u202eomgekeerd", "{{ 7*7 }}", "\x00", "%", "🙂" * 30]
)
def test_a_question_is_shown_and_never_executed(client: FlaskClient, text: str) -> None:
    answer: Any = client.get("/", query_string={"q": text})
    body = answer.get_data(as_text=True)
    assert answer.status_code == 200
    assert "<script>" not in body
    assert "\u202e" not in body
    assert "onmouseover='x" not in body or "&#39; onmouseover" in body
    assert "49" not in unescape(body).replace("249", "")
