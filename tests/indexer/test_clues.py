"""What makes the tagger believe that a text is about something that it does not name."""

from dataclasses import replace
from pathlib import Path

import pytest
from documents_to_tag import document, on_document, quotes, terms

from indexer.matching import matcher
from indexer.tagging import tag
from kennisbank.errors import UsageError
from kennisbank.model import Dates, Document, TermId
from kennisbank.taxonomy import Taxonomy, load

INSPECTIE = "Inspectie Justitie en Veiligheid"
ELSEWHERE = ["Iets anders."] * 8


@pytest.fixture(name="taxonomy", scope="module")
def bundled_taxonomy() -> Taxonomy:
    return load()


def published(made: Document, *publishers: str, **metadata: object) -> Document:
    return replace(made, metadata=replace(made.metadata, publishers=publishers, **metadata))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Het rooster kent twee vacatures.", {"thema:personeel"}),
        ("Het rooster is vol, en nog een rooster.", set()),
        ("De weekbezetting en de roosterplanning.", {"thema:personeel"}),
        ("Het gevangenispersoneel en de celcapaciteit.", set()),
        ("Personeelsleden en gevangenispersoneel.", set()),
        ("De kinderopvang en de opvang na een incident.", set()),
        ("Zij delen zorgen en dragen zorg voor de behandeling van klachten.", set()),
        ("Uit politieke en migratieachtergrond.", set()),
        ("De burgemeester van de burgerluchtvaart.", set()),
        ("De externe wachtlocatie en de wachtruimte.", set()),
    ],
)
def test_two_words_that_point_to_a_term_are_worth_a_name(text: str, expected: set[str], taxonomy: Taxonomy) -> None:
    assert {term for term in terms(text, taxonomy) if term.startswith("thema:")} == expected
    assert not {term for term in terms(text, taxonomy) if term.startswith(("doel:", "keten:"))}


FALSE_FRIENDS = """politiek politieke burgerluchtvaart burgerlijk personeelslid celcapaciteit kinderopvang wachtruimte
    wachtcommandant uitoefening inwerkingtreding uitzending gepleegd pleegde integratie integraal migratieachtergrond
    datamigratie winkelketen voedselketen ketenmarinier leerling leerplicht informant opkomsttijden zorgen hulpmiddelen
    kwarts geldt""".split()


@pytest.mark.parametrize("word", FALSE_FRIENDS)
def test_a_word_that_only_looks_like_a_cue_is_none(word: str, taxonomy: Taxonomy) -> None:
    assert matcher(taxonomy).find(f"Zij zagen {word} daar.") == []


def test_evidence_of_a_cue_is_the_word_as_it_stands_there(taxonomy: Taxonomy) -> None:
    made = document("Nieuwe roosters en een weekbezetting.")
    found = {each.term: each for each in tag(made, taxonomy) if each.passage}[TermId("thema:personeel")]
    assert quotes(made, found) == [("roosters", "aanwijzing:rooster*"), ("weekbezetting", "aanwijzing:*bezetting")]
    assert found.origin == "afgeleid"


def test_a_cue_is_never_a_name(taxonomy: Taxonomy) -> None:
    with pytest.raises(UsageError):
        taxonomy.resolve("thema", "rooster")
    for term in taxonomy.terms.values():
        assert not {cue.text for cue in term.cues} & {
            label.text for label in term.labels if label.tag and not label.heading_only
        }


def test_a_cue_within_a_name_of_something_else_says_nothing(taxonomy: Taxonomy) -> None:
    assert terms("Het Leger des Heils Jeugdbescherming en Reclassering en de jeugdzorg.", taxonomy) == {
        "org:reclassering",
        "gebied:jeugd",
    }
    goal = matcher(taxonomy).find("Bevorderen effectieve ketens en netwerken.")
    assert {match.term.id for match in goal if not match.is_name} == set()


