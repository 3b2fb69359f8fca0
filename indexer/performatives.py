"""Sentences in which whoever publishes a document recommends, urges or wishes something: rules R4 and R6 to R8.

A verb counts in the present tense, with the publisher itself as its subject, outside quotation marks. The two halves of
a separable verb (``beveelt ... aan``) are looked for within one sentence, not side by side.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from indexer import cues
from indexer.addressees import BODIES, Addressees, Named
from indexer.duties import Duties
from indexer.matching import Match
from indexer.urging import TURNS, commands, goes_on
from kennisbank import dutch
from kennisbank.model import Document, Span, Strength, TermId

Order = Literal["speaker-verb", "verb-speaker"]
_CAP = r"(?:\s+(?:[A-ZÀ-Ý][\w&-]*|van|het|en|voor|de|der|ook|daarom|dan|opnieuw|nogmaals|daarnaast|verder)){0,5}?"
_WISH = (
    r"(?:wenselijk|noodzakelijk|gewenst|raadzaam|verstandig|nodig|zaak|essentieel|(?:van (?:groot )?)?belang(?:rijk)?"
    r"|aan te bevelen)"
)
_UNTIL = re.compile(
    r"\s(?:om|te|dat|daarom|dringend|nadrukkelijk|aandacht|op|aan|in overweging|zo snel)\b"
    r"|[:,;](?!\s*(?:de|het|en|van)\b)|\.$"
)
_TOLD = re.compile(
    r"\bal (?:langere?|enige|geruime) tijd\b|\bal jaren\b|\bsinds (?:19|20)\d\d\b|"
    r"\b(?:rapport|brief|onderzoek|aanbeveling(?:en)?)\s+(?:uit|van)\s+(?:\w+\s+)?(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_NOUN_PHRASE = re.compile(
    r"u$|(?:(?:[Dd]e|[Hh]et|[Aa]lle|[Ii]edere|[Ee]lke|[Bb]eide) |(?!(?:De|Het|Dit|Dat|Hierdoor|Alle)$)[A-Z])\w"
)
"""What an addressee looks like that we do not know by name."""
_ASIDE = re.compile(r"^(?:als|mocht(?:en)?|indien|blijkt|blijft|wanneer|zolang)\b", re.IGNORECASE)
"""How a sentence begins that recommends only in a case that has not come."""
_ANNOUNCES = re.compile(r"\b(?:het volgende|als volgt|volgende)[.:]?$", re.IGNORECASE)
"""A sentence that only says that advice follows."""
_LATER = re.compile(r"\b(?:zullen|zal|kunnen|kan|konden|zouden|wilden)\b(?: \w+){0,4}$", re.IGNORECASE)
"""Before an infinitive that looks like a finite verb: ``dan zullen wij adviseren``."""
_QUESTION = re.compile(
    r"^\s*(?:zich|naar|hun|hen|haar|hem|elkaar)\b|^(?:(?!\b(?:om|dat|te)\b)[^.;:])*?\b(?:hoe|of|wat|waarom|wie"
    r"|welke)\b",
    re.IGNORECASE,
)
"""What makes ``vraagt`` a question."""
_OPENING, _CLOSING = "‘“„«", "’”»"
_NOUN = re.compile(
    r"^(?:mijn|ons|onze|het|de) (?:dringende? )?(?:verzoek|oproep|advies|vraag|aanbeveling) (?:aan"
    r"|van ons aan) (?P<who>[^:,]{3,90}?)"
    r"(?:,[^:]{0,40})?\s?(?:is|luidt|blijft|:)",
    re.IGNORECASE,
)
"""``Onze oproep aan de minister is ...``"""
_PASSIVE = re.compile(
    r"^(?:van |aan )?(?P<who>[^,.;]{3,90}?) (?:wordt|worden) (?:\w+ ){0,4}?(?:verzocht|gevraagd|opgeroepen"
    r"|aangespoord)\b",
    re.IGNORECASE,
)
_VOICE = re.compile(
    r"\b[Dd]e ([A-Z]\w*(?: [A-Z]\w+){0,2}) (?:adviseert|beveelt)\b"
    r"|\b(?:adviseert|beveelt) de ([A-Z]\w*(?: [A-Z]\w+){0,2})\b"
)
VOICE_TIMES = 3
"""Times that a name must advise in a document to be taken for its author."""
PLAIN_NAMES = 3
"""Names by which every publisher may call itself."""
_OFFICE = re.compile(
    r"\b(?:minister|staatssecretaris|korpschef|burgemeester|colleges? van b|bestuur|directie|gemeente)\b[^\n]*",
    re.IGNORECASE,
)
OVERSEERS = ("inspectie", "rekenkamer", "toezicht", "ombudsman", "onderzoeksraad")
"""In the names of those whose letters urge; anybody else's ask for other things."""
LETTERHEAD = 900
"""Characters in which a letter names its receiver."""
MAX_SENTENCE = 1500
"""Characters; what is longer without a full stop is no sentence, and is not searched with patterns that look ahead."""
LONG_PHRASE = 8
"""Words after which a phrase is no longer only a name."""


