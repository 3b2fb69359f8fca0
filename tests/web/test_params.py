"""An address is the whole state of a search."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from fake_library import FakeSnapshot
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from kennisbank.errors import QueryError, UsageError
from kennisbank.query import Filters
from kennisbank.settings import SearchSettings
from web.params import Search, is_search, read

SETTINGS = SearchSettings()


def args(address: str) -> MultiDict[str, str]:
    return MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def read_address(address: str, fake: FakeSnapshot) -> Search:
    return read(args(address), fake, SETTINGS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "search",
    [
        Search(),
        Search('overdracht -asiel "vast aanspreekpunt"'),
        Search(
            "a & b=c",
            Filters({"keten": ("keten:asiel", "keten:jeugd")}, {"thema": ("thema:leren",)}, "2018", "2019-02"),
        ),
        Search("x", Filters({"uitgever": ("A & B",), "jaar": ("2019",), "soort": ("brief",)}), 3, 20, "datum", False),
    ],
)
def test_an_address_reads_back_as_the_same_search(search: Search, fake: FakeSnapshot) -> None:
    assert read_address(search.address, fake) == search


@given(st.text(alphabet="abc \"'&=+-():%#?é", max_size=40))
def test_any_question_survives_the_address_twice(text: str) -> None:
    once = args(Search(text).address)
    assert once.get("q", "") == text


@pytest.mark.parametrize(
    ("address", "text", "chosen", "excluded"),
    [
        ("/?q=wachtlijst+keten:asiel", "wachtlijst", {"keten": ("keten:asiel",)}, {}),
        ("/?q=-soort:brief+wachtlijst", "wachtlijst", {}, {"soort": ("brief",)}),
        ("/?q=wachtlijst+NIET+soort:brief", "wachtlijst", {}, {"soort": ("brief",)}),
        ("/?q=KETEN:asiel+wachtlijst", "wachtlijst", {"keten": ("keten:asiel",)}, {}),
        ('/?q=keten:"asiel"+wachtlijst', "wachtlijst", {"keten": ("keten:asiel",)}, {}),
        ("/?q=(keten:asiel+OF+keten:jeugd)+verlof", "verlof", {"keten": ("keten:asiel", "keten:jeugd")}, {}),
        ("/?q=verlof+keten:asiel+OF+keten:jeugd", "verlof", {"keten": ("keten:asiel", "keten:jeugd")}, {}),
        ("/?q=titel:verlof+jaar:2018..2019", "titel:verlof", {"jaar": ("2018", "2019")}, {}),
        ('/?q=titel:"goed+verlof"', 'titel:"goed verlof"', {}, {}),
        ('/?q="keten:asiel"+wachtlijst', '"keten:asiel" wachtlijst', {}, {}),
        ("/?q=tijd:later+keten:asiel&keten=jeugd", "tijd:later", {"keten": ("keten:jeugd", "keten:asiel")}, {}),
    ],
)
def test_filters_in_the_question_become_filters_that_can_be_taken_away(
    address: str,
    text: str,
    chosen: dict[str, tuple[str, ...]],
    excluded: dict[str, tuple[str, ...]],
    fake: FakeSnapshot,
) -> None:
    search = read_address(address, fake)
    assert (search.text, search.filters.chosen, search.filters.excluded) == (text, chosen, excluded)


@pytest.mark.parametrize(
    "address",
    [
        "/?keten=onzin",
        "/?soort=onzin",
        "/?van=gisteren",
        "/?pagina=0",
        "/?pagina=-1",
        "/?pagina=x",
        "/?pagina=%C2%B2",
        "/?pagina=1002",
        "/?pagina=" + "9" * 5000,
        "/?limit=0",
        "/?limit=101",
        "/?sorteer=willekeurig",
        "/?deels=misschien",
        "/?" + "&".join(f"uitgever=u{number}" for number in range(51)),
    ],
)
def test_what_does_not_exist_or_is_out_of_range_is_refused(address: str, fake: FakeSnapshot) -> None:
    with pytest.raises(UsageError):
        read_address(address, fake)


def test_a_question_that_is_too_long_is_refused(fake: FakeSnapshot) -> None:
    with pytest.raises(QueryError):
        read_address("/?q=" + "x" * 2001, fake)


def test_one_change_leaves_the_rest_and_goes_back_to_the_first_page() -> None:
    search = Search(
        "x", Filters({"keten": ("keten:asiel",)}, {"keten": ("keten:jeugd",)}, "2018"), page=3, sort="datum"
    )
    assert search.adding("keten", "keten:migratie").pairs() == [
        ("q", "x"),
        ("keten", "keten:asiel"),
        ("keten", "keten:migratie"),
        ("keten", "-keten:jeugd"),
        ("van", "2018"),
        ("sorteer", "datum"),
    ]
    assert search.only("keten", "keten:jeugd").filters.chosen == {"keten": ("keten:jeugd",)}
    assert search.only("keten", "keten:jeugd").filters.excluded == {}
    assert search.excluding("keten", "keten:asiel").filters.excluded == {"keten": ("keten:jeugd", "keten:asiel")}
    assert search.removing("keten", "keten:asiel").filters.chosen == {}
    assert search.without_date("van").filters.date_from is None
    assert search.on_page(4).page == 4
    assert {search.with_partial(False).page, search.without_filters().page} == {1}


def test_only_known_parameters_make_a_search() -> None:
    assert not is_search(args("/?utm_source=post"))
    assert is_search(args("/?q="))
