"""What the templates about parallels are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from markupsafe import Markup

from web.pages import Link


@dataclass(frozen=True, slots=True)
class SideView:
    """One of the two passages."""

    chains: Sequence[str]
    quote: Markup
    title: str
    kind: str
    date: str | None
    place: Link
    path: Sequence[str]


@dataclass(frozen=True, slots=True)
class ParallelView:
    """A parallel as both a list and its own page tell it."""

    id: str
    address: str
    kind: str
    why: str
    score: float
    origin: str
    terms: Sequence[str]
    left: SideView
    right: SideView


@dataclass(frozen=True, slots=True)
class Option:
    """A value to choose in a form."""

    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class ParallelsPage:
    """Parallels that meet a question, the best first."""

    template: ClassVar[str] = "parallellen.html"
    title: str
    heading: str
    total: int
    views: Sequence[ParallelView]
    fields: Sequence[tuple[str, str, str, Sequence[Option]]]
    """Of the form: id, name, label, options."""
    hidden: Sequence[tuple[str, str]]
    between: Sequence[Link]
    """Pairs of chains with the length of their list."""
    chips: Sequence[Link]
    """Limits, each with the list without it."""
    exports: Sequence[Link]
    first: int
    last: int
    previous: str | None
    next: str | None


@dataclass(frozen=True, slots=True)
class ParallelPage:
    """One parallel, side by side."""

    template: ClassVar[str] = "parallel.html"
    title: str
    view: ParallelView
    about: Sequence[Link]
    helped: Sequence[ParallelView]
    """Measures that worked elsewhere against the same."""
    more: Sequence[Link]


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """What other chains show that is like one passage."""

    views: Sequence[ParallelView]
    seen: str
    """The address that asks what is like it in the whole library."""
