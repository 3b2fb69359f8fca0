"""Step `parallel`: pairs of passages of different chains that tell of the same phenomenon, the best of each passage.

What is shared must be a phenomenon or measure of the lexicon, or so many rare words that two texts can hardly speak of
different things; a theme is not enough, and what documents repeat by habit or quote from each other is none. Bad does
not go with good. A problem also goes with a measure that is reported to work against it (`oplossing`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import scipy.sparse as sp

from indexer.collected import Collected
from indexer.polarity import polarity
from kennisbank.likeness import matrix
from kennisbank.likeness.features import SIGN
from kennisbank.likeness.store import FOLDER, Likeness
from kennisbank.model import MAIN_STRENGTH, Document, DocumentId, Finding, Recommendation, Span, Tag, TermId
from kennisbank.parallels import Parallel, ParallelKind, Side, parallel_id, to_json
from kennisbank.search.entries import broader
from kennisbank.store import Connection
from kennisbank.taxonomy import Taxonomy

PER_UNIT = 20
"""Parallels kept per passage."""
SOLUTIONS = 5
"""Solutions kept per problem."""
LOOKED_AT = 100
"""Best candidates per passage that are verified."""
PER_DOCUMENT = 2
"""Of these with one other document: it says the same in summary, text and conclusion."""
LEAST = 0.05
LEAST_SCORE = 0.2
SHARES = (0.4, 0.4, 0.2)
"""What the rarest shared phenomenon, the words and the second opinion count for."""
WORDS_ALONE = 0.5
"""Cosine from which words without a shared phenomenon are enough."""
QUOTED = 0.9
"""Cosine from which two passages are taken for a quotation or a formula."""
HABIT = 3
"""Documents with the same words from which these are a formula."""
OF_ONE_PUBLICATION = frozenset({"echo", "bijlage", "heruitgave", "beleidsreactie", "zelfde-publicatie"})
SILENT_KINDS = frozenset({"wederhoor"})
GOOD, BAD = 1, -1

Ints = np.ndarray[Any, np.dtype[np.int64]]
Key = frozenset[TermId]


@dataclass(slots=True)
class _Units:
    """What is known of all units besides their features; per unit, in the order of the likeness."""

    chains: list[Key] = field(default_factory=list)
    """Empty: it cannot be told in which chain it lies, so it is in no parallel."""
    themes: list[Key] = field(default_factory=list)
    tone: list[int] = field(default_factory=list)
    measure: list[bool] = field(default_factory=list)
    """It reports something that worked."""


def parallels(collected: Collected) -> Iterator[Connection]:
    """Yield the parallels of a whole library."""
    likeness = Likeness(collected.folder / FOLDER)
    if not len(likeness):
        return
    work = _Work(collected, likeness)
    found: dict[str, Parallel] = {}  # a document that says something twice has it in one pair, the best
    for kind, left, right, score in (*work.same(), *work.solutions()):
        made = work.parallel(kind, left, right, score)
        if made and (made.id not in found or made.score > found[made.id].score):
            found[made.id] = made
    yield from (Connection(name, None, to_json(made)) for name, made in found.items())


class _Work:
    """What the pairing of one library shares."""

    def __init__(self, collected: Collected, likeness: Likeness) -> None:
        self._record = collected.record
        self._taxonomy = collected.taxonomy
        self._likeness = likeness
        self._documents = likeness.document_of
        self._units = _Units()
        self._texts: dict[DocumentId, str] = {}
        self._look_at_units()
        self._rows = likeness.rows()
        columns = {term.removeprefix(SIGN): at for term, at in likeness.terms.items() if term.startswith(SIGN)}
        self._names = list(columns)
        self._signs = self._rows[:, list(columns.values())].tocsr()
        frequency = np.maximum(np.diff(self._signs.tocsc().indptr), 1)
        rarity = np.sqrt(np.log((len(likeness) + 1) / frequency)).astype(np.float32)
        self._rarity = (self._signs > 0).astype(np.float32) @ sp.diags(rarity)
        self._words = _without(self._rows, list(columns.values()))
        self._apart = self._one_publication()
        decided = [entry for entry in collected.corrections if entry.soort == "parallel"]
        self._habit()
        self._decided = {_words_of(entry.tekst, entry.andereTekst): entry.actie for entry in decided}

    def _look_at_units(self) -> None:
        findings: dict[DocumentId, list[Finding]] = defaultdict(list)
        demands: dict[DocumentId, list[Recommendation]] = defaultdict(list)
        for name, said in self._record.statements("bevinding"):
            if isinstance(said, Finding):
                findings[name].append(said)
        for name, said in self._record.statements("aanbeveling"):
            if isinstance(said, Recommendation):
                demands[name].append(said)
        at = 0
        for name, size in zip(self._likeness.documents, self._likeness.sizes, strict=True):
            document = self._record.document(name)
            spans = [self._likeness.span(unit) for unit in range(at, at + size)]
            at += size
            if document:
                self._texts[name] = document.text
                places = _Places(document, self._record.tags(name))
                asked = {said.place.span for said in demands[name]}
                for span in spans:
                    self._add(document, span, places, findings[name], span in asked)

    def _add(self, document: Document, span: Span, places: _Places, findings: Sequence[Finding], asked: bool) -> None:
        units = self._units
        silent = document.metadata.kind in SILENT_KINDS
        units.chains.append(frozenset() if silent else places.chains(span))
        units.themes.append(places.themes(span))
        inside = [said for said in findings if span.holds(said.place.span)]
        worked = any(said.kind == "maatregel" for said in inside)
        tone = GOOD if worked else 0 if asked else _tone(span.of(document.text))
        units.tone.append(tone)
        units.measure.append(worked or tone == GOOD)

    def _one_publication(self) -> set[tuple[int, int]]:
        """Return pairs of documents, by place, that repeat or answer each other."""
        at = {name: place for place, name in enumerate(self._likeness.documents)}
        found = set()
        for relation in self._record.relations():
            if relation.kind in OF_ONE_PUBLICATION and relation.source in at and relation.target in at:
                one, other = at[relation.source], at[relation.target]
                found |= {(one, other), (other, one)}
        return found

    def _habit(self) -> None:
        """Leave out what three or more documents say in the same words: colophons, forms, standing phrases."""
        near = matrix.nearest(self._words, self._words, 2 * HABIT, QUOTED).tocoo()
        others: dict[int, set[int]] = defaultdict(set)
        for unit, other in zip(near.row, near.col, strict=True):
            others[int(unit)].add(int(self._documents[other]))
        for unit, documents in others.items():
            if len(documents) >= HABIT:
                self._units.chains[unit] = frozenset()

    # Pairing

    def same(self) -> Iterator[tuple[ParallelKind, int, int, float]]:
        """Yield pairs that tell of the same, each once."""
        best: dict[tuple[int, int], float] = {}
        for here, there in self._chain_groups():
            found = matrix.nearest(self._rows[here], self._rows[there], LOOKED_AT, LEAST).tocoo()
            left, right = here[found.row], there[found.col]
            keep = self._right_pairs(left, right)
            left, right = left[keep], right[keep]
            for row, other, score in self._best(left, right, self._scores(left, right), PER_UNIT):
                best[min(row, other), max(row, other)] = score
        for (left, right), score in best.items():
            yield "zelfde-verschijnsel", left, right, score

    def _scores(self, left: Ints, right: Ints) -> matrix.Floats:
        """Return 0..1 per pair: how rare the rarest shared phenomenon is, then words, then the second opinion."""
        rarest = _dot(self._rarity, left, right, most=True) / np.log(len(self._likeness) + 1)
        vectors = self._likeness.vectors
        second = np.einsum("ij,ij->i", vectors[left], vectors[right]) if vectors.shape[1] else np.zeros(len(left))
        parts = (rarest, _dot(self._words, left, right), np.maximum(second, 0))
        return np.asarray(sum(share * part for share, part in zip(SHARES, parts, strict=True)), np.float32)

    def _right_pairs(self, left: Ints, right: Ints) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Tell which pairs hold: the same phenomenon or many rare words, no quotation, and no good with bad."""
        tone = np.array(self._units.tone)
        words = _dot(self._words, left, right)
        same_sign = _dot(self._signs, left, right) > 0
        holds = (same_sign | (words >= WORDS_ALONE)) & (words < QUOTED) & (tone[left] * tone[right] >= 0)
        return np.asarray(holds & self._unrelated(left, right), bool)

    def _unrelated(self, left: Ints, right: Ints) -> np.ndarray[Any, np.dtype[np.bool_]]:
        """Tell which pairs are not of documents that repeat or answer each other."""
        if not self._apart:
            return np.ones(len(left), bool)
        pairs = zip(self._documents[left], self._documents[right], strict=True)
        return np.array([pair not in self._apart for pair in pairs], bool)

    def _best(self, left: Ints, right: Ints, scores: matrix.Floats, count: int) -> Iterator[tuple[int, int, float]]:
        """Yield the best pairs of each unit on the left, of one other document no more than `PER_DOCUMENT`."""
        taken: dict[int, int] = defaultdict(int)
        of_document: dict[tuple[int, int], int] = defaultdict(int)
        for at in np.lexsort((right, -scores)):
            row, other = int(left[at]), int(right[at])
            document = int(self._documents[other])
            if taken[row] < count and of_document[row, document] < PER_DOCUMENT and scores[at] >= LEAST_SCORE:
                taken[row] += 1
                of_document[row, document] += 1
                yield row, other, float(scores[at])

    def solutions(self) -> Iterator[tuple[ParallelKind, int, int, float]]:
        """Yield problems with a measure that worked elsewhere against the same."""
        problem, cure = self._problems_and_cures()
        for here, there in self._chain_groups():
            found = matrix.nearest(problem[here], cure[there], LOOKED_AT, LEAST).tocoo()
            left, right = here[found.row], there[found.col]
            keep = (_dot(self._words, left, right) < QUOTED) & self._unrelated(left, right)
            left, right, shared = left[keep], right[keep], found.data[keep]
            scores = (1 + shared) / 2 * self._scores(left, right)
            for row, other, score in self._best(left, right, scores, SOLUTIONS):
                yield "oplossing", row, other, score

    def _problems_and_cures(self) -> tuple[sp.csr_matrix, sp.csr_matrix]:
        """Return per unit the phenomena it suffers from, and those it tells a remedy for; rows of length one."""
        terms = self._taxonomy.terms
        is_problem = np.array([name.startswith("verschijnsel:") for name in self._names], bool)
        remedies = sp.lil_matrix((len(self._names), len(self._names)), dtype=np.float32)
        place = {name: at for at, name in enumerate(self._names)}
        for name, at in place.items():
            remedies[at, at] = 1
            term = terms.get(TermId(name))
            for other in (*term.related, *term.broader) if term else ():
                if other in place:
                    remedies[at, place[other]] = remedies[place[other], at] = 1
        tone, measure = np.array(self._units.tone), np.array(self._units.measure)
        only_problems = sp.diags(is_problem.astype(np.float32))
        suffers = sp.diags((tone <= 0).astype(np.float32)) @ self._signs @ only_problems
        cures = sp.diags(measure.astype(np.float32)) @ self._signs @ remedies.tocsr() @ only_problems
        ones = np.ones(len(self._names), np.float32)
        return matrix.weighted(suffers.tocsr(), ones), matrix.weighted(cures.tocsr(), ones)

    def _chain_groups(self) -> Iterator[tuple[Ints, Ints]]:
        """Yield units of the same chains with those of other chains."""
        groups: dict[Key, list[int]] = defaultdict(list)
        for unit, key in enumerate(self._units.chains):
            if key:
                groups[key].append(unit)
        for key, members in groups.items():
            others = [unit for other, found in groups.items() if _apart(key, other, self._taxonomy) for unit in found]
            if others:
                yield np.array(members), np.array(sorted(others))

    # The result

    def parallel(self, kind: ParallelKind, left: int, right: int, score: float) -> Parallel | None:
        """Return a pair as it is kept; None when a person rejected it."""
        sides = [self._side(unit) for unit in (left, right)]
        if kind == "zelfde-verschijnsel":  # neither comes first
            sides.sort(key=lambda side: (side.document, side.span))
        texts = [side.span.of(self._texts[side.document]) for side in sides]
        decision = self._decided.get(_words_of(*texts))
        if decision == "verwerp":
            return None
        named = [(str(side.document), text) for side, text in zip(sides, texts, strict=True)]
        return Parallel(
            id=parallel_id(kind, named[0], named[1]),
            kind=kind,
            score=1.0 if decision == "bevestig" else round(min(score, 0.99), 4),
            about=self._about(left, right),
            left=sides[0],
            right=sides[1],
            themes=tuple(sorted(self._units.themes[left] & self._units.themes[right])),
            origin="mens" if decision == "bevestig" else "afgeleid",
        )

    def _side(self, unit: int) -> Side:
        document = self._likeness.documents[self._documents[unit]]
        return Side(document, self._likeness.span(unit), tuple(sorted(self._units.chains[unit])))

    def _about(self, left: int, right: int) -> tuple[TermId, ...]:
        mine, theirs = self._signs_of(left), self._signs_of(right)
        both = {column: weight * theirs[column] for column, weight in mine.items() if column in theirs}
        return tuple(TermId(self._names[column]) for column in sorted(both, key=lambda column: (-both[column], column)))

    def _signs_of(self, unit: int) -> dict[int, float]:
        at = slice(self._signs.indptr[unit], self._signs.indptr[unit + 1])
        return dict(zip(self._signs.indices[at].tolist(), self._signs.data[at].tolist(), strict=True))


