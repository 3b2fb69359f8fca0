import pytest

from corpus.kinds import Lines, find_kind, kind_of
from corpus.raw import Part, RawBlock, RawDocument


@pytest.mark.parametrize(
    ("title", "address", "kind"),
    [
        ("Parate kennis", "https://www.inspectie-jenv.nl/Publicaties/rapporten/2015/03/25/parate-kennis", "rapport"),
        ("Werkprogramma 2013", "https://www.inspectie-jenv.nl/actueel/nieuws/2013/04/08/werk", "nieuwsbericht"),
        ("Jeugd", "https://magazines.inspectie-jenv.nl/inspectiejenv-jaarbericht/2017/01/jeugd", "magazine"),
        (
            "Toetsingskader X",
            "https://www.inspectie-jenv.nl/Publicaties/plannen-van-aanpak/2020/01/01/x",
            "toetsingskader",
        ),
        ("Brief Vervolgonderzoek", "https://www.inspectie-jenv.nl/Publicaties/brieven/2020/01/01/x", "brief"),
        ("Vervolgonderzoek PI", "https://www.inspectie-jenv.nl/Publicaties/rapporten/2020/01/01/x", "vervolgonderzoek"),
        ("Kamerstuk 29628, nr. 189: reactie op het rapport", "", "beleidsreactie"),
        ("Kamerstuk 31839, nr. 921: Verzamelbrief jeugdbescherming", "", "voortgangsbrief"),
        ("Wederhoor bij brief", "", "wederhoor"),
        ("Meerjarenperspectief 2021-2024", "", "meerjarenperspectief"),
        ("Staat van de rampenbestrijding", "", "periodiek-beeld"),
        ("Signaal wachtlijsten", "", "signaal"),
        ("PI Utrecht. Inspectierapport Doorlichting", "", "doorlichting"),
        ("Melden", "http://docplayer.nl/4-melden-een-onderzoek-naar-de-politie.html", "rapport"),
        ("Iets anders", "", None),
        ("Iets anders", "http://[half", None),
    ],
)
def test_kind_of_title_and_address(title: str, address: str, kind: str | None) -> None:
    assert kind_of(title, address)[0] == kind


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        (("Samenvatting", "2 Reconstructie", "6 Conclusie en aanbevelingen"), "incidentonderzoek"),
        (("Samenvatting", "2 Bevindingen", "6 Conclusie en aanbevelingen"), "rapport"),
    ],
)
def test_a_report_that_reconstructs_is_on_an_incident(headings: tuple[str, ...], kind: str) -> None:
    blocks = tuple(RawBlock("heading", (Part(text, 2),), 1) for text in headings)
    found = find_kind(RawDocument(blocks), Lines.of(blocks), "Rook boven de haven", "", "haven.pdf", "", ())
    assert found == (kind, "tekst")
