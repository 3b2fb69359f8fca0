"""What a publication is: the best value per field from what its format, address, text and name say.

In that order, and `Metadata.found` tells which it was. Names of persons are never looked for: a publisher is one of
the organisations in `_ORGANISATIONS`, a ministry or a municipality.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from corpus.plain import squeezed
from corpus.raw import Hint, RawBlock, RawDocument
from kennisbank.model import KINDS, Dates, Metadata

FRONT_BLOCKS = 30
"""Blocks from the start in which a text without pages may still be its cover or letterhead."""
LONG_BLOCK = 400
"""Characters of a block with which the running text has begun."""
SHORT_LINE = 120
"""Characters of a line that may be part of a cover, letterhead or colophon."""
COVER_LINES = 8
"""Lines from the start that may name the kind; further down they are those of a contents list."""
OPENING = 2500
"""Characters in which a letter says what it is about."""
MAX_TITLE = 500
"""Characters of a title that are kept."""
BACK_BLOCKS = 15
"""Blocks from the end in which a colophon may stand."""
MIN_LANGUAGE_WORDS = 12
"""Function words needed to trust the language that the text seems to be in."""

Found = tuple[str, str]
"""A value and where it was found."""

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "february"),
            ("maart", "mrt", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sep", "sept"),
            ("oktober", "okt", "october"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"(?<![\w-])(?:(?P<iso>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?)(?![\d-])"
    rf"|(?P<day>[0-3]?\d)(?:\s+|-)(?P<month>{_MONTH})\.?(?:\s+|-)(?P<year>(?:19|20)\d\d)\b"
    rf"|(?P<day2>[0-3]?\d)[-/.](?P<month2>[01]?\d)[-/.](?P<year2>(?:19|20)\d\d)\b"
    rf"|(?P<month3>{_MONTH})\.?\s+(?P<year3>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d")
_PERIOD = re.compile(r"\b((?:19|20)\d\d)\s*(?:[-–/]|tot en met|t/m)\s*((?:19|20)\d\d)\b")
_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,-]*\d)")
_OTHER_DATE = re.compile(
    r"\b(?:uw brief|brief van|kenmerk|tussen|sinds|vanaf|tot en met|periode|versie|geraadpleegd|wet van|uw verzoek)\b",
    re.I,
)
_LETTER_DATE = re.compile(
    r"^\W*(?:datum|date|verzonden|vastgesteld|voorgesteld|den haag|the hague|utrecht|ontvangen)\b", re.I
)
_COLOPHON = re.compile(
    r"\b(?:colofon|uitgave van|uitgegeven door|dit is een uitgave|deze brochure is een)\b", re.IGNORECASE
)

_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)/([01]\d)/([0-3]\d)(?:/|$)")
_SEGMENTS: Final = {
    "nieuws": "nieuwsbericht",
    "nieuwsberichten": "nieuwsbericht",
    "persberichten": "nieuwsbericht",
    "rapporten": "rapport",
    "brieven": "brief",
    "kamerstukken": "beleidsreactie",
    "jaarverslagen": "jaarbericht",
    "jaarplannen": "werkprogramma",
    "plannen-van-aanpak": "plan-van-aanpak",
    "toetsingskaders": "toetsingskader",
    "factsheets": "factsheet",
    "reacties-op-wederhoor": "wederhoor",
}
"""Segment of an address -> kind (DOMAIN 6.1); a hint, since addresses are filed by hand."""

_TITLE_KINDS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("wederhoor", r"\bwederhoor"),
        ("nieuwsbericht", r"^(?:nieuws|pers)bericht\b|\b(?:publiceert|gepubliceerd|verschenen)$"),
        ("beleidsreactie", r"beleidsreactie|kabinetsreactie|^kamerstuk\b.{0,80}\b(?:reactie|\w*rapport)\b"),
        ("voortgangsbrief", r"voortgangsbrief|verzamelbrief|voortgangsrapportage|^kamerstuk\b.{0,80}\bstand van zaken"),
        ("plan-van-aanpak", r"\bplan van aanpak\b"),
        ("toetsingskader", r"toetsingskader"),
        ("bij-nadere-inspectie", r"\bbij nadere inspectie\b"),
        ("magazine", r"\bmagazine\b"),
        ("meerjarenperspectief", r"meerjaren(?:perspectief|programma|plan|visie)|\bkoers inspectie\b"),
        ("werkprogramma", r"werkprogramma|\bjaarplan\b|\bjaarwerkplan\b"),
        ("jaarbericht", r"jaarbericht|jaarverslag"),
        ("factsheet", r"\bfact ?sheet\b"),
        ("signaal", r"^(?:signaal|signalement)\b"),
        (
            "brief",
            r"^(?:\w{0,12}brief)\b|beantwoording (?:van )?kamervragen|^antwoord(?:en)? (?:van|op) "
            r"|^vragen van (?:de leden|het lid) ",
        ),
        ("doorlichting", r"doorlichting"),
        ("vervolgonderzoek", r"vervolgonderzoek|\bvervolgrapport"),
        (
            "incidentonderzoek",
            r"(?:incident|calamiteit)(?:en)?onderzoek|\w{3,20}incident\b|onderzoek naar (?:het|de) (?:incident|dood)\b",
        ),
        ("rapport", r"^rapport\b"),
        (
            "periodiek-beeld",
            r"\bperiodiek beeld\b|^(?:de )?staat van\b|\b(?:landelijk|regio)beeld\b|^stand van zaken\b",
        ),
        ("rapport", r"rapport\b|\bonderzoek\b|\bnulmeting\b|^evaluatie\b|\bverslag (?:van het )?toezicht\b"),
    )
)
_SPECIFIC: Final = frozenset(kind for kind, _ in _TITLE_KINDS) - {"rapport", "brief"}
_NOT_IN_LETTERS: Final = frozenset(
    {"voortgangsbrief", "vervolgonderzoek", "incidentonderzoek", "periodiek-beeld", "jaarbericht"}
)
"""What a title may speak of while the document itself is a letter of the inspectorate."""
_LETTER = re.compile(r"^\W*(?:ons kenmerk|uw kenmerk|geachte\b|onderwerp\b|betreft\b|> ?retouradres)", re.IGNORECASE)
_NEWS = re.compile(r"^(?:nieuwsbericht|persbericht)\s*\|", re.IGNORECASE)
_REPORT_HEADINGS = re.compile(
    r"(?:[\dIVX.]+ )?(?:samenvatting|aanbevelingen|conclusies?|onderzoeksvra\w+|bevindingen)\b", re.I
)

_ORGANISATIONS: tuple[tuple[str, str], ...] = (
    ("Inspectie Justitie en Veiligheid", r"inspectie (?:van )?(?:justitie (?:en|&) veiligheid|jenv|j&v)"),
    ("Inspectie Veiligheid en Justitie", r"inspectie (?:van )?(?:veiligheid (?:en|&) justitie|venj|v&j)"),
    ("Inspectie Openbare Orde en Veiligheid", r"inspectie (?:voor )?(?:openbare orde (?:en|&) veiligheid|oov)\b"),
    ("Inspectie voor de Sanctietoepassing", r"inspectie voor de sanctietoepassing"),
    ("Inspectie Gezondheidszorg en Jeugd", r"inspectie (?:voor )?(?:de )?gezondheidszorg en jeugd|\bIGJ\b"),
    ("Inspectie voor de Gezondheidszorg", r"inspectie voor de gezondheidszorg\b(?! en)|\bIGZ\b"),
    ("Inspectie Jeugdzorg", r"inspectie jeugdzorg"),
    ("Inspectie van het Onderwijs", r"inspectie van het onderwijs|onderwijsinspectie"),
    ("Nederlandse Arbeidsinspectie", r"(?:nederlandse )?arbeidsinspectie"),
    ("Inspectie SZW", r"inspectie (?:szw|sociale zaken en werkgelegenheid)"),
    ("Toezicht Sociaal Domein", r"(?:samenwerkend )?toezicht sociaal domein"),
    ("Algemene Rekenkamer", r"algemene rekenkamer"),
    ("Auditdienst Rijk", r"auditdienst rijk"),
    (
        "Wetenschappelijk Onderzoek- en Datacentrum",
        r"wetenschappelijk onderzoek- en (?:data|documentatie)centrum|\bWODC\b",
    ),
    ("Onderzoeksraad voor Veiligheid", r"onderzoeksraad voor veiligheid"),
    ("Tweede Kamer", r"tweede kamer der staten-generaal"),
)
_ORGANISATION: Final = tuple((name, re.compile(pattern, re.IGNORECASE)) for name, pattern in _ORGANISATIONS)
_DEPARTMENTS: Final = (
    "Justitie en Veiligheid",
    "Veiligheid en Justitie",
    "Asiel en Migratie",
    "Binnenlandse Zaken en Koninkrijksrelaties",
    "Volksgezondheid, Welzijn en Sport",
    "Sociale Zaken en Werkgelegenheid",
    "Onderwijs, Cultuur en Wetenschap",
    "Landbouw, Natuur en Voedselkwaliteit",
    "Landbouw, Visserij, Voedselzekerheid en Natuur",
    "Infrastructuur en Waterstaat",
    "Infrastructuur en Milieu",
    "Economische Zaken en Klimaat",
    "Economische Zaken",
    "Buitenlandse Zaken",
    "Algemene Zaken",
    "Binnenlandse Zaken",
    "Financiën",
    "Defensie",
    "Justitie",
)
"""Names of ministries, longer before shorter; a name kept as it was at the time."""
_MINISTRY = re.compile(
    rf"(?:ministerie|minister|staatssecretaris) van ({'|'.join(re.escape(name) for name in _DEPARTMENTS)})\b",
    re.IGNORECASE,
)
_MINISTER_FOR = re.compile(r"\bminister voor rechtsbescherming\b", re.IGNORECASE)
_MUNICIPALITY = re.compile(r"\bgemeente ([A-Z][\w'’-]+(?: (?:aan den |op |bij )?[A-Z][\w'’-]+){0,2})")
_SIGNATURE = re.compile(r"^(?:de |het )?(?:minister|staatssecretaris) (?:van|voor) ", re.IGNORECASE)
_HOSTS: Final = {
    "igj.nl": "Inspectie Gezondheidszorg en Jeugd",
    "rekenkamer.nl": "Algemene Rekenkamer",
    "onderwijsinspectie.nl": "Inspectie van het Onderwijs",
    "nlarbeidsinspectie.nl": "Nederlandse Arbeidsinspectie",
    "toezichtsociaaldomein.nl": "Toezicht Sociaal Domein",
    "inspectievenj.nl": "Inspectie Veiligheid en Justitie",
    "tweedekamer.nl": "Tweede Kamer",
}
RENAMED = "2017-10-26"
"""Day on which the Inspectie Veiligheid en Justitie got its present name; its address holds both (from 2012)."""

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
_SUBJECT = re.compile(r"^\W*(?:onderwerp|betreft)\b\W*", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:datum|(?:ons |uw )?kenmerk|contactpersoon|onderwerp|betreft|aan|van|pagina|projectnaam|afdeling|bijlage\(n\)|"
    r"doorkiesnummer|kopie aan|retouradres|bezoekadres|postadres|versie|status)\b(?:\s*:.*|\W*)",
    re.IGNORECASE,
)
_YEAR_OF_PARLIAMENT = "Vergaderjaar"
"""With this word begin the papers of parliament, which name themselves in a way of their own."""
_DOSSIER = re.compile(r"\d\d \d{3}(?: \([^)]{1,20}\))? ")
_PAPER = re.compile(r"nr\. ?(\w{1,6}) (.+)", re.IGNORECASE)
_QUESTIONS = re.compile(r"vragen van (?:de leden|het lid) ", re.IGNORECASE)
_RECEIVED = re.compile(r"\(ontvangen ([^()]{6,30})\)")
_LONG_ONES = (_SUBJECT.match, _QUESTIONS.match, _RECEIVED.search)
"""What tells something of a letter or paper however long its line is."""
_REACTION = re.compile(r"\bbeleidsreactie\b|\breactie op (?:het|dit|de) (?:inspectie)?rapport", re.IGNORECASE)
_BY_LETTER = re.compile(r"\bbrief van de\b", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.){1,6} ?(?:[a-z' ]{0,12})[A-Z]")
_SENTENCE = re.compile(r"(?:\S+ ){5,}\S*\.$")
_PERIODICAL = re.compile(r"(?:werkprogramma|jaarbericht|jaarverslag|jaarplan|meerjaren\w+)", re.IGNORECASE)
_PERIOD_KINDS: Final = frozenset({"jaarbericht", "werkprogramma", "meerjarenperspectief"})

_LANGUAGE_WORDS: Final = {
    "nl": frozenset("de het een van en dat zijn niet voor met wordt worden naar bij ook aan door deze heeft".split()),
    "en": frozenset("the of and to that is for with are was this from have has been which not by be".split()),
    "de": frozenset("der die und das ist nicht für mit werden wird auch von dem den einer sich sind ein".split()),
    "fr": frozenset("le la les et des du une est dans pour que par sur sont pas au aux ce".split()),
}


def resolve(raw: RawDocument, name: str, text: str) -> Metadata:
    """Return the best value of each field; `name` is the file's name or path, `text` the opening of the document."""
    lines = _Lines.of(raw.blocks)
    url = raw.hints.get("url")
    address = unquote(url.value if url else "")
    title, title_found, subtitle = _title(raw, lines, name)
    kind, kind_found = _kind(raw, lines, title, address, name, text)
    period, period_found = _period(kind, title, lines)
    if period and _PERIODICAL.fullmatch(title):
        title = f"{title} {period}"
    dates, date_found = _dates(raw, lines, address, name, kind)
    publishers, publisher_found = _publishers(raw, lines, address, dates.best)
    language, language_found = _language(raw, text)
    hinted = raw.hints.get("subtitle")
    found = {
        "title": title_found,
        "subtitle": (hinted.found if hinted else "tekst") if hinted or subtitle else "",
        "kind": kind_found,
        "date": date_found,
        "period": period_found,
        "publisher": publisher_found,
        "language": language_found,
        "url": url.found if url else "",
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
        found={field: where for field, where in found.items() if where},
    )


