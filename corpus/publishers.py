"""The organisations that publish, each by the name it had at that time.

Names of persons are never looked for: a publisher is one of `_ORGANISATIONS`, a ministry or a municipality.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus.dates import COLOPHON, LETTER_DATE
from corpus.kinds import SENTENCE, SHORT_LINE, SUBJECT, YEAR_OF_PARLIAMENT, Lines, split_address
from corpus.raw import RawDocument

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
    ("Nederlandse Voedsel- en Warenautoriteit", r"(?:nederlandse )?voedsel- en warenautoriteit|\bNVWA\b"),
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
SIGNATURE = re.compile(r"^(?:de |het )?(?:minister|staatssecretaris) (?:van|voor) ", re.IGNORECASE)
"""Begins the line in which a minister signs."""
_HEAD = re.compile(r"\b(?:inspecteur-generaal|hoofdinspecteur)\b", re.IGNORECASE)
"""Office of who heads an inspectorate, or a part of one."""
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


def find_publishers(
    raw: RawDocument, lines: Lines, address: str, date: str | None, on_cover: Sequence[str]
) -> tuple[tuple[str, ...], str]:
    """Return who publishes and where that was found; `on_cover` are the `senders` of the front lines."""
    hint = raw.hints.get("publisher")
    host = _of_host(address, date)
    stated = organisations_in(hint.value) if hint else []
    if hint and hint.found in ("html", "tekst") and stated and not (host and stated[0].startswith("ministerie")):
        return tuple(stated), hint.found
    if host:
        return (host,), "adres"
    for found in (
        on_cover,
        _signed(lines),
        senders(_colophon(lines)),
        _named(lines),
    ):
        if found:
            joint = _cosigned(lines) if lines.of_letter else []
            return tuple(dict.fromkeys((*found, *joint))), "tekst"
    return (tuple(stated), hint.found) if hint and stated else ((), "")


def _cosigned(lines: Lines) -> list[str]:
    """Return the inspectorates whose heads sign at the end of a letter: on its head stands only one of them."""
    signed = (_HEAD.sub("inspectie", line) for line in lines.back if _HEAD.search(line))
    return [name for line in signed for name in organisations_in(line)]


def organisations_in(text: str) -> list[str]:
    """Return the organisations that may publish, by their name at that time, in the order of the text."""
    places = [(match.start(), name) for name, pattern in _ORGANISATION if (match := pattern.search(text))]
    places += [(match.start(), f"ministerie van {_department(match[1])}") for match in _MINISTRY.finditer(text)]
    places += [(match.start(), f"gemeente {match[1]}") for match in _MUNICIPALITY.finditer(text)]
    return list(dict.fromkeys(name for _, name in sorted(places)))


def _department(name: str) -> str:
    # as it stands when it only matches by its case: the long s in "juſtitie"
    return next((known for known in _DEPARTMENTS if known.lower() == name.lower()), name)


def senders(lines: Sequence[str]) -> list[str]:
    """Return organisations that have a line to themselves, as on a cover or letterhead.

    A ministry beside an inspectorate is the house it belongs to, not who publishes.
    """
    found: list[str] = []
    for line in lines:
        if is_sender(line):
            found += organisations_in(line)
    chamber = any(line.startswith(YEAR_OF_PARLIAMENT) for line in lines)
    kept = [name for name in dict.fromkeys(found) if chamber or name != "Tweede Kamer"]
    own = [name for name in kept if not name.startswith("ministerie")]
    return own or kept


def is_sender(line: str) -> bool:
    """Tell whether a line holds organisations and nothing else."""
    bare = line
    for pattern in (*(pattern for _, pattern in _ORGANISATION), _MINISTRY, _MUNICIPALITY):
        bare = pattern.sub("", bare)
    return bare != line and sum(char.isalpha() for char in bare) <= 4


def _signed(lines: Lines) -> list[str]:
    """Return the ministry of a minister who signs; who stands in the address of a letter does not."""
    heads = [at for at, line in enumerate(lines.front) if SUBJECT.match(line) or LETTER_DATE.match(line)]
    below = lines.front[heads[-1] + 1 :] if heads else [line for line in lines.front if line.endswith(",")]
    for line in (*below, *lines.back):
        if len(line) <= SHORT_LINE and SIGNATURE.match(line) and not SENTENCE.match(line):
            if _MINISTER_FOR.search(line):
                return ["ministerie van Justitie en Veiligheid"]
            names = organisations_in(line)
            if names:
                return names[:1]
    return []


def _colophon(lines: Lines) -> Sequence[str]:
    start = next((at for at, line in enumerate(lines.back) if COLOPHON.search(line)), None)
    return () if start is None else lines.back[start : start + 4]


def _named(lines: Lines) -> list[str]:
    """Return the inspectorate a cover line ends with (``Jaarbericht 2022 Inspectie JenV``)."""
    for line in lines.front[:8]:
        names = [name for name in organisations_in(line) if not name.startswith(("ministerie", "gemeente", "Tweede"))]
        if names and len(line) <= SHORT_LINE and not SUBJECT.match(line):
            return names
    return []


def _of_host(address: str, date: str | None) -> str | None:
    host = split_address(address).netloc.lower().removeprefix("www.")
    if host.endswith("inspectie-jenv.nl"):
        if date and date < "2012":
            return None
        return "Inspectie Veiligheid en Justitie" if date and date < RENAMED else "Inspectie Justitie en Veiligheid"
    return _HOSTS.get(host)
