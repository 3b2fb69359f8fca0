"""Commitments: what counts as one, what only seems one, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.build import BuildReport
from indexer.carried_out import CarriedOut
from indexer.plans import commitments, planned
from kennisbank import generations
from kennisbank.commitments import Commitment, from_json, to_json
from kennisbank.corrections import Correction, corrections, write_corrections
from kennisbank.library import Library
from kennisbank.model import Block, Dates, Document, DocumentId, Metadata, Section, Span
from kennisbank.settings import Settings
from kennisbank.taxonomy import Taxonomy


def made(
    *blocks: str,
    kind: str = "werkprogramma",
    title: str = "Werkprogramma 2024",
    date: str = "2023-09-01",
    period: str = "",
) -> Document:
    """Make a document; blocks that begin with # are headings, with - items."""
    text, found, sections = "", [], []
    for block in blocks:
        start = len(text)
        text += block.lstrip("# ") + "\n\n"
        span = Span(start, len(text) - 2)
        sort = "heading" if block.startswith("#") else "item" if block.startswith("- ") else "paragraph"
        found.append(Block(sort, span, 1 if sort == "heading" else 0))  # type: ignore[arg-type]
        if sort == "heading":
            sections.append(span)
    ends = [*(span.start for span in sections[1:]), len(text)]
    return Document(
        text=text,
        pages=(),
        blocks=tuple(found),
        sections=tuple(Section(1, span, Span(span.start, end)) for span, end in zip(sections, ends, strict=True)),
        passages=(),
        metadata=Metadata(
            title=title,
            kind=kind,
            dates=Dates(document=date),
            period=period or None,
            publishers=("Inspectie Justitie en Veiligheid",),
        ),
    )


def quotes(document: Document) -> list[tuple[str, bool]]:
    return [(one.span.of(document.text), one.negated) for one in planned(document)]


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2024 onderzoeken wij hoe de politie omgaat met meldingen van stalking.",
        "Het rapport over de opvang publiceren we in het voorjaar van 2024.",
        "De Inspectie start in het najaar van 2024 een onderzoek naar de reclassering.",
        "Het incidentonderzoek wordt in 2024 afgerond.",
        "Voor het tweede kwartaal van 2024 staat een onderzoek naar de meldkamers gepland.",
        "De Inspectie zal in 2024 een toetsingskader opstellen.",
        "Het toezicht op de hackbevoegdheid richt zich in 2024 op de kwaliteitszorg.",
    ],
)
def test_what_will_be_done_is_a_commitment(sentence: str) -> None:
    assert quotes(made("# Politie", sentence)) == [(sentence, False)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Voor 2024 is besloten dit toezicht niet voort te zetten.",
        "Het onderzoek naar de wachtlijsten voeren wij dit jaar niet uit.",
        "Het voorgenomen onderzoek naar vergunningen is ingetrokken.",
    ],
)
def test_what_will_not_be_done_is_negated(sentence: str) -> None:
    assert quotes(made("# Migratie", sentence)) == [(sentence, True)]


@pytest.mark.parametrize(
    "sentence",
    [
        "De Inspectie wil bijdragen aan het vertrouwen in de overheid.",
        "De Inspectie ziet dat organisaties onder druk staan.",
        "In 2019 heeft de Inspectie onderzoek gedaan naar de wachtlijsten.",
        "Als het nodig is, kan de Inspectie een onderzoek starten.",
        "Gaat de Inspectie in 2024 nog onderzoek doen?",
        "De politie start in 2024 met een nieuwe opleiding.",
    ],
)
def test_a_wish_a_report_a_condition_and_a_deed_of_others_are_none(sentence: str) -> None:
    assert quotes(made("# Politie", sentence)) == []


def test_outside_plans_a_deed_needs_a_time() -> None:
    told = "De Inspectie onderzoekt hoe de recherche werkt."
    promised = "In 2026 onderzoekt de Inspectie opnieuw hoe de recherche werkt."
    document = made("# Aanpak", f"{told} {promised}", kind="rapport", title="Recherche", date="2024-05-01")
    assert quotes(document) == [(promised, False)]


def test_a_minister_who_answers_promises_nothing_for_the_inspectorate() -> None:
    document = made("# Reactie", "In 2025 onderzoekt de Inspectie dit opnieuw.", kind="beleidsreactie")
    assert quotes(document) == []


def test_items_under_a_heading_of_planned_studies_are_commitments() -> None:
    document = made(
        "# Geplande onderzoeken", "- bejegening van verdachten op het politiebureau", "- nazorg na detentie"
    )
    assert [text for text, _ in quotes(document)] == [
        "bejegening van verdachten op het politiebureau",
        "nazorg na detentie",
    ]


def test_goal_is_that_of_the_nearest_heading(taxonomy: Taxonomy) -> None:
    document = made(
        "# Veerkracht en weerbaarheid",
        "In 2024 onderzoeken wij de meldkamers.",
        "# Scherp op burgerperspectief",
        "In 2024 onderzoeken wij de klachtafhandeling.",
        period="2024",
    )
    found = commitments(DocumentId("d1"), document, (), taxonomy)
    assert [(one.goal, one.year, one.period) for one in found] == [
        ("doel:veerkracht", 2024, "In 2024"),
        ("doel:burger", 2024, "In 2024"),
    ]
    assert all(one.place.span.of(document.text) == one.place.text for one in found)
    assert [from_json(to_json(one)) for one in found] == list(found)


