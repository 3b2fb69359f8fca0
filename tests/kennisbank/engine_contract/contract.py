"""Documents, engines and ways to ask, for the cases that every engine must pass.

Another engine is one more entry in `ENGINES`: a way to make an index of documents in a folder. The cases see nothing
but `kennisbank.search.boundary`. Each way of making it is run through all cases, so that an index of one piece and one
of many pieces with removed documents answer alike.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

import pytest

from kennisbank import dutch
from kennisbank.model import DocumentId, PassageId
from kennisbank.search import whoosh_engine
from kennisbank.search.boundary import (
    Answer,
    Concept,
    DocumentEntry,
    Engine,
    Form,
    Group,
    IndexWord,
    IndexWriter,
    Leaf,
    PassageEntry,
    Request,
    Selection,
    Tree,
)


class EngineModule(Protocol):
    """What a module of an engine offers."""

    def write_index(self, folder: Path) -> IndexWriter: ...
    def open_index(self, folder: Path) -> Engine: ...


@dataclass(frozen=True)
class Sample:
    """A document: its paragraphs are its passages."""

    name: str
    title: str
    paragraphs: tuple[str, ...]
    date: str = "2020-05-01"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    heading: str = ""


def _facets(kind: str, year: str, *chains: str) -> dict[str, tuple[str, ...]]:
    return {"soort": (kind,), "keten": chains, **({"jaar": (year,)} if year else {})}


SAMPLES = (
    Sample(
        "a",
        "Overdracht bij de inrichting",
        (
            "De overdracht van informatie was onvolledig.",
            "Het OM erkent dat de overdrachten stokten. De keten is lang.",
        ),
        "2019-03-04",
        _facets("rapport", "2019", "strafrecht"),
        heading="Bevindingen over verlof",
    ),
    Sample(
        "b",
        "Opvang onder druk",
        (
            "Het COA mist een vast aanspreekpunt.",
            "De overdrachten liepen vast; personeel ontbrak. Gegevens zijn uitgewisseld.",
        ),
        "2022-11",
        _facets("rapport", "2022", "asiel", "migratie"),
    ),
    Sample(
        "c",
        "Signaal jeugd",
        (
            "Wachtlijsten in de jeugdbeschermingsketens. Het aanspreekpunt was niet vast.",
            "Het duurt lang om te komen.",
        ),
        "2016",
        _facets("brief", "2016", "jeugd"),
    ),
    Sample(
        "d",
        "Werkprogramma",
        (
            "Wij kijken naar personeel en informatie-uitwisseling.",
            "Een café in Zürich: geïnformeerde cliënten van 1e lijn.",
        ),
        "2024-01-15",
        _facets("werkprogramma", "2024"),
    ),
    Sample(
        "e",
        "Incident met verlof",
        (
            "Een incident tijdens het verlof van een cliënt.",
            "Personeel was aanwezig. Verlof na verlof verliep goed.",
            "Het team overlegde; uit het teamoverleg bleek niets.",
        ),
        "2018-12-31",
        _facets("incident", "2018", "strafrecht"),
    ),
    Sample("f", "Altijd vast", ("Aanspreekpunt ontbreekt.", "Overleg is er niet."), "", _facets("brief", "")),
)
NOISE = tuple(
    Sample(f"ruis{number}", "Personeel en verlof", ("Overdracht, kangoeroes en een vast aanspreekpunt.",))
    for number in range(5)
)
"""Documents that are removed again: nothing of them may be left."""


def entry_of(sample: Sample) -> DocumentEntry:
    """Analyse a document as the indexer does, with its paragraphs as passages."""
    numbers: dict[IndexWord, int] = {}
    joined: list[tuple[int, IndexWord]] = []
    text: list[int] = []
    passages = []
    title = [numbers.setdefault(_word(token), len(numbers)) for token in dutch.tokens(sample.title)]
    for number, paragraph in enumerate(sample.paragraphs, start=1):
        start, begins = len(text), []
        for token in dutch.tokens(paragraph):
            if token.joined:
                joined.append((start + begins.index(token.span.start), _word(token)))
                continue
            begins.append(token.span.start)
            text.append(numbers.setdefault(_word(token), len(numbers)))
        passages.append(PassageEntry(PassageId(f"{sample.name}-{number}"), start, len(text)))
    return DocumentEntry(
        id=DocumentId(sample.name),
        title=dutch.fold(sample.title),
        date=sample.date,
        words=tuple(numbers),
        title_words=title,
        text=text,
        joined=joined,
        fields={"title": _stems(sample.title), "heading": _stems(sample.heading)},
        facets={facet: values for facet, values in sample.facets.items() if values},
        passages=tuple(passages),
    )


def _word(token: dutch.Token) -> IndexWord:
    forms = token.forms
    return IndexWord(forms.exact, forms.lemma, forms.stem, tuple(part.stem for part in forms.parts), token.cased)


def _stems(text: str) -> list[str]:
    return [token.forms.stem for token in dutch.tokens(text)]


def write(module: EngineModule, folder: Path, add: Sequence[Sample] = (), remove: Sequence[str] = ()) -> None:
    """Publish one change of an index."""
    writer = module.write_index(folder)
    writer.remove([DocumentId(name) for name in remove])
    for sample in add:
        writer.add(entry_of(sample))
    writer.commit()


def at_once(module: EngineModule, folder: Path) -> None:
    """Make the index in one go."""
    write(module, folder, SAMPLES)


def in_pieces(module: EngineModule, folder: Path) -> None:
    """Make the same index bit by bit: removed, added again, replaced, with documents between that are gone."""
    write(module, folder, (*NOISE[:2], SAMPLES[3], SAMPLES[0]))
    write(module, folder, (NOISE[2], *SAMPLES[1:3]), [NOISE[0].name, "a"])
    write(module, folder, (*SAMPLES[4:], *NOISE[3:]), [NOISE[1].name])
    write(module, folder, (SAMPLES[0],), [NOISE[2].name, "b"])
    write(module, folder, (SAMPLES[1],), [NOISE[3].name, NOISE[4].name])


ENGINES: Mapping[str, tuple[EngineModule, Callable[[EngineModule, Path], None]]] = {
    "whoosh": (whoosh_engine, at_once),
    "whoosh-pieces": (whoosh_engine, in_pieces),
}
MODULES: Mapping[str, EngineModule] = {name.partition("-")[0]: module for name, (module, _) in ENGINES.items()}


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Every engine with the same documents."""
    module, make = ENGINES[request.param]
    folder = tmp_path_factory.mktemp("index")
    make(module, folder)
    opened = module.open_index(folder)
    yield opened
    opened.close()


