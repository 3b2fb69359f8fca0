"""Finds what a document says about earlier recommendations: the place, the judgement, who says it, and what is near.

Which recommendation is meant is for `indexer.followup_links`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import followup_cues as cues
from kennisbank import dutch
from kennisbank.model import Block, Document, Metadata, Span
from kennisbank.verdicts import Judgement, Speaker

REACTION_KINDS = frozenset({"beleidsreactie", "voortgangsbrief"})
"""Kinds in which a minister answers."""
FOLLOWING = frozenset({*REACTION_KINDS, "vervolgonderzoek"})
"""Kinds of documents that are about earlier recommendations."""
_TELLING = frozenset(
    {
        *FOLLOWING,
        *("rapport", "incidentonderzoek", "doorlichting", "brief", "signaal", "jaarbericht", "periodiek-beeld"),
        *(
            "nieuwsbericht",
            "werkprogramma",
            "plan-van-aanpak",
            "bij-nadere-inspectie",
            "magazine",
            "wederhoor",
            "overig",
        ),
    }
)
_JUDGING = re.compile(
    r"oordeel|\bstand\b|status|opgevolg|geborgd|verankerd|overgenomen|uitgevoerd|opvolging|gevolg gegeven|reactie", re.I
)
_ASKED = re.compile(r"aanbeveling|gevraagd|\bvraag|\bpunt|verbeter|advies|maatregel", re.I)
_TITLE_WORDS = re.compile(r"bestuurlijke reactie|reactie van", re.I)
_BETWEEN = re.compile(r"(?:\s*(?:,|;|en\b|\.))*\s*")
_STANDINGS = re.compile(
    r"(?:eerdere|stand|opvolging)\b.*\b(?:aanbeveling|punt|vraag|advies)|"
    r"aanbeveling\w*.*\b(?:stand|opvolging)",
    re.I,
)
_CELL = re.compile(
    r"\b(?:(?:Deels |Niet |Gedeeltelijk )?(?:Overgenomen|overgenomen|Opgevolgd|opgevolgd)|"
    r"(?:[Nn]og )?(?:[Nn]iet )?[Gg]eborgd|"
    r"Achterhaald|Vervallen)\b"
)
_VERDICT = re.compile(r"\b(?:oordeel|stand|conclusie)\b", re.I)
_BRACKETED = re.compile(r"\((?:(?:vraag|aanbeveling|punt|nr\.?)\s+)?(?P<number>\d{1,2}|[A-Z])\)")
_AT_END = re.compile(
    r":\s*(?P<said>(?:niet|deels|ten dele|gedeeltelijk)?\s*(?:opgevolgd|overgenomen|geborgd|achterhaald|"
    r"uitgevoerd)?)\.",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Found:
    """Something said, before it is known of which recommendation."""

    span: Span
    judgement: Judgement
    speaker: Speaker
    date: str | None
    rule: str
    block: Span
    """The paragraph or table it stands in."""
    heading: Span | None
    """The nearest heading above."""
    about: tuple[Span, ...]
    """What tells which recommendation is meant, the nearest first: sentence or row, paragraph, heading."""
    numbers: tuple[int, ...]
    """Ranks of recommendations that are named."""
    of_all: bool = False
    """It speaks of all recommendations of a document at once."""
    soft: bool = False
    """Its words mean so only when it is clear which recommendation it is about."""
    of_own: bool = False
    """It speaks of recommendations of the document itself: a reaction printed in it."""


def found_in(document: Document, follows: bool, own: Sequence[Span]) -> Iterator[Found]:
    """Yield what a document says of earlier recommendations.

    `follows`: it answers or follows up another; `own`: where it recommends something itself.
    """
    kind = document.metadata.kind
    if kind not in _TELLING:
        return
    finder = _Finder(document, follows or kind in FOLLOWING or author_of(document.metadata) == "rekenkamer")
    for block in document.blocks:
        for found in finder.block(block):
            # an answer often stands in one sentence with what it answers
            if finder.reacts or not any(span.start < found.span.end and found.span.start < span.end for span in own):
                yield found


def author_of(metadata: Metadata) -> Speaker:
    """Return in what role the publisher of a document speaks."""
    publishers = " ".join(metadata.publishers).lower()
    if "rekenkamer" in publishers:
        return "rekenkamer"
    if metadata.kind in REACTION_KINDS or ("ministerie" in publishers and "inspectie" not in publishers):
        return "minister"
    if "inspectie" in publishers:
        return "inspectie"
    return "organisatie" if publishers or metadata.kind == "plan-van-aanpak" else "inspectie"


class _Finder:
    """Goes through the blocks of one document, in order."""

    def __init__(self, document: Document, follows: bool) -> None:
        self._text = document.text
        self._follows = follows
        self._author = author_of(document.metadata)
        self.reacts = document.metadata.kind in REACTION_KINDS or (
            document.metadata.kind == "plan-van-aanpak" and self._author == "organisatie"
        )
        self._date = document.metadata.dates.best
        self._heading: Span | None = None
        self._own_reaction = False

    def block(self, block: Block) -> Iterator[Found]:
        """Yield what one block says."""
        if block.kind == "heading":
            self._heading = block.span
            yield from self._judging_heading(block)
            self._own_reaction = bool(_TITLE_WORDS.search(block.span.of(self._text))) and not self.reacts
        elif block.kind == "table":
            yield from self._table(block)
        elif block.kind in ("paragraph", "item"):
            yield from self._paragraph(block)

    def _judging_heading(self, block: Block) -> Iterator[Found]:
        """Yield what a heading says, such as ``Aanbeveling 2: deels opgevolgd``."""
        words = block.span.of(self._text)
        if self._follows and cues.DEMAND_WIDELY.search(words) and len(words.split()) < 25:
            for one in cues.judgements(words):
                if numbers := tuple(cues.numbers(words)):
                    yield self._found(block.span, one, block, numbers, words)

    # Running text

    def _paragraph(self, block: Block) -> Iterator[Found]:
        if _STANDINGS.search(self._heading.of(self._text) if self._heading else "") and _is_fragment(
            block.span.of(self._text)
        ):
            yield from self._fragment(block)
            return
        whole = (_moved(span, block.span.start) for span in dutch.sentences(block.span.of(self._text)))
        sentences = [part for span in whole for part in _clauses(self._text, span)]
        label = self._label(block)
        lead: cues.Said | None = None
        before: tuple[int, ...] = ()
        for span in sentences:
            words = span.of(self._text)
            listed = list(self._listed(span, block, lead))
            if listed:
                yield from listed
                continue
            named = tuple(cues.numbers(words))
            said = [
                one
                for one in cues.judgements(words)
                if self._speaks_of_demand(one, words, bool(label or before), block)
            ]
            counted = bool(cues.COUNTED.search(words)) and not cues.WHOLE.search(words) and not named
            if counted:
                lead = said[0] if len(said) == 1 else None
                continue
            where = named or label or before
            for one in said:
                yield self._found(span, one, block, where, words)
            if self.reacts and label and (match := cues.STARTED.search(words)):
                started = cues.Said("opgepakt", match.start(), match.end())
                if not _is_own_plan(words) and not any(one.judgement.startswith("niet-") for one in said):
                    yield replace(self._found(span, started, block, label, words), speaker=self._author)
            if self._follows and not self.reacts and not said:
                for one in cues.soft_judgements(words):
                    yield replace(self._found(span, one, block, where, words), soft=True)
            before = named or before

    def _fragment(self, block: Block) -> Iterator[Found]:
        """Yield what is left of a table whose cells were lost in reading: its judgements, in words of their own."""
        for match in _CELL.finditer(block.span.of(self._text)):
            judgement = next((one.judgement for one in cues.judgements(match[0])), None)
            if judgement:
                span = Span(block.span.start + match.start(), block.span.start + match.end())
                made = self._made(span, judgement, "U2", block, ())
                yield replace(made, about=(block.span,), speaker=self._accepting(judgement))

    def _label(self, block: Block) -> tuple[int, ...]:
        """Return the number of the point that a paragraph, or the heading above it, answers."""
        for span in (block.span, self._heading):
            match = cues.LABEL.match(span.of(self._text)[:40]) if span else None
            if match and (rank := cues.as_number(match["number"])):
                if span is block.span and block.kind != "item" and not re.match(r"\W*[a-z]{2,}", match[0], re.I):
                    continue
                if span is self._heading and not self.reacts and not re.match(r"\W*[a-z]{2,}", match[0], re.I):
                    continue  # chapters are numbered too
                return (rank,)
        return ()

    def _speaks_of_demand(self, said: cues.Said, words: str, linked: bool, block: Block) -> bool:
        """Tell whether a judgement is about a recommendation and not about anything else that was done."""
        weak = bool(cues.WEAK.fullmatch(words[said.start : said.end].split()[0])) if said.end > said.start else False
        if cues.DEMAND.search(words):
            return not (said.judgement == "opgepakt" and not self._follows)
        if not self._follows and not self._own_reaction:
            return False
        if self._own_reaction or said.judgement.endswith("overgenomen"):
            return bool(cues.DEMAND_WIDELY.search(words) or (self.reacts and cues.POINTING.search(words)))
        if weak or said.judgement == "opgepakt":
            return bool(cues.DEMAND_WIDELY.search(words)) and not self.reacts
        if said.judgement in ("geborgd", "niet-geborgd"):
            return bool(cues.DEMAND_WIDELY.search(words) or cues.POINTING.search(words) or linked)
        return bool(cues.DEMAND_WIDELY.search(words) or linked or cues.numbers(words) or _VERDICT.search(words))

    def _listed(self, span: Span, block: Block, lead: cues.Said | None) -> Iterator[Found]:
        """Yield the numbered parts of a sentence under a judgement, and an item that ends in one."""
        words = span.of(self._text)
        label = cues.LABEL.match(block.span.of(self._text)) if block.kind == "item" else None
        end = _AT_END.search(words)
        if label and end and end["said"].strip() and self._follows:
            judgement = cues.in_cell(end["said"].strip(), "opgevolgd")
            number = cues.as_number(label["number"])
            if judgement and number:
                start = span.start + (label.end() if span.start == block.span.start else 0)
                yield self._made(_stripped(self._text, Span(start, span.end)), judgement, "U4", block, (number,))
            return
        own = next(cues.judgements(words), None)
        judged = own or lead
        matches = list(_BRACKETED.finditer(words))
        if judged is None or not matches or not self._follows:
            return
        start = words.find(":") + 1 if own and ":" in words[: matches[0].start()] else 0
        for match in matches:
            part = _stripped(self._text, Span(span.start + start, span.start + match.end()))
            yield self._made(part, judged.judgement, "U4", block, (cues.as_number(match["number"]),))
            start = match.end()
            between = _BETWEEN.match(words, start)
            start = between.end() if between else start

    def _found(self, span: Span, said: cues.Said, block: Block, numbers: Sequence[int], words: str) -> Found:
        who = cues.speaker(words, said, self._author)
        made = self._made(span, said.judgement, "U3" if self.reacts else "U1", block, tuple(numbers))
        date = self._date
        if (
            who != self._author
            and (year := re.search(r"\b[Ii]n (?:\w+ )?((?:19|20)\d\d)\b", words))
            and not self.reacts
        ):
            date = year[1]
        whole = bool(cues.WHOLE.search(words)) or (
            self.reacts and said.judgement == "overgenomen" and bool(cues.THEM.search(words))
        )
        return replace(made, speaker=who, date=date, of_all=whole and not numbers)

    def _made(self, span: Span, judgement: Judgement, rule: str, block: Block, numbers: tuple[int, ...]) -> Found:
        about = (span, block.span, *((self._heading,) if self._heading else ()))
        return Found(
            span, judgement, self._author, self._date, rule, block.span, self._heading, about, numbers,
            of_own=self._own_reaction,
        )  # fmt: skip

    # Tables

    def _table(self, block: Block) -> Iterator[Found]:
        rows = list(_rows(self._text, block.span))
        if len(rows) < 2:
            return
        head = [cell.of(self._text) for cell in rows[0]]
        asked = next((at for at, title in enumerate(head) if _ASKED.search(title)), None)
        judging = [at for at, title in enumerate(head) if _JUDGING.search(title) and at != asked]
        if asked is None or not judging:
            return
        for cells in rows[1:]:
            for at in judging:
                if at < len(cells) and asked < len(cells):
                    yield from self._cell(cells, at, asked, head[at], block)

    def _cell(self, cells: Sequence[Span], at: int, asked: int, title: str, block: Block) -> Iterator[Found]:
        label, row = cells[asked], Span(cells[0].start, cells[-1].end)
        match = cues.LABEL.match(cells[0].of(self._text))
        number = (cues.as_number(match["number"]),) if match else ()
        parts = list(_parts(self._text, cells[at]))
        for part in parts:
            judgement = cues.in_cell(part.of(self._text), title)
            if judgement is None:
                continue
            # a bare yes or no is no quotation; what was asked beside it is
            bare = len(part.of(self._text).split()) < 3 and not next(cues.judgements(part.of(self._text)), None)
            made = self._made(label if bare else part, judgement, "U2", block, number)
            yield replace(made, about=(label, row), speaker=self._accepting(judgement))

    def _accepting(self, judgement: Judgement) -> Speaker:
        """Return who speaks in a table: an inspectorate tells there what a minister accepted."""
        return "minister" if "overgenomen" in judgement and self._author == "inspectie" else self._author


def _clauses(text: str, span: Span) -> list[Span]:
    """Return a sentence, or the parts of it between semicolons when more than one of them judges."""
    words = span.of(text)
    starts = [0, *(match.end() for match in re.finditer(r";\s+", words))]
    parts = [Span(span.start + at, span.start + end) for at, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    parts = [_stripped(text, Span(part.start, part.start + len(part.of(text).rstrip("; ")))) for part in parts]
    return parts if sum(any(cues.judgements(part.of(text))) for part in parts) > 1 else [span]


def _is_fragment(words: str) -> bool:
    """Tell whether a paragraph is no sentence, but what is left of the cells of a table."""
    return not words.rstrip().endswith((".", ":", "?"))


def _is_own_plan(words: str) -> bool:
    return bool(re.search(r"\b(?:zal|zullen|wil ik|voorstel)\b", words))


def _parts(text: str, span: Span) -> Iterator[Span]:
    """Yield the parts of a cell between marks, each a judgement of its own perhaps."""
    start = span.start
    for match in re.finditer(r"[;,]\s*", span.of(text)):
        yield Span(start, span.start + match.start())
        start = span.start + match.end()
    yield Span(start, span.end)


def _rows(text: str, span: Span) -> Iterator[list[Span]]:
    start = span.start
    for line in span.of(text).split("\n"):
        cells, at = [], start
        for cell in line.split("\t"):
            cells.append(_stripped(text, Span(at, at + len(cell))))
            at += len(cell) + 1
        yield cells
        start += len(line) + 1


def _moved(span: Span, by: int) -> Span:
    return Span(span.start + by, span.end + by)


def _stripped(text: str, span: Span) -> Span:
    piece = span.of(text)
    left = len(piece) - len(piece.lstrip())
    return Span(span.start + left, max(span.start + left, span.end - len(piece) + len(piece.rstrip())))