@dataclass(frozen=True, slots=True)
class _Lines:
    """The short lines at the start and at the end: cover, letterhead, signature, colophon."""

    front: tuple[str, ...]
    back: tuple[str, ...]
    headings: tuple[str, ...]

    @property
    def of_parliament(self) -> bool:
        """Whether this is a paper of parliament."""
        return any(line.startswith(_YEAR_OF_PARLIAMENT) for line in self.front)

    @property
    def of_letter(self) -> bool:
        """Whether this has the head of a letter."""
        return sum(1 for line in self.front if _LETTER.match(line)) >= 2

    @staticmethod
    def of(blocks: Sequence[RawBlock]) -> _Lines:
        front: list[RawBlock] = []
        for block in blocks[:FRONT_BLOCKS]:
            page = block.parts[0].page
            if page is not None and page > 1:
                break
            front.append(block)
            if page is None and len(block.text) > LONG_BLOCK:
                break
        back = blocks[max(len(front), len(blocks) - BACK_BLOCKS) :]
        headings = tuple(block.text for block in blocks if block.kind == "heading")
        return _Lines(tuple(_short(front)), tuple(_short(back)), headings)


def _short(blocks: Iterable[RawBlock]) -> Iterator[str]:
    for block in blocks:
        if block.kind not in ("note", "item"):
            for row in block.text.split("\n"):
                line = squeezed(row)
                if line and (len(line) <= 2 * SHORT_LINE or any(find(line) for find in _LONG_ONES)):
                    yield line


