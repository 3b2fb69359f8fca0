"""Compounds: real ones come apart at the right joints, words that only look like it stay whole."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kennisbank import compounds, dutch
from kennisbank.compounds import Splitter, made_of, our_words, read_lexicon, uninflected
from kennisbank.query import parse
from kennisbank.search.concepts import plan
from kennisbank.search.snippets import Marker
from kennisbank.taxonomy import load

SHARED = Path(__file__).parents[2] / ".." / "shared"
TAXONOMY = load()


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("asielketen", "asiel keten"),
        ("jeugdzorginstellingen", "jeugd zorg instelling"),
        ("gedetineerdenbegeleiding", "gedetineerde begeleiding"),
        ("kinderrechter", "kind rechter"),
        ("crisismaatregelen", "crisis maatregel"),
        ("bestuursleden", "bestuur lid"),
        ("vreemdelingenbewaring", "vreemdeling bewaring"),
        ("trainingsport", "training sport"),
        ("levensloop", "leven loop"),
        ("netbeheerder", "net beheerder"),
        ("celdeuren", "cel deur"),
        ("keteninformatiesystemen", "keten informatie systeem"),
        ("politiebureau's", "politie bureau"),
        ("ziekteverzuim", "ziekte verzuim"),
    ],
)
def test_compounds_come_apart(word: str, parts: str) -> None:
    assert dutch.compound(word) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    """aanbeveling achteraf afgelopen belangrijk burgemeester codering culturen donderdag gemeentelijke gesproken
    handhaving huiselijk ingevolge leidinggevende maatschappelijk medewerkers minister natuurlijk onderzoek
    organisatie overheid samenwerking slachtoffers toezicht veranderingen verslagen waardering 2021 tbs kt""".split(),
)
def test_other_words_stay_whole(word: str) -> None:
    assert dutch.forms(word).parts == ()
    assert dutch.compound(word) == ()


def test_adjoining_parts_also_count_together() -> None:
    found = {part.stem for part in dutch.forms("jeugdbeschermingsketens").parts}
    wanted = ("jeugd", "bescherming", "keten", "jeugdbescherming", "beschermingsketen")
    assert found == {dutch.forms(word).stem for word in wanted}


def test_a_compound_has_the_dictionary_form_of_its_last_part() -> None:
    assert dutch.forms("celdeuren").lemma == "celdeur"
    assert dutch.forms("bestuursleden").lemma == dutch.forms("bestuurslid").lemma == "bestuurslid"


def test_three_letters_are_a_part_only_when_the_list_of_the_field_has_them() -> None:
    words = made_of({"delen": ["keten"], "begin": [], "eind": [], "nooit": [], "heel": []}, {"net": "be", "bende": "e"})
    splitter = Splitter(words)
    assert splitter.split("netketen") == ()
    assert [part.base for part in splitter.split("ketenbende")] == ["keten", "bende"]
    ours = Splitter(made_of({"delen": ["keten", "net"], "begin": [], "eind": [], "nooit": [], "heel": []}, {}))
    assert [part.base for part in ours.split("netketen")] == ["net", "keten"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [("straffen", "straf"), ("raden", "raad"), ("brieven", "brief"), ("huizen", "huis"), ("overheden", "overheid"),
     ("huisjes", "huis"), ("agenda's", "agenda"), ("ketens", "keten"), ("brede", "breed")],
)  # fmt: skip
def test_endings_come_off(word: str, expected: str) -> None:
    assert expected in set(uninflected(word))


def test_the_list_of_the_field_is_in_order() -> None:
    folder = Path(compounds.__file__).parent / compounds.DATA
    lexicon = read_lexicon((folder / compounds.LEXICON).read_text(encoding="utf-8"))
    assert set(lexicon) == {"delen", "begin", "eind", "nooit", "heel"}
    for name, words in lexicon.items():
        assert len(words) == len(set(words)), name
        assert all(dutch.fold(word) == word and word.replace("=", "").isalpha() for word in words), name
    assert not set(lexicon["delen"]) & set(lexicon["nooit"])


def test_the_dictionary_is_small_and_bears_its_origin() -> None:
    path = Path(compounds.__file__).parent / compounds.DATA / compounds.DICTIONARY
    assert path.stat().st_size < 80_000
    assert len(our_words().dictionary) > 15_000
    assert "OpenTaal" in (Path(__file__).parents[2] / "NOTICE").read_text(encoding="utf-8")


@given(st.lists(st.sampled_from(["jeugd", "bescherming", "s", "keten", "en", "politie", "xq", "er"]), max_size=7))
def test_parts_stand_in_order_with_only_links_between(pieces: list[str]) -> None:
    word = "".join(pieces)
    found = compounds.split(word)
    assert len(found) != 1
    at = 0
    for part in found:
        assert word[at : part.start] in compounds.LINKS
        assert part.start < part.end
        at = part.end
    assert not found or (found[0].start, at) == (0, len(word))


def marked(question: str, text: str) -> list[str]:
    marker = Marker(plan(parse(question, taxonomy=TAXONOMY), TAXONOMY).concepts)
    return [hit.span.of(text) for hit in marker.hits(text)]


@pytest.mark.parametrize(
    ("question", "text", "marks"),
    [
        ("keten", "De jeugdbeschermingsketens, de Ketenpartners.", ["ketens", "Keten"]),
        ("keten", "Een keten van jeugdbeschermingsketens.", ["keten", "ketens"]),
        ("jeugdbescherming", "De jeugdbeschermingsketen.", ["jeugdbescherming"]),
        ("jeugd keten", "De jeugdbeschermingsketen.", ["jeugd", "keten"]),
        ("informatieuitwisseling", "uitwisseling van informatie", ["uitwisseling", "informatie"]),
        ("coördinatie", "De crisiscoördinatie.", ["coördinatie"]),
        ('"keten"', "De jeugdbeschermingsketen.", []),
    ],
)
def test_quotes_mark_the_part_within_the_word(question: str, text: str, marks: list[str]) -> None:
    assert marked(question, text) == marks


def test_the_explanation_tells_of_parts_apart() -> None:
    notes = plan(parse("informatieuitwisseling jeugd", taxonomy=TAXONOMY), TAXONOMY).explanation
    assert [(note.word, note.became) for note in notes if note.kind == "delen"] == [
        ("informatieuitwisseling", ("informatie", "uitwisseling"))
    ]


def gold(path: Path, first: str) -> list[list[str]]:
    if not path.exists():
        pytest.skip(f"{path.name}: de beoordeelde woorden staan niet naast het project")
    rows = csv.reader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [row for row in rows if row and not row[0].startswith("#") and row[0] != first]


def parts_of(word: str) -> list[str]:
    single = [token.surface for token in dutch.tokens(word) if not token.joined]
    return [part for surface in single for part in dutch.compound(surface) or [dutch.forms(surface).lemma]]


def same(found: list[str], wanted: list[str]) -> bool:
    return [dutch.forms(part).lemma for part in found] == [dutch.forms(part).lemma for part in wanted]


def test_judged_words_of_the_field() -> None:
    rows = gold(SHARED / "domain" / "compounds.tsv", "word")
    whole = [row[0] for row in rows if row[2] == "whole" and len(parts_of(row[0])) > 1]
    right = sum(same(parts_of(word), dutch.fold(parts).split("+")) for word, parts, *_ in rows)
    assert whole == []
    assert right / len(rows) >= 0.96


def test_judged_words_of_the_whole_language() -> None:
    rows = gold(SHARED / "data" / "nl-morphology" / "compounds.tsv", "form")
    right = sum(same(parts_of(word), dutch.fold(parts).split("+")) for word, _, parts, _ in rows)
    assert right / len(rows) >= 0.7
