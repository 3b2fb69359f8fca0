"""Judged questions through the real search: nDCG@10 per kind of question, and how long a page takes.

    python benchmarks/retrieval.py LIBRARY QUERIES.jsonl QRELS.tsv

`LIBRARY` is the folder of an indexed library. A query's kind is what stands before the first ``-`` of its id.
"""

from __future__ import annotations

import json
import math
import statistics
import sys
import time
from collections import defaultdict
from pathlib import Path

from kennisbank.library import Library
from kennisbank.query import parse
from kennisbank.settings import load

DEPTH = 10


def ndcg(found: list[str], grades: dict[str, int]) -> float:
    """Normalised discounted cumulative gain at `DEPTH`, gain = grade (Järvelin and Kekäläinen, 2002)."""
    gain = sum(grades.get(name, 0) / math.log2(rank + 2) for rank, name in enumerate(found[:DEPTH]))
    best = sorted(grades.values(), reverse=True)[:DEPTH]
    return gain / sum(grade / math.log2(rank + 2) for rank, grade in enumerate(best))


def main(data: Path, queries: Path, qrels: Path) -> None:
    """Print a line per kind of question."""
    settings = load(data)
    snapshot = Library(settings).current()
    grades: dict[str, dict[str, int]] = defaultdict(dict)
    for line in qrels.read_text(encoding="utf-8").splitlines()[1:]:
        query, file, grade = line.split("\t")
        grades[query][file] = int(grade)
    scores: dict[str, list[float]] = defaultdict(list)
    seconds = []
    for line in queries.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        start = time.perf_counter()
        page = snapshot.search(parse(row["text"], taxonomy=snapshot.taxonomy, settings=settings.search))
        seconds.append(time.perf_counter() - start)
        found = [Path(hit.file).name for hit in page.hits]
        scores[row["_id"].partition("-")[0]].append(ndcg(found, grades[row["_id"]]))
    for kind, values in scores.items():
        print(f"{kind:8s} n={len(values):3d}  nDCG@{DEPTH} {statistics.mean(values):.3f}")
    cuts = statistics.quantiles(seconds, n=20)
    print(f"search with facets and snippets: p50 {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms")


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
