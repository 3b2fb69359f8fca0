"""To whom does a recommendation speak? Names and offices in a phrase, resolved to organisations of the taxonomy."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.clues import speakers
from indexer.matching import Match, matches_in
from kennisbank.model import Document, Span, TermId
from kennisbank.taxonomy import Taxonomy

OFFICES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"\b(?:{words})\b", re.IGNORECASE), organisation)
    for words, organisation in (
        (r"(?:minist(?:er|ers|erie|eries)|staatssecretaris(?:sen)?)\b[^,;:]{0,40}?\basiel en migratie", "org:minaenm"),
        (
            r"ministers?|(?<!openbaar )ministeries?|staatssecretaris(?:sen)?|bewindspersonen?|bewindslieden",
            "org:minjenv",
        ),
        (r"rijksoverheid|kabinet|departement", "org:minjenv"),
        (
            r"korpschef|korpsleiding|korpsbeheerder|politiechefs?|eenheidsleiding|politie-?eenhe(?:id|den)",
            "org:politie",
        ),
        (
            r"gemeenten?|burgemeesters?|wethouders?|colleges? van burgemeester en wethouders|colleges? van b&w",
            "org:gemeenten",
        ),
        (
            r"hoofdofficier(?:en)?|college van procureurs-generaal|procureurs-generaal|officier(?:en)? van justitie",
            "org:om",
        ),
        (r"veiligheidsregio'?s?|meldkamers?", "org:vr"),
        (
            r"jeugdbescherming(?= \w)|bureau jeugdzorg|jeugdreclassering|jeugdbeschermers?"
            r"|organisatie voor jeugdbescherming",
            "org:gi",
        ),
        (r"reclassering\w*", "org:reclassering"),
        (r"gevangenis(?:sen)?|hui(?:s|zen) van bewaring", "org:pi"),
        (r"tbs-?klinie(?:k|ken)", "org:fpc"),
        (r"detentiecentr(?:um|a)", "org:dji"),
        (r"jeugdinrichting(?:en)?", "org:jji"),
    )
)
"""Offices and common nouns, the first that fits wins over those below; used where no name of the taxonomy stands."""
HEADS = re.compile(
    r"^(?:de |het )?(?:directie|(?:vestigings)?directeur|inrichting|kliniek|leiding|bestuur|instelling|locatie"
    r"|locatiemanager"
    r"|centrum"
    r"|vestiging)s?\b(?! van (?:alle|de (?:inrichtingen|instellingen)))",
    re.IGNORECASE,
)
"""Who leads the place that the document is about, or the place itself, under no name we know."""
BODIES = re.compile(
    r"\b(?:gezaghebbers?|bestuurscolleges?|openbare? licha(?:am|men)|eilandbestu(?:ur|ren)|eilanden"
    r"|rijksvertegenwoordiger|brandweer\w*|korps\w*|directies?|besturen|bestuur|instellingen?|inrichtingen?"
    r"|kliniek(?:en)?|regio'?s?|ketenpartners"
    r"|diensten|organisaties|opdrachtgevers?|eigenaar|beheerders?|scholen|zorgaanbieders?|aanbieders?"
    r"|incassobureaus?)\b",
    re.IGNORECASE,
)
"""Nouns for somebody of whom something can be asked, though they are no organisation of the taxonomy."""
OFFICE_WORDS = 6
"""Words around a name in a line that still only names somebody: ``de directie van PI Oosterdelta``."""
_OTHER_MINISTRY = re.compile(
    r"\b(?:volksgezondheid|vws|medische zorg|langdurige zorg|binnenlandse|bzk|koninkrijksrelaties|onderwijs|ocw"
    r"|sociale zaken|szw|defensie|financi[eë]n|infrastructuur|economische|landbouw|buitenlandse)\b",
    re.IGNORECASE,
)
PLACES = ("org:pi", "org:jji", "org:fpc", "org:fpk", "org:ppc", "org:vr", "org:gi", "org:coa")
_JOINTS = re.compile(
    r"\s*(?:,|;|\ben\b|\balsmede\b|\bevenals\b|\bsamen met\b|\bin samenwerking met\b)\s*", re.IGNORECASE
)
_LEAD = re.compile(
    r"^(?:aanbevelingen?\s+|adviezen\s+|gericht\s+)?(?:aan|voor|bij|van|door)\s+|\s*(?:gezamenlijk|gezamelijk"
    r"|samen|tezamen)?\s*[:.]?$",
    re.IGNORECASE,
)
_NOISE = re.compile(
    r"\b(?:daarom|dan ook|ook|tevens|opnieuw|nogmaals|dringend|nadrukkelijk|met klem|verder|voorts|eveneens|er"
    r"|hierbij"
    r"|tot slot|ten slotte|daarnaast)\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(
    r"[.;!?]|\b(?:is|zijn|heeft|hebben|wordt|worden|kan|moet|beveelt|bevelen|adviseert|adviseren|doet|doen|komt"
    r"|roept|vraagt"
    r"|verzoekt|dringt|geeft)\b"
)
"""What a line holds that is more than a name."""
_TAIL = re.compile(
    r"(?:[\s,:;.]|\b(?:gezamenlijk|samen|tezamen|daarom|dringend|nadrukkelijk|met klem|dan ook|opnieuw))+$",
    re.IGNORECASE,
)
_MIN_JENV = re.compile(r"\b(?:justitie en veiligheid|veiligheid en justitie|rechtsbescherming)\b", re.IGNORECASE)
_MINISTRIES = re.compile(
    r"\b(?:justitie en veiligheid|veiligheid en justitie|asiel en migratie|volksgezondheid, welzijn en sport"
    r"|onderwijs, cultuur en wetenschap|sociale zaken en werkgelegenheid|binnenlandse zaken en koninkrijksrelaties"
    r"|infrastructuur en \w+|economische zaken en \w+)\b",
    re.IGNORECASE,
)
"""Names with a comma or *en* in them."""


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody addressed: where that stands, and which organisation it is."""

    span: Span
    organisation: TermId | None


