from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest
from documents_to_tag import document, on_document, quotes, terms
from hypothesis import given
from hypothesis import strategies as st

from indexer.matching import matcher
from indexer.tagging import tag
from kennisbank.model import TOLD, Dates, Document, Facet, Span, TermId
from kennisbank.taxonomy import Taxonomy, load

BUNDLED = load()


@pytest.fixture(name="taxonomy")
def bundled_taxonomy() -> Taxonomy:
    return BUNDLED


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("De burgemeester sprak met politieke partijen.", set()),
        ("Zij wil om tien uur een halt toeroepen aan de onrust.", set()),
        ("Het OM en de politie werken samen.", {"org:om", "org:politie"}),
        ("De wachtlijst groeit.", {"thema:wachtlijst"}),
        ("De wachtlijsten groeien.", {"thema:wachtlijst"}),
        ("Inspecteurs bezochten de PI’s en een P.I. in het zuiden.", {"org:pi"}),
        ("De jeugdstrafrechtketen hapert.", {"keten:jeugdstrafrecht"}),
        ("De (jeugd-)strafrechtketen hapert.", {"keten:jeugdstrafrecht", "keten:strafrecht"}),
        ("De (jeugd)strafrechtketen hapert.", {"keten:jeugdstrafrecht", "keten:strafrecht"}),
        ("De jeugd-strafrechtketen hapert.", {"keten:jeugdstrafrecht"}),
        ("De informatie-uitwisseling stokt.", {"thema:informatie"}),
        ("De informatieuitwisseling stokt.", {"thema:informatie"}),
        ("De informatie uitwisseling stokt.", {"thema:informatie"}),
        ("De reïntegratie en de reintegratie.", {"thema:resocialisatie"}),
        ("De Dienst Justitiele Inrichtingen (DJI) en de DT&V.", {"org:dji", "org:dtv"}),
        ("De Immigratie- en Naturalisatiedienst (IND).", {"org:ind"}),
        ("De gesloten coffeeshopketen begint.", {"gebied:coffeeshop"}),
        ("Winkelketens en een voedselketen.", set()),
        ("De Raad voor de Kinderbescherming adviseert.", {"org:rvdk"}),
        ("De Raad van State adviseert.", set()),
        ("De Inspectie ziet verbetering.", set()),
        ("De korpschef schreef de minister van Asiel en Migratie niet.", {"org:politie"}),
        ("De driehoek van eigenaar en opdrachtnemer.", {"thema:sturing"}),
        ("De lokale driehoek vergaderde.", set()),
        ("Wij hebben zorgen en dragen zorg voor elkaar.", set()),
        ("De terugkeer van gedetineerden.", set()),
        ("Zijn terugkeer in de samenleving.", {"thema:resocialisatie"}),
        ("De integriteit van medewerkers.", {"thema:integriteit"}),
        ("De lichamelijke integriteit van het kind.", set()),
        ("Meldingen bij Veilig Thuis.", {"org:vt"}),
        ("Het kind is veilig thuis.", set()),
        ("Dat is het einde. Meer over de raad", set()),
        ("Wat telt is lerend. Vermogen is er ook.", set()),
        ("Zie www.politie.nl/nctv of mail dji@voorbeeld.nl.", set()),
    ],
)
def test_what_a_passage_names(text: str, expected: set[str], taxonomy: Taxonomy) -> None:
    assert terms(text, taxonomy) == expected


def test_evidence_is_the_words_that_matched(taxonomy: Taxonomy) -> None:
    made = document("Wachtlijsten nemen toe, zegt de gecertificeerde Instelling (GI). De wachttijd ook.")
    found = {tag.term: tag for tag in tag(made, taxonomy) if tag.passage}
    assert quotes(made, found[TermId("thema:wachtlijst")]) == [
        ("Wachtlijsten", "label:wachtlijst"),
        ("wachttijd", "label:wachttijd"),
    ]
    assert quotes(made, found[TermId("org:gi")]) == [
        ("gecertificeerde Instelling", "label:gecertificeerde instelling"),
        ("GI", "label:GI"),
    ]
    assert found[TermId("org:gi")].passage == "d-0"
    assert found[TermId("org:gi")].origin == "genoemd"


def test_an_ambiguous_abbreviation_needs_its_name(taxonomy: Taxonomy) -> None:
    assert terms("De GI zag het kind.", taxonomy) == set()
    made = document("De GI zag het kind.", "Elke gecertificeerde instelling is anders.")
    assert [(tag.term, tag.passage) for tag in tag(made, taxonomy) if tag.passage] == [
        ("org:gi", "d-0"),
        ("org:gi", "d-21"),
    ]


def test_a_misspelt_label_weighs_less(taxonomy: Taxonomy) -> None:
    right, wrong = (
        next(found for found in tag(document(text), taxonomy) if found.term == "keten:jeugdbescherming")
        for text in ("een kinderbeschermingsmaatregel", "een kinderschermingsmaatregel")
    )
    assert 0 < wrong.strength < right.strength


