"""Whoosh behind the boundary, in two stages.

First whole documents are ranked and facets counted over all of them: Whoosh keeps the words and their posting lists,
which are read as arrays (`postings`) and added up (`ranking`, `selecting`). Then places are looked at (`places`), of
few documents: phrases and words near each other in those that hold all the words, passages in those that are shown.
"""

from __future__ import annotations

import json
import threading
import warnings
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kennisbank.model import DocumentId, PassageId
from kennisbank.search.boundary import (
    FIELD_WEIGHTS,
    Answer,
    Concept,
    DocumentEntry,
    Form,
    FoundDocument,
    FoundPassage,
    Group,
    IndexWord,
    Leaf,
    Request,
    Tree,
)
from kennisbank.search.passages import PassageScorer
from kennisbank.search.places import PlacesReader, PlacesWriter
from kennisbank.search.postings import PostingLists
from kennisbank.search.ranking import Matched, Matcher, Scores, idf
from kennisbank.search.selecting import Mask, Selecting, bits_of, mask_of
from kennisbank.search.wordlists import Vocabulary

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # from 2016: shown to the user once, when Python compiles it
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, index
    from whoosh.codec.whoosh3 import W3Codec

INDEX_VERSION = "whoosh-2.7.4/3"
"""Raise it when what is written below changes. Moving or renaming `Counts` does: the schema names it."""

LAYERS = ("exact", "lemma", "stem", "part", "cased")
EXPANSIONS_IN_PASSAGES = 64
_MEMORY_MB = 128
_BLOCK = 4096
"""Postings per block: read at once, so large; not compressed, since that costs more than it saves."""


class Counts(fields.FieldType):  # type: ignore[misc]  # whoosh ships no types
    """A field that is given its words and how often each occurs, instead of a text to find them in."""

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield word, count, weight and nothing more of each word."""
        return ((word.encode("utf-8"), count, float(count), b"") for word, count in value.items())


def _schema() -> Any:
    counted = {name: Counts() for name in (*LAYERS, *FIELD_WEIGHTS)}
    return fields.Schema(id=fields.ID(stored=True, unique=True), facts=fields.STORED, **counted)


class WhooshWriter:
    """Adds to the index in a folder, or makes it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = str(folder)
        ours = index.open_dir(name) if index.exists_in(name) else index.create_in(name, _schema())
        self._documents = ours.writer(limitmb=_MEMORY_MB, codec=W3Codec(blocklimit=_BLOCK, compression=0))
        self._places = PlacesWriter(folder)

    def add(self, entry: DocumentEntry) -> None:
        """Add a document and its passages."""
        counts: dict[str, Mapping[str, int]] = {**_layers(entry)}
        counts |= {name: Counter(words) for name, words in entry.fields.items()}
        facts = {
            "title": entry.title,
            "date": entry.date,
            "facets": {key: list(value) for key, value in entry.facets.items()},
            "lengths": {name: sum(words.values()) for name, words in counts.items()},
            "passages": [len(entry.passages), len(entry.text)],
        }
        self._documents.add_document(id=entry.id, facts=json.dumps(facts, ensure_ascii=False), **counts)
        self._places.add(entry)

    def remove(self, documents: Iterable[DocumentId]) -> None:
        """Remove documents with their passages."""
        for document in documents:
            self._documents.delete_by_term("id", document)
            self._places.remove(document)

    def commit(self) -> None:
        """Write everything."""
        self._documents.commit()
        self._places.commit()


def _layers(entry: DocumentEntry) -> dict[str, Counter[str]]:
    """Count the words of a document per layer; title and text count alike."""
    layers: dict[str, Counter[str]] = {layer: Counter() for layer in LAYERS}
    counted = Counter(entry.title_words)
    counted.update(entry.text)
    for number, count in counted.items():
        word = entry.words[number]
        layers["exact"][word.exact] += count
        for part in word.parts:
            layers["part"][part] += count
        if word.cased:
            layers["cased"][word.cased] += count
        _count_forms(layers, word, count)
    for _, word in entry.joined:
        _count_forms(layers, word, 1)
    return layers


def _count_forms(layers: Mapping[str, Counter[str]], word: IndexWord, count: int) -> None:
    layers["lemma"][word.lemma] += count
    layers["stem"][word.stem] += count


def write_index(folder: Path) -> WhooshWriter:
    """Make an index in the folder, or go on with the one there."""
    return WhooshWriter(folder)


