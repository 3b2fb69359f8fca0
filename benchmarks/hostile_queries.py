"""How long the most costly questions take: every hostile one, each on a library that keeps nothing of the one before.

    python benchmarks/hostile_queries.py LIBRARY [MOST_SECONDS]

`LIBRARY` is the folder of an indexed library. A page is asked as the site does: ten documents, facets over all, three
quotes each. Prints the slowest of each kind and the worst of all; the exit code is 1 when one takes longer than
`MOST_SECONDS` (1 when not given).
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

from hostile_questions import HOSTILE

from kennisbank.errors import UsageError
from kennisbank.library import Library, Snapshot
from kennisbank.query import parse
from kennisbank.register import RegisterQuery
from kennisbank.settings import load


def seconds(snapshot: Snapshot, question: str) -> tuple[float, str]:
    """Return how long a question takes, as a search and as a list of recommendations, and how it ended."""
    start = time.perf_counter()
    try:
        query = parse(question, taxonomy=snapshot.taxonomy, settings=snapshot.settings.search)
    except UsageError as refusal:
        return time.perf_counter() - start, f"geweigerd: {refusal}"
    page = snapshot.search(query)
    ended = f"{page.total} + {page.total_partial} documenten"
    searched = time.perf_counter() - start
    start = time.perf_counter()
    try:
        snapshot.statements.page("aanbeveling", RegisterQuery(query))
    except UsageError as refusal:
        ended += f"; lijst geweigerd: {refusal}"
    return max(searched, time.perf_counter() - start), ended


def main(data: Path, most: float) -> int:
    """Print a line per kind of question."""
    snapshot = Library(load(data)).current()
    snapshot.search(parse("opwarmen"))
    snapshot.statements.page("aanbeveling", RegisterQuery())
    worst = 0.0
    for kind, questions in HOSTILE.items():
        took = []
        for question in questions:
            snapshot._opened.engine.forget()
            took.append((*seconds(snapshot, question), question))
        longest, ended, question = max(took)
        worst = max(worst, longest)
        print(f"{kind:12s} n={len(took):2d}  {longest * 1000:7.1f} ms  {question[:50]!r}  {ended[:80]}")
    print(f"slechtste: {worst * 1000:.1f} ms (grens {most * 1000:.0f} ms)")
    return int(worst > most)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 1.0))
