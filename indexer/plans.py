"""What does a document say its publisher will do, or will not? By which rule do we say so?

V1 who speaks, a deed in the present tense and a time ahead · V2 *zal*, *gaat*, *is van plan* · V3 a study, report or
visit is announced · V4 an item in a list of what is planned · V5 a row of a planning with its time · V6 what is not or
no longer done · V7 in a plan: a deed without a time. The unit is the sentence within its block; a wish without an
object that can be checked is none (DOMAIN 1.2).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import plan_cues as cues
from indexer.matching import matches_in
from indexer.scopes import heading_above
from indexer.statements import ID_DIGITS, Makers
from kennisbank import dutch
from kennisbank.commitments import Commitment
from kennisbank.model import Block, Document, DocumentId, Span, Tag, TermId
from kennisbank.taxonomy import Taxonomy

PLANS = frozenset({"werkprogramma", "meerjarenperspectief", "plan-van-aanpak"})
"""Kinds that say what will be done: there a deed needs no time."""
OTHERS_SPEAK = frozenset({"beleidsreactie", "voortgangsbrief"})
"""Kinds in which somebody else speaks."""
CERTAINTY = {"V1": 0.9, "V2": 0.85, "V3": 0.85, "V4": 0.7, "V5": 0.75, "V6": 0.85, "V7": 0.7}
SAME, SAME_WORDS = 0.6, 5
"""Share of content words, and how many, from which two sentences of a document are one commitment."""
MIN_WORDS, MAX_WORDS = 4, 90
_LABEL = re.compile(r"^(?:[•▪◦‣·*–—-]\s+|\d{1,2}[.)]\s+)?(?:[A-Z][\w &-]{2,40}:\s+)?")


@dataclass(frozen=True, slots=True)
class Planned:
    """A commitment as found."""

    span: Span
    rule: str
    negated: bool
    context: str


def planned(document: Document) -> Iterator[Planned]:
    """Yield the commitments of a document in order of place."""
    kind = document.metadata.kind
    publishers = " ".join(document.metadata.publishers).lower()
    overseer = not publishers or "inspectie" in publishers or "rekenkamer" in publishers
    if kind in OTHERS_SPEAK or not overseer:
        return
    reader = _Reader(document)
    yield from reader.found()


class _Reader:
    """Reads the blocks of one document."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._text = document.text
        self._plan = document.metadata.kind in PLANS
        self._study = document.metadata.kind == "plan-van-aanpak"
        self._above = heading_above(document)
        self.year = first_year(document)
        self._told: set[str] = set()

    def found(self) -> Iterator[Planned]:
        opener = ""
        for block in _joined(self._document):
            above = self._above(block.span.start)
            text = block.span.of(self._text)
            if block.kind in ("heading", "note") or cues.OWN_AFFAIRS.search(above.split(" / ")[-1]):
                continue
            if block.kind == "table":
                yield from self._rows(block, above)
            elif not cues.NOT_OURS.search(above) or self._plan:
                found = self._sentences(block, above)
                if not found and block.kind == "item" and self._plan:
                    found = list(self._items(block, above, opener))
                if found:
                    self._told |= content_stems(text)
                yield from found
            if block.kind == "paragraph":
                opener = text if cues.FOLLOWING.search(text.rstrip()) else ""

    def _sentences(self, block: Block, above: str) -> list[Planned]:
        text = block.span.of(self._text)
        before: list[str] = []
        made: list[Planned] = []
        named, at = False, 0
        for sentence in dutch.sentences(text):
            if made and cues.GOES_ON.search(sentence.of(text)) and made[-1].span.end >= block.span.start + at:
                made[-1] = replace(made[-1], span=Span(made[-1].span.start, block.span.start + sentence.end))
                at = sentence.end
                continue
            for clause in _clauses(text, sentence):
                words = clause.of(text)
                found = self._rule(words, above, named=named)
                if found:
                    rule, negated = found
                    start = block.span.start
                    span = Span(start + clause.start, start + clause.end)
                    made.append(Planned(span, rule, negated, " ".join(before)))
            said = sentence.of(text)
            named = bool(re.search(cues.SPEAKER, said, re.IGNORECASE)) or (
                named and bool(re.search(cues.ANAPHOR, said, re.IGNORECASE))
            )
            before.append(said)
            at = sentence.end
        return made

    def _rule(self, text: str, above: str, *, named: bool) -> tuple[str, bool] | None:
        """Return the rule that fires on a sentence, and whether it is negated."""
        plain = text.rstrip()
        if not MIN_WORDS <= len(plain.split()) <= MAX_WORDS or cues.GENERAL.search(plain):
            return None
        if not named:  # *zij* is somebody else
            plain = re.sub(rf"(?:{cues.ANAPHOR})", "men", plain, flags=re.IGNORECASE)
        time = self._ahead(plain)
        deed = any(act.search(plain) for act in cues.ACTS) or bool(time and cues.AIMS.search(plain))
        deed = deed or bool(self._plan and time and cues.DOES.search(plain))
        if self._stopped(plain, deed=deed, time=time):
            return "V6", True
        if deed and (time or cues.SOON.search(plain)):
            return "V1", False
        promised = cues.WILL_DO.search(plain) and (time or cues.SOON.search(plain))
        if cues.WILL.search(plain) or promised or (time and cues.WANTS.search(plain)):
            return "V2", False
        if self._announced(plain, time=time):
            return "V3", False
        nearest = above.split(" / ")[-1]
        if self._method(plain, nearest):
            return "V7", False
        says_so = self._plan and not cues.MISSION.search(nearest)
        next_steps = not self._plan and cues.AHEAD_HEADING.search(nearest)
        return ("V7", False) if deed and (says_so or next_steps) and not self._past(plain) else None

    def _method(self, text: str, nearest: str) -> bool:
        """Tell whether a plan says how a study is done, with a number or in the chapter for that."""
        does = bool(self._plan and cues.DOES.search(text))
        if not self._study:
            return does and bool(cues.COUNTED.search(text)) and not self._past(text)
        in_chapter = bool(cues.METHOD.search(nearest))
        return in_chapter and (does or bool(cues.DONE.search(text) and cues.COUNTED.search(text)))

    def _stopped(self, text: str, *, deed: bool, time: bool) -> bool:
        if cues.ENDS.search(text):
            return True
        if cues.WITHDRAWN.search(text):
            return not self._past(text)
        return bool(deed and cues.STOPS.search(text) and (self._plan or time or not self._past(text)))

    def _announced(self, text: str, *, time: bool) -> bool:
        soon = bool(cues.SOON.search(text))
        if cues.RETOLD.search(text) and not self._plan:
            return False
        if cues.FROM_NOW.search(text) or (self._plan and cues.SENT.search(text)):
            return True
        if cues.ORDERED.search(text) and (time or self._plan):
            return True
        if cues.SUPERVISION.search(text) and (time or soon):
            return True
        return bool(cues.COMES.search(text)) and (time or soon or (self._plan and not self._past(text)))

    def _ahead(self, text: str) -> bool:
        """Tell whether a sentence names a year that had not passed when the document appeared."""
        years = [int(match["year"]) for match in cues.TIME.finditer(text)]
        return bool(years) and self.year is not None and max(years) >= self.year

    def _past(self, text: str) -> bool:
        """Tell whether a sentence speaks only of years before the last one."""
        years = [
            int(match["year"])
            for match in cues.TIME.finditer(text)
            if not re.search(r"(?:uit|van|vanaf|sinds)\s*$", text[: match.start()] + match[0].split()[0], re.IGNORECASE)
        ]
        return bool(years) and self.year is not None and max(years) < self.year - 1

    def _items(self, block: Block, above: str, opener: str) -> Iterator[Planned]:
        """Yield what a list item plans: a nominal group under a heading or opener that says so."""
        text = block.span.of(self._text)
        at = len(_LABEL.match(text)[0])  # type: ignore[index]  # matches the empty string too
        says_so = cues.LIST_HEADING.search(above) or cues.LIST_OPENER.search(opener) or cues.ACTIVITY.search(text[at:])
        if cues.LEFT_OUT.search(opener) or not says_so:
            return
        for part in re.split(r"(?<=;)\s+", text[at:]):
            start = block.span.start + text.index(part, at)
            words = part.rstrip("; .")
            fresh = content_stems(words) - self._told
            if len(words) > 8 and len(fresh) * 2 >= len(content_stems(words)) and fresh:
                yield Planned(Span(start, start + len(words)), "V4", negated=False, context=opener)

    def _rows(self, block: Block, above: str) -> Iterator[Planned]:
        """Yield the rows of a planning that name a time ahead."""
        text = block.span.of(self._text)
        head = text.partition("\n")[0]
        timed = bool(cues.PLAN_TABLE.search(head))
        if not self._plan or not (timed or cues.PLANNING.search(above)):
            return
        for match in re.finditer(r"[^\n]+", text):
            row = match[0].rstrip()
            if "\t" in row and (self._ahead(row) or (timed and row != head.rstrip())):
                start = block.span.start + match.start()
                yield Planned(Span(start, start + len(row)), "V5", negated=False, context="")


