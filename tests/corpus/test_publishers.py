from corpus.publishers import organisations_in


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
