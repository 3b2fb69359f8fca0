"""Ways of asking without a verb of recommending: turns of phrase of letters, signals and looks back (R6 to R8)."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer import cues
from kennisbank.model import Strength

_US = r"(?:wij|we|ik|de inspecties?)"
_NEEDED = r"(?:onontbeerlijk|onmisbaar|geboden|noodzakelijk|vereist|dringend gewenst|nodig|wenselijk|van belang)"


@dataclass(frozen=True, slots=True)
class Turn:
    """A turn of phrase; the group ``who`` is whom it is said to, otherwise that is the first one named."""

    pattern: re.Pattern[str]
    rule: str
    strength: Strength
    kind: str = "aanbeveling"
    needs_name: bool = True
    letter_only: bool = False


def _turn(
    pattern: str,
    strength: Strength,
    *,
    rule: str = "R6",
    kind: str = "aanbeveling",
    needs_name: bool = True,
    letter_only: bool = False,
) -> Turn:
    return Turn(re.compile(pattern, re.IGNORECASE), rule, strength, kind, needs_name, letter_only)


TURNS = (
    _turn(
        r"^(?:(?:nu|daarmee|dus) is )?(?P<who>(?:de|het) [^,.;]{2,60}?"
        r"|[A-Z][^,.; ]{1,30}) is (?:\w+ ){0,4}?aan zet\b",
        "dringend",
    ),
    _turn(r"; (?P<who>(?:de|het) [^,.;]{2,60}?) is (?:\w+ ){0,4}?aan zet\b", "dringend"),
    _turn(r"\b(?:het (?:is|wordt) (?:de hoogste |hoog )?tijd|de tijd is gekomen) dat\b", "dringend"),
    _turn(rf"\b{_US} vertrouw(?:en|t)? erop dat\b", "dringend"),
    _turn(
        rf"\b(?:ontvangen|ontvangt|ontvang|horen|hoort|vernemen|verneemt) {_US} graag\b.*\bvan "
        r"(?P<who>(?:de|het|u)\b[^,.]{0,60}|[A-Z]\w+)",
        "dringend",
        letter_only=True,
    ),
    _turn(
        r"^er (?:moet|moeten|dient|dienen) (?!worden (?:gezegd|opgemerkt)\b)",
        "dringend",
        rule="R8",
        needs_name=False,
        letter_only=True,
    ),
    _turn(rf"^(?:en )?van (?P<who>.+?) (?:verlangen|verlangt|verlang|eisen|eist|eis) {_US} dat\b", "dringend"),
    _turn(rf"^(?:en )?bij (?P<who>.+?) (?:dringen|dringt|dring) {_US} (?:\w+ )?(?:er )?(?:op )?aan\b", "dringend"),
    _turn(rf"{_US} geeft? (?P<who>.+?) (?:verder |ook |nog )?mee (?:dat|om)\b", "aandacht"),
    _turn(rf"\blegt? {_US} voor aan (?P<who>.+?),? met de suggestie\b", "wenselijk", rule="R7"),
    _turn(r"^(?P<who>u) zou(?:dt)? \b.*\bkunnen \w+en\b", "aandacht", rule="R7", letter_only=True),
    _turn(r"^idealiter\b", "wenselijk", rule="R7", needs_name=False),
    _turn(r"^u gelieve (?P<who>.+?) te\b", "dringend", letter_only=True),
    _turn(
        r"^(?P<who>(?:de|het) [^,.]{2,50}?|[A-Z][^,. ]{1,30}) zou(?:den)? [^,]{3,120} kunnen \w+en\b",
        "wenselijk",
        rule="R7",
        letter_only=True,
    ),
    _turn(rf"\b(?:(?:drukken|drukt|druk) {_US}|{_US} (?:drukken|drukt|druk)) (?P<who>.+?) op het hart\b", "dringend"),
    _turn(rf"^(?:\w+ )?op (?P<who>.+?) (?:doen|doet) {_US} (?:\w+ )?(?:een )?beroep\b", "dringend"),
    _turn(rf"\b{_US} (?:doen|doet) (?:\w+ )?(?:een )?beroep op (?P<who>.+?)(?= om\b|[,.])", "dringend"),
    _turn(rf"\b(?:achten|acht|vinden|vindt) {_US} (?:\w+ )?{_NEEDED}\.?$", "dringend", rule="R7"),
    _turn(r"^(?:\w+ )?bij (?P<who>[^,]{3,90}?) ligt\b.*\b(?:opdracht|taak)\b.* om\b", "dringend"),
    _turn(r"\b(?:het is|is het) (?:nu )?aan (?P<who>(?:de|het) [^,.]{3,60}?|[A-Z][^,.]{1,60}?) om\b", "dringend"),
    _turn(r"\bis het aan [^,.]{3,60} verplicht\b", "dringend"),
    _turn(rf"\b(?:accepteren|aanvaarden|dulden) {_US} (?:\w+ )?(?:niet|geen)\b", "dringend", needs_name=False),
    _turn(
        rf"\b(?:willen|wil) {_US} van (?P<who>.+?)(?= (?:samen|uiterlijk|vóór|voor|binnen|een|weten|horen)\b)",
        "dringend",
    ),
    _turn(rf"\b(?:attenderen|attendeert) {_US} (?P<who>.+?) (?:er)?op\b", "aandacht", kind="aandachtspunt"),
    _turn(
        rf"\b(?:blijvende|meer|extra) aandacht (?:is|blijft) (?:\w+ ){{0,2}}?{_NEEDED}", "aandacht", needs_name=False
    ),
    _turn(
        r"^(?P<who>[^,]{3,70}?) (?:doet|doen) er (?:dan ook |daarom )?(?:goed|verstandig|wijs) aan\b",
        "wenselijk",
        rule="R7",
    ),
    _turn(
        r"^(?P<who>[^,]{1,70}?) zou(?:den)? (?:\S+ ){0,8}?(?:er (?:goed|verstandig) aan doen"
        r"|een (?:\w+ )?dienst bewijzen)\b",
        "wenselijk",
        rule="R7",
    ),
    _turn(r"\bzou het (?P<who>.+?) sieren\b", "wenselijk", rule="R7"),
    _turn(rf"^(?:en )?tot (?P<who>.+?) (?:zeggen|zegt) {_US}\b", "dringend"),
)
"""All of them name who asks, or are said by nobody else."""

_CONTINUES = re.compile(
    r"^(?:\S+ ){0,5}?(?:moet|moeten|dient|dienen|hoort|behoort) (?:zij|hij|u|deze|dit|die|dat|het)\b"
    r"|^(?:zij|hij|u|deze|dit|dat|die) (?:\S+ ){0,2}?(?:moet|moeten|dient|dienen|hoort|behoort)\b"
)
_CONSIDER = re.compile(
    r"\bkan (?:zij|hij|u|deze)\b[^.]*\boverwegen\b|^(?:zij|hij|u) kan\b[^.]*\boverwegen\b", re.IGNORECASE
)
_NOUNS = frozenset(
    "deel plan werk eis vorm steun open doe start straf bericht beleg hef bouw oefen zie vat rust druk vul".split()
)
"""Imperatives that are nouns as well: at the beginning of a sentence outside a list they prove nothing."""


def goes_on(text: str) -> Strength | None:
    """Tell whether a sentence right behind a demand lays another duty on the same one, and how strongly."""
    if _CONSIDER.search(text):
        return "wenselijk"
    return "dringend" if _CONTINUES.search(text) else None


def commands(text: str) -> bool:
    """Tell whether a sentence of a letter is a command: by its first word, or by one behind a colon or semicolon."""
    words = text.split()
    if words and words[0].lower() in ("en", "dus", "daarom"):
        words = words[1:]
    first = words[0].strip("‘'“").rstrip(",").lower() if words else ""
    if len(words) > 5 and first in cues.IMPERATIVES - _NOUNS and not cues.POINTER.match(text):
        return True
    later = re.search(r"; (?P<verb>[a-zë]+) (?:daarom|nu|dan|dus|dan ook)\b|: (?P<told>[a-zë]+) (?!van\b)\w+", text)
    return bool(later and (later["verb"] or later["told"]) in cues.IMPERATIVES - _NOUNS)
