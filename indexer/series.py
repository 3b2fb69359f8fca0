"""Which recommendations recur: the same demand in publications that stand on their own, in order of date.

Pairs that may be one (`indexer.demands`) are joined from the most alike down, as long as the members of two groups are
alike on average (average-link clustering; Sokal and Michener, 1958): a chain of ever other demands is no series. An
echo, an annex or a minister's reaction repeats its publication, and makes no recurrence.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence

from indexer.collected import Collected
from indexer.demands import SAME, Demand, alike, background, demands
from kennisbank.likeness.shared import Shared, shared
from kennisbank.model import DocumentId, Span, StatementId, TermId
from kennisbank.recurrence import Grade, Member, Role, Series, SeriesLink, to_json
from kennisbank.store import Connection, Record
from kennisbank.taxonomy import Taxonomy

AVERAGE = 0.25
"""Likeness on average from which two groups are one series."""
LARGEST = 40
"""Members; what grows beyond is a subject, not a demand."""
ONE_PUBLICATION = frozenset({"echo", "bijlage", "heruitgave", "zelfde-publicatie", "beleidsreactie"})
"""Relations that tie documents to one publication."""
TITLE_LENGTH = 110
_AGAIN = re.compile(
    r"\b(opnieuw|nogmaals|wederom|herhaalt|herhalen|eerder aanbevolen|eerdere aanbeveling|al eerder|alsnog"
    r"|zoals in (?:19|20)\d\d|voor het (?:tweede|derde|vierde|vijfde) jaar)\b",
    re.I,
)
"""Words by which a text says itself that it asks again."""
_SHARPER = re.compile(
    r"\b(uiterlijk|v[oó]{2}r \d|voor \d{1,2} |binnen (?:\w+ )?(?:dag|dagen|week|weken|maand|maanden|jaar)"
    r"|niet langer|alsnog|ook in het weekend|onmiddellijk|per direct|schriftelijk|niet alleen)\b",
    re.I,
)
_WIDER = re.compile(
    r"\b(alle ketens|ketenbreed|landelijk|overal|voor (?:alle|iedere|elke)|in (?:alle|iedere|elke)|zowel .{3,60} als"
    r"|enerzijds|beide organisaties|vergelijkbare)\b",
    re.I,
)
_STRENGTH = {"aandacht": 0, "wenselijk": 1, "dringend": 2, "formeel": 3}
MINISTRY = frozenset({"org:minjenv"})


def series(given: Collected) -> Iterator[Connection]:
    """Yield every recurring recommendation."""
    found = demands(given.record, given.taxonomy)
    said = list(_decided(found, given))
    made = _Making(found, given.record, given.taxonomy, said)
    for group in made.groups():
        one = made.series(group)
        yield Connection(one.id, None, to_json(one))


def _decided(found: Sequence[Demand], given: Collected) -> Iterator[tuple[bool, int, int]]:
    """Yield what people said of pairs of demands: whether they are one, and which; the last word on each counts."""
    by_id = {demand.said.id: at for at, demand in enumerate(found)}
    latest: dict[tuple[int, int], bool] = {}
    for row in given.record.ledger():
        for entry in given.corrections:
            other = by_id.get(StatementId(entry.term))
            if entry.soort != "reeks" or other is None or not entry.holds_for(row):
                continue
            mine = [at for at, one in enumerate(found) if one.document == row.id and _says(one, entry.tekst)]
            for at in mine[:1]:
                latest[min(at, other), max(at, other)] = entry.actie == "bevestig"
    return ((one, *pair) for pair, one in latest.items())


def _says(demand: Demand, text: str) -> bool:
    return demand.said.place.text.split() == text.split()


class _Making:
    """Works out groups of demands, and what a group is."""

    def __init__(
        self,
        found: Sequence[Demand],
        record: Record,
        taxonomy: Taxonomy,
        decided: Sequence[tuple[bool, int, int]] = (),
    ) -> None:
        self._found = found
        self._confirmed = [(one, other) for yes, one, other in decided if yes]
        self._refused = {(one, other) for yes, one, other in decided if not yes}
        self._taxonomy = taxonomy
        self._publication = _publications(record)
        near = alike(found, background(record, taxonomy))
        self._weights = near.weights
        self._scores = {pair: score for pair, score in near.pairs.items() if self._independent(*pair)}
        self._areas = _areas(record)

    def _independent(self, one: int, other: int) -> bool:
        return self._of(one) != self._of(other)

    def _of(self, position: int) -> DocumentId:
        document = self._found[position].document
        return self._publication.get(document, document)

    def groups(self) -> list[list[int]]:
        """Return groups of at least two publications, each in order of date."""
        ordered = sorted(self._scores.items(), key=lambda entry: (-entry[1], entry[0]))
        within = {position: [position] for position in range(len(self._found))}
        for one, other in self._confirmed:
            if within[one] is not within[other]:
                within[one].extend(within[other])
                within.update(dict.fromkeys(within[other], within[one]))
        for (one, other), score in ordered:
            ours, theirs = within[one], within[other]
            if ours is theirs or len(ours) + len(theirs) > LARGEST or self._apart(ours, theirs):
                continue
            if score >= SAME and self._average(ours, theirs) >= AVERAGE:
                ours.extend(theirs)
                within.update(dict.fromkeys(theirs, ours))
        different = {id(group): sorted(group) for group in within.values()}
        return [group for group in different.values() if len({self._of(one) for one in group}) > 1]

    def _apart(self, ours: Sequence[int], theirs: Sequence[int]) -> bool:
        """Tell whether a person said that two of these are not one."""
        return any((min(one, other), max(one, other)) in self._refused for one in ours for other in theirs)

    def _average(self, ours: Sequence[int], theirs: Sequence[int]) -> float:
        scores = [
            self._scores.get((min(one, other), max(one, other)), 0.0)
            for one in ours
            for other in theirs
            if self._independent(one, other)
        ]
        return sum(scores) / len(scores) if scores else 0.0

    def series(self, group: Sequence[int]) -> Series:
        """Return what a group of demands, oldest first, is."""
        chosen = [self._found[at] for at in group]
        name = hashlib.sha256(chosen[0].said.id.encode()).hexdigest()[:12]
        members = tuple(self._member(group, at) for at in range(len(group)))
        links = [member.link for member in members if member.link]
        terms = dict.fromkeys(term for link in links for term in link.shared)
        return Series(
            id=name,
            grade=self._grade(chosen),
            title=_title(chosen),
            members=members,
            chains=tuple(dict.fromkeys(chain for one in chosen for chain in self._chains(one))),
            organisations=tuple(dict.fromkeys(name for one in chosen for name in addressed(one))),
            themes=tuple(dict.fromkeys(theme for one in chosen for theme in one.said.themes)),
            shared=tuple(sorted(terms, key=lambda term: -sum(term in link.shared for link in links)))[:8],
        )

    def _member(self, group: Sequence[int], at: int) -> Member:
        demand = self._found[group[at]]
        earlier = [self._found[one] for one in group[:at]]
        role, why = role_of(demand, earlier)
        return Member(
            recommendation=demand.said.id,
            document=demand.document,
            publication=self._of(group[at]),
            date=demand.date,
            role=role,
            why=why,
            link=self._link(group, at) if at else None,
        )

    def _link(self, group: Sequence[int], at: int) -> SeriesLink:
        demand = self._found[group[at]]
        scored = {one: self._scores.get((min(one, group[at]), max(one, group[at])), 0.0) for one in group[:at]}
        sure = {one for pair in self._confirmed for one in pair if group[at] in pair}
        best = max(scored, key=lambda one: (one in sure, scored[one], -one))
        earlier = self._found[best]
        both = self._shared(demand, earlier)
        again = _AGAIN.search(demand.said.place.text)
        confirmed = (min(best, group[at]), max(best, group[at])) in self._confirmed
        return SeriesLink(
            sort="mens" if confirmed else "verwijzing" if again else "gelijkenis",
            to=earlier.said.id,
            score=round(min(scored[best], 1.0), 3),
            shared=both.terms,
            here=_shifted(both.here, demand),
            there=_shifted(both.there, earlier),
            why=f"zegt zelf ‘{again[0]}’" if again else "",
        )

    def _shared(self, demand: Demand, earlier: Demand) -> Shared:
        def label(name: str) -> str | None:
            return self._taxonomy.terms[TermId(name)].label

        here, there = (
            [feature for feature in one.features if not feature.key.startswith("~")] for one in (demand, earlier)
        )
        return shared(here, there, earlier.said.place.text, lambda key: self._weights.get(key, 0.0), label)

    def _chains(self, demand: Demand) -> tuple[TermId, ...]:
        """Return the chains of a demand; where it lies in none, the areas of its document."""
        return demand.said.chains or self._areas.get(demand.document, ())

    def _grade(self, chosen: Sequence[Demand]) -> Grade:
        organisations = [set(addressed(one)) for one in chosen]
        if set.intersection(*organisations):
            return "organisatie"
        return "keten" if set.intersection(*(set(self._chains(one)) for one in chosen)) else "ketenoverstijgend"


def addressed(demand: Demand) -> tuple[TermId, ...]:
    """Return the organisations a demand is addressed to."""
    return tuple(entry.organisation for entry in demand.said.addressees if entry.organisation)


def role_of(demand: Demand, earlier: Sequence[Demand]) -> tuple[Role, str]:
    """Return what a demand is to those before it, and why: to more or higher is wider, stronger or dated is sharper."""
    if not earlier:
        return "eerste", ""
    before = {name for one in earlier for name in addressed(one)}
    mine = set(addressed(demand))
    text = demand.said.place.text
    if mine & MINISTRY and not before & MINISTRY:
        return "verbreed", "nu gericht aan de minister"
    if len(mine) > 1 and len(mine) > max(len(addressed(one)) for one in earlier):
        return "verbreed", "gericht aan meer partijen"
    wider = _WIDER.search(text)
    if wider and not any(_WIDER.search(one.said.place.text) for one in earlier):
        return "verbreed", f"met ‘{wider[0]}’"
    sharper = _SHARPER.search(text)
    if sharper and not any(_SHARPER.search(one.said.place.text) for one in earlier):
        return "aangescherpt", f"met ‘{sharper[0].strip()}’"
    same = [one for one in earlier if set(addressed(one)) & mine]
    if same and _STRENGTH[demand.said.strength] > max(_STRENGTH[one.said.strength] for one in same):
        return "aangescherpt", "dringender dan eerder"
    return "herhaald", ""


def _title(chosen: Sequence[Demand]) -> str:
    """Return the shortest demand that says it, cut at a word."""
    text = min((" ".join(one.said.place.text.split()) for one in chosen), key=lambda text: (len(text) < 40, len(text)))
    text = text[:1].upper() + text[1:]
    return text if len(text) <= TITLE_LENGTH else f"{text[:TITLE_LENGTH].rsplit(' ', 1)[0]} …"


def _shifted(spans: Sequence[Span], demand: Demand) -> tuple[Span, ...]:
    start = demand.said.place.span.start
    return tuple(Span(start + span.start, start + span.end) for span in spans)


def _publications(record: Record) -> Mapping[DocumentId, DocumentId]:
    """Return of each document that is part of a publication, one document that stands for all of it."""
    head: dict[DocumentId, DocumentId] = {}

    def of(name: DocumentId) -> DocumentId:
        while head.get(name, name) != name:
            name = head[name]
        return name

    for relation in record.relations():
        if relation.kind in ONE_PUBLICATION:
            head[max(of(relation.source), of(relation.target))] = min(of(relation.source), of(relation.target))
    return {name: of(name) for name in head}


def _areas(record: Record) -> dict[DocumentId, tuple[TermId, ...]]:
    found: dict[DocumentId, tuple[TermId, ...]] = {}
    for document, facet, term in record.document_terms():
        if facet == "gebied":
            found[document] = (*found.get(document, ()), term)
    return found
