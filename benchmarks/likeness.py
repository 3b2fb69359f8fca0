"""What likeness costs: writing, all pairs, adding a report and answering, over passages put together from real text.

    python benchmarks/likeness.py TEXTS.jsonl [PASSAGES]

`TEXTS` has a ``text`` a line; a passage is some of its sentences, drawn by dice. Memory is the peak of the process.
"""

from __future__ import annotations

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from kennisbank import dutch
from kennisbank.likeness import matrix
from kennisbank.likeness.features import Extractor, Feature
from kennisbank.likeness.store import DocumentUnits, Likeness, Units
from kennisbank.model import DocumentId, Span
from kennisbank.taxonomy import load

PER_DOCUMENT = 100
ADDED = 500
ASKED = 200
NEIGHBOURS = 20
SENTENCES = 4_000
"""Different sentences that are read; more only make the benchmark wait for its own making."""


def passages(sentences: list[list[Feature]], count: int, dice: random.Random) -> Iterator[list[Feature]]:
    """Yield passages of two to four sentences."""
    for _ in range(count):
        yield [feature for chosen in dice.sample(sentences, dice.randint(2, 4)) for feature in chosen]


def documents(found: list[list[Feature]], name: str) -> Iterator[DocumentUnits]:
    """Yield passages as documents."""
    for at in range(0, len(found), PER_DOCUMENT):
        part = found[at : at + PER_DOCUMENT]
        yield DocumentUnits(DocumentId(f"{name}{at}"), [Span(place, place + 1) for place in range(len(part))], part)


def timed(name: str, start: float) -> None:
    """Print how long something took, and the memory so far."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    print(f"{name:28s} {time.perf_counter() - start:7.2f} s   {peak:.2f} GB", flush=True)


def main(texts: Path, count: int) -> None:
    """Print a line per cost."""
    dice = random.Random(7)  # noqa: S311 - to be the same every time, not to be secret
    rows = [json.loads(line)["text"] for line in texts.read_text(encoding="utf-8").splitlines()]
    spans = [(text, span) for text in rows for span in dutch.sentences(text)]
    extractor = Extractor(load())
    real = [span.of(text) for text, span in spans if 8 <= len(span.of(text).split()) <= 40][:SENTENCES]
    start = time.perf_counter()
    sentences = [extractor.features(text) for text in real]
    print(f"{len(real)} sentences, {(time.perf_counter() - start) / len(real) * 1000:.2f} ms each to read")
    folder = Path(tempfile.mkdtemp())
    units = Units()
    for found in range(0, count, PER_DOCUMENT * 10):
        part = list(passages(sentences, min(PER_DOCUMENT * 10, count - found), dice))
        for document in documents(part, f"d{found}-"):
            units.add(document)
    start = time.perf_counter()
    units.write(folder / "een")
    timed(f"write {count}", start)
    likeness = Likeness(folder / "een")
    all_rows = likeness.rows()
    start = time.perf_counter()
    matrix.nearest(all_rows, all_rows, NEIGHBOURS, 0.1)
    timed("all pairs", start)
    added = [likeness.weights(features) for features in passages(sentences, ADDED, dice)]
    start = time.perf_counter()
    matrix.nearest(matrix.rows_of(added, all_rows.shape[1]), all_rows, NEIGHBOURS, 0.1)
    timed(f"pairs of {ADDED} more", start)
    seconds = []
    for features in passages(sentences, ASKED, dice):
        start = time.perf_counter()
        likeness.alike(features, 100)
        seconds.append(time.perf_counter() - start)
    cuts = statistics.quantiles(seconds, n=20)
    print(f"similar: p50 {cuts[9] * 1000:.1f} ms, p95 {cuts[18] * 1000:.1f} ms")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 20_000)