# --- dates ---


def dates_in(text: str) -> list[str]:
    """Return the dates in a text as ISO 8601, as precise as they are given (day or month), in order.

    A year alone is no date here, and neither is a number of a file (``29 628, nr. 1123``).
    """
    found = (_iso(match) for match in _DATE.finditer(text))
    return [date for date in found if date]


def _iso(match: re.Match[str]) -> str | None:
    if match["iso"]:
        year, month, *rest = match["iso"].split("-")
        day = rest[0] if rest else None
    else:
        year = match["year"] or match["year2"] or match["year3"]
        word = match["month"] or match["month3"]
        month = str(_MONTHS[word.lower()]) if word else match["month2"]
        day = match["day"] or match["day2"]
    if not 1 <= int(month) <= 12 or (day is not None and not 1 <= int(day) <= 31):
        return None
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day is not None else "")


def _dates(raw: RawDocument, lines: _Lines, address: str, name: str, kind: str) -> tuple[Dates, str]:
    published, found = _published(raw, address, name)
    document = _letterhead_date(lines) or (None if found == "html" else _cover_date(lines))
    stated = raw.hints.get("date")
    if stated and stated.found != "bestand" and dates_in(stated.value):
        document, found = dates_in(stated.value)[0], stated.found
    elif document:
        found = "tekst"
    elif not published:
        document, found = _last_resort(raw, lines, name, kind)
    updated = raw.hints.get("updated")
    # a file says when it was saved, not when the publication changed
    changed = dates_in(updated.value) if updated and updated.found != "bestand" else []
    return Dates(document=document, published=published, updated=changed[0] if changed else None), found


