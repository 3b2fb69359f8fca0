"""How numbers, dates, statuses and origins read in Dutch."""

from __future__ import annotations

from dataclasses import dataclass

from kennisbank.model import FACET_LABELS, SHOWN_CERTAINTY, Status

_MONTHS = ("januari februari maart april mei juni juli augustus september oktober november december").split()

FACET_PATHS: dict[str, str] = {
    "ketens": "keten",
    "gebieden": "gebied",
    "doelen": "doel",
    "themas": "thema",
    "organisaties": "organisatie",
    "verschijnselen": "verschijnsel",
    "maatregelen": "maatregel",
}
"""First part of an address -> facet."""
FACET_PLURALS: dict[str, str] = {
    "keten": "Ketens",
    "gebied": "Toezichtgebieden",
    "doel": "Doelen",
    "thema": "Thema’s",
    "organisatie": "Organisaties",
    "verschijnsel": "Verschijnselen",
    "maatregel": "Maatregelen",
}
FACET_MEANINGS: dict[str, str] = {
    "keten": "Samenwerkende organisaties met één taak.",
    "gebied": "Waarop de Inspectie toezicht houdt.",
    "doel": "Doelen van het toezicht in een planperiode.",
    "thema": "Waar de tekst over gaat.",
    "organisatie": "Over wie of aan wie.",
    "verschijnsel": "Wat er speelt, in welke woorden ook.",
    "maatregel": "Wat ertegen is gedaan of gevraagd.",
    "adressaat": "Aan wie de aanbeveling is gericht.",
}
LIST_LABELS: dict[str, str] = {
    **FACET_LABELS,
    "adressaat": "Gericht aan",
    "stand": "Stand",
    "sterkte": "Sterkte",
    "polariteit": "Positief of negatief",
    "aard": "Aard",
    "document": "Document",
}
"""What can limit a list."""
TERM_MEANINGS: dict[str, str] = {
    "keten": "Een keten: organisaties die samen één taak uitvoeren.",
    "gebied": "Een gebied waarop de Inspectie toezicht houdt.",
    "doel": "Een doel van het toezicht in een planperiode.",
    "thema": "Een thema: waar een document over gaat.",
    "organisatie": "Een organisatie waar documenten over gaan of aan gericht zijn.",
    "verschijnsel": "Een verschijnsel: iets wat in rapporten terugkomt, in telkens andere woorden.",
    "maatregel": "Een maatregel: wat ertegen is gedaan of gevraagd.",
}
"""What a term of a facet is, on its own page."""
ORIGINS: dict[str, str] = {
    "genoemd": "letterlijk genoemd",
    "afgeleid": "automatisch afgeleid",
    "mens": "bevestigd door een medewerker",
}
"""Origin of a tag in words."""
FOUND: dict[str, str] = {
    "catalogus": "uit de catalogus",
    "html": "uit de webpagina",
    "adres": "uit het webadres",
    "tekst": "uit de tekst",
    "bestand": "uit het bestand",
    "naam": "uit de bestandsnaam",
}
"""Where a metadata field was found, in words."""


SURE = 0.8
"""From here a certainty is called high."""
STATEMENT_ORIGINS: dict[str, str] = {"afgeleid": "automatisch gevonden", "mens": "bevestigd door een medewerker"}


@dataclass(frozen=True, slots=True)
class StatusWords:
    """A status for people."""

    word: str
    tone: str
    """``klaar``, ``deels``, ``niet`` or ``geen``: sign and colour."""
    advice: str
    """What to do about it; empty when nothing needs doing."""


STATUS_WORDS: dict[Status, StatusWords] = {
    "indexed": StatusWords("gelezen", "klaar", ""),
    "indexed_partial": StatusWords(
        "deels gelezen", "deels", "wat gelezen is, is doorzoekbaar; kijk ook in het origineel"
    ),
    "no_text": StatusWords("geen tekst", "niet", "tekstherkenning draaien en opnieuw indexeren"),
    "encrypted": StatusWords("vergrendeld", "niet", "vraag de uitgever om een open versie"),
    "not_a_document": StatusWords("geen document", "geen", "opnieuw ophalen"),
    "unsupported": StatusWords("onbekend formaat", "geen", "aanbieden als pdf, html, docx of platte tekst"),
    "corrupt": StatusWords("beschadigd", "niet", "opnieuw ophalen"),
    "too_large": StatusWords("te groot", "niet", "de grens verhogen in kennisbank.toml, of het bestand splitsen"),
    "limit_exceeded": StatusWords(
        "te omvangrijk", "niet", "de grens verhogen in kennisbank.toml, of het bestand splitsen"
    ),
    "timeout": StatusWords("lezen duurde te lang", "niet", "de grens verhogen in kennisbank.toml en opnieuw indexeren"),
    "crashed": StatusWords("lezen mislukt", "niet", "opnieuw opslaan als pdf en opnieuw indexeren"),
    "duplicate": StatusWords("dubbel", "geen", ""),
    "withdrawn": StatusWords("ingetrokken", "geen", ""),
    "missing": StatusWords("verdwenen", "geen", "terugzetten in de map en opnieuw indexeren"),
    "not_held": StatusWords("niet in huis", "geen", "opvragen bij de uitgever"),
}


def number(value: int) -> str:
    """Write a number with a point per thousand.

    >>> number(1284)
    '1.284'
    """
    return f"{value:,}".replace(",", ".")


def counted(value: int, one: str, many: str) -> str:
    """Write a number with its noun.

    >>> counted(1, "document", "documenten")
    '1 document'
    """
    return f"{number(value)} {one if value == 1 else many}"


def counted_noun(value: int, one: str, many: str) -> str:
    """Return the noun that goes with a number.

    >>> counted_noun(1, "document", "documenten")
    'document'
    """
    return one if value == 1 else many


def certainty_word(value: float) -> str:
    """Say how certain the software is that something is what it was taken for.

    >>> certainty_word(0.9), certainty_word(0.65), certainty_word(0.5)
    ('hoog', 'redelijk', 'laag')
    """
    return "hoog" if value >= SURE else "redelijk" if value >= SHOWN_CERTAINTY else "laag"


def date_text(iso: str) -> str:
    """Write a date as precise as it is known.

    >>> date_text("2019-05-23"), date_text("2019-05"), date_text("2019")
    ('23 mei 2019', 'mei 2019', '2019')
    """
    year, *rest = iso[:10].split("-")
    return " ".join([*_day_and_month(rest), year])


def day_and_month(iso: str) -> str:
    """Write a date without its year, short; empty when only the year is known.

    >>> day_and_month("2019-05-23"), day_and_month("2019-10")
    ('23 mei', 'okt')
    """
    *day, month = _day_and_month(iso[:10].split("-")[1:]) or [""]
    return " ".join([*day, "mrt" if month == "maart" else month[:3]])


def _day_and_month(parts: list[str]) -> list[str]:
    if not parts:
        return []
    month = _MONTHS[int(parts[0]) - 1]
    return [str(int(parts[1])), month] if len(parts) > 1 else [month]


def moment(iso: str) -> str:
    """Write a moment in UTC.

    >>> moment("2024-11-18T14:06:00Z")
    '18 november 2024, 14.06 uur UTC'
    """
    return f"{date_text(iso)}, {iso[11:16].replace(':', '.')} uur UTC" if len(iso) >= 16 else date_text(iso)


def language_name(code: str) -> str:
    """Return the name of a language; an unknown code stands for itself."""
    return {"nl": "Nederlands", "en": "Engels", "de": "Duits", "fr": "Frans"}.get(code, code)
