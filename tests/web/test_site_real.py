"""The site over the sample corpus as indexed."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from kennisbank.library import Library
from kennisbank.sample import SAMPLE_QUESTIONS
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
    heading = soup_of(visitor, address).select(".kb-resultaatkop h2")
    return int(heading[0].get_text().split()[0]) if heading else 0


def test_the_start_page_shows_examples_with_the_length_of_their_list(visitor: FlaskClient) -> None:
    examples = soup_of(visitor, "/").select(".kb-vragen a")
    *questions, addressed = [link.b.get_text() for link in examples if link.b]
    assert questions == [entry.text for entry in SAMPLE_QUESTIONS]
    assert addressed.startswith("Wat is aanbevolen aan ")
    for link in examples:
        told = re.search(r"(\d+) (?:document|aanbeveling)", link.get_text())
        assert told
        assert listed(visitor, str(link["href"])) == int(told[1])


@pytest.mark.parametrize(
    "address",
    ["/?q=", "/?q=overdracht+van+informatie", "/?q=overdracht&keten=asiel&keten=strafrecht", "/?soort=-rapport"],
)
def test_every_count_is_the_length_of_the_list_behind_its_link(visitor: FlaskClient, address: str) -> None:
    soup = soup_of(visitor, address)
    checked = 0
    for link in soup.select(".kb-facet a, .kb-histogram a"):
        tag = link if "aantal" in (link.get("class") or []) else link.select_one(".aantal, .n")
        if tag:
            number = int(re.sub(r"\D", "", str(tag.find_all(string=True)[-1])))
            assert listed(visitor, str(link["href"])) == number, link
            checked += 1
    assert checked > 3


@pytest.mark.parametrize(
    "address", ["/aanbevelingen", "/bevindingen?q=overdracht", "/aanbevelingen?adressaat=dji&keten=jeugd&keten=asiel"]
)
def test_counts_beside_recommendations_and_findings_are_lists(visitor: FlaskClient, address: str) -> None:
    soup = soup_of(visitor, address)
    checked = 0
    for link in soup.select(".kb-facet a, .kb-histogram a"):
        tag = link if "aantal" in (link.get("class") or []) else link.select_one(".aantal, .n")
        if tag:
            number = int(re.sub(r"\D", "", str(tag.find_all(string=True)[-1])))
            assert listed(visitor, str(link["href"])) == number, link
            checked += 1
    assert checked > 10


def test_every_recommendation_and_finding_has_a_page_and_stands_where_it_says(
    visitor: FlaskClient, sample_library: Library
) -> None:
    statements = sample_library.current().statements
    documents: dict[str, BeautifulSoup] = {}
    for path, sort in (("aanbevelingen", "aanbeveling"), ("bevindingen", "bevinding")):
        for shown in statements.all(sort):  # type: ignore[arg-type]
            soup = soup_of(visitor, f"/{path}/{shown.statement.id}")
            said = shown.statement.place.text
            assert soup.h1
            assert soup.h1.get_text() == f"‘{said}’"
            marked = "".join(mark.get_text() for mark in soup.select(".kb-omgeving mark"))
            assert "".join(marked.split()) == "".join(said.split())
            address, _, anchor = str(soup.select(".kb-titel .kb-links a")[0]["href"]).partition("#")
            if address not in documents:
                documents[address] = soup_of(visitor, address)
            assert documents[address].select(f"[id='{anchor}']")


def test_every_quote_leads_to_its_words_in_the_document(visitor: FlaskClient) -> None:
    links = soup_of(visitor, "/?q=overdracht+van+informatie").select(".kb-paginas li")
    assert links
    for item in links:
        assert item.a
        address, _, anchor = str(item.a["href"]).partition("#")
        document = soup_of(visitor, address)
        assert document.select(f"[id='{anchor}']")
        words = {mark.get_text() for mark in document.select(".kb-tekst mark")}
        assert {mark.get_text() for mark in item.select("mark")} <= words


def test_every_document_is_shown_whole_with_all_its_pages(visitor: FlaskClient, sample_library: Library) -> None:
    now = sample_library.current()
    for row in now.rows(("indexed", "indexed_partial")):
        text = now.text(row.id)
        soup = soup_of(visitor, f"/documenten/{row.id}")
        article = soup.select(".kb-tekst")[0]
        for page in text.pages:
            assert soup.select(f"#pagina-{page.number}")
        for aside in article.select(".kb-pagina, .kb-paginagrens, .kb-noot > span:not([id])"):
            aside.decompose()
        shown, expected = ("".join(part.split()) for part in (article.get_text(), text.text))
        assert shown == expected


def test_every_tag_has_evidence_that_can_be_visited(visitor: FlaskClient, sample_library: Library) -> None:
    tags = 0
    for row in sample_library.current().rows(("indexed",)):
        soup = soup_of(visitor, f"/documenten/{row.id}")
        for button in soup.select(".kb-tag button"):
            why = soup.select(f"#{button['popovertarget']}")[0]
            quotes = why.select(".kb-bron")
            assert quotes or "medewerker" in why.get_text()
            for quote in quotes:
                assert quote.mark
                assert quote.a
                assert soup.select(f"[id='{str(quote.a['href'])[1:]}']")
            tags += 1
    assert tags > 5


def test_originals_are_given_as_they_were(visitor: FlaskClient, sample_library: Library) -> None:
    now = sample_library.current()
    for row in now.rows(("indexed",)):
        path, _, _ = now.original(row.id)
        assert visitor.get(f"/documenten/{row.id}/bestand", buffered=True).data == path.read_bytes()


def test_every_link_on_the_site_works(visitor: FlaskClient) -> None:
    seen: set[str] = set()
    waiting = ["/", "/?q=overdracht", "/verzameling", "/aanbevelingen", "/bevindingen", "/ketens", "/uitleg"]
    while waiting and len(seen) < 150:
        address = waiting.pop(0).split("#")[0]
        if address in seen:
            continue
        seen.add(address)
        answer = visitor.get(address, buffered=True)
        assert answer.status_code == 200, address
        if answer.mimetype == "text/html" and not address.endswith("/bestand"):
            soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
            waiting += [str(link["href"]) for link in soup.select("a[href^='/']")]
    assert len(seen) == 150
