import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import repair

WORDS = repair.vocabulary(
    [
        "De veiligheidsregio en de informatie-uitwisseling met de jeugdbescherming.",
        "De informatiepositie van het Openbaar Ministerie bij het voorwaardelijke verlof.",
    ]
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("o\ufb03ci\u00eble \ufb01ets", "offici\u00eble fiets"),
        ("e\u0301e\u0301n", "\u00e9\u00e9n"),
        ("tekst\u00a0met\u2003spaties\x00 en\u200bniets", "tekst met spaties enniets"),
        ("ge\u00addetineerde", "gedetineerde"),
        ("tbs\u2011kliniek", "tbs-kliniek"),
        ("\x7f eerst", "• eerst"),
        ("los\ud800teken", "losteken"),
        ("cel een\tcel twee", "cel een\tcel twee"),
        ("\u00e9en\t\u00e9\u00e9n  twee", "\u00e9en\t\u00e9\u00e9n twee"),
    ],
)
def test_clean_spells_out_and_drops(raw: str, clean: str) -> None:
    assert repair.clean(raw) == clean


@pytest.mark.parametrize("hyphen", ["\u00ad", "\u2010", "\ufffe"])
def test_a_hyphen_of_the_typesetter_at_a_line_end_always_goes(hyphen: str) -> None:
    assert repair.join([repair.clean(f"informatie{hyphen}"), "uitwisseling"], {}) == "informatieuitwisseling"


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["De jeugdbescher-", "ming schiet tekort."], "De jeugdbescherming schiet tekort."),
        (["goede informatie-", "uitwisseling"], "goede informatie-uitwisseling"),
        (["een risico-", "inschatting"], "een risico-inschatting"),
        (["jeugd-", "en gezinshulp"], "jeugd- en gezinshulp"),
        (["in- of", "uitstroom"], "in- of uitstroom"),
        (["de JenV-", "organisaties"], "de JenV-organisaties"),
        (["niet-", "ingezetenen"], "niet-ingezetenen"),
        (["een e-", "mailbericht"], "een e-mailbericht"),
        (["Noord-", "Holland"], "Noord-Holland"),
        (["2019-", "2024"], "2019-2024"),
        (["materi-", "eel"], "materieel"),
        (["AANBEVE-", "LINGEN"], "AANBEVELINGEN"),
        (["een zin -", "met een streepje"], "een zin - met een streepje"),
        (["onge\u00ad", "veer"], "ongeveer"),
        (["een", "", " twee "], "een twee"),
        ([], ""),
    ],
)
def test_join_mends_words_by_the_vocabulary_and_dutch_spelling(lines: list[str], text: str) -> None:
    assert repair.join(lines, WORDS) == text


def test_the_vocabulary_of_the_document_wins_over_the_rule() -> None:
    assert repair.join(["politie-", "inzet"], {}) == "politie-inzet"
    assert repair.join(["politie-", "inzet"], {"politieinzet": 2}) == "politieinzet"
    assert repair.join(["zorg-", "plicht"], {}) == "zorgplicht"
    assert repair.join(["zorg-", "plicht"], {"zorg-plicht": 1}) == "zorg-plicht"


def test_the_vocabulary_leaves_out_halves_of_words() -> None:
    words = repair.vocabulary(["een zelfstan-", "dige organisatie"])
    assert dict(words) == {"een": 1, "organisatie": 1}


def test_a_word_cut_by_a_page_break_goes_to_the_page_where_it_begins() -> None:
    assert repair.carry_over("de jeugdbescher-", "ming schiet tekort", WORDS) == (
        "de jeugdbescherming",
        "schiet tekort",
    )
    assert repair.carry_over("jeugd-", "en gezinshulp", WORDS) == ("jeugd-", "en gezinshulp")
    assert repair.carry_over("heel", "gewoon", WORDS) == ("heel", "gewoon")


LETTERS = st.text("abdefghklmnoprstvwz", min_size=4, max_size=14)


@given(words=st.lists(LETTERS, min_size=1, max_size=12), cut=st.integers(2, 12))
def test_hyphenating_and_joining_gives_the_text_back(words: list[str], cut: int) -> None:
    lines: list[str] = []
    for word in words:
        at = min(cut, len(word) - 2)
        lines += [f"{word[:at]}-", word[at:]]
    known = dict.fromkeys(words, 2)
    coupled = {"en", "of", "tot", "dan"}
    if not any(line in coupled for line in lines):
        assert repair.join([" ".join(pair) for pair in _pairs(lines)], known) == " ".join(words)


def _pairs(lines: list[str]) -> list[list[str]]:
    """The rest of each word stands on one line with the begin of the next."""
    return [lines[:1], *(lines[at : at + 2] for at in range(1, len(lines), 2))]


@given(st.text())
def test_clean_gives_text_that_can_be_written(raw: str) -> None:
    clean = repair.clean(raw)
    clean.encode()
    assert not any(ord(char) < 32 and char not in "\t" for char in clean)


@pytest.mark.parametrize("hostile", ["a" * 400_000, "a-" * 200_000, "\ufb01" * 200_000, "- " * 200_000])
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    start = time.perf_counter()
    repair.join([repair.clean(hostile), hostile], repair.vocabulary([hostile]))
    assert time.perf_counter() - start < 5
