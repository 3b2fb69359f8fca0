"""A person's word over the rules': corrections applied to what was derived from one document.

A statement is found again by its words, wherever they stand now; of equal words the nearest to where they stood. What
cannot be found again, or is contradicted by a later correction, is reported: nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from indexer.statements import Makers, statement_id
from kennisbank.corrections import Correction
from kennisbank.model import (
    Addressee,
    Document,
    DocumentId,
    Evidence,
    Finding,
    Recommendation,
    Span,
    Statement,
    StatementSort,
    Tag,
    TermId,
)
from kennisbank.taxonomy import Taxonomy

CONFIRMED = 1.0
"""Certainty and strength of what a person said."""
RULE = "mens"


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is left after the corrections, and what is to be reported."""

    tags: tuple[Tag, ...]
    statements: tuple[Statement, ...]
    reports: tuple[str, ...]


def correct(
    name: DocumentId,
    document: Document,
    tags: Sequence[Tag],
    statements: Sequence[Statement],
    corrections: Sequence[Correction],
    taxonomy: Taxonomy,
) -> Corrected:
    """Apply the corrections of one document in the order in which they were made."""
    if not corrections:
        return Corrected(tuple(tags), tuple(statements), ())
    work = _Work(name, document, list(tags), list(statements), taxonomy)
    latest = {entry.subject: entry for entry in corrections}
    for entry in corrections:
        if latest[entry.subject] is not entry:
            if entry.actie != latest[entry.subject].actie:
                work.reports.append(f"{entry.told}: later is anders besloten ({latest[entry.subject].actie})")
        elif entry.soort == "tag":
            work.tag(entry)
        elif entry.soort in ("aanbeveling", "bevinding"):  # what connects documents is made after all of them
            work.statement(entry)
    work.statements.sort(key=lambda said: (isinstance(said, Finding), said.place.span))
    return Corrected(tuple(work.tags), tuple(work.statements), tuple(work.reports))


class _Work:
    """The state while the corrections of one document are applied."""

    def __init__(
        self, name: DocumentId, document: Document, tags: list[Tag], statements: list[Statement], taxonomy: Taxonomy
    ) -> None:
        self._name = name
        self._document = document
        self._taxonomy = taxonomy
        self._makers = Makers(name, document, tags, taxonomy)
        self.tags = tags
        self.statements = statements
        self.reports: list[str] = []

    def tag(self, entry: Correction) -> None:
        """Confirm, add or reject a term for the document as a whole; rejected, it goes from the passages too."""
        term = self._taxonomy.terms.get(TermId(entry.term))
        if term is None:
            self.reports.append(f"{entry.told}: dit begrip staat niet (meer) in de begrippenlijst")
            return
        mine = [tag for tag in self.tags if tag.term == term.id]
        if entry.actie == "verwerp":
            self.tags = [tag for tag in self.tags if tag.term != term.id]
            return
        whole = next((tag for tag in mine if tag.passage is None), None)
        evidence = whole.evidence if whole else ()
        if entry.tekst:
            span = self._found(entry)
            evidence = (Evidence(span, RULE), *evidence) if span else evidence
        made = Tag(term.facet, term.id, CONFIRMED, evidence, origin="mens")
        self.tags = [tag for tag in self.tags if tag is not whole]
        at = next((index for index, tag in enumerate(self.tags) if tag.passage is None), len(self.tags))
        self.tags.insert(at, made)

    def statement(self, entry: Correction) -> None:
        """Confirm, reject, change or add a recommendation or finding."""
        span = self._found(entry)
        if span is None:
            return
        kind = Recommendation if entry.soort == "aanbeveling" else Finding
        at = next((index for index, said in enumerate(self.statements) if _is_it(said, kind, span)), None)
        if entry.actie == "verwerp":
            if at is not None:
                del self.statements[at]
            return
        said = self.statements[at] if at is not None else self._new(entry, span)
        made = self._changed(said, entry)
        if at is None:
            self.statements.append(made)
        else:
            self.statements[at] = made

    def _found(self, entry: Correction) -> Span | None:
        """Find the words again; white space and hyphens at line ends may differ."""
        words = [re.escape(word) for word in entry.tekst.split()]
        places = (
            [Span(*match.span()) for match in re.finditer(r"\s+".join(words), self._document.text)] if words else []
        )
        if not places:
            self.reports.append(f"{entry.told}: deze woorden staan niet (meer) in het document; pas de correctie aan")
            return None
        stood = int(entry.begin) if entry.begin.isdigit() else 0
        return min(places, key=lambda span: abs(span.start - stood))

    def _new(self, entry: Correction, span: Span) -> Statement:
        """Make a statement of words that no rule found."""
        sort: StatementSort = "aanbeveling" if entry.soort == "aanbeveling" else "bevinding"
        common: dict[str, Any] = {
            "id": statement_id(self._name, sort, span.of(self._document.text)),
            "place": self._makers.place(span),
            "passage_start": self._makers.passage_start(span),
            "path": self._makers.path(span),
            "kind": entry.aard or entry.soort,
            "rules": (RULE,),
            "certainty": CONFIRMED,
            "origin": "mens",
            **self._makers.terms(span),
        }
        if entry.soort == "aanbeveling":
            return Recommendation(**common, strength="formeel")
        return Finding(**common, polarity="neutraal")

    def _changed(self, said: Statement, entry: Correction) -> Statement:
        changes: dict[str, Any] = {"certainty": CONFIRMED, "origin": "mens"}
        if entry.nieuweTekst:
            span = self._found(replace(entry, tekst=entry.nieuweTekst))
            changes |= {"place": self._makers.place(span)} if span else {}
        if entry.aard:
            changes["kind"] = entry.aard
        if isinstance(said, Recommendation):
            changes |= {"number": entry.nummer} if entry.nummer else {}
            changes |= {"strength": entry.sterkte} if entry.sterkte else {}
            changes |= self._addressed(said, entry) if entry.adressaten else {}
        elif entry.polariteit:
            changes["polarity"] = entry.polariteit
        return replace(said, **changes)

    def _addressed(self, said: Recommendation, entry: Correction) -> dict[str, Any]:
        """Return other addressees: those known at their place, new ones at the recommendation itself."""
        wanted = [name.strip() for name in entry.adressaten.split("|") if name.strip(" -")]
        unknown = [name for name in wanted if TermId(name) not in self._taxonomy.terms]
        for name in unknown:
            self.reports.append(f"{entry.told}: organisatie '{name}' staat niet (meer) in de begrippenlijst")
        known = {one.organisation: one.place for one in said.addressees}
        terms = [TermId(name) for name in wanted if name not in unknown]
        addressees = tuple(Addressee(known.get(term, said.place), term) for term in terms)
        others = (term for term in said.organisations if term not in known)
        return {"addressees": addressees, "organisations": tuple(dict.fromkeys((*terms, *others)))}


def _is_it(said: Statement, kind: type[Statement], span: Span) -> bool:
    """Tell whether a statement is the one meant: the same words, or most of either."""
    if not isinstance(said, kind):
        return False
    mine = said.place.span
    shared = min(mine.end, span.end) - max(mine.start, span.start)
    return 2 * shared > max(mine.end - mine.start, span.end - span.start)
