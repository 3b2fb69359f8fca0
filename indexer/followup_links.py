"""Which earlier recommendation is meant: by the report that is named or answered, its number, and shared words.

A number or rank in a report that is known beats words; words must be clearly nearer to one recommendation than to any
other. What is only like it is a proposal.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from indexer import followup_cues as cues
from indexer.followup import FOLLOWING, Found
from indexer.relations import is_distinct, mentions
from kennisbank import dutch
from kennisbank.model import SHOWN_CERTAINTY, Document, DocumentId, Metadata, Recommendation, Relation

BY_NUMBER, BY_ORDER, BY_ALL, BY_WORDS = 0.95, 0.85, 0.8, 0.75
"""Certainty of a link by number as printed, by rank where nothing is numbered, with all, by words in a known report."""
BY_YEAR = 0.6
"""Likewise by words in a report of a year that is named."""
PROPOSED = 0.4
"""Certainty of a link by words alone, in a report that is not named."""
ENOUGH = 0.28
"""Share of the weight of the words of the shorter side that both must have."""
CLEARLY = 1.25
"""So much nearer must the best one be than the next."""
FAR = 0.45
"""As `ENOUGH`, in a report that is not named."""
FRONT = 4_000
"""Characters from the start in which a follow-up says what it follows up."""
COVERED, AHEAD = 0.55, 0.08
"""Share of the words of a report's recommendations that a follow-up has, and how much more than of any other report."""
_FROM = re.compile(r"\b(?:aanbevelingen|vragen|punten|adviezen) (?:uit|van) (?:\w+ )?((?:19|20)\d\d)\b")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


@dataclass(frozen=True, slots=True)
class Link:
    """A recommendation that is meant."""

    recommendation: Recommendation
    certainty: float
    reasons: tuple[str, ...]
    shared: tuple[str, ...] = ()


