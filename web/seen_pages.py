"""What the template of `seen before` is given, and how it is made."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from flask import url_for
from markupsafe import Markup

from kennisbank.model import Span
from kennisbank.results import DocumentRow
from kennisbank.seen import Seen
from web.pages import Link
from web.params import REGISTER_PATHS
from web.shown import highlighted
from web.wording import counted


@dataclass(frozen=True, slots=True)
class SeenView:
    """Something that is like the draft."""

    name: str
    """``aanbeveling``, ``bevinding`` or ``passage``."""
    address: str
    quote: Markup
    row: DocumentRow
    chains: Sequence[str]
    place: Link
    score: float
    word: str
    """The score in a word."""
    terms: Sequence[str]
    also: Sequence[Link]
    """Other documents that say it in the same words."""


@dataclass(frozen=True, slots=True)
class SeenGroup:
    """What is like the draft, of one sort."""

    heading: str
    views: Sequence[SeenView]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """The form, and what was found when there was a draft."""

    template: ClassVar[str] = "eerder.html"
    title: str
    draft: str
    most: int
    """Characters that a draft may have."""
    read: Markup
    """The draft with what was found in it marked."""
    groups: Sequence[SeenGroup]
    asked: bool


STRONG, FAIR = 0.5, 0.25
"""Scores from which likeness is called so: above the first nearly all that is rare in the draft is there too."""
_GROUPS = (
    ("aanbeveling", "eerdere aanbeveling lijkt hierop", "eerdere aanbevelingen lijken hierop"),
    ("bevinding", "eerdere bevinding lijkt hierop", "eerdere bevindingen lijken hierop"),
    ("passage", "andere passage lijkt hierop", "andere passages lijken hierop"),
)


def seen_page(draft: str, found: Sequence[Seen], most: int) -> SeenPage:
    """Return the page for a draft and what is like it; without a draft, only the form."""
    asked = bool(draft.strip())
    groups = []
    for sort, one, many in _GROUPS:
        views = [_view(seen) for seen in found if seen.sort == sort]
        if views:
            groups.append(SeenGroup(counted(len(views), one, many), views))
    return SeenPage(
        title="Eerder gezien?",
        draft=draft,
        most=most,
        read=highlighted(draft, _joined(seen.here for seen in found)),
        groups=groups,
        asked=asked,
    )


def _view(seen: Seen) -> SeenView:
    place = url_for("documents.document", document_id=seen.row.id, _anchor=f"p{seen.anchor}")
    own = f"{REGISTER_PATHS[seen.sort]}/{seen.id}" if seen.sort != "passage" else place
    return SeenView(
        name=seen.sort,
        address=own,
        quote=highlighted(seen.text, seen.there),
        row=seen.row,
        chains=seen.chains,
        place=Link(place, f"p. {seen.page}" if seen.page else "lees in de tekst"),
        score=seen.score,
        word="sterk" if seen.score >= STRONG else "redelijk" if seen.score >= FAIR else "zwak",
        terms=seen.terms,
        also=[Link(url_for("documents.document", document_id=row.id), row.title) for row in seen.also],
    )


def _joined(lists: Iterable[Sequence[Span]]) -> list[Span]:
    """Return all places in order, each letter once."""
    letters = sorted({letter for spans in lists for span in spans for letter in range(span.start, span.end)})
    found: list[Span] = []
    for letter in letters:
        if found and found[-1].end == letter:
            found[-1] = Span(found[-1].start, letter + 1)
        else:
            found.append(Span(letter, letter + 1))
    return found
