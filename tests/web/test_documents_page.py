"""A document, its evidence, and its original."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from fake_library import FakeSnapshot
from flask.testing import FlaskClient

from web.headers import FILE_POLICY


def soup_of(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def test_the_reader_shows_title_facts_and_where_they_come_from(client: FlaskClient) -> None:
    soup = soup_of(client, "/documenten/d1")
    assert soup.h1
    assert soup.h1.get_text() == 'Onderweg <script>alert("x")</script>'
    facts = soup.select(".kb-zijblok dl")[0].get_text(" ", strip=True)
    assert "Datum 3 oktober 2019 uit de tekst" in facts
    assert not soup.select("a[href^=javascript]")
    assert len(soup.select("script")) == 1
    assert "<b>niet</b>" in soup.select(".kb-tekst")[0].get_text()


def test_a_tag_tells_why(client: FlaskClient) -> None:
    soup = soup_of(client, "/documenten/d1")
    (tag,) = soup.select(".kb-tag")
    assert tag.a
    assert tag.a["href"] == "/ketens/strafrecht"
    assert tag.button
    why = soup.select(f"#{tag.button['popovertarget']}")[0]
    text = why.get_text(" ", strip=True)
    assert "Hoofdonderwerp, letterlijk genoemd." in text
    assert "sterkte 0,83" in text
    assert "label:informatie" in text
    quote = why.select(".kb-bron")[0]
    assert quote.get_text() == "De overdracht van informatie verliep niet. p. 1"
    assert [mark.get_text() for mark in quote.select("mark")] == ["informatie"]
    assert quote.a
    assert soup.select(f"[id='{str(quote.a['href'])[1:]}']")


def test_hits_can_be_walked_without_script(client: FlaskClient) -> None:
    soup = soup_of(client, "/documenten/d1?q=overdracht")
    first = soup.select("[aria-label='eerste treffer']")[0]["href"]
    assert first == "/documenten/d1?q=overdracht&treffer=1#t1"
    last = soup_of(client, "/documenten/d1?q=overdracht&treffer=4")
    assert "treffer 4 van 4" in last.select("[data-stand]")[0].get_text()
    assert last.select("mark.is-nu")[0]["id"] == "t4"
    assert last.select("[aria-label='volgende treffer']")[0]["href"] == "/documenten/d1?q=overdracht&treffer=1#t1"
    assert last.select("[aria-label='vorige treffer']")[0]["href"] == "/documenten/d1?q=overdracht&treffer=3#t3"


@pytest.mark.parametrize("raw", ["0", "5", "x", "-1", "9" * 5000])
def test_a_hit_that_does_not_exist_is_refused(client: FlaskClient, raw: str) -> None:
    soup_of(client, f"/documenten/d1?q=overdracht&treffer={raw}", 400)


def test_links_lead_to_pages_of_a_pdf_only(client: FlaskClient) -> None:
    assert (
        soup_of(client, "/documenten/d1").select("[href='/documenten/d1/bestand#page=2']") == []
    )  # inside a paragraph
    assert soup_of(client, "/documenten/d1").select("[href='/documenten/d1/bestand#page=1']")
    assert not soup_of(client, "/documenten/d2").select("[href*='#page']")


def test_warnings_are_told(client: FlaskClient) -> None:
    assert "pagina 3 gaf geen tekst" in soup_of(client, "/documenten/d3").select(".kb-waarschuwing")[0].get_text()


def test_a_file_without_text_says_why_and_what_to_do(client: FlaskClient) -> None:
    text = soup_of(client, "/documenten/scan").main.get_text(" ", strip=True)  # type: ignore[union-attr]
    assert "alle pagina’s zijn beelden" in text
    assert "tekstherkenning" in text
    assert soup_of(client, "/documenten/dubbel").select("main [href='/documenten/d1']")


def test_a_withdrawn_document_is_gone_with_its_title_and_file(client: FlaskClient) -> None:
    for address in ("/documenten/weg", "/documenten/weg/bestand"):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "Geheime titel" not in answer.get_data(as_text=True)
    assert "Geheime titel" not in client.get("/verzameling").get_data(as_text=True)


def test_an_old_id_leads_on_with_its_question(client: FlaskClient) -> None:
    answer = client.get("/documenten/oud?q=overdracht")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/documenten/d1?q=overdracht")
    assert client.get("/documenten/oud/bestand").headers["Location"] == "/documenten/d1/bestand"


@pytest.mark.parametrize("name", ["nee", "..%2f..%2fetc%2fpasswd", "%00", "d1%0d%0aX:y"])
def test_an_unknown_document_does_not_exist(client: FlaskClient, name: str) -> None:
    assert client.get(f"/documenten/{name}").status_code == 404
    assert client.get(f"/documenten/{name}/bestand").status_code == 404


@pytest.mark.parametrize(
    ("name", "media_type", "disposition"),
    [
        ("d1", "application/pdf", "inline; filename=\"Rapport e.pdf\"; filename*=UTF-8''Rapport%20%C3%A9.pdf"),
        ("d2", "text/html", "inline; filename=brief.html"),
        ("d3", "application/octet-stream", "attachment; filename=x.svg"),
    ],
)
def test_an_original_is_inert(client: FlaskClient, name: str, media_type: str, disposition: str) -> None:
    answer = client.get(f"/documenten/{name}/bestand", buffered=True)
    assert answer.headers["Content-Type"] == media_type
    assert answer.headers["Content-Disposition"] == disposition
    assert answer.headers["Content-Security-Policy"] == FILE_POLICY
    assert "sandbox" in FILE_POLICY
    assert "default-src 'none'" in FILE_POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_an_original_comes_in_parts_and_is_not_sent_twice(client: FlaskClient) -> None:
    part = client.get("/documenten/d1/bestand", headers={"Range": "bytes=1-3"}, buffered=True)
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"PDF", "bytes 1-3/19")
    assert client.get("/documenten/d1/bestand", headers={"Range": "bytes=99-"}).status_code == 416
    again = client.get("/documenten/d1/bestand", headers={"If-None-Match": part.headers["ETag"]}, buffered=True)
    assert (again.status_code, again.data) == (304, b"")


def test_a_file_name_cannot_break_out_of_its_header(
    client: FlaskClient, fake: FakeSnapshot, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = 'a"\r\nSet-Cookie: x=y\u202e\ud800.pdf'
    monkeypatch.setattr(
        fake, "original", lambda name: (fake.folder / "bestand", "application/pdf", hostile), raising=False
    )
    answer = client.get("/documenten/d1/bestand", buffered=True)
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers
    assert "\n" not in answer.headers["Content-Disposition"]


def test_related_documents_are_shown_from_both_sides_with_the_place_that_says_so(client: FlaskClient) -> None:
    for document, words, other in (("d2", "reactie op", "d1"), ("d1", "reactie hierop", "d2")):
        soup = BeautifulSoup(client.get(f"/documenten/{document}").get_data(as_text=True), "lxml")
        block = next(part for part in soup.select("aside section") if part.h2 and part.h2.get_text() == "Hoort bij")
        assert words in block.get_text()
        assert [link["href"] for link in block.select("a")] == [f"/documenten/{other}", "/documenten/d2#p0"]
        assert "regel: noemt de titel" in block.get_text()
        assert not block.select("script")