def test_a_document_is_about_what_its_passages_point_to(taxonomy: Taxonomy) -> None:
    spread = document("Het rooster is krap.", "De vacatures blijven.", "Uitzendkrachten vallen in.", *ELSEWHERE)
    found = on_document(spread, taxonomy)
    assert list(found) == ["thema:personeel"]
    assert found["thema:personeel"].origin == "afgeleid"
    assert [text for text, _ in quotes(spread, found["thema:personeel"])] == ["rooster", "vacatures", "Uitzendkrachten"]
    assert on_document(document("Het rooster is krap.", *ELSEWHERE), taxonomy) == {}


def test_the_weakest_subjects_of_a_document_are_left_out(taxonomy: Taxonomy) -> None:
    strong = ["De wachtlijst groeit."] * 12
    weak = ["De radicalisering neemt toe. Het extremisme ook."]
    assert "thema:radicalisering" in on_document(document(*weak, *ELSEWHERE), taxonomy)
    assert "thema:radicalisering" not in on_document(document(*strong, *weak, *ELSEWHERE * 2), taxonomy)


def test_the_inspectie_is_itself_only_in_its_own_publications(taxonomy: Taxonomy) -> None:
    made = document("De Inspectie ziet verbetering.")
    for publishers, expected in (
        ((INSPECTIE,), {"org:ijenv"}),
        (("Inspectie Veiligheid en Justitie",), {"org:ijenv"}),
        (("Inspectie Gezondheidszorg en Jeugd",), {"org:igj"}),
        ((INSPECTIE, "Inspectie Gezondheidszorg en Jeugd"), set()),
        (("Ministerie van Justitie en Veiligheid",), set()),
    ):
        assert {each.term for each in tag(published(made, *publishers), taxonomy) if each.passage} == expected


def test_the_raad_is_itself_only_in_its_own_publications(taxonomy: Taxonomy) -> None:
    made = document("Volgens de Raad kan het beter.")
    own = published(made, "Raad voor de Kinderbescherming")
    assert "org:rvdk" in {each.term for each in tag(own, taxonomy)}
    assert "org:rvdk" not in {each.term for each in tag(published(made, INSPECTIE), taxonomy)}


def test_who_publishes_about_others_is_not_the_subject(taxonomy: Taxonomy) -> None:
    made = document("De Inspectie Justitie en Veiligheid sprak de politie.", "De Inspectie sprak de politie weer.")
    subjects = {
        (kind, publisher): "org:ijenv" in on_document(published(made, publisher, kind=kind), taxonomy)
        for kind in ("rapport", "jaarbericht", "beleidsreactie")
        for publisher in (INSPECTIE, "Algemene Rekenkamer")
    }
    assert subjects == {
        ("rapport", INSPECTIE): False,
        ("jaarbericht", INSPECTIE): True,
        ("beleidsreactie", INSPECTIE): False,
        ("rapport", "Algemene Rekenkamer"): False,
        ("jaarbericht", "Algemene Rekenkamer"): False,
        ("beleidsreactie", "Algemene Rekenkamer"): False,
    }
    twice = document(*["De Inspectie Justitie en Veiligheid werkt zo."] * 2)
    assert "org:ijenv" in on_document(published(twice, "Algemene Rekenkamer"), taxonomy)


def test_an_office_stands_for_its_organisation(taxonomy: Taxonomy) -> None:
    made = document("De minister voor Rechtsbescherming zei dit.", "De staatssecretaris ook.", "Het ministerie niet.")
    assert "org:minjenv" in on_document(made, taxonomy)
    other = document(
        "De minister van Volksgezondheid zei dit.", "Het ministerie van Defensie ook.", "De minister-president"
    )
    assert "org:minjenv" not in on_document(other, taxonomy)
    assert "org:politie" in on_document(document("De korpschef zei dit.", "De korpsleiding ook."), taxonomy)


def test_parts_are_shown_apart_and_tell_the_area(taxonomy: Taxonomy) -> None:
    youth = document("De JJI sprak met de DJI.", "De JJI en de DJI.")
    assert {"org:jji", "org:dji", "gebied:jeugd"} <= set(on_document(youth, taxonomy))
    assert "gebied:sanctietoepassing" not in on_document(youth, taxonomy)
    assert "gebied:sanctietoepassing" in on_document(document("De DJI is groot.", "De DJI is oud."), taxonomy)
    former = document("De Inspectie Jeugdzorg.", "De Inspectie voor de Gezondheidszorg.")
    assert "org:igj" in on_document(former, taxonomy)


