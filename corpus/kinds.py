"""The kind of a document: from its address, its title and the short lines of its first page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import SplitResult, unquote, urlsplit

from corpus.plain import squeezed
from corpus.raw import RawBlock, RawDocument
from kennisbank.model import KINDS

FRONT_BLOCKS = 30
"""Blocks from the start in which a text without pages may still be its cover or letterhead."""
LONG_BLOCK = 400
"""Characters of a block with which the running text has begun."""
SHORT_LINE = 120
"""Characters of a line that may be part of a cover, letterhead or colophon."""
COVER_LINES = 8
"""Lines from the start that may name the kind; further down they are those of a contents list."""
OPENING = 2500
"""Characters in which a letter says what it is about."""
BACK_BLOCKS = 15
"""Blocks from the end in which a colophon may stand."""

Found = tuple[str, str]
"""A value and where it was found."""

_SEGMENTS: Final = {
    "nieuws": "nieuwsbericht",
    "nieuwsberichten": "nieuwsbericht",
    "persberichten": "nieuwsbericht",
    "rapporten": "rapport",
    "brieven": "brief",
    "kamerstukken": "beleidsreactie",
    "jaarverslagen": "jaarbericht",
    "jaarplannen": "werkprogramma",
    "plannen-van-aanpak": "plan-van-aanpak",
    "toetsingskaders": "toetsingskader",
    "factsheets": "factsheet",
    "reacties-op-wederhoor": "wederhoor",
}
"""Segment of an address -> kind (DOMAIN 6.1); a hint, since addresses are filed by hand."""

_TITLE_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("wederhoor", r"\bwederhoor"),
        ("nieuwsbericht", r"^(?:nieuws|pers)bericht\b|\b(?:publiceert|gepubliceerd|verschenen)$"),
        ("beleidsreactie", r"beleidsreactie|kabinetsreactie|^kamerstuk\b.{0,80}\b(?:reactie|\w*rapport)\b"),
        ("voortgangsbrief", r"voortgangsbrief|verzamelbrief|voortgangsrapportage|^kamerstuk\b.{0,80}\bstand van zaken"),
        ("plan-van-aanpak", r"\bplan van aanpak\b"),
        ("toetsingskader", r"toetsingskader"),
        ("bij-nadere-inspectie", r"\bbij nadere inspectie\b"),
        ("magazine", r"\bmagazine\b"),
        ("meerjarenperspectief", r"meerjaren(?:perspectief|programma|plan|visie)|\bkoers inspectie\b"),
        ("werkprogramma", r"werkprogramma|\bjaarplan\b|\bjaarwerkplan\b"),
        ("jaarbericht", r"jaarbericht|jaarverslag"),
        ("factsheet", r"\bfact ?sheet\b"),
        ("signaal", r"^(?:signaal|signalement)\b"),
        (
            "brief",
            r"^(?:\w{0,12}brief)\b|beantwoording (?:van )?kamervragen|^antwoord(?:en)? (?:van|op) "
            r"|^vragen van (?:de leden|het lid) ",
        ),
        ("doorlichting", r"doorlichting"),
        ("vervolgonderzoek", r"vervolgonderzoek|\bvervolgrapport"),
        (
            "incidentonderzoek",
            r"(?:incident|calamiteit)(?:en)?onderzoek|\w{3,20}incident\b|onderzoek naar (?:het|de) (?:incident|dood)\b",
        ),
        ("rapport", r"^rapport\b"),
        (
            "periodiek-beeld",
            r"\bperiodiek beeld\b|^(?:de )?staat van\b|\b(?:landelijk|regio)beeld\b|^stand van zaken\b",
        ),
        ("rapport", r"rapport\b|\bonderzoek\b|\bnulmeting\b|^evaluatie\b|\bverslag (?:van het )?toezicht\b"),
    )
)
_SPECIFIC: Final = frozenset(kind for kind, _ in _TITLE_KINDS) - {"rapport", "brief"}
_NOT_IN_LETTERS: Final = frozenset(
    {"voortgangsbrief", "vervolgonderzoek", "incidentonderzoek", "periodiek-beeld", "jaarbericht"}
)
"""What a title may speak of while the document itself is a letter of the inspectorate."""

LETTER = re.compile(r"^\W*(?:ons kenmerk|uw kenmerk|geachte\b|onderwerp\b|betreft\b|> ?retouradres)", re.IGNORECASE)
"""What the lines in the head of a letter begin with."""
_NEWS = re.compile(r"^(?:nieuwsbericht|persbericht)\s*\|", re.IGNORECASE)
_REPORT_HEADINGS = re.compile(
    r"(?:[\dIVX.]+ )?(?:samenvatting|aanbevelingen|conclusies?|onderzoeksvra\w+|bevindingen)\b", re.I
)
_RECONSTRUCTION = re.compile(
    r"(?:[\dIVX.]+ )?(?:(?:feiten)?reconstructie|tijdlijn|toedracht|de (?:gebeurtenissen|toedracht))\b", re.IGNORECASE
)
SUBJECT = re.compile(r"^\W*(?:onderwerp|betreft)\b\W*", re.IGNORECASE)
"""Begins the line in which a letter says what it is about."""

YEAR_OF_PARLIAMENT = "Vergaderjaar"
"""With this word begin the papers of parliament, which name themselves in a way of their own."""
QUESTIONS = re.compile(r"vragen van (?:de leden|het lid) ", re.IGNORECASE)
"""Begins the title of written questions of members of parliament."""
RECEIVED = re.compile(r"\(ontvangen ([^()]{6,30})\)")
"""Holds the day on which parliament received an answer."""
_LONG_ONES = (SUBJECT.match, QUESTIONS.match, RECEIVED.search)
"""What tells something of a letter or paper however long its line is."""
_REACTION = re.compile(r"\bbeleidsreactie\b|\breactie op (?:het|dit|de) (?:inspectie)?rapport", re.IGNORECASE)
_BY_LETTER = re.compile(r"\bbrief van de\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?:\S+ ){5,}\S*\.$")
"""A whole line that is running text, not part of a cover."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The short lines at the start and at the end: cover, letterhead, signature, colophon."""

    front: tuple[str, ...]
    back: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def of_parliament(self) -> bool:
        """Whether this is a paper of parliament."""
        return any(line.startswith(YEAR_OF_PARLIAMENT) for line in self.front)

    @property
    def of_letter(self) -> bool:
        """Whether this has the head of a letter."""
        return sum(1 for line in self.front if LETTER.match(line)) >= 2

    @staticmethod
    def of(blocks: Sequence[RawBlock]) -> Lines:
        """Return the lines of a document; the front ends with its first page or where the running text begins."""
        front: list[RawBlock] = []
        for block in blocks[:FRONT_BLOCKS]:
            page = block.parts[0].page
            if page is not None and page > 1:
                break
            front.append(block)
            if page is None and len(block.text) > LONG_BLOCK:
                break
        back = blocks[max(len(front), len(blocks) - BACK_BLOCKS) :]
        headings = tuple(block.text for block in blocks if block.kind == "heading")
        return Lines(tuple(_short(front)), tuple(_short(back)), headings)


