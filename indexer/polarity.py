"""Is what a sentence reports good or bad? Only where its words leave no doubt; most sentences get no verdict.

The words are those in which inspections in this field judge. A general sentiment list with signed counts was tried
first and was right in three of four sentences; what is left here are the words that are hardly ever used otherwise,
and a sentence with words of both kinds is left alone.
"""

from __future__ import annotations

import re
from typing import Literal

Polarity = Literal["positief", "neutraal", "negatief"]

_NOT = r"(?:niet|geen|nooit|nauwelijks|amper|zelden|onvoldoende|weinig|nog niet|minder|te)"
_GOOD_WORDS = (
    r"op orde|op tijd|zonder uitzondering|(?:goed|sterk|mooi) voorbeeld|(?:is|zijn|duidelijk|wezenlijk"
    r"|sterk) verbeterd|gelukt"
    r"|tevreden|geborgd|verankerd|(?:is|zijn) opgevolgd|zorgvuldig\w*|voldoe(?:t|n|d|de) aan|gunstig\w*"
    r"|respectvol\w*|vakkundig\w*"
    r"|adequa(?:at|te)|toereikend\w*|ruimschoots|goed (?:geregeld|verzorgd|georganiseerd|toegerust|voorbereid"
    r"|bereikbaar"
    r"|te spreken)|(?:werk(?:t|en)|loopt|lopen|verloopt|verlopen|functioneert|functioneren) (?:\w+ )?goed|voldoende"
    r"|deskundig\w*|nageleefd|naar behoren|waardering|positief|volledig in beeld"
)
_GOOD = re.compile(rf"\b(?:{_GOOD_WORDS})\b", re.IGNORECASE)
_DENIED = re.compile(rf"\b{_NOT}\b(?:\s+\w+){{0,3}}?\s+(?:{_GOOD_WORDS})\b", re.IGNORECASE)
_BAD = re.compile(
    r"\b(?:niemand(?! meer)|nergens|nooit|zelden|nauwelijks|amper|onvoldoende|ontbr(?:eekt|eken|ak|aken)"
    r"|tekort(?:en)?|tekortkoming(?:en)?"
    r"|tekort(?:schiet\w*)|tekortgeschoten|gebrek(?:en)?(?= aan)|gebrekkig\w*|achterstand(?:en)?"
    r"|vertraging(?:en)?|onderbezet\w*"
    r"|te (?:laat|weinig|traag|vaak alleen|kort dag|vrijblijvend|zwaar belast|groot verloop)|onduidelijk\w*"
    r"|kwetsbaar|zorgelijk\w*"
    r"|zorgwekkend\w*|onveilig\w*|ontoereikend\w*|versnipperd\w*|knelpunt(?:en)?|onvolledig\w*|onjuist\w*"
    r"|bl(?:ijft|ijven|eef|even) uit|bleef (?:stil|liggen)|uitgebleven|onacceptabel\w*|onaanvaardbaar"
    r"|ondermaats\w*|matig"
    r"|slecht(?!\w* nieuws)(?:e|er)?|moeizaam|verslechter\w*|overbelast\w*|onhoudbaar\w*|vastgelopen|loopt vast"
    r"|zoekgeraakt\w*"
    r"|kwijtgeraakt|zijn kwijt"
    r"|geen van (?:de (?!bezoeken)|hen|beide|allen|deze)|nog (?:steeds"
    r"|altijd) (?:niet|geen)"
    r"|niet (?:op tijd|op orde|gelukt|nagekomen|nageleefd|opgevolgd|geborgd|tijdig|volledig|ingevuld|bijgehouden"
    r"|gelezen"
    r"|bekend(?= (?:is|was|of|wie|dat|bij)))|er is niets (?:van terecht|veranderd|gedaan)"
    r"|onbeantwoord\w*|onbereikbaar|onverantwoord\w*|tegenstrijdig\w*|met lege handen|tussen wal en schip"
    r"|van het kastje)\b",
    re.IGNORECASE,
)
_MIXED = re.compile(
    r"\b(?:deels|gedeeltelijk|ten dele)\b|\b(?:één|twee|drie|vier|vijf|zes|zeven|acht|\d+)\b[^.]{0,20}\bopgevolgd\b"
    r"|\b(?:achterstand|vertraging|tekort|knelpunt)\w*\b.*\b(?:ingelopen|weggewerkt|verholpen|opgelost|weg"
    r"|verdwenen|kleiner)\b"
    r"|\b(?:zeldzaam|elders|nergens anders)\b|\bkan ni(?:et|mand) vast(?:gesteld|stellen)\b"
    r"|\buitzondering\b.*\bvormt\b"
    r"|\b(?:maar|echter|hoewel|ondanks|niettemin|daarentegen|weliswaar|destijds|voorheen|vroeger|anders dan)\b"
    r"|\bslechts (?:\w+ )?(?:één|twee|drie|vier) van de\b|\b(?:nog maar|niet langer|niet meer) (?:zelden"
    r"|nauwelijks)\b"
    r"|\bde vraag\b|^(?:als|wanneer|zodra|indien|zijn er|is er|zolang)\b|\bbij (?:onderbezetting|uitval"
    r"|een tekort)\b",
    re.IGNORECASE,
)
"""Half good, a count of both, a contrast, how it was before, or only a case that is thought of."""
_TURNED = re.compile(
    r"\b(?:geen|zonder|nauwelijks|niet)\s+(?:\w+\s+){0,2}?(?:tekort|achterstand|vertraging|knelpunt|gebrek)\w*",
    re.IGNORECASE,
)


def polarity(text: str) -> Polarity:
    """Return what the words of a sentence say; ``neutraal`` when they say nothing or both."""
    if _MIXED.search(text):
        return "neutraal"
    turned = len(_TURNED.findall(text))
    denied = len(_DENIED.findall(text))
    bad = len(_BAD.findall(text)) - turned + denied
    good = len(_GOOD.findall(text)) - denied
    if bad > 0 and good <= 0:
        return "negatief"
    if good > 0 and bad <= 0:
        return "positief"
    return "neutraal"
