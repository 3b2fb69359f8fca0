"""The words in which officials say what became of a recommendation, who says so, and which one is meant.

Drawn from beleidsreacties, progress letters and follow-up reports in general (DOMAIN 3.6).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kennisbank.verdicts import Judgement, Speaker

DEMAND = re.compile(r"\b(?:deel)?(?:aanbeveling|verbeterpunt|ontwikkelopgave|advie[sz]|verbetervoorstel)\w*", re.I)
DEMAND_WIDELY = re.compile(
    r"\b(?:(?:deel)?aanbeveling|(?:verbeter|aandachts)?punt|inspectievra\w+|vraag|vragen|verzoek|oproep|advie[sz]|"
    r"maatregel|verbetering|opgave|signaal)\w*\b",
    re.I,
)
"""What a recommendation is called in a document that is about earlier ones anyway."""
POINTING = re.compile(r"\b(?:dit|dat|deze|die|daar(?:aan|mee|van)?|hier(?:aan|mee)?|zij|haar|hem)\b", re.I)
WHOLE = re.compile(
    r"\b(?P<many>\w+) van de (?P=many)\b(?=.*\b(?:aanbeveling|verbeterpunt|advie|vragen|punten|maatregelen))|"
    r"\balle(?:maal)?\b(?=.*\b(?:aanbeveling|verbeterpunt|advie|vragen|punten|maatregelen)|\s+\w+\.?$|\s+opgevolgd)",
    re.I,
)
"""Says something of all recommendations at once."""
THEM = re.compile(r"\b(?:de|deze) (?:\w+ )?(?:aanbevelingen|verbeterpunten|adviezen)\b", re.I)
"""Likewise in a reaction, where nothing limits it."""
COUNTED = re.compile(
    r"\b(?:geen|één|een|twee|drie|vier|vijf|zes|zeven|acht|negen|tien|elf|twaalf|enkele|meeste|aantal|helft|\d+)\s+"
    r"(?:van |daarvan |ervan |zijn |is |er |(?:deel)?(?:aanbeveling|punt|vraag|vragen|maatregel|verbetering)\w*)|"
    r"\bvan de \d+\b|\bkomen tot\b|\bzijn er \w+|\bwaren er \w+|\bis er (?:één|een|1)\b",
    re.I,
)
NO_STATEMENT = re.compile(
    r"\?|\bin hoeverre\b|\bbetekent\b|\bwil zeggen\b|\bverstaa\w+\b|\bga(?:at|an)? (?:\w+ ){0,4}na\b|\bnagaan\b|"
    r"\bals\b.*\b(?:opgevolgd|overgenomen)\b|\bzodra\b.*\b(?:opgevolgd|overgenomen)\b|\bonderzoekt of\b|\bvolgt of\b|"
    r"\bwelke aanbevelingen\b|\bwaar een\b|\bhieronder\b|\bdaarna volg\w*|\b(?:zal|zullen|kunnen|"
    r"kan) (?:\w+ ){0,5}beklijven\b|"
    r"\bpas als\b|\bgeldt\b.*\bpas\b|\bom te\b.*\bof\b|\bmoet(?:en)?\b.*\b(?:worden|geborgd|opgevolgd)\b|\bkiest\b",
    re.I,
)
"""Asks, defines or announces; says nothing of what became of it."""

_PARTLY = re.compile(
    r"\b(?:deels|gedeeltelijk|ten dele|grotendeels|voor een deel|niet (?:volledig|geheel|helemaal|overal|op alle)|"
    r"slechts|alleen (?!op papier))\b",
    re.I,
)
_NOT = re.compile(r"\b(?:niet|geen|nooit|nauwelijks|onvoldoende|evenmin|zonder|nog niet)\b", re.I)
_TO_OVER = r"\b(?:neemt?|nemen|nam|namen)\b(?P<between>[^.;:]{0,110}?)\bover\b(?! naar| van)"
_PATTERNS: Mapping[str, re.Pattern[str]] = {
    "overgenomen": re.compile(
        rf"{_TO_OVER}|\bovergenomen\b|\bonderschr(?:ij|e)\w+|\bomarm\w*|\baanvaard\w*|\bopvolging toegezegd\b|"
        r"\b(?:zeg|zegt|zeggen)\b[^.;:]{0,40}\btoe\b(?=\s*(?:[.;,]|$))|\bneem\w*\b[^.;:]{0,40}\bter harte\b|"
        r"\b(?:kan|kunnen)\b (?:ik mij|wij ons) [^.;:]{0,30}\bvinden\b|"
        r"\bsta (?:ik )?(?:positief|welwillend) tegenover\b|"
        r"\b(?:geef|geven) (?:ik |wij )?(?:graag )?(?:opvolging|uitvoering) aan\b|"
        r"\btoegezegd\b[^.;]{0,60}\b(?:aan de slag|op te volgen|uit te voeren)\b|"
        r"\bgeef(?:t)? (?:ik )?(?:graag )?(?:gehoor|gevolg) aan\b|\bvolg(?:t|en)?\b[^.;:]{0,50}\b(?:advies|"
        r"aanbeveling\w*)\b"
        r"(?: van [^.;:]{0,40})?(?: op)?\s*(?=[.;,]|$)",
        re.I,
    ),
    "niet-overgenomen": re.compile(
        r"\bhoudt? (?:\w+ ){0,3}aan\b(?=\s*(?:[.;,]|$))|\baangehouden\b|\bafgezien\b|\bzie(?:t|"
        r"n)? (?:ik )?(?:daarom |dan ook )?"
        r"(?:geen aanleiding|af van|daarvan af)\b|\b(?:wijs|wijst|wijzen)\b[^.;:]{0,60}\baf\b(?=\s*(?:[.;,]|$))|"
        r"\bacht (?:ik|wij)\b[^.;:]{0,50}\bniet (?:nodig|noodzakelijk|wenselijk|opportuun)\b|"
        r"\b(?:ga|gaan) (?:ik|wij) (?:\w+ ){0,3}niet over\b|\bvolg (?:ik|wij) (?:\w+ )?niet\b|"
        r"\bafgewezen\b|\bweiger\w*|\bgeen gehoor\b",
        re.I,
    ),
    "opgevolgd": re.compile(
        r"\bopgevolgd\b|\bopvolging (?:is|was) (?:volledig|voltooid)\b|\b(?:gevolg|uitvoering|"
        r"gehoor) (?:is )?gegeven\b|"
        r"\buitgevoerd\b|\bafgerond\b|\bgereed\b|\bafgehandeld\b|\bgerealiseerd\b|\bnagekomen\b|\bvoldaan\b|"
        r"\bin (?:de )?praktijk gebracht\b|\bingevoerd\b",
        re.I,
    ),
    "geborgd": re.compile(
        r"\bgeborgd\b|\bverankerd\b|\b(?:beklijv\w+|beklijft)\b|\bstructureel (?:vastgelegd|ingebed)\b", re.I
    ),
    "achterhaald": re.compile(
        r"\bachterhaald\b|\bniet langer van toepassing\b|\b(?:is|zijn) (?:daarmee )?vervallen\b", re.I
    ),
    "opgepakt": re.compile(
        r"\bopgepakt\b|\baan de slag\b|\bin gang gezet\b|\bvoortvarend\b|\bin uitvoering\b|\bgestart met\b|"
        r"\bbegonnen met\b|\bstappen gezet\b",
        re.I,
    ),
}
_PLAIN: Mapping[str, Judgement] = {
    "ja": "opgevolgd",
    "nee": "niet-opgevolgd",
    "nog niet": "niet-opgevolgd",
    "niet": "niet-opgevolgd",
    "deels": "deels-opgevolgd",
    "gedeeltelijk": "deels-opgevolgd",
    "ten dele": "deels-opgevolgd",
    "alleen": "deels-opgevolgd",
    "alleen op papier": "niet-opgevolgd",
    "volledig": "opgevolgd",
    "geheel": "opgevolgd",
}
"""How a cell under a heading may begin, and what it says when the heading asks whether it is done."""
WEAK = re.compile(
    r"\b(?:uitgevoerd|afgerond|gereed|afgehandeld|gerealiseerd|nagekomen|voldaan|ingevoerd|volg\w*)\b", re.I
)
"""Says that something is done, of whatever; counts only where a recommendation is named beside it."""
SOFT: tuple[tuple[Judgement, re.Pattern[str]], ...] = (
    (
        "niet-geborgd",
        re.compile(
            r"\b(?:afhankelijk van|hang\w* af van|leun\w* op|rust\w* op|"
            r"dr[ei]\w+ op)\b[^.]{0,60}\b(?:person|mensen|medewerker|"
            r"geld|budget|afspraak|collega)|\b(?:tijdelijk\w*|incidente(?:el|le)) (?:geld|budget|middelen|"
            r"financiering)\b|"
            r"\b(?:weggevallen|verwaterd|in onbruik|teruggedraaid)\b|\bnergens vastgelegd\b|"
            r"\bniet (?:schriftelijk )?vastgelegd\b",
            re.I,
        ),
    ),
    (
        "geborgd",
        re.compile(
            r"\b(?:vastgelegd|opgenomen) in (?:de |het |een |alle |zijn |haar )?(?:werk\w*|instructie\w*|roosters?|"
            r"begroting|functiebeschrijving\w*|handboek|procedure\w*)\b",
            re.I,
        ),
    ),
    (
        "deels-opgevolgd",
        re.compile(
            r"\bnog niet (?:overal|bij alle|in alle|op alle|altijd|volledig|door iedereen)\b|"
            r"\b(?:alleen|slechts) (?:op papier|in een deel|bij een deel|in enkele)\b",
            re.I,
        ),
    ),
    (
        "opgevolgd",
        re.compile(
            r"\b(?:is|zijn) (?:inmiddels |nu |daadwerkelijk |volledig |ook )(?:ingevoerd|gerealiseerd|hersteld|"
            r"aangesteld|ingericht|op orde|beschikbaar)\b",
            re.I,
        ),
    ),
    (
        "niet-opgevolgd",
        re.compile(
            r"\b(?:niets|weinig) (?:\w+ )?(?:veranderd|gedaan|ondernomen)\b|\bgeen (?:stappen gezet|"
            r"verbetering|vervolg)\b|"
            r"\bblijft (?:\w+ )?(?:staan|gelden|van kracht)\b|\bontbre(?:ekt|ken|kt) nog (?:steeds|altijd)\b|"
            r"\bnog (?:steeds|altijd) (?:niet|geen)\b|\bis er niet gekomen\b",
            re.I,
        ),
    ),
)
"""What a follow-up says in other words; counts only beside a recommendation that it is clearly about."""
STARTED = re.compile(
    r"\binmiddels\b|\bsinds (?:half |begin |eind |\d{1,2} )?(?:januari|februari|maart|april|mei|juni|juli|augustus|"
    r"september|oktober|november|december|\d{4})\b|\bis (?:al )?(?:begonnen|gestart)\b|\bal mee begonnen\b|"
    r"\boefent ermee\b|\bin gang gezet\b|\bheb ik (?:opdracht|inmiddels)\b|\bis genomen\b",
    re.I,
)
"""Something that was done since, told beside an answer."""

_MINISTER = re.compile(r"\b(?:ik|minister\w*|staatssecretaris\w*|bewinds\w+|kabinet|ambtsvoorganger)\b", re.I)
_COURT = re.compile(r"\brekenkamer\b", re.I)
_INSPECTION = re.compile(r"\binspecties?\b", re.I)
_ORGANISATION = re.compile(
    r"\b(?:directie|inrichting|organisatie|korps|korpschef|korpsleiding|eenheid|gemeente|college|bestuur|instelling|"
    r"leiding|dienst|raad|politie|ketenpartners?|reclassering|veiligheidsregio)\b|\b[A-Z][A-Z&]{1,5}\b|"
    r"\b(?:De|Het) [A-Z]\w+",
)
_REPORTED = re.compile(
    r"\b(?:meldde|melden|gemeld|schreef|geschreven|verklaarde|stuurde|volgens|noemde|stelde|gaf aan)\b", re.I
)
MOST = 30
"""Recommendations that one range may name."""
ORDINALS = ("eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende")
_NUMBERS = re.compile(
    r"\b(?:aanbevelingen|verbeterpunten|punten|vragen|adviezen|maatregelen)\s+(?P<all>(?:\d{1,2}|[A-Z])\b"
    r"(?:(?:\s*,\s*|\s+en\s+|\s+tot en met\s+|\s+t/m\s+|\s*[-–]\s*)(?:\d{1,2}|[A-Z])\b)*)"
)
_RANGE = re.compile(r"(?P<first>\w+)(?:(?:\s+tot en met\s+|\s+t/m\s+|\s*[-–]\s*)(?P<last>\w+))?")
_NUMBER = re.compile(
    r"\b(?:aanbeveling|verbeterpunt|punt|vraag|advies|maatregel|nummer|nr\.?)\s+(?P<number>\d{1,2}|[A-Z])\b"
)
_ORDINAL = re.compile(
    rf"\b(?P<word>{'|'.join(ORDINALS)})\b(?=(?:,? (?:en|tot en met) (?:de )?\w+)? (?:aanbeveling|punt|vraag|"
    r"advies|maatregel)|"
    r"(?:, | is | zijn | werd | wordt | blijft | eveneens ))",
    re.I,
)
LABEL = re.compile(
    r"^\W*(?:(?:aanbeveling|punt|vraag|ad|verbeterpunt|onderdeel)\s+)?(?P<number>\d{1,2}|[A-Z])(?:[.):]|"
    r"\s*$|(?=\s+[A-Z]))",
    re.I,
)
"""How a heading or a paragraph begins that answers one numbered point."""


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement in a piece of text, with where its words stand there."""

    judgement: Judgement
    start: int
    end: int


