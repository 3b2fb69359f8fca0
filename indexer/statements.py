"""What a document says that is kept by itself: its recommendations, folded, and its findings, each with its place."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from indexer.addressees import Addressees, Named
from indexer.clues import speakers
from indexer.findings import Observation, observations
from indexer.matching import matches_in
from indexer.recommendations import Demand, demands
from kennisbank import dutch
from kennisbank.model import (
    TOLD,
    Addressee,
    Document,
    DocumentId,
    Finding,
    Place,
    Recommendation,
    Span,
    Statement,
    StatementId,
    StatementSort,
    Tag,
    TermId,
    page_finder,
)
from kennisbank.taxonomy import Taxonomy

SAME_NUMBER_ONLY = 0.5
"""Likewise where they carry the same number and are addressed differently."""
RULES_VERSION = "4"
"""Raise it with any change to what is recommended, found or planned: libraries of another version are derived anew."""
SAME = 0.8
"""Token F1 of content words from which two demands of one document are one, told twice."""
SAME_NUMBER = 0.35
"""Likewise where both carry the same number and address the same, as a front chapter and the last one do."""
MANY = 500
"""Demands in one document; a report has some ten. Of more, only neighbours are compared, so that time stays bounded."""
ID_DIGITS = 12
"""Hexadecimal digits of an id: no two statements of a library share 48 bits by chance."""


def statements(name: DocumentId, document: Document, tags: Sequence[Tag], taxonomy: Taxonomy) -> tuple[Statement, ...]:
    """Return the recommendations of a document, then its findings, each in order of place."""
    whole = sorted((tag for tag in tags if tag.passage is None), key=lambda tag: -tag.strength)
    main = [tag.term for tag in whole if tag.facet == "organisatie"]
    found = demands(document, Addressees(document, taxonomy, main))
    makers = Makers(name, document, tags, taxonomy)
    recommended = tuple(makers.recommendation(one, again) for one, again in fold(document.text, found))
    taken = [Span(one.place.span.start, one.place.span.end) for one in recommended]
    taken += [place.span for one in recommended for place in one.also]
    observed = (one for one in observations(document) if not any(_overlap(one.span, span) for span in taken))
    return (*recommended, *makers.findings(observed))


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def fold(text: str, found: Sequence[Demand]) -> Iterator[tuple[Demand, list[Demand]]]:
    """Yield each demand once, with the places where the same document says it again."""
    bags = [_content(demand.span.of(text)) for demand in found]
    first: list[int] = []
    again: dict[int, list[int]] = {}
    for at, demand in enumerate(found):
        others = first if len(found) <= MANY else first[-1:]
        near = (other for other in others if _may_repeat(found[other], demand, again.get(other, []), found))
        likeness = [(_alike(bags[at], bags[other]), -other) for other in near]
        enough = [pair for pair in likeness if pair[0] >= _needed(found[-pair[1]], demand)]
        if enough:
            again.setdefault(-max(enough)[1], []).append(at)
        else:
            first.append(at)
    for at in first:
        yield found[at], [found[other] for other in again.get(at, [])]


def _may_repeat(one: Demand, other: Demand, known: Sequence[int], found: Sequence[Demand]) -> bool:
    """Tell whether a demand can be another one told again: from another chapter, once per chapter."""
    return one.path != other.path and all(found[at].path != other.path for at in known)


def _needed(one: Demand, other: Demand) -> float:
    """Return how alike two demands must be: less so when they carry one number, and speak to the same or to nobody."""
    if one.number is None or one.number != other.number:
        return SAME
    both = _addressed(one), _addressed(other)
    return SAME_NUMBER if both[0] == both[1] or not all(both) else SAME_NUMBER_ONLY


def _addressed(demand: Demand) -> frozenset[TermId | None]:
    return frozenset(named.organisation for named in demand.addressees)


def _content(text: str) -> Counter[str]:
    words = (
        token for token in dutch.tokens(text) if not token.joined and token.forms.exact not in dutch.FUNCTION_WORDS
    )
    return Counter(token.forms.stem for token in words)


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return 2 * (one & other).total() / max(1, one.total() + other.total())


def statement_id(document: DocumentId, sort: StatementSort, text: str, attempt: int = 0) -> StatementId:
    """Make an id of the document and the words, so that it stays when only the analysis changes.

    `attempt` tells apart sentences that stand in one document more than once.
    """
    seed = f"{document}|{sort}|{' '.join(text.split())}|{attempt}"
    return StatementId(sort[0] + hashlib.sha256(seed.encode()).hexdigest()[:ID_DIGITS])


class Makers:
    """Makes statements of what the rules found in one document."""

    def __init__(self, name: DocumentId, document: Document, tags: Sequence[Tag], taxonomy: Taxonomy) -> None:
        self._name = name
        self._text = document.text
        self._page_at = page_finder(document.pages)
        self._passages = sorted(document.passages, key=lambda passage: passage.span)
        self._starts = [passage.span.start for passage in self._passages]
        found = matches_in(document.text, speakers(document.metadata, taxonomy), taxonomy)
        self._matches = [match for match in found if not match.label.heading_only]
        self._match_starts = [found.span.start for found in self._matches]
        self._chains = tuple(tag.term for tag in tags if tag.passage is None and tag.facet == "keten")
        self._in_passage: dict[str, list[Tag]] = {}
        for tag in tags:
            if tag.passage is not None:
                self._in_passage.setdefault(tag.passage, []).append(tag)
        self._paths = {passage.span.start: passage.path for passage in self._passages}
        self._seen: Counter[tuple[str, str]] = Counter()

    def recommendation(self, demand: Demand, again: Iterable[Demand]) -> Recommendation:
        """Make a recommendation."""
        addressees = tuple(self._addressee(named) for named in demand.addressees)
        organisations = [entry.organisation for entry in addressees if entry.organisation]
        terms = self.terms(demand.span)
        terms["organisations"] = tuple(dict.fromkeys((*organisations, *terms["organisations"])))
        return Recommendation(
            id=self._id("aanbeveling", demand.span),
            place=self.place(demand.span),
            passage_start=self.passage_start(demand.span),
            path=demand.path,
            kind=demand.kind,
            rules=demand.rules,
            certainty=demand.certainty,
            strength=demand.strength,
            number=demand.number,
            addressees=addressees,
            also=tuple(self.place(other.span) for other in again),
            **terms,
        )

    def findings(self, observed: Iterable[Observation]) -> Iterator[Finding]:
        """Make findings."""
        for one in observed:
            yield Finding(
                id=self._id("bevinding", one.span),
                place=self.place(one.span),
                passage_start=self.passage_start(one.span),
                path=self.path(one.span),
                kind=one.kind,
                rules=one.rules,
                certainty=one.certainty,
                polarity=one.polarity,
                **self.terms(one.span),
            )

    def terms(self, span: Span) -> dict[str, Any]:
        """Return chains, themes and organisations of a statement at this place, by field."""
        return {
            "chains": self._terms(span, "keten") or self._chains,
            "themes": self._terms(span, "thema"),
            "organisations": self._named(span, "organisatie"),
            "phenomena": tuple(self._told(span)),
        }

    def _told(self, span: Span) -> Iterator[TermId]:
        index = bisect_right(self._starts, span.start) - 1
        for tag in self._in_passage.get(self._passages[index].id, ()) if index >= 0 else ():
            its = [one.span for one in tag.evidence]
            if tag.facet in TOLD and any(one.start < span.end and span.start < one.end for one in its):
                yield tag.term

    def passage_start(self, span: Span) -> int:
        """Return where the passage that holds a place begins."""
        index = bisect_right(self._starts, span.start) - 1
        return self._starts[index] if index >= 0 else 0

    def path(self, span: Span) -> tuple[str, ...]:
        """Return the headings above a place."""
        return self._paths.get(self.passage_start(span), ())

    def place(self, span: Span) -> Place:
        """Return a place with its words and page."""
        page = self._page_at(span.start)
        return Place(span, span.of(self._text), page.number if page else None)

    def _id(self, sort: StatementSort, span: Span) -> StatementId:
        text = span.of(self._text)
        seen = self._seen[sort, text]
        self._seen[sort, text] += 1
        return statement_id(self._name, sort, text, seen)

    def _addressee(self, named: Named) -> Addressee:
        return Addressee(self.place(named.span), named.organisation)

    def _named(self, span: Span, facet: str) -> tuple[TermId, ...]:
        """Return the terms of a facet that stand in a span."""
        at = bisect_right(self._match_starts, span.start - 1)
        found: list[TermId] = []
        while at < len(self._matches) and self._match_starts[at] < span.end:
            match = self._matches[at]
            if match.term.facet == facet and span.holds(match.span) and (match.is_name or facet != "organisatie"):
                found.append(match.term.id)
            at += 1
        return tuple(dict.fromkeys(found))

    def _terms(self, span: Span, facet: str) -> tuple[TermId, ...]:
        """Return the terms that stand in a span, or else those of its passage."""
        own = self._named(span, facet)
        index = bisect_right(self._starts, span.start) - 1
        if own or index < 0:
            return own
        tags = self._in_passage.get(self._passages[index].id, ())
        return tuple(dict.fromkeys(tag.term for tag in tags if tag.facet == facet))