def _published(raw: RawDocument, address: str, name: str) -> Found | tuple[None, str]:
    hint = raw.hints.get("published")
    if hint and hint.found != "bestand" and dates_in(hint.value[:10]):
        return dates_in(hint.value[:10])[0], hint.found
    for where, place in (("adres", address), ("naam", "/" + name)):
        match = _ADDRESS_DATE.search(place)
        if match:
            return "-".join(match.groups()), where
    return None, ""


def _letterhead_date(lines: _Lines) -> str | None:
    for at, line in enumerate(lines.front):
        received = _RECEIVED.search(line)
        if received and dates_in(received[1]):
            return dates_in(received[1])[0]
        if _LETTER_DATE.match(line):
            found = dates_in(line) or dates_in(" ".join(lines.front[at + 1 : at + 2]))
            if found:
                return found[0]
    return None


def _cover_date(lines: _Lines) -> str | None:
    """Return the date on the cover, else in the colophon."""
    for line in lines.front:
        found = dates_in(line)
        told = _OTHER_DATE.search(line) or _SENTENCE.match(line)
        if len(found) == 1 and len(line) <= SHORT_LINE and not told:
            return found[0]
    if any(_COLOPHON.search(line) for line in lines.back):
        for line in reversed(lines.back):
            found = dates_in(line)
            if found and len(line) <= SHORT_LINE // 2:
                return found[0]
    return None


