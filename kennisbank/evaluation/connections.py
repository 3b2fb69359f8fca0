"""How well documents are connected: recurring recommendations, parallels, statements on follow-up, commitments."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import combinations
from typing import Any

from kennisbank.evaluation.figures import Figure, absent, b_cubed, pairs_of, precision_recall, ratio
from kennisbank.evaluation.matching import Matching, holds, line, match, tokens
from kennisbank.evaluation.recommendations import places
from kennisbank.evaluation.system import System
from kennisbank.evaluation.truth import Truth

Row = Mapping[str, Any]
PART = "connections"
SAME_PLACE = 0.5
"""Share of the shorter passage's words that must stand in the longer for them to be one place."""


def figures(truth: Truth, system: System) -> Iterator[Figure]:
    """Yield figures on reeksen, parallels, statements and commitments."""
    for half in truth.parts:
        if truth.of("reeksen", half):
            yield from _series(truth, half, system)
        if truth.of("verschijnselen", half):
            yield from _parallels(truth, half, system.rows("parallellen"))
        if truth.of("uitspraken", half):
            yield _statements(truth, half, system)
        if truth.of("voornemens", half):
            yield _commitments(truth, half, system)


# Recurring recommendations


def _series(truth: Truth, half: str, system: System) -> Iterator[Figure]:
    wanted, near = truth.of("reeksen", half), truth.of("bijna", half)
    found = system.rows("reeksen")
    if found is None:
        yield absent(PART, "reeksen", half, len(wanted))
        return
    known = _truth_ids(truth, system)
    scope = {entry["aanbeveling"] for row in wanted for entry in row["leden"]} | {row["aanbeveling"] for row in near}
    ours = [
        {known[entry["aanbevelingId"]] for entry in row["leden"] if entry["aanbevelingId"] in known} for row in found
    ]
    ours = [group & scope for group in ours if len(group & scope) > 1]
    theirs = [{entry["aanbeveling"] for entry in row["leden"]} for row in wanted]
    joined, right = pairs_of(ours), pairs_of(theirs)
    texts = {row["id"]: line(row) for row in truth.rows.get("aanbevelingen", ())}
    members = {member for group in theirs for member in group}
    yield Figure(
        PART,
        "reeksen",
        half,
        len(wanted),
        {
            **precision_recall(len(joined & right), len(joined), len(right)),
            **b_cubed([group & members for group in ours], theirs),
            "rol": _roles(found, wanted, known),
        },
        _same_theme_and_addressee(truth, theirs, scope),
        "zelfde geadresseerde en document-thema",
        note=f"niets verbonden: precisie en vindkans 0, b3-f1 {b_cubed([], theirs)['b3-f1']:.3f}",
        missed=tuple(_pair_lines(right - joined, texts)),
        wrong=tuple(_pair_lines(joined - right, texts)),
    )
    if near:
        yield _near_misses(half, near, wanted, joined, texts)


def _truth_ids(truth: Truth, system: System) -> dict[str, str]:
    """Return our id of a recommendation -> its id in the truth."""
    found = system.rows("aanbevelingen") or ()
    return {pair.found["id"]: pair.truth["id"] for pair in match(found, truth.rows["aanbevelingen"], places).matches}


def _near_misses(
    half: str, near: Sequence[Row], wanted: Sequence[Row], joined: set[Any], texts: Mapping[str, str]
) -> Figure:
    members = {row["id"]: [entry["aanbeveling"] for entry in row["leden"]] for row in wanted}
    wrong = [
        texts.get(row["aanbeveling"], row["aanbeveling"])
        for row in near
        if any(frozenset((row["aanbeveling"], member)) in joined for member in members.get(row["reeks"], ()))
    ]
    return Figure(
        PART, "bijna-reeksen", half, len(near), {"ten-onrechte": ratio(len(wrong), len(near))}, wrong=tuple(wrong)
    )


def _roles(found: Sequence[Row], wanted: Sequence[Row], known: Mapping[str, str]) -> float:
    roles = {
        known[entry["aanbevelingId"]]: entry["rol"]
        for row in found
        for entry in row["leden"]
        if entry["aanbevelingId"] in known
    }
    judged = [
        (entry["rol"], roles[entry["aanbeveling"]])
        for row in wanted
        for entry in row["leden"]
        if entry["aanbeveling"] in roles
    ]
    return ratio(sum(right == ours for right, ours in judged), len(judged))


def _same_theme_and_addressee(truth: Truth, theirs: Sequence[set[str]], scope: set[str]) -> dict[str, float]:
    """Join all recommendations of two documents that share a main theme and an addressee."""
    themes: dict[str, set[str]] = defaultdict(set)
    for row in truth.rows.get("tags", ()):
        if row["facet"] == "thema" and row["rang"] == "hoofd":
            themes[row["bestand"]].add(row["term"])
    rows = [row for row in truth.rows["aanbevelingen"] if row["id"] in scope]
    addressees = {row["id"]: {entry["organisatie"] for entry in row["geadresseerden"]} - {None} for row in rows}
    joined = {
        frozenset((one["id"], other["id"]))
        for one, other in combinations(rows, 2)
        if one["bestand"] != other["bestand"]
        and addressees[one["id"]] & addressees[other["id"]]
        and themes[one["bestand"]] & themes[other["bestand"]]
    }
    right = pairs_of(theirs)
    return precision_recall(len(joined & right), len(joined), len(right))


