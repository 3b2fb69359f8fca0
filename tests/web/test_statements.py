"""Lists of recommendations and findings, a page for each, and what documents, terms and the start page tell of them."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from bs4 import BeautifulSoup, Tag
from fake_library import HOSTILE, ROWS, TEXT, FakeSnapshot, recommendation
from flask.testing import FlaskClient

from kennisbank import export

LISTS = ("/aanbevelingen", "/bevindingen")


def page(client: FlaskClient, address: str, status: int = 200) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == status, answer.get_data(as_text=True)
    return BeautifulSoup(answer.get_data(as_text=True), "lxml")


def text_of(soup: BeautifulSoup | Tag, selector: str) -> str:
    (found,) = soup.select(selector)
    return found.get_text(" ", strip=True)


def ids(soup: BeautifulSoup) -> list[str]:
    return [str(link["href"]).rpartition("/")[2] for link in soup.select(".kb-hit h3 a")]


def length(client: FlaskClient, address: str) -> int:
    """Return the length of any list, as its page tells."""
    heading = page(client, address).select(".kb-resultaatkop h2")
    return int(heading[0].get_text().split()[0]) if heading else 0


def told(tag: Tag) -> int:
    return int(re.sub(r"\D", "", str(tag.find_all(string=True)[-1])))


# The lists


def test_an_entry_tells_what_to_whom_where_and_how_sure(client: FlaskClient) -> None:
    soup = page(client, "/aanbevelingen?q=medewerker")
    (entry,) = soup.select(".kb-hit")
    assert text_of(entry, "h3 a") == f"Aanbeveling 3 , Onderweg {HOSTILE}"
    assert text_of(entry, "blockquote") == "Een medewerker ziet het <b>niet</b> meer."
    assert [mark.get_text() for mark in entry.select("mark")] == ["medewerker"]
    told = text_of(entry, ".kb-soort")
    assert told.startswith("aan Dienst Justitiële Inrichtingen in de tekst: “<b>niet</b>”")
    assert "formele aanbeveling" in told
    assert entry.select(".kb-soort a[href='/organisaties/dji']")
    foot = text_of(entry, ".kb-hit__voet")
    assert "automatisch gevonden, zekerheid hoog (0,90)" in foot
    assert "rapport" in foot
    places = [str(link["href"]) for link in entry.select(".kb-hit__voet a")]
    assert places == ["/documenten/d1#p0", "/documenten/d1"]
    assert text_of(entry, ".kb-hit__datum") == "2019 3 okt"


def test_proposals_are_apart_and_say_so(client: FlaskClient) -> None:
    counted = page(client, "/aanbevelingen")
    assert set(ids(counted)) == {"a1", "a2", "a4", "a5"}
    link = counted.select(".kb-lijststand a")[0]
    assert (link["href"], link.get_text()) == ("/aanbevelingen?voorstellen=ja", "1 voorstel")
    proposals = page(client, str(link["href"]))
    assert ids(proposals) == ["a3"]
    assert text_of(proposals, ".kb-hit h3 a").startswith("Mogelijk: aanbeveling")
    assert "tellen nergens mee" in text_of(proposals, ".utrecht-alert")
    assert "zekerheid laag (0,50)" in text_of(proposals, ".kb-hit__voet")


def test_what_a_person_confirmed_says_so(client: FlaskClient) -> None:
    (entry,) = page(client, "/aanbevelingen?document=d2").select(".kb-hit")
    assert "bevestigd door een medewerker" in entry.get_text()
    assert "aan “de inrichting”" in text_of(entry, ".kb-soort")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/aanbevelingen?adressaat=dji", {"a1"}),
        ("/aanbevelingen?adressaat=-dji", {"a2", "a4", "a5"}),
        ("/aanbevelingen?sterkte=dringend", {"a2"}),
        ("/aanbevelingen?thema=informatie", {"a1"}),
        ("/aanbevelingen?keten=strafrecht", {"a1"}),
        ("/aanbevelingen?soort=brief&jaar=2021", {"a4"}),
        ("/aanbevelingen?van=2020", {"a4"}),
        ("/aanbevelingen?tot=2019", {"a1", "a2"}),
        ("/aanbevelingen?document=d1&document=d3", {"a1", "a2", "a5"}),
        ("/aanbevelingen?document=-d1", {"a4", "a5"}),
        ("/aanbevelingen?status=indexed_partial", {"a5"}),
        ("/aanbevelingen?q=overdracht", {"a2", "a4"}),
        ("/aanbevelingen?q=overdracht+soort:brief", {"a4"}),
        ("/bevindingen", {"b1", "b2"}),
        ("/bevindingen?aard=oordeel", {"b2"}),
        ("/bevindingen?polariteit=negatief&document=d1", {"b1"}),
        ("/bevindingen?voorstellen=ja", {"b3"}),
    ],
)
def test_filters_and_words_choose(client: FlaskClient, address: str, expected: set[str]) -> None:
    soup = page(client, address)
    assert set(ids(soup)) == expected
    assert length(client, address) == len(expected)


def test_order_and_pages(client: FlaskClient, fake: FakeSnapshot) -> None:
    assert ids(page(client, "/aanbevelingen"))[0] == "a4"
    assert ids(page(client, "/aanbevelingen?sorteer=oudste"))[-1] == "a4"
    fake.said = {"d1": tuple(recommendation(f"n{number:02}", "De overdracht") for number in range(30))}
    first = page(client, "/aanbevelingen?sterkte=formeel")
    assert len(ids(first)) == 25
    following = str(first.select("a[rel=next]")[0]["href"])
    assert following == "/aanbevelingen?sterkte=formeel&pagina=2"
    second = page(client, following)
    assert len(ids(second)) == 5
    assert "26 tot en met 30 van 30" in text_of(second, ".utrecht-pagination")
    assert {*ids(first), *ids(second)} == {f"n{number:02}" for number in range(30)}
    assert "heeft er 2" in text_of(page(client, "/aanbevelingen?pagina=3", 400), "main")


@pytest.mark.parametrize(
    "address",
    [
        "/aanbevelingen",
        "/bevindingen",
        "/aanbevelingen?q=overdracht",
        "/aanbevelingen?soort=brief&soort=rapport",
        "/aanbevelingen?sterkte=-dringend&document=d1",
        "/bevindingen?voorstellen=ja",
    ],
)
def test_every_count_is_the_length_of_the_list_behind_its_link(client: FlaskClient, address: str) -> None:
    soup = page(client, address)
    links = [(link, link.select_one(".aantal, .n")) for link in soup.select(".kb-facet a, .kb-histogram a")]
    counted = [(link, tag) for link, tag in links if tag] + [(link, link) for link in soup.select(".kb-facet a.aantal")]
    assert counted
    for link, tag in counted:
        assert length(client, str(link["href"])) == told(tag), link
    for link in soup.select(".kb-lijststand a"):
        assert length(client, str(link["href"])) == int(link.get_text().split()[0])


def test_chips_take_one_limit_away_each(client: FlaskClient) -> None:
    soup = page(
        client, "/aanbevelingen?q=medewerker&adressaat=dji&sterkte=-aandacht&document=d1&van=2018&voorstellen=nee"
    )
    chips = {chip.get_text().removesuffix(", haal weg"): str(chip["href"]) for chip in soup.select(".kb-chip")}
    assert list(chips) == [
        "gericht aan Dienst Justitiële Inrichtingen",
        "zonder onder de aandacht gebracht",
        f"document ‘Onderweg {HOSTILE}’",
        "vanaf 2018",
    ]
    for address in chips.values():
        assert address.startswith("/aanbevelingen?q=medewerker&")
        assert ids(page(client, address)) == ["a1"]
    forms = soup.select("main form")
    assert len(forms) == 3
    assert {str(form["action"]) for form in forms} == {"/aanbevelingen"}


def test_names_that_were_searched_besides_are_told(client: FlaskClient) -> None:
    soup = page(client, "/aanbevelingen?q=DJI")
    assert "Dienst Justitiële Inrichtingen" in text_of(soup, ".kb-chips--namen")


def test_nothing_found_says_what_would_give_something(client: FlaskClient) -> None:
    soup = page(client, "/aanbevelingen?q=medewerker+zebra&jaar=2021")
    assert "Niets gevonden voor ‘medewerker zebra’" in text_of(soup, "h1")
    assert soup.select("form[action='/aanbevelingen']")
    single = page(client, "/aanbevelingen?q=medewerker&jaar=2021")
    tips = {str(tip.a["href"]): tip.span.get_text() for tip in single.select(".kb-tips li") if tip.a and tip.span}
    assert tips["/aanbevelingen?q=medewerker"] == "1 aanbeveling"
    assert tips["/bevindingen?q=medewerker"] == "1 bevinding"
    for address, count in tips.items():
        assert length(client, address) == int(count.split()[0])


@pytest.mark.parametrize("address", [*LISTS, "/aanbevelingen?voorstellen=ja"])
def test_a_library_without_statements_says_so(client: FlaskClient, fake: FakeSnapshot, address: str) -> None:
    fake.said = {}
    assert text_of(page(client, address), "h1").startswith("Geen ")
    assert client.get(f"{address.partition('?')[0]}?formaat=jsonl").get_data() == b""
    page(client, "/")
    assert not page(client, "/documenten/d1").select("#aanbevelingen, .kb-indit")


@pytest.mark.parametrize(
    ("parameters", "message"),
    [
        ("adressaat=onzin", "'onzin' bestaat niet"),
        ("sterkte=zwak", "'zwak' bestaat niet"),
        ("document=onzin", "'onzin' is niet bekend"),
        ("document=-", "is niet bekend"),
        ("jaar=x", "geen jaartal"),
        ("van=ooit", "geen datum"),
        ("sorteer=titel", "kies uit datum, oudste"),
        ("voorstellen=misschien", "kies ja of nee"),
        ("pagina=0", "kies een getal"),
        ("formaat=xml", "kies uit csv, jsonl"),
        ("&".join(f"jaar={1900 + number}" for number in range(51)), "Meer dan 50 filters"),
    ],
)
def test_bad_input_is_refused_in_one_line(client: FlaskClient, parameters: str, message: str) -> None:
    lead = text_of(page(client, f"/aanbevelingen?{parameters}", 400), "main .nl-paragraph--lead")
    assert message in lead
    assert "\n" not in lead


# Taking along


@pytest.mark.parametrize("question", ["", "q=overdracht&", "voorstellen=ja&", "sorteer=oudste&soort=rapport&"])
@pytest.mark.parametrize("path", LISTS)
def test_an_export_is_the_list(client: FlaskClient, fake: FakeSnapshot, path: str, question: str) -> None:
    expected = ids(page(client, f"{path}?{question}"))
    lines = client.get(f"{path}?{question}formaat=jsonl")
    assert lines.headers["Content-Disposition"] == f"attachment; filename={path[1:]}.jsonl"
    rows = [json.loads(line) for line in lines.get_data(as_text=True).splitlines()]
    assert [row["id"] for row in rows] == expected
    whole = {row["id"]: row for row in export.KINDS[path[1:]](fake)}  # type: ignore[operator]
    assert rows == [whole[name] for name in expected]
    table = client.get(f"{path}?{question}formaat=csv")
    assert table.content_type == "text/csv; charset=utf-8"
    cells = list(csv.DictReader(io.StringIO(table.get_data(as_text=True).removeprefix(export.BYTE_ORDER_MARK))))
    assert [row["id"] for row in cells] == expected


def test_an_export_holds_all_pages_and_is_linked(client: FlaskClient, fake: FakeSnapshot) -> None:
    fake.said = {"d1": tuple(recommendation(f"n{number:02}", "De overdracht") for number in range(30))}
    soup = page(client, "/aanbevelingen?q=overdracht&pagina=2")
    links = [str(link["href"]) for link in soup.select("a[download]")]
    assert links == [f"/aanbevelingen?q=overdracht&formaat={name}" for name in ("csv", "jsonl")]
    assert "(30 aanbevelingen)" in soup.select("a[download]")[0].get_text()
    assert len(client.get(links[1]).get_data(as_text=True).splitlines()) == 30


# One at its permanent address


def test_a_recommendation_has_a_page_with_all_about_it(client: FlaskClient) -> None:
    soup = page(client, "/aanbevelingen/a1")
    assert text_of(soup, "h1") == "‘Een medewerker ziet het <b>niet</b> meer.’"
    facts = text_of(soup, "aside section:first-child dl")
    for part in ("Nummer 3", "formele aanbeveling", "Pagina 1", "rapport", "3 oktober 2019", "Inspectie"):
        assert part in facts
    for address in ("/organisaties/dji", "/ketens/strafrecht", "/themas/informatie", "/documenten/d1#p0"):
        assert soup.select(f"main a[href='{address}']"), address
    assert soup.select("a[href='/documenten/d1/bestand#page=1']")
    why = soup.select("aside section")[1].get_text(" ", strip=True)
    assert "genummerd" in why
    assert "R1" in why
    assert "hoofdstuk met aanbevelingen" in why
    assert "zekerheid hoog (0,90)" in why
    also = soup.select(".kb-regels a[href^='/documenten/']")
    assert also[0].get_text().startswith("p. 2")
    cited = soup.select("aside section")[2].get_text(" ", strip=True)
    assert f"Inspectie (2019). Onderweg {HOSTILE}, aanbeveling 3, p. 1." in cited
    assert "/aanbevelingen/a1" in cited
    for action in ("confirm", "reject", "change"):
        assert f"kennisbank correct {action} a1" in soup.get_text()
    siblings = soup.select("main a[href='/aanbevelingen?document=d1']")[0]
    assert "2 aanbevelingen" in siblings.get_text()
    assert length(client, str(siblings["href"])) == 2


def test_the_text_around_it_is_shown_with_itself_marked(client: FlaskClient) -> None:
    soup = page(client, "/bevindingen/b1")
    assert [mark.get_text() for mark in soup.select(".kb-omgeving mark")] == ["De overdracht stokt"]
    blocks = [block.get_text() for block in soup.select(".kb-omgeving p")]
    assert len(blocks) == 3
    assert all(block in TEXT.replace("\u202e", "") for block in blocks)
    assert "1.1 Gevolgen" not in blocks


def test_a_proposal_says_that_it_does_not_count(client: FlaskClient) -> None:
    assert "Mogelijk een aanbeveling" in text_of(page(client, "/aanbevelingen/a3"), ".utrecht-alert")
    assert not page(client, "/aanbevelingen/a1").select(".utrecht-alert")


def test_an_original_without_pages_is_opened_as_a_whole(client: FlaskClient) -> None:
    assert page(client, "/bevindingen/b2").select("a[href='/documenten/d2/bestand']")


@pytest.mark.parametrize(
    "address",
    [
        "/aanbevelingen/onzin",
        "/aanbevelingen/b1",
        "/bevindingen/a1",
        "/aanbevelingen/a6",
        "/aanbevelingen/%3Cscript%3E",
    ],
)
def test_what_does_not_exist_or_is_withdrawn_is_not_found(client: FlaskClient, address: str) -> None:
    soup = page(client, address, 404)
    assert "Deze pagina bestaat niet" in text_of(soup, "h1")
    assert "De overdracht" not in soup.get_text()


@pytest.mark.parametrize(
    "address", [*LISTS, "/aanbevelingen/a1", "/aanbevelingen/a2", "/documenten/d1", "/aanbevelingen?document=d1"]
)
def test_what_documents_say_is_shown_and_never_executed(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    body = answer.get_data(as_text=True)
    assert HOSTILE not in body
    assert "<b>niet</b>" not in body
    assert "\u202e" not in body
    assert " style=" not in body
    assert "Set-Cookie" not in answer.headers


# Elsewhere on the site


def test_a_document_lists_what_it_recommends_and_links_to_its_findings(client: FlaskClient) -> None:
    soup = page(client, "/documenten/d1")
    (block,) = soup.select("#aanbevelingen")
    certain = [str(link["href"]) for link in block.select(":scope > ol h3 a")]
    assert certain == ["/aanbevelingen/a2", "/aanbevelingen/a1"]
    assert [str(link["href"]) for link in block.select("details h3 a")] == ["/aanbevelingen/a3"]
    assert "1 voorstel" in text_of(block, "summary")
    for link in block.select("h3 + p a[href^='#']"):
        assert soup.select(f"[id='{str(link['href'])[1:]}']")
    links = {str(link["href"]): link.get_text() for link in soup.select(".kb-indit a[href^='/']")}
    assert links == {"/aanbevelingen?document=d1": "2 aanbevelingen", "/bevindingen?document=d1": "1 bevinding"}
    other = page(client, "/documenten/d2").select(".kb-indit a[href^='/']")
    for link in other:
        assert length(client, str(link["href"])) == int(link.get_text().split()[0])
    assert len(other) == 3


def test_a_tag_is_a_main_subject_or_not(client: FlaskClient) -> None:
    soup = page(client, "/documenten/d1")
    assert [head.get_text() for head in soup.select(".kb-tagkop")] == ["Hoofdonderwerpen"]
    assert "Hoofdonderwerp, letterlijk genoemd" in text_of(soup, ".kb-bewijs")


@pytest.mark.parametrize("address", ["/ketens/strafrecht", "/ketens/asiel", "/themas/informatie", "/organisaties/dji"])
def test_counts_on_the_page_of_a_term_are_lists(client: FlaskClient, address: str) -> None:
    soup = page(client, address)
    figures = soup.select(".kb-cijfers div")
    bars = soup.select(".kb-histogram a")
    assert figures
    assert bars
    for figure in figures:
        assert figure.a
        assert figure.dd
        assert length(client, str(figure.a["href"])) == int(figure.dd.get_text())
    for bar in bars:
        (count,) = bar.select(".n")
        assert length(client, str(bar["href"])) == int(count.get_text())


def test_an_organisation_has_what_is_addressed_to_it(client: FlaskClient) -> None:
    figures = {str(link["href"]): link.get_text() for link in page(client, "/organisaties/dji").select(".kb-cijfers a")}
    assert figures["/aanbevelingen?adressaat=org%3Adji"] == "aanbeveling aan deze organisatie"


def test_the_start_page_and_the_menu_lead_to_both_lists(client: FlaskClient) -> None:
    soup = page(client, "/")
    for path in LISTS:
        assert soup.select(f"#hoofdmenu a[href='{path}']")
        (figure,) = [div for div in soup.select(".kb-cijfers div") if div.a and div.a["href"] == path]
        assert figure.dd
        assert length(client, path) == int(figure.dd.get_text())
    (example,) = [link for link in soup.select(".kb-vragen a") if str(link["href"]).startswith("/aanbevelingen")]
    assert "1 aanbeveling" in example.get_text()
    assert length(client, str(example["href"])) == 1
    assert page(client, "/bevindingen").select("#hoofdmenu a[aria-current=page]")[0].get_text() == "Bevindingen"


def test_the_explanation_tells_every_rule(client: FlaskClient) -> None:
    soup = page(client, "/uitleg")
    assert soup.select("#regels")
    rules = [row.get_text() for row in soup.select("#regels ~ section tbody th")]
    assert [name for name in rules if name[0] in "RF"] == [f"R{n}" for n in range(1, 9)] + [
        f"F{n}" for n in range(1, 5)
    ]


def test_nothing_that_is_withdrawn_is_listed(client: FlaskClient) -> None:
    assert any(row.id == "weg" for row in ROWS)
    for path in LISTS:
        assert "a6" not in client.get(f"{path}?formaat=jsonl").get_data(as_text=True)
