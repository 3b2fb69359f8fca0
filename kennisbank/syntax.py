"""Our own small query language: text to a tree of our own, never to an engine's parser.

    personeel overdracht        both words wanted, none required
    "vast aanspreekpunt"        these words, side by side, exactly so; never relaxed
    +overdracht  -asiel         required; excluded (also NIET asiel)
    wachtlijst OF wachttijd     either (also OR, and the sign |)
    zorg EN opvang              both required (also AND)
    samenwerk*                  begins with, from 3 letters
    (a OF b) c                  groups
    keten:asiel  -keten:jeugd   filters, as the ones beside the list

What cannot be read as meant is repaired and said so in `Query.notices`; nothing is dropped in silence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from kennisbank.errors import QueryError
from kennisbank.model import TAG_FACETS
from kennisbank.settings import SearchSettings

Role = Literal["wanted", "required", "excluded"]
FILTER_FACETS: tuple[str, ...] = (*TAG_FACETS, "soort", "uitgever", "jaar", "status")
MIN_PREFIX = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, exactly as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part, not relaxed."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Prefix | AnyOf | AllOf


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the question and how strictly it is meant."""

    node: Node
    role: Role


NOTHING = Clause(AnyOf(()), "required")
"""What no document holds: a question without a word has no answer."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the question that was read otherwise than it stands."""

    kind: str
    """``hersteld``, ``functiewoord`` or ``afgekapt``."""
    word: str
    text: str