def _last_resort(raw: RawDocument, lines: _Lines, name: str, kind: str) -> tuple[str | None, str]:
    hints = [
        hint
        for field in ("date", "published", "file_date")
        if (hint := raw.hints.get(field)) and dates_in(hint.value[:10])
    ]
    if (
        kind not in _PERIOD_KINDS and not lines.of_parliament
    ):  # there a year alone says what it is about, not when it was written
        year = next((line for line in lines.front if _YEAR_ALONE.fullmatch(line)), None)
        if year:
            return year, "tekst"
    if hints:
        return dates_in(hints[0].value[:10])[0], hints[0].found
    in_name = dates_in(re.sub(r"[_ ]", " ", PurePosixPath(name).stem))
    return (in_name[0], "naam") if in_name else (None, "")


def _period(kind: str, title: str, lines: _Lines) -> tuple[str | None, str]:
    if kind not in _PERIOD_KINDS:
        return None, ""
    for line in (title, *lines.front[:12]):
        span = _PERIOD.search(line)
        if span:
            return f"{span[1]}-{span[2]}", "tekst"
        year = _YEAR.search(line) if line == title or _YEAR_ALONE.fullmatch(line) or _PERIODICAL.search(line) else None
        if year:
            return year[0], "tekst"
    return None, ""


