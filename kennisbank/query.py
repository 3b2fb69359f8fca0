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
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from kennisbank.dutch import QUESTION_WORDS, fold, is_function_word
from kennisbank.errors import QueryError, UsageError
from kennisbank.model import KINDS, REPORT_KINDS, TAG_FACETS
from kennisbank.settings import SearchSettings
from kennisbank.taxonomy import Taxonomy

Sort = Literal["relevantie", "datum", "titel"]
SORTS: tuple[Sort, ...] = ("relevantie", "datum", "titel")
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


@dataclass(frozen=True, slots=True)
class Notice:
    """Something in the question that was read otherwise than it stands."""

    kind: str
    """``hersteld``, ``functiewoord`` or ``afgekapt``."""
    word: str
    text: str


@dataclass(frozen=True, slots=True)
class Filters:
    """Hard limits to the list: OR within a facet, AND between facets."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    date_from: str | None = None
    """ISO date, as precise as given."""
    date_until: str | None = None
    """Likewise; ``2018`` includes 31 December."""

    def __bool__(self) -> bool:
        return bool(self.chosen or self.excluded or self.date_from or self.date_until)


@dataclass(frozen=True, slots=True)
class Query:
    """A question, read."""

    text: str
    clauses: tuple[Clause, ...] = ()
    filters: Filters = Filters()
    notices: tuple[Notice, ...] = ()
    sort: Sort = "relevantie"
    offset: int = 0
    limit: int = 10
    partial: bool = True
    """List documents with only some of the wanted words as well."""


def read_filters(values: Mapping[str, Sequence[str]], taxonomy: Taxonomy) -> Filters:
    """Read filter values as given on the command line or in an address; ``-x`` excludes x.

    Raises `UsageError` for a value that does not exist, naming what does.
    """
    chosen: dict[str, list[str]] = {}
    excluded: dict[str, list[str]] = {}
    for facet in FILTER_FACETS:
        for raw in values.get(facet, ()):
            target = excluded if raw.startswith("-") else chosen
            value = _filter_value(facet, raw.removeprefix("-").strip(), taxonomy)
            if value not in target.setdefault(facet, []):
                target[facet].append(value)
    return Filters(
        {facet: tuple(found) for facet, found in chosen.items()},
        {facet: tuple(found) for facet, found in excluded.items()},
        _date("van", values.get("van", ())),
        _date("tot", values.get("tot", ())),
    )


def _filter_value(facet: str, value: str, taxonomy: Taxonomy) -> str:
    if facet in TAG_FACETS:
        return str(taxonomy.resolve(facet, value))
    if not value:
        raise UsageError(f"{facet}: leeg filter; geef een waarde op of laat het filter weg")
    if facet == "soort" and value not in KINDS:
        raise UsageError(f"soort: '{value}' bestaat niet; kies uit {', '.join(KINDS)}")
    if facet == "jaar" and not re.fullmatch(r"\d{4}", value):
        raise UsageError(f"jaar: '{value}' is geen jaartal; schrijf bijvoorbeeld 2019")
    if facet == "status" and value not in ("indexed", "indexed_partial"):
        raise UsageError(f"status: '{value}' is niet doorzoekbaar; kies indexed of indexed_partial")
    return value


def _date(name: str, values: Sequence[str]) -> str | None:
    given = [value.strip() for value in values if value.strip()]
    if not given:
        return None
    match = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", given[-1])
    if not match or not 1 <= int(match[2] or 1) <= 12 or not 1 <= int(match[3] or 1) <= 31:
        raise UsageError(f"{name}: '{given[-1]}' is geen datum; schrijf JJJJ, JJJJ-MM of JJJJ-MM-DD")
    return given[-1]


def widened(facet: str, values: Sequence[str], taxonomy: Taxonomy) -> frozenset[str]:
    """Return the values that a choice stands for: a term with all below it, `rapport` with its kinds."""
    if facet in TAG_FACETS:
        return frozenset(narrow for value in values for narrow in taxonomy.narrower(value))
    if facet == "soort" and "rapport" in values:
        return frozenset((*values, *REPORT_KINDS))
    return frozenset(values)


def parse(
    text: str,
    filters: Filters = Filters(),
    *,
    taxonomy: Taxonomy | None = None,
    sort: Sort = "relevantie",
    offset: int = 0,
    limit: int = 10,
    partial: bool = True,
    settings: SearchSettings = SearchSettings(),  # noqa: B008 - frozen
) -> Query:
    """Read a question. Raises `QueryError` when it is longer, deeper or further than the settings allow."""
    text = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    text = _BROKEN_WORD.sub("-", text)
    if len(text) > settings.max_characters:
        raise QueryError(f"de vraag telt {len(text)} tekens; hoogstens {settings.max_characters}: kort haar in")
    if sort not in SORTS:
        raise UsageError(f"sorteer: '{sort}' bestaat niet; kies uit {', '.join(SORTS)}")
    if not 1 <= limit <= settings.max_page_size:
        raise UsageError(f"limit: {limit} kan niet; kies 1 tot en met {settings.max_page_size}")
    if not 0 <= offset <= settings.max_offset:
        raise UsageError(f"verder dan {settings.max_offset} resultaten bladeren kan niet; verfijn de vraag")
    reader = _Reader(text, settings, taxonomy)
    clauses = reader.clauses()
    return Query(
        text=text,
        clauses=_without_function_words(_once(_flat(clauses)), reader.notices),
        filters=_merged(filters, reader.filters, taxonomy),
        notices=tuple(reader.notices),
        sort=sort,
        offset=offset,
        limit=limit,
        partial=partial,
    )


def _merged(filters: Filters, found: Mapping[str, list[str]], taxonomy: Taxonomy | None) -> Filters:
    if not found or taxonomy is None:
        return filters
    more = read_filters(found, taxonomy)
    chosen, excluded = dict(filters.chosen), dict(filters.excluded)
    for target, extra in ((chosen, more.chosen), (excluded, more.excluded)):
        for facet, values in extra.items():
            target[facet] = tuple(dict.fromkeys((*target.get(facet, ()), *values)))
    return replace(
        filters,
        chosen=chosen,
        excluded=excluded,
        date_from=more.date_from or filters.date_from,
        date_until=more.date_until or filters.date_until,
    )


def _flat(clauses: list[Clause]) -> Iterator[Clause]:
    """Take words out of brackets that group nothing: people put asides in brackets."""
    for clause in clauses:
        if clause.role == "wanted" and isinstance(clause.node, AllOf):
            yield from _flat([Clause(part, "wanted") for part in clause.node.parts])
        else:
            yield clause


def _once(clauses: Iterator[Clause]) -> list[Clause]:
    """Leave out what is asked twice: a word said twice is not wanted twice."""
    return list(dict.fromkeys(clauses))


def _without_function_words(clauses: list[Clause], notices: list[Notice]) -> tuple[Clause, ...]:
    """Drop wanted function words, unless nothing else is asked."""
    kept = []
    dropped = []
    for clause in clauses:
        node = clause.node
        if clause.role == "wanted" and isinstance(node, Word) and is_function_word(node.text):
            dropped.append(node.text)
        else:
            kept.append(clause)
    if dropped and kept:
        words = ", ".join(dict.fromkeys(dropped))
        notices.append(Notice("functiewoord", words, f"niet op gezocht: {words}"))
    return tuple(kept or clauses)


_LEXEME = re.compile(
    r"""(?P<space>\s+) | (?P<open>\() | (?P<close>\)) | (?P<or>\|)
      | (?P<phrase>["“”„«»](?P<inside>[^"“”„«»]*)(?P<end>["“”„«»]?))
      | (?P<sign>\+|-(?!\d))(?=[^\s)])
      | (?P<slash>/) | (?P<text>[^\s()"“”„«»|/]+)""",
    re.VERBOSE,
)
_BRACKETED_WORD = re.compile(r"\(\w{2,20}-?\)\w{3,40}")
_FIELD = re.compile(r"(?P<field>[a-z]+):(?P<value>[^\s]+)")
_BROKEN_WORD = re.compile(r"(?<=[^\W\d_]{2})-\s(?=[a-z]{3})(?!(?:en|of|tot|dan)\b)")
"""A word cut at the end of a line in a text that was pasted; *in- en uitstroom* is something else."""
_DOTTED = re.compile(r"(?:[A-Z]\.){2,8}")
_OPERATORS = {"OF": "or", "OR": "or", "EN": "and", "AND": "and", "NIET": "not", "NOT": "not"}


@dataclass(frozen=True, slots=True)
class _Lexeme:
    kind: str
    """``open``, ``close``, ``or``, ``and``, ``not``, ``plus``, ``phrase``, ``word`` or ``field``."""
    text: str


class _Reader:
    """Recursive descent over the lexemes: clauses > alternatives > atoms."""

    def __init__(self, text: str, settings: SearchSettings, taxonomy: Taxonomy | None) -> None:
        self.notices: list[Notice] = []
        self.filters: dict[str, list[str]] = {}
        self._settings = settings
        self._fields = taxonomy is not None
        self._lexemes = list(self._split(text))
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
            return [self._text(match["text"])]
        return [_Lexeme(str(kind), match[0])]

    def _text(self, text: str) -> _Lexeme:
        if text in _OPERATORS:
            return _Lexeme(_OPERATORS[text], text)
        match = _FIELD.fullmatch(text)
        if match and self._fields and match["field"] in (*FILTER_FACETS, "van", "tot"):
            return _Lexeme("field", text)
        return _Lexeme("word", text)

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
            node = self._alternatives(0)
            joined = self._peek() == "and"
            if joined:
                self._at += 1
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
            if self._peek() in ("not", "plus", "and", "or"):
                if self._peek() == "not":
                    self._say("hersteld", "-", "uitsluiten binnen haakjes kan niet; zet het erbuiten")
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


def is_question_word(text: str) -> bool:
    """Tell whether a word belongs to asking rather than to what is asked for."""
    return text.islower() and fold(text) in QUESTION_WORDS