def _pair_lines(pairs: set[Any], texts: Mapping[str, str]) -> Iterator[str]:
    for pair in sorted(sorted(map(str, pair)) for pair in pairs):
        yield "  <->  ".join(texts.get(name, name) for name in pair)


# Parallels


def _parallels(truth: Truth, half: str, found: Sequence[Row] | None) -> Iterator[Figure]:
    groups, negatives = truth.of("verschijnselen", half), truth.of("hardnegatief", half)
    passages = [(row["id"], entry) for row in groups for entry in row["passages"]]
    if found is None:
        yield absent(PART, "parallellen", half, len(passages))
        return
    pairs = [row for row in found if row["soort"] == "zelfde-verschijnsel"]
    firsts, r_precisions, recalls, missed = [], [], [], []
    for group, entry in passages:
        right = [other for its, other in passages if its == group and _other_chain(entry, other)]
        if not right:
            continue
        ranked = [other for _, other in sorted(_partners(entry, pairs), key=lambda scored: -scored[0])]
        hits = [any(_same_place(place, other) for other in right) for place in ranked]
        firsts.append(bool(hits and hits[0]))
        r_precisions.append(ratio(sum(hits[: len(right)]), len(right)))
        in_reach = [any(_same_place(place, other) for place in ranked[:20]) for other in right]
        recalls.append(ratio(sum(in_reach), len(right)))
        if not any(hits):
            missed.append(f"{group}: {line(entry)}")
    count = len(firsts)
    yield Figure(
        PART,
        "parallellen",
        half,
        count,
        {
            "eerste-juist": ratio(sum(firsts), count),
            "r-precisie": ratio(sum(r_precisions), count),
            "vindkans@20": ratio(sum(recalls), count),
        },
        note="niets verbonden: overal 0",
        missed=tuple(missed),
    )
    if negatives:
        yield _hard_negatives(half, negatives, pairs)


def _hard_negatives(half: str, negatives: Sequence[Row], pairs: Sequence[Row]) -> Figure:
    wrong = [
        f"{line(row['links'])}  <->  {line(row['rechts'])}"
        for row in negatives
        if any(_same_place(place, row["rechts"]) for _, place in _partners(row["links"], pairs))
    ]
    return Figure(
        PART,
        "valse vrienden",
        half,
        len(negatives),
        {"ten-onrechte": ratio(len(wrong), len(negatives))},
        wrong=tuple(wrong),
    )


def _partners(entry: Row, pairs: Sequence[Row]) -> Iterator[tuple[float, Row]]:
    for row in pairs:
        for one, other in ((row["links"], row["rechts"]), (row["rechts"], row["links"])):
            if _same_place(one, entry):
                yield row["score"], other


_bag = lru_cache(maxsize=50_000)(tokens)
"""One passage is held against many."""


def _same_place(one: Row, other: Row) -> bool:
    if one["bestand"] != other["bestand"]:
        return False
    first, second = _bag(one["tekst"]), _bag(other["tekst"])
    return max(holds(first, second), holds(second, first)) >= SAME_PLACE


def _other_chain(one: Row, other: Row) -> bool:
    return one["bestand"] != other["bestand"] and not set(one["ketens"]) & set(other["ketens"])


# Follow-up


def _statements(truth: Truth, half: str, system: System) -> Figure:
    wanted = truth.of("uitspraken", half)
    found = system.rows("uitspraken")
    if found is None:
        return absent(PART, "uitspraken", half, len(wanted))
    known = _truth_ids(truth, system)
    result = match([row for row in found if row["bestand"] in truth.files(half)], wanted)
    linked = [pair for pair in result.matches if known.get(pair.found["aanbevelingId"]) == pair.truth["aanbeveling"]]
    return Figure(
        PART,
        "uitspraken",
        half,
        len(wanted),
        {
            **_shares(result),
            "koppeling": ratio(len(linked), len(result.matches)),
            **{name: _equal(result, name) for name in ("oordeel", "spreker")},
        },
        missed=tuple(map(line, result.missed)),
        wrong=tuple(map(line, result.wrong)),
    )


def _commitments(truth: Truth, half: str, system: System) -> Figure:
    wanted = truth.of("voornemens", half)
    found = system.rows("voornemens")
    if found is None:
        return absent(PART, "voornemens", half, len(wanted))
    result = match([row for row in found if row["bestand"] in truth.files(half)], wanted)
    given = right = 0
    for pair in result.matches:
        ours = {system.files.get(entry["documentId"]) for entry in pair.found["koppelingen"]}
        given += len(ours)
        right += len(ours & {entry["bestand"] for entry in pair.truth.get("koppelingen", ())})
    there = sum(len(row.get("koppelingen", ())) for row in wanted)
    return Figure(
        PART,
        "voornemens",
        half,
        len(wanted),
        {
            **_shares(result),
            "ontkend": _equal(result, "ontkend"),
            "koppelprecisie": ratio(right, given),
            "koppelvindkans": ratio(right, there),
        },
        missed=tuple(map(line, result.missed)),
        wrong=tuple(map(line, result.wrong)),
    )


def _shares(result: Matching) -> dict[str, float]:
    right, missed, wrong = len(result.matches), len(result.missed), len(result.wrong)
    return precision_recall(right, right + wrong, right + missed)


def _equal(result: Matching, name: str) -> float:
    return ratio(sum(pair.found[name] == pair.truth[name] for pair in result.matches), len(result.matches))