def _joined(document: Document) -> Iterator[Block]:
    """Yield the blocks; a paragraph cut by a page goes on where the next one begins in lower case."""
    held: Block | None = None
    for block in document.blocks:
        text = block.span.of(document.text)
        goes_on = held and held.kind == "paragraph" == block.kind and text[:1].islower()
        near = held and block.span.start - held.span.end <= 2
        if held and goes_on and near and held.span.of(document.text).rstrip()[-1:] not in ".:;!?":
            held = Block(held.kind, Span(held.span.start, block.span.end), held.level)
            continue
        if held:
            yield held
        held = block
    if held:
        yield held


def _clauses(text: str, sentence: Span) -> list[Span]:
    """Cut a sentence where it goes on to another commitment."""
    cuts, at = [], sentence.start
    for match in cues.CLAUSE.finditer(text, sentence.start, sentence.end):
        cuts.append(Span(at, match.start()))
        at = match.end()
    return [*cuts, Span(at, sentence.end)]


def content_stems(text: str) -> set[str]:
    """Return the stems of the words that bear meaning."""
    return {
        token.forms.stem
        for token in dutch.tokens(text)
        if not token.joined and token.forms.exact not in dutch.FUNCTION_WORDS and len(token.forms.exact) > 3
    }


def first_year(document: Document) -> int | None:
    """Return the year in which a document appeared."""
    date = document.metadata.dates.best or ""
    return int(date[:4]) if date[:4].isdigit() else None