def open_index(folder: Path) -> WhooshEngine:
    """Open the index of a published generation. It unpickles: never open one that was made elsewhere."""
    return WhooshEngine(folder)


class WhooshEngine:
    """Answers searches over one generation; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._reader = index.open_dir(str(folder), readonly=True).reader()
        self._lists = PostingLists(self._reader)
        self._places = PlacesReader(folder)
        self._words = Vocabulary(self._all_words)
        self._lock = threading.Lock()
        self._size = self._reader.doc_count_all()
        stored = {number: self._reader.stored_fields(number) for number in self._reader.all_doc_ids()}
        facts = {number: json.loads(row["facts"]) for number, row in stored.items()}
        self._ids = {number: DocumentId(row["id"]) for number, row in stored.items()}
        self._numbers = {name: number for number, name in self._ids.items()}
        self._selecting = Selecting(
            {number: (self._ids[number], row["date"], row["facets"]) for number, row in facts.items()}
        )
        self._orders = _ranks(facts, self._ids, self._size)
        self._matcher = Matcher(
            documents=len(facts),
            size=self._size,
            lengths={name: _relative(facts, name, self._size) for name in (*LAYERS, *FIELD_WEIGHTS)},
            postings=self._lists.get,
            counted=self._counted,
        )
        passages = sum(row["passages"][0] for row in facts.values())
        self._passage_length = sum(row["passages"][1] for row in facts.values()) / max(passages, 1)

    def close(self) -> None:
        """Release files."""
        self._reader.close()
        self._places.close()

    def forget(self) -> None:
        """Empty what is kept of earlier searches, as if the index was just opened."""
        self._lists.forget()

    def document_ids(self) -> frozenset[DocumentId]:
        """Return all documents in the index."""
        return frozenset(self._numbers)

    def passage_ids(self) -> frozenset[PassageId]:
        """Return all passages in the index."""
        return frozenset(self._places.all_passages())

    def near(self, word: str) -> tuple[str, ...]:
        """Return the words at the least distance from this one, when that is near enough."""
        return self._words.near(word)

    def _all_words(self) -> Iterator[str]:
        with self._lock:
            yield from (raw.decode("utf-8") for raw in self._reader.lexicon("exact"))

    def holding(self, layer: str, word: str) -> Iterator[DocumentId]:
        """Yield the documents that hold a word in a layer."""
        return (self._ids[number] for number in self._lists.get(layer, word).numbers.tolist())

    def search(self, request: Request) -> Answer:
        """Rank whole documents and count facets over all of them."""
        expander = _Expander(self._words, request.max_expansions)
        matches = [self._matcher.match(expander.tree(concept.tree)) for concept in request.concepts]
        full, partial = self._listed(request, matches)
        limits = self._selecting.limits(request.selection)
        within = self._selecting.within(request.selection, limits)
        all_full, all_partial = bits_of(full) & within, bits_of(partial) & within
        seen = mask_of(within, self._size)
        scores = np.sum([match.scores for match in matches], axis=0) if matches else np.zeros(self._size)
        order = np.concatenate([self._ordered(part & seen, scores, request.sort) for part in (full, partial)])
        shown = order[request.offset : request.offset + request.limit].tolist()
        wanted = [position for position, concept in enumerate(request.concepts) if concept.role == "wanted"]
        listed = bits_of(full | partial)
        return Answer(
            documents=tuple(
                FoundDocument(
                    self._ids[number],
                    float(scores[number]),
                    tuple(position for position in wanted if not matches[position].held[number]),
                )
                for number in shown
            ),
            total=all_full.bit_count(),
            total_partial=all_partial.bit_count(),
            counts=self._selecting.counts(all_full | all_partial),
            alone={
                facet: self._selecting.alone(facet, request.selection, listed, limits)
                for facet in request.selection.chosen
            },
            absent=tuple(position for position, match in enumerate(matches) if not match.held.any()),
            truncated=tuple(sorted(expander.truncated)),
        )

    def _listed(self, request: Request, matches: Sequence[Matched]) -> tuple[Mask, Mask]:
        """Return documents with all wanted concepts, and those with enough of them."""
        allowed = mask_of(self._selecting.all, self._size)
        full = allowed
        held, whole = np.zeros(self._size), 0.0
        for concept, match in zip(request.concepts, matches, strict=True):
            if concept.role == "excluded":
                allowed = allowed & ~match.held
                continue
            if concept.role == "required":
                allowed = allowed & match.held
            else:
                full = full & match.held
            mass = idf(len(self._ids), int(match.held.sum()))
            held += mass * match.held
            whole += mass
        full = full & allowed
        enough = allowed & (held >= request.partial_share * whole)
        if full.any() or bool((allowed & (held >= request.partial_best * whole)).any()):
            return full, enough & ~full
        return full, np.zeros(self._size, bool)

    def _ordered(self, documents: Mask, scores: Scores, sort: str) -> npt.NDArray[np.int64]:
        """Return document numbers in order; what is alike by date, newest first, and then always in the same order."""
        numbers = documents.nonzero()[0]
        names, newest, titles = (ranks[numbers] for ranks in self._orders)
        if sort == "titel":
            return numbers[np.lexsort((names, titles))]
        if sort == "datum":
            return numbers[np.lexsort((names, newest))]
        return numbers[np.lexsort((names, newest, -np.round(scores[numbers], 6)))]

    def _counted(self, form: Form, numbers: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Count a form of several words in each of the documents."""
        return np.asarray([len(self._places.of(self._ids[number]).of_form(form)) for number in numbers.tolist()])

    def passages(
        self, concepts: Sequence[Concept], documents: Collection[DocumentId], per_document: int
    ) -> Mapping[DocumentId, tuple[int, tuple[FoundPassage, ...]]]:
        """Pick the best passages within the documents given."""
        expander = _Expander(self._words, EXPANSIONS_IN_PASSAGES)
        scorer = PassageScorer(
            [list(_forms(expander.tree(concept.tree))) for concept in concepts if concept.role != "excluded"],
            self._rarity,
            self._passage_length,
        )
        found = {}
        for name in documents:
            count, best = scorer.best(self._places.of(name), per_document)
            if count:
                names = self._places.passages(name)
                found[name] = (count, tuple(FoundPassage(names[number], score) for number, score in best))
        return found

    def _rarity(self, form: Form) -> float:
        return max(idf(len(self._ids), len(self._lists.get(form.layer, word).numbers)) for word in form.words)


