"""Our own small query language: what a question can hold, as a tree of our own, never of an engine's parser.

    personeel overdracht        both words wanted, none required
    "vast aanspreekpunt"        these words, side by side, exactly so; never relaxed
    "verlof incident"~5         exactly these words, at most 5 places from one to the next, in any order
    verlof W/5 incident         likewise, in any of their forms
    +overdracht  -asiel         required; excluded (also NIET asiel)
    wachtlijst OF wachttijd     either (also OR, and the sign |)
    zorg EN opvang              both required (also AND)
    samenwerk*  *overleg        begins, ends with, from 3 letters
    aanbeveling~                spelled so or almost so, from 4 letters
    titel:verlof  kop:zorg      in the title, in a heading
    (a OF b) c                  groups
    keten:asiel  -keten:jeugd   filters, as the ones beside the list
    jaar:2018..2020  van:2018   years and dates

What cannot be read as meant is repaired and said so in `Query.notices`; nothing is dropped in silence.
`kennisbank.lexemes` cuts a question up, `kennisbank.grammar` reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from kennisbank.model import TAG_FACETS

Role = Literal["wanted", "required", "excluded"]
TextField = Literal["titel", "kop"]
FILTER_FACETS: tuple[str, ...] = (*TAG_FACETS, "soort", "uitgever", "jaar", "status")
DATE_FIELDS = ("van", "tot")
TEXT_FIELDS: tuple[TextField, ...] = ("titel", "kop")
MIN_PREFIX = 3
"""Letters before or behind an asterisk."""
MIN_FUZZY = 4
"""Letters of a word that may be spelled otherwise: a shorter one looks like too many others."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms."""

    text: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words side by side, exactly as written."""

    text: str


@dataclass(frozen=True, slots=True)
class Near:
    """Words in any order, each at most so many places from the next."""

    words: tuple[str, ...]
    within: int
    exact: bool
    """Exactly as written, not in any form."""


@dataclass(frozen=True, slots=True)
class Prefix:
    """Any word that begins so."""

    text: str


@dataclass(frozen=True, slots=True)
class Suffix:
    """Any word that ends so."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Any word that is spelled so or almost so."""

    text: str


@dataclass(frozen=True, slots=True)
class InField:
    """A word in the title or in a heading."""

    field: TextField
    text: str


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one of the parts."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part, not relaxed."""

    parts: tuple[Node, ...]


Node = Word | Phrase | Near | Prefix | Suffix | Fuzzy | InField | AnyOf | AllOf


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


def strict(node: Node) -> bool:
    """Tell whether a part of a question is never relaxed: who writes these signs means what they say."""
    if isinstance(node, AnyOf):
        return bool(node.parts) and all(isinstance(part, Near | InField) for part in node.parts)
    return isinstance(node, Phrase | Near | InField)


def simple(node: Node) -> Iterator[Node]:
    """Yield the parts of a part that are no groups."""
    if isinstance(node, AnyOf | AllOf):
        for part in node.parts:
            yield from simple(part)
    else:
        yield node


def written(node: Node) -> str:
    """Write a part of a question so that it is read as this part."""
    if isinstance(node, AnyOf | AllOf):
        return f"({(' OF ' if isinstance(node, AnyOf) else ' ').join(map(written, node.parts))})"
    if isinstance(node, Near):
        if node.exact:
            return f'"{" ".join(node.words)}"~{node.within}'
        return f" W/{node.within} ".join(node.words)
    if isinstance(node, InField):
        return f"{node.field}:{node.text}"
    before, after = {Phrase: ('"', '"'), Prefix: ("", "*"), Suffix: ("*", ""), Fuzzy: ("", "~"), Word: ("", "")}[
        type(node)
    ]
    return f"{before}{node.text}{after}"
