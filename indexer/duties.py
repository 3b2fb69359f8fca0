"""What somebody must do (R8): a demand in a letter, and in the last word of a report, nowhere else."""

from __future__ import annotations

import re
from collections.abc import Callable

from indexer.addressees import BODIES, Addressees, Named
from kennisbank.model import Span, Strength, TermId

SUBJECT = 80
"""Characters within which the verb must follow its subject, or the other way round."""
_TOLD = re.compile(r"(?:Stelt|Zorgt|Laat|Neemt|Maakt|Geeft|Regelt|Legt|Brengt|Voert|Ziet|Houdt|Wijst|Richt|Wilt) u\b")
_DUTY = re.compile(r"\b(?P<verb>moet|moeten|dient|dienen|behoort|behoren|hoort|horen)\b")
_FIRST = re.compile(
    r"^(?:(?:ten (?:eerste|tweede|derde|vierde|slotte)|tot slot|in de (?:eerste|tweede|derde) plaats|daarom"
    r"|daarnaast|ook"
    r"|verder|voorts|vervolgens|bovendien|intussen|nu|eerst|allereerst|tegelijk)(?: \w+)?,? )(?P<verb>moet"
    r"|moeten|dient|dienen) ",
    re.IGNORECASE,
)
"""``Ten eerste moet DJI ...``: the one it is laid on stands behind the verb."""
_NO_SUBJECT = re.compile(
    r"^(?:volgens|in|op|bij|aan|door|met|als|om|uit)\b|\b(?:dat|die|waar\w*|wie|meent|vindt|zegt|wil|stelt|geeft|schrijft)\b",
    re.IGNORECASE,
)
"""Before a verb of duty: what stands there is not the one it is laid on."""


class Duties:
    """Finds duties in the sentences of one document. `named` turns a phrase into addressees."""

    def __init__(
        self,
        text: str,
        addressees: Addressees,
        named: Callable[[Span], tuple[Named, ...]],
        you: TermId | None,
        *,
        inspects: bool,
        letter: bool,
    ) -> None:
        self._text = text
        self._addressees = addressees
        self._named = named
        self._you = you
        self._inspects = inspects
        self._letter = letter

    def laid(self, span: Span) -> tuple[Strength, tuple[Named, ...]] | None:
        """Tell on whom a sentence lays a duty, and how strongly; None when it lays none on anybody we can tell."""
        text = span.of(self._text)
        told = _TOLD.match(text)
        if told and self._you and text.endswith((".", "?")) and "," not in text:
            return "dringend", (Named(Span(span.start + told.end() - 1, span.start + told.end()), self._you),)
        first = _FIRST.match(text)
        if first:
            behind = Span(span.start + first.end(), min(span.end, span.start + first.end() + SUBJECT))
            mentions = self._addressees.mentions(behind)[:1]
            named = tuple(Named(one.span, one.term.id) for one in mentions)
            return ("dringend", named) if named and named[0].span.start - behind.start < SUBJECT // 2 else None
        clauses = [0, *(found.end() for found in re.finditer(r"[:;] ", text) if self._letter)]
        laid = (self._subject(Span(span.start + at, span.end), text[at:]) for at in clauses)
        return next((one for one in laid if one), None)

    def _subject(self, span: Span, text: str) -> tuple[Strength, tuple[Named, ...]] | None:
        duty = _DUTY.search(text)
        if not duty or duty.start() > SUBJECT or _NO_SUBJECT.search(text[: duty.start()]):
            return None
        every = self._inspects and re.match(r"(?:iedere|elke|alle)\s", text, re.IGNORECASE)
        named = self._named(Span(span.start, span.start + duty.start()))
        known = bool(named) and (bool(named[0].organisation) or bool(BODIES.search(text[: duty.start()])))
        listed = len(named) > 1 and all(one.organisation for one in named)
        if not every and not listed and ("," in text[: duty.start()] or not known):
            return None
        return ("aandacht" if "hoor" in duty["verb"] or "hor" in duty["verb"] else "dringend"), named