def _relative(facts: Mapping[int, Any], field: str, size: int) -> Scores:
    """Return the length of a field in each document, as a share of the average."""
    lengths = np.ones(size)
    for number, row in facts.items():
        lengths[number] = row["lengths"].get(field, 0)
    average = sum(row["lengths"].get(field, 0) for row in facts.values()) / max(len(facts), 1)
    return lengths / average if average else lengths


def _ranks(facts: Mapping[int, Any], ids: Mapping[int, DocumentId], size: int) -> tuple[npt.NDArray[np.int64], ...]:
    """Return of each document its place by id, by date (newest first) and by title; equal ones share a place."""
    names = _places_of({number: ids[number] for number in facts}, size)
    dates = _places_of({number: row["date"] for number, row in facts.items()}, size)
    titles = _places_of({number: row["title"] for number, row in facts.items()}, size)
    return names, -dates, titles


def _places_of(values: Mapping[int, str], size: int) -> npt.NDArray[np.int64]:
    place = {value: at for at, value in enumerate(sorted(set(values.values())))}
    ranks = np.zeros(size, np.int64)
    for number, value in values.items():
        ranks[number] = place[value]
    return ranks


def _forms(tree: Tree) -> Iterator[Form]:
    if isinstance(tree, Leaf):
        yield from tree.forms
    else:
        for part in tree.parts:
            yield from _forms(part)


class _Expander:
    """Puts the words of the index in the place of what only tells how they begin, end or are spelled."""

    def __init__(self, words: Vocabulary, limit: int) -> None:
        self._words = words
        self._limit = limit
        self.truncated: set[str] = set()

    def tree(self, tree: Tree) -> Tree:
        """Return a tree of words that can be looked up."""
        if isinstance(tree, Leaf):
            return Leaf(tuple(known for form in tree.forms for known in self._known(form)))
        return Group(tree.operator, tuple(self.tree(part) for part in tree.parts))

    def _known(self, form: Form) -> Iterable[Form]:
        if form.layer not in ("prefix", "suffix", "fuzzy"):
            return (form,)
        word = form.words[0]
        find = {"prefix": self._words.beginning, "suffix": self._words.ending, "fuzzy": self._words.spelled_like}
        found = list(islice(find[form.layer](word), self._limit + 1))
        if len(found) > self._limit:
            self.truncated.add({"prefix": f"{word}*", "suffix": f"*{word}", "fuzzy": f"{word}~"}[form.layer])
        return [Form("exact", (other,), form.weight) for other in found[: self._limit]]
