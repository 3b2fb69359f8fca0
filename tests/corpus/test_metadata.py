from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.metadata import cleaned_title, resolve
from corpus.raw import Hint, Part, RawBlock, RawDocument
from kennisbank.model import KINDS, Metadata

BODY = "De Inspectie heeft in het afgelopen jaar onderzoek gedaan naar de keten en de samenwerking daarin. " * 5
TELLING = (
    "Datum", "13 februari 2019", "31-12-2019", "Auguſtus 2023", "(ontvangen 25 maart 2024)", "2024", "2021-2024",
    "Onderwerp", "Betreft:", "Ons kenmerk", "Geachte", "Vergaderjaar 2017–2018", "29 517 Veiligheidsregio’s",
    "Nr. 142 BRIEF VAN DE MINISTER", "Vragen van het lid Jansen (ingezonden", "beleidsreactie", "Jaarbericht",
    "Werkprogramma", "De miniſter van Juſtitie,", "Inspectie JenV", "gemeente Utrecht", "Colofon", "rapport | a.nl",
    "http://[", "https://www.inspectie-jenv.nl/brieven/2015/03/25/", "//magazines.", "%5B", "/", "\\", ".pdf",
    "~b7589a",
)  # fmt: skip
"""What the rules look for, spelled well and badly: letters at random would never come near a rule."""


def paragraphs(*texts: str) -> tuple[RawBlock, ...]:
    return tuple(RawBlock("paragraph", (Part(text),)) for text in texts)


def known(blocks: tuple[RawBlock, ...], name: str = "bestand.pdf", **hints: Hint) -> Metadata:
    raw = RawDocument(blocks=blocks, hints=hints)
    return resolve(raw, name, " ".join(block.text for block in blocks))


def test_cover_with_colophon() -> None:
    metadata = known(
        paragraphs(
            "Inspectie Justitie en Veiligheid Ministerie van Justitie en Veiligheid",
            "Werkprogramma",
            "Inspectie Justitie en Veiligheid",
            "2024",
            BODY,
            "Dit is een uitgave van:",
            "Inspectie Justitie en Veiligheid",
            "Augustus 2023",
        )
    )
    assert (metadata.title, metadata.kind, metadata.period) == ("Werkprogramma 2024", "werkprogramma", "2024")
    assert (metadata.dates.best, metadata.language) == ("2023-08", "nl")
    assert metadata.publishers == ("Inspectie Justitie en Veiligheid",)
    assert set(metadata.found.values()) == {"tekst"}


def test_letterhead() -> None:
    letterhead = RawBlock(
        "table",
        (
            Part(
                "Ministerie van Justitie en Veiligheid\n> Retouradres Postbus 1\nDatum\t11 januari 2024\n"
                "Onderwerp\tBeleidsreactie op het rapport van de Inspectie Justitie en Veiligheid\nOns kenmerk\t5164758"
            ),
        ),
    )
    metadata = known(
        (
            letterhead,
            *paragraphs(
                "In uw brief van 6 december 2023 vroeg u", BODY, "De minister van Justitie en Veiligheid,", "J. Jansen"
            ),
        )
    )
    assert metadata.title == "Beleidsreactie op het rapport van de Inspectie Justitie en Veiligheid"
    assert (metadata.kind, metadata.dates.document) == ("beleidsreactie", "2024-01-11")
    assert metadata.publishers == ("ministerie van Justitie en Veiligheid",)


def test_paper_of_parliament() -> None:
    answers = known(
        paragraphs(
            "Tweede Kamer der Staten-Generaal",
            "2",
            "Vergaderjaar 2023–2024 Aanhangsel van de Handelingen",
            "1984",
            "Vragen van het lid Jansen aan de Minister van Justitie en Veiligheid over de keten"
            " (ingezonden 1 maart 2024).",
            "Antwoord van Minister Pietersen (ontvangen 25 maart 2024).",
            BODY,
        ),
        title=Hint("Tweede Kamer der Staten-Generaal", "tekst"),
    )
    assert answers.title == "Vragen van het lid Jansen aan de Minister van Justitie en Veiligheid over de keten"
    assert (answers.dates.document, answers.publishers) == ("2024-03-25", ("Tweede Kamer",))
    letter = known(
        paragraphs(
            "Tweede Kamer der Staten-Generaal",
            "Vergaderjaar 2017–2018",
            "29 517 Veiligheidsregio’s",
            "Nr. 142 BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID",
            "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal",
            "Den Haag, 23 mei 2018",
            f"Hierbij zend ik uw Kamer mijn beleidsreactie op het rapport. {BODY}",
        )
    )
    assert letter.title == "29 517 Veiligheidsregio’s, nr. 142 BRIEF VAN DE MINISTER VAN JUSTITIE EN VEILIGHEID"
    assert (letter.kind, letter.dates.document) == ("beleidsreactie", "2018-05-23")


def test_labels_and_senders_are_no_title() -> None:
    blocks = paragraphs(
        "Autoriteit", "Datum", "6 augustus 2020", "Ons kenmerk", "z2020", "Onderwerp", "Advies over de app", BODY
    )
    metadata = known(blocks, title=Hint("Datum", "tekst"))
    assert (metadata.title, metadata.kind, metadata.dates.document) == ("Advies over de app", "brief", "2020-08-06")
    assert metadata.publishers == ()  # a letter to a minister


def test_a_subtitle_tells_the_kind_when_the_title_does_not() -> None:
    blocks = paragraphs(
        "Wisseling van de wacht", "Vervolgonderzoek naar de opvolging van aanbevelingen", "Rapport", BODY
    )
    assert known(blocks).kind == "vervolgonderzoek"