_LEXEME = re.compile(
    r"""(?P<space>\s+) | (?P<open>\() | (?P<close>\)) | (?P<or>\|)
      | (?P<phrase>["“”„«»](?P<inside>[^"“”„«»]*)(?P<end>["“”„«»]?))
      | (?P<sign>\+|-(?!\d))(?=[^\s)])
      | (?P<slash>/) | (?P<text>[^\s()"“”„«»|/]+)""",
    re.VERBOSE,
)
_BRACKETED_WORD = re.compile(r"\(\w{2,20}-?\)\w{3,40}")
_FIELD = re.compile(r"(?P<field>[A-Za-z]+):(?P<value>\S*)")
BROKEN_WORD = re.compile(r"(?<=[^\W\d_]{2})-\s(?=[a-z]{3})(?!(?:en|of|tot|dan)\b)")
"""A word cut at the end of a line in a text that was pasted; *in- en uitstroom* is something else."""
_QUOTES = frozenset('"“”„«»')
_DOTTED = re.compile(r"(?:[A-Z]\.){2,8}")
_OPERATORS = {"OF": "or", "OR": "or", "EN": "and", "AND": "and", "NIET": "not", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    """``open``, ``close``, ``or``, ``and``, ``not``, ``plus``, ``phrase``, ``word`` or ``field``."""
    text: str


class Reader:
    """Recursive descent over the lexemes: clauses > alternatives > atoms."""

    def __init__(self, text: str, settings: SearchSettings, *, fields: bool) -> None:
        self.notices: list[Notice] = []
        self.filters: dict[str, list[str]] = {}
        self._settings = settings
        self._fields = fields
        self._lexemes = self._with_values(self._split(text))
        self._at = 0
        words = sum(1 for lexeme in self._lexemes if lexeme.kind in ("word", "phrase"))
        if words > settings.max_words:
            self._keep_words(settings.max_words)
            self._say("afgekapt", "", f"alleen de eerste {settings.max_words} van {words} woorden zijn gebruikt")

    def _say(self, kind: str, word: str, text: str) -> None:
        self.notices.append(Notice(kind, word, text))

    def _keep_words(self, limit: int) -> None:
        seen = 0
        for index, lexeme in enumerate(self._lexemes):
            seen += lexeme.kind in ("word", "phrase")
            if seen > limit:
                del self._lexemes[index:]
                return

    def _split(self, text: str) -> list[_Lexeme]:
        found: list[_Lexeme] = []
        at = 0
        while at < len(text):
            bracketed = _BRACKETED_WORD.match(text, at)
            if bracketed:  # (jeugd-)strafrechtketen is a word, not a group
                found.append(_Lexeme("word", bracketed[0]))
                at = bracketed.end()
                continue
            match = _LEXEME.match(text, at)
            if match is None:
                at += 1
                continue
            at = match.end()
            found.extend(self._lexeme(match))
        return found

    def _lexeme(self, match: re.Match[str]) -> list[_Lexeme]:
        kind = match.lastgroup if match.lastgroup not in ("inside", "end") else "phrase"
        if kind in ("space", "slash"):
            return []
        if kind == "phrase":
            if not match["end"]:
                self._say("hersteld", match["inside"], f"het aanhalingsteken is gesloten: “{match['inside'].strip()}”")
            return [_Lexeme("phrase", match["inside"].strip())] if match["inside"].strip() else []
        if kind == "sign":
            return [_Lexeme("not" if match["sign"] == "-" else "plus", match["sign"])]
        if kind == "text":
            return [self._text(match["text"], quoted=match.string[match.end() : match.end() + 1] in _QUOTES)]
        return [_Lexeme(str(kind), match[0])]

    def _text(self, text: str, quoted: bool) -> _Lexeme:
        if text in _OPERATORS:
            return _Lexeme(_OPERATORS[text], text)
        match = _FIELD.fullmatch(text)
        if match and self._fields:
            name, value = match["field"].lower(), match["value"]
            if name in ("van", "tot"):
                if value[:1].isdigit():
                    return _Lexeme("field", f"{name}:{value}")
            elif name in FILTER_FACETS and (value or quoted):
                return _Lexeme("field", f"{name}:{value}")
            elif name in FILTER_FACETS:
                self._say("hersteld", text, f"‘{text}’ is als woord gelezen; een filter staat vast aan zijn waarde")
            elif value:
                self._say("hersteld", text, f"‘{name}’ is geen filter; gezocht is op de woorden")
        return _Lexeme("word", text)

    def _with_values(self, lexemes: list[_Lexeme]) -> list[_Lexeme]:
        """Give a filter that ends with its colon the quotation behind it."""
        found: list[_Lexeme] = []
        for lexeme in lexemes:
            open_filter = found and found[-1].kind == "field" and found[-1].text.endswith(":")
            if open_filter and lexeme.kind == "phrase":
                found[-1] = _Lexeme("field", found[-1].text + lexeme.text)
            else:
                found.append(lexeme)
        return found

    def clauses(self) -> list[Clause]:
        """Read the whole question."""
        found: list[Clause] = []
        required_next = False
        while self._at < len(self._lexemes):
            if self._peek() == "close":
                self._at += 1
                self._say("hersteld", ")", "een haakje zonder begin is genegeerd")
                continue
            role = self._role()
            grouped = self._peek() == "open"
            node = self._alternatives(0)
            joined = self._peek() == "and"
            if joined:
                self._at += 1
            if role == "excluded" and isinstance(node, AnyOf) and not grouped:
                raise QueryError("uitsluiten voor OF kan niet; schrijf -(een OF ander) of zet -woord los van de OF")
            if node is not None:
                must = role == "wanted" and (joined or required_next)
                found.append(
                    Clause(node, "required" if must or (isinstance(node, Phrase) and role == "wanted") else role)
                )
            required_next = joined
        return found

    def _role(self) -> Role:
        role: Role = "wanted"
        while self._peek() in ("not", "plus", "or", "and"):
            kind = self._peek()
            if kind in ("or", "and"):
                self._say("hersteld", self._lexemes[self._at].text, "een OF of EN zonder twee kanten is genegeerd")
            else:
                role = "excluded" if kind == "not" else "required"
            self._at += 1
        return role

    def _alternatives(self, depth: int) -> Node | None:
        parts = [self._atom(depth)]
        while self._peek() == "or":
            self._at += 1
            if self._peek() == "not":
                raise QueryError("uitsluiten na OF kan niet; zet -woord los van de OF")
            if self._peek() in (None, "close", "or", "and"):
                self._say("hersteld", "OF", "een OF zonder twee kanten is genegeerd")
                break
            parts.append(self._atom(depth))
        real = tuple(part for part in parts if part is not None)
        return (real[0] if len(real) == 1 else AnyOf(real)) if real else None

    def _atom(self, depth: int) -> Node | None:
        kind = self._peek()
        if kind is None:
            return None
        lexeme = self._lexemes[self._at]
        self._at += 1
        if kind == "open":
            return self._group(depth + 1)
        if kind == "phrase":
            return Phrase(lexeme.text)
        if kind == "field":
            self._filter(lexeme.text)
            return None
        if kind == "word":
            return self._word(lexeme.text)
        return None

    def _group(self, depth: int) -> Node | None:
        if depth > self._settings.max_depth:
            raise QueryError(f"haakjes dieper dan {self._settings.max_depth}: maak de vraag eenvoudiger")
        parts: list[Node] = []
        while self._peek() not in (None, "close"):
            if self._peek() == "not":
                raise QueryError("uitsluiten binnen haakjes kan niet; zet -woord erbuiten")
            if self._peek() in ("plus", "and", "or"):
                self._at += 1
                continue
            node = self._alternatives(depth)
            if node is not None:
                parts.append(node)
        if self._peek() is None:
            self._say("hersteld", "(", "het haakje is gesloten")
        self._at += 1
        return (parts[0] if len(parts) == 1 else AllOf(tuple(parts))) if parts else None

    def _filter(self, text: str) -> None:
        name, _, value = text.partition(":")
        if not value:
            self._say("hersteld", text, f"‘{text}’ zonder waarde is genegeerd")
            return
        index = self._at - 2
        excluded = index >= 0 and self._lexemes[index].kind == "not"
        self.filters.setdefault(name, []).append(("-" if excluded else "") + value.replace("_", " "))

    def _word(self, text: str) -> Node | None:
        if "*" in text:
            stem = text.rstrip("*")
            if "*" not in stem and sum(char.isalnum() for char in stem) >= MIN_PREFIX:
                return Prefix(stem)
            self._say("hersteld", text, f"‘{text}’: een sterretje kan alleen aan het eind, na {MIN_PREFIX} letters")
            text = text.replace("*", "")
        if not _DOTTED.fullmatch(text):
            text = text.strip(".,;:!?…'‘’`·•–—-")
        return Word(text) if any(char.isalnum() for char in text) else None

    def _peek(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None
