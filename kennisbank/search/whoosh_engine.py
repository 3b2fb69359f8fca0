"""Whoosh behind the boundary; only its public API is used.

Two indexes: whole documents are ranked first and facets counted over all of them, then passages are picked within the
documents shown. Loose passages cost several times more (measured on 28,000 passages) and would need grouping after.
Each concept is scored by itself, so that what a document lacks is known, and the sum is the document's score. Facet
values are bit sets over document numbers: counting is one AND and one population count per value.
"""

from __future__ import annotations

import bisect
import json
import math
import warnings
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from operator import and_, or_
from pathlib import Path
from typing import Any

from kennisbank.model import DocumentId, PassageId
from kennisbank.search.boundary import (
    Answer,
    Concept,
    DocumentEntry,
    Form,
    FoundDocument,
    FoundPassage,
    Leaf,
    Request,
    Selection,
    Tree,
)

with warnings.catch_warnings():
    warnings.simplefilter("ignore", SyntaxWarning)  # from 2016: shown to the user once, when Python compiles it
    warnings.simplefilter("ignore", DeprecationWarning)
    from whoosh import fields, index, query, scoring
    from whoosh.analysis import IDAnalyzer

INDEX_VERSION = "whoosh-2.7.4/2"
"""Raise it when the schemas below change."""

LAYERS = ("exact", "lemma", "stem", "part", "cased")
TITLE_WEIGHT = 2.0
HEADING_WEIGHT = 1.0
"""Added to the body's score when the stem stands in title or headings."""
EXPANSIONS_IN_PASSAGES = 64
LENGTH_SHARE, SATURATION = 0.75, 1.2
"""BM25's b and k1, at their usual values."""
_MEMORY_MB = 256


def _layer(positions: bool) -> Any:
    return fields.TEXT(analyzer=IDAnalyzer(), phrase=positions, stored=False)


def _layers() -> dict[str, Any]:
    return {layer: _layer(positions=layer in ("exact", "lemma")) for layer in LAYERS}


def _document_schema() -> Any:
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        title=_layer(False),
        heading=_layer(False),
        facts=fields.STORED,
        **_layers(),
    )


def _passage_schema() -> Any:
    return fields.Schema(id=fields.ID(stored=True, unique=True), document=fields.ID(stored=True), **_layers())


class WhooshWriter:
    """Adds to the indexes in a folder, or makes them."""

    def __init__(self, folder: Path) -> None:
        self._documents = _writer(folder / "documenten", _document_schema)
        self._passages = _writer(folder / "passages", _passage_schema)

    def add(self, entry: DocumentEntry) -> None:
        """Add a document and its passages."""
        facts = {
            "title": entry.title,
            "date": entry.date,
            "facets": {key: list(value) for key, value in entry.facets.items()},
        }
        self._documents.add_document(
            id=entry.id,
            title=list(entry.title_stems),
            heading=list(entry.heading_stems),
            facts=json.dumps(facts, ensure_ascii=False),
            **{layer: list(words) for layer, words in entry.body.items()},
        )
        for passage in entry.passages:
            layers = {layer: list(words) for layer, words in passage.layers.items()}
            self._passages.add_document(id=passage.id, document=entry.id, **layers)

    def remove(self, documents: Iterable[DocumentId]) -> None:
        """Remove documents with their passages."""
        for document in documents:
            self._documents.delete_by_term("id", document)
            self._passages.delete_by_term("document", document)

    def commit(self) -> None:
        """Write both indexes."""
        self._documents.commit()
        self._passages.commit()


def _writer(folder: Path, schema: Any) -> Any:
    folder.mkdir(parents=True, exist_ok=True)
    ours = index.open_dir(str(folder)) if index.exists_in(str(folder)) else index.create_in(str(folder), schema())
    return ours.writer(limitmb=_MEMORY_MB)


def write_index(folder: Path) -> WhooshWriter:
    """Make an index in the folder, or go on with the one there."""
    return WhooshWriter(folder)


def open_index(folder: Path) -> WhooshEngine:
    """Open the index of a published generation. It unpickles: never open one that was made elsewhere."""
    return WhooshEngine(folder)


