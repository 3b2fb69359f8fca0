"""From what is said of a recommendation to what a page tells: standing per speaker, lineage, rate of response."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import url_for
from markupsafe import Markup

from kennisbank.followup import ShownVerdict
from kennisbank.library import Snapshot
from kennisbank.model import TermId
from kennisbank.verdicts import JUDGEMENTS, NOTHING_FOUND, SPEAKERS, STANDINGS, VERDICT_RULES, standing
from web.pages import Link
from web.params import RegisterSearch
from web.shown import highlighted
from web.wording import STATEMENT_ORIGINS, certainty_word, counted_noun, date_text

_COLUMNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Minister", ("minister",)),
    ("Organisatie", ("organisatie", "anders")),
    ("Inspectie", ("inspectie", "rekenkamer")),
)
"""Who are shown apart: accepting, taking up and verifying are never added up."""


@dataclass(frozen=True, slots=True)
class JudgedView:
    """A judgement or standing with its sign."""

    text: str
    sign: str
    """``goed``, ``deels``, ``niet``, ``zegt`` or ``geen``: its drawing and colour."""


@dataclass(frozen=True, slots=True)
class VerdictView:
    """One thing that was said."""

    id: str
    date: str
    who: str
    judged: JudgedView
    quote: Markup
    document: Link
    place: Link
    why: str
    certainty: float
    certainty_word: str
    origin: str
    asserted: bool


@dataclass(frozen=True, slots=True)
class SpeakerView:
    """What counts of all that one sort of speaker said; nothing when None."""

    name: str
    last: VerdictView | None


@dataclass(frozen=True, slots=True)
class FollowUpView:
    """What became of one recommendation."""

    standing: JudgedView
    date: str
    """Until when was looked: the date asked for, or that of the newest document."""
    asked: str
    """The date asked for, as in the address."""
    against: tuple[VerdictView, VerdictView] | None
    """Two that contradict each other."""
    speakers: Sequence[SpeakerView]
    said: Sequence[VerdictView]
    """Newest first."""
    proposals: Sequence[VerdictView]


@dataclass(frozen=True, slots=True)
class ResponseView:
    """What is said of the recommendations to one organisation."""

    addressed: int
    answered: int
    date: str
    standings: Sequence[tuple[JudgedView, Link]]
    """Each with the list of its recommendations."""


def judged(value: str) -> JudgedView:
    """Return a judgement or standing as it is shown."""
    if value in ("opgevolgd", "geborgd"):
        sign = "goed"
    elif value.startswith("deels-") or value == "tegenstrijdig":
        sign = "deels"
    elif value.startswith("niet-"):
        sign = "niet"
    else:
        sign = "geen" if value in (NOTHING_FOUND, "achterhaald") else "zegt"
    return JudgedView(STANDINGS[value], sign)


def follow_up(now: Snapshot, recommendation: str, as_of: str | None) -> FollowUpView:
    """Return what became of a recommendation, as far as was said until a date."""
    about = [one for one in now.followup.about(recommendation) if _in_time(one, as_of)]
    said = [_view(one) for one in reversed(about) if one.verdict.asserted]
    found = now.followup.standing(recommendation, as_of)
    views = {view.id: view for view in said}
    pair = (found.decided, found.against)
    newest = as_of or now.overview().newest
    return FollowUpView(
        standing=judged(found.value),
        date=date_text(newest) if newest else "",
        asked=as_of or "",
        against=(views[pair[0].id], views[pair[1].id]) if pair[0] and pair[1] else None,
        speakers=list(_speakers(about, views)),
        said=said,
        proposals=[_view(one) for one in reversed(about) if not one.verdict.asserted],
    )


def _in_time(one: ShownVerdict, as_of: str | None) -> bool:
    date = one.verdict.date
    return not as_of or (date is not None and date[: len(as_of)] <= as_of[: len(date)])


def _speakers(about: Sequence[ShownVerdict], views: dict[str, VerdictView]) -> Iterator[SpeakerView]:
    for name, speakers in _COLUMNS:
        last = standing([one.verdict for one in about if one.verdict.speaker in speakers]).decided
        who = "Rekenkamer" if last and last.speaker == "rekenkamer" else name
        yield SpeakerView(who, views[last.id] if last else None)


def _view(shown: ShownVerdict) -> VerdictView:
    one, row = shown.verdict, shown.row
    address = url_for("documents.document", document_id=row.id, _anchor=f"p{one.passage_start}")
    reasons = [VERDICT_RULES.get(one.rule, ""), *one.reasons]
    shared = f": {', '.join(one.shared)}" if one.shared else ""
    return VerdictView(
        id=one.id,
        date=date_text(one.date) if one.date else "zonder datum",
        who=SPEAKERS[one.speaker],
        judged=judged(one.judgement),
        quote=highlighted(one.place.text, ()),
        document=Link(url_for("documents.document", document_id=row.id), row.title),
        place=Link(address, f"p. {one.place.page}" if one.place.page else "lees in de tekst"),
        why="; ".join(filter(None, reasons)) + shared,
        certainty=one.certainty,
        certainty_word=certainty_word(one.certainty),
        origin=STATEMENT_ORIGINS[one.origin],
        asserted=one.asserted,
    )


def response(now: Snapshot, organisation: TermId) -> ResponseView | None:
    """Return what is said of the recommendations to an organisation; None when there are none."""
    found = now.followup.response(organisation)
    if not found.addressed:
        return None
    newest = now.overview().newest
    standings = []
    for value in (*JUDGEMENTS, "tegenstrijdig", NOTHING_FOUND):
        count = len(found.standings.get(value, ()))
        if count:
            listing = RegisterSearch().only("adressaat", organisation).only("stand", value)
            standings.append((judged(value), Link(listing.address, counted_noun(count, *listing.nouns), count)))
    return ResponseView(found.addressed, found.answered, date_text(newest) if newest else "", standings)
