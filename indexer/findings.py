"""What does a document find, and is that good or bad? Sentences with a clear cue only: no cue, no finding.

F1 the publisher finds (*constateert, stelt vast, ziet*) · F2 the publisher judges (*oordeelt, concludeert, acht*) ·
F3 a measure is reported to work · F4 the words of the sentence leave no doubt whether it reports good or bad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.performatives import quoted, speakers
from indexer.polarity import Polarity, polarity
from indexer.scopes import heading_above
from kennisbank import dutch
from kennisbank.model import Document, Span

SILENT_KINDS = frozenset(
    {"werkprogramma", "meerjarenperspectief", "plan-van-aanpak", "toetsingskader", "beleidsreactie", "voortgangsbrief"}
    | {"wederhoor"}
)
"""Kinds that say what will be looked at, or by which norms, or in which others answer."""
_NO_FINDINGS = re.compile(
    r"\b(?:inhoud\w*|colofon|afkorting\w*|begrippen\w*|bronnen|literatuur|toetsingskader|normenkader"
    r"|(?:onderzoeks)?aanpak|methode|werkwijze van (?:het onderzoek|de inspectie)|verantwoording|onderzoeksvra\w+"
    r"|vraagstelling|leeswijzer|aanleiding|afbakening|vervolg|vooruitblik|hoe (?:nu )?verder|aanbevelingen?"
    r"|respondenten)\b",
    re.IGNORECASE,
)
"""Headings under which a document tells of itself, of norms or of what comes."""
_FINDS = (
    r"constate(?:ert|ren)|stel(?:t|len) (?:\w+ ){0,2}?vast|ziet|zien|signale(?:ert|ren)|merk(?:t|ten) op"
    r"|tr(?:ef|of)(?:t|fen)? (?:\w+ ){0,3}?aan"
)
_JUDGES = (
    r"oorde(?:elt|len)|conclude(?:ert|ren)|(?:is|zijn) van oordeel|vind(?:t|en)|acht(?:en)?|noem(?:t|en)"
    r"|beoorde(?:elt|len)"
)
_SHOWS = re.compile(r"\b(?:blijkt|bleek|is gebleken|blijken)\b", re.IGNORECASE)
_WORKS = re.compile(
    r"\b(?:daardoor|hierdoor|sindsdien|waardoor|met als gevolg)\b.{0,120}\b(?:sneller|korter|beter|eerder|binnen een"
    r"|minder (?:\w+ )?(?:klachten|incidenten|fouten|uitval|verzuim|agressie|wachttijd|meldingen))\b"
    r"|\b(?:maatregel|aanpak|werkwijze|proef|pilot|afspraak|oplossing)\w*\b.{0,60}\b(?:werkt|helpt|heeft gewerkt"
    r"|heeft geholpen)\b|\b(?:teruggebracht|gehalveerd|verkort)\b",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    r"\b(?:zal|zullen|gaat|gaan) (?:\w+ ){0,6}?(?:\w+en)\b[.]?$|\bin 20\d\d (?:zal|gaat|start)\b", re.IGNORECASE
)
_ABOUT_ITSELF = re.compile(
    r"\b(?:betekent|wil zeggen|verstaat|kent (?:vier|drie|vijf)|kiest|telt mee|wil|willen|zou(?:den)?"
    r"|moet(?:en)?|dient|dienen)\b"
    r"|\b(?:dit|het|ons|een|deze) (?:\w+ )?(?:rapport|brief|concept\w*|blad)\b|\bkan\b.*\bals\b|\boordelen\b|\bik\b",
    re.IGNORECASE,
)
"""What is defined, wished or possible, or said of the document itself."""
CERTAINTY = {"F1": 0.85, "F2": 0.85, "F3": 0.75, "F4": 0.7}
NEUTRAL = 0.55
"""Of a finding in which no word says whether it is good or bad: a proposal, for a reader to judge."""
MIN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Observation:
    """A finding as found."""

    span: Span
    kind: str
    polarity: Polarity
    rules: tuple[str, ...]
    certainty: float


def observations(document: Document) -> Iterator[Observation]:
    """Yield the findings in order of place."""
    if document.metadata.kind in SILENT_KINDS:
        return
    cues = _Cues(document)
    above = heading_above(document)
    for block in document.blocks:
        if block.kind not in ("paragraph", "item") or _NO_FINDINGS.search(above(block.span.start)):
            continue
        text = block.span.of(document.text)
        for sentence in dutch.sentences(text):
            found = cues.observed(sentence.of(text))
            if found:
                kind, good, rules, certainty = found
                span = Span(block.span.start + sentence.start, block.span.start + sentence.end)
                yield Observation(span, kind, good, rules, certainty)


class _Cues:
    """Looks for cues in the sentences of one document."""

    def __init__(self, document: Document) -> None:
        who = speakers(document)
        self._finds = re.compile(rf"{who}[^.;]{{0,60}}?\s(?:{_FINDS})\b|\b(?:{_FINDS})\s+{who}", re.IGNORECASE)
        self._judges = re.compile(rf"{who}[^.;]{{0,60}}?\s(?:{_JUDGES})\b|\b(?:{_JUDGES})\s+{who}", re.IGNORECASE)

    def observed(self, text: str) -> tuple[str, Polarity, tuple[str, ...], float] | None:
        """Return kind, polarity, rules and certainty of a sentence; None when it has no cue."""
        if (
            len(text.split()) < MIN_WORDS
            or text.endswith(("?", ":"))
            or quoted(text, len(text) // 2)
            or _AHEAD.search(text)
        ):
            return None
        if _AHEAD.search(text) or _ABOUT_ITSELF.search(text):
            return None
        good = polarity(text)
        rules = [
            rule
            for rule, found in (
                ("F2", self._judges.search(text)),
                ("F1", self._finds.search(text) or _SHOWS.search(text)),
                ("F3", good != "negatief" and _WORKS.search(text)),
                ("F4", good != "neutraal"),
            )
            if found
        ]
        if not rules:
            return None
        kind = {"F2": "oordeel", "F3": "maatregel"}.get(rules[0], "bevinding")
        good = "positief" if kind == "maatregel" else good
        certainty = NEUTRAL if good == "neutraal" else CERTAINTY[rules[0]]
        return kind, good, tuple(rules), certainty