def _short(blocks: Iterable[RawBlock]) -> Iterator[str]:
    for block in blocks:
        if block.kind not in ("note", "item"):
            for row in block.text.split("\n"):
                line = squeezed(row)
                if line and (len(line) <= 2 * SHORT_LINE or any(find(line) for find in _LONG_ONES)):
                    yield line


def kind_of(title: str, address: str) -> tuple[str | None, str]:
    """Return the kind that title and address together tell (None: neither does), and which of them told it."""
    filed = _filed(address)
    if filed in ("nieuwsbericht", "magazine", "wederhoor"):
        return filed, "adres"
    named = next((kind for kind, pattern in _TITLE_KINDS if pattern.search(title)), None)
    if filed == "brief" and named in _NOT_IN_LETTERS:
        return filed, "adres"
    if named in _SPECIFIC:
        return named, "tekst"
    if filed or named:
        return (filed, "adres") if filed else (named, "tekst")
    slug = PurePosixPath(split_address(address).path).stem.replace("-", " ") if "://" in address else ""
    told = next((kind for kind, pattern in _TITLE_KINDS if pattern.search(slug)), None)
    return told, "adres" if told else ""


def split_address(address: str) -> SplitResult:
    """Return the parts of an address, all empty when it is none: pages may call anything their address."""
    try:
        return urlsplit(address)
    except ValueError:  # "http://[": half an IPv6 host
        return urlsplit("")