# --- kind ---


def kind_of(title: str, address: str) -> tuple[str | None, str]:
    """Return the kind that title and address together tell (None: neither does), and which of them told it."""
    filed = _filed(address)
    if filed in ("nieuwsbericht", "magazine", "wederhoor"):
        return filed, "adres"
    named = next((kind for kind, pattern in _TITLE_KINDS if pattern.search(title)), None)
    if filed == "brief" and named in _NOT_IN_LETTERS:
        return filed, "adres"
    if named in _SPECIFIC:
        return named, "tekst"
    if filed or named:
        return (filed, "adres") if filed else (named, "tekst")
    slug = PurePosixPath(urlsplit(address).path).stem.replace("-", " ") if "://" in address else ""
    told = next((kind for kind, pattern in _TITLE_KINDS if pattern.search(slug)), None)
    return told, "adres" if told else ""


def _filed(address: str) -> str | None:
    host = urlsplit(address).netloc.lower()
    if host.startswith("magazines."):
        return "magazine"
    path = urlsplit(address).path if host else address
    return next((kind for part in path.lower().split("/")[:-1] if (kind := _SEGMENTS.get(part))), None)


def _kind(raw: RawDocument, lines: _Lines, title: str, address: str, name: str, text: str) -> Found:
    hint = raw.hints.get("kind")
    for value in hint.value.split("|") if hint else ():
        stated = squeezed(value).lower().replace(" ", "-")
        if hint and stated in KINDS:
            return (kind_of(title, address)[0] if stated == "rapport" else None) or stated, hint.found
    kind, where = kind_of(title, address or name)
    if where == "adres" and not address:
        where = "naam"
    if kind and (kind in _SPECIFIC or (where in ("adres", "naam") and kind != "brief")):
        return kind, where
    if lines.of_letter or (lines.of_parliament and _BY_LETTER.search(title)):
        by_inspectorate = any(sender.startswith("Inspectie") for sender in _senders(lines.front))
        return "beleidsreactie" if _REACTION.search(text[:OPENING]) and not by_inspectorate else "brief", "tekst"
    cover = [told for line in lines.front[:COVER_LINES] if (told := _told_by(line))]
    specific = next((told for told in cover if told in _SPECIFIC), None)
    if specific or kind or cover:
        return specific or kind or cover[0], where if kind and not specific else "tekst"
    if sum(1 for heading in lines.headings if _REPORT_HEADINGS.match(heading)) >= 2:
        return "rapport", "tekst"
    by_name = kind_of(_pretty(name), "")[0]
    return (by_name, "naam") if by_name else ("overig", "")


def _told_by(line: str) -> str | None:
    """Return the kind that a line of a cover names."""
    if len(line) > SHORT_LINE or _SENTENCE.match(line):
        return None
    return "nieuwsbericht" if _NEWS.match(line) else kind_of(line, "")[0]


# --- publishers ---


def _publishers(raw: RawDocument, lines: _Lines, address: str, date: str | None) -> tuple[tuple[str, ...], str]:
    hint = raw.hints.get("publisher")
    host = _of_host(address, date)
    stated = organisations_in(hint.value) if hint else []
    if hint and hint.found in ("html", "tekst") and stated and not (host and stated[0].startswith("ministerie")):
        return tuple(stated), hint.found
    if host:
        return (host,), "adres"
    for found in (
        _senders(lines.front),
        _signed(lines),
        _senders(_colophon(lines)),
        _named(lines),
    ):
        if found:
            return tuple(found), "tekst"
    return (tuple(stated), hint.found) if hint and stated else ((), "")


