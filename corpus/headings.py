"""Which lines are headings, and of what level."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from corpus.lines import BULLETS, CLOSED, FINAL, HEADING_SIZE, MAX_HEADING, NUMBER, Announced, Line

MAX_BOLD_HEADING = 120
"""Characters of bold text that may still be a heading."""

_LETTERHEAD = re.compile(
    r"(?:datum|(?:ons|uw) (?:kenmerk|referentie|brief)|kenmerk|contactpersoon|onderwerp|betreft"
    r"|bijlagen?(?:\(n\))?|aan|van|telefoon|e-?mail|bezoekadres|postadres|afschrift aan|behandeld door)\W*",
    re.I,
)
_NUMBER_ALONE = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,4}\.?")
_NOT_WORD = re.compile(r"[\W_]+")
_ANY_NUMBER = re.compile(r"^(?:hoofdstuk|bijlage|deel)?\s*[\dIVX]{1,4}(?:\.\d{1,2})*[.:)]?\s+", re.I)


class Headings:
    """Knows headings by what was announced and by their looks, and gives them their level."""

    def __init__(self, announced: Sequence[Announced], body: float, font: str) -> None:
        self._body, self._font = body, font
        self._announced: dict[str, Announced] = {}
        for entry in announced:
            key = _key(entry.title)
            if key:
                self._announced.setdefault(key, entry)
        self._starts = {key[:12] for key in self._announced}

    def announced_at(self, lines: Sequence[Line], at: int) -> tuple[int, int]:
        """Return how many lines from `at` are an announced heading, and its level."""
        first = lines[at]
        if (
            "\t" in first.text
            or first.text[0] in BULLETS
            or first.size < 0.95 * self._body
            or len(first.text) > MAX_HEADING
        ):
            return 0, 0
        text = ""
        for count, line in enumerate(lines[at : at + 3], start=1):
            text = f"{text} {line.text}"
            key = _key(text)
            if count == 1 and not any(key[:length] in self._starts for length in (12, len(key))):
                return 0, 0
            entry = self._announced.get(key)
            if entry and (entry.page is None or abs(entry.page - first.page) <= 1):
                return count, entry.level
        return 0, 0

    def looks_like_one(self, line: Line) -> bool:
        """Tell whether a line has the size or weight of a heading."""
        if line.sideways or "\t" in line.text or not any(char.isalnum() for char in line.text):
            return False
        if line.size > HEADING_SIZE * self._body:
            return True
        if line.size < 0.95 * self._body or len(line.text) > MAX_BOLD_HEADING or _LETTERHEAD.fullmatch(line.text):
            return False
        return line.bold or (line.font != self._font and line.text[0].isupper())

    def holds(self, lines: Sequence[Line]) -> bool:
        """Tell whether lines that look like a heading are one as a whole."""
        text, size = " ".join(line.text for line in lines), lines[0].size
        if sum(char.isalpha() for char in text) < 2:
            return bool(_NUMBER_ALONE.fullmatch(text))
        if size > HEADING_SIZE * self._body:
            return len(text) <= MAX_HEADING and not (len(lines) > 2 and CLOSED.search(text))
        if not lines[0].bold and (len(lines) > 1 or FINAL.search(text)):
            return False
        return len(text) <= MAX_BOLD_HEADING and text[-1] not in ".,;" and text[0] not in BULLETS


def levels(headings: Sequence[tuple[Sequence[Line], int]]) -> list[int]:
    """Return the level of each heading (its lines, and the level announced or 0).

    It is as announced, else by its number, else by its looks next to those of the others.
    """
    looks = [_looks(lines) for lines, _ in headings]
    stated = [level or _depth(lines[0].text) for lines, level in headings]
    known: defaultdict[tuple[float, bool], Counter[int]] = defaultdict(Counter)
    for look, level in zip(looks, stated, strict=True):
        if level:
            known[look][level] += 1
    level_of = {look: counted.most_common(1)[0][0] for look, counted in known.items()}
    above = 0
    for look in sorted(set(looks), reverse=True):
        above = level_of.setdefault(look, min(above + 1, 6))
    return [min(level or level_of[look], 6) for look, level in zip(looks, stated, strict=True)]


def _looks(lines: Sequence[Line]) -> tuple[float, bool]:
    return round(lines[-1].size * 2) / 2, lines[-1].bold


def _depth(text: str) -> int:
    number = NUMBER.match(text)
    return number[1].count(".") + 1 if number else 0


def _key(title: str) -> str:
    return _NOT_WORD.sub("", _ANY_NUMBER.sub("", title.strip())).casefold()
