"""Reads a question: recursive descent over its lexemes, see `kennisbank.syntax` for what can be written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from itertools import product

from kennisbank.errors import QueryError
from kennisbank.lexemes import OPERATORS, Lexeme, lexemes
from kennisbank.settings import SearchSettings
from kennisbank.syntax import (
    DATE_FIELDS,
    MIN_FUZZY,
    MIN_PREFIX,
    AllOf,
    AnyOf,
    Clause,
    Fuzzy,
    InField,
    Near,
    Node,
    Notice,
    Phrase,
    Prefix,
    Role,
    Suffix,
    TextField,
    Word,
    simple,
    strict,
    written,
)

MAX_PAIRS = 16
"""Combinations of words that *(a OF b) W/5 (c OF d)* may stand for."""
MAX_YEARS = 100
_YEARS = re.compile(r"(?P<first>\d{4})?(?:\.\.|-|–)(?P<last>\d{4})?")
_RANGE = re.compile(r"[\[{][^\[\]{}]{1,40} TO [^\[\]{}]{1,40}[\]}]")
_WEIGHT = re.compile(r"(?:\^\d+(?:[.,]\d+)?)+$")
_DOTTED = re.compile(r"(?:[A-Z]\.){2,8}")
_ENDS = (None, "close", "or", "and", "far")


class Reader:
    """Recursive descent: clauses > alternatives > words near each other > atoms."""

    def __init__(self, text: str, settings: SearchSettings, *, filters: bool) -> None:
        self.notices: list[Notice] = []
        self.filters: dict[str, list[str]] = {}
        self._settings = settings
        self._lexemes = lexemes(text, settings.max_words, self._say, filters=filters)
        self._at = 0
        self._wildcards = 0
        self._alternated = False
        """Whether the alternatives that were read last are more than one."""
        self._near_left = settings.max_near
        if _RANGE.search(text):
            self._say("hersteld", "TO", "een reeks schrijft u als jaar:2018..2020; gezocht is op de woorden")

    def _say(self, kind: str, word: str, text: str) -> None:
        notice = Notice(kind, word, text)
        if notice not in self.notices:
            self.notices.append(notice)

    def clauses(self) -> list[Clause]:
        """Read the whole question. Raises `QueryError` for what could only be read as something else than is meant."""
        found: list[Clause] = []
        required_next = False
        while self._at < len(self._lexemes):
            if self._peek() == "close":
                self._at += 1
                self._say("hersteld", ")", "een haakje zonder begin is genegeerd")
                continue
            role = self._role()
            grouped, filtered = self._peek() == "open", self._filtered()
            node = self._alternatives(0)
            joined = self._joined(required_next)
            if role == "excluded" and self._alternated:
                raise QueryError("uitsluiten voor OF kan niet; schrijf -(een OF ander) of zet -woord los van de OF")
            if role == "excluded" and grouped and filtered != self._filtered():
                raise QueryError("een filter tussen haakjes uitsluiten kan niet; schrijf bijvoorbeeld -keten:asiel")
            if node is not None:
                must = role == "wanted" and (joined or required_next or strict(node))
                found.append(Clause(node, "required" if must else role))
            required_next = joined
        return found

    def _joined(self, before: bool) -> bool:
        """Read an EN behind a part; `before` tells whether there is one in front of it."""
        if self._alternated and (before or self._peek() == "and"):
            self._say("hersteld", "EN", "a OF b EN c is gelezen als (a OF b) EN c; met haakjes zegt u het zeker")
        if self._peek() != "and":
            return False
        self._at += 1
        if self._peek() in (None, "close"):
            self._say("hersteld", "EN", "een EN zonder twee kanten is genegeerd")
        return True

    def _role(self) -> Role:
        role: Role = "wanted"
        while self._peek() in ("not", "plus", "or", "and"):
            lexeme = self._next()
            if lexeme.kind in ("or", "and"):
                self._say("hersteld", lexeme.text, "een OF of EN zonder twee kanten is genegeerd")
                continue
            if role != "wanted":
                self._say("hersteld", lexeme.text, "van twee tekens achter elkaar (+, -, NIET) geldt het laatste")
            role = "excluded" if lexeme.kind == "not" else "required"
        if role != "wanted" and self._peek() in (None, "close"):
            self._say("hersteld", "NIET", "een + of NIET zonder woord erachter is genegeerd")
        return role

    def _alternatives(self, depth: int) -> Node | None:
        before = self._filtered()
        parts = [self._near(depth)]
        while self._peek() == "or":
            self._at += 1
            if self._peek() == "not":
                raise QueryError("uitsluiten na OF kan niet; zet -woord los van de OF")
            if self._peek() in _ENDS:
                self._say("hersteld", "OF", "een OF zonder twee kanten is genegeerd")
                break
            parts.append(self._near(depth))
        real = tuple(part for part in parts if part is not None)
        self._alternated = len(real) > 1
        if len(parts) > 1 and before != self._filtered():
            self._only_filters(real, before)
        return (real[0] if len(real) == 1 else AnyOf(real)) if real else None

    def _filtered(self) -> dict[str, int]:
        """Return how many values each filter has so far."""
        return {name: len(values) for name, values in self.filters.items()}

    def _only_filters(self, parts: tuple[Node, ...], before: Mapping[str, int]) -> None:
        """Refuse what a list of limits cannot say: *keten:asiel OF verlof*, *keten:asiel OF soort:brief*."""
        changed = [name for name, values in self.filters.items() if len(values) != before.get(name, 0)]
        if parts or len(changed) > 1:
            raise QueryError("een filter kan alleen met hetzelfde filter in een OF staan, zoals keten:a OF keten:b")

    def _near(self, depth: int) -> Node | None:
        while self._peek() == "far":
            self._say("hersteld", self._next().text, "een W/5 zonder twee kanten is genegeerd")
        parts, within = [self._atom(depth)], 0
        while self._peek() == "far":
            far = self._next()
            if self._peek() in _ENDS:
                self._say("hersteld", far.text, "een W/5 zonder twee kanten is genegeerd")
                continue
            if within and far.steps != within:
                self._say("hersteld", far.text, "van twee afstanden naast elkaar geldt de grootste")
            within = max(within, self._distance(far))
            parts.append(self._atom(depth))
        return self._spread(parts, within) if within else parts[0]

    def _distance(self, lexeme: Lexeme) -> int:
        most = self._settings.max_distance
        if not 1 <= lexeme.steps <= most:
            self._say("hersteld", lexeme.text, f"een afstand is 1 tot en met {most} woorden, dus zo is er gezocht")
        return min(max(lexeme.steps, 1), most)

    def _spread(self, parts: list[Node | None], within: int) -> Node:
        """Return every way to choose a word of each part."""
        choices = [list(simple(part)) if isinstance(part, Word | Prefix | Suffix | AnyOf) else [] for part in parts]
        if not all(choices) or not all(isinstance(one, Word | Prefix | Suffix) for words in choices for one in words):
            raise QueryError("links en rechts van W/5 hoort een los woord, of (een OF ander)")
        made = [tuple(map(written, row)) for row in product(*choices)]
        if len(made) > MAX_PAIRS:
            raise QueryError(f"W/5 met meer dan {MAX_PAIRS} combinaties kan niet; maak de vraag eenvoudiger")
        self._wildcards += sum("*" in word for words in made for word in words)
        self._wildcards -= sum(not isinstance(one, Word) for words in choices for one in words)
        if len(made) > 1 and self._wildcards > self._settings.max_wildcards:
            raise QueryError(f"meer dan {self._settings.max_wildcards} woorden met * in alle combinaties kan niet")
        near = [self._near_of(words, within, exact=False) for words in made]
        return near[0] if len(near) == 1 else AnyOf(tuple(near))

    def _near_of(self, given: tuple[str, ...], within: int, *, exact: bool) -> Near | Phrase:
        words = tuple(dict.fromkeys(given))
        if len(words) < len(given):
            self._say("hersteld", words[0], "een woord dat naast zichzelf is gevraagd, telt een keer")
        if len(words) == 1:
            return Phrase(words[0].strip("*"))
        self._near_left -= len(words)
        if self._near_left < 0:
            most = self._settings.max_near
            raise QueryError(f'meer dan {most} woorden met een afstand (W/5, "a b"~5) in een vraag kan niet')
        return Near(words, within, exact)

    def _atom(self, depth: int) -> Node | None:
        kind = self._peek()
        if kind is None:
            return None
        lexeme = self._next()
        if kind == "open":
            return self._group(depth + 1)
        if kind == "phrase":
            return Phrase(lexeme.text)
        if kind == "near":
            return self._quoted(lexeme)
        if kind == "in":
            return self._in_field(lexeme, depth)
        if kind == "field":
            self._filter(lexeme.text)
            return None
        if kind == "word":
            return self._word(lexeme.text)
        self._say("hersteld", lexeme.text, f"{lexeme.text} op deze plaats is genegeerd")
        return None

    def _quoted(self, lexeme: Lexeme) -> Node:
        words = _words(lexeme.text)
        if len(words) == 1:
            self._say("hersteld", lexeme.text, "een afstand hoort bij twee woorden of meer; gezocht is op het woord")
            return Phrase(lexeme.text)
        return self._near_of(words, self._distance(lexeme), exact=True)

    def _group(self, depth: int) -> Node | None:
        if depth > self._settings.max_depth:
            raise QueryError(f"haakjes dieper dan {self._settings.max_depth}: maak de vraag eenvoudiger")
        parts: list[Node] = []
        start, joined = self._at, False
        while self._peek() not in (None, "close"):
            if self._peek() == "not":
                raise QueryError("uitsluiten binnen haakjes kan niet; zet -woord erbuiten")
            if self._peek() in ("plus", "and", "or"):
                lexeme = self._next()
                if lexeme.kind == "or" or (lexeme.kind == "and" and not parts):
                    self._say("hersteld", lexeme.text, "een OF of EN zonder twee kanten is genegeerd")
                continue
            node = self._alternatives(depth)
            joined = self._joined(joined)
            if node is not None:
                parts.append(node)
        if self._peek() is None:
            self._say("hersteld", "(", "het haakje is gesloten")
        elif self._at == start:
            self._say("hersteld", "()", "lege haakjes zijn genegeerd")
        self._at += 1
        return (parts[0] if len(parts) == 1 else AllOf(tuple(parts))) if parts else None

    def _in_field(self, lexeme: Lexeme, depth: int) -> Node | None:
        """Read what must stand in a title or heading: words in any form, without order or wildcards."""
        name: TextField = "titel" if lexeme.text == "titel" else "kop"
        node = self._atom(depth) if self._peek() in ("word", "phrase", "near", "open") else None
        if node is None:
            self._say("hersteld", f"{name}:", f"‘{name}:’ zonder woord erachter is genegeerd")
            return None
        if not all(isinstance(one, Word) for one in simple(node)):
            self._say("hersteld", f"{name}:", f"in {name}: gaat het om losse woorden: zonder volgorde, * of ~")
        return self._moved(node, name)

    def _moved(self, node: Node, name: TextField) -> Node:
        if isinstance(node, AnyOf | AllOf):
            return type(node)(tuple(self._moved(part, name) for part in node.parts))
        if isinstance(node, InField):
            return node
        words = node.words if isinstance(node, Near) else _words(node.text)
        made = tuple(InField(name, word) for word in words)
        return made[0] if len(made) == 1 else AllOf(made)

    def _filter(self, text: str) -> None:
        name, _, value = text.partition(":")
        if not value:
            self._say("hersteld", text, f"‘{text}’ zonder waarde is genegeerd")
            return
        index = self._at - 2
        excluded = index >= 0 and self._lexemes[index].kind == "not"
        years = _YEARS.fullmatch(value) if name == "jaar" else None
        if years and (years["first"] or years["last"]):
            self._years(years["first"], years["last"], excluded)
            return
        if name in DATE_FIELDS and excluded:
            raise QueryError(f"-{name}: kan niet; schrijf bijvoorbeeld -jaar:2018..2020")
        if name in DATE_FIELDS and self.filters.get(name):
            self._say("hersteld", text, f"{name}: staat er meer dan een keer; de laatste geldt")
        self.filters.setdefault(name, []).append(("-" if excluded else "") + value.replace("_", " "))

    def _years(self, first: str | None, last: str | None, excluded: bool) -> None:
        """Read a range of years; one that is open is a date, one that is closed a choice of years."""
        if not (first and last):
            if excluded:
                raise QueryError("een open reeks jaren uitsluiten kan niet; gebruik van: of tot:")
            self.filters.setdefault("van" if first else "tot", []).append(str(first or last))
            return
        low, high = sorted((int(first), int(last)))
        if low != int(first):
            self._say("hersteld", f"jaar:{first}..{last}", f"de jaren zijn omgedraaid: {low} tot en met {high}")
        if high - low >= MAX_YEARS:
            raise QueryError(f"jaar: een reeks van meer dan {MAX_YEARS} jaar kan niet; gebruik van: en tot:")
        self.filters.setdefault("jaar", []).extend(f"{'-' * excluded}{year:04d}" for year in range(low, high + 1))

    def _word(self, text: str) -> Node | None:
        text = self._unweighted(text)
        if "~" in text:
            return self._fuzzy(text)
        if "*" in text:
            return self._wildcard(text)
        if re.search(r"\w\?\w", text):
            self._say(
                "hersteld", text, f"‘{text}’: een vraagteken staat niet voor een letter; gezocht is op de woorden"
            )
        trimmed = self._unweighted(_trimmed(text))
        text = trimmed if trimmed == text else trimmed.replace(":", "-")  # what was no field becomes none
        if text in OPERATORS:
            text = text.lower()  # OF: is a word, and stays one when the question is written out
        return Word(text) if any(char.isalnum() for char in text) else None

    def _unweighted(self, text: str) -> str:
        word = _WEIGHT.sub("", text)
        if word != text:
            self._say("hersteld", text, f"‘{text}’: een gewicht geven aan een woord kan niet; gezocht is op het woord")
        return word

    def _fuzzy(self, text: str) -> Node | None:
        word, _, after = text.partition("~")
        word = word.replace("*", "")
        if not word.isalpha() or len(word) < MIN_FUZZY or after.strip("012"):
            self._say("hersteld", text, f"‘{text}’: een ~ kan alleen achter één woord, vanaf {MIN_FUZZY} letters")
            return self._word(re.sub(r"~+\d*|:", "-", text))
        if after or "*" in text:
            self._say("hersteld", text, f"‘{text}’ is gelezen als {word}~; hoeveel letters verschillen, ligt vast")
        return self._unless_many(Fuzzy(word))

    def _wildcard(self, text: str) -> Node | None:
        """Read a word with asterisks: at the end, at the start, or repaired to what comes nearest."""
        pieces = [piece for piece in re.split(r"[^\w'’&]+", text.replace("*", " ")) if piece]
        first, last = text.endswith("*"), text.startswith("*")
        long = [piece for piece in pieces if len(piece) >= MIN_PREFIX]
        if len(pieces) == 1 and long and (first or last):
            if first and last:
                self._say("hersteld", text, f"‘{text}’ is gelezen als woorden die zo beginnen of zo eindigen")
                either = [self._unless_many(kind(pieces[0])) for kind in (Prefix, Suffix)]
                return AnyOf(tuple(either)) if either[0] != either[1] else either[0]
            return self._unless_many(Prefix(pieces[0]) if first else Suffix(pieces[0]))
        if first and len(pieces) > 1 and len(pieces[-1]) >= MIN_PREFIX and "*" not in text[:-1].rstrip("*"):
            self._say("hersteld", text, f"‘{text}’ is gelezen als {' '.join(pieces[:-1])} en {pieces[-1]}*")
            words = [word for word in map(self._word, pieces[:-1]) if word is not None]
            return AllOf((*words, self._unless_many(Prefix(pieces[-1]))))
        if re.match(r"\w{3,}\*\w", text):
            self._say(
                "hersteld", text, f"‘{text}’: een sterretje kan niet midden in een woord; gezocht is {pieces[0]}*"
            )
            return self._unless_many(Prefix(pieces[0]))
        self._say(
            "hersteld", text, f"‘{text}’: een sterretje kan alleen aan het begin of eind, bij {MIN_PREFIX} letters"
        )
        return self._word(text.replace("*", "").replace(":", "-"))

    def _unless_many(self, node: Prefix | Suffix | Fuzzy) -> Node:
        self._wildcards += 1
        most = self._settings.max_wildcards
        if self._wildcards <= most:
            return node
        self._say("afgekapt", node.text, f"na {most} woorden met * of ~ is ‘{node.text}’ als gewoon woord gelezen")
        return Word(node.text)

    def _next(self) -> Lexeme:
        self._at += 1
        return self._lexemes[self._at - 1]

    def _peek(self) -> str | None:
        return self._lexemes[self._at].kind if self._at < len(self._lexemes) else None


def _words(text: str) -> tuple[str, ...]:
    trimmed = (_trimmed(word).replace("*", "").replace("~", "") for word in text.split())
    return tuple(word for word in trimmed if any(char.isalnum() for char in word))


def _trimmed(text: str) -> str:
    return text if _DOTTED.fullmatch(text) else text.strip(".,;:!?…'‘’`·•–—-")
