"""What is said of earlier recommendations: the words, who says them, and which one is meant."""

from __future__ import annotations

import pytest

from indexer import followup_cues as cues
from indexer.followup import Found, found_in
from indexer.followup_links import Earlier, Link
from indexer.followup_step import corrected
from kennisbank.corrections import Correction
from kennisbank.model import (
    Block,
    Dates,
    Document,
    DocumentId,
    Evidence,
    Metadata,
    Place,
    Recommendation,
    Relation,
    Span,
    StatementId,
)
from kennisbank.verdicts import Verdict

REPORT, ANSWER = DocumentId("rapport"), DocumentId("reactie")


def made(
    *blocks: str, kind: str = "beleidsreactie", publisher: str = "Ministerie van Justitie en Veiligheid"
) -> Document:
    """Make a document; blocks that begin with # are headings, with - items, with | tables."""
    text, found = "", []
    for block in blocks:
        words = block.lstrip("#|- ")
        start = len(text)
        text += f"{words}\n\n"
        sort = {"#": "heading", "-": "item", "|": "table"}.get(block[0], "paragraph")
        found.append(Block(sort, Span(start, start + len(words)), 1 if sort == "heading" else 0))  # type: ignore[arg-type]
    metadata = Metadata(title="Antwoord", kind=kind, dates=Dates(document="2021-03-01"), publishers=(publisher,))
    return Document(text=text, pages=(), blocks=tuple(found), sections=(), passages=(), metadata=metadata)


def said(document: Document) -> list[tuple[str, str]]:
    return [(one.judgement, one.speaker) for one in found_in(document, True, ())]


@pytest.mark.parametrize(
    ("sentence", "judgement"),
    [
        ("Ik neem deze aanbeveling over.", "overgenomen"),
        ("Deze aanbeveling onderschrijf ik.", "overgenomen"),
        ("Deze aanbeveling neem ik gedeeltelijk over.", "deels-overgenomen"),
        ("Deze aanbeveling neem ik niet over.", "niet-overgenomen"),
        ("Ik zie geen aanleiding om dit punt uit te voeren.", "niet-overgenomen"),
        ("De Inspectie constateert dat de aanbeveling is opgevolgd.", "opgevolgd"),
        ("De aanbeveling is deels opgevolgd.", "deels-opgevolgd"),
        ("Aan de aanbeveling is geen gevolg gegeven.", "niet-opgevolgd"),
        ("De aanbeveling is niet opgevolgd.", "niet-opgevolgd"),
        ("De maatregel is nog niet geborgd.", "niet-geborgd"),
        ("De werkwijze is verankerd.", "geborgd"),
        ("Door de sluiting is de aanbeveling achterhaald.", "achterhaald"),
        ("De organisatie is met deze aanbeveling aan de slag.", "opgepakt"),
    ],
)
def test_what_became_of_it(sentence: str, judgement: str) -> None:
    assert [one.judgement for one in cues.judgements(sentence)] == [judgement]


@pytest.mark.parametrize(
    "sentence",
    [
        "In hoeverre zijn de aanbevelingen opgevolgd?",
        "Opgevolgd betekent dat de maatregel in de praktijk is te zien.",
        "In 2025 gaat de Inspectie na of de aanbevelingen zijn opgevolgd.",
        "De gemeente neemt de zorg over van het Rijk.",
    ],
)
def test_asking_defining_and_announcing_say_nothing(sentence: str) -> None:
    assert not list(cues.judgements(sentence))


def test_a_minister_and_an_organisation_are_told_apart() -> None:
    answer = made(
        "# 1. Overdracht", "Deze aanbeveling neem ik over.", "# 2. Klachten", "DJI neemt deze aanbeveling over."
    )
    assert said(answer) == [("overgenomen", "minister"), ("overgenomen", "organisatie")]


def test_followed_up_and_anchored_are_two_statements() -> None:
    report = made("De eerste aanbeveling is opgevolgd en geborgd.", kind="vervolgonderzoek", publisher="Inspectie JenV")
    assert said(report) == [("opgevolgd", "inspectie"), ("geborgd", "inspectie")]


def test_a_report_that_is_about_nothing_earlier_says_nothing() -> None:
    report = made(
        "De informatie is niet geborgd en de werkwijze is niet ingevoerd.", kind="rapport", publisher="Inspectie"
    )
    assert not list(found_in(report, False, ()))


def test_a_table_is_read_by_its_headings() -> None:
    table = "| Nr\tAanbeveling\tOordeel\n1\tGeef een overdracht\tDeels opgevolgd\n2\tMeet de doorlooptijd\tNee"
    found = list(found_in(made(table, kind="vervolgonderzoek", publisher="Inspectie JenV"), True, ()))
    assert [(one.judgement, one.numbers) for one in found] == [("deels-opgevolgd", (1,)), ("niet-opgevolgd", (2,))]


# Which one is meant


def demand(name: str, words: str, number: str | None) -> Recommendation:
    return Recommendation(
        id=StatementId(name),
        place=Place(Span(0, len(words)), words, None),
        passage_start=0,
        path=(),
        kind="aanbeveling",
        rules=("R1",),
        certainty=0.9,
        strength="formeel",
        number=number,
    )


