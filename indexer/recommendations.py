"""What does a document recommend, to whom, and by which rule do we say so?

R1 numbered or lettered · R2 a lead-in with its list · R3 an addressee above · R4 a verb of recommending · R5 an
imperative in scope · R6 urging · R7 desirability · R8 what somebody must do, in a letter or at the end of a report.
The unit is the block (list
item or paragraph), so it is the same for every format; only R4 and R6-R8 look at single sentences.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer import cues
from indexer.addressees import Addressees, Named
from indexer.performatives import MAX_SENTENCE, Performed, Sentences
from indexer.scopes import Scope, scopes
from kennisbank import dutch
from kennisbank.model import REPORT_KINDS, Document, Span, Strength

SILENT_KINDS = frozenset(
    {
        "werkprogramma",
        "meerjarenperspectief",
        "plan-van-aanpak",
        "toetsingskader",
        "wederhoor",
        "beleidsreactie",
        "voortgangsbrief",
        "factsheet",
    }
)
"""Kinds that recommend nothing themselves: they plan, set norms, or quote."""
REFLECTIVE_KINDS = frozenset({"jaarbericht", "bij-nadere-inspectie", "magazine"})
"""Kinds that look back: what seems a recommendation there is mostly an earlier one, so it is only proposed."""
LETTER_KINDS = frozenset({"brief", "signaal"})
CERTAINTY = {"R1": 0.9, "R2": 0.9, "R3": 0.9, "R4": 0.85, "R5": 0.85, "R6": 0.8, "R7": 0.75, "R8": 0.65}
LOOSE = 0.6
"""Times the certainty of the same words where the kind of document looks back."""
MIN_WORDS = 4
MAX_DEMAND = 5000
"""Characters; what is longer is no item of a list."""
SPLIT_WORDS = 6
"""Words that a second demand in one sentence has at least."""
SHORT = 2
"""Sentences of a paragraph in a chapter of recommendations that is a demand rather than its grounds."""
SUBJECT = 90
"""Characters within which the verb of a duty must follow the one it is laid on."""


@dataclass(frozen=True, slots=True)
class Demand:
    """A recommendation as found, before it is folded with its repeats."""

    span: Span
    rules: tuple[str, ...]
    certainty: float
    strength: Strength
    kind: str
    number: str | None
    addressees: tuple[Named, ...]
    path: tuple[str, ...]


def demands(document: Document, addressees: Addressees) -> list[Demand]:
    """Return the demands of a document in order of place, those of a doubtful kind with a low certainty."""
    kind = document.metadata.kind
    if kind in SILENT_KINDS or (kind == "nieuwsbericht" and _tells_of_report(document)):
        return []
    found = _Reader(document, addressees).demands()
    if kind in REFLECTIVE_KINDS:
        found = [_doubted(demand) for demand in found]
    return found


def _doubted(demand: Demand) -> Demand:
    """Lower the certainty of what is a recommendation only by where it stands."""
    spoken = {"R4", "R6", "R7"} & set(demand.rules)
    return demand if spoken else replace(demand, certainty=round(demand.certainty * LOOSE, 2))


def _tells_of_report(document: Document) -> bool:
    """Tell whether a news item announces a report: then it restates what the report recommends."""
    opening = document.text[: min(1200, len(document.text) // 2)]
    return bool(
        re.search(
            r"\b(?:in|uit|bij) (?:een|het|haar|hun)(?: \w+)? (?:rapport|vervolgonderzoek)\b"
            r"|\brapport\b[^.]{0,60}\b(?:verschijnt|verschenen|gepubliceerd|publiceert)\b"
            r"|\b(?:publiceert|presenteert)\b[^.]{0,60}\brapport\b",
            opening,
            re.IGNORECASE,
        )
    )


class _Reader:
    """Walks the blocks of one document."""

    def __init__(self, document: Document, addressees: Addressees) -> None:
        self._document = document
        self._text = document.text
        self._addressees = addressees
        self._sentences = Sentences(document, addressees, letter=document.metadata.kind in LETTER_KINDS)
        self._bare = document.metadata.kind in REPORT_KINDS and not any(
            cues.RECOMMENDING.search(document.title_of(section)) for section in document.sections
        )
        """A report without a chapter of recommendations."""
        self._last = _last_chapter(document)
        self._looks_back = document.metadata.kind == "vervolgonderzoek"
        """Outside its chapter of recommendations it labels those that it verifies."""
        self._list: tuple[Named, ...] | None = None
        """To whom the list speaks that an opener began; None: there is no such list."""
        self._asked = False
        """The opener itself asks (``De Inspectie vraagt DJI:``), so that every item is a demand."""
        self._done = -1
        """The label whose block was read."""

    def demands(self) -> list[Demand]:
        """Return the demands in order of place."""
        found: list[Demand] = []
        for block, scope in scopes(self._document, self._addressees.is_name):
            text = block.span.of(self._text)
            if block.kind == "note" or scope.closed or not text.strip():
                continue
            body = Span(block.span.start, block.span.start + len(text.rstrip()))
            behind = cues.BEHIND.match(text)
            if behind and found:
                named = self._addressees.within(Span(block.span.start + behind.end(), body.end))
                found[-1] = replace(found[-1], addressees=named)
            else:
                found += self._table(body, scope) if block.kind == "table" else self._block(block.kind, body, scope)
        return found

    def _block(self, kind: str, block: Span, scope: Scope) -> Iterator[Demand]:
        text = block.of(self._text)
        label = cues.LABEL.match(text)
        marker = self._marker(text, scope, label)
        body = Span(block.start + (marker.end() if marker else 0), block.end)
        labelled = bool(marker and marker.re is cues.LABEL) or scope.label_at not in (-1, self._done)
        labelled = labelled and (scope.reach != "none" or not self._looks_back)
        number = (marker["number"] if marker else None) or (scope.label or None if labelled else None)
        self._done = scope.label_at
        if kind != "item":
            self._list = self._opened(block)
            if self._list is not None and text.endswith(":") and len(dutch.sentences(text)) == 1:
                return
        in_scope = labelled or scope.reach == "strong" or (self._list is not None and kind == "item")
        in_scope = in_scope or (scope.reach == "mixed" and (kind == "item" or marker is not None))
        rules = self._rules(body, scope, number, labelled, kind == "item") if in_scope else ()
        if rules:
            yield from self._made(body, scope, number, rules)
        elif kind != "heading":
            yield from self._spoken(block, scope)

    def _marker(self, text: str, scope: Scope, label: re.Match[str] | None) -> re.Match[str] | None:
        if label and label["number"]:
            return label
        marker = cues.MARKER.match(text)
        return marker or (cues.BARE_MARKER.match(text) if scope.reach != "none" else None)

    def _table(self, table: Span, scope: Scope) -> Iterator[Demand]:
        """In a chapter of recommendations a cell that begins with an imperative is one; its row may say for whom."""
        if scope.reach == "none":
            return
        at = table.start
        for line in table.of(self._text).split("\n"):
            cells: list[Span] = []
            for text in line.split("\t"):
                cells.append(Span(at, at + len(text.rstrip())))
                at += len(text) + 1
            named = [cell for cell in cells if cell.of(self._text).strip() and self._addressees.is_name(cell)]
            texts = [cell.of(self._text).strip(" .") for cell in cells]
            number = next((text for text in texts if re.fullmatch(r"\d{1,2}|[A-Z]", text)), None)
            for cell in cells:
                if cell not in named and self._commands(cell.of(self._text)):
                    for demand in self._made(cell, scope, number, ("R1", "R5") if number else ("R5",)):
                        yield replace(demand, addressees=self._addressees.within(named[0])) if named else demand

    def _opened(self, block: Span) -> tuple[Named, ...] | None:
        """Tell whether a paragraph ends in a lead-in of recommendations, and to whom those speak."""
        last = list(self._sentences.of(block))[-1]
        text = last.of(self._text)
        if (
            len(text) > MAX_SENTENCE
            or cues.CONDITIONAL.search(text)
            or (cues.PAST.search(text) and not cues.PASSIVE_OPENER.search(text))
        ):
            return None
        self._asked = True
        if cues.OPENER_VERB.search(text):
            return self._sentences.led_in(last)
        said = cues.PASSIVE_OPENER.search(text) or cues.MUST_OPENER.search(text)
        if said:
            return self._addressees.within(Span(last.start + said.start("who"), last.start + said.end("who")))
        self._asked = False
        if cues.OPENER.search(text) and text.endswith((":", ".")):
            return self._sentences.led_in(last) or self._sentences.addressed_in(last)
        return None

    def _spoken(self, block: Span, scope: Scope) -> Iterator[Demand]:
        """Find demands among the sentences of a block: those that perform one or go on from one, in scope commands."""
        opened = self._opened(block)
        before: Performed | None = None
        asks = scope.reach == "mixed" and any(map(cues.ASKING.match, scope.path))
        at_end = self._last.holds(block) or any(map(cues.CONCLUDING.search, scope.path))
        for sentence in self._sentences.of(block):
            text = sentence.of(self._text)
            leads_in = opened is not None and text.endswith(":")
            concluding = asks or (self._bare and (at_end or bool(cues.DEADLINE.search(text))))
            performed = None if leads_in else self._sentences.performed(sentence, concluding=concluding)
            if before and not performed:
                performed = self._sentences.goes_on(sentence, before)
            if performed:
                yield self._demand(sentence, scope, (performed.rule,), performed.addressees, performed)
            elif scope.reach != "none" and self._commands(text):
                yield from self._made(sentence, scope, None, ("R5",))
            before = performed

    @staticmethod
    def _commands(text: str) -> bool:
        words = text.split()
        return len(words) >= MIN_WORDS and is_imperative(words[0]) and not cues.POINTER.match(text)

    def _rules(self, body: Span, scope: Scope, number: str | None, labelled: bool, item: bool) -> tuple[str, ...]:
        """Tell by which rules a block in scope is a demand; none when it is not worded as one."""
        if body.end - body.start > MAX_DEMAND:
            return ()
        text, prefix = self._without_addressee(body)
        words = text.split()
        if len(words) < MIN_WORDS or text.endswith("?") or cues.CONDITIONAL.search(text) or cues.POINTER.match(text):
            return ()
        in_list = self._list is not None and item
        imperative = is_imperative(words[0]) or (bool(number or in_list) and looks_imperative(words[0]))
        first = Span(body.start, body.start + _first_sentence(body.of(self._text)))
        performed = self._sentences.performed(first)
        if cues.PAST.search(first.of(self._text)) and not (imperative or performed):
            return ()
        sure = bool(in_list or number or labelled)
        worded = (
            imperative
            or (bool(in_list or scope.addressed) and _is_third_person(words[0]))
            or performed
            or self._owed(body, sure, scope)
            or (in_list and (self._asked or cues.INFINITIVE.search(text) or _ends_in_verb(text)))
        )
        listed = scope.reach == "strong" and (number or (item and _ends_in_verb(text)))
        if not (worded or listed or (labelled and number is None)):
            return ()
        rules = [*(["R2"] if in_list else []), *(["R1"] if number or labelled else []), *(["R5"] if imperative else [])]
        rules += ["R3"] if scope.addressed or prefix else []
        rules += [performed.rule] if performed else []
        return tuple(rules) or ("R8",)

    def _without_addressee(self, body: Span) -> tuple[str, Span | None]:
        """Take ``Aan de minister:`` off an item; in a box the colon may be a line end that the reader joined."""
        text = body.of(self._text)
        prefix = re.match(
            r"(?:(?:aan|voor)\s+)?[^.:;]{2,90}:\s+(?=\w)|aan (?:de|het) [^.:;]{2,90}\.\s+(?=\w)", text, re.IGNORECASE
        )
        if prefix:
            span = Span(body.start, body.start + len(prefix[0].rstrip(":. ")))
            if any(named.organisation for named in self._addressees.within(span)) or text.lower().startswith("aan "):
                return text[prefix.end() :], span
        for word in re.finditer(r"\s(?P<word>[A-Z][a-zë]+)\b", text[:SUBJECT]) if text.startswith("Aan ") else ():
            span = Span(body.start, body.start + word.start())
            if is_imperative(word["word"]) and any(named.organisation for named in self._addressees.within(span)):
                return text[word.start("word") :], span
        return text, None

    def _owed(self, body: Span, sure: bool, scope: Scope) -> bool:
        """Tell whether a block says what somebody at its beginning does or must do; in a list any noun will do."""
        text = body.of(self._text)
        short = scope.reach == "strong" and len(dutch.sentences(text)) <= SHORT
        duty = (cues.DUTY if sure or short else cues.MUST).search(text)
        if not duty or duty.start() > SUBJECT:
            return False
        named = self._addressees.within(Span(body.start, body.start + duty.start()))
        listed = sure and (scope.reach == "strong" or self._list is not None or scope.label is not None)
        subject = re.match(r"(?:de|het|alle|iedere|elke)\s", text, re.IGNORECASE) if listed else None
        return bool(subject) or any(one.organisation for one in named)

    def _made(self, body: Span, scope: Scope, number: str | None, rules: tuple[str, ...]) -> Iterator[Demand]:
        """Make a demand of an item, or two when it holds two."""
        for span in self._split(body):
            yield replace(self._demand(span, scope, rules, self._addressed(body, scope)), number=number)

    def _demand(
        self,
        span: Span,
        scope: Scope,
        rules: tuple[str, ...],
        addressees: tuple[Named, ...],
        said: Performed | None = None,
    ) -> Demand:
        strength: Strength = "aandacht" if scope.kind == "aandachtspunt" else "formeel"
        return Demand(
            span=span,
            rules=rules,
            certainty=max(CERTAINTY[rule] for rule in rules),
            strength=said.strength if said else strength,
            kind=said.kind if said and said.kind != "aanbeveling" else scope.kind,
            number=None,
            addressees=addressees,
            path=scope.path,
        )

    def _addressed(self, body: Span, scope: Scope) -> tuple[Named, ...]:
        """Find whom an item speaks to: in itself, above it, or in the opener of its list."""
        _, prefix = self._without_addressee(body)
        if prefix:
            return self._addressees.within(prefix)
        text = body.of(self._text)
        performed = self._sentences.performed(Span(body.start, body.start + _first_sentence(text)))
        if performed and performed.addressees:
            return performed.addressees
        duty = cues.DUTY.search(text)
        if duty and duty.start() <= SUBJECT and not is_imperative(text.split()[0]):
            named = self._addressees.within(Span(body.start, body.start + duty.start()))
            if any(one.organisation for one in named):
                return named
        if scope.addressed:
            return self._addressees.within(scope.addressed)
        if self._list:
            return self._list
        return self._addressees.main_place() if self._document.metadata.kind == "doorlichting" else ()

    def _split(self, body: Span) -> list[Span]:
        """Cut an item before a second imperative that begins a demand of its own."""
        text = body.of(self._text)
        if len(dutch.sentences(text)) > 1:
            return [body]
        for joint in re.finditer(r"[,;] en (?P<verb>\w+) (?P<next>\w+(?: \w+)?)", text):
            long = len(text[joint.start("verb") :].split()) >= SPLIT_WORDS
            if long and joint["verb"] in cues.SPLIT_IMPERATIVES and not _points_back(joint["next"]):
                cut = body.start + joint.start()
                return [Span(body.start, cut), Span(body.start + joint.start("verb"), body.end)]
        return [body]


def _last_chapter(document: Document) -> Span:
    """Return the last chapter before annexes and colophon, where a report concludes whatever it calls that."""
    top = min((section.level for section in document.sections), default=0)
    chapters = [
        section
        for section in document.sections
        if section.level == top and not cues.BACK_MATTER.search(document.title_of(section))
    ]
    return chapters[-1].span if len(chapters) > 1 else Span(0, 0)


def is_imperative(word: str) -> bool:
    """Tell whether a word opens a demand."""
    plain = dutch.fold(word.strip("‘'\"“(").rstrip(",;:"))
    return plain in cues.IMPERATIVES


def _is_third_person(word: str) -> bool:
    """Tell whether an item under its addressee begins with what that one does: ``zorgt``, ``legt vast``."""
    return word.islower() and word.endswith("t") and (word[:-1] in cues.IMPERATIVES or word in cues.IMPERATIVES)


def looks_imperative(word: str) -> bool:
    """Tell whether a word looks like the stem of a verb that we have not listed: ``overhandig`` of *overhandigen*."""
    plain = dutch.fold(word.rstrip(",;:"))
    if not word[:1].isupper() or len(plain) < 3 or plain in dutch.FUNCTION_WORDS:
        return False
    softened = plain[:-1] + {"f": "v", "s": "z"}.get(plain[-1], plain[-1])
    shortened = re.sub(r"([aeou])\1(?=[^aeiou]$)", r"\1", softened)
    infinitives = {f"{plain}en", f"{plain}{plain[-1]}en", f"{softened}en", f"{shortened}en", f"{plain}n"}
    return any(dutch.is_known(one) and dutch.forms(one).lemma == one for one in infinitives)


def _ends_in_verb(text: str) -> bool:
    """Tell whether an item says what to do in the infinitive: ``Wachtlijsten wekelijks bespreken.``"""
    last = text.split()[-1].rstrip(".;")
    return last.islower() and last.endswith("en") and dutch.is_known(last) and dutch.forms(last).lemma == last


def _points_back(words: str) -> bool:
    back = {
        "dit",
        "dat",
        "deze",
        "die",
        "daar",
        "daarbij",
        "daarvoor",
        "daarin",
        "haar",
        "hem",
        "hen",
        "ze",
        "het",
        "er",
    }
    return bool(back & set(dutch.fold(words).split()))


def _first_sentence(text: str) -> int:
    found = dutch.sentences(text)
    return found[0].end if found else 0
