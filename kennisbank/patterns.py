"""How a phenomenon may be told: the notation of the patterns in a taxonomy file.

    nieuw* medewerker|kracht + vertrekken|opstappen /8 + !blijven

All parts between ``+`` must stand within so many words of each other (``/8``; without it `WINDOW`), in any order; a
part with ``!`` may not. A part is a choice (``|``) of words or groups of words, which stand behind each other with at
most one word between. A word stands for all its forms and for compounds with it; with ``*`` for all that begins or ends
so, with ``=`` for nothing but its own forms. ``{naam}`` is a choice that is written out once, under ``[groepen]``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

WINDOW = 12
"""Words from the first to the last of a match."""
WIDEST = 40
_WORD = re.compile(r"(?:=?[\w'&-]+|[\w'&-]{2,}\*|\*[\w'&-]{3,})")
_GROUP = re.compile(r"\{([a-z-]+)\}")
_WINDOW = re.compile(r"\s*/(\d+)$")

Choice = tuple[tuple[str, ...], ...]
"""Groups of words, any of which will do."""


class BadPattern(ValueError):
    """A pattern that cannot be read; says why."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """What must stand near each other, and what may not."""

    text: str
    parts: tuple[Choice, ...]
    without: tuple[Choice, ...]
    window: int


def parse(text: str, groups: Mapping[str, str]) -> Pattern:
    """Read one pattern. Raises `BadPattern`."""
    parts: list[Choice] = []
    without: list[Choice] = []
    window = WINDOW
    for raw in text.split(" + "):
        piece = raw.strip()
        size = _WINDOW.search(piece)
        if size:
            window, piece = int(size[1]), piece[: size.start()]
        target = without if piece.startswith("!") else parts
        target.append(_choice(piece.removeprefix("!").strip(), groups))
    if not parts:
        raise BadPattern("er staat alleen wat er niet mag staan")
    if not 1 <= window <= WIDEST:
        raise BadPattern(f"/{window} kan niet; kies 1 tot en met {WIDEST} woorden")
    return Pattern(text.strip(), tuple(parts), tuple(without), window)


def _choice(text: str, groups: Mapping[str, str]) -> Choice:
    def spelled_out(found: re.Match[str]) -> str:
        if found[1] not in groups:
            raise BadPattern(f"de groep {{{found[1]}}} bestaat niet; zet haar onder [groepen]")
        return groups[found[1]]

    found: list[tuple[str, ...]] = []
    for option in _GROUP.sub(spelled_out, text).split("|"):
        words = tuple(option.split())
        bad = next((word for word in words if not _WORD.fullmatch(word)), None)
        if bad or not words:
            raise BadPattern(f"‘{bad or text}’ is geen woord; schrijf woord, woord*, *woord of =woord")
        found.append(words)
    return tuple(dict.fromkeys(found))
