"""Letters that a font put at code points of its own: found by vote.

Some programs draw ligatures (and now and then plain letters) as signs from Unicode's private use areas, so that no
reader can tell what they stand for. Each such sign stands for the same letters all through a document; what makes the
most words is taken, when it makes enough of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from corpus.lines import PageLines
from kennisbank import dutch

CANDIDATES = ("f", "ff", "fi", "fl", "ffi", "ffl", "ft", "fj", "tt", "ti", "tf", "st", "ij", "th", "t", "i", "-")
"""What a private sign may stand for, likeliest first: of equals the first wins."""
ENOUGH = 0.6
"""Share of the words with a sign that must become known words before the sign is replaced."""
TRIED = 200
"""Words per sign that are put to the vote."""

_PRIVATE = "\ue000-\uf8ff"
_SIGN = re.compile(f"[{_PRIVATE}]")
_WORD = re.compile(rf"[^\W\d_]*(?:[{_PRIVATE}][^\W\d_]*)+")


def repaired(pages: Sequence[PageLines]) -> list[PageLines]:
    """Return the pages with the letters that private signs stand for; bullets and unknown signs stay."""
    table = votes(line.text for page in pages for line in page.lines)
    if not table:
        return list(pages)
    codes = str.maketrans(dict(table))
    return [
        replace(page, lines=tuple(replace(line, text=_translated(line.text, codes)) for line in page.lines))
        for page in pages
    ]


def _translated(text: str, codes: Mapping[int, str]) -> str:
    # a sign that stands by itself is a bullet
    return _WORD.sub(lambda match: match[0].translate(codes) if len(match[0]) > 1 else match[0], text)


def votes(lines: Iterable[str]) -> Mapping[str, str]:
    """Return private sign -> letters, for the signs on which the words agree."""
    words: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for line in lines:
        if _SIGN.search(line):
            for word in _WORD.findall(line):
                for sign in set(_SIGN.findall(word)):
                    if len(word) > 2:
                        words[sign][word] += 1
    settled: dict[str, str] = {}
    # the most frequent sign first: what it stands for helps with words that hold another one as well
    for sign in sorted(words, key=lambda sign: -words[sign].total()):
        best = _best(sign, words[sign], settled)
        if best:
            settled[sign] = best
    return settled


def _best(sign: str, words: Counter[str], settled: Mapping[str, str]) -> str | None:
    known = str.maketrans(dict(settled))
    tried = [(word.translate(known), count) for word, count in words.most_common(TRIED)]
    total = sum(count for _, count in tried)

    def score(letters: str) -> int:
        made = ((_SIGN.sub("", word.replace(sign, letters)), count) for word, count in tried)
        return sum(count for word, count in made if dutch.is_known(word.lower()))

    scores = {letters: score(letters) for letters in CANDIDATES}
    best = max(CANDIDATES, key=lambda letters: scores[letters])
    return best if scores[best] >= ENOUGH * total else None
