"""Which terms of the taxonomy a document and its passages are about, each with the words that say so.

A passage gets every term that it names, and those to which at least two different words in it point. The document
gets a term by the share of its passages that speak for it; title and headings count for more, and a mention alone is
not enough. Of the clues see `indexer.clues`. A goal is *stated* where a programme or report names it; in other
publications of the Inspectie it is inferred, and marked so: most reports name none.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Literal

from indexer.clues import REACTIONS, Clue, clues, is_only_speaking, speakers
from indexer.places import FIELD_WIDE_KINDS, OWN_KINDS, Place, years_of
from kennisbank.model import Document, Evidence, Facet, Metadata, Passage, Span, Tag
from kennisbank.taxonomy import Taxonomy, Term

BODY_WEIGHT, HEADING_WEIGHT, TITLE_WEIGHT = 0.6, 0.25, 0.5
FULL_SHARE = 0.5
"""A term in this part of the passages carries the document as much as can be."""
USUAL_SIZE, GROWTH = 12, 0.6
"""Passages of a usual document, some five pages; in longer ones a term needs this power of as many more."""
LEAST: Mapping[Facet, float] = {"keten": 0.06, "gebied": 0.1, "thema": 0.1, "organisatie": 0.08, "doel": 0.15}
"""Strength from which a document is about a term."""
SHARE_OF_STRONGEST: Mapping[Facet, float] = {
    "keten": 0.2,
    "gebied": 0.2,
    "thema": 0.2,
    "organisatie": 0.1,
    "doel": 0.25,
}
"""A document is not about what is much weaker in it than the strongest term of the facet."""
UNNAMED: Mapping[Facet, float] = {"keten": 0.06, "gebied": 0, "thema": 0, "organisatie": 0.03, "doel": 0}
"""Strength by which a term that the document has no name of must do better: a chain or organisation has a name."""
PER_PARAGRAPH: Collection[Facet] = ("keten", "gebied")
"""Facets that a programme has a paragraph for each term of."""
ENOUGH = 1.0
"""Weight of clues in a passage from which they stand for a name."""
MAX_EVIDENCE = 5
INSPECTIE = "org:ijenv"
"""Whose goals the taxonomy has."""
Origin = Literal["genoemd", "afgeleid", "mens"]
_HEADINGS: Mapping[Place, float] = {"titel": TITLE_WEIGHT, "kop": HEADING_WEIGHT, "tekst": 0.0}
_RANK: Mapping[Place, int] = {"titel": 0, "kop": 1, "tekst": 2}


def tag(document: Document, taxonomy: Taxonomy) -> tuple[Tag, ...]:
    """Return the tags of all passages, then those of the document as a whole, strongest first."""
    found = list(clues(document, taxonomy))
    whole = sorted(_document_tags(document, found, taxonomy), key=lambda tag: (-tag.strength, tag.term))
    return (*_passage_tags(document.passages, found), *whole)


def _by_term(found: Iterable[Clue]) -> Iterator[tuple[Term, list[Clue]]]:
    ordered = sorted(found, key=lambda clue: (clue.term.id, clue.span, -clue.weight))
    for _, group in groupby(ordered, key=lambda clue: clue.term.id):
        its = list(group)
        yield its[0].term, its


def _passage_tags(passages: Sequence[Passage], found: Iterable[Clue]) -> Iterator[Tag]:
    inside: dict[int, list[Clue]] = {}
    for clue in found:
        if clue.passage is not None:
            inside.setdefault(clue.passage, []).append(clue)
    for index in sorted(inside):
        for term, its in _by_term(inside[index]):
            named = [clue for clue in its if clue.named]
            if not named and (term.facet == "doel" or _weight(its) < ENOUGH):
                continue
            weight = sum(clue.weight for clue in its)
            evidence = _evidence(named + [clue for clue in its if not clue.named])
            strength, origin = round(weight / (weight + 1), 3), _origin(its)
            yield Tag(term.facet, term.id, strength, evidence, origin, passage=passages[index].id)


def _document_tags(document: Document, found: Iterable[Clue], taxonomy: Taxonomy) -> Iterator[Tag]:
    metadata, speaking = document.metadata, speakers(document.metadata, taxonomy)
    tags: dict[Facet, list[Tag]] = {facet: [] for facet in LEAST}
    stated: dict[Term, list[Clue]] = {}
    if metadata.kind in FIELD_WIDE_KINDS:
        found = _chains_themselves(document, found, taxonomy)
    for term, its in _by_term(found):
        if term.facet == "doel" and any(_states_goal(clue, metadata) for clue in its):
            stated[term] = [clue for clue in its if clue.named]
        elif not is_only_speaking(term, metadata, speaking) and _is_more_than_a_mention(its, metadata, speaking):
            tags[term.facet].append(_weighed(document, term, its))
    yield from (replace(_weighed(document, term, its), origin="genoemd") for term, its in stated.items())
    if stated or not _serves_goals(metadata, speaking):
        del tags["doel"]
    for facet, weighed in tags.items():
        yield from _without_echoes(_strong_enough(facet, weighed), taxonomy)


def _chains_themselves(document: Document, found: Iterable[Clue], taxonomy: Taxonomy) -> Iterator[Clue]:
    """Leave out what says nothing of a chain where all areas and organisations have their paragraph.

    These are an organisation that works in it, and a name that an area has as well, as ``crisisbeheersing``.
    """
    areas = {label.text.lower() for area in taxonomy.of_facet("gebied") for label in area.labels}
    for clue in found:
        of_an_area = clue.span.of(document.text).lower() in areas
        if clue.term.facet != "keten" or not (of_an_area or clue.rule.startswith("afgeleid:")):
            yield clue


def _strong_enough(facet: Facet, weighed: Sequence[Tag]) -> list[Tag]:
    strongest = max((tag.strength for tag in weighed), default=0)
    least = max(LEAST[facet], SHARE_OF_STRONGEST[facet] * strongest)
    unnamed = least + UNNAMED[facet]
    return [tag for tag in weighed if tag.strength >= (unnamed if tag.origin == "afgeleid" else least)]


def _without_echoes(tags: Sequence[Tag], taxonomy: Taxonomy) -> Iterator[Tag]:
    """Leave out a chain that is not named where one within it is found: who chooses the wider one finds that too."""
    wider = {whole for tag in tags for whole in taxonomy.terms[tag.term].broader if tag.facet == "keten"}
    return (tag for tag in tags if tag.origin == "genoemd" or tag.term not in wider)


def _is_more_than_a_mention(its: Sequence[Clue], metadata: Metadata, speaking: Collection[Term]) -> bool:
    """Tell whether it could be a subject. A programme has a paragraph for each, so there one of enough words may do."""
    term, named = its[0].term, any(clue.named for clue in its)
    if named and (term.once or (metadata.kind in OWN_KINDS and term in speaking)):
        return True
    in_paragraph = metadata.kind in FIELD_WIDE_KINDS and term.facet in PER_PARAGRAPH
    if in_paragraph and ((named and term.facet == "keten") or _weight(its) >= ENOUGH):
        return True
    return len({clue.span for clue in its}) > 1 or any(clue.place != "tekst" and clue.weight >= ENOUGH for clue in its)


def _states_goal(clue: Clue, metadata: Metadata) -> bool:
    """Tell whether a goal is named, not just spoken of: by a programme, or in a heading."""
    return clue.named and (metadata.kind in FIELD_WIDE_KINDS or clue.place != "tekst")


def _serves_goals(metadata: Metadata, speaking: Iterable[Term]) -> bool:
    """Tell whether goals may be inferred: these are the Inspectie's own, and of certain years."""
    own = any(term.id == INSPECTIE for term in speaking)
    return own and bool(years_of(metadata)) and metadata.kind not in (*FIELD_WIDE_KINDS, *REACTIONS)


