"""A document as the engines index it: our tokens per layer, and what it counts for in facets."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from kennisbank import dutch
from kennisbank.model import REPORT_KINDS, SEARCHABLE, TAG_FACETS, Document, DocumentId, Tag
from kennisbank.search.boundary import DocumentEntry, IndexWord, PassageEntry
from kennisbank.taxonomy import Taxonomy


def entry_of(
    document_id: DocumentId, status: str, document: Document, tags: Sequence[Tag], taxonomy: Taxonomy
) -> DocumentEntry:
    """Analyse a document once and share its words out over its passages."""
    if status not in SEARCHABLE:
        raise ValueError(f"{document_id}: status {status} does not belong in the index")
    metadata = document.metadata
    words = _Words()
    title = words.read(f"{metadata.title}\n{metadata.subtitle or ''}")
    text = words.read(document.text)
    headings = (document.title_of(section) for section in document.sections)
    return DocumentEntry(
        id=document_id,
        title=dutch.fold(metadata.title),
        date=metadata.dates.best or "",
        words=tuple(words.numbers),
        title_words=title.numbers,
        text=text.numbers,
        joined=text.joined,
        fields={
            "title": [token.forms.stem for token in dutch.tokens(f"{metadata.title}\n{metadata.subtitle or ''}")],
            "heading": [token.forms.stem for heading in headings for token in dutch.tokens(heading)],
        },
        facets=facets_of(status, document, tags, taxonomy),
        passages=tuple(_passages(document, text.starts)),
    )


@dataclass
class _Read:
    """One text, as numbers of words."""

    numbers: array[int]
    starts: array[int]
    """Code point where each word begins."""
    joined: list[tuple[int, IndexWord]]


class _Words:
    """Numbers the different words of a document."""

    def __init__(self) -> None:
        self.numbers: dict[IndexWord, int] = {}
        self._known: dict[tuple[str, str | None], int] = {}

    def read(self, text: str) -> _Read:
        """Return the words of a text; what hyphenated words read as one stands at the first of them."""
        found = _Read(array("I"), array("I"), [])
        known = self._known
        for start, _, word, cased, joined in dutch.occurrences(text):
            if joined:
                found.joined.append((bisect_left(found.starts, start), _word(word, None)))
                continue
            number = known.get((word, cased))
            if number is None:
                number = known[word, cased] = self.numbers.setdefault(_word(word, cased), len(self.numbers))
            found.numbers.append(number)
            found.starts.append(start)
        return found


def _word(word: str, cased: str | None) -> IndexWord:
    forms = dutch.forms(word)
    return IndexWord(forms.exact, forms.lemma, forms.stem, tuple(part.stem for part in forms.parts), cased)


def facets_of(status: str, document: Document, tags: Iterable[Tag], taxonomy: Taxonomy) -> dict[str, tuple[str, ...]]:
    """Return facet -> values; a term counts for all broader terms too, since choosing those finds it."""
    metadata = document.metadata
    values: dict[str, set[str]] = {facet: set() for facet in TAG_FACETS}
    for tag in tags:
        if tag.passage is None:
            values[tag.facet].update(broader(tag.term, taxonomy))
    values["soort"] = {metadata.kind} | ({"rapport"} if metadata.kind in REPORT_KINDS else set())
    values["uitgever"] = set(metadata.publishers)
    values["jaar"] = {metadata.dates.best[:4]} if metadata.dates.best else set()
    values["status"] = {status}
    return {facet: tuple(sorted(found)) for facet, found in values.items() if found}


def broader(term: str, taxonomy: Taxonomy) -> Collection[str]:
    """Return a term and all above it."""
    found: set[str] = set()
    waiting = [term]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            known = taxonomy.terms.get(name)  # type: ignore[call-overload]  # a plain string finds its TermId
            waiting.extend(known.broader if known else ())
    return found


def _passages(document: Document, starts: Sequence[int]) -> Iterable[PassageEntry]:
    for passage in sorted(document.passages, key=lambda entry: entry.span):
        first = bisect_left(starts, passage.span.start)
        yield PassageEntry(passage.id, first, bisect_left(starts, passage.span.end, first))