def test_a_chain_follows_from_who_works_in_it(taxonomy: Taxonomy) -> None:
    made = document("Het COA zegt niets.", "Het COA zwijgt.", "Het COA wacht af.")
    found = on_document(made, taxonomy)["keten:asiel"]
    assert found.origin == "afgeleid"
    assert quotes(made, found)[0] == ("COA", "afgeleid:org:coa")


def test_a_wider_chain_that_is_not_named_says_no_more_than_the_one_within(taxonomy: Taxonomy) -> None:
    words = ["De vervolging en de strafzaak.", "De opsporing en de verdachte."]
    assert "keten:strafrecht" in on_document(document(*words), taxonomy)
    within = ["De jeugdstrafrechtketen.", "De jeugdstrafrechtketen."]
    assert "keten:strafrecht" not in on_document(document(*words, *within), taxonomy)
    assert "keten:strafrecht" in on_document(document(*words, *within, "De strafrechtketen."), taxonomy)


def test_a_programme_may_name_a_chain_once(taxonomy: Taxonomy) -> None:
    for kind, expected in (("werkprogramma", True), ("rapport", False)):
        made = document("De asielketen.", *["Iets anders."] * 8, kind=kind)
        assert ("keten:asiel" in on_document(made, taxonomy)) is expected


def test_a_programme_may_have_one_paragraph_for_an_area(taxonomy: Taxonomy) -> None:
    for kind, expected in (("jaarbericht", True), ("rapport", False)):
        made = document("De toestand op Bonaire.", *["Iets anders."] * 8, kind=kind)
        assert ("gebied:caribisch-nederland" in on_document(made, taxonomy)) is expected


def test_a_programme_is_not_about_the_chain_of_every_organisation_in_it(taxonomy: Taxonomy) -> None:
    for text, kind, expected in (
        ("De veiligheidsregio oefent. De veiligheidsregio leert.", "werkprogramma", False),
        ("De veiligheidsregio oefent. De veiligheidsregio leert.", "rapport", True),
        ("Toezicht op crisisbeheersing.", "werkprogramma", False),
        ("Toezicht op rampenbestrijding.", "werkprogramma", True),
    ):
        made = document("Vooraf.", text, text, kind=kind)
        assert ("keten:crisis" in on_document(made, taxonomy)) is expected, (text, kind)


def test_the_area_follows_from_words_that_point_to_its_chain(taxonomy: Taxonomy) -> None:
    made = document("De terugkeervlucht vertrok.", "Het escort en het vertrekgesprek.", "De uitgeprocedeerden.")
    area = on_document(made, taxonomy)["gebied:migratie"]
    assert area.origin == "afgeleid"
    assert ("terugkeervlucht", "afgeleid:keten:terugkeer") in quotes(made, area)
    ward = document(*["De terroristenafdeling is vol. Op de terroristenafdeling is het stil."] * 3, year="2019")
    assert "gebied:nationale-veiligheid" not in on_document(ward, taxonomy)


def test_a_minister_is_named_only_when_something_is_asked(taxonomy: Taxonomy) -> None:
    for text, expected in (("Aan de minister voor Rechtsbescherming: kies.", True), ("De minister kiest.", False)):
        assert ("org:minjenv" in on_document(document(text, *ELSEWHERE), taxonomy)) is expected
    assert "org:om" not in on_document(document("Het OM kiest.", *ELSEWHERE), taxonomy)


def test_the_inspectie_is_a_subject_of_its_own_report_at_the_first_mention(taxonomy: Taxonomy) -> None:
    made = document("De Inspectie keek om.", *ELSEWHERE)
    for kind, publisher, expected in (
        ("jaarbericht", INSPECTIE, True),
        ("bij-nadere-inspectie", INSPECTIE, True),
        ("rapport", INSPECTIE, False),
        ("jaarbericht", "Algemene Rekenkamer", False),
    ):
        assert ("org:ijenv" in on_document(published(made, publisher, kind=kind), taxonomy)) is expected