def _weighed(document: Document, term: Term, its: Sequence[Clue]) -> Tag:
    """Make the tag that a document would get: by the share of its passages, and what its headings say."""
    passages: dict[int, list[Clue]] = {}
    for clue in its:
        if clue.passage is not None:
            passages.setdefault(clue.passage, []).append(clue)
    share = sum(_weight(inside) for inside in passages.values()) / _size(len(document.passages))
    above = max((_HEADINGS[clue.place] * clue.weight for clue in its), default=0.0)
    strength = round(min(1.0, BODY_WEIGHT * min(1, share / FULL_SHARE) + above), 3)
    origin: Origin = "afgeleid" if term.facet == "doel" else _origin(its)
    return Tag(term.facet, term.id, strength, _evidence(_strongest(its)), origin)


def _size(passages: int) -> float:
    """Return what a term is measured against; a long document has room for more subjects, each in a smaller part."""
    usual = min(passages, USUAL_SIZE)
    return max(1.0, usual * math.pow(passages / max(1, usual), GROWTH))


def _weight(inside: Iterable[Clue]) -> float:
    """Add up the clues in a passage: each word and each name or cue once, all together no more than a name."""
    words: dict[Span, Clue] = {}
    for clue in inside:
        if clue.span not in words or words[clue.span].weight < clue.weight:
            words[clue.span] = clue
    best: dict[str, float] = {}
    for clue in words.values():
        best[clue.rule] = max(clue.weight, best.get(clue.rule, 0))
    return min(ENOUGH, sum(best.values()))


def _origin(its: Iterable[Clue]) -> Origin:
    return "genoemd" if any(clue.named for clue in its) else "afgeleid"


def _evidence(its: Iterable[Clue]) -> tuple[Evidence, ...]:
    return tuple(clue.evidence for clue in list(its)[:MAX_EVIDENCE])


def _strongest(its: Sequence[Clue]) -> list[Clue]:
    """Put first what to show: title, headings, then the surest clue of each passage."""
    seen: set[int | None] = set()
    chosen: list[Clue] = []
    others: list[Clue] = []
    for clue in sorted(its, key=lambda clue: (_RANK[clue.place], -clue.weight, clue.span)):
        (others if clue.place == "tekst" and clue.passage in seen else chosen).append(clue)
        seen.add(clue.passage)
    return chosen + others