PROGRAMME = """# Werkprogramma 2024

Inspectie Justitie en Veiligheid

## Politie

In 2024 onderzoeken wij de nazorg voor slachtoffers van woninginbraak. Dat is een ernstig delict, ook voor de buren.

In 2024 onderzoeken wij de bejegening van arrestanten in het politiebureau.
"""
NURSED = """# Nazorg slachtoffers woninginbraak

Rapport van de Inspectie Justitie en Veiligheid

1 november 2024

De politie belt slachtoffers niet terug.
"""


@pytest.fixture
def planned_library(tmp_path: Path, indexed: Callable[..., BuildReport], library: Library) -> Library:
    """A werkprogramma and the report that carries one commitment of it out, indexed."""
    folder = tmp_path / "stukken"
    folder.mkdir()
    (folder / "werkprogramma.md").write_text(PROGRAMME, encoding="utf-8")
    (folder / "rapport.md").write_text(NURSED, encoding="utf-8")
    indexed(folder)
    return library


def decided(settings: Settings, indexed: Callable[..., BuildReport], folder: Path, **fields: str) -> None:
    rows = generations.read_ledger(generations.current(settings.data).folder / generations.LEDGER)
    row = next(row for row in rows if row.file == "werkprogramma.md")
    made_now = Correction(soort="voornemen", document=row.id, sha256=row.sha256 or "", bestand=row.file, **fields)
    write_corrections(settings.data, [*corrections(settings.data), made_now])
    indexed(folder)


def test_what_a_person_says_survives_every_rebuild(
    planned_library: Library, settings: Settings, tmp_path: Path, indexed: Callable[..., BuildReport]
) -> None:
    folder = tmp_path / "stukken"
    first, second = planned_library.current().plans.all
    decided(settings, indexed, folder, actie="verwerp", tekst=second.commitment.place.text)
    decided(settings, indexed, folder, actie="bevestig", tekst=first.commitment.place.text)
    (folder / "ander.md").write_text("# Nieuws\n\nEr is iets gebeurd in de wijk.\n", encoding="utf-8")
    indexed(folder)
    (left,) = planned_library.current().plans.all
    assert (left.commitment.id, left.commitment.origin, left.commitment.certainty) == (first.commitment.id, "mens", 1.0)


def test_a_rejected_link_does_not_come_back(
    planned_library: Library, settings: Settings, tmp_path: Path, indexed: Callable[..., BuildReport]
) -> None:
    folder = tmp_path / "stukken"
    first, _ = planned_library.current().plans.all
    (link,) = first.links
    assert first.commitment.standing == "gepubliceerd"
    decided(settings, indexed, folder, actie="verwerp", tekst=first.commitment.place.text, term=link.row.id)
    indexed(folder)
    first, _ = planned_library.current().plans.all
    assert (first.links, first.commitment.standing) == ((), "loopt")


PLAN = made(
    "# Politie",
    "In 2024 onderzoeken wij de nazorg voor slachtoffers van woninginbraak.",
    "In 2024 onderzoeken wij de bejegening van arrestanten.",
    period="2024",
)
REPORT = made("# Woninginbraak", "Tekst.", kind="rapport", title="Nazorg slachtoffers woninginbraak", date="2024-11-01")
ACCOUNT = made(
    "# Verantwoording",
    "Het weer was wisselend. Het onderzoek naar de bejegening van arrestanten is uitgesteld.",
    kind="jaarbericht",
    title="Jaarbericht 2024",
    date="2025-04-01",
    period="2024",
)


def came_of_it(taxonomy: Taxonomy, *others: Document) -> list[Commitment]:
    documents = [(DocumentId(f"d{number}"), document) for number, document in enumerate((PLAN, *others))]
    carried = CarriedOut(documents, (), taxonomy)
    found = commitments(DocumentId("d0"), PLAN, (), taxonomy)
    return [carried.linked(one, lambda _one, _link: False) for one in found]


def test_a_later_report_with_the_words_of_the_plan_carries_it_out(taxonomy: Taxonomy) -> None:
    first, second = came_of_it(taxonomy, REPORT, ACCOUNT)
    (link,) = first.links
    assert (link.document, link.sort, link.asserted, first.standing) == ("d1", "uitvoering", True, "gepubliceerd")
    assert link.place.span.of(REPORT.text) == link.place.text
    assert [one.sort for one in second.links] == ["verantwoording"]


def test_the_jaarbericht_tells_what_was_put_off(taxonomy: Taxonomy) -> None:
    _, second = came_of_it(taxonomy, ACCOUNT)
    (link,) = second.links
    assert second.standing == "uitgesteld"
    assert link.place.text == "Het onderzoek naar de bejegening van arrestanten is uitgesteld."
    assert link.place.span.of(ACCOUNT.text) == link.place.text


def test_a_report_that_appeared_before_the_plan_carries_nothing_out(taxonomy: Taxonomy) -> None:
    earlier = made("# W", "Tekst.", kind="rapport", title="Nazorg slachtoffers woninginbraak", date="2022-11-01")
    first, _ = came_of_it(taxonomy, earlier, ACCOUNT)
    assert (first.links, first.standing) == ((), "niet-teruggevonden")
