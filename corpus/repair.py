"""Repair what typesetting did to text: ligatures, hyphens at line ends, invisible and control characters."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kennisbank import dutch

SOFT_HYPHENS = "\u00ad\u2010\ufffe"
"""At a line end these were put there by the typesetter: the word goes on without them (U+FFFE: what some fonts make
of a soft hyphen)."""

MAX_WORD = 80
"""Characters in which a word at a line end is looked for; more is not a word."""

_LIGATURE = re.compile("[\ufb00-\ufb06]")
_SPACE = re.compile(r"\s+")
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1b\x80-\x84\x86-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\ud800-\udfff]"
)
_SOFT_INSIDE = re.compile("[\u00ad\ufffe\uffff]")
_LOOKALIKES = str.maketrans("\u2010\u2011\x7f", "--•")
"""Code 127 is a bullet in the usual encoding of PDF fonts (WinAnsi), which gives it no character of its own."""
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LAST = re.compile(r"[^\W_]+$")
_FIRST = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_CLASH = frozenset("aa ae ai au ee ei eu ie ii ij oe oi oo ou ui uu".split())
"""Two vowels that would be read as one sound: Dutch spelling then writes a compound with a hyphen."""
_SUFFIX = re.compile(r"(?:eel|eer|eus|euze|end|ens)(?![a-z]{4})")
"""Endings that follow a vowel inside a plain word (``materi-eel``): a clash there is no compound."""
_HYPHENATED_PREFIXES = frozenset("niet non ex oud vice adjunct".split())
_HYPHENATED_ENDS = frozenset("generaal verbaal".split())
"""Second words of offices and terms that keep their hyphen: ``inspecteur-generaal``, ``proces-verbaal``."""
_COUPLED = frozenset("en of tot dan respectievelijk".split())
"""After a hyphen these tell that the first word is cut short: ``jeugd- en gezinshulp``."""


def clean(text: str) -> str:
    """Return the text with composed characters, ligatures spelled out, no control characters, spaces for blanks.

    Soft hyphens stay only at the very end, where `join` needs them. Tabs stay: they part table cells.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _DROPPED.sub("", unicodedata.normalize("NFC", text))
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    text = "\t".join(_SPACE.sub(" ", cell) for cell in text.split("\t"))
    if text and text[-1] in SOFT_HYPHENS:
        return _SOFT_INSIDE.sub("", text[:-1]).translate(_LOOKALIKES) + "\u00ad"
    return _SOFT_INSIDE.sub("", text).translate(_LOOKALIKES)


def vocabulary(lines: Iterable[str]) -> Mapping[str, int]:
    """Count the words of a document, but not the halves at line ends that end in a hyphen."""
    words: Counter[str] = Counter()
    cut = False
    for line in lines:
        found = _WORD.findall(line.lower())
        if cut:
            found = found[1:]
        cut = line.endswith(("-", "\u00ad"))
        words.update(found[:-1] if cut else found)
    return words


def join(lines: Sequence[str], words: Mapping[str, int]) -> str:
    """Return lines as running text; a word cut at a line end is made whole when `words` or Dutch spelling say so."""
    pieces: list[str] = []
    for line in lines:
        line = line.strip()
        if pieces and line and pieces[-1][-1] in "-\u00ad":
            pieces[-1] = _joined(pieces[-1], line, words)
        elif line:
            pieces.append(line)
    return " ".join(pieces).rstrip("\u00ad")


def carry_over(text: str, following: str, words: Mapping[str, int]) -> tuple[str, str]:
    """Complete a word that is cut at the end of `text` with its rest from `following`; return both texts.

    For a page break: the whole word belongs to the page where it begins.
    """
    if not text.endswith(("-", "\u00ad")):
        return text, following
    first, _, rest = following.partition(" ")
    whole = _joined(text, first, words)
    if " " in whole[len(text) - 1 :]:
        return text.rstrip("\u00ad"), following
    return whole, rest


def _joined(text: str, line: str, words: Mapping[str, int]) -> str:
    """Join two lines of which the first ends in a hyphen."""
    soft, stem = text[-1] == "\u00ad", text[:-1]
    left, right = _LAST.search(stem[-MAX_WORD:]), _FIRST.match(line[:MAX_WORD])
    if soft and right:
        return stem + line
    if not left or not right:
        return f"{text.rstrip(chr(0xAD))} {line}"
    if right[0].lower() in _COUPLED:
        return f"{text} {line}"
    return (text if _keeps_hyphen(left[0], right[0], words) else stem) + line


def _keeps_hyphen(left: str, right: str, words: Mapping[str, int]) -> bool:
    """Tell whether the hyphen between two halves belongs to the word."""
    capitals = left.isupper() and right.isupper() and len(left) > 1
    if not right[0].isalpha() or not left.isalpha() or len(left) == 1:
        return True
    if not capitals and (right[0].isupper() or any(char.isupper() for char in left[1:])):
        return True
    whole, parted = f"{left}{right}".lower(), f"{left}-{right}".lower()
    seen_whole, seen_parted = words.get(whole, 0), words.get(parted, 0)
    if seen_whole or seen_parted:
        return seen_parted > seen_whole
    if left.lower() in _HYPHENATED_PREFIXES or right.lower() in _HYPHENATED_ENDS or _is_name(left, right, words):
        return True
    # a diaeresis on the second vowel says that it begins a syllable of the same word
    return dutch.fold(left[-1]) + right[0].lower() in _CLASH and not _SUFFIX.match(right)


def _is_name(left: str, right: str, words: Mapping[str, int]) -> bool:
    """Tell whether a name stands before a word, as in ``Suriname-collectie``: a name is no part of a plain compound."""
    return (
        left[0].isupper()
        and words.get(left.lower(), 0) > 0
        and not dutch.is_known(left.lower())
        and not dutch.is_known(f"{left}{right}".lower())
        and dutch.is_known(right)
    )
