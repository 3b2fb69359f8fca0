"""Whoosh behind the boundary, in two stages.

First whole documents are ranked and facets counted over all of them: Whoosh keeps the words and their posting lists,
which are read as arrays (`postings`) and added up (`ranking`, `selecting`). Then places are looked at (`places`), of
few documents: phrases and words near each other in those that hold all the words, passages in those that are shown.
"""

from __future__ import annotations

import json
import math
import threading
import warnings
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

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
    Leaf,
    Request,
    Tree,
)
from kennisbank.search.passages import Passages, WeightedForm, scored
from kennisbank.search.places import GAP, WORD_BITS, first_place, places_in, places_of
from kennisbank.search.postings import NONE, Numbers, PostingLists, Postings
from kennisbank.search.ranking import Matched, Matcher, Scores, idf
from kennisbank.search.selecting import Mask, Selecting, bits_of, mask_of
from kennisbank.search.wordforms import JOINED, WRITTEN, WordForms, WordFormsWriter
from kennisbank.search.wordlists import Vocabulary

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # from 2016: shown to the user once, when Python compiles it
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, formats, index
    from whoosh.codec.whoosh3 import W3Codec
    from whoosh.system import pack_uint

INDEX_VERSION = "whoosh-2.7.4/4"
"""Raise it when what is written below changes. Moving or renaming `Placed` or `Counted` does: the schema names them."""

LAYERS = ("exact", "lemma", "stem", "part", "cased")
PLACED = (WRITTEN, "part", "cased", JOINED)
"""Fields with places. Lemmas and stems need none: they are the written words that share them (`wordforms`)."""
EXPANSIONS_IN_PASSAGES = 64
_MEMORY_MB = 128
_BLOCK = 4096
RERANKED = 50
"""Documents whose passages are looked at before they are put in order; further down order matters less."""
WILD_BESIDE = 128
"""Words that one with ``*`` near others may stand for."""
BEST_PASSAGE = 1.0
"""What the best passage of a document counts beside the document as a whole."""
PassageColumns = tuple[list[str], list[int], list[int]]
"""Ids, first places and ends of a document's passages."""
"""Postings per block: read at once, so large; not compressed, since that costs more than it saves."""