def soft_judgements(text: str) -> Iterator[Said]:
    """Yield what a sentence of a follow-up says in words that only mean so where one recommendation is dealt with."""
    if not NO_STATEMENT.search(text) and not re.search(r"\bsindsdien\b", text, re.I):
        for judgement, pattern in SOFT:
            if match := pattern.search(text):
                yield Said(judgement, match.start(), match.end())
                return


def judgements(text: str) -> Iterator[Said]:
    """Yield what a sentence, clause or cell says became of something, once each."""
    if NO_STATEMENT.search(text):
        return
    seen = set()
    for kind, pattern in _PATTERNS.items():
        for match in pattern.finditer(text):
            one = Said(_graded(kind, text, match), match.start(), match.end())
            if one.judgement not in seen:
                seen.add(one.judgement)
                yield one


def _graded(kind: str, text: str, match: re.Match[str]) -> Judgement:
    """Return the judgement with what limits or denies it in its clause."""
    if kind in ("niet-overgenomen", "achterhaald", "opgepakt"):
        return kind  # type: ignore[return-value]  # names of patterns are judgements
    start = max(text.rfind(mark, 0, match.start()) for mark in (",", ";", ":", " maar ", " terwijl "))
    before = f"{text[max(start, 0) : match.start()][-70:]} {match.groupdict().get('between') or ''}"
    if _PARTLY.search(before):
        return (
            "deels-overgenomen"
            if kind == "overgenomen"
            else "deels-opgevolgd"
            if kind == "opgevolgd"
            else "niet-geborgd"
        )
    if _NOT.search(before) and not re.search(r"\bniet alleen\b", before, re.I):
        return f"niet-{kind}"  # type: ignore[return-value]
    return kind  # type: ignore[return-value]


