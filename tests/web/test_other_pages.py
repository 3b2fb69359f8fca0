"""The ledger, the terms, the explanation and the health check."""

from __future__ import annotations

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fake_library import FakeLibrary, FakeSnapshot, row
from flask import Flask
from flask.testing import FlaskClient

from kennisbank.settings import SearchSettings, Settings
from web import create_app


def soup_of(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def rows_of(soup: BeautifulSoup) -> int:
    return len(soup.select("tbody tr"))


def test_every_file_is_in_the_ledger_and_every_count_is_its_list(client: FlaskClient) -> None:
    soup = soup_of(client, "/verzameling")
    assert rows_of(soup) == 7
    figures = {div.dt.get_text(): (div.dt.a["href"], int(div.dd.get_text())) for div in soup.select(".kb-cijfers div")}  # type: ignore[union-attr,index]
    assert set(figures) == {
        "bestanden",
        "gelezen",
        "deels gelezen",
        "geen tekst",
        "dubbel",
        "ingetrokken",
        "niet in huis",
    }
    for address, count in figures.values():
        assert rows_of(soup_of(client, str(address))) == count
    assert "no_text" in soup.get_text()
    assert "alle pagina’s zijn beelden" in soup.get_text()


def test_statuses_can_be_combined_and_must_exist(client: FlaskClient) -> None:
    assert rows_of(soup_of(client, "/verzameling?status=no_text&status=duplicate")) == 2
    assert "Geen bestanden" in soup_of(client, "/verzameling?status=timeout").get_text()
    assert "bestaat niet" in soup_of(client, "/verzameling?status=onzin", 400).get_text()


def test_a_long_ledger_has_pages(client: FlaskClient, fake: FakeSnapshot) -> None:
    fake.ledger = tuple(row(f"n{number}", "corrupt") for number in range(101))
    soup = soup_of(client, "/verzameling?status=corrupt")
    assert rows_of(soup) == 100
    following = soup.select("a[rel=next]")[0]["href"]
    assert following == "/verzameling?status=corrupt&pagina=2"
    assert rows_of(soup_of(client, str(following))) == 1
    soup_of(client, "/verzameling?pagina=3", 400)


@pytest.mark.parametrize("plural", ["ketens", "gebieden", "doelen", "themas", "organisaties"])
def test_terms_are_listed_with_true_counts_and_have_a_page(client: FlaskClient, plural: str) -> None:
    items = soup_of(client, f"/{plural}").select(".kb-begrippen li")
    assert items
    for item in items:
        links = item.select("a")
        term = soup_of(client, str(links[0]["href"]))
        assert term.h1
        assert term.h1.get_text() == links[0].get_text()
        if len(links) == 2:
            count = links[1].find(string=True)
            assert len(soup_of(client, str(links[1]["href"])).select(".kb-hit")) == int(str(count))
            assert term.select(".kb-cijfers dd")[0].get_text() == count


def test_a_term_tells_its_names_kin_and_newest_documents(client: FlaskClient) -> None:
    soup = soup_of(client, "/organisaties/dji")
    assert "DJI" in soup.select("aside")[-1].get_text()
    assert soup.select("aside a[href^='/organisaties/']")
    asylum = soup_of(client, "/ketens/asiel")
    assert [link["href"] for link in asylum.select(".kb-hit h3 a")] == ["/documenten/d2", "/documenten/d3"]
    assert asylum.select("a[href='/?keten=keten%3Aasiel']")


def test_a_full_id_leads_to_the_page_and_an_unknown_one_nowhere(client: FlaskClient) -> None:
    answer = client.get("/ketens/keten:asiel")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/ketens/asiel")
    soup_of(client, "/ketens/onzin", 404)
    soup_of(client, "/ketens/thema:leren", 404)


def test_the_explanation_covers_searching_reasoning_and_limits(client: FlaskClient) -> None:
    text = soup_of(client, "/uitleg").get_text(" ")
    share = f"ten minste {round(100 * SearchSettings().partial_share)}%"
    for part in ("vast aanspreekpunt", share, "Sterkte", "Niets gevonden betekent"):
        assert part in text


def test_health(client: FlaskClient) -> None:
    answer = client.get("/gezond")
    assert (answer.status_code, answer.json) == (200, {"status": "ok", "generatie": 7})


def test_without_a_library_the_site_waits_and_comes_up_by_itself(fake: FakeSnapshot, tmp_path: Path) -> None:
    library = FakeLibrary(None)
    client = create_app(library, Settings(data=tmp_path)).test_client()  # type: ignore[arg-type]
    for address in ("/", "/?q=x", "/documenten/d1", "/verzameling", "/ketens"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "/geheim/pad" not in answer.get_data(as_text=True)
    assert client.get("/gezond").status_code == 503
    assert client.get("/uitleg").status_code == 200
    library.snapshot = fake
    assert client.get("/").status_code == 200
    assert client.get("/gezond").status_code == 200


def test_a_notice_of_the_settings_is_on_every_page(fake: FakeSnapshot, tmp_path: Path) -> None:
    app: Flask = create_app(FakeLibrary(fake), Settings(data=tmp_path, notice="Proefopstelling"))  # type: ignore[arg-type]
    assert "Proefopstelling" in app.test_client().get("/verzameling").get_data(as_text=True)