class _Bm25(scoring.BM25F):  # type: ignore[misc]  # whoosh ships no types
    """BM25 with the inverse document frequency of its authors (Robertson and Zaragoza, 2009).

    Whoosh adds 1 to it, by which the common words of a long question outweigh the rare ones.
    """

    def idf(self, searcher: Any, fieldname: str, text: str) -> float:
        """Return the weight of a term by how few documents hold it."""
        held = searcher.doc_frequency(fieldname, text)
        return _idf(searcher.doc_count_all(), held)


def _idf(documents: int, held: int) -> float:
    return math.log(1 + (documents - held + 0.5) / (held + 0.5))


class WhooshEngine:
    """Answers searches over one generation; safe to use from several threads."""

    def __init__(self, folder: Path) -> None:
        self._documents = index.open_dir(str(folder / "documenten"), readonly=True).searcher(
            weighting=_Bm25(B=LENGTH_SHARE, K1=SATURATION)
        )
        self._passages = index.open_dir(str(folder / "passages"), readonly=True).searcher(
            weighting=_Bm25(B=LENGTH_SHARE, K1=SATURATION)
        )
        self._ids: dict[int, DocumentId] = {}
        self._numbers: dict[str, int] = {}
        self._titles: dict[int, str] = {}
        self._bits: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        dates: list[tuple[str, int]] = []
        reader = self._documents.reader()
        for number in reader.all_doc_ids():
            stored = reader.stored_fields(number)
            facts = json.loads(stored["facts"])
            self._ids[number] = DocumentId(stored["id"])
            self._numbers[stored["id"]] = number
            self._titles[number] = facts["title"]
            dates.append((facts["date"], number))
            for facet, values in facts["facets"].items():
                for value in values:
                    self._bits[facet][value] |= 1 << number
        self._dates = sorted(dates)
        self._date_of = {number: date for date, number in dates}
        self._all = _bits(self._ids)

    def close(self) -> None:
        """Release files."""
        self._documents.close()
        self._passages.close()

    def document_ids(self) -> frozenset[DocumentId]:
        """Return all documents in the index."""
        return frozenset(self._ids.values())

    def passage_ids(self) -> frozenset[PassageId]:
        """Return all passages in the index."""
        reader = self._passages.reader()
        return frozenset(PassageId(reader.stored_fields(number)["id"]) for number in reader.all_doc_ids())

    def vocabulary(self) -> Iterator[str]:
        """Yield every word of the exact layer."""
        yield from (raw.decode("utf-8") for raw in self._documents.reader().lexicon("exact"))

    def holding(self, layer: str, word: str) -> Iterator[DocumentId]:
        """Yield the documents that hold a word in a layer."""
        reader = self._documents.reader()
        if (layer, word) in reader:
            yield from (self._ids[number] for number in reader.postings(layer, word).all_ids())

    def search(self, request: Request) -> Answer:
        """Rank whole documents and count facets over all of them."""
        expander = _Expander(self._documents.reader(), request.max_expansions)
        matches = [self._match(concept.tree, expander) for concept in request.concepts]
        full, partial, missing = self._listed(request, matches)
        open_limits = self._limits(request.selection)
        within = reduce(and_, open_limits.values(), self._all & ~self._hidden(request.selection))
        listed = (full | partial) & within
        scores = _summed(matches)
        order = self._ordered(full & within, scores, request.sort) + self._ordered(
            partial & within, scores, request.sort
        )
        shown = order[request.offset : request.offset + request.limit]
        return Answer(
            documents=tuple(FoundDocument(self._ids[n], scores.get(n, 0.0), missing.get(n, ())) for n in shown),
            total=(full & within).bit_count(),
            total_partial=(partial & within).bit_count(),
            counts={facet: _counted(values, listed) for facet, values in self._bits.items()},
            alone={
                facet: self._alone(facet, request, full | partial, open_limits) for facet in request.selection.chosen
            },
            absent=tuple(position for position, match in enumerate(matches) if not match),
            truncated=tuple(sorted(expander.truncated)),
        )

    def _match(self, tree: Tree, expander: _Expander) -> dict[int, float]:
        """Return document number -> score of all documents that hold what the tree asks."""
        if isinstance(tree, Leaf):
            scores: dict[int, float] = defaultdict(float)
            for form in tree.forms:
                for made in _form_queries(form, expander, _document_query):
                    _add_all_scores(made.matcher(self._documents), scores)
            return scores
        parts = [self._match(part, expander) for part in tree.parts]
        if not parts:
            return {}
        held = set.intersection(*map(set, parts)) if tree.operator == "all" else set().union(*parts)
        return {number: sum(part.get(number, 0.0) for part in parts) for number in held}

    def _listed(
        self, request: Request, matches: Sequence[Mapping[int, float]]
    ) -> tuple[int, int, dict[int, tuple[int, ...]]]:
        """Return documents with all wanted concepts, those with enough of them, and what the latter lack."""
        sets = [_bits(match) for match in matches]
        allowed = self._all
        wanted = []
        for position, concept in enumerate(request.concepts):
            if concept.role == "excluded":
                allowed &= ~sets[position]
            elif concept.role == "required":
                allowed &= sets[position]
            else:
                wanted.append(position)
        full = reduce(and_, (sets[position] for position in wanted), allowed)
        asked = [position for position, concept in enumerate(request.concepts) if concept.role != "excluded"]
        mass = {position: _idf(len(self._ids), len(matches[position])) for position in asked}
        held: dict[int, float] = defaultdict(float)
        for position in asked:
            for number in matches[position]:
                held[number] += mass[position]
        whole = sum(mass.values())
        holding = [
            _bits(number for number, weight in held.items() if weight >= share * whole) & allowed
            for share in (request.partial_share, request.partial_best)
        ]
        partial = holding[0] & ~full if full or holding[1] else 0
        missing = {
            number: tuple(position for position in wanted if number not in matches[position])
            for number in _numbers(partial)
        }
        return full, partial, missing

    def _hidden(self, selection: Selection) -> int:
        return _bits(self._numbers[name] for name in selection.hidden if name in self._numbers)

    def _limits(self, selection: Selection) -> dict[str, int]:
        """Return per facet (and for the dates) the documents that its choice leaves."""
        limits = {}
        for facet in {*selection.chosen, *selection.excluded}:
            left = self._union(facet, selection.chosen[facet]) if facet in selection.chosen else self._all
            limits[facet] = left & ~self._union(facet, selection.excluded.get(facet, frozenset()))
        if selection.date_from or selection.date_until:
            limits["datum"] = self._dated(selection.date_from or "0", selection.date_until or "9")
        return limits

    def _union(self, facet: str, values: Iterable[str]) -> int:
        known = self._bits.get(facet, {})
        return reduce(or_, (known.get(value, 0) for value in values), 0)

    def _dated(self, first: str, last: str) -> int:
        """Documents whose date lies within, ends included; one known by year only counts when any day of it does."""
        start = bisect.bisect_left(self._dates, (first[:4], -1))
        found = []
        for date, number in self._dates[start:]:
            if date and date + "-99-99"[len(date) - 4 :] >= first and date[: len(last)] <= last:
                found.append(number)
        return _bits(found)

    def _alone(self, facet: str, request: Request, matched: int, limits: Mapping[str, int]) -> dict[str, int]:
        """Count per value the list that there would be with that value as the facet's only choice."""
        others = (left for name, left in limits.items() if name != facet)
        base = reduce(and_, others, matched & self._all & ~self._hidden(request.selection))
        base &= ~self._union(facet, request.selection.excluded.get(facet, frozenset()))
        return _counted(self._bits.get(facet, {}), base)

    def _ordered(self, documents: int, scores: Mapping[int, float], sort: str) -> list[int]:
        numbers = sorted(_numbers(documents), key=lambda number: self._ids[number])
        if sort == "titel":
            return sorted(numbers, key=lambda number: self._titles[number])
        numbers.sort(key=lambda number: self._date_of[number], reverse=True)
        if sort == "relevantie":
            numbers.sort(key=lambda number: -round(scores.get(number, 0.0), 6))
        return numbers

    def passages(
        self, concepts: Sequence[Concept], documents: Collection[DocumentId], per_document: int
    ) -> Mapping[DocumentId, tuple[int, tuple[FoundPassage, ...]]]:
        """Pick the best passages within the documents given.

        Each form's postings are read only where those documents are: a document's passages were added together, so
        they stand together, and a posting list can skip from one document to the next.
        """
        reader = self._passages.reader()
        expander = _Expander(reader, EXPANSIONS_IN_PASSAGES)
        numbers = {name: set(reader.postings("document", name).all_ids()) for name in documents}
        scores: dict[int, float] = defaultdict(float)
        wanted = sorted(number for found in numbers.values() for number in found)
        for part in concepts:
            if part.role != "excluded":
                for form in _forms(part.tree):
                    for made in _form_queries(form, expander, _passage_query):
                        _add_scores(made.matcher(self._passages), wanted, scores)
        found = {}
        for name, inside in numbers.items():
            ranked = sorted((number for number in inside if number in scores), key=lambda n: (-round(scores[n], 6), n))
            if ranked:
                best = (self._found_passage(number, scores[number]) for number in ranked[:per_document])
                found[name] = (len(ranked), tuple(best))
        return found

    def _found_passage(self, number: int, score: float) -> FoundPassage:
        return FoundPassage(PassageId(self._passages.reader().stored_fields(number)["id"]), score)