def in_cell(text: str, heading: str) -> Judgement | None:
    """Return what a cell says under a heading such as ``Opgevolgd`` or ``Stand``; None when it says nothing."""
    words = " ".join(text.split()).lower()
    plain = next(
        (_PLAIN[start] for start in sorted(_PLAIN, key=len, reverse=True) if re.match(rf"{start}\b", words)), None
    )
    own = next((one.judgement for one in judgements(text)), None)
    if own or plain is None:
        return own
    if re.search(r"geborgd|verankerd", heading, re.I):
        return "geborgd" if plain == "opgevolgd" else "niet-geborgd"
    if re.search(r"overgenomen|reactie", heading, re.I):
        return plain.replace("opgevolgd", "overgenomen")  # type: ignore[return-value]
    return plain


def speaker(text: str, said: Said | None, author: Speaker) -> Speaker:
    """Return who says so: the subject of the verb of accepting or telling, or else the author."""
    passive = re.search(
        r"\b(?:wordt|worden|werd|werden|is|zijn|was|waren)\b[^.;]{0,80}\b(?:overgenomen|aangehouden)\b", text
    )
    if passive and not re.search(r"\bdoor\b", text):
        return author
    about_acceptance = said is not None and "overgenomen" in said.judgement
    if not (about_acceptance or _REPORTED.search(text)):
        return author
    window = text[: said.end] if said else text
    if re.search(r"\bik\b", window, re.I):
        return author
    places = [
        (found.start(), who)
        for who, pattern in _WHO
        if (found := pattern.search(window)) and not (who == "organisatie" and author == "organisatie")
    ]
    if not places:
        return author
    return min(places)[1]


_WHO: tuple[tuple[Speaker, re.Pattern[str]], ...] = (
    ("minister", _MINISTER),
    ("rekenkamer", _COURT),
    ("inspectie", _INSPECTION),
    ("organisatie", _ORGANISATION),
)


def numbers(text: str) -> list[int]:
    """Return which recommendations a text names by number, letter or rank, from 1."""
    found = [as_number(match["number"]) for match in _NUMBER.finditer(text)]
    for match in _NUMBERS.finditer(text):
        for part in _RANGE.finditer(match["all"].replace(" tot en met ", "-").replace(" en ", ", ")):
            first = as_number(part["first"])
            last = as_number(part["last"]) if part["last"] else first
            found += range(first, min(last, first + MOST) + 1)
    found += [ORDINALS.index(match["word"].lower()) + 1 for match in _ORDINAL.finditer(text)]
    return [number for number in dict.fromkeys(found) if number]


def as_number(printed: str) -> int:
    """Return the rank of a printed number or letter: ``3`` and ``C`` are 3; 0 for anything else."""
    text = printed.strip(" .):(").upper()
    if text.isdigit():
        return int(text)
    return ord(text) - 64 if len(text) == 1 and "A" <= text <= "Z" else 0
