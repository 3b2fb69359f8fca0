"""Questions that try to cost a searcher more than they may: for tests and for `benchmarks/hostile_queries.py`.

After the lists of queries of death that brought stock Whoosh to a halt: prefixes, leading wildcards, ranges,
fuzzy words, regular expressions, thousands of terms, deep nesting; and what our own language adds to it: distances,
quotations of common words, and combinations of these. Kept within the length that a question may have, or just over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import ascii_lowercase

COMMON = (
    "de van het een in en op te dat die voor met zijn niet aan er om ook als bij door over tot uit kan naar".split()
)
"""Words that nearly every Dutch text holds many times."""
LONGEST = 2_000
"""Characters of a question."""


def _filled(pieces: Iterator[str], joint: str = " ", length: int = LONGEST) -> str:
    """Return as many pieces as a question can hold."""
    text = next(pieces)
    for piece in pieces:
        if len(text) + len(joint) + len(piece) > length:
            return text
        text += joint + piece
    return text


def _again(words: Sequence[str], before: str = "", after: str = "") -> Iterator[str]:
    return (f"{before}{word}{after}" for _ in range(LONGEST) for word in words)


STARTS = [first + second + third for first in "bdgkmoprsv" for second in "aeiou" for third in "nrs"]

HOSTILE: Mapping[str, Sequence[str]] = {
    "wildcards": [
        "a*", "*", "*a*", "*en", "*ing", "ver*", "ge* be* ver*", "???", "**", "* * *", "*e*n*",
        _filled(iter([f"{letter}*" for letter in ascii_lowercase] * 9), " OR "),
        _filled(_again(STARTS, after="*")), _filled(_again(STARTS, after="*"), " OF "),
        _filled(_again(STARTS, before="*")), _filled(_again(["ing", "den", "ten", "sen"], before="*", after="*")),
    ],
    "fuzzy": [
        "woord~5", "a~", "~", "~~~~",
        _filled(_again(["onderzoek", "beleiden", "gevangene", "rapporten"], after="~")),
        f"{'a' * 1_900}~", _filled(f"{'abcdefgh'[at % 8] * 12}~" for at in range(LONGEST)),
    ],
    "regexes": [r"/.*.*.*x/", r"/(a+)+c/", r"r\"(a+)+c\"", "(a+)+c", "[a-z]*", "%%%%", "__", r"\w+\w+\w+", "{9,}"],
    "ranges": [
        "[a TO z]", "{a TO }", "[TO TO TO]", "jaar:[1900 TO 2100]", "jaar:0001..9999", "jaar:1950..2049",
        "van:0000 tot:9999",
        _filled(_again(["jaar:1950..2049"])), "datum:>0",
    ],
    "many words": [
        _filled((f"woord{at}" for at in range(LONGEST)), " OR "), _filled(_again(COMMON)),
        _filled(_again(COMMON), " OF "),
        _filled(_again(COMMON), " EN "), _filled(_again(COMMON, before="-")), _filled(_again(COMMON, before="+")),
        _filled((f"{first}{second}" for first in COMMON for second in COMMON), " "),
        _filled(_again(["informatieuitwisseling", "jeugdbeschermingsketen", "gegevensoverdracht", "personeelstekort"])),
        "-".join(["de"] * 600), "'".join(["de"] * 600), "a" * LONGEST, "ij" * 1_000, "a" * 10_000,
    ],
    "quotations": [
        f'"{_filled(_again(COMMON), length=1_990)}"', '"de de"', f'"{"de " * 600}"', '"' * 1_999, '"a" ' * 400,
        _filled(_again(["de van", "van de", "in het", "op de", "van het"], before='"', after='"')),
        _filled(_again(["de van", "van de", "in het", "op de", "van het"], before='"', after='"'), " OF "),
    ],
    "distances": [
        "de W/50 het", '"de het van een"~50', "W/5 " * 400, "a W/5 " * 300, "de W/999999999 het",
        "a W/99999999999999 b",
        _filled(_again(COMMON), " W/50 "),
        _filled(iter(f'"{one} {other}"~50' for one in COMMON for other in COMMON)),
        f"({' OF '.join(COMMON)}) W/50 ({' OF '.join(COMMON)})", '"de"~5', '"de het"~' * 200, f'"{"de het " * 250}"~50',
        "(de OF het) W/50 (van OF een)", "ver* W/50 *ing", "(ver* OF ond* OF bes*) W/50 (*ing OF *den)",
        "ver* W/50 ond* W/50 bes* W/50 *ing W/50 *den W/50 *ten W/50 pro* W/50 ges*",
    ],
    "nesting": [
        "(" * 1_000 + "a" + ")" * 999, "(" * LONGEST, ")" * LONGEST, "(a " * 600, "((((a))))", "()" * 1_000,
        "-(" * 900, "titel:(" * 280, "NIET " * 390, "OF " * 600, "EN " * 600, "+-" * 1_000, "-" * LONGEST,
        "+" * LONGEST, "(a OF (b OF (c OF (d OF (e OF f)))))", "!" * LONGEST,
    ],
    "fields": [
        "titel:" * 330, "titel:*", "titel:(*)", "kop:" + "a" * 1_900, _filled(_again(COMMON, before="titel:")),
        _filled(_again(COMMON, before="kop:"), " OF "), "keten:" * 330, _filled(_again(["keten:asiel"])),
        _filled(_again(["-keten:asiel", "keten:jeugd"])), 'soort:"' * 250, ":" * LONGEST, "a:b:c:d:" * 250,
    ],
    "characters": [
        "\x00" * 100, "\u202e" * 50 + "gnuzredloh", "\ufdfa" * 600, "é" * 1_000, "e" + "\u0301" * 1_900, "𝕬" * 900,
        "🦘" * 900, "ﬁ" * 600, "’" * 600, "İ" * 900, "ß" * 900, "\r\n" * 500,
        "<script>alert(1)</script>", "' OR 1=1 --",
    ],
}  # fmt: skip