def organisations_in(text: str) -> list[str]:
    """Return the organisations that may publish, by their name at that time, in the order of the text."""
    places = [(match.start(), name) for name, pattern in _ORGANISATION if (match := pattern.search(text))]
    places += [(match.start(), f"ministerie van {_department(match[1])}") for match in _MINISTRY.finditer(text)]
    places += [(match.start(), f"gemeente {match[1]}") for match in _MUNICIPALITY.finditer(text)]
    return list(dict.fromkeys(name for _, name in sorted(places)))


def _department(name: str) -> str:
    return next(known for known in _DEPARTMENTS if known.lower() == name.lower())


def _senders(lines: Sequence[str]) -> list[str]:
    """Return organisations that have a line to themselves, as on a cover or letterhead.

    A ministry beside an inspectorate is the house it belongs to, not who publishes.
    """
    found: list[str] = []
    for line in lines:
        if _is_sender(line):
            found += organisations_in(line)
    chamber = any(line.startswith(_YEAR_OF_PARLIAMENT) for line in lines)
    kept = [name for name in dict.fromkeys(found) if chamber or name != "Tweede Kamer"]
    own = [name for name in kept if not name.startswith("ministerie")]
    return own or kept


def _is_sender(line: str) -> bool:
    """Tell whether a line holds organisations and nothing else."""
    bare = line
    for pattern in (*(pattern for _, pattern in _ORGANISATION), _MINISTRY, _MUNICIPALITY):
        bare = pattern.sub("", bare)
    return bare != line and sum(char.isalpha() for char in bare) <= 4


def _signed(lines: _Lines) -> list[str]:
    """Return the ministry of a minister who signs; who stands in the address of a letter does not."""
    heads = [at for at, line in enumerate(lines.front) if _SUBJECT.match(line) or _LETTER_DATE.match(line)]
    below = lines.front[heads[-1] + 1 :] if heads else [line for line in lines.front if line.endswith(",")]
    for line in (*below, *lines.back):
        if len(line) <= SHORT_LINE and _SIGNATURE.match(line) and not _SENTENCE.match(line):
            if _MINISTER_FOR.search(line):
                return ["ministerie van Justitie en Veiligheid"]
            names = organisations_in(line)
            if names:
                return names[:1]
    return []


def _colophon(lines: _Lines) -> Sequence[str]:
    start = next((at for at, line in enumerate(lines.back) if _COLOPHON.search(line)), None)
    return () if start is None else lines.back[start : start + 4]


def _named(lines: _Lines) -> list[str]:
    """Return the inspectorate a cover line ends with (``Jaarbericht 2022 Inspectie JenV``)."""
    for line in lines.front[:8]:
        names = [name for name in organisations_in(line) if not name.startswith(("ministerie", "gemeente", "Tweede"))]
        if names and len(line) <= SHORT_LINE and not _SUBJECT.match(line):
            return names
    return []


def _of_host(address: str, date: str | None) -> str | None:
    host = urlsplit(address).netloc.lower().removeprefix("www.")
    if host.endswith("inspectie-jenv.nl"):
        if date and date < "2012":
            return None
        return "Inspectie Veiligheid en Justitie" if date and date < RENAMED else "Inspectie Justitie en Veiligheid"
    return _HOSTS.get(host)


# --- title and language ---


