"""The sample corpus: how it is recognised, and what is worth asking it."""

from __future__ import annotations

from dataclasses import dataclass

FICTION = "fictief voorbeelddocument"
"""A library whose documents all say so is a sample; every page of the site then says it too."""


@dataclass(frozen=True, slots=True)
class SampleQuestion:
    """A question that shows what the software is for."""

    user: str
    """Kind of user who would ask it, in Dutch."""
    text: str
    why: str
    """What the answer shows."""


SAMPLE_QUESTIONS = (
    SampleQuestion(
        "Inspecteur",
        "wat zagen we eerder bij DJI over personeel",
        "Gewoon vragen mag; namen zoeken ook op hun afkorting, en elk citaat heeft zijn pagina",
    ),
    SampleQuestion("Beleidsmedewerker", "vast aanspreekpunt", "Wie vroeg erom, aan wie, en in welk jaar weer?"),
    SampleQuestion("Onderzoeker", "overdracht van informatie", "In welke ketens komt het voor, en hoe vaak per jaar?"),
)
