"""What a publication is: the best value per field from what its format, address, text and name say.

In that order, and `Metadata.found` tells which it was.
"""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote

from corpus.dates import LETTER_DATE, PERIODICAL, YEAR_ALONE, dates_in, find_dates, find_period
from corpus.kinds import LETTER, QUESTIONS, SENTENCE, SHORT_LINE, SUBJECT, Found, Lines, find_kind, readable
from corpus.plain import squeezed
from corpus.publishers import SIGNATURE, find_publishers, is_sender, senders
from corpus.raw import Hint, RawDocument
from kennisbank.model import Metadata

MAX_TITLE = 500
"""Characters of a title that are kept."""
MIN_LANGUAGE_WORDS = 12
"""Function words needed to trust the language that the text seems to be in."""

_JUNK_TITLE = re.compile(
    r"(?:microsoft (?:word|powerpoint|excel)|logo\b|untitled|naamloos|word document|powerpoint|sjabloon|template|"
    r"(?:titel|title|document|presentatie|brief|rapport|home)\W*\d*$|.{0,200}\.(?:docx?|pdf|indd|qxp|xlsx?|odt|rtf|html?)$)",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"(?:[\dIVX.]+ )?(?:inhoud\w*|voorwoord|samenvatting\w*|inleiding|colofon|bijlagen?|rapport|inspectierapport|"
    r"brief|nieuwsbericht|definitief|concept|plan van aanpak|thematisch onderzoek|themaonderzoek|"
    r"toezicht, omdat\b.{0,80})\W*",
    re.IGNORECASE,
)
_SITE_TAIL = re.compile(
    r"\s+[|–-]\s+(?:(?:rapport|brief|nieuwsbericht|publicatie|kamerstuk\w*|jaarverslag|jaarplan)\s+\|\s+)?"
    r"(?:inspectie [\w ]{3,60}|rijksoverheid(?:\.nl)?|ministerie van [\w ]{3,60}|[\w.]{3,40}\.nl)$",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:datum|(?:ons |uw )?kenmerk|contactpersoon|onderwerp|betreft|aan|van|pagina|projectnaam|afdeling|bijlage\(n\)|"
    r"doorkiesnummer|kopie aan|retouradres|bezoekadres|postadres|versie|status)\b(?:\s*:.*|\W*)",
    re.IGNORECASE,
)
_DOSSIER = re.compile(r"\d\d \d{3}(?: \([^)]{1,20}\))? ")
_DOSSIER_ADDRESS = re.compile(r"/kst-(\d{5})\b")
_DOSSIER_NAMED = re.compile(
    r"\b(?:kamerstuk(?:ken)?|dossier(?:nummer)?)\b[^\d]{0,12}(?:\d{4}[/-]\d{2,4}, ?)?(\d\d ?\d{3})\b", re.I
)
_PAPER = re.compile(r"nr\. ?(\w{1,6}) (.+)", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,6} ?(?:[a-z' ]{0,12})[A-Z]")

_LANGUAGE_WORDS: Final = {
    "nl": frozenset("de het een van en dat zijn niet voor met wordt worden naar bij ook aan door deze heeft".split()),
    "en": frozenset("the of and to that is for with are was this from have has been which not by be".split()),
    "de": frozenset("der die und das ist nicht für mit werden wird auch von dem den einer sich sind ein".split()),
    "fr": frozenset("le la les et des du une est dans pour que par sur sont pas au aux ce".split()),
}


def resolve(raw: RawDocument, name: str, text: str) -> Metadata:
    """Return the best value of each field; `name` is the file's name or path, `text` the opening of the document."""
    lines = Lines.of(raw.blocks)
    url = raw.hints.get("url")
    address = unquote(url.value if url else "")
    title, title_found, subtitle = _title(raw, lines, name)
    on_cover = senders(lines.front)
    kind, kind_found = find_kind(raw, lines, title, address, name, text, on_cover)
    period, period_found = find_period(kind, title, lines)
    if period and PERIODICAL.fullmatch(title):
        title = f"{title} {period}"
    dates, date_found = find_dates(raw, lines, address, name, kind)
    publishers, publisher_found = find_publishers(raw, lines, address, dates.best, on_cover)
    language, language_found = _language(raw, text)
    hinted = raw.hints.get("subtitle")
    dossier, dossier_found = _dossier(raw, lines, address)
    found = {
        "title": title_found,
        "subtitle": (hinted.found if hinted else "tekst") if hinted or subtitle else "",
        "kind": kind_found,
        "dates": date_found,
        "period": period_found,
        "publishers": publisher_found,
        "language": language_found,
        "url": url.found if url else "",
        "dossier": dossier_found,
    }
    return Metadata(
        title=title,
        subtitle=hinted.value if hinted else subtitle,
        kind=kind,
        dates=dates,
        period=period,
        publishers=publishers,
        language=language,
        url=url.value if url else None,
        dossier=dossier,
        found={field: where for field, where in found.items() if where},
    )


def _dossier(raw: RawDocument, lines: Lines, address: str) -> tuple[str | None, str]:
    """Return the number of the parliamentary dossier and where it was found."""
    hint = raw.hints.get("dossier")
    if hint:
        return hint.value, hint.found
    in_address = _DOSSIER_ADDRESS.search(address)
    if in_address:
        return in_address[1], "adres"
    if lines.of_parliament:
        line = next((line for line in lines.front if _DOSSIER.match(line)), None)
        return ("".join(line.split()[:2]), "tekst") if line else (None, "")
    named = next((match for line in lines.front if (match := _DOSSIER_NAMED.search(line))), None)
    return ("".join(named[1].split()), "tekst") if named else (None, "")


def _title(raw: RawDocument, lines: Lines, name: str) -> tuple[str, str, str | None]:
    """Return the title, where it was found, and the subtitle that a cover gives below it."""
    hint = raw.hints.get("title")
    stated = cleaned_title(hint.value) if hint else None
    if stated and (_LABEL.fullmatch(stated) or is_sender(stated)):
        stated = None
    told = lines.of_letter or lines.of_parliament  # these name their subject; what is printed largest is the letterhead
    if hint and stated and (hint.found == "html" or (hint.found == "tekst" and not told)):
        return stated, hint.found, _below(lines, stated) if hint.found == "tekst" else None
    written = _written_title(raw, lines)
    if written:
        return written, "tekst", None if told else _below(lines, written)
    if hint and stated:
        return stated, hint.found, None
    return readable(name), "naam", None


def _written_title(raw: RawDocument, lines: Lines) -> str | None:
    for at, line in enumerate(lines.front):
        if SUBJECT.match(line):
            subject = cleaned_title(SUBJECT.sub("", line) or " ".join(lines.front[at + 1 : at + 2]))
            if subject:
                return subject
    if lines.of_parliament:
        return _title_of_paper(lines)
    periodical = next((line for line in lines.front if PERIODICAL.match(line) and len(line) <= SHORT_LINE // 2), None)
    if periodical:
        return periodical
    no_titles = _furniture(raw)
    first = next((line for line in lines.front if line not in no_titles and _may_be_title(line)), None)
    opening = {None, 1}
    top = next(
        (
            block.text
            for block in raw.blocks
            if block.kind == "heading" and block.parts[0].page in opening and not _GENERIC.fullmatch(block.text)
        ),
        None,
    )
    if raw.blocks and raw.blocks[0].parts[0].page not in opening:
        return None  # the first page could not be read, and what stands on a later one heads a part
    if any(LETTER.match(line) or SIGNATURE.match(line) for line in lines.front):
        return None  # the first line of a letter is an address or a greeting
    paged = bool(raw.page_labels)
    return cleaned_title((first if not paged else None) or top or first or "")


def _furniture(raw: RawDocument) -> frozenset[str]:
    """Return lines that are no title: what stands from the first table on, and the line that ends the document."""
    kinds = [block.kind for block in raw.blocks]
    behind = raw.blocks[kinds.index("table") :] if "table" in kinds else ()
    rows = {squeezed(row) for block in behind for row in block.text.split("\n")}
    ends = {squeezed(block.text) for block in raw.blocks[-1:]}
    return frozenset(rows | ends) if len(raw.blocks) > 1 else frozenset(rows)


def _title_of_paper(lines: Lines) -> str | None:
    questions = next((line for line in lines.front if QUESTIONS.match(line)), None)
    dossier = next((line for line in lines.front if _DOSSIER.match(line)), "")
    paper = next((match for line in lines.front if (match := _PAPER.match(line))), None)
    if questions or not paper:
        return (questions or dossier).partition(" (ingezonden ")[0] or None
    return f"{dossier}, nr. {paper[1]} {paper[2]}".lstrip(", ")


def _may_be_title(line: str) -> bool:
    """Tell whether a cover line may be the title: not a sender, a date, a label or a word that many covers have."""
    if len(line) > 1.5 * SHORT_LINE or _GENERIC.fullmatch(line) or line.endswith((":", ",")) or SENTENCE.match(line):
        return False
    if any(pattern.match(line) for pattern in (LETTER, LETTER_DATE, _INITIALS, SIGNATURE)) or YEAR_ALONE.fullmatch(
        line
    ):
        return False
    dated = dates_in(line)
    return (
        not is_sender(line)
        and not _LABEL.fullmatch(line)
        and not (dated and len(line) < 40)
        and sum(char.isalpha() for char in line) >= 4
    )


def _below(lines: Lines, title: str) -> str | None:
    at = next((at for at, line in enumerate(lines.front) if line == title), None)
    if at is None:
        return None
    following = next(iter(lines.front[at + 1 : at + 2]), "")
    return following if _may_be_title(following) and following.count(" ") >= 2 else None


def cleaned_title(title: str) -> str | None:
    """Return a title without the site's tail; None for what programs put there by themselves."""
    plain = _SITE_TAIL.sub("", squeezed(title[: 2 * MAX_TITLE])[:MAX_TITLE]).strip(" |–-")
    if sum(char.isalpha() for char in plain) < 3 or _JUNK_TITLE.match(plain):
        return None
    return plain


def _language(raw: RawDocument, text: str) -> Found:
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(1 for word in words if word in known) for language, known in _LANGUAGE_WORDS.items()}
    best, second, *_ = sorted(counts, key=lambda language: -counts[language])
    if counts[best] >= MIN_LANGUAGE_WORDS and counts[best] > 1.5 * counts[second]:
        return best, "tekst"
    hint: Hint | None = raw.hints.get("language")
    stated = hint.value[:2].lower() if hint else ""
    return (stated, hint.found) if hint and stated in _LANGUAGE_WORDS else ("nl", "")