@pytest.fixture(params=list(MODULES))
def module(request: pytest.FixtureRequest) -> EngineModule:
    """Every engine, to make an index with."""
    return MODULES[request.param]


def form(layer: str, *words: str, weight: float = 1.0, within: int = 1, ordered: bool = True) -> Form:
    """Return a form."""
    return Form(layer, words, weight, within, ordered)  # type: ignore[arg-type]


def leaf(layer: str, *words: str, weight: float = 1.0, within: int = 1, ordered: bool = True) -> Leaf:
    """Return a leaf of one form."""
    return Leaf((form(layer, *words, weight=weight, within=within, ordered=ordered),))


def both(*parts: Tree) -> Group:
    """Return what asks for all parts."""
    return Group("all", parts)


def either(*parts: Tree) -> Group:
    """Return what asks for any of the parts."""
    return Group("any", parts)


def concept(tree: Tree | str, role: str = "wanted") -> Concept:
    """Return a thing that is asked for; a string is a word of the exact layer."""
    return Concept(str(tree), role, leaf("exact", tree) if isinstance(tree, str) else tree)  # type: ignore[arg-type]


NO_LIMITS = Selection({}, {})


def search(
    engine: Engine,
    *wanted: Tree | str | Concept,
    selection: Selection = NO_LIMITS,
    sort: str = "relevantie",
    offset: int = 0,
    limit: int = 100,
    share: float = 2.0,
    best: float = 0.0,
    expansions: int = 128,
) -> Answer:
    """Ask for documents; without `share` only those that hold everything."""
    concepts = tuple(one if isinstance(one, Concept) else concept(one) for one in wanted)
    return engine.search(Request(concepts, selection, sort, offset, limit, share, best, expansions))  # type: ignore[arg-type]


def order(answer: Answer) -> str:
    """Return the documents listed, in order; all names are one letter."""
    return "".join(str(found.id) for found in answer.documents)


def names(answer: Answer) -> str:
    """Return the documents listed, by name."""
    return "".join(sorted(order(answer)))
