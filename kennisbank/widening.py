"""Where a question finds nothing: the same question asked less strictly, in steps that each let in more.

First quotations become words and what is required becomes wanted; then what was excluded is let in; then words that
occur nowhere go, and after these the rarest word of what is left, one at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from kennisbank import dutch
from kennisbank.syntax import Clause, InField, Near, Phrase, Word, strict, written

WEIGHED = 12
"""Parts of a question of which the documents are counted; those behind them are taken for common."""
Kind = Literal["losser", "uitgesloten", "minder"]


@dataclass(frozen=True, slots=True)
class Wider:
    """A wider question and what was given up for it."""

    text: str
    kind: Kind


def wider(clauses: Sequence[Clause], documents: Callable[[str], int]) -> Iterator[Wider]:
    """Yield ever wider questions; `documents` tells in how many documents a question has everything it asks."""
    asked = question_of(clauses)
    for kind, made in _steps(clauses, documents):
        text = question_of(made)
        if text and text != asked:
            asked = text
            yield Wider(text, kind)


def _steps(clauses: Sequence[Clause], documents: Callable[[str], int]) -> Iterator[tuple[Kind, Sequence[Clause]]]:
    loose = [part for clause in clauses for part in _loosened(clause)]
    yield "losser", loose
    left = [clause for clause in loose if clause.role != "excluded"]
    yield "uitgesloten", left
    held = {clause: documents(written(clause.node)) for clause in left[:WEIGHED]} if len(left) > 1 else {}
    left = [clause for clause in left if held.get(clause, 1)]
    yield "minder", left
    while len(left) > 1:
        left.remove(min(left, key=lambda clause: held.get(clause, 1 << 40)))
        yield "minder", left


def _loosened(clause: Clause) -> Iterator[Clause]:
    """Yield a part of a question as words that are wanted, none of them required."""
    if clause.role == "excluded":
        yield clause
    elif isinstance(clause.node, Phrase | Near | InField):
        text = " ".join(clause.node.words) if isinstance(clause.node, Near) else clause.node.text
        for token in dutch.tokens(text):
            if not token.joined and not dutch.is_function_word(token.surface):
                yield Clause(Word(token.surface), "wanted")
    else:
        yield replace(clause, role="wanted")


def question_of(clauses: Sequence[Clause]) -> str:
    """Write a question so that it is read as these clauses."""
    return " ".join(_sign(clause) + _enclosed(clause) for clause in dict.fromkeys(clauses))


def _sign(clause: Clause) -> str:
    if clause.role == "excluded":
        return "NIET " if written(clause.node)[:1].isdigit() else "-"  # 10-12 is no exclusion
    return "+" if clause.role == "required" and not strict(clause.node) else ""


def _enclosed(clause: Clause) -> str:
    text = written(clause.node)
    return f"({text})" if isinstance(clause.node, Near) and not clause.node.exact else text