class Addressees:
    """Resolves phrases of one document."""

    def __init__(self, document: Document, taxonomy: Taxonomy, main: Sequence[TermId]) -> None:
        self._text = document.text
        self._known = frozenset(taxonomy.terms)
        found = matches_in(document.text, speakers(document.metadata, taxonomy), taxonomy)
        self._mentions = [match for match in found if match.is_name and match.term.facet == "organisatie"]
        self._starts = [match.span.start for match in self._mentions]
        self._place = next((term for term in main if term in PLACES), None)
        """The establishment that the document is about."""

    def main_place(self) -> tuple[Named, ...]:
        """Return the establishment that the document is about, where it is first named."""
        first = next((match.span for match in self._mentions if match.term.id == self._place), None)
        return (Named(first, self._place),) if first else ()

    def within(self, span: Span) -> tuple[Named, ...]:
        """Return those named in a phrase that names nothing else: a heading, the object of a verb."""
        return tuple(self._merged(self._parts(span)))

    def is_name(self, span: Span) -> bool:
        """Tell whether a line is nothing but names of organisations or offices."""
        text = span.of(self._text).strip().rstrip(":")
        if not text or _SENTENCE.search(text):
            return False
        parts = self.within(span)
        return bool(parts) and all(one.organisation and self._is_whole(one.span) for one in parts)

    def _is_whole(self, span: Span) -> bool:
        """Tell whether a phrase is a name with at most its office or place around it."""
        rest = len(span.of(self._text).split()) - sum(
            len(found.span.of(self._text).split()) for found in self.mentions(span)
        )
        return rest <= OFFICE_WORDS

    def mentions(self, span: Span) -> list[Match]:
        """Return the organisations that stand in a span under a name."""
        at = bisect_left(self._starts, span.start)
        end = bisect_left(self._starts, span.end, lo=at)
        return [found for found in self._mentions[at:end] if span.holds(found.span)]

    def organisation(self, span: Span) -> TermId | None:
        """Return the organisation of one phrase: by name, by office, or the place the document is about."""
        phrase = " ".join(span.of(self._text).split())
        office = next((org for words, org in OFFICES if words.search(phrase)), None)
        named = [found for found in self.mentions(span) if found.term.id != "org:ijenv"]
        if office in ("org:minjenv", "org:minaenm"):
            other = _OTHER_MINISTRY.search(phrase) and not _MIN_JENV.search(phrase)
            return None if other else self._term(office)
        if named:
            return min(named, key=lambda found: (found.span.start, -found.span.end)).term.id
        if office:
            return self._term(office)
        return self._place if HEADS.match(phrase) else None

    def _term(self, name: str) -> TermId | None:
        return TermId(name) if name in self._known else None

    def _parts(self, span: Span) -> Iterator[Span]:
        """Split a phrase at its joints, but never inside a name: Justitie en Veiligheid."""
        text = self._text
        lead = _LEAD.match(span.of(text))
        start = span.start + (lead.end() if lead and lead.end() < len(span.of(text)) else 0)
        inside = [found.span for found in self.mentions(span)]
        inside += [
            Span(start + found.start(), start + found.end()) for found in _MINISTRIES.finditer(text[start : span.end])
        ]
        at = start
        for joint in _JOINTS.finditer(text, start, span.end):
            if not any(name.start < joint.end() and joint.start() < name.end for name in inside):
                yield Span(at, joint.start())
                at = joint.end()
        yield Span(at, span.end)

    def _merged(self, parts: Iterator[Span]) -> Iterator[Named]:
        """Yield one per organisation; a phrase without a name is kept when it stands alone."""
        seen: set[TermId] = set()
        for part in parts:
            span = _stripped(self._text, part)
            if span is None:
                continue
            organisation = self.organisation(span)
            if organisation is None or organisation not in seen:
                if organisation:
                    seen.add(organisation)
                yield Named(span, organisation)


def _stripped(text: str, span: Span) -> Span | None:
    """Take a lead word, adverbs and punctuation off the ends of a phrase."""
    start, end = span.start, span.end
    changed = True
    while changed and start < end:
        piece = text[start:end]
        lead = re.match(r"\s+|(?:aan|voor|bij|van)\s+", piece, re.IGNORECASE)
        noise = _NOISE.match(piece)
        tail = _TAIL.search(piece)
        step = max(lead.end() if lead else 0, noise.end() if noise else 0)
        start += step
        cut = len(tail[0]) if tail and not step else 0
        end -= cut
        changed = bool(step or cut)
    return Span(start, end) if start < end and any(char.isalpha() for char in text[start:end]) else None