class _Places:
    """In which chain, and about which theme, a place in a document is."""

    def __init__(self, document: Document, tags: Iterable[Tag]) -> None:
        self._passages = document.passages
        self._of: dict[tuple[str | None, str], set[TermId]] = defaultdict(set)
        for tag in tags:
            if tag.passage or tag.strength >= MAIN_STRENGTH or tag.origin == "mens":
                self._of[tag.passage, tag.facet].add(tag.term)

    def chains(self, span: Span) -> Key:
        """Return the chains of a place, those of its document when it names none; without any, its areas."""
        passage = self._passage(span)
        for facet in ("keten", "gebied"):
            for name in (passage, None):
                found = self._of.get((name, facet))
                if found:
                    return frozenset(found)
        return frozenset()

    def themes(self, span: Span) -> Key:
        """Return the themes of a place."""
        return frozenset(self._of.get((self._passage(span), "thema"), ()))

    def _passage(self, span: Span) -> str | None:
        found = [passage for passage in self._passages if passage.span.start <= span.start < passage.span.end]
        return found[0].id if found else None


def _apart(one: Key, other: Key, taxonomy: Taxonomy) -> bool:
    """Tell whether two sets of chains have none in common, nor one that holds the other."""
    wide_one = {TermId(name) for term in one for name in broader(term, taxonomy)}
    wide_other = {TermId(name) for term in other for name in broader(term, taxonomy)}
    return not (wide_one & other or wide_other & one)


