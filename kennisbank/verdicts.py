"""What is said about an earlier recommendation (uitspraken), and the standing that follows from it.

Accepting, taking up, carrying out and anchoring are different things, said by different speakers; they are kept apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from kennisbank.model import SHOWN_CERTAINTY, DocumentId, Place, Span, StatementId

Speaker = Literal["inspectie", "minister", "organisatie", "rekenkamer", "anders"]
SPEAKERS: dict[str, str] = {
    "inspectie": "Inspectie",
    "minister": "minister of staatssecretaris",
    "organisatie": "organisatie",
    "rekenkamer": "Rekenkamer",
    "anders": "een ander",
}
"""Who says it, with the words a visitor reads."""
Judgement = Literal[
    "overgenomen",
    "deels-overgenomen",
    "niet-overgenomen",
    "opgepakt",
    "opgevolgd",
    "deels-opgevolgd",
    "niet-opgevolgd",
    "geborgd",
    "niet-geborgd",
    "achterhaald",
]
JUDGEMENTS: dict[str, str] = {
    "overgenomen": "overgenomen",
    "deels-overgenomen": "deels overgenomen",
    "niet-overgenomen": "niet overgenomen",
    "opgepakt": "opgepakt",
    "opgevolgd": "opgevolgd",
    "deels-opgevolgd": "deels opgevolgd",
    "niet-opgevolgd": "niet opgevolgd",
    "geborgd": "geborgd",
    "niet-geborgd": "niet geborgd",
    "achterhaald": "achterhaald",
}
"""What is said to have become of it, with the words a visitor reads."""
NOTHING_FOUND, CONTRADICTORY = "geen-uitspraak", "tegenstrijdig"
STANDINGS: dict[str, str] = {
    NOTHING_FOUND: "geen uitspraak gevonden",
    **JUDGEMENTS,
    CONTRADICTORY: "tegenstrijdige uitspraken",
}
"""Standings of a recommendation, with the words a visitor reads."""
VERDICT_RULES: dict[str, str] = {
    "U1": "de zin zegt wat er van een aanbeveling is geworden",
    "U2": "staat in een tabel met een oordeel per aanbeveling",
    "U3": "staat in een reactie, bij het punt waarop wordt geantwoord",
    "U4": "staat genummerd in een opsomming onder een oordeel",
    "mens": "een medewerker heeft dit bevestigd of gewijzigd",
}
"""Rules that find what is said, as what they see in the text."""
_STEPS: Mapping[str, int] = {
    **dict.fromkeys(("overgenomen", "deels-overgenomen", "niet-overgenomen"), 0),
    "opgepakt": 1,
    **dict.fromkeys(("opgevolgd", "deels-opgevolgd", "niet-opgevolgd", "achterhaald"), 2),
    **dict.fromkeys(("geborgd", "niet-geborgd"), 3),
}
"""Judgement -> how far along the way from accepted to anchored it speaks of."""
_OBSERVERS = ("inspectie", "rekenkamer")
"""Speakers who look for themselves; minister and organisation tell of their own work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One thing said about one recommendation; `place.text` is exactly its span of the text."""

    id: str
    document: DocumentId
    place: Place
    passage_start: int
    speaker: Speaker
    judgement: Judgement
    date: str | None
    """Of the document, or as it is said; ISO 8601 as precise as known."""
    rule: str
    recommendation: StatementId | None = None
    """None: which one is meant was not found here."""
    certainty: float = 0.0
    """0..1: that it speaks of this recommendation; below `SHOWN_CERTAINTY` the link is a proposal."""
    reasons: tuple[str, ...] = ()
    """Why it is linked, in words."""
    shared: tuple[str, ...] = ()
    """Words that both sides have."""
    origin: Literal["afgeleid", "mens"] = "afgeleid"

    @property
    def asserted(self) -> bool:
        """Tell whether the link is claimed; else it is a proposal, or there is none."""
        return self.recommendation is not None and self.certainty >= SHOWN_CERTAINTY


@dataclass(frozen=True, slots=True)
class Standing:
    """What became of a recommendation as far as is known."""

    value: str
    """One of `STANDINGS`."""
    decided: Verdict | None = None
    """What it rests on; None when nothing was found."""
    against: Verdict | None = None
    """What contradicts it."""

    @property
    def label(self) -> str:
        """What a visitor reads."""
        return STANDINGS[self.value]


def standing(said: Iterable[Verdict], as_of: str | None = None) -> Standing:
    """Derive the standing of one recommendation from what was said of it, until `as_of` (ISO; a year is all of it).

    Who looked for themselves (Inspectie, Rekenkamer) go before who tell of their own work: organisations reported as
    done what was not (Algemene Rekenkamer, *Kijk op inspectierapporten*, 2022). Of equal authority the newest counts;
    of one date what speaks of the furthest step, so that "opgevolgd, niet geborgd" stands as not anchored. It is
    contradictory when a word of equal authority and date, or a later word of less, says the opposite about that step.
    """
    known = [one for one in said if one.asserted and _in_time(one.date, as_of)]
    if not known:
        return Standing(NOTHING_FOUND)
    best = max(known, key=lambda one: (_authority(one), one.date or "", _STEPS[one.judgement], one.id))
    for other in known:
        if _opposite(best, other) and _stands_against(best, other):
            return Standing(CONTRADICTORY, best, other)
    return Standing(best.judgement, best)


def step_of(judgement: Judgement) -> int:
    """Return how far along the way from accepted (0) to anchored (3) a judgement speaks of."""
    return _STEPS[judgement]


def _in_time(date: str | None, as_of: str | None) -> bool:
    return not as_of or (date is not None and date[: len(as_of)] <= as_of[: len(date)])


def _authority(one: Verdict) -> bool:
    return one.speaker in _OBSERVERS and _STEPS[one.judgement] > 1


def _sign(one: Verdict) -> int:
    if one.judgement in ("deels-overgenomen", "deels-opgevolgd", "achterhaald"):
        return 0
    return -1 if one.judgement.startswith("niet-") else 1


def _opposite(one: Verdict, other: Verdict) -> bool:
    return _STEPS[one.judgement] == _STEPS[other.judgement] and _sign(one) * _sign(other) < 0


def _stands_against(best: Verdict, other: Verdict) -> bool:
    if _authority(best) == _authority(other):
        return best.date == other.date
    return (other.date or "") > (best.date or "")


def to_json(verdict: Verdict) -> dict[str, Any]:
    """Return what is said as plain values."""
    return asdict(verdict)


def from_json(value: Mapping[str, Any]) -> Verdict:
    """Return the verdict of `to_json`."""
    place = value["place"]
    lists: dict[str, Sequence[str]] = {name: tuple(value[name]) for name in ("reasons", "shared")}
    made = Place(Span(place["span"]["start"], place["span"]["end"]), place["text"], place["page"])
    return Verdict(**{**value, **lists, "place": made})