class Earlier:
    """The recommendations of a library, for finding the one that is meant."""

    def __init__(
        self,
        recommendations: Mapping[DocumentId, Sequence[Recommendation]],
        metadata: Mapping[DocumentId, Metadata],
        relations: Sequence[Relation],
    ) -> None:
        self._known = {
            name: [one for one in said if one.certainty >= SHOWN_CERTAINTY] for name, said in recommendations.items()
        }
        self._metadata = metadata
        self._answered: dict[DocumentId, list[DocumentId]] = {}
        for relation in relations:
            if relation.kind in ("beleidsreactie", "vervolg", "echo"):
                self._answered.setdefault(relation.source, []).append(relation.target)
        frequency: Counter[str] = Counter()
        for said in self._known.values():
            for one in said:
                frequency.update(set(_stems(one.place.text)))
        total = sum(len(said) for said in self._known.values())
        self._guesses: dict[DocumentId, DocumentId | None] = {}
        self._weights = {stem: math.log((total + 1) / count) for stem, count in frequency.items()}

    def answered(self, name: DocumentId) -> list[DocumentId]:
        """Return the documents with recommendations that a document answers, follows up or tells of."""
        return [target for target in self._answered.get(name, ()) if self._known.get(target)]

    def linked(
        self, name: DocumentId, document: Document, found: Sequence[Found]
    ) -> Iterator[tuple[Found, list[Link]]]:
        """Yield what a document says with the recommendations that each speaks of; none where that is not known."""
        titles = {
            other: metadata.title
            for other, metadata in self._metadata.items()
            if other != name and self._known.get(other) and is_distinct(metadata.title)
        }
        places = sorted((span.start, other) for other, spans in mentions(document, titles).items() for span in spans)
        for one in found:
            yield one, self._links(name, document, one, places)

    def _links(
        self, name: DocumentId, document: Document, one: Found, places: Sequence[tuple[int, DocumentId]]
    ) -> list[Link]:
        targets, why = self._targets(name, document, one, places)
        if one.numbers and why:
            linked = [
                link for target in targets for number in one.numbers if (link := self._numbered(target, number, why))
            ]
            if len(targets) == 1 or not linked:
                return linked
            return self._by_words(document, one, [link.recommendation for link in linked], why, BY_WORDS) or linked[:1]
        candidates = [said for target in targets for said in self._known[target]]
        if one.of_all and len(targets) == 1 and why and self._fits(targets[0], document, one):
            return [Link(said, BY_ALL, (why, "spreekt van alle aanbevelingen")) for said in candidates]
        if candidates:
            return self._by_words(document, one, candidates, why, BY_WORDS if why else BY_YEAR)
        mine = self._metadata[name].dates.best or ""
        wide = [
            said
            for other, its in self._known.items()
            if other != name and (self._metadata[other].dates.best or "9") < mine
            for said in its
        ]
        return self._by_words(document, one, wide, "", PROPOSED)

    def _targets(
        self, name: DocumentId, document: Document, one: Found, places: Sequence[tuple[int, DocumentId]]
    ) -> tuple[list[DocumentId], str]:
        """Return the documents that can be meant, and why: named nearby, of the year named, answered as a whole."""
        if one.of_own:
            return ([name] if self._known.get(name) else []), "reactie op dit stuk zelf"
        start = one.heading.start if one.heading else one.block.start
        near = [other for at, other in places if start <= at <= one.block.end]
        answered = self.answered(name)
        years = {match[0] for match in _YEAR.finditer(one.block.of(document.text))}
        chosen = list(dict.fromkeys(near)) or answered
        why = "noemt de titel van het rapport" if near else "dit stuk gaat over dat rapport"
        if not chosen and document.metadata.kind in (*FOLLOWING, "plan-van-aanpak"):
            named = list(dict.fromkeys(other for _, other in places))
            chosen, why = (named, "noemt alleen de titel van dit rapport") if len(named) == 1 else ([], why)
        if not chosen and (guess := self._guessed(name, document)):
            chosen, why = [guess], "noemt het jaar van dat rapport, en deelt de woorden van zijn aanbevelingen"
        if not chosen:
            mine = (self._metadata[name].dates.best or "")[:4]
            chosen = [
                other
                for other in self._known
                if self._known[other] and self._year(other) in years and self._year(other) < mine and other != name
            ]
            return chosen, ""
        family = {*chosen, *(source for source, its in self._answered.items() if set(its) & set(chosen))} - {name}
        of_year = [
            other for other in family if self._year(other) in self._years_near(document, one) and self._known.get(other)
        ]
        if near and of_year and not any(other in of_year for other in chosen):
            return sorted(of_year), f"{why}, en het jaar"
        if near and not one.numbers:
            chosen = [
                *chosen,
                *(
                    other
                    for other in sorted(family - set(chosen))
                    if self._year(other) in years and self._known.get(other)
                ),
            ]
        return chosen, why

    def _guessed(self, name: DocumentId, document: Document) -> DocumentId | None:
        """Return the report that a follow-up without its title must mean: of a year named in front, with its words."""
        if document.metadata.kind not in FOLLOWING:
            return None
        if name not in self._guesses:
            years = {match[0] for match in _YEAR.finditer(document.text[:FRONT])} - {self._year(name)}
            words = _stems(document.text)
            scored = sorted(
                (sum(self._weight(words & _stems(one.place.text)) for one in said) / self._total(said), other)
                for other, said in self._known.items()
                if said and other != name and self._year(other) in years and self._year(other) < self._year(name)
            )
            best, second = scored[-1] if scored else (0.0, None), scored[-2][0] if len(scored) > 1 else 0.0
            self._guesses[name] = best[1] if best[0] >= COVERED and best[0] >= second + AHEAD else None
        return self._guesses[name]

    def _total(self, said: Sequence[Recommendation]) -> float:
        return sum(self._weight(_stems(one.place.text)) for one in said) or 1.0

    def _fits(self, target: DocumentId, document: Document, one: Found) -> bool:
        """Tell whether a year that is said of all recommendations is that of the report."""
        said = _FROM.findall(one.span.of(document.text))
        return not said or self._year(target) in said

    def _years_near(self, document: Document, one: Found) -> set[str]:
        return {match[0] for match in _YEAR.finditer(one.about[-1 if one.rule == "U2" else 0].of(document.text))}

    def _year(self, name: DocumentId) -> str:
        return (self._metadata[name].dates.best or "")[:4]

    def _numbered(self, target: DocumentId, number: int, why: str) -> Link | None:
        """Return the recommendation of a document with this number, or of this rank where none is numbered."""
        said = self._known[target]
        printed = [cues.as_number(one.number) if one.number else 0 for one in said]
        if all(printed) and len(set(printed)) == len(printed):
            if number not in printed:
                return None
            one = said[printed.index(number)]
            return Link(one, BY_NUMBER, (why, f"noemt nummer {one.number}"))
        if number <= len(said):  # numbering is absent, or begins anew for every addressee
            return Link(said[number - 1], BY_ORDER, (why, f"noemt nummer {number}, in volgorde van het rapport"))
        return None

    def _by_words(
        self, document: Document, one: Found, candidates: Sequence[Recommendation], why: str, certainty: float
    ) -> list[Link]:
        """Return the recommendation that has clearly more words of the place than others, from near to far."""
        enough = ENOUGH if why else FAR
        for span in one.about:
            words = _stems(span.of(document.text))
            scored = sorted(
                ((self._likeness(words, said), -at, said) for at, said in enumerate(candidates)),
                key=lambda entry: entry[:2],
                reverse=True,
            )
            if not scored:
                return []
            best, second = scored[0], scored[1][0] if len(scored) > 1 else 0.0
            if best[0] >= enough and best[0] >= CLEARLY * second:
                shared = self._shared(words, best[2])
                if len(shared) > 1 or (why and shared and len(candidates) < 12):
                    reasons = (*((why,) if why else ()), "deelt woorden met de aanbeveling")
                    return [Link(best[2], certainty, reasons, shared)]
        return []

    def _likeness(self, words: frozenset[str], said: Recommendation) -> float:
        its = _stems(said.place.text)
        shared = self._weight(words & its)
        return shared / max(1.0, min(self._weight(words), self._weight(its))) if shared else 0.0

    def _weight(self, words: frozenset[str]) -> float:
        return sum(self._weights.get(word, 1.0) for word in words)

    def _shared(self, words: frozenset[str], said: Recommendation) -> tuple[str, ...]:
        its = words & _stems(said.place.text)
        shown = [
            token.forms.exact
            for token in dutch.tokens(said.place.text)
            if token.forms.stem in its or any(part.stem in its for part in token.forms.parts)
        ]
        return tuple(dict.fromkeys(shown))


_IDLE = frozenset("aanbeveling inspectie vraag punt opvolgen opgevolgd overgenomen geborgd nem neemt moet zorg".split())


@lru_cache(maxsize=20_000)
def _stems(text: str) -> frozenset[str]:
    """Return the stems of a text and of the parts of its compounds, without words that every such text has."""
    found = set()
    for token in dutch.tokens(text):
        if token.joined or token.forms.exact in dutch.FUNCTION_WORDS or len(token.forms.exact) < 3:
            continue
        if not token.forms.exact[0].isalpha() or token.forms.lemma in _IDLE or token.forms.exact in _IDLE:
            continue
        found.add(token.forms.stem)
        found.update(part.stem for part in token.forms.parts if len(part.stem) > 2)
    return frozenset(found)
