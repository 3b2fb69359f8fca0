"""Cuts a question up into words, quotations, signs and fields; see `kennisbank.syntax` for what they mean."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from kennisbank.syntax import DATE_FIELDS, FILTER_FACETS, TEXT_FIELDS

Say = Callable[[str, str, str], None]
"""Takes kind, word and text of a notice."""

_LEXEME = re.compile(
    r"""(?P<space>\s+) | (?P<open>\() | (?P<close>\)) | (?P<or>\|{1,2}) | (?P<and>&&)
      | (?P<phrase>["“”„«»](?P<inside>[^"“”„«»]*)(?P<end>["“”„«»]?)(?P<near>~\d*)?)
      | (?P<sign>[+!]|-(?!\d))(?=[^\s)])
      | (?P<far>(?<![^\s()])[Ww]/(?P<steps>\d{1,9})(?![^\s()]))
      | (?P<slash>/) | (?P<text>[^\s()"“”„«»|/]+)""",
    re.VERBOSE,
)
_INNER = frozenset(("inside", "end", "near", "steps"))
_BRACKETED_WORD = re.compile(r"\(\w{2,20}-?\)\w{3,40}")
_FIELD = re.compile(r"(?P<field>[A-Za-z]+):(?P<value>\S*)")
_WORD = re.compile(r"\w+")
BROKEN_WORD = re.compile(r"(?<=[^\W\d_]{2})-\s(?=[a-z]{3})(?!(?:en|of|tot|dan)\b)")
"""A word cut at the end of a line in a text that was pasted; *in- en uitstroom* is something else."""
_QUOTES = frozenset('"“”„«»')
OPERATORS = {"OF": "or", "OR": "or", "EN": "and", "AND": "and", "NIET": "not", "NOT": "not"}
_COUNTED = ("word", "phrase", "near")


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of a question."""

    kind: str
    """``open``, ``close``, ``or``, ``and``, ``not``, ``plus``, ``phrase``, ``near``, ``far``, ``word``, ``field``, or
    ``in``: the field that the next piece must stand in."""
    text: str
    steps: int = 0
    """Of ``near`` and ``far``: the distance given."""


def lexemes(text: str, most_words: int, say: Say, *, filters: bool) -> list[Lexeme]:
    """Cut a question up; `filters` tells whether fields such as ``keten:`` can be filters here."""
    found = _with_values(_Splitter(say, filters).split(text))
    words = sum(_count(lexeme) for lexeme in found)
    if words <= most_words:
        return found
    say("afgekapt", "", f"alleen de eerste {most_words} van {words} woorden zijn gebruikt")
    return list(_first(found, most_words))


def _count(lexeme: Lexeme) -> int:
    return sum(1 for _ in _WORD.finditer(lexeme.text)) if lexeme.kind in _COUNTED else 0


def _first(found: list[Lexeme], left: int) -> Iterator[Lexeme]:
    """Yield what comes before the first word too many; a quotation is cut short."""
    for lexeme in found:
        count = _count(lexeme)
        if count > left:
            ends = [match.end() for match in _WORD.finditer(lexeme.text)]
            if left:
                yield replace(lexeme, text=lexeme.text[: ends[left - 1]])
            return
        left -= count
        yield lexeme


@dataclass
class _Splitter:
    say: Say
    filters: bool

    def split(self, text: str) -> list[Lexeme]:
        found: list[Lexeme] = []
        at = 0
        while at < len(text):
            bracketed = _BRACKETED_WORD.match(text, at)
            if bracketed:  # (jeugd-)strafrechtketen is a word, not a group
                found.append(Lexeme("word", bracketed[0]))
                at = bracketed.end()
                continue
            match = _LEXEME.match(text, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            found.extend(self._lexeme(match))
        return found

    def _lexeme(self, match: re.Match[str]) -> list[Lexeme]:
        kind = next(name for name, value in match.groupdict().items() if value is not None and name not in _INNER)
        if kind in ("space", "slash"):
            return []
        if kind == "phrase":
            return self._phrase(match)
        if kind == "sign":
            return [self._sign(match)]
        if kind == "far":
            return [Lexeme("far", match[0].upper(), int(match["steps"]))]
        if kind == "text":
            return self._text(match["text"], match.string[match.end() : match.end() + 1])
        return [Lexeme(kind, match[0])]

    def _sign(self, match: re.Match[str]) -> Lexeme:
        if match["sign"] == "!":
            self.say("hersteld", "!", "een uitroepteken vóór een woord is gelezen als uitsluiten (-)")
        return Lexeme("plus" if match["sign"] == "+" else "not", match["sign"])

    def _phrase(self, match: re.Match[str]) -> list[Lexeme]:
        inside = match["inside"].strip()
        if not match["end"]:
            self.say("hersteld", inside, f"het aanhalingsteken is gesloten: “{inside}”")
        if not any(char.isalnum() for char in inside):
            self.say("hersteld", match[0], "tussen de aanhalingstekens staat geen woord; zij zijn genegeerd")
            return []
        if match["near"] == "~":
            self.say("hersteld", match[0], f"achter {match[0]} hoort een getal, zoals ~5; gezocht is naast elkaar")
        steps = int(match["near"][1:10] or 0) if match["near"] else 0
        return [Lexeme("near", inside, steps) if match["near"] not in (None, "~") else Lexeme("phrase", inside)]

    def _text(self, text: str, follows: str) -> list[Lexeme]:
        if text in OPERATORS:
            return [Lexeme(OPERATORS[text], text)]
        match = _FIELD.fullmatch(text)
        return (self._field(match, follows) if match else None) or [Lexeme("word", text)]

    def _field(self, match: re.Match[str], follows: str) -> list[Lexeme] | None:
        """Read ``name:value``; None when it is words."""
        name, value = match["field"].lower(), match["value"]
        quoted = follows in _QUOTES and bool(follows)
        if name in TEXT_FIELDS and (value or quoted or follows == "("):
            return [Lexeme("in", name), *([Lexeme("word", value)] if value else [])]
        if name in DATE_FIELDS:
            return [Lexeme("field", f"{name}:{value}")] if value[:1].isdigit() and self.filters else None
        if name in FILTER_FACETS and self.filters and (value or quoted):
            return [Lexeme("field", f"{name}:{value}")]
        if name in (*FILTER_FACETS, *TEXT_FIELDS):
            self.say("hersteld", match[0], f"‘{match[0]}’ is als woord gelezen; een filter staat vast aan zijn waarde")
        elif value:
            self.say("hersteld", match[0], f"‘{name}’ is geen filter; gezocht is op de woorden")
        return None


def _with_values(found: list[Lexeme]) -> list[Lexeme]:
    """Give a filter that ends with its colon the quotation behind it."""
    made: list[Lexeme] = []
    for lexeme in found:
        open_filter = made and made[-1].kind == "field" and made[-1].text.endswith(":")
        if open_filter and lexeme.kind in ("phrase", "near"):
            made[-1] = Lexeme("field", made[-1].text + lexeme.text)
        else:
            made.append(lexeme)
    return made