def test_the_coffeeshop_chain_is_no_chain(taxonomy: Taxonomy) -> None:
    made = document(
        "# Gesloten coffeeshopketen", "De gesloten coffeeshopketen.", "De coffeeshopketen en de winkelketen."
    )
    assert [term for term in on_document(made, taxonomy) if term.startswith("keten:")] == []
    assert "gebied:coffeeshop" in on_document(made, taxonomy)


def test_a_dossier_number_says_as_much_as_a_title(taxonomy: Taxonomy) -> None:
    made = document("Kamerstuk 29 628, nr. 10", "Het gaat goed.")
    assert on_document(made, taxonomy) == {}
    found = on_document(published(made, dossier="29628"), taxonomy)
    assert list(found) == ["gebied:politie", "org:politie"]
    assert quotes(made, found["org:politie"]) == [("29 628", "dossier:29628")]
    from_a_list = on_document(published(document("# Kort", "Het gaat goed."), dossier="33552"), taxonomy)
    assert {"keten:slachtoffer", "thema:slachtoffers"} <= set(from_a_list)
    assert on_document(published(made, dossier="99999"), taxonomy) == {}


SERVING = ("De opvolging is geborgd.", "Het eerdere rapport is opgevolgd.", "Ook de evaluatie is geborgd.")


def goals(made: Document, taxonomy: Taxonomy) -> dict[str, str]:
    return {term: each.origin for term, each in on_document(made, taxonomy).items() if term.startswith("doel:")}


@pytest.mark.parametrize(
    ("year", "publisher", "kind", "expected"),
    [
        ("2022", INSPECTIE, "vervolgonderzoek", {"doel:lerend": "afgeleid"}),
        ("2019", INSPECTIE, "vervolgonderzoek", {}),
        (None, INSPECTIE, "vervolgonderzoek", {}),
        ("2022", "Ministerie van Justitie en Veiligheid", "rapport", {}),
        ("2022", INSPECTIE, "wederhoor", {}),
        ("2022", INSPECTIE, "werkprogramma", {}),
    ],
)
def test_a_goal_is_inferred_only_where_the_inspectie_works_on_it(
    year: str | None, publisher: str, kind: str, expected: dict[str, str], taxonomy: Taxonomy
) -> None:
    made = published(document(*SERVING), publisher, kind=kind, dates=Dates(document=year))
    assert goals(made, taxonomy) == expected


def test_a_goal_that_is_stated_is_no_guess(taxonomy: Taxonomy) -> None:
    made = document("## Scherp op burgerperspectief", *SERVING, year="2022")
    assert goals(published(made, INSPECTIE), taxonomy) == {"doel:burger": "genoemd"}


def test_goals_of_a_later_perspective_can_be_filled_in(tmp_path: Path) -> None:
    own = tmp_path / "taxonomie.toml"
    text = load().source + '\n[[term]]\nid = "doel:proef"\nnaam = "Proefdoel"\nvanaf = 2025\ntot = 2028\n'
    own.write_text(text, encoding="utf-8")
    taxonomy = load(own)
    for year, expected in (("2026", {"doel:proef": "genoemd"}), ("2023", {})):
        made = document("Het proefdoel geldt. Scherp.", kind="werkprogramma", year=year)
        assert goals(made, taxonomy) == expected
    assert not [term for term in load().of_facet("doel") if term.valid_from == 2025]


def test_a_long_document_may_have_smaller_subjects(taxonomy: Taxonomy) -> None:
    subject = ["De wachtlijst groeit."] * 5
    assert "thema:wachtlijst" in on_document(document(*subject, *ELSEWHERE * 8), taxonomy)
    assert "thema:wachtlijst" not in on_document(document(*subject[:2], *ELSEWHERE * 20), taxonomy)
