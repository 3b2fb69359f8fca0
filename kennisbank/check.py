"""Is the published generation whole: its files, its ids in record and index both ways, words that must find?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kennisbank import generations
from kennisbank.model import SEARCHABLE
from kennisbank.search import whoosh_engine
from kennisbank.search.boundary import Concept, Engine, Leaf, Request, Selection
from kennisbank.search.concepts import word_forms
from kennisbank.store import FILE_NAME, Record


def problems(data: Path) -> Iterator[str]:
    """Name all that is wrong with the published generation; nothing means that it is whole. Raises `NoLibrary`."""
    generation = generations.current(data)
    damaged = list(generations.damage(generation))
    if damaged:  # what is damaged is not opened: an index runs what its bytes spell
        yield from damaged
        return
    record = Record(generation.folder / FILE_NAME)
    engine = whoosh_engine.open_index(generation.folder / generations.INDEX)
    try:
        documents = {row.id for row in record.ledger() if row.status in SEARCHABLE}
        yield from _differences("document", documents, engine.document_ids())
        passages = {
            passage.id for name in documents if (document := record.document(name)) for passage in document.passages
        }
        yield from _differences("passage", passages, engine.passage_ids())
        yield from _silent_canaries(generation, engine, len(documents))
    finally:
        engine.close()
        record.close()


def _differences(kind: str, in_record: Collection[str], in_index: Collection[str]) -> Iterator[str]:
    yield from (
        f"{kind} {name}: staat in het register, niet in de index" for name in sorted({*in_record} - {*in_index})
    )
    yield from (
        f"{kind} {name}: staat in de index, niet in het register" for name in sorted({*in_index} - {*in_record})
    )


def _silent_canaries(generation: generations.Generation, engine: Engine, documents: int) -> Iterator[str]:
    for word, name in generation.manifest.canaries:
        concept = Concept(word, "wanted", Leaf(word_forms(word)))
        answer = engine.search(Request((concept,), Selection({}, {}), "relevantie", 0, documents, 2.0, 2.0, 1))
        if name not in {found.id for found in answer.documents}:
            yield f"proefvraag ‘{word}’: vindt document {name} niet"
