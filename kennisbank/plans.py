"""What the publishers in one generation planned, and what came of it: listed, narrowed, counted, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from kennisbank import dutch
from kennisbank.commitments import STANDINGS, Commitment, CommitmentLink, from_json
from kennisbank.errors import NotFound
from kennisbank.model import DocumentId, LedgerRow
from kennisbank.opened import Opened
from kennisbank.results import DocumentRow

FACETS = ("jaar", "doel", "keten", "stand", "ontkend", "document")
"""What a list of commitments can be narrowed by."""
NO_GOAL = "geen"
"""Value of ``doel`` for a commitment under no goal."""
RETURNS = 0.5
"""Dice of content words from which a commitment of one programme comes back in another."""


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link with the document it leads to."""

    link: CommitmentLink
    row: DocumentRow


@dataclass(frozen=True, slots=True)
class ShownCommitment:
    """A commitment with the document it stands in and those it is linked to."""

    commitment: Commitment
    row: DocumentRow
    links: tuple[ShownLink, ...]

    def values(self, facet: str) -> tuple[str, ...]:
        """Return what it has for a facet."""
        one = self.commitment
        return {
            "jaar": (str(one.year),) if one.year else (),
            "doel": (one.goal or NO_GOAL,),
            "keten": tuple(one.chains),
            "stand": (one.standing,),
            "ontkend": ("ja" if one.negated else "nee",),
            "document": (one.document,),
        }[facet]


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """What is asked of the list: facet -> values, of which one must hold."""

    chosen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def admits(self, shown: ShownCommitment, *, but: str = "") -> bool:
        """Tell whether a commitment meets every facet, one left out of account."""
        return all(
            facet == but or set(values) & set(shown.values(facet)) for facet, values in self.chosen.items() if values
        )


@dataclass(frozen=True, slots=True)
class PlanPage:
    """What answers, and how many each choice would give."""

    found: tuple[ShownCommitment, ...]
    counts: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two programmes beside each other, under one goal."""

    goal: str
    new: tuple[ShownCommitment, ...]
    """In the later one only."""
    returned: tuple[tuple[ShownCommitment, ShownCommitment], ...]
    """Earlier, later."""
    gone: tuple[ShownCommitment, ...]
    """In the earlier one only."""


class Plans:
    """Commitments of the documents that may be seen."""

    def __init__(self, opened: Opened, ledger: Mapping[DocumentId, LedgerRow], visible: Iterable[DocumentId]) -> None:
        self._opened = opened
        self._ledger = ledger
        self._visible = frozenset(visible)

    @cached_property
    def all(self) -> tuple[ShownCommitment, ...]:
        """All of them, newest plan first, in order of place within each document."""
        rows = {name: self._opened.row(self._ledger[name]) for name in self._visible}
        found = (from_json(entry.value) for entry in self._opened.record.connections("voornemen"))
        shown = [self._shown(one, rows) for one in found if one.document in rows]
        return tuple(
            sorted(
                shown,
                key=lambda one: (-(one.commitment.year or 0), one.row.title, one.row.id, one.commitment.place.span),
            )
        )

    def one(self, name: str) -> ShownCommitment:
        """Return one by id. Raises `NotFound`."""
        found = next((shown for shown in self.all if shown.commitment.id == name), None)
        if found is None:
            raise NotFound(f"voornemen '{name}' bestaat niet in deze verzameling")
        return found

    def page(self, wanted: PlanQuery) -> PlanPage:
        """Return what meets a question, with the number that each other choice of a facet would give."""
        counts = {
            facet: Counter(
                value for shown in self.all if wanted.admits(shown, but=facet) for value in shown.values(facet)
            )
            for facet in FACETS
        }
        return PlanPage(tuple(shown for shown in self.all if wanted.admits(shown)), counts)

    def programmes(self) -> tuple[DocumentRow, ...]:
        """Return the werkprogramma's that hold commitments, newest first."""
        rows = {shown.row.id: shown.row for shown in self.all if shown.row.kind == "werkprogramma"}
        return tuple(sorted(rows.values(), key=lambda row: row.date or "", reverse=True))

    def compare(self, earlier: str, later: str) -> tuple[Comparison, ...]:
        """Compare two programmes per goal. Raises `NotFound` when one of them holds no commitments."""
        before = self.page(PlanQuery({"document": (earlier,)})).found
        after = self.page(PlanQuery({"document": (later,)})).found
        for name, found in ((earlier, before), (later, after)):
            if not found:
                raise NotFound(f"document '{name}' heeft geen voornemens in deze verzameling")
        pairs = _pairs(before, after)
        matched = {id(one) for pair in pairs for one in pair}
        goals = sorted(
            {shown.values("doel")[0] for shown in (*before, *after)}, key=lambda goal: (goal == NO_GOAL, goal)
        )
        return tuple(
            Comparison(
                goal,
                tuple(one for one in after if id(one) not in matched and one.values("doel")[0] == goal),
                tuple(pair for pair in pairs if pair[1].values("doel")[0] == goal),
                tuple(one for one in before if id(one) not in matched and one.values("doel")[0] == goal),
            )
            for goal in goals
        )

    def _shown(self, one: Commitment, rows: Mapping[DocumentId, DocumentRow]) -> ShownCommitment:
        links = tuple(ShownLink(link, rows[link.document]) for link in one.links if link.document in rows)
        return ShownCommitment(_as_seen(one, links), rows[one.document], links)


def _as_seen(one: Commitment, links: tuple[ShownLink, ...]) -> Commitment:
    """Take back a standing that rests on a document which may not be seen."""
    if len(links) == len(one.links) or one.negated:
        return one
    left = tuple(shown.link for shown in links)
    if any(link.asserted and link.sort == "uitvoering" for link in left):
        return replace(one, links=left)
    return replace(one, links=left, standing="niet-teruggevonden", why=STANDINGS["niet-teruggevonden"])


def _pairs(
    before: Iterable[ShownCommitment], after: Iterable[ShownCommitment]
) -> list[tuple[ShownCommitment, ShownCommitment]]:
    """Pair commitments of two programmes that are about the same, one to one, most alike first."""
    bags = [[(shown, _content(shown.commitment.place.text)) for shown in side] for side in (before, after)]
    scored = sorted(
        (
            (-2 * len(one & other) / (len(one) + len(other)), at, number)
            for at, (_, one) in enumerate(bags[0])
            for number, (_, other) in enumerate(bags[1])
            if one & other
        ),
    )
    used: tuple[set[int], set[int]] = (set(), set())
    found = []
    for likeness, at, number in scored:
        if -likeness >= RETURNS and at not in used[0] and number not in used[1]:
            used[0].add(at)
            used[1].add(number)
            found.append((bags[0][at][0], bags[1][number][0]))
    return found


def _content(text: str) -> set[str]:
    return {
        token.forms.stem
        for token in dutch.tokens(text)
        if not token.joined and token.forms.exact not in dutch.FUNCTION_WORDS and not token.forms.exact.isdigit()
    }
