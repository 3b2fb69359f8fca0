from corpus.kinds import Lines
from corpus.publishers import find_publishers, organisations_in, senders
from corpus.raw import Part, RawBlock, RawDocument


def test_organisations_by_their_name_at_the_time() -> None:
    text = "Inspectie VenJ, de IGJ, Minister van Asiel en Migratie, gemeente Den Haag en J. de Vries"
    assert organisations_in(text) == [
        "Inspectie Veiligheid en Justitie",
        "Inspectie Gezondheidszorg en Jeugd",
        "ministerie van Asiel en Migratie",
        "gemeente Den Haag",
    ]


def test_an_old_spelling_of_a_ministry_is_kept() -> None:
    assert organisations_in("het Miniſterie van Juſtitie") == ["ministerie van Juſtitie"]


def test_who_signs_a_joint_letter_publishes_it_too() -> None:
    texts = [
        "Datum 3 mei 2023",
        "Ons kenmerk 12",
        "Onderwerp Opvang",
        "Inspectie Justitie en Veiligheid",
        *["Tekst van de brief die lang genoeg is om geen kop te zijn en ook geen regel van een briefhoofd. " * 5] * 3,
        "De inspecteur-generaal Justitie en Veiligheid",
        "De inspecteur-generaal van het Onderwijs",
    ]
    raw = RawDocument(
        tuple(RawBlock("paragraph", (Part(text, 1 + (at > 4)),)) for at, text in enumerate(texts)), (None, None)
    )
    lines = Lines.of(raw.blocks)
    assert find_publishers(raw, lines, "", "2023-05-03", senders(lines.front))[0] == (
        "Inspectie Justitie en Veiligheid",
        "Inspectie van het Onderwijs",
    )