def test_a_document_is_not_about_what_it_mentions_once(taxonomy: Taxonomy) -> None:
    assert on_document(document("De asielketen.", "Iets anders."), taxonomy) == {}
    twice = document("De asielketen.", "Iets anders.", "De asielketen.")
    assert list(on_document(twice, taxonomy)) == ["keten:asiel", "gebied:migratie"]
    long = document("De asielketen.", *["Iets anders."] * 100, "De asielketen.")
    assert on_document(long, taxonomy) == {}
    longer = document(*["De asielketen."] * 5, *["Iets."] * 30)
    assert list(on_document(longer, taxonomy)) == ["keten:asiel", "gebied:migratie"]


def test_title_goes_before_heading_and_heading_before_text(taxonomy: Taxonomy) -> None:
    made = document(
        "# Wachtlijsten in beeld",
        "De reclassering vertelde.",
        "## 2.1 De reclassering",
        "De reclassering vertelde over integriteit.",
        "Ook integriteit speelde.",
        *["Iets anders."] * 15,
        title="Wachtlijsten in beeld",
    )
    found = on_document(made, taxonomy)
    assert list(found) == ["thema:wachtlijst", "org:reclassering", "gebied:sanctietoepassing", "thema:integriteit"]
    assert quotes(made, found["thema:wachtlijst"]) == [("Wachtlijsten", "kop:wachtlijst")]
    assert quotes(made, found["org:reclassering"])[0] == ("reclassering", "kop:reclassering")


def test_at_most_five_places_are_shown_each_from_another_passage_first(taxonomy: Taxonomy) -> None:
    made = document(*["De politie zag de politie."] * 4)
    starts = [entry.span.start for entry in on_document(made, taxonomy)["org:politie"].evidence]
    assert starts == [3, 31, 59, 87, 18]


def test_common_words_count_in_headings_only(taxonomy: Taxonomy) -> None:
    assert "thema:personeel" not in terms("Het personeel zag het.", taxonomy)
    assert "thema:personeel" in on_document(document("## 2 Personeel en dagprogramma", "Het was stil."), taxonomy)


GOALS = ["doel:burger", "doel:ketens", "doel:lerend", "doel:veerkracht"]


def programme(**metadata: str) -> Document:
    made = document(
        "# 1.1 Focus",
        "Eerst veerkracht en weerbaarheid, dan lerend vermogen van organisaties.",
        "Verder het bevorderen effectieve ketens en netwerken, scherp op burgerperspectief.",
        kind="werkprogramma",
        year="2023-08",
    )
    return replace(made, metadata=replace(made.metadata, **metadata))


def test_a_programme_states_its_goals(taxonomy: Taxonomy) -> None:
    found = on_document(programme(), taxonomy)
    assert sorted(term for term in found if term.startswith("doel:")) == GOALS
    assert {found[goal].origin for goal in GOALS} == {"genoemd"}


def test_a_report_has_a_goal_only_when_a_heading_says_so(taxonomy: Taxonomy) -> None:
    assert not [term for term in on_document(programme(kind="rapport"), taxonomy) if term.startswith("doel:")]
    made = document("## Scherp op burgerperspectief", "Iets.", year="2022")
    assert list(on_document(made, taxonomy)) == ["doel:burger"]


@pytest.mark.parametrize(
    ("year", "period", "stated"),
    [
        ("2019", None, False),
        ("2020-11", "2021", True),
        (None, None, True),
        ("2025-04", "2024", True),
        ("2026", None, False),
    ],
)
def test_a_goal_holds_in_its_own_years(year: str | None, period: str | None, stated: bool, taxonomy: Taxonomy) -> None:
    made = programme(dates=Dates(document=year), period=period)
    assert ("doel:ketens" in on_document(made, taxonomy)) is stated


def test_a_goal_may_speak_of_a_theme_the_name_of_an_organisation_does_not(taxonomy: Taxonomy) -> None:
    assert terms("Het lerend vermogen van organisaties.", taxonomy) == {"thema:leren"}
    assert terms("Het Leger des Heils Jeugdbescherming en Reclassering.", taxonomy) == {"org:reclassering"}


def test_own_staff_is_no_theme(taxonomy: Taxonomy) -> None:
    own = ("# 2 Organisatie", "Er is werkdruk.", "## Personeel", "De werkdruk en het ziekteverzuim.")
    assert on_document(document(*own, kind="werkprogramma"), taxonomy) == {}
    assert list(on_document(document(*own, kind="rapport"), taxonomy)) == ["thema:personeel"]


def test_lists_of_names_are_no_text_about_them(taxonomy: Taxonomy) -> None:
    for heading in ("# Inhoudsopgave", "# Bijlage I Bronnen en afkortingen", "# Colofon"):
        assert tag(document(heading, "De reclassering 12", "De reclassering 14"), taxonomy) == ()


