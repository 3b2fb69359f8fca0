"""What the user may have meant by a word that occurs nowhere in the library.

When a dictionary does not have it either it must be a slip: what is spelled almost so is looked for, and said so. A
word that exists may be meant: then the other is only proposed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from kennisbank import dutch
from kennisbank.query import Query
from kennisbank.results import Expansion
from kennisbank.search import concepts
from kennisbank.search.boundary import Engine, Form
from kennisbank.search.concepts import Plan, word_forms
from kennisbank.syntax import InField, Near, Node, Phrase, Word, simple
from kennisbank.taxonomy import Taxonomy

PROPOSALS = 3
MAX_WORDS = 4
"""Words of one question that better ones are looked up for."""
COMPARED = 200
"""Words equally near of which the documents are counted."""


def planned(query: Query, taxonomy: Taxonomy, engine: Engine, hidden: Collection[str]) -> Plan:
    """Work out what to look for, slips of the pen set right."""
    plan = concepts.plan(query, taxonomy)
    names = [entry.word for entry in plan.explanation if entry.kind == "alias"]
    better = {
        dutch.fold(entry.word): entry.became
        for entry in corrections(query, names, engine, hidden)
        if not dutch.is_known(entry.word)
    }
    return concepts.plan(query, taxonomy, better) if better else plan


def corrections(query: Query, sure: Collection[str], engine: Engine, hidden: Collection[str]) -> Iterator[Expansion]:
    """Propose other words for those of a question that occur in no document.

    What is `sure` stays as it is: words that were found, names that have other names. `hidden` documents count for
    nothing.
    """
    kept = {dutch.fold(part) for name in sure for part in name.split()}
    asked = dict.fromkeys(word for clause in query.clauses if clause.role != "excluded" for word in _words(clause.node))
    unknown = (
        word for word in asked if word.isalpha() and dutch.fold(word) not in kept and not _occurs(word, engine, hidden)
    )
    for word in islice(unknown, MAX_WORDS):
        better = _most_used(engine.near(dutch.fold(word)), engine, hidden)
        if better:
            yield Expansion("correctie", word, better, f"‘{word}’ komt nergens voor; bedoelde u {_either(better)}?")


def _words(node: Node) -> Iterator[str]:
    """Yield the words of a part of a question as they were typed."""
    for part in simple(node):
        if isinstance(part, Word | Phrase | Near | InField):
            text = " ".join(part.words) if isinstance(part, Near) else part.text
            yield from (token.surface for token in dutch.tokens(text) if not token.joined)


def _occurs(word: str, engine: Engine, hidden: Collection[str]) -> bool:
    """Tell whether any form of a word stands in a document that may be seen."""
    return any(_holding(form, engine) - set(hidden) for form in word_forms(word))


def _holding(form: Form, engine: Engine) -> set[str]:
    """Return the documents that hold all words of a form, wherever they stand."""
    return set.intersection(*({str(name) for name in engine.holding(form.layer, word)} for word in form.words))


def _most_used(words: Sequence[str], engine: Engine, hidden: Collection[str]) -> tuple[str, ...]:
    """Order words by the documents that hold them; of several forms of one word, the most used one stays."""
    counts = {word: sum(name not in hidden for name in engine.holding("exact", word)) for word in words[:COMPARED]}
    ranked = sorted((word for word, count in counts.items() if count), key=lambda word: (-counts[word], word))
    per_stem: dict[str, str] = {}
    for word in ranked:
        per_stem.setdefault(dutch.forms(word).stem, word)
    return tuple(per_stem.values())[:PROPOSALS]


def _either(words: Sequence[str]) -> str:
    """Name the words: ``a, b of c``."""
    *others, last = words
    return f"{', '.join(others)} of {last}" if others else last