def test_a_mention_in_the_text_makes_no_publisher() -> None:
    metadata = known(
        paragraphs("Verslag van een bezoek", f"{BODY} De Algemene Rekenkamer en de gemeente Utrecht schreven.")
    )
    assert metadata.publishers == ()


def test_html_goes_before_address_before_text_before_file_before_name() -> None:
    url = "https://www.inspectie-jenv.nl/Publicaties/rapporten/2015/03/25/parate-kennis"
    blocks = paragraphs("Titel op de pagina", "1 mei 2014", BODY)
    hints = {
        "title": Hint("Parate kennis | Rapport | Inspectie Justitie en Veiligheid", "html"),
        "published": Hint("2016-02-03T00:00", "html"),
        "url": Hint(url, "html"),
    }
    metadata = known(blocks, **hints)
    assert (metadata.title, metadata.dates.best, metadata.kind) == ("Parate kennis", "2016-02-03", "rapport")
    assert (metadata.found["title"], metadata.found["dates"], metadata.found["kind"]) == ("html", "html", "adres")
    assert metadata.publishers == ("Inspectie Veiligheid en Justitie",)

    of_address = known(paragraphs(BODY), url=hints["url"])
    assert (of_address.dates.published, of_address.found["dates"]) == ("2015-03-25", "adres")

    of_text = known(blocks, title=Hint("Titel uit het bestand", "bestand"), file_date=Hint("2020-01-01", "bestand"))
    assert (of_text.title, of_text.dates.best, of_text.found["dates"]) == ("Titel op de pagina", "2014-05-01", "tekst")

    of_file = known(
        paragraphs(BODY), title=Hint("Titel uit het bestand", "bestand"), file_date=Hint("2020-01-01", "bestand")
    )
    assert (of_file.title, of_file.dates.best) == ("Titel uit het bestand", "2020-01-01")
    assert (of_file.found["title"], of_file.found["dates"]) == ("bestand", "bestand")

    of_name = known(paragraphs(BODY), "map/2019-02-13_wachtlijsten_bij_de_raad~bb7589.pdf")
    assert (of_name.title, of_name.dates.best) == ("2019-02-13 wachtlijsten bij de raad", "2019-02-13")
    assert (of_name.found["title"], of_name.found["dates"]) == ("naam", "naam")


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Microsoft Word - rapport.docx", None),
        ("rapport definitief.pdf", None),
        ("Document1", None),
        ("Logo", None),
        ("2024", None),
        ("Kijk op rapporten | Rapport | Rijksoverheid.nl", "Kijk op rapporten"),
        ("Gestalkt. Gezien. Gehoord?", "Gestalkt. Gezien. Gehoord?"),
        ("Kinderen | ouders", "Kinderen | ouders"),
    ],
)
def test_titles_that_programs_make_up(title: str, clean: str | None) -> None:
    assert cleaned_title(title) == clean


def test_subtitle_and_period_of_a_cover() -> None:
    metadata = known(paragraphs("Koffer zonder papieren", "De opvang in twee gemeenten", "Oktober 2022", BODY))
    assert (metadata.title, metadata.subtitle) == ("Koffer zonder papieren", "De opvang in twee gemeenten")
    assert (metadata.dates.document, metadata.period) == ("2022-10", None)
    years = known(paragraphs("Meerjarenperspectief 2021-2024", BODY))
    assert (years.kind, years.period, years.dates.best) == ("meerjarenperspectief", "2021-2024", None)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("nl", BODY),
        (
            "en",
            "The inspectorate has found that the chain of the organisations is not in order and was not for long. " * 3,
        ),
        ("de", "Die Aufsicht ist nicht mit dem Bericht und der Kette für das Land auch von den Stellen werden. " * 3),
        ("fr", "Le rapport est dans la main des services et pour les enfants du pays que sur une base au juge. " * 3),
    ],
)
def test_language_by_its_function_words(language: str, text: str) -> None:
    assert known(paragraphs(text)).language == language


def test_too_little_text_leaves_the_language_to_the_hint() -> None:
    assert known(paragraphs("Kort."), language=Hint("en-GB", "html")).language == "en"
    assert known(paragraphs("Kort.")).language == "nl"


def test_nothing_known_still_gives_a_title() -> None:
    metadata = known((), "scan.pdf")
    assert (metadata.title, metadata.kind, metadata.dates.best, metadata.found["title"]) == (
        "Scan",
        "overig",
        None,
        "naam",
    )


texts = st.lists(st.sampled_from(TELLING) | st.text(max_size=12), max_size=6).flatmap(
    lambda pieces: st.sampled_from(("", " ", "\n", "\t")).map(lambda glue: glue.join(pieces))
)
parts = st.builds(Part, texts, st.none() | st.integers(1, 3))
blocks_of_any_kind = st.builds(
    RawBlock,
    st.sampled_from(("heading", "paragraph", "item", "table", "note")),
    st.lists(parts, min_size=1, max_size=2).map(tuple),
    st.integers(0, 6),
)
hints_of_any_kind = st.dictionaries(
    st.sampled_from(
        ("title", "subtitle", "kind", "date", "published", "updated", "file_date", "publisher", "language", "url")
    ),
    st.builds(Hint, texts, st.sampled_from(("html", "tekst", "bestand"))),
)


@settings(deadline=None)  # a busy machine is no fault of the rules
@given(st.lists(blocks_of_any_kind, max_size=8), texts, hints_of_any_kind)
def test_whatever_a_file_says_it_is_resolved(blocks: list[RawBlock], name: str, hints: dict[str, Hint]) -> None:
    metadata = known(tuple(blocks), name, **hints)
    assert metadata.title
    assert metadata.kind in KINDS
    assert set(metadata.found) <= {field.name for field in fields(Metadata)}
    assert all(metadata.found.values())