@dataclass(frozen=True, slots=True)
class _Verb:
    """A way of recommending: its finite forms, what must follow in the sentence, and what it amounts to."""

    forms: str
    after: str
    rule: str
    strength: Strength
    kind: str = "aanbeveling"
    needs_addressee: bool = False


_VERBS = (
    _Verb("beveelt|bevelen", r"\baan\b", "R4", "formeel"),
    _Verb("adviseert?|adviseren", r"^(?!\s+(?:over|\w+ over)\b)", "R4", "formeel"),
    _Verb("raadt|raden", r"\baan\b", "R4", "formeel"),
    _Verb("geeft?|geven", r"\bin overweging\b", "R4", "formeel"),
    _Verb("doet|doen", r"\bde (?:volgende )?aanbeveling\b(?!en)", "R4", "formeel"),
    _Verb("dringt?|dringen", r"\baan\b", "R6", "dringend"),
    _Verb("roept?|roepen", r"\bop\b", "R6", "dringend"),
    _Verb("vraagt|vragen", r"(?<!alleen )(?<!slechts )\baandacht\b", "R6", "aandacht", "aandachtspunt"),
    _Verb("vraagt?|vragen", r"\b(?:om|dat|te)\b", "R6", "dringend", needs_addressee=True),
    _Verb("verzoekt?|verzoeken", r"\b(?:om|dat|te)\b", "R6", "dringend", needs_addressee=True),
    _Verb("verwacht|verwachten", r"^[^,;]{0,12}\bvan\b.*\bdat\b|^\s+dat\b", "R6", "dringend", needs_addressee=True),
    _Verb("eist|eisen", r"\b(?:dat|van)\b", "R6", "dringend"),
    _Verb(
        "acht|achten|vindt|vinden",
        rf"\bhet\b[^.;]{{0,30}}\b{_WISH}\s+(?:dat|om|als|wanneer)\b",
        "R7",
        "wenselijk",
        needs_addressee=True,
    ),
)
_LETTER_VERBS = (
    _Verb("verwacht|verwachten", r"^[^,;]{0,12}\bvan\b", "R6", "dringend", needs_addressee=True),
    _Verb(
        "vindt|vinden|vind",
        r"^\s+(?:\w+ )?dat\b.*\b(?:moet|moeten|dient|dienen|hoort|horen|behoort|behoren)\b",
        "R7",
        "dringend",
        needs_addressee=True,
    ),
    _Verb("rekent|rekenen", r"\b(?:erop|op)\b.*\b(?:dat|te)\b", "R6", "dringend", needs_addressee=True),
    _Verb("gaat|gaan", r"\bervan uit dat\b", "R6", "dringend", needs_addressee=True),
    _Verb("spoort|sporen", r"\baan\b", "R6", "dringend", needs_addressee=True),
    _Verb("herhaalt|herhalen", r"\b(?:oproep|verzoek|vraag|aanbeveling)\b.*\b(?:om|dat|te)\b", "R6", "dringend"),
    _Verb("pleit|pleiten|bepleit|bepleiten", r"\b(?:voor|ervoor|dat)\b", "R6", "dringend", needs_addressee=True),
    _Verb("stelt|stellen", r"\bvoor\b\s*(?:om|dat|:)", "R6", "wenselijk", needs_addressee=True),
    _Verb("geeft|geven", r"\bmee\b\s*(?:om|dat)", "R6", "wenselijk", needs_addressee=True),
    _Verb("willen|wil", r"^\s+(?:\w+ )?dat\b", "R6", "dringend", needs_addressee=True),
    _Verb("ziet|zien|zouden|zou", r"^[^.;]{0,12}\bgraag\b.*\bdat\b", "R7", "wenselijk", needs_addressee=True),
    _Verb("hoopt|hopen", r"^\s+(?:\w+ )?dat\b", "R7", "wenselijk", needs_addressee=True),
)
"""Softer or plainer words for it, which in a report would be too common."""
_IMPERSONAL = (
    (re.compile(r"\bhet verdient (?:\w+ )?aanbeveling\b", re.IGNORECASE), "R4", "formeel", False),
    (
        re.compile(
            r"^(?!.*\b(?:richtlijn|handreiking|protocol|norm|standaard|(?:in|volgens) (?:de|het"
            r"|een) [^,.]* wordt)).*\bwordt (?:er )?(?:\w+ ){0,4}?(?:aanbevolen|geadviseerd)"
            r"\s+(?:om|dat)\b|^(?:geadviseerd|aanbevolen) wordt (?:om|dat)\b",
            re.IGNORECASE,
        ),
        "R4",
        "formeel",
        False,
    ),
    (
        re.compile(
            rf"^(?:daarom |daarnaast |verder |zo |ook )?(?:is )?het (?:is )?(?:\w+ ){{0,4}}?{_WISH}\s+dat\b",
            re.IGNORECASE,
        ),
        "R7",
        "wenselijk",
        True,
    ),
)


