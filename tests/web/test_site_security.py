"""What holds for every answer, and for the shape of every page."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from fake_library import FakeSnapshot
from flask.testing import FlaskClient

import web

PAGES = (
    "/",
    "/?q=",
    "/?q=overdracht&keten=asiel&keten=strafrecht&soort=-brief",
    "/?q=overdracht+zebra",
    "/?q=zebra&keten=asiel",
    "/?q=DJI+overdrachtt&keten=asiel",
    "/suggesties?q=onderweg",
    "/suggesties",
    "/documenten/d1?q=overdracht&treffer=2",
    "/documenten/d3",
    "/documenten/scan",
    "/verzameling",
    "/ketens",
    "/organisaties/dji",
    "/uitleg",
)
ERRORS = {
    "/nergens": 404,
    "/?keten=onzin": 400,
    "/documenten/weg": 410,
    "/static/nergens.css": 404,
}
STATIC = Path(web.__file__).parent / "static"
TEMPLATES = Path(web.__file__).parent / "templates"


@pytest.mark.parametrize(
    "address", [*PAGES, *ERRORS, "/gezond", "/static/basis.css", "/documenten/d1/bestand", "/favicon.ico"]
)
def test_headers_are_on_every_answer(client: FlaskClient, address: str) -> None:
    answer = client.get(address, buffered=True)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy or address.endswith("bestand")
    for name in (
        "X-Frame-Options",
        "Referrer-Policy",
        "Cross-Origin-Opener-Policy",
        "Permissions-Policy",
        "Cache-Control",
        "X-Content-Type-Options",
    ):
        assert answer.headers[name]
    assert "Set-Cookie" not in answer.headers


def test_only_reading_is_possible(client: FlaskClient) -> None:
    for method in ("post", "put", "delete", "patch", "options"):
        answer = getattr(client, method)("/")
        assert answer.status_code == 405
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert set(answer.headers["Allow"].split(", ")) == {"GET", "HEAD"}
    assert client.head("/?q=overdracht").status_code == 200


@pytest.mark.parametrize(("address", "status"), ERRORS.items())
def test_an_error_is_a_page_with_a_reference(client: FlaskClient, address: str, status: int) -> None:
    answer = client.get(address, buffered=True)
    assert answer.status_code == status
    soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
    assert re.fullmatch(r"[0-9a-f]{4}-[0-9a-f]{4}", soup.select("dd code")[0].get_text())


def test_a_fault_shows_no_trace_and_is_logged_without_the_question(
    client: FlaskClient, fake: FakeSnapshot, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(query: object) -> None:
        raise RuntimeError("geheim pad /srv/x")

    monkeypatch.setattr(fake, "search", broken, raising=False)
    answer = client.get("/?q=privacygevoelig")
    body = answer.get_data(as_text=True)
    assert answer.status_code == 500
    assert "geheim pad" not in body
    assert "Traceback" not in body
    reference = BeautifulSoup(body, "lxml").select("dd code")[0].get_text()
    assert reference in caplog.text
    assert "geheim pad" in caplog.text
    assert "privacygevoelig" not in caplog.text


@pytest.mark.parametrize("address", PAGES)
def test_a_page_is_well_formed_for_everyone(client: FlaskClient, address: str) -> None:
    body = client.get(address).get_data(as_text=True)
    soup = BeautifulSoup(body, "lxml")
    assert soup.html
    assert soup.html["lang"] == "nl"
    assert soup.select("body > a[href='#inhoud']")
    assert soup.title
    assert soup.title.get_text().endswith(" - Kennisbank")
    levels = [
        int(heading.name[1])
        for heading in soup.select("main :is(h1, h2, h3, h4, h5, h6)")
        if not heading.find_parent("div", {"popover": True})
    ]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    ids = [tag["id"] for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for field in soup.select("input:not([type=hidden]), select"):
        assert soup.select(f"label[for='{field['id']}']")
    for reference in soup.select("[popovertarget]"):
        assert reference["popovertarget"] in ids
    for link in soup.select("a[href^='#']"):
        assert str(link["href"])[1:] in ids


@pytest.mark.parametrize("address", PAGES)
def test_no_page_needs_what_the_policy_forbids(client: FlaskClient, address: str) -> None:
    soup = BeautifulSoup(client.get(address).get_data(as_text=True), "lxml")
    assert not soup.select("[style], style, script:not([src]), iframe, object, embed, img, base, form[method]")
    assert not [tag for tag in soup.find_all(True) for name in tag.attrs if name.startswith("on")]
    for tag in soup.select("link[href], script[src]"):
        assert str(tag.get("href") or tag.get("src")).startswith("/static/")


def test_every_link_on_the_site_works(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.views.seen.similar", lambda *asked: ())  # three documents in memory have no likeness
    seen: set[str] = set()
    waiting = ["/"]
    while waiting:
        address = waiting.pop().split("#")[0]
        if address in seen or len(seen) > 400:
            continue
        seen.add(address)
        answer = client.get(address, buffered=True)
        assert answer.status_code in (200, 410), address
        if answer.mimetype == "text/html" and not address.endswith("/bestand"):
            soup = BeautifulSoup(answer.get_data(as_text=True), "lxml")
            waiting += [
                str(link["href"]) for link in soup.select("a[href^='/'], link[href], script[src]") if link.get("href")
            ]
    assert len(seen) > 100


def test_no_template_bypasses_escaping() -> None:
    for template in TEMPLATES.glob("*.html"):
        text = template.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", "")
        assert "autoescape" not in text


def test_static_files_may_be_kept_and_change_address_with_their_content(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/").get_data(as_text=True), "lxml")
    address = str(soup.select("link[rel=stylesheet]")[0]["href"])
    assert "immutable" in client.get(address, buffered=True).headers["Cache-Control"]
    assert "immutable" not in client.get(address.split("?")[0], buffered=True).headers["Cache-Control"]


def test_the_stylesheets_hold_nothing_unused_and_load_nothing_from_elsewhere() -> None:
    css = "".join(path.read_text(encoding="utf-8") for path in STATIC.glob("*.css"))
    markup = "".join(path.read_text(encoding="utf-8") for path in TEMPLATES.glob("*.html"))
    markup += (Path(web.__file__).parent / "reader.py").read_text(encoding="utf-8")
    markup += (STATIC / "kennisbank.js").read_text(encoding="utf-8")
    for name in set(re.findall(r"\.((?:kb|nl|utrecht)-[a-z_-]+)", css)):
        base = re.sub(r"--(genoemd|afgeleid|mens)$", "--", name).removesuffix("-")
        assert base in markup, name
    for address in re.findall(r"url\(\"?([^)\"]+)", css):
        assert (STATIC / address).is_file(), address
    assert {path.name for path in (STATIC / "fonts").glob("LICENSE*")} == {
        "LICENSE-literata.txt",
        "LICENSE-public-sans.txt",
    }
