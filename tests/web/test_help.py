"""Help along the way: what may have been meant, what was searched besides, and a way on where nothing was found."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from fake_library import HOSTILE
from flask.testing import FlaskClient
from test_search_page import listed, one, page

from kennisbank.library import Library
from kennisbank.settings import Settings
from web import create_app, empty
from web.pages import Link
from web.params import Search

CHIP = ".kb-chips--namen a"


@pytest.fixture(scope="module")
def visitor(sample_library: Library, sample_settings: Settings) -> FlaskClient:
    """A visitor of the sample corpus."""
    return create_app(sample_library, sample_settings).test_client()


def tips(soup: BeautifulSoup) -> dict[str, tuple[str, str]]:
    """Text of a tip -> its address, empty without a link, and what is told about it."""
    found = {}
    for tip in soup.select(".kb-tips li"):
        link = tip.a or tip.span
        assert isinstance(link, Tag)
        found[link.get_text()] = (str(link.get("href", "")), tip.select("span.kb-stil")[-1].get_text())
    return found


# Words that occur nowhere


def test_a_proposal_is_a_link_that_changes_only_that_word(client: FlaskClient) -> None:
    soup = page(client, "/?q=zebra+overdrachtt&keten=asiel&pagina=1&sorteer=datum")
    (line,) = [line for line in soup.select(".kb-uitleg-vraag li") if "bedoelde" in line.get_text()]
    assert line.get_text().startswith("‘overdrachtt’ komt nergens voor; bedoelde u overdracht of <script>")
    assert parse_qs(urlsplit(str(line.select("a")[0]["href"])).query) == {
        "q": ["zebra overdracht"],
        "keten": ["keten:asiel"],
        "sorteer": ["datum"],
    }
    assert line.select("a")[1].get_text() == HOSTILE


def test_several_proposals_can_be_taken_at_once(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdrachtt+informatiee")
    links = {link.get_text(): str(link["href"]) for link in soup.select(".kb-uitleg-vraag a")}
    assert links["overdracht informatie"] == "/?q=overdracht+informatie"
    assert links["overdracht"] == "/?q=overdracht+informatiee"


def test_a_slip_is_set_right_and_the_chip_takes_that_away(visitor: FlaskClient) -> None:
    soup = page(visitor, "/?q=overdrachtt")
    chip = one(soup, CHIP)
    assert chip.get_text() == "‘overdrachtt’ komt nergens voor; gezocht op: overdracht, zet uit"
    soup = page(visitor, str(chip["href"]))
    assert one(soup, "h1").get_text() == "Niets gevonden voor ‘overdrachtt’"
    address, told = tips(soup)["Bedoelde u: overdracht"]
    assert listed(visitor, address) == int(told.split()[0]) > 0


# Other names


def test_a_name_can_be_searched_without_its_other_names_and_with_them_again(visitor: FlaskClient) -> None:
    soup = page(visitor, "/?q=DJI+overdracht&soort=rapport")
    chip = one(soup, CHIP)
    assert chip.get_text() == "‘DJI’ ook gezocht op: Dienst Justitiële Inrichtingen, zet uit"
    assert chip["href"] == "/?q=DJI+overdracht&letterlijk=DJI&soort=rapport"
    less = page(visitor, str(chip["href"]))
    assert "Dienst Justitiële Inrichtingen" not in {mark.get_text() for mark in less.select("mark")}
    assert "Dienst Justitiële Inrichtingen" in {mark.get_text() for mark in soup.select("mark")}
    assert one(less, CHIP)["href"] == "/?q=DJI+overdracht&soort=rapport"
    assert "niet op andere namen" in one(less, CHIP).get_text()


def test_names_are_switched_one_by_one(visitor: FlaskClient) -> None:
    soup = page(visitor, "/?q=DJI+COA&letterlijk=dji")
    told = {chip.get_text().partition(",")[0]: str(chip["href"]) for chip in soup.select(CHIP)}
    assert told == {
        "‘COA’ ook gezocht op: Centraal Orgaan opvang asielzoekers": "/?q=DJI+COA&letterlijk=dji&letterlijk=COA",
        "‘DJI’ niet op andere namen gezocht": "/?q=DJI+COA",
    }


def test_every_link_and_form_keeps_a_name_as_it_stands(visitor: FlaskClient) -> None:
    soup = page(visitor, "/?q=Dienst+Justitiële+Inrichtingen&letterlijk=dienst+justitiele+inrichtingen")
    links = soup.select(".kb-facet a, .kb-histogram a, .kb-hit a")
    assert len(links) > 10
    for link in links:
        assert parse_qs(urlsplit(str(link["href"])).query)["letterlijk"] == ["dienst justitiele inrichtingen"]
    for form in soup.select("main form"):
        assert form.select("input[name=letterlijk]"), form["class"]
    for link in soup.select(".kb-facet li > a:has(.aantal)")[:8]:
        assert listed(visitor, str(link["href"])) == int(one(link, ".aantal").get_text())


def test_the_reader_marks_what_was_searched(visitor: FlaskClient) -> None:
    soup = page(visitor, "/?q=COA&letterlijk=COA")
    address = str(soup.select(".kb-paginas a")[0]["href"])
    reader = page(visitor, address)
    assert {mark.get_text() for mark in reader.select(".kb-tekst mark")} == {"COA"}
    assert "letterlijk=COA" in str(reader.select("[data-stap]")[0]["href"])
    assert reader.select(".utrecht-breadcrumb-nav a")[0]["href"] == "/?q=COA&letterlijk=COA"


def test_a_name_that_is_no_longer_asked_leaves_the_address(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht&letterlijk=DJI&letterlijk=&letterlijk=-")
    assert "letterlijk" not in str(soup.select("main")[0])


# Nothing found


def test_every_limit_tells_what_there_is_without_it(client: FlaskClient) -> None:
    soup = page(client, "/?q=overdracht&keten=terugkeer&soort=brief&soort=-rapport&tot=2022")
    found = tips(soup)
    assert found["Zonder: keten terugkeerketen"] == ("/?q=overdracht&soort=brief&soort=-rapport&tot=2022", "1 document")
    assert found["Zonder: zonder rapport"] == ("", "nog steeds niets")
    assert found["Zonder: tot en met 2022"] == ("", "nog steeds niets")
    for address, told in found.values():
        assert listed(client, address or "/?q=zebra") == (int(told.split()[0]) if address else 0)


@pytest.mark.parametrize(
    ("question", "text", "address"),
    [
        (
            '"personeel overdracht"',
            "Niet letterlijk en niets verplicht: personeel overdracht",
            "/?q=personeel+overdracht",
        ),
        ('"overdracht zebra giraf gnoe"', "Niet alle woorden: overdracht", "/?q=overdracht"),
        ("overdracht -personeel -informatie -de", "Ook met wat u uitsloot: overdracht", "/?q=overdracht"),
        ("zebra giraf", None, None),
        ("zebra EN giraf EN gnoe EN overdracht", "Niet alle woorden: overdracht", "/?q=overdracht"),
    ],
)
def test_the_nearest_wider_question_comes_with_its_count(
    visitor: FlaskClient, question: str, text: str | None, address: str | None
) -> None:
    answer = visitor.get("/", query_string={"q": question})
    found = tips(BeautifulSoup(answer.get_data(as_text=True), "lxml"))
    wider = {name: tip for name, tip in found.items() if not name.startswith(("Zonder", "Bedoelde"))}
    assert list(wider) == ([text] if text else [])
    for name, (link, told) in wider.items():
        assert name == text
        assert link == address
        assert listed(visitor, link) == int(told.split()[0]) > 0


def test_where_no_wider_question_meets_the_filters_one_without_them_is_offered(visitor: FlaskClient) -> None:
    address = "/?q=%22personeel+overdracht%22&keten=asiel&soort=brief"
    found = tips(page(visitor, address))
    assert found["Zonder: soort brief"] == ("", "nog steeds niets")
    link, told = found["Zonder alle filters. Niet letterlijk en niets verplicht: personeel overdracht"]
    assert link == "/?q=personeel+overdracht"
    assert listed(visitor, link) == int(told.split()[0]) > 0


def test_the_rarest_word_goes_first(visitor: FlaskClient) -> None:
    soup = page(visitor, "/?q=medicatie+overdracht+verlofgangers&keten=asiel&deels=nee")
    found = tips(soup)
    (wider,) = [name for name in found if name.startswith("Niet alle woorden")]
    assert wider in ("Niet alle woorden: medicatie overdracht", "Niet alle woorden: overdracht")
    address, told = found[wider]
    assert address.endswith("&keten=keten%3Aasiel&deels=nee")
    assert listed(visitor, address) == int(told.split()[0]) > 0


def test_it_says_what_was_searched(visitor: FlaskClient, sample_library: Library) -> None:
    overview = sample_library.current().overview()
    text = one(page(visitor, "/?q=kangoeroe"), "section[aria-labelledby=gz]").get_text(" ", strip=True)
    assert f"In {overview.documents} documenten tot en met" in text
    assert str(overview.last_year) in text


def test_the_parts_of_a_compound_can_go_as_well(visitor: FlaskClient) -> None:
    chip = one(page(visitor, "/?q=informatieuitwisseling"), CHIP)
    assert "dicht bij elkaar" in chip.get_text()
    assert chip["href"] == "/?q=informatieuitwisseling&letterlijk=informatieuitwisseling"
    assert one(page(visitor, str(chip["href"])), CHIP)["href"] == "/?q=informatieuitwisseling"


def test_a_question_that_costs_much_is_not_asked_over_and_over() -> None:
    asked: list[str] = []

    def count(search: Search) -> int:
        asked.append(search.text)
        return 1

    counting = empty.Budget(words=3).counting(count)
    assert [counting(Search(text)) for text in ("een twee", "drie")] == [1, 1]
    with pytest.raises(empty.Spent):
        counting(Search("vier"))
    with pytest.raises(empty.Spent):
        empty.Budget(words=empty.COSTLY).counting(count)(Search("vier*"))
    assert asked == ["een twee", "drie"]


def test_tips_end_where_the_budget_does_and_keep_what_was_found() -> None:
    def found() -> Iterator[Link]:
        yield Link("/", "eerste", 1, "1 document")
        raise empty.Spent

    assert [link.text for link in empty.until_spent(found())] == ["eerste"]