@dataclass(frozen=True, slots=True)
class Performed:
    """A sentence that recommends."""

    span: Span
    rule: str
    strength: Strength
    kind: str
    addressees: tuple[Named, ...]


class Sentences:
    """Reads single sentences of one document."""

    def __init__(self, document: Document, addressees: Addressees, *, letter: bool) -> None:
        self._text = document.text
        self._addressees = addressees
        publishers = " ".join(document.metadata.publishers).lower()
        self._inspects = any(word in publishers for word in OVERSEERS)
        self._letter = letter and self._inspects
        self._you = self._receiver() if letter else None
        self._duties = Duties(
            document.text, addressees, self._named, self._you, inspects=self._inspects, letter=self._letter
        )
        speaker = self._speakers = speakers(document, letter=self._letter)
        soft = document.metadata.kind in ("jaarbericht", "bij-nadere-inspectie")
        verbs = (*_VERBS, *_LETTER_VERBS) if self._letter or soft else _VERBS
        self._after = [
            (verb, re.compile(rf"(?P<speaker>{speaker}){_CAP}\s+(?P<verb>{verb.forms})\b", re.IGNORECASE))
            for verb in verbs
        ]
        self._before = [
            (verb, re.compile(rf"\b(?P<verb>{verb.forms})\s+(?P<speaker>{speaker})\b", re.IGNORECASE)) for verb in verbs
        ]

    def _receiver(self) -> TermId | None:
        """Return the organisation of the office a letter is addressed to."""
        office = _OFFICE.search(self._text, 0, LETTERHEAD)
        return self._addressees.organisation(Span(*office.span())) if office else None

    def performed(self, span: Span, *, concluding: bool = False) -> Performed | None:
        """Tell how one sentence recommends, if it does.

        `concluding`: what somebody must do counts, as it does in letters.
        """
        text = span.of(self._text)
        if (
            len(text) > MAX_SENTENCE
            or _TOLD.search(text)
            or _ANNOUNCES.search(text)
            or _ASIDE.match(text)
            or cues.CONDITIONAL.search(text)
            or cues.OTHERS.search(text)
        ):
            return None
        return (
            self._by_verb(span, text)
            or self._impersonal(span, text)
            or self._by_turn(span, text)
            or (self._by_duty(span) if self._letter or concluding else None)
        )

    def goes_on(self, span: Span, before: Performed) -> Performed | None:
        """Tell how a sentence right behind one that recommends lays another duty on the same one."""
        strength = goes_on(span.of(self._text))
        return Performed(span, "R8", strength, "aanbeveling", before.addressees) if strength else None

    def _by_turn(self, span: Span, text: str) -> Performed | None:
        if text.endswith("?"):
            return None
        for turn in TURNS:
            found = turn.pattern.search(text) if self._inspects and (self._letter or not turn.letter_only) else None
            if not found or quoted(text, found.start()) or _LATER.search(text[: found.start()]):
                continue
            if "who" in turn.pattern.groupindex:
                named = self._named(Span(span.start + found.start("who"), span.start + found.end("who")))
            else:
                named = self._named_first(span)
            if named or not turn.needs_name:
                return Performed(span, turn.rule, turn.strength, turn.kind, named)
        if self._letter and commands(text):
            return Performed(span, "R8", "dringend", "aanbeveling", self._named_first(span))
        return None

    def _by_verb(self, span: Span, text: str) -> Performed | None:
        for pairs, inverted in ((self._after, False), (self._before, True)):
            for verb, pattern in pairs:
                found = pattern.search(text)
                if not found or quoted(text, found.start("verb")) or _LATER.search(text[: found.end()]):
                    continue
                rest = text[found.end() :]
                if not re.search(verb.after, rest, re.IGNORECASE) or _QUESTION.search(rest):
                    continue
                addressees = self._object(span, found, inverted)
                if verb.rule == "R4":  # what is advised stands there as often as who is
                    addressees = tuple(one for one in addressees if one.organisation)
                if verb.rule == "R7" or (verb.after.endswith(r"dat\b") and not addressees):
                    addressees = self._after_that(span, found.end())
                if verb.needs_addressee and not any(self._is_somebody(one) for one in addressees):
                    continue
                return Performed(span, verb.rule, verb.strength, verb.kind, addressees)
        return None

    def _is_somebody(self, named: Named) -> bool:
        """Tell whether something can be asked of it: not of a reader whom we do not know."""
        return bool(named.organisation) or self._letter or named.span.of(self._text).lower() not in ("u", "uw")

    def _object(self, span: Span, found: re.Match[str], inverted: bool) -> tuple[Named, ...]:
        """Find whom the verb is said to: before an inverted verb, else between verb and what is asked."""
        if inverted and found.start("verb") > 0:
            named = self._named(Span(span.start, span.start + found.start("verb")))
            first = found.string[: found.start("verb")].lower()
            if named and (any(one.organisation for one in named) or re.match(r"(?:aan|van|de|het)\s", first)):
                return named
        rest = found.string[found.end() :]
        lead = (
            re.match(r"(?:\s+er)?(?:\s+\w+)?\s+(?:bij|van)\s+", rest)
            if re.match(r"(?:\s+er)?(?:\s+\w+){0,2}\s+(?:bij|van)\b", rest)
            else None
        )
        offset = found.end() + (lead.end() if lead else 0)
        end = _UNTIL.search(found.string, offset + 1)
        return self._named(Span(span.start + offset, span.start + (end.start() if end else len(found.string))))

    def _after_that(self, span: Span, offset: int) -> tuple[Named, ...]:
        """Find who should do what is wished: right after ``dat``."""
        text = span.of(self._text)
        that = re.compile(r"\b(?:dat|als|wanneer)\s+").search(text, offset)
        if not that:
            return ()
        you = re.match(r"(?:u|uw \w+)\b", text[that.end() :])
        if you and self._you:
            return (Named(Span(span.start + that.end(), span.start + that.end() + you.end()), self._you),)
        mentions = self._addressees.mentions(Span(span.start + that.end(), min(span.end, span.start + that.end() + 90)))
        if mentions:
            first = Named(Span(span.start + that.end(), mentions[0].span.end), mentions[0].term.id)
            return (first, *self._joined(mentions))
        phrase = Span(span.start + that.end(), span.start + that.end() + _phrase(text[that.end() :]))
        organisation = self._addressees.organisation(phrase)
        known = organisation or BODIES.search(phrase.of(self._text))
        return (Named(phrase, organisation),) if known else ()

    def _joined(self, mentions: Sequence[Match]) -> Iterator[Named]:
        """Yield the names that follow the first one as a list: ``DJI en de IND``."""
        for before, one in pairwise(mentions):
            gap = self._text[before.span.end : one.span.start]
            if not re.fullmatch(r"(?: \([\w&]+\))?(?:,| en| of)?(?: en)?(?: de| het)? ", gap):
                return
            yield Named(one.span, one.term.id)

    def _named(self, span: Span) -> tuple[Named, ...]:
        if span.of(self._text).strip(" ,").lower() in ("u", "uw organisatie") and self._you:
            return (Named(span, self._you),)
        named = [Named(self._shortened(one.span), one.organisation) for one in self._addressees.within(span)]
        named = [
            replace(one, organisation=self._you) if one.span.of(self._text) in ("u", "U") else one for one in named
        ]
        return tuple(one for one in named if one.organisation or _NOUN_PHRASE.match(one.span.of(self._text)))

    def _shortened(self, span: Span) -> Span:
        """Cut a long phrase after the name in it, or after its first noun."""
        text = span.of(self._text)
        mentions = self._addressees.mentions(span)
        if mentions and len(text.split()) > LONG_PHRASE:
            last = max(mentions[:2], key=lambda found: found.span.end)
            closing = self._text[last.span.end : span.end].startswith(")")
            return Span(span.start, last.span.end + closing)
        return span if mentions else Span(span.start, span.start + _phrase(text))

    def _impersonal(self, span: Span, text: str) -> Performed | None:
        if self._inspects and re.match(
            r"het zou (?:\w+ )?(?:mooi|goed|verstandig|wenselijk|beter) zijn\b", text, re.IGNORECASE
        ):
            return Performed(span, "R7", "wenselijk", "aanbeveling", self._after_that(span, 0))
        for soft in (_NOUN, _PASSIVE) if self._letter else ():
            said = soft.search(text)
            named = self._named(Span(span.start + said.start("who"), span.start + said.end("who"))) if said else ()
            if any(one.organisation for one in named):
                return Performed(span, "R6", "dringend", "aanbeveling", named)
        for pattern, rule, strength, needs in _IMPERSONAL:
            found = pattern.search(text)
            if not found or quoted(text, found.start()):
                continue
            addressees = self._after_that(span, found.end() - len("dat ")) if rule == "R7" else self._named_first(span)
            if not needs or addressees:
                return Performed(span, rule, strength, "aanbeveling", addressees)  # type: ignore[arg-type]
        return None

    def _named_first(self, span: Span) -> tuple[Named, ...]:
        return tuple(Named(found.span, found.term.id) for found in self._addressees.mentions(span)[:1])

    def _by_duty(self, span: Span) -> Performed | None:
        laid = self._duties.laid(span)
        return Performed(span, "R8", laid[0], "aanbeveling", laid[1]) if laid else None

    def led_in(self, span: Span) -> tuple[Named, ...] | None:
        """Return to whom a lead-in like ``De Inspectie beveelt X aan:`` speaks; None when the publisher does not."""
        text = span.of(self._text)
        for inverted, pairs in ((False, self._after), (True, self._before)):
            for verb, pattern in pairs:
                found = pattern.search(text)
                if not found or verb.rule not in ("R4", "R6") or _QUESTION.search(text[found.end() :]):
                    continue
                named = self._object(span, found, inverted)
                if not verb.needs_addressee or any(self._is_somebody(one) for one in named):
                    return named
        return None

    def addressed_in(self, span: Span) -> tuple[Named, ...]:
        """Return to whom a lead-in like ``De Inspectie doet X de volgende aanbevelingen.`` speaks."""
        text = span.of(self._text)
        who = re.search(r"\bdo(?:et|en)\s+(?P<who>(?:de|het|alle|[A-Z]).+?)\s+(?:de volgende|\w+)\s+aanbeveling", text)
        if who and not re.search(self._speakers, who["who"], re.IGNORECASE):
            return self._named(Span(span.start + who.start("who"), span.start + who.end("who")))
        to = re.search(r"\b(?:aan|tot)\s+(?=(?:de|het|alle)\b|[A-Z])", text)
        return self._addressees.within(Span(span.start + to.start(), span.end)) if to else ()

    def of(self, block: Span) -> Iterator[Span]:
        """Yield the sentences of a block, each without white space around it."""
        inside = block.of(self._text)
        for sentence in dutch.sentences(inside):
            yield Span(block.start + sentence.start, block.start + sentence.end)