def _filed(address: str) -> str | None:
    place = split_address(address)
    if place.netloc.lower().startswith("magazines."):
        return "magazine"
    path = place.path if place.netloc else address
    return next((kind for part in path.lower().split("/")[:-1] if (kind := _SEGMENTS.get(part))), None)


def find_kind(
    raw: RawDocument, lines: Lines, title: str, address: str, name: str, text: str, senders: Sequence[str]
) -> Found:
    """Return the kind and where it was found (empty for ``overig``).

    `text` is the opening of the document; `senders` are the organisations on its cover or letterhead.
    """
    hint = raw.hints.get("kind")
    for value in hint.value.split("|") if hint else ():
        stated = squeezed(value).lower().replace(" ", "-")
        if hint and stated in KINDS:
            return (kind_of(title, address)[0] if stated == "rapport" else None) or stated, hint.found
    kind, where = kind_of(title, address or name)
    if where == "adres" and not address:
        where = "naam"
    by_inspectorate = any(sender.startswith("Inspectie") for sender in senders)
    if kind in _NOT_IN_LETTERS and where == "tekst" and lines.of_letter and by_inspectorate:
        return "brief", "tekst"
    if kind and (kind in _SPECIFIC or (where in ("adres", "naam") and kind != "brief")):
        return kind, where
    if lines.of_letter or (lines.of_parliament and _BY_LETTER.search(title)):
        return "beleidsreactie" if _REACTION.search(text[:OPENING]) and not by_inspectorate else "brief", "tekst"
    cover = [told for line in lines.front[:COVER_LINES] if (told := _told_by(line))]
    specific = next((told for told in cover if told in _SPECIFIC), None)
    if specific or kind or cover:
        told, found = specific or kind or cover[0], where if kind and not specific else "tekst"
        return ("incidentonderzoek", "tekst") if told == "rapport" and _reconstructs(lines) else (told, found)
    if sum(1 for heading in lines.headings if _REPORT_HEADINGS.match(heading)) >= 2:
        return "incidentonderzoek" if _reconstructs(lines) else "rapport", "tekst"
    by_name = kind_of(readable(name), "")[0]
    return (by_name, "naam") if by_name else ("overig", "")


def _reconstructs(lines: Lines) -> bool:
    """Tell whether a report tells what happened hour by hour, as only studies of an incident do."""
    return any(_RECONSTRUCTION.match(heading) for heading in lines.headings)


def _told_by(line: str) -> str | None:
    """Return the kind that a line of a cover names."""
    if len(line) > SHORT_LINE or SENTENCE.match(line):
        return None
    return "nieuwsbericht" if _NEWS.match(line) else kind_of(line, "")[0]


def readable(name: str) -> str:
    """Make a file name readable: no folders, extension, digests or underscores."""
    stem = unquote(PurePosixPath(name.replace("\\", "/")).stem)
    stem = re.sub(r"[~_-][0-9a-f]{6,64}$", "", stem)
    words = squeezed(stem.replace("_", " ") if "_" in stem or " " in stem else stem.replace("-", " "))
    return words[:1].upper() + words[1:] or squeezed(name) or "Zonder titel"
