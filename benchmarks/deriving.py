"""What deriving costs: tags and statements beside the reading of the same files, and how it grows with the text.

    python benchmarks/deriving.py [FOLDER]

`FOLDER` holds reports; by default the sample corpus. Three tables: share of the reading time; seconds for 1, 4 and 16
times the same text (linear: the last column stays about 1); and the growth when hostile text doubles (asked: 2.5 at
most), for text made to lead every pattern on.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from corpus import reading
from corpus.assemble import assemble
from corpus.plain import read_plain
from corpus.raw import Candidate
from indexer.matching import matches_in
from indexer.statements import statements
from indexer.tagging import tag
from kennisbank import dutch
from kennisbank.model import Document, DocumentId, Metadata
from kennisbank.settings import Limits
from kennisbank.taxonomy import Taxonomy, load

SAMPLE = Path(__file__).parents[1] / "corpus" / "voorbeeld" / "documenten"
NAME = DocumentId("0123456789ab")
TIMES = (1, 4, 16)
HOSTILE_CHARACTERS = 1_000_000
HOSTILE = {
    "performatives": "De Inspectie beveelt het COA aan om ",
    "turns of phrase": "drukken wij u op het hart ",
    "items": "1. Zorg dat de lijst klaar is.\n",
    "quotes": "‘Wij bevelen DJI aan ",
    "names": "de politie, het OM en DJI, ",
    "labels": "Aanbeveling 1: ",
    "findings": "De Inspectie ziet niets. ",
    "headings": "# Aanbevelingen\n\nAan de politie\n\n",
    "table": "a\tZorg dat dit goed is nu\n",
    "openers": "komt komt tot ",
    "brackets": "(jeugd-(jeugd-(",
}


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a piece of work, best of three."""
    best = float("inf")
    for _ in range(3):
        matches_in.cache_clear()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def document_of(text: str) -> Document:
    """Lay a text out as a report of the inspectorate."""
    raw = read_plain(Candidate(text.encode(), "tekst.md", Limits()))
    metadata = Metadata(title="Een rapport", kind="rapport", publishers=("Inspectie Justitie en Veiligheid",))
    return assemble(NAME, raw, metadata)


def derive(document: Document, taxonomy: Taxonomy) -> None:
    """Do what indexing does between reading and writing."""
    statements(NAME, document, tag(document, taxonomy), taxonomy)


def beside_reading(folder: Path, taxonomy: Taxonomy) -> None:
    """Print the time of deriving as a share of the time of reading, per kind of file."""
    print("kind   files   words   read s   derive s   share")
    kinds: dict[str, list[Path]] = {}
    for path in sorted(folder.rglob("*.*")):
        kinds.setdefault(path.suffix, []).append(path)
    for kind, paths in kinds.items():
        candidates = [Candidate(path.read_bytes(), path.name, Limits()) for path in paths]
        outcomes = [reading.read(candidate, NAME) for candidate in candidates]
        documents = [outcome.document for outcome in outcomes if outcome.document and outcome.document.passages]
        read = seconds(lambda found=candidates: [reading.read(one, NAME) for one in found])  # type: ignore[misc]
        derived = seconds(lambda found=documents: [derive(one, taxonomy) for one in found])  # type: ignore[misc]
        words = sum(len(one.text.split()) for one in documents)
        print(f"{kind:6} {len(paths):5d} {words:7d} {read:8.2f} {derived:10.2f} {derived / max(read, 1e-9):7.2f}")


def growth(taxonomy: Taxonomy) -> None:
    """Print how the time grows with the length of an ordinary text."""
    text = (SAMPLE.parent / "bronnen" / "2024-rapport-informatieoverdracht.md").read_text(encoding="utf-8")
    base = 0.0
    print("\ntimes   words   seconds   per word against 1x")
    for times in TIMES:
        document = document_of("\n\n".join([text] * times))
        took = seconds(lambda made=document: derive(made, taxonomy))  # type: ignore[misc]
        base = base or took
        print(f"{times:5d} {len(document.text.split()):7d} {took:9.2f} {took / times / base:9.2f}")


def hostile(taxonomy: Taxonomy) -> None:
    """Print how the time grows when hostile text doubles to a million characters."""
    print("\nhostile text        0.5 M s    1 M s   growth")
    for name, unit in HOSTILE.items():
        took = []
        for size in (HOSTILE_CHARACTERS // 2, HOSTILE_CHARACTERS):
            document = document_of("# Aanbevelingen\n\n" + unit * (size // len(unit)))
            start = time.process_time()
            derive(document, taxonomy)
            took.append(time.process_time() - start)
        print(f"{name:18} {took[0]:8.2f} {took[1]:8.2f} {took[1] / took[0]:8.2f}")


def main(folder: Path) -> None:
    """Print the three tables."""
    taxonomy = load()
    dutch.warm_up()
    derive(document_of("# Aanbevelingen\n\n1. Zorg voor een lijst."), taxonomy)
    beside_reading(folder, taxonomy)
    growth(taxonomy)
    hostile(taxonomy)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE)