def speakers(document: Document, *, letter: bool = False) -> str:
    """Return who speaks in a document: we, and whoever publishes it under the name used in its own text."""
    names = [r"wij", r"we", *(["ik"] if letter else [])]
    publishers = " ".join(document.metadata.publishers).lower()
    if "inspectie" in publishers or not publishers:
        names += [r"(?:de )?(?:rijks)?inspecties?", r"zij(?=\s+(?:(?:om|er|de|het|dan|daarom|beide|alle)\b|[A-Z]))"]
    for word in (
        "rekenkamer",
        "raad",
        "commissie",
        "autoriteit",
        "ombudsman",
        "onderzoeksraad",
        "toezicht sociaal domein",
    ):
        if word in publishers:
            names.append(rf"de (?:\w+ )?{word}")
    quotes = document.metadata.kind != "brief" or "tweede kamer" in publishers
    names += _own_voice(document.text) if len(names) <= PLAIN_NAMES and not quotes else []
    return r"\b(?:" + "|".join(names) + ")"


def _own_voice(text: str) -> list[str]:
    """Return the name under which an adviser whom we do not know speaks of itself, time and again.

    It must stand in the letterhead, in full or by its first letters: who is only quoted does not.
    """
    found = Counter(match[1] or match[2] for match in _VOICE.finditer(text))
    name, count = max(found.items(), key=lambda entry: entry[1], default=("", 0))
    head = text[:LETTERHEAD]
    in_full = r"\b" + r"\w+ ".join(name).rstrip() + r"\w+" if name.isupper() else re.escape(name)
    often = count >= VOICE_TIMES and count > sum(found.values()) / 2
    return [rf"de {re.escape(name)}"] if often and re.search(in_full, head) else []


def _phrase(text: str) -> int:
    """Return the length of the noun phrase that a text begins with."""
    found = re.match(
        r"\s*(?:(?:de|het|alle|iedere|elke|uw|een)\s+)?[\w&'’-]+(?:\s+(?!daarom\b|dringend\b|om\b|elke\b|een\b"
        r"|het\b|de\b|dat\b|zich\b|aan\b)[\w&'’-]+){0,3}?"
        r"(?=\s+(?:daarom|dringend|om|elke|een|het|de|dat|zich|aan|\w+t)\b|[,.:;]|$)",
        text,
    )
    return found.end() if found else len(text.split(" ")[0])


def quoted(text: str, at: int) -> bool:
    """Tell whether a place lies between quotation marks."""
    before = text[:at]
    opened = max(before.rfind(mark) for mark in _OPENING)
    closed = max(before.rfind(mark) for mark in _CLOSING)
    return opened > closed
