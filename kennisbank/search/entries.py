"""A document as the engines index it: our tokens per layer, and what it counts for in facets."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kennisbank import dutch
from kennisbank.model import REPORT_KINDS, SEARCHABLE, TAG_FACETS, Document, DocumentId, Tag
from kennisbank.search.boundary import DocumentEntry, Layer, PassageEntry
from kennisbank.taxonomy import Taxonomy


def entry_of(
    document_id: DocumentId, status: str, document: Document, tags: Sequence[Tag], taxonomy: Taxonomy
) -> DocumentEntry:
    """Analyse a document once and share its tokens out over its passages."""
    if status not in SEARCHABLE:
        raise ValueError(f"{document_id}: status {status} does not belong in the index")
    metadata = document.metadata
    words = list(dutch.tokens(document.text))
    title = list(dutch.tokens(f"{metadata.title}\n{metadata.subtitle or ''}"))
    headings = [token for section in document.sections for token in dutch.tokens(document.title_of(section))]
    return DocumentEntry(
        id=document_id,
        title=dutch.fold(metadata.title),
        date=metadata.dates.best or "",
        body=_layers(title + words),
        title_stems=[token.forms.stem for token in title],
        heading_stems=[token.forms.stem for token in headings],
        facets=facets_of(status, document, tags, taxonomy),
        passages=tuple(_passages(document, words)),
    )


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


def _passages(document: Document, words: Sequence[dutch.Token]) -> Iterable[PassageEntry]:
    at = 0
    for passage in sorted(document.passages, key=lambda entry: entry.span):
        while at < len(words) and words[at].span.start < passage.span.start:
            at += 1
        end = at
        while end < len(words) and words[end].span.start < passage.span.end:
            end += 1
        yield PassageEntry(passage.id, _layers(words[at:end]))
        at = end


def _layers(words: Sequence[dutch.Token]) -> Mapping[Layer, Sequence[str]]:
    """Words in order, so that phrases can be found; second readings of hyphenated words behind them."""
    single = [token for token in words if not token.joined]
    joined = [token.forms for token in words if token.joined]
    return {
        "exact": [token.forms.exact for token in single],
        "lemma": [token.forms.lemma for token in single] + [forms.lemma for forms in joined],
        "stem": [token.forms.stem for token in single] + [forms.stem for forms in joined],
        "part": [part.stem for token in single for part in token.forms.parts],
        "cased": [token.cased for token in single if token.cased],
    }
