"""Dates and periods: as they stand in a text, and which of them are those of the publication."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Final

from corpus.kinds import RECEIVED, SENTENCE, SHORT_LINE, Found, Lines
from corpus.raw import RawDocument
from kennisbank.model import Dates

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "february"),
            ("maart", "mrt", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "october"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_PARTED_MONTH = re.compile(
    rf"(?<=\d )(?:{'|'.join(' ?'.join(name) for name in _MONTHS if len(name) > 3)})(?= (?:19|20)\d\d\b)", re.IGNORECASE
)
"""A month in whose letters a PDF put a space: ``1 ju li 2021``."""
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)(?![\d-])"
    rf"|(?P<day>[0-3]?\d)(?:\s+|-)(?P<month>{_MONTH})\.?(?:\s+|-)(?P<year>(?:19|20)\d\d)\b"
    rf"|(?P<day2>[0-3]?\d)[-/.](?P<month2>[01]?\d)[-/.](?P<year2>(?:19|20)\d\d)\b"
    rf"|(?P<month3>{_MONTH})\.?\s+(?P<year3>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
"""A year, to be matched with a whole line."""
_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–/]|tot en met|t/m)\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,-]*\d)")
_OTHER_DATE = re.compile(
    r"\b(?:uw brief|brief van|kenmerk|tussen|sinds|vanaf|tot en met|periode|versie|geraadpleegd|wet van|uw verzoek)\b",
    re.I,
)

LETTER_DATE = re.compile(
    r"^\W*(?:datum|date|verzonden|vastgesteld|voorgesteld|den haag|the hague|utrecht|ontvangen)\b", re.I
)
"""Begins the line of a letter or cover that gives its date (or has it on the next line)."""
COLOPHON = re.compile(
    r"\b(?:colofon|uitgave van|uitgegeven door|dit is een uitgave|deze brochure is een)\b", re.IGNORECASE
)
"""Tells that a line belongs to a colophon."""
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)/([01]\d)/([0-3]\d)(?:/|$)")

PERIODICAL = re.compile(r"(?:werkprogramma|jaarbericht|jaarverslag|jaarplan|meerjaren\w+)", re.IGNORECASE)
"""A name of publications of which there is one for each period."""
_PERIOD_KINDS: Final = frozenset({"jaarbericht", "werkprogramma", "meerjarenperspectief"})


def dates_in(text: str) -> list[str]:
    """Return the dates in a text as ISO 8601, as precise as they are given (day or month), in order.

    A year alone is no date here, and neither is a number of a file (``29 628, nr. 1123``).
    """
    whole = _PARTED_MONTH.sub(lambda match: match[0].replace(" ", ""), text)
    found = (_iso(match) for match in _DATE.finditer(whole))
    return [date for date in found if date]


def _iso(match: re.Match[str]) -> str | None:
    if match["iso"]:
        year, month, *rest = match["iso"].split("-")
        day = rest[0] if rest else None
    else:
        year = match["year"] or match["year2"] or match["year3"]
        word = match["month"] or match["month3"]
        # 0 for a spelling that only matches by its case: the long s in "auguſtus"
        month = str(_MONTHS.get(word.lower(), 0)) if word else match["month2"]
        day = match["day"] or match["day2"]
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day is not None else "")


def find_dates(raw: RawDocument, lines: Lines, address: str, name: str, kind: str) -> tuple[Dates, str]:
    """Return the dates of a publication and where the one to show was found (empty: nowhere)."""
    published, found = _published(raw, address, name)
    document = _letterhead_date(lines) or (None if found == "html" else _cover_date(lines))
    stated = raw.hints.get("date")
    if stated and stated.found != "bestand" and dates_in(stated.value):
        document, found = dates_in(stated.value)[0], stated.found
    elif document:
        found = "tekst"
    elif not published:
        document, found = _last_resort(raw, lines, name, kind)
    updated = raw.hints.get("updated")
    # a file says when it was saved, not when the publication changed
    changed = dates_in(updated.value) if updated and updated.found != "bestand" else []
    return Dates(document=document, published=published, updated=changed[0] if changed else None), found


def _published(raw: RawDocument, address: str, name: str) -> Found | tuple[None, str]:
    hint = raw.hints.get("published")
    if hint and hint.found != "bestand" and dates_in(hint.value[:10]):
        return dates_in(hint.value[:10])[0], hint.found
    for where, place in (("adres", address), ("naam", "/" + name)):
        match = _ADDRESS_DATE.search(place)
        if match:
            return "-".join(match.groups()), where
    return None, ""


def _letterhead_date(lines: Lines) -> str | None:
    for at, line in enumerate(lines.front):
        received = RECEIVED.search(line)
        if received and dates_in(received[1]):
            return dates_in(received[1])[0]
        if LETTER_DATE.match(line):
            found = dates_in(line) or dates_in(" ".join(lines.front[at + 1 : at + 2]))
            if found:
                return found[0]
    return None


def _cover_date(lines: Lines) -> str | None:
    """Return the date on the cover, else in the colophon."""
    for line in lines.front:
        found = dates_in(line)
        told = _OTHER_DATE.search(line) or SENTENCE.match(line)
        if len(found) == 1 and len(line) <= SHORT_LINE and not told:
            return found[0]
    if any(COLOPHON.search(line) for line in lines.back):
        for line in reversed(lines.back):
            found = dates_in(line)
            if found and len(line) <= SHORT_LINE // 2:
                return found[0]
    return None


def _last_resort(raw: RawDocument, lines: Lines, name: str, kind: str) -> tuple[str | None, str]:
    hints = [
        hint
        for field in ("date", "published", "file_date")
        if (hint := raw.hints.get(field)) and dates_in(hint.value[:10])
    ]
    if (
        kind not in _PERIOD_KINDS and not lines.of_parliament
    ):  # there a year alone says what it is about, not when it was written
        year = next((line for line in lines.front if YEAR_ALONE.fullmatch(line)), None)
        if year:
            return year, "tekst"
    if hints:
        return dates_in(hints[0].value[:10])[0], hints[0].found
    in_name = dates_in(re.sub(r"[_ ]", " ", PurePosixPath(name).stem))
    return (in_name[0], "naam") if in_name else (None, "")


def find_period(kind: str, title: str, lines: Lines) -> tuple[str | None, str]:
    """Return the years that a periodical covers (``2024``, ``2021-2024``) and where they were found."""
    if kind not in _PERIOD_KINDS:
        return None, ""
    for line in (title, *lines.front[:12]):
        span = _PERIOD.search(line)
        if span:
            return f"{span[1]}-{span[2]}", "tekst"
        year = _YEAR.search(line) if line == title or YEAR_ALONE.fullmatch(line) or PERIODICAL.search(line) else None
        if year:
            return year[0], "tekst"
    return None, ""