class Counted(fields.FieldType):  # type: ignore[misc]  # whoosh ships no types
    """A field that is given its words and how often each occurs, instead of a text to find them in.

    Scorable, though its score is not used: without a column of lengths Whoosh looks for that file at every posting.
    """

    def __init__(self) -> None:
        super().__init__(formats.Frequency(), None, scorable=True)

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield word, count, weight and value of each word."""
        return ((word.encode(), count, float(count), pack_uint(count)) for word, count in value.items())


class Placed(fields.FieldType):  # type: ignore[misc]
    """A field that is given its words and the places of each, 4 bytes a place."""

    def __init__(self) -> None:
        super().__init__(formats.Format(), None, scorable=True)

    def index(self, value: Mapping[str, bytes], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield word, count, weight and places of each word."""
        return ((word.encode(), len(at) // 4, len(at) / 4, at) for word, at in value.items())


def _schema() -> Any:
    made = {**{name: Placed() for name in PLACED}, **{name: Counted() for name in FIELD_WEIGHTS}}
    return fields.Schema(id=fields.ID(stored=True, unique=True), facts=fields.STORED, passages=fields.STORED, **made)


class WhooshWriter:
    """Adds to the index in a folder, or makes it."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        name = str(folder)
        ours = index.open_dir(name) if index.exists_in(name) else index.create_in(name, _schema())
        self._documents = ours.writer(limitmb=_MEMORY_MB, codec=W3Codec(blocklimit=_BLOCK, compression=0))
        self._forms = WordFormsWriter(folder)

    def add(self, entry: DocumentEntry) -> None:
        """Add a document and its passages."""
        placed = _placed(entry)
        counted = {name: Counter(words) for name, words in entry.fields.items()}
        words = len(entry.title_words) + len(entry.text)
        lengths = {name: sum(map(len, placed[name].values())) // 4 for name in PLACED}
        lengths |= {"exact": words, "lemma": words, "stem": words}
        lengths |= {name: counts.total() for name, counts in counted.items()}
        facts = {
            "title": entry.title,
            "date": entry.date,
            "facets": {key: list(value) for key, value in entry.facets.items()},
            "lengths": lengths,
            "passages": [len(entry.passages), len(entry.text)],
        }
        at = len(entry.title_words) + GAP
        passages = [(passage.id, passage.start + at, passage.end + at) for passage in entry.passages]
        self._documents.add_document(
            id=entry.id,
            facts=json.dumps(facts, ensure_ascii=False),
            passages=json.dumps(list(zip(*passages, strict=True)) or [[], [], []]),
            **placed,
            **counted,
        )
        self._forms.add(entry)

    def remove(self, documents: Iterable[DocumentId]) -> None:
        """Remove documents with their passages."""
        for document in documents:
            self._documents.delete_by_term("id", document)

    def commit(self) -> None:
        """Write everything."""
        self._documents.commit()
        self._forms.commit()


def _placed(entry: DocumentEntry) -> dict[str, dict[str, bytes]]:
    """Return field -> word -> its places, packed; title and text count alike."""
    numbers = np.concatenate([np.asarray(entry.title_words, np.int64), np.asarray(entry.text, np.int64)])
    places = np.arange(len(numbers))
    places[len(entry.title_words) :] += GAP
    whole = dict.fromkeys(word for _, word in entry.joined)
    at_joined: dict[str, list[int]] = defaultdict(list)
    for place, word in entry.joined:
        at_joined[word.exact].append(place + len(entry.title_words) + GAP)
    return {
        "exact": _by_word([(word.exact,) for word in entry.words], numbers, places),
        "part": _by_word([word.parts for word in entry.words], numbers, places),
        "cased": _by_word([(word.cased,) if word.cased else () for word in entry.words], numbers, places),
        "joined": {word.exact: np.asarray(at_joined[word.exact], "<u4").tobytes() for word in whole},
    }


def _by_word(
    names: Sequence[Sequence[str]], numbers: npt.NDArray[np.int64], places: npt.NDArray[np.int64]
) -> dict[str, bytes]:
    """Return name -> packed places, of all names that each numbered word has."""
    order = np.argsort(numbers, kind="stable")
    packed = places[order].astype("<u4").tobytes()
    ends = np.cumsum(np.bincount(numbers, minlength=len(names))).tolist()
    found: dict[str, bytes] = {}
    again: set[str] = set()
    start = 0
    for word, end in zip(names, ends, strict=True):
        for name in word:
            if name in found:
                again.add(name)
                found[name] += packed[4 * start : 4 * end]
            else:
                found[name] = packed[4 * start : 4 * end]
        start = end
    for name in again:
        found[name] = np.sort(np.frombuffer(found[name], "<u4")).tobytes()
    return {name: at for name, at in found.items() if at}


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
        self._forms = WordForms(folder)
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
            word=self._word,
            form=self._form,
        )
        self._passage_count = max(sum(row["passages"][0] for row in facts.values()), 1)

    def close(self) -> None:
        """Release files."""
        self._reader.close()
        self._forms.close()

    def forget(self) -> None:
        """Empty what is kept of earlier searches, as if the index was just opened."""
        self._lists.forget()

    def document_ids(self) -> frozenset[DocumentId]:
        """Return all documents in the index."""
        return frozenset(self._numbers)

    def passage_ids(self) -> frozenset[PassageId]:
        """Return all passages in the index."""
        return frozenset(PassageId(name) for number in self._ids for name in self._passages_of(number)[0])

    def near(self, word: str) -> tuple[str, ...]:
        """Return the words at the least distance from this one, when that is near enough."""
        return self._words.near(word)

    def _all_words(self) -> Iterator[str]:
        with self._lock:
            yield from (raw.decode("utf-8") for raw in self._reader.lexicon("exact"))

    def holding(self, layer: str, word: str) -> Iterator[DocumentId]:
        """Yield the documents that hold a word in a layer."""
        return (self._ids[number] for number in self._word(layer, word).numbers.tolist())

    def _lists_of(self, layer: str, word: str) -> list[Postings]:
        """Return the posting lists of all written words that a form stands for."""
        if "*" in word:
            return [self._lists.get(layer, written) for written in islice(self._words.such(word), WILD_BESIDE)]
        if layer in ("lemma", "stem"):
            return [self._lists.get(field, written) for field, written in self._forms.of(layer, word)]
        return [self._lists.get(layer, word)]

    def _word(self, layer: str, word: str) -> Summed:
        return counted(self._lists_of(layer, word))

    def _form(self, form: Form, skipped: Mask | None) -> Summed:
        """Count a form of several words in each of the documents that hold them all."""
        lists = [self._lists_of(form.layer, word) for word in form.words]
        numbers = reduce(np.intersect1d, sorted((counted(each).numbers for each in lists), key=len))
        if skipped is not None:
            numbers = numbers[~skipped[numbers]]
        begins = places_of(form, [places_in(each, numbers) for each in lists])
        found, counts = np.unique(begins >> WORD_BITS, return_counts=True)
        return Summed(found, counts.astype(np.float64))

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
        parts = [self._ordered(part & seen, scores, request.sort) for part in (full, partial)]
        if request.sort == "relevantie":
            parts = [self._with_best_passages(part, request.concepts, scores) for part in parts]
        order = np.concatenate(parts)
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
        return self._by_score(numbers, scores)

    def _by_score(self, numbers: Numbers, scores: Scores) -> npt.NDArray[np.int64]:
        names, newest, _ = (ranks[numbers] for ranks in self._orders)
        return numbers[np.lexsort((names, newest, -np.round(scores[numbers], 6)))]

    def passages(
        self, concepts: Sequence[Concept], documents: Collection[DocumentId], per_document: int
    ) -> Mapping[DocumentId, tuple[int, tuple[FoundPassage, ...]]]:
        """Pick the best passages within the documents given."""
        numbers = np.sort([self._numbers[name] for name in documents])
        columns = [self._passages_of(number) for number in numbers.tolist()]
        found = {}
        for number, (names, _, _), mine in zip(
            numbers.tolist(), columns, self._in_passages(concepts, numbers, columns), strict=True
        ):
            order = np.lexsort((np.arange(len(mine)), -np.round(mine, 6)))[: int((mine > 0).sum())].tolist()
            if order:
                best = tuple(FoundPassage(PassageId(names[one]), float(mine[one])) for one in order[:per_document])
                found[self._ids[number]] = (len(order), best)
        return found

    def _in_passages(
        self, concepts: Sequence[Concept], numbers: Numbers, columns: Sequence[PassageColumns]
    ) -> list[Scores]:
        """Return what the passages of each document score; the documents in order of number."""
        if not columns:
            return []
        starts, ends = (
            np.concatenate(
                [first_place(n) + np.asarray(row[at], np.int64) for n, row in zip(numbers, columns, strict=True)]
            )
            for at in (1, 2)
        )
        expander = _Expander(self._words, EXPANSIONS_IN_PASSAGES)
        wanted = [expander.tree(concept.tree) for concept in concepts if concept.role != "excluded"]
        scores = scored(Passages(starts, ends), [self._weighted(tree, numbers) for tree in wanted])
        return np.split(scores, np.cumsum([len(names) for names, _, _ in columns])[:-1])

    def _with_best_passages(
        self, order: npt.NDArray[np.int64], concepts: Sequence[Concept], scores: Scores
    ) -> npt.NDArray[np.int64]:
        """Put the first documents in a better order: what stands together in one passage counts once more."""
        first = np.sort(order[:RERANKED])
        columns = [self._passages_of(number) for number in first.tolist()]
        for number, mine in zip(first.tolist(), self._in_passages(concepts, first, columns), strict=True):
            scores[number] += BEST_PASSAGE * mine.max(initial=0.0)
        return np.concatenate([self._by_score(first, scores), order[RERANKED:]])

    def _weighted(self, tree: Tree, numbers: Numbers) -> Iterator[WeightedForm]:
        for form in _forms(tree):
            lists = [self._lists_of(form.layer, word) for word in form.words]
            rarity = max(self._rarity(each) for each in lists)
            runs = [places_in(each, numbers) for each in lists]
            yield WeightedForm(places_of(form, runs) if len(runs) > 1 else runs[0], form.weight * rarity)

    def _rarity(self, lists: Sequence[Postings]) -> float:
        """Return the idf of a word over passages, had it fallen into them at random (Poisson)."""
        passages = self._passage_count
        times = sum(float(each.counts.sum()) for each in lists)
        return idf(passages, passages * (1 - math.exp(-times / passages)))

    def _passages_of(self, number: int) -> PassageColumns:
        """Return ids, first places and ends of a document's passages."""
        with self._lock:
            names, starts, ends = json.loads(self._reader.stored_fields(number)["passages"])
        return names, starts, ends


class Summed(NamedTuple):
    """The documents that hold something, and how often."""

    numbers: Numbers
    counts: npt.NDArray[np.float64]


def counted(lists: Sequence[Postings]) -> Summed:
    """Add posting lists up."""
    if len(lists) == 1:
        return Summed(lists[0].numbers, lists[0].counts)
    if not lists:
        return Summed(NONE.numbers, NONE.counts)
    numbers, place = np.unique(np.concatenate([each.numbers for each in lists]), return_inverse=True)
    counts = np.bincount(place, np.concatenate([each.counts for each in lists]), len(numbers))
    return Summed(numbers, counts.astype(np.float64))


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
            for word in form.words:
                if "*" in word and len(list(islice(self._words.such(word), WILD_BESIDE + 1))) > WILD_BESIDE:
                    self.truncated.add(word)
            return (form,)
        word = form.words[0]
        find = {"prefix": self._words.beginning, "suffix": self._words.ending, "fuzzy": self._words.spelled_like}
        found = list(islice(find[form.layer](word), self._limit + 1))
        if len(found) > self._limit:
            self.truncated.add({"prefix": f"{word}*", "suffix": f"*{word}", "fuzzy": f"{word}~"}[form.layer])
        return [Form("exact", (other,), form.weight) for other in found[: self._limit]]
