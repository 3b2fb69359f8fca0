"""Where a Dutch word may be broken at the end of a line, well enough for a column of print.

Breaks are offered only where the rules of syllables leave no doubt; a word may miss one, seldom gets a wrong one.
"""

from __future__ import annotations

import re
from itertools import pairwise

SOFT_HYPHEN = "\u00ad"

_WORD = re.compile(r"[^\W\d_]{7,}")
_NUCLEUS = re.compile("aai|ooi|oei|eeu|ieu|aa|ee|oo|uu|ie|oe|eu|ui|ei|ij|au|ou|[aeiouyáéèêëïöü]")
_ONSETS = frozenset(
    "bl br ch cl cr dr dw fl fr gl gr kl kn kr kw pl pr sch schr sl sm sn sp spr st str tr tw vl vr wr zw".split()
)
_PREFIX = re.compile(
    "(?:aan|achter|af|door|her|mede|ont|op|samen|tegen|tussen|uit|ver|voor)(?=[^aeiou][a-zé]{2})|ver(?=a|ee)|over"
)
_PARTS = re.compile(
    "opvang|overdrach|overplaats|onderzoek|opleiding|aandacht|aanbeveling|aankomst|aanspreek|uitvoer|inricht|"
    "informatie|organisatie|afspra|afdeling|afhankelijk|inspect|instelling|locatie|periode|registra|afstand|eenkomst|agent|ambten|zoeker|dracht|plaats|komst"
)
_MARGIN = 3
"""Fewest letters on either side of a break."""


def with_soft_hyphens(text: str) -> str:
    """Put a soft hyphen at every place where a long word may be broken."""
    return _WORD.sub(lambda match: SOFT_HYPHEN.join(_syllables(match[0])), text)


def _syllables(word: str) -> list[str]:
    lower = word.lower()
    borders = {match.start() for match in _PARTS.finditer(lower)}
    if prefix := _PREFIX.match(lower):
        borders.add(prefix.end())
    breaks = borders | {place for place in _between_vowels(lower) if all(abs(place - border) > 2 for border in borders)}
    cuts = [0, *sorted(place for place in breaks if _MARGIN <= place <= len(word) - _MARGIN), len(word)]
    return [word[start:end] for start, end in pairwise(cuts)]


def _between_vowels(word: str) -> list[int]:
    nuclei = [match.span() for match in _NUCLEUS.finditer(word)]
    places = []
    for (_, end), (start, _) in pairwise(nuclei):
        consonants = word[end:start]
        if len(consonants) == 1 or consonants == "ch":
            places.append(end)
        elif consonants and consonants not in _ONSETS:
            # what can begin a syllable goes to the next line: "ken-nis", "in-stel-ling"
            onset = next((size for size in (4, 3, 2) if consonants[-size:] in _ONSETS), 1)
            places.append(start - onset)
    return places
