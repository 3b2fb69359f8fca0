"""What a measurement gives, and the measures that are plain arithmetic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import combinations

Measures = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Figure:
    """How good one thing is on one half of the truth."""

    part: str
    subject: str
    half: str
    """``tune``, ``judge``, or ``-`` where the truth is not split."""
    count: int
    """Rows of the truth it was measured on."""
    measures: Measures = field(default_factory=dict)
    """Name -> value from 0 to 1, unless the name says otherwise; empty where there is nothing to measure yet."""
    baseline: Measures = field(default_factory=dict)
    """The same for a trivial method; the subject of the measure says which."""
    baseline_name: str = ""
    note: str = ""
    """Why there are no measures, or what else a reader must know."""
    missed: tuple[str, ...] = ()
    """Rows of the truth that were not found, one line each."""
    wrong: tuple[str, ...] = ()
    """Finds that the truth does not list, one line each."""


def absent(part: str, subject: str, half: str, count: int) -> Figure:
    """Say that the feature which would be measured does not exist yet."""
    return Figure(part, subject, half, count, note="bestaat nog niet")


def ratio(good: float, all_of_them: float) -> float:
    """Return a share; of nothing it is 0."""
    return good / all_of_them if all_of_them else 0.0


def precision_recall(right: int, found: int, wanted: int) -> dict[str, float]:
    """Return precision, recall and F1."""
    precision, recall = ratio(right, found), ratio(right, wanted)
    return {
        "precisie": precision,
        "vindkans": recall,
        "f1": ratio(2 * precision * recall, precision + recall),
    }


def pairs_of(groups: Iterable[Iterable[Hashable]]) -> set[frozenset[Hashable]]:
    """Return all pairs of members that share a group."""
    return {frozenset(pair) for group in groups for pair in combinations(set(group), 2)}


def b_cubed(found: Iterable[Iterable[Hashable]], truth: Iterable[Iterable[Hashable]]) -> dict[str, float]:
    """Return B-cubed precision, recall and F1 over all members (Bagga and Baldwin, 1998).

    A member that one side leaves out of every group stands alone there.
    """
    ours, theirs = _groups_by_member(found), _groups_by_member(truth)
    members = ours.keys() | theirs.keys()
    precision = recall = 0.0
    for member in members:
        mine, right = ours.get(member, {member}), theirs.get(member, {member})
        shared = len(mine & right)
        precision += shared / len(mine)
        recall += shared / len(right)
    p, r = ratio(precision, len(members)), ratio(recall, len(members))
    return {"b3-precisie": p, "b3-vindkans": r, "b3-f1": ratio(2 * p * r, p + r)}


def _groups_by_member(groups: Iterable[Iterable[Hashable]]) -> dict[Hashable, set[Hashable]]:
    by_member: dict[Hashable, set[Hashable]] = defaultdict(set)
    for group in groups:
        members = set(group)
        for member in members:
            by_member[member] |= members
    return by_member


def most_common(values: Iterable[str]) -> str:
    """Return the value that a majority baseline would always give; of equals the first in the alphabet."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value), default="")
