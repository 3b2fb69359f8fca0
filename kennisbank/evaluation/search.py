"""How well questions are answered: nDCG@10, recall@100 and MRR by `ir_measures`, beside a search on bare words."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from kennisbank.dutch import fold
from kennisbank.evaluation.figures import Figure, ratio
from kennisbank.evaluation.matching import holds, tokens
from kennisbank.evaluation.system import System
from kennisbank.evaluation.truth import WHOLE, Truth
from kennisbank.results import DocumentHit

Row = Mapping[str, Any]
Run = Mapping[str, Mapping[str, float]]
PART = "search"
DEPTH = 100
GOOD = 2
"""Grade from which a document answers the question, rather than touches on it."""
TOP = 3
QUOTED = 0.5
"""Share of a judged passage's words that a passage shown must hold to be that passage: windows differ in size."""


def figures(truth: Truth, system: System) -> Iterator[Figure]:
    """Yield figures per half: documents, passages, questions without an answer; retrieval sets by kind of question."""
    halves = [half for half in truth.parts if truth.of("vragen", half)]
    bare = WordsOnly(system.texts if halves else {})
    for half in halves:
        questions = truth.of("vragen", half)
        answered = [row for row in questions if row["oordelen"]]
        hits = {row["id"]: _ask(row, system) for row in questions}
        groups = {"vragen": answered} if half != WHOLE else _by_kind(answered)
        for subject, rows in groups.items():
            yield _documents(subject, half, rows, hits, system, bare)
        judged = [row for row in answered if row.get("passages")]
        if judged:
            yield _passages(half, judged, hits, system)
        unanswerable = [row for row in questions if not row["oordelen"]]
        if unanswerable:
            yield _nothing(half, unanswerable, hits, bare)


def _ask(row: Row, system: System) -> Sequence[DocumentHit]:
    return system.search(row["vraag"], row.get("filters", {}), DEPTH).hits


def _by_kind(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Group questions by what stands before the first ``-`` of their id."""
    kinds: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        kinds[row["id"].partition("-")[0]].append(row)
    return kinds


def _documents(
    subject: str,
    half: str,
    rows: Sequence[Row],
    hits: Mapping[str, Sequence[DocumentHit]],
    system: System,
    bare: WordsOnly,
) -> Figure:
    judgments = {row["id"]: {entry["bestand"]: entry["graad"] for entry in row["oordelen"]} for row in rows}
    ranked = {row["id"]: [system.name_of(hit.file) for hit in hits[row["id"]]] for row in rows}
    measures = ranking_measures(judgments, {name: _descending(files) for name, files in ranked.items()})
    missed = []
    answered = 0
    for row in rows:
        best = max(judgments[row["id"]].values())
        top = ranked[row["id"]][:TOP]
        if any(judgments[row["id"]].get(file, 0) >= min(GOOD, best) for file in top):
            answered += 1
        else:
            missed.append(f"{row['id']} ‘{row['vraag']}’: in de eerste {TOP} staat geen antwoord; {', '.join(top)}")
    measures["antwoord-in-3"] = ratio(answered, len(rows))
    words = {row["id"]: bare.search(row["vraag"]) for row in rows}
    return Figure(
        PART,
        subject,
        half,
        len(rows),
        measures,
        ranking_measures(judgments, words),
        "bm25 op losse woorden",
        missed=tuple(missed),
    )


def _passages(half: str, rows: Sequence[Row], hits: Mapping[str, Sequence[DocumentHit]], system: System) -> Figure:
    """Judge the quotes as shown: of each document in order, its quotes in order."""
    judgments: dict[str, dict[str, int]] = {}
    run: dict[str, Mapping[str, float]] = {}
    for row in rows:
        name = row["id"]
        judgments[name] = {f"waar{at}": entry["graad"] for at, entry in enumerate(row["passages"])}
        run[name] = _descending(_quotes(row, hits[name], system))
    return Figure(PART, "passages", half, len(rows), ranking_measures(judgments, run))


def _quotes(row: Row, hits: Sequence[DocumentHit], system: System) -> list[str]:
    """Name each quote shown after the judged passage it is, or after its place in the list."""
    wanted = [(f"waar{at}", entry["bestand"], tokens(entry["tekst"])) for at, entry in enumerate(row["passages"])]
    names: list[str] = []
    for hit in hits:
        file = system.name_of(hit.file)
        for quote in hit.fragments:
            bag = tokens(quote.passage_text)
            same = next(
                (
                    name
                    for name, its, words in wanted
                    if its == file and name not in names and holds(bag, words) >= QUOTED
                ),
                None,
            )
            names.append(same or f"overig{len(names)}")
    return names


def _nothing(half: str, rows: Sequence[Row], hits: Mapping[str, Sequence[DocumentHit]], bare: WordsOnly) -> Figure:
    told = [f"{row['id']} ‘{row['vraag']}’: {len(hits[row['id']])} documenten" for row in rows if hits[row["id"]]]
    silent = sum(not bare.search(row["vraag"]) for row in rows)
    return Figure(
        PART,
        "zonder antwoord",
        half,
        len(rows),
        {"eerlijk-niets": ratio(len(rows) - len(told), len(rows))},
        {"eerlijk-niets": ratio(silent, len(rows))},
        "bm25 op losse woorden",
        wrong=tuple(told),
    )


def ranking_measures(judgments: Mapping[str, Mapping[str, int]], run: Run) -> dict[str, float]:
    """Return mean nDCG@10, recall@100 and reciprocal rank, as trec_eval computes them; no answer counts as 0."""
    import ir_measures  # here: it brings numpy and scipy along, and only this command needs them
    from ir_measures import RR, R, nDCG

    measures = {"ndcg@10": nDCG @ 10, "vindkans@100": R @ 100, "mrr": RR}
    # trec_eval leaves questions without any result out of the mean; here they must count as nothing found
    filled = {name: run.get(name) or {"niets": 0.0} for name in judgments}
    values = ir_measures.calc_aggregate(list(measures.values()), judgments, filled)
    return {name: float(values[measure]) for name, measure in measures.items()}


def _descending(names: Sequence[str]) -> dict[str, float]:
    return {name: float(len(names) - at) for at, name in enumerate(names)}


class WordsOnly:
    """The baseline: BM25 (Robertson and Zaragoza, 2009; k1 1.2, b 0.75) over whole documents on bare words."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._words = {file: Counter(re.findall(r"\w+", fold(text))) for file, text in texts.items()}
        self._length = {file: bag.total() for file, bag in self._words.items()}
        self._mean = ratio(sum(self._length.values()), len(texts)) or 1.0
        self._holders: Counter[str] = Counter(word for bag in self._words.values() for word in bag)

    def search(self, question: str) -> dict[str, float]:
        """Return the best `DEPTH` documents with their scores."""
        scores: dict[str, float] = defaultdict(float)
        for word in set(re.findall(r"\w+", fold(question))):
            holders = self._holders[word]
            weight = math.log(1 + (len(self._words) - holders + 0.5) / (holders + 0.5))
            for file, bag in self._words.items():
                if often := bag[word]:
                    size = 1.2 * (0.25 + 0.75 * self._length[file] / self._mean)
                    scores[file] += weight * often * 2.2 / (often + size)
        return dict(sorted(scores.items(), key=lambda entry: -entry[1])[:DEPTH])