def _title(raw: RawDocument, lines: _Lines, name: str) -> tuple[str, str, str | None]:
    """Return the title, where it was found, and the subtitle that a cover gives below it."""
    hint = raw.hints.get("title")
    stated = cleaned_title(hint.value) if hint else None
    if stated and (_LABEL.fullmatch(stated) or _is_sender(stated)):
        stated = None
    told = lines.of_letter or lines.of_parliament  # these name their subject; what is printed largest is the letterhead
    if hint and stated and (hint.found == "html" or (hint.found == "tekst" and not told)):
        return stated, hint.found, _below(lines, stated) if hint.found == "tekst" else None
    written = _written_title(raw, lines)
    if written:
        return written, "tekst", None if told else _below(lines, written)
    if hint and stated:
        return stated, hint.found, None
    return _pretty(name), "naam", None


def _written_title(raw: RawDocument, lines: _Lines) -> str | None:
    for at, line in enumerate(lines.front):
        if _SUBJECT.match(line):
            subject = cleaned_title(_SUBJECT.sub("", line) or " ".join(lines.front[at + 1 : at + 2]))
            if subject:
                return subject
    if lines.of_parliament:
        return _title_of_paper(lines)
    periodical = next((line for line in lines.front if _PERIODICAL.match(line) and len(line) <= SHORT_LINE // 2), None)
    if periodical:
        return periodical
    first = next((line for line in lines.front if _may_be_title(line)), None)
    top = next(
        (block.text for block in raw.blocks if block.kind == "heading" and not _GENERIC.fullmatch(block.text)), None
    )
    if any(_LETTER.match(line) or _SIGNATURE.match(line) for line in lines.front):
        return None  # the first line of a letter is an address or a greeting
    paged = bool(raw.page_labels)
    return cleaned_title((first if not paged else None) or top or first or "")


def _title_of_paper(lines: _Lines) -> str | None:
    questions = next((line for line in lines.front if _QUESTIONS.match(line)), None)
    dossier = next((line for line in lines.front if _DOSSIER.match(line)), "")
    paper = next((match for line in lines.front if (match := _PAPER.match(line))), None)
    if questions or not paper:
        return (questions or dossier).partition(" (ingezonden ")[0] or None
    return f"{dossier}, nr. {paper[1]} {paper[2]}".lstrip(", ")


def _may_be_title(line: str) -> bool:
    """Tell whether a cover line may be the title: not a sender, a date, a label or a word that many covers have."""
    if len(line) > 1.5 * SHORT_LINE or _GENERIC.fullmatch(line) or line.endswith((":", ",")) or _SENTENCE.match(line):
        return False
    if any(pattern.match(line) for pattern in (_LETTER, _LETTER_DATE, _INITIALS, _SIGNATURE)) or _YEAR_ALONE.fullmatch(
        line
    ):
        return False
    dated = dates_in(line)
    return (
        not _is_sender(line)
        and not _LABEL.fullmatch(line)
        and not (dated and len(line) < 40)
        and sum(char.isalpha() for char in line) >= 4
    )


def _below(lines: _Lines, title: str) -> str | None:
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


def _pretty(name: str) -> str:
    """Make a file name readable: no folders, extension, digests or underscores."""
    stem = unquote(PurePosixPath(name.replace("\\", "/")).stem)
    stem = re.sub(r"[~_-][0-9a-f]{6,64}$", "", stem)
    words = squeezed(stem.replace("_", " ") if "_" in stem or " " in stem else stem.replace("-", " "))
    return words[:1].upper() + words[1:] or squeezed(name) or "Zonder titel"


def _language(raw: RawDocument, text: str) -> Found:
    words = re.findall(r"[^\W\d_]+", text.lower())
    counts = {language: sum(1 for word in words if word in known) for language, known in _LANGUAGE_WORDS.items()}
    best, second, *_ = sorted(counts, key=lambda language: -counts[language])
    if counts[best] >= MIN_LANGUAGE_WORDS and counts[best] > 1.5 * counts[second]:
        return best, "tekst"
    hint: Hint | None = raw.hints.get("language")
    stated = hint.value[:2].lower() if hint else ""
    return (stated, hint.found) if hint and stated in _LANGUAGE_WORDS else ("nl", "")