def _tone(text: str) -> int:
    return {"positief": GOOD, "negatief": BAD, "neutraal": 0}[polarity(text)]


def _without(rows: sp.csr_matrix, columns: Sequence[int]) -> sp.csr_matrix:
    """Return rows without some columns, of length one again."""
    weights = np.ones(rows.shape[1], np.float32)
    weights[columns] = 0
    return matrix.weighted(rows, weights)


def _dot(rows: sp.csr_matrix, left: Ints, right: Ints, *, most: bool = False) -> matrix.Floats:
    """Return the product of rows pair by pair; with `most`, only its largest part."""
    if not len(left) or not rows.shape[1]:  # no pairs, or a library in which the lexicon sees nothing
        return np.zeros(len(left), np.float32)
    step = 200_000
    parts = []
    for at in range(0, len(left), step):
        both = rows[left[at : at + step]].multiply(rows[right[at : at + step]]).tocsr()
        parts.append(both.max(axis=1).toarray() if most else np.asarray(both.sum(axis=1)))
    return np.asarray(np.concatenate(parts).ravel(), np.float32)


def _words_of(one: str, other: str) -> frozenset[str]:
    """Return what two passages are known by when people decide about them: their words, either way round."""
    return frozenset(" ".join(text.split()).casefold() for text in (one, other))