def _add_all_scores(matcher: Any, scores: dict[int, float]) -> None:
    while matcher.is_active():
        scores[matcher.id()] += matcher.score()
        matcher.next()


def _add_scores(matcher: Any, wanted: Sequence[int], scores: dict[int, float]) -> None:
    """Add what a form scores in the documents wanted (sorted numbers), skipping all others."""
    at = 0
    while at < len(wanted) and matcher.is_active():
        if matcher.id() < wanted[at]:
            matcher.skip_to(wanted[at])
        elif matcher.id() > wanted[at]:
            at = bisect.bisect_left(wanted, matcher.id(), at)
        else:
            scores[wanted[at]] += matcher.score()
            at += 1


def _forms(tree: Tree) -> Iterator[Form]:
    if isinstance(tree, Leaf):
        yield from tree.forms
    else:
        for part in tree.parts:
            yield from _forms(part)


class _Expander:
    """Words that begin so, within bounds; remembers what was cut off."""

    def __init__(self, reader: Any, limit: int) -> None:
        self._reader = reader
        self._limit = limit
        self.truncated: set[str] = set()

    def __call__(self, prefix: str) -> list[str]:
        words: list[str] = []
        for raw in self._reader.expand_prefix("exact", prefix):
            if len(words) == self._limit:
                self.truncated.add(prefix)
                break
            words.append(raw.decode("utf-8"))
        return words