def test_a_contents_list_does_not_hide_what_comes_after(taxonomy: Taxonomy) -> None:
    made = document("# Inhoud", "De reclassering 12", "## 1 De wachtlijst", "Zij groeit.")
    assert list(on_document(made, taxonomy)) == ["thema:wachtlijst"]


def test_area_follows_from_the_main_subject(taxonomy: Taxonomy) -> None:
    made = document("# PI Oosterwoude", "De PI is oud.", "De medewerkers zijn jong.", title="PI Oosterwoude")
    area = on_document(made, taxonomy)["gebied:sanctietoepassing"]
    assert area.origin == "afgeleid"
    assert quotes(made, area) == [("PI", "afgeleid:org:pi"), ("PI", "afgeleid:org:pi")]
    aside = document("De PI is oud.", "De PI is groot.", *["Iets anders."] * 20)
    assert list(on_document(aside, taxonomy)) == ["org:pi"]


def test_area_is_the_one_that_was_in_use(taxonomy: Taxonomy) -> None:
    for year, area in (("2018", "gebied:nationale-veiligheid"), ("2021", "gebied:security")):
        found = on_document(document("# De DKDB", "De DKDB meldt.", year=year), taxonomy)
        assert [term for term in found if term.startswith("gebied:")] == [area]


def test_the_name_of_an_area_must_be_the_whole_heading(taxonomy: Taxonomy) -> None:
    assert "gebied:politie" in on_document(document("## 3.2 Politie", "Iets."), taxonomy)
    assert "gebied:politie" not in on_document(document("## 3.2 Overleg met de politie", "Iets."), taxonomy)


def test_every_label_is_found_where_it_stands(taxonomy: Taxonomy) -> None:
    missed = []
    for term in [term for term in taxonomy.terms.values() if term.facet not in TOLD]:
        name = next(label.text for label in term.labels if label.tag and not label.needs_name)
        for label in term.labels:
            if label.tag:
                made = document(f"# {name}", f"## 1 {label.text}", year=str(term.valid_from or 2024))
                place = Span(len(name) + 2, len(made.text))
                found = on_document(made, taxonomy).get(term.id)
                if not found or not any(place.holds(entry.span) for entry in found.evidence):
                    missed.append(label.text)
    assert missed == []


WORDS = """de politie politiek OM om (jeugd-)strafrechtketen informatie-uitwisseling PI's lerend vermogen Raad voor
    Kinderbescherming wachtlijsten. tbs'er lokale driehoek # é""".split()


@given(st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join), max_size=6))
def test_evidence_lies_in_its_passage_and_on_whole_words(paragraphs: list[str]) -> None:
    made = document(*paragraphs, title="Politie")
    spans = {passage.id: passage.span for passage in made.passages}
    found = tag(made, BUNDLED)
    for given_tag in found:
        assert given_tag.facet in get_args(Facet)
        for entry in given_tag.evidence:
            assert given_tag.passage is None or spans[given_tag.passage].holds(entry.span)
            before, after = made.text[: entry.span.start][-1:], made.text[entry.span.end :][:1]
            assert not before.isalnum()
            assert not after.isalnum()
    assert len({(each.term, each.passage) for each in found}) == len(found)


def test_the_matcher_is_made_once(taxonomy: Taxonomy) -> None:
    assert matcher(taxonomy) is matcher(taxonomy)


SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "werkprogramma-2024.txt"


def test_a_real_programme(taxonomy: Taxonomy) -> None:
    if not SEED.exists():
        pytest.skip("het werkprogramma 2024 staat niet naast de broncode")
    paragraphs = [" ".join(part.split()) for part in SEED.read_text(encoding="utf-8").split("\n\n") if part.strip()]
    marks = {"2 Organisatie": "# ", "Financiën": "## ", "Personeel": "## "}
    body = [marks.get(part, "") + part for part in paragraphs if not part.startswith("Inhoudsopgave")]
    made = document(*body, kind="werkprogramma", title="Werkprogramma", year="2023-08")
    whole = on_document(made, taxonomy)
    named = {found.term for found in tag(made, taxonomy)}
    assert set(GOALS) <= set(whole)
    assert {"keten:jeugdbescherming", "keten:asiel", "keten:strafrecht"} <= set(whole)
    assert {"keten:jeugdstrafrecht", "gebied:coffeeshop", "org:dji", "org:politie", "org:coa", "org:ind"} <= named
    assert {"org:rvdk", "org:dtv", "org:gi", "org:nctv", "org:igj", "org:ivho", "org:nla", "org:tsd"} <= named
    own = made.text.index("\n\nPersoneel\n\n")
    assert all(entry.span.end < own for entry in whole["thema:personeel"].evidence)