DEMANDS = [
    demand("a1", "Geef bij iedere overplaatsing een schriftelijke overdracht.", "1"),
    demand("a2", "Beantwoord klachten van jongeren binnen twee weken.", "2"),
    demand("a3", "Meet de doorlooptijd van aangifte tot straf.", "3"),
]


def links(document: Document, demands: list[Recommendation] = DEMANDS, *, related: bool = True) -> list[list[Link]]:
    metadata = {
        REPORT: Metadata(
            title="Tussen wal en schip in Oosterdelta", kind="rapport", dates=Dates(document="2019-02-01")
        ),
        ANSWER: document.metadata,
    }
    kind = "vervolg" if document.metadata.kind == "vervolgonderzoek" else "beleidsreactie"
    relations = [Relation(ANSWER, kind, REPORT, (Evidence(Span(0, 1), "titel"),))] if related else []  # type: ignore[arg-type]
    found: list[Found] = list(found_in(document, related, ()))
    return [its for _, its in Earlier({REPORT: demands}, metadata, relations).linked(ANSWER, document, found)]


def names(found: list[list[Link]]) -> list[list[str]]:
    return [[str(link.recommendation.id) for link in its] for its in found]


def test_a_number_a_rank_and_a_heading_say_which_one_is_meant() -> None:
    answer = made(
        "Aanbeveling 2 neem ik over.", "De derde aanbeveling neem ik niet over.", "# Aanbeveling 1", "Dit neem ik over."
    )
    assert names(links(answer)) == [["a2"], ["a3"], ["a1"]]


def test_numbers_that_begin_anew_count_in_order() -> None:
    again = [demand("a1", "Geef een overdracht.", "1"), demand("a2", "Beantwoord klachten.", "1")]
    assert names(links(made("De tweede aanbeveling neem ik over."), again)) == [["a2"]]


def test_all_recommendations_are_each() -> None:
    assert names(links(made("Alle aanbevelingen neem ik over."))) == [["a1", "a2", "a3"]]


def test_more_numbers_and_ranges_are_each() -> None:
    assert names(links(made("De aanbevelingen 1 en 3 neem ik over."))) == [["a1", "a3"]]
    assert names(links(made("De aanbevelingen 1 tot en met 3 neem ik over."))) == [["a1", "a2", "a3"]]


def test_all_of_so_many_are_each_and_part_of_them_is_nobody_in_particular() -> None:
    report = made("Drie van de drie aanbevelingen zijn opgevolgd.", kind="vervolgonderzoek", publisher="Inspectie JenV")
    assert names(links(report)) == [["a1", "a2", "a3"]]
    part = made("Twee van de drie aanbevelingen zijn opgevolgd.", kind="vervolgonderzoek", publisher="Inspectie JenV")
    assert names(links(part)) == []


def test_a_table_that_lost_its_cells_is_read_by_its_judgements() -> None:
    pieces = (
        "# Stand van eerdere aanbevelingen",
        "2019 Klachten van jongeren beantwoorden Overgenomen Deels opgevolgd",
    )
    found = list(found_in(made(*pieces, kind="rapport", publisher="Inspectie JenV"), False, ()))
    assert [(one.judgement, one.speaker) for one in found] == [
        ("overgenomen", "minister"),
        ("deels-opgevolgd", "inspectie"),
    ]


def test_words_that_are_shared_say_which_one_is_meant() -> None:
    [[link]] = links(made("De aanbeveling om klachten van jongeren te beantwoorden neem ik over."))
    assert link.recommendation.id == "a2"
    assert {"klachten", "jongeren"} <= set(link.shared)


def test_without_a_report_that_is_named_nothing_is_asserted() -> None:
    found = links(made("De aanbeveling om te meten neem ik over."), related=False)
    assert all(link.certainty < 0.6 for its in found for link in its)


# A person's word


def verdict() -> Verdict:
    return Verdict(
        id="u1",
        document=ANSWER,
        place=Place(Span(0, 20), "Dit punt neem ik over.", None),
        passage_start=0,
        speaker="minister",
        judgement="overgenomen",
        date="2021-03-01",
        rule="U3",
        recommendation=StatementId("a1"),
        certainty=0.75,
        reasons=("deelt woorden met de aanbeveling",),
    )


def correction(actie: str, **values: str) -> Correction:
    return Correction(actie=actie, soort="uitspraak", document=ANSWER, tekst="Dit punt  neem ik over.", **values)


def test_a_person_confirms_changes_and_rejects() -> None:
    known = {StatementId("a1"), StatementId("a2")}
    [confirmed] = corrected([verdict()], [correction("bevestig")], known)
    assert (confirmed.certainty, confirmed.origin) == (1.0, "mens")
    [changed] = corrected([verdict()], [correction("wijzig", oordeel="opgepakt", aanbeveling="a2")], known)
    assert (changed.judgement, changed.recommendation) == ("opgepakt", "a2")
    [unlinked] = corrected([verdict()], [correction("verwerp", term="a1")], known)
    assert unlinked.recommendation is None
    assert not corrected([verdict()], [correction("verwerp")], known)
    assert corrected([verdict()], [correction("verwerp", was="opgepakt")], known) == [verdict()]