def _form_queries(form: Form, expander: _Expander, of_form: Any) -> Iterator[Any]:
    if form.layer == "prefix":
        for word in expander(form.words[0]):
            yield query.Term("exact", word, boost=form.weight)
    else:
        yield from of_form(form)


def _passage_query(form: Form) -> Iterator[Any]:
    if len(form.words) > 1:
        yield query.Phrase(form.layer, list(form.words), slop=form.within, boost=form.weight)
    else:
        yield query.Term(form.layer, form.words[0], boost=form.weight)


def _document_query(form: Form) -> Iterator[Any]:
    yield from _passage_query(form)
    if form.layer == "stem":
        yield query.Term("title", form.words[0], boost=form.weight * TITLE_WEIGHT)
        yield query.Term("heading", form.words[0], boost=form.weight * HEADING_WEIGHT)


def _summed(matches: Sequence[Mapping[int, float]]) -> dict[int, float]:
    total: dict[int, float] = defaultdict(float)
    for match in matches:
        for number, score in match.items():
            total[number] += score
    return total


def _counted(values: Mapping[str, int], documents: int) -> dict[str, int]:
    counts = ((value, (bits & documents).bit_count()) for value, bits in values.items())
    return {value: count for value, count in counts if count}


def _bits(numbers: Iterable[int]) -> int:
    """Return a bit set; built in a byte array, since shifting a large integer per number is quadratic."""
    array = bytearray()
    for number in numbers:
        place = number >> 3
        if place >= len(array):
            array.extend(bytes(place + 1 - len(array)))
        array[place] |= 1 << (number & 7)
    return int.from_bytes(array, "little")


def _numbers(bits: int) -> Iterator[int]:
    for place, byte in enumerate(bits.to_bytes((bits.bit_length() + 7) // 8, "little")):
        while byte:
            low = byte & -byte
            yield (place << 3) + low.bit_length() - 1
            byte ^= low
