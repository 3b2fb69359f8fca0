"""What counts as a recommendation, rule by rule, and what only looks like one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from reports_to_read import NAME, organisations, recommended, report, said, taxonomy

from indexer.recommendations import SILENT_KINDS
from indexer.statements import statements
from indexer.tagging import tag
from kennisbank.model import Recommendation

CHAPTER = "# 5 Aanbevelingen\n\n"


@pytest.mark.parametrize(
    ("text", "demand", "rule", "organisation"),
    [
        (
            f"{CHAPTER}1. Leg per afdeling vast wie de lijst bijhoudt.\n2. Deel die lijst met het Openbaar Ministerie.",
            "Leg per afdeling vast wie de lijst bijhoudt.",
            "R1",
            None,
        ),
        (
            "# 4 Slot\n\nDe Inspectie beveelt de korpschef aan:\n\n- iedere melder terug te bellen;\n- dat te noteren.",
            "iedere melder terug te bellen;",
            "R2",
            "org:politie",
        ),
        (
            f"{CHAPTER}## Aan de Dienst Justitiële Inrichtingen\n\n- Zorg voor een vaste mentor op iedere afdeling.",
            "Zorg voor een vaste mentor op iedere afdeling.",
            "R3",
            "org:dji",
        ),
        (
            "# 3 Beeld\n\nEr is niets. De Inspectie beveelt het COA daarom met klem aan om de lijst in te voeren.",
            "De Inspectie beveelt het COA daarom met klem aan om de lijst in te voeren.",
            "R4",
            "org:coa",
        ),
        (
            "# Conclusies en aanbevelingen\n\n- De opvang is sober.\n- Maak voor ieder kind een plan binnen een week.",
            "Maak voor ieder kind een plan binnen een week.",
            "R5",
            None,
        ),
        (
            "# 3 Slot\n\nDe Inspectie roept de gemeenten op samen één loket te openen.",
            "De Inspectie roept de gemeenten op samen één loket te openen.",
            "R6",
            "org:gemeenten",
        ),
        (
            "# 3 Slot\n\nHet is volgens de Inspectie wenselijk dat de DT&V een tolk inzet.",
            "Het is volgens de Inspectie wenselijk dat de DT&V een tolk inzet.",
            "R7",
            "org:dtv",
        ),
    ],
)
def test_each_rule_finds_its_form(text: str, demand: str, rule: str, organisation: str | None) -> None:
    one = next(one for one in recommended(text) if one.place.text == demand)
    assert rule in one.rules
    assert organisations(one) == ([organisation] if organisation else [])


def test_a_letter_may_say_what_somebody_must_do() -> None:
    text = (
        "Aan de minister van Justitie en Veiligheid\n\nHet COA moet ouders de reden vertellen. Stelt u die eis nu vast."
    )
    first, second = recommended(text, "brief")
    assert (first.rules, organisations(first)) == (("R8",), ["org:coa"])
    assert organisations(second) == ["org:minjenv"]
    assert not recommended(text.replace("Stelt u", "Stelt men"), "toetsingskader")


@pytest.mark.parametrize(
    "layout",
    [
        "**Aanbeveling A**\n\nLeg vast wie de lijst bijhoudt.",
        "Aanbeveling A: Leg vast wie de lijst bijhoudt.",
        "## Aanbeveling A\n\nLeg vast wie de lijst bijhoudt.",
        "# Aanbevelingen\n\nA. Leg vast wie de lijst bijhoudt.",
    ],
)
def test_lettered_and_boxed(layout: str) -> None:
    (one,) = recommended(f"# 2 Lijsten\n\nEr is geen lijst.\n\n{layout}\n\nDe kamers zijn groot.")
    assert (one.place.text, one.number) == ("Leg vast wie de lijst bijhoudt.", "A")


def test_a_label_holds_for_one_block() -> None:
    text = "## Aanbeveling\n\nVoer een lijst in voor alle afdelingen.\n\nMaak daar geen feest van, zei een bewaker."
    assert [one.place.text for one in recommended(text)] == ["Voer een lijst in voor alle afdelingen."]


def test_the_addressee_is_the_nearest_above() -> None:
    items = (
        "## Aan de politie\n\n- Geef iedere melder een nummer.\n\n## Aan het COA en Nidos\n\n- Wijs een begeleider aan."
    )
    text = CHAPTER + items
    first, second = recommended(text)
    assert organisations(first) == ["org:politie"]
    assert organisations(second) == ["org:coa", "org:nidos"]
    assert [entry.place.text for entry in second.addressees] == ["het COA", "Nidos"]


@pytest.mark.parametrize(
    ("phrase", "organisation"),
    [
        ("de minister voor Rechtsbescherming", "org:minjenv"),
        ("de staatssecretaris van Asiel en Migratie", "org:minaenm"),
        ("de minister van Volksgezondheid, Welzijn en Sport", None),
        ("het Openbaar Ministerie", "org:om"),
        ("de korpschef", "org:politie"),
        ("de burgemeester van Testhoven", "org:gemeenten"),
        ("de directie van PI Testhoven", "org:pi"),
    ],
)
def test_offices_resolve_to_organisations(phrase: str, organisation: str | None) -> None:
    (one,) = recommended(f"{CHAPTER}## Aan {phrase}\n\n1. Bespreek de lijst ieder kwartaal met elkaar.")
    assert [name for name in organisations(one) if name] == ([organisation] if organisation else [])


def test_two_demands_in_one_sentence_are_two() -> None:
    text = f"{CHAPTER}1. Publiceer de lijst op de site, en begin elk onderzoek met een blik in de oude rapporten."
    first, second = recommended(text)
    assert first.place.text == "Publiceer de lijst op de site"
    assert second.place.text == "begin elk onderzoek met een blik in de oude rapporten."
    assert first.number == second.number == "1"


def test_one_demand_that_goes_on_about_itself_stays_one() -> None:
    text = f"{CHAPTER}1. Leg vast wat vervalt, en laat dat voor alle teamleiders gelijk zijn."
    assert len(recommended(text)) == 1


def test_the_front_chapter_and_the_last_say_it_once() -> None:
    item = "1. Stel één norm vast die in alle ketens geldt."
    again = "1. Stel voor alle ketens één norm vast."
    text = (
        f"# Samenvatting, conclusies en aanbevelingen\n\n{item}\n\n# 2 Inhoud\n\nTekst.\n\n# 6 Aanbevelingen\n\n{again}"
    )
    (one,) = recommended(text)
    assert one.place.text == item[3:]
    assert [place.text for place in one.also] == [again[3:]]


def test_demands_that_differ_in_one_word_stay_apart() -> None:
    lines = [f"{number}. Voer een vorm van {what} in." for number, what in enumerate(("detectie", "versleuteling"), 1)]
    assert len(recommended(CHAPTER + "\n".join(lines))) == 2


@pytest.mark.parametrize(
    "sentence",
    [
        "De Inspectie gaat na hoe de aanbevelingen uit het onderzoek naar PI Testhoven zijn opgevolgd.",
        "Beleidsdirecties moeten de opvolging van aanbevelingen bewaken.",
        "De Inspectie kan naar aanleiding hiervan aanbevelingen doen aan DJI.",
        "Als daar reden voor is, formuleert de Inspectie leer- en verbeterpunten.",
        "Twee jaar geleden beval de Inspectie de politie aan om een lijst in te voeren.",
        "De ADR doet een aantal aanbevelingen aan het ministerie.",
        "De Inspectie ziet geen aanleiding voor aanbevelingen aan DJI.",
        "De Inspectie doet geen aanbevelingen.",
        "De richtlijn beveelt aan om twee keer per dag te luchten.",
        "De directeur adviseert de minister over de plaatsing van gedetineerden.",
        "Een bewoner vraagt het COA om een andere kamer.",
        "De Inspectie vraagt zich af of DJI dat weet.",
        "‘Wij bevelen DJI aan om te stoppen’, zei een bewaker.",
        "Wordt het niet beter, dan zullen wij de minister adviseren om de inrichting te sluiten.",
        "Aanbevelingen ............................ 26",
    ],
)
def test_counter_examples_give_nothing(sentence: str) -> None:
    assert not recommended(f"# 3 Bevindingen\n\nEr is gekeken. {sentence} Daarna bleef het stil.")


def test_earlier_recommendations_are_not_made_again() -> None:
    text = (
        "# Bijlage 2 Opvolging van eerdere aanbevelingen\n\n1. Maak een lijst van alle kamers.\n2. Stel een norm vast."
    )
    assert not recommended(text, "vervolgonderzoek")


def test_abbreviations_behind_the_last_recommendation_are_none() -> None:
    text = (
        f"{CHAPTER}1. Maak een lijst van alle kamers.\n\n- DJI Dienst Justitiële Inrichtingen\n- OM Openbaar Ministerie"
    )
    assert len(recommended(text)) == 1


@pytest.mark.parametrize("kind", sorted(SILENT_KINDS))
def test_kinds_that_plan_or_quote_recommend_nothing(kind: str) -> None:
    text = f"{CHAPTER}## Aan de politie\n\n1. Geef melders een nummer.\n\nDe Inspectie beveelt DJI aan om te stoppen."
    assert not [one for one in said(text, kind) if isinstance(one, Recommendation)]


def test_news_of_a_report_restates_and_other_news_may_ask() -> None:
    asks = "De inspecties vragen de politie om iedere melder terug te bellen."
    assert not recommended(
        f"# Melders wachten\n\nDat staat in het rapport dat vandaag verschijnt. {asks}", "nieuwsbericht"
    )
    assert len(recommended(f"# Melders wachten\n\nDat bleek bij 31 bezoeken. {asks}", "nieuwsbericht")) == 1


def test_what_a_look_back_lists_is_only_proposed() -> None:
    text = f"{CHAPTER}1. Geef iedere melder een nummer dat hij kan bellen."
    (one,) = (one for one in said(text, "jaarbericht") if isinstance(one, Recommendation))
    assert one.certainty < 0.6


def test_strength_and_kind_follow_the_words() -> None:
    text = (
        "# Verbeterpunten\n\n1. Maak de wachtkamer groter dan zij nu is.\n\n# Slot\n\n"
        "De Inspectie dringt er bij DJI op aan dat deze maand te doen. "
        "Het is wenselijk dat de politie meeleest. De Inspectie vraagt blijvende aandacht voor het verloop."
    )
    found = recommended(text)
    assert [(one.strength, one.kind) for one in found] == [
        ("formeel", "verbeterpunt"),
        ("dringend", "aanbeveling"),
        ("wenselijk", "aanbeveling"),
        ("aandacht", "aandachtspunt"),
    ]


def test_ids_stay_when_the_text_shifts() -> None:
    text = f"{CHAPTER}1. Geef iedere melder een nummer dat hij kan bellen."
    (before,), (after,) = recommended(text), recommended("# Voorwoord\n\nEen nieuw begin.\n\n" + text)
    assert before.id == after.id
    assert before.place.span != after.place.span


def test_the_real_programme_recommends_nothing() -> None:
    seed = Path(__file__).parents[2] / ".." / "shared" / "seed" / "werkprogramma-2024.txt"
    if not seed.exists():
        pytest.skip("het werkprogramma van 2024 staat niet naast het project")
    made = report(seed.read_text(encoding="utf-8", errors="replace"), "werkprogramma")
    assert not [
        one for one in statements(NAME, made, tag(made, taxonomy()), taxonomy()) if isinstance(one, Recommendation)
    ]
    assert not recommended(seed.read_text(encoding="utf-8", errors="replace"), "rapport"), (
        "not even when taken for a report"
    )


def test_a_title_about_earlier_recommendations_does_not_close_the_document() -> None:
    title = "Opvolging van eerdere aanbevelingen"
    text = f"# {title}\n\nInleiding.\n\n## Aanbevelingen\n\n1. Geef iedere melder een nummer dat hij kan bellen."
    made = report(text)
    named = replace(made, metadata=replace(made.metadata, title=title))
    found = statements(NAME, named, tag(named, taxonomy()), taxonomy())
    assert [one.place.text for one in found if isinstance(one, Recommendation)] == [text.rpartition("1. ")[2]]


def test_research_questions_are_no_list_of_demands() -> None:
    text = "# 1 Aanpak\n\nDe Inspectie vraagt zich af:\n\n- hoe de overdracht in de praktijk verloopt;\n- wie er let."
    assert not recommended(text)