def plan_year(document: Document) -> int | None:
    """Return the first year that a programme is for, by its period or title; None for other documents."""
    if document.metadata.kind not in ("werkprogramma", "meerjarenperspectief"):
        return None
    found = re.search(r"20\d\d", document.metadata.period or document.metadata.title)
    return int(found[0]) if found else None


def commitments(
    name: DocumentId, document: Document, tags: Sequence[Tag], taxonomy: Taxonomy
) -> tuple[Commitment, ...]:
    """Return the commitments of one document, each with its place, goal, chains and period; without links."""
    found = list(_once(document.text, planned(document)))
    if not found:
        return ()
    makes = _Makes(name, document, Makers(name, document, tags, taxonomy), tags, taxonomy)
    return tuple(map(makes.commitment, found))


def _once(text: str, found: Iterable[Planned]) -> Iterator[Planned]:
    """Leave out what the same document says again in much the same words, as the opening of a chapter does."""
    told: list[set[str]] = []
    for one in found:
        mine = content_stems(one.span.of(text))
        again = any(len(mine & other) >= SAME_WORDS and _alike(mine, other) >= SAME for other in told)
        told.append(mine)
        if not again:
            yield one


def _alike(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / max(1, len(one) + len(other))


class _Makes:
    """Makes commitments of what the rules found in one document."""

    def __init__(
        self, name: DocumentId, document: Document, makers: Makers, tags: Sequence[Tag], taxonomy: Taxonomy
    ) -> None:
        self._name = name
        self._text = document.text
        self._makers = makers
        self._plan = plan_year(document)
        self._first = first_year(document)
        self._goals = [
            (section.span, match.term.id)
            for section in document.sections
            for match in matches_in(document.title_of(section), (), taxonomy)
            if match.term.facet == "doel" and match.is_name
        ]
        self._broad = document.metadata.kind in ("werkprogramma", "meerjarenperspectief", "jaarbericht")
        self._whole = tuple(tag.term for tag in tags if tag.passage is None and tag.facet == "keten")
        self._seen: set[str] = set()

    def commitment(self, found: Planned) -> Commitment:
        """Make one."""
        text = found.span.of(self._text)
        times = list(cues.TIME.finditer(text))
        years = [int(match["year"]) for match in times]
        period = times[-1][0].strip() if times else (str(self._plan) if self._plan else None)
        chains = self._makers.terms(found.span)["chains"]
        unnamed = self._broad and tuple(chains) == self._whole
        return Commitment(
            id=self._id(text),
            document=self._name,
            place=self._makers.place(found.span),
            passage_start=self._makers.passage_start(found.span),
            context=found.context,
            path=self._makers.path(found.span),
            rule=found.rule,
            certainty=CERTAINTY[found.rule],
            goal=self._goal(found.span),
            chains=() if unnamed else chains,
            period=period,
            year=self._plan or (max(years) if years else self._first),
            last_year=max(years) if years else (self._plan or self._first),
            negated=found.negated,
        )

    def _goal(self, span: Span) -> TermId | None:
        """Return the goal of the nearest heading that names one."""
        above = [(held.start, goal) for held, goal in self._goals if held.holds(span)]
        return max(above)[1] if above else None

    def _id(self, text: str) -> str:
        attempt = 0
        while True:
            seed = f"{self._name}|voornemen|{' '.join(text.split())}|{attempt}"
            name = "v" + hashlib.sha256(seed.encode()).hexdigest()[:ID_DIGITS]
            if name not in self._seen:
                self._seen.add(name)
                return name
            attempt += 1
