"""What came of a commitment? The publications that carried it out and the jaarbericht that accounts for it.

A publication carries a commitment out when it appeared after it and near its period, and its title has the words of the
commitment: names of chains, of large organisations and words that any report has do not count. An explicit reference
(*vervolg op*) is a strong link. A link without shared words of the title is proposed, never asserted.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.plans import content_stems
from kennisbank import dutch
from kennisbank.commitments import ASSERTED, Commitment, CommitmentLink, Standing
from kennisbank.model import REPORT_KINDS, Document, DocumentId, Metadata, Place, Relation, Span, page_finder
from kennisbank.taxonomy import Taxonomy

CARRIES = frozenset(
    {*REPORT_KINDS, "brief", "signaal", "factsheet", "periodiek-beeld", "bij-nadere-inspectie", "plan-van-aanpak"}
    | {"meerjarenperspectief", "toetsingskader"}
)
"""Kinds in which a commitment is carried out."""
LATE = 1
"""Years after its period in which a publication may still be the one meant."""
COVERED = 0.4
"""Share of a title's weight that must stand in the commitment for a link to be asserted."""
PROPOSED = 0.7
"""Share of a commitment's weight in the opening of a publication from which it is proposed."""
OPENING = 4000
"""Code points at the beginning of a publication in which it says what it is about."""
ABOUT = 0.5
"""Share of a commitment's weight that must stand in that opening for a link on one word of the title to be asserted."""
TITLE = 0.15
"""Share of a title's weight that must then stand in the commitment."""
ACCOUNTED = 0.2
"""Cosine of weighted words, of which at least two are shared, from which a sentence of a jaarbericht is about a
commitment."""
_GENERIC = """onderzoek onderzoeken vervolgonderzoek rapport brief plan aanpak toezicht inspectie inspecties justitie
veiligheid kwaliteit organisatie organisaties werkprogramma jaarbericht gepubliceerd publicatie publiceren publiceert
uitvoering jaar kwartaal voorjaar najaar helft eerste tweede derde vierde start starten nieuw nieuwe opnieuw wordt
verschijnt verschijnen bevindingen uitkomsten resultaten aanbevelingen verslag vervolg opvolging incidentonderzoek
bezoek brengt gaat keten ketens naar deze minister staatssecretaris medewerkers mensen regio komen komt houdt
januari februari maart april juni juli augustus september oktober november december uitgevoerd loopt gestart voorzien
wijze manier waarop verwachting drie twee vier vijf twaalf zullen zowel voeren voert kijkt vraagt stelt zet
gezicht later terug programma voornemen verbetering verbeteringen verbeteren verbeterd maatregel maatregelen probleem
problemen nodig niemand eerdere eerder elk elke ieder iedere""".split()
_BACK = re.compile(
    r"^(?:(?:het|dit|de|deze) (?:rapport|onderzoek|uitkomsten|bevindingen|resultaten|publicatie|veldwerk|plan van"
    r" aanpak|brief|bezoek\w*)\b|(?:wel |daarbij |dan |pas daarna |hierover |daarover |daarvoor |intussen )?\w* ?"
    r"(?:zij|ze|dit|hiernaar|daarnaar|daarin|ermee)\b|dan\b|daarbij\b|hierover\b|pas daarna\b)",
    re.IGNORECASE,
)
"""How a sentence begins that needs the ones before it to say what it is about."""
_AGAIN = re.compile(
    r"\b(?:vervolg\w*|terug|opnieuw|aanbevelingen|opvolging|wat ermee is gedaan|opgevolgd)\b", re.IGNORECASE
)
_STANDINGS: tuple[tuple[Standing, re.Pattern[str]], ...] = (
    (
        "geschrapt",
        re.compile(
            r"\b(?:geschrapt|verva(?:lt|llen)|ingetrokken|niet uitgevoerd|niet gestart|afgezien|niet doorgegaan"
            r"|ging niet door|kwam er niet|gestopt|beëindigd|niet verschenen)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "uitgesteld",
        re.compile(r"\b(?:uitgesteld|verschoven|doorgeschoven|verschuift|vertraagd|vertraging|opgeschort)\b", re.I),
    ),
    (
        "gepubliceerd",
        re.compile(
            r"\b(?:uitgevoerd|gepubliceerd|publiceerde[n]?|verscheen|verschenen|afgerond|uitgebracht|brachten|bracht"
            r"|verzonden|gereed|aangeboden|bezochten|deden|gedaan)\b",
            re.IGNORECASE,
        ),
    ),
    ("loopt", re.compile(r"\b(?:loopt|lopend\w*|gestart|begonnen|startte[n]?|in uitvoering|werken aan)\b", re.I)),
)


@dataclass(frozen=True, slots=True)
class Publication:
    """A document that may be linked to, with what its title is about."""

    id: DocumentId
    metadata: Metadata
    words: frozenset[str]
    opening: frozenset[str]
    """Words of the title and of where the text begins."""
    place: Place
    """Its title or subtitle in the text, whichever says most, or else where the text begins."""

    @property
    def year(self) -> int:
        """The year in which it appeared."""
        return int((self.metadata.dates.best or "0")[:4])


@dataclass(frozen=True, slots=True)
class _Unit:
    """A sentence or row of a jaarbericht."""

    report: Publication
    place: Place
    words: frozenset[str]


class CarriedOut:
    """Links commitments to what came of them."""

    def __init__(
        self,
        documents: Iterable[tuple[DocumentId, Document]],
        relations: Iterable[Relation],
        taxonomy: Taxonomy,
        chains: Mapping[DocumentId, frozenset[str]] | None = None,
    ) -> None:
        self._chains = chains or {}
        self._common = _common_words(taxonomy)
        self._publications: list[Publication] = []
        self._units: dict[int, list[_Unit]] = defaultdict(list)
        self._titles: dict[DocumentId, frozenset[str]] = {}
        newest = ""
        for name, document in documents:
            made = self._publication(name, document)
            newest = max(newest, document.metadata.dates.best or "")
            self._titles[name] = made.words
            if document.metadata.kind == "jaarbericht":
                for year in _years_of(made):
                    self._units[year] += self._units_of(made, document)
            elif document.metadata.kind in CARRIES and _overseer(document.metadata):
                self._publications.append(made)
        self.newest = newest
        known = list(relations)
        self._follows = {(one.source, one.target) for one in known if one.kind == "vervolg"}
        self._told_of = {(one.source, one.target) for one in known if one.kind in ("echo", "bijlage")}
        units = {unit.place: unit for found in self._units.values() for unit in found}
        self._unit_counts = Counter(word for unit in units.values() for word in unit.words)
        self._unit_total = len(units)
        self._opening_counts = Counter(word for one in self._publications for word in one.opening)
        self._title_counts = Counter(word for words in self._titles.values() for word in words)

    def linked(self, one: Commitment, refused: Callable[[Commitment, CommitmentLink], bool]) -> Commitment:
        """Return a commitment with its standing and links, less those that are refused."""
        words = self._words_of(one)
        found = (*self._carried(one, words), *self._accounted(one, words))
        links = tuple(link for link in found if not refused(one, link))
        standing, why = self._standing(one, links)
        return replace(one, links=links, standing=standing, why=why)

    # What it is about

    def _words_of(self, one: Commitment) -> frozenset[str]:
        own = self._informative(one.place.text)
        if _BACK.search(one.place.text) or len(own) < 2:
            own |= self._informative(one.context)
        if len(own) < 2 or (_AGAIN.search(one.place.text) and one.year != one.last_year):
            own |= self._titles.get(one.document, frozenset())
        return own

    def _informative(self, text: str) -> frozenset[str]:
        stems = content_stems(text) | _part_stems(text)
        return frozenset(stem for stem in stems if not stem.isdigit()) - self._common

    def _publication(self, name: DocumentId, document: Document) -> Publication:
        metadata = document.metadata
        title = f"{metadata.title} {metadata.subtitle or ''}"
        told = max((metadata.title, metadata.subtitle or ""), key=lambda part: len(self._informative(part)))
        at = document.text.find(told)
        first = document.blocks[0].span if document.blocks else Span(0, 0)
        span = Span(at, at + len(told)) if at >= 0 else first
        page = page_finder(document.pages)(span.start)
        place = Place(span, span.of(document.text), page.number if page else None)
        words = self._informative(title)
        carries = metadata.kind in CARRIES
        opening = words | self._informative(document.text[:OPENING]) if carries else words
        return Publication(name, metadata, words, opening, place)

    def _units_of(self, report: Publication, document: Document) -> Iterator[_Unit]:
        page_at = page_finder(document.pages)
        for block in document.blocks:
            if block.kind not in ("paragraph", "item", "table"):
                continue
            text = block.span.of(document.text)
            lines = [Span(*match.span()) for match in re.finditer(r"[^\n]+", text)]
            for span in lines if block.kind == "table" else dutch.sentences(text):
                page = page_at(block.span.start + span.start)
                whole = Span(block.span.start + span.start, block.span.start + span.end)
                place = Place(whole, whole.of(document.text), page.number if page else None)
                yield _Unit(report, place, self._informative(place.text))

    # Who carried it out

    def _carried(self, one: Commitment, words: frozenset[str]) -> Iterator[CommitmentLink]:
        if one.negated:
            return
        scored = []
        for publication in self._publications:
            if publication.id == one.document or not self._in_time(one, publication):
                continue
            link = self._link(one, publication, words)
            if link:
                scored.append(link)
        if not scored:
            yield from self._proposed(one, words)
        best = max((link.score for link in scored), default=0.0)
        yield from sorted((link for link in scored if link.score >= best - 0.1), key=lambda link: -link.score)

    def _proposed(self, one: Commitment, words: frozenset[str]) -> Iterator[CommitmentLink]:
        """Propose the publication of the same chain and period that says most of it, though its title does not."""
        near = [
            (self._about(words, publication), publication)
            for publication in self._publications
            if publication.id != one.document
            and self._in_time(one, publication)
            and set(one.chains) & self._chains.get(publication.id, frozenset())
            and not publication.words & words
        ]
        about, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
        if best is not None and about >= PROPOSED and len(words & best.opening) >= 3:
            yield CommitmentLink(
                document=best.id,
                sort="uitvoering",
                score=round(0.3 + 0.25 * about, 3),
                shared=tuple(sorted(words & best.opening)),
                reasons=("zelfde keten", f"verschenen in {best.year}", "de titel heeft geen woord van het voornemen"),
                place=best.place,
            )

    def _in_time(self, one: Commitment, publication: Publication) -> bool:
        first, last = one.year or 0, one.last_year or one.year or 0
        plan_only = publication.metadata.kind == "plan-van-aanpak" and "plan van aanpak" not in one.place.text
        return not plan_only and min(first, last) <= publication.year <= last + LATE

    def _link(self, one: Commitment, publication: Publication, words: frozenset[str]) -> CommitmentLink | None:
        shared = publication.words & words
        weights = {word: self._title_weight(word) for word in publication.words}
        covered = sum(weights[word] for word in shared) / (sum(weights.values()) or 1)
        follows = bool(_AGAIN.search(one.place.text)) and any(
            source == publication.id and (target == one.document or (one.document, target) in self._told_of)
            for source, target in self._follows
        )
        reasons = []
        if shared:
            reasons.append("de titel heeft woorden van het voornemen")
        if follows:
            reasons.append("het stuk noemt zich een vervolg op dit document")
        reasons.append(f"verschenen in {publication.year}")
        if follows:
            score = 0.9
        elif (len(shared) >= 2 and covered >= COVERED) or (
            shared and covered >= TITLE and self._about(words, publication) >= ABOUT
        ):
            score = ASSERTED + 0.35 * (covered + self._about(words, publication)) / 2
        else:
            return None
        return CommitmentLink(
            document=publication.id,
            sort="uitvoering",
            score=round(score, 3),
            shared=tuple(sorted(shared)),
            reasons=tuple(reasons),
            place=publication.place,
        )

    def _about(self, words: frozenset[str], publication: Publication) -> float:
        """Return which share of a commitment's weight stands in the opening of a publication."""
        total = len(self._publications)
        weights = {word: math.log((total + 1) / (self._opening_counts[word] + 0.5)) for word in words}
        return sum(weights[word] for word in words & publication.opening) / (sum(weights.values()) or 1)

    def _title_weight(self, word: str) -> float:
        return math.log((len(self._titles) + 1) / (self._title_counts[word] + 0.5))

    # Who accounts for it

    def _accounted(self, one: Commitment, words: frozenset[str]) -> Iterator[CommitmentLink]:
        best: dict[DocumentId, tuple[float, _Unit]] = {}
        years = {year for year in (one.year, one.last_year) if year}
        for unit in (unit for year in years for unit in self._units.get(year, ())):
            if unit.report.id == one.document or len(shared := unit.words & words) < 2:
                continue
            likeness = self._cosine(shared, words, unit.words)
            if likeness >= ACCOUNTED and likeness > best.get(unit.report.id, (0.0,))[0]:
                best[unit.report.id] = (likeness, unit)
        for name, (likeness, unit) in best.items():
            yield CommitmentLink(
                document=name,
                sort="verantwoording",
                score=round(min(1.0, ASSERTED + (likeness - ACCOUNTED) * 0.6), 3),
                shared=tuple(sorted(unit.words & words)),
                reasons=("de zin heeft woorden van het voornemen", f"jaarbericht over {one.year}"),
                place=unit.place,
            )

    def _cosine(self, shared: Iterable[str], words: Iterable[str], others: Iterable[str]) -> float:
        weight = self._unit_weight
        norm = math.sqrt(sum(weight(word) ** 2 for word in words) * sum(weight(word) ** 2 for word in others))
        return sum(weight(word) ** 2 for word in shared) / norm if norm else 0.0

    def _unit_weight(self, word: str) -> float:
        return math.log((self._unit_total + 1) / (self._unit_counts[word] + 0.5))

    # What became of it

    def _standing(self, one: Commitment, links: Sequence[CommitmentLink]) -> tuple[Standing, str]:
        if one.negated:
            return "geschrapt", "het document zegt zelf dat dit niet of niet meer gebeurt"
        sure = [link for link in links if link.asserted]
        done = next((link for link in sure if link.sort == "uitvoering"), None)
        if done:
            return "gepubliceerd", "er is een publicatie die dit uitvoert"
        for link in sure:
            for standing, pattern in _STANDINGS:
                if pattern.search(link.place.text):
                    return standing, f"het jaarbericht zegt: ‘{' '.join(link.place.text.split())[:160]}’"
        if one.last_year and self.newest and one.last_year >= int(self.newest[:4]):
            return "loopt", f"de tijd is nog niet om; het nieuwste document is van {self.newest}"
        return "niet-teruggevonden", f"geen publicatie of verantwoording gevonden tot en met {self.newest}"


def _common_words(taxonomy: Taxonomy) -> frozenset[str]:
    """Return stems that say nothing of a subject: of any report, of chains, and of organisations with a short name."""
    names = [label.text for term in taxonomy.terms.values() if term.facet == "keten" for label in term.labels]
    names += [label.text for term in taxonomy.of_facet("organisatie") for label in term.labels]
    return frozenset(content_stems(" ".join((*_GENERIC, *names))))


def _part_stems(text: str) -> set[str]:
    """Return the stems of the parts of compounds: *informatieoverdracht* also speaks of *overdracht*."""
    return {
        part.stem
        for token in dutch.tokens(text)
        if not token.joined
        for part in token.forms.parts
        if len(part.stem) > 4
    }


def _overseer(metadata: Metadata) -> bool:
    return not metadata.publishers or "inspectie" in " ".join(metadata.publishers).lower()


def _years_of(report: Publication) -> list[int]:
    """Return the years a jaarbericht is about."""
    found = re.search(r"(20\d\d)(?:\s*[-–]\s*(20\d\d))?", report.metadata.period or report.metadata.title)
    if not found:
        return [report.year - 1]
    return list(range(int(found[1]), int(found[2] or found[1]) + 1))


def linked(
    commitments: Iterable[Commitment],
    documents: Mapping[DocumentId, Document],
    relations: Iterable[Relation],
    taxonomy: Taxonomy,
    refused: Callable[[Commitment, CommitmentLink], bool],
    chains: Mapping[DocumentId, frozenset[str]],
) -> list[Commitment]:
    """Return the commitments with what came of them.

    `refused` tells which links a person rejected; `chains` are those of each document.
    """
    carried = CarriedOut(documents.items(), relations, taxonomy, chains)
    return [carried.linked(one, refused) for one in commitments]
