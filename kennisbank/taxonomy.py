"""What we sort by: chains, areas, goals, themes and organisations, with every name they go by.

All content is in ``taxonomie.toml``, which explains itself to whoever keeps it; here it is read, checked and asked.
"""

from __future__ import annotations

import difflib
import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from kennisbank.errors import BrokenSetting, UsageError
from kennisbank.model import TAG_FACETS, TOLD, Facet, TermId
from kennisbank.patterns import BadPattern, Pattern, parse

FORMAT = 2
"""Raise it when the same file comes to mean something else."""
BUNDLED = ("taxonomie.toml", "verschijnselen.toml")
"""Files that come with the program; together one taxonomy."""

LabelKind = Literal["voorkeur", "afkorting", "synoniem", "voormalig", "ruis", "eigen", "aanwijzing"]
FACET_OF: dict[str, Facet] = {
    "keten": "keten",
    "gebied": "gebied",
    "doel": "doel",
    "thema": "thema",
    "org": "organisatie",
    "verschijnsel": "verschijnsel",
    "maatregel": "maatregel",
}
"""What stands before the colon of a term's id -> its facet."""

_LABEL_LISTS: dict[str, LabelKind] = {
    "afkortingen": "afkorting",
    "synoniemen": "synoniem",
    "voormalig": "voormalig",
    "ruis": "ruis",
}
_TERM_LISTS = ("breder", "verwant", "gebied", "keten")
_TEXT_LISTS = ("niet_in", "niet_onder", "dossiers")
_CLUES = ("eigen_naam", "aanwijzingen")
_TEXTS = ("id", "schema", "noot")
ROLES = ("probleem", "oorzaak", "gevolg", "maatregel")
_YEARS = ("vanaf", "tot")
_KEYS = (
    *("id", "naam", *_LABEL_LISTS, *_CLUES, *_TERM_LISTS, *_TEXT_LISTS),
    *("toezichthouder", "een_keer", "schema", *_YEARS, "noot", "rol", "zo"),
)
_FLAGS = {
    "hoofdletters": "case_sensitive",
    "gewoon_woord": "ordinary_word",
    "alleen_kop": "heading_only",
    "alleen_met_naam": "needs_name",
    "taggen": "tag",
}
"""Field of a label in the file -> field of `Label`."""
_ID = re.compile(r"([a-z]+):[a-z0-9]+(?:-[a-z0-9]+)*")
_CUE = re.compile(r"(?:\*?[\w'&-]{3,}|[\w'&-]{3,}\*|[\w'&-]+(?: [\w'&-]+)+)")
"""A word, a word with a star at one end, or some words."""
_DOSSIER = re.compile(r"\d{5}")
_ADDED = re.compile(r"\s*\([^()]*\)\s*$")
"""An abbreviation or explanation behind a name: ``Dienst Justitiële Inrichtingen (DJI)``."""
_TERM_HEADER = re.compile(r"\s*\[\[\s*term\s*\]\]")
_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Label:
    """One of the names of a term."""

    text: str
    kind: LabelKind
    case_sensitive: bool = False
    """Counts only with exactly these capitals, as a whole word: ``OM``, ``Halt``."""
    ordinary_word: bool = False
    """In lower case it is a common word, so a lower-case query word never means this term: ``om``, ``halt``."""
    tag: bool = True
    """False: too ambiguous to tag a text on; good enough to understand a question."""
    heading_only: bool = False
    """Too common in running text: counts in titles and headings."""
    needs_name: bool = False
    """An ambiguous abbreviation: counts where the text has the term under another label as well."""


@dataclass(frozen=True, slots=True)
class Term:
    """A chain, area, goal, theme, organisation, phenomenon or measure."""

    id: TermId
    facet: Facet
    label: str
    labels: tuple[Label, ...]
    """All names, the preferred one first."""
    broader: tuple[TermId, ...] = ()
    related: tuple[TermId, ...] = ()
    scheme: str | None = None
    valid_from: int | None = None
    """First year in which the term was in use."""
    valid_until: int | None = None
    """Last year in which the term was in use."""
    note: str = ""
    not_in: tuple[str, ...] = ()
    """Wider phrases in which a label does not count: ``lokale driehoek`` for ``driehoek``."""
    not_under: tuple[str, ...] = ()
    """Headings of chapters that the Inspectie writes about itself, in which the term does not count."""
    areas: tuple[TermId, ...] = ()
    """Areas that a document mainly about this term lies in; the first that was in use then."""
    chains: tuple[TermId, ...] = ()
    """Chains that a document mainly about this term is about."""
    own_names: tuple[Label, ...] = ()
    """What an organisation calls itself; means it in its own publications only: ``Inspectie``, ``Raad``."""
    cues: tuple[Label, ...] = ()
    """Words that people use when they write about the term without naming it. Evidence for a tag, never a name: no
    filter or question is resolved by them. With a star at one end, it is the rest of the word that may be anything."""
    dossiers: tuple[str, ...] = ()
    """Parliamentary dossiers about this term."""
    supervises: bool = False
    """An organisation that publishes about others: what it calls itself there does not make it the subject."""
    once: bool = False
    """To be named once is enough: who is only named by name when something is asked of them."""
    role: str = ""
    """Of a phenomenon or measure: what it is in a story, one of `ROLES`."""
    patterns: tuple[Pattern, ...] = ()
    """Ways of telling of it."""


@dataclass(frozen=True, eq=False)
class Taxonomy:
    """All terms, in the order of the file."""

    version: str
    """Changes with any change to the file or to how it is read."""
    terms: Mapping[TermId, Term]
    source: str = ""
    """The file's text; each generation keeps the one it was made with."""

    def of_facet(self, facet: str) -> tuple[Term, ...]:
        """Return the terms of a facet, in file order."""
        return tuple(term for term in self.terms.values() if term.facet == facet)

    def narrower(self, term_id: str) -> frozenset[TermId]:
        """Return a term and all below it; an unknown one stands for itself."""
        found: set[TermId] = set()
        waiting = [TermId(term_id)]
        while waiting:
            term = waiting.pop()
            if term not in found:
                found.add(term)
                waiting.extend(self._children.get(term, ()))
        return frozenset(found)

    def resolve(self, facet: str, text: str) -> TermId:
        """Find a term by id, by the part of its id after the colon, or by any of its names, in any case; what
        stands in brackets behind a name is passed over.

        Raises `UsageError` that names the nearest terms.
        """
        if facet not in TAG_FACETS:
            raise UsageError(f"facet '{facet}' bestaat niet; kies uit {', '.join(TAG_FACETS)}")
        names = self._names[facet]
        found = names.get(_key(text)) or names.get(_key(_ADDED.sub("", text)))
        if found is None:
            near = difflib.get_close_matches(_key(text), names, n=2 * _SUGGESTIONS, cutoff=0.6)
            ids = list(dict.fromkeys(names[name] for name in near))[:_SUGGESTIONS]
            advice = "bedoelt u" if ids else "kies bijvoorbeeld"
            shown = ids or [term.id for term in self.of_facet(facet)][:_SUGGESTIONS]
            raise UsageError(f"{facet}: '{text}' bestaat niet; {advice} {', '.join(map(self._described, shown))}")
        return found

    def _described(self, term_id: TermId) -> str:
        return f"{term_id} ({self.terms[term_id].label})"

    @cached_property
    def _children(self) -> dict[TermId, list[TermId]]:
        children: dict[TermId, list[TermId]] = {}
        for term in self.terms.values():
            for parent in term.broader:
                children.setdefault(parent, []).append(term.id)
        return children

    @cached_property
    def _names(self) -> dict[str, dict[str, TermId]]:
        """Facet -> name -> term; ids go before preferred labels, and these before other labels."""
        names: dict[str, dict[str, TermId]] = {facet: {} for facet in TAG_FACETS}
        for rank in range(3):
            for term in self.terms.values():
                slug = term.id.partition(":")[2]
                others = (label.text for label in term.labels[1:])
                for name in ((term.id, slug), (term.label,), others)[rank]:
                    names[term.facet].setdefault(_key(name), term.id)
        return names


def _key(text: str) -> str:
    """Fold a name for comparing: no case, accents or typographic variants, single spaces."""
    plain = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return " ".join("".join(char for char in plain if not unicodedata.combining(char)).casefold().split())


def load(path: Path | None = None) -> Taxonomy:
    """Read and check a taxonomy file; None means the one that comes with the program.

    Raises `BrokenSetting` as ``file:line: why; what to do``.
    """
    name = str(path) if path else BUNDLED[0]
    try:
        files = (path,) if path else (resources.files("kennisbank").joinpath(file) for file in BUNDLED)
        data = b"\n".join(file.read_bytes() for file in files)
        text = data.decode("utf-8")
    except OSError as error:
        raise BrokenSetting(f"{name}: niet te lezen ({error.strerror}); controleer het pad en de rechten") from error
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BrokenSetting(f"{name}:{line}: geen UTF-8; sla het bestand op als UTF-8") from error
    terms = list(_Reader(name, text).terms())
    version = f"{FORMAT}-{hashlib.sha256(data).hexdigest()[:16]}"
    if not terms:
        raise BrokenSetting(f"{name}:1: er staat geen enkel begrip in; begin met een kopie van de meegeleverde lijst")
    return Taxonomy(version, {term.id: term for term in terms}, text)


class _Reader:
    """Turns a file into terms; every complaint names the line it is about."""

    def __init__(self, name: str, text: str) -> None:
        self._name = name
        self._lines = text.splitlines()
        self._starts = [number for number, line in enumerate(self._lines) if _TERM_HEADER.match(line)]
        self._tables = self._parsed(text)

    def _parsed(self, text: str) -> list[dict[str, Any]]:
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            where = line[1] if line else len(self._lines)
            raise BrokenSetting(
                f"{self._name}:{where}: geen geldige TOML ({error}); herstel aanhalingstekens, komma's of haken"
            ) from error
        tables = raw.pop("term", [])
        self._groups = self._grouped(raw.pop("groepen", {}))
        if raw:
            raise self._broken(
                None, next(iter(raw)), f"onbekend onderdeel '{next(iter(raw))}'; gebruik alleen [[term]] en [groepen]"
            )
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            raise self._broken(None, "term", "'term' is geen lijst van termen; begin elke term met [[term]]")
        return tables

    def _grouped(self, table: object) -> dict[str, str]:
        if not isinstance(table, dict) or not all(isinstance(value, str) for value in table.values()):
            raise self._broken(None, "groepen", 'groepen: schrijf naam = "woord|ander woord"')
        return table

    def _broken(self, index: int | None, needle: str, message: str) -> BrokenSetting:
        """Make the error for the line of a term (None: of the file) that sets `needle`, or else has it as a word."""
        first, last = 0, len(self._lines)
        if index is not None and len(self._starts) == len(self._tables):
            first, last = self._starts[index], [*self._starts, last][index + 1]
        lines = [number for number in range(first, last) if not self._lines[number].lstrip().startswith("#")]
        word = re.compile(rf"(?<!\w){re.escape(needle)}(?!\w)")
        hits = [number for number in lines if word.search(self._lines[number])]
        sets = [number for number in hits if word.match(self._lines[number].lstrip())]
        return BrokenSetting(f"{self._name}:{next(iter(sets or hits), first) + 1}: {message}")

    def terms(self) -> list[Term]:
        """Return all terms, each right by itself and all right together."""
        terms = [self._term(index, table) for index, table in enumerate(self._tables)]
        self._check_ids(terms)
        self._check_references(terms)
        self._check_cycles(terms)
        self._check_case_sensitive(terms)
        return terms

    def _term(self, index: int, table: dict[str, Any]) -> Term:
        for key in table:
            if key not in _KEYS:
                raise self._broken(index, key, f"onbekend veld '{key}'; toegestaan: {', '.join(_KEYS)}")
        term_id = self._text(index, table, "id")
        facet = self._facet(index, term_id)
        if "naam" not in table:
            raise self._broken(index, "id", f'{term_id}: de naam ontbreekt; voeg naam = "..." toe')
        naam = self._label(index, "naam", table["naam"], "voorkeur")
        others = [
            self._label(index, key, value, kind)
            for key, kind in _LABEL_LISTS.items()
            for value in self._list(index, table, key)
        ]
        valid_from, valid_until = (self._year(index, table, key) for key in _YEARS)
        if valid_from and valid_until and valid_from > valid_until:
            raise self._broken(index, "tot", f"{term_id}: vanaf {valid_from} ligt na tot {valid_until}; draai ze om")
        broader, related, areas, chains = (tuple(map(TermId, self._texts(index, table, key))) for key in _TERM_LISTS)
        not_in, not_under, dossiers = (self._texts(index, table, key) for key in _TEXT_LISTS)
        own = [self._label(index, "eigen_naam", value, "eigen") for value in self._list(index, table, "eigen_naam")]
        return Term(
            id=TermId(term_id),
            facet=facet,
            label=naam.text,
            labels=(naam, *others),
            broader=broader,
            related=related,
            scheme=self._text(index, table, "schema") or None,
            valid_from=valid_from,
            valid_until=valid_until,
            note=self._text(index, table, "noot"),
            not_in=not_in,
            not_under=not_under,
            areas=areas,
            chains=chains,
            own_names=tuple(own),
            cues=self._cues(index, table, (naam, *others)),
            dossiers=self._dossiers(index, dossiers),
            supervises=self._yes_or_no(index, table, "toezichthouder"),
            once=self._yes_or_no(index, table, "een_keer"),
            role=self._role(index, table),
            patterns=tuple(self._patterns(index, table, facet)),
        )

    def _cues(self, index: int, table: Mapping[str, Any], labels: Sequence[Label]) -> tuple[Label, ...]:
        found = self._texts(index, table, "aanwijzingen")
        names = {label.text for label in labels if label.tag and not label.heading_only}
        for text in found:
            if text in names:
                raise self._broken(index, "aanwijzingen", f"aanwijzingen: '{text}' is al een naam; haal het hier weg")
            if not _CUE.fullmatch(text):
                how = (
                    "schrijf een woord van drie letters of meer, rooster* of *bezetting, of enkele woorden zonder ster"
                )
                raise self._broken(index, f'"{text}"', f"aanwijzingen: '{text}' kan niet; {how}")
        twice = next((text for place, text in enumerate(found) if text in found[:place]), None)
        if twice is not None:
            raise self._broken(index, f'"{twice}"', f"aanwijzingen: '{twice}' staat er twee keer in; haal er een weg")
        return tuple(Label(text, "aanwijzing") for text in found)

    def _role(self, index: int, table: Mapping[str, Any]) -> str:
        role = self._text(index, table, "rol")
        if role and role not in ROLES:
            raise self._broken(index, "rol", f"rol '{role}' bestaat niet; kies uit {', '.join(ROLES)}")
        return role

    def _patterns(self, index: int, table: Mapping[str, Any], facet: Facet) -> Iterator[Pattern]:
        lines = [line.strip() for line in self._text(index, table, "zo").splitlines() if line.strip()]
        if bool(lines) != (facet in TOLD):
            what = f"een {facet} heeft 'zo' nodig" if facet in TOLD else f"'zo' hoort niet bij een {facet}"
            raise self._broken(index, "zo" if lines else "id", f"{what}; zie de uitleg boven in het bestand")
        for line in lines:
            try:
                yield parse(line, self._groups)
            except BadPattern as error:
                raise self._broken(index, line.split()[0], f"zo: ‘{line}’: {error}") from None

    def _dossiers(self, index: int, numbers: tuple[str, ...]) -> tuple[str, ...]:
        for number in numbers:
            if not _DOSSIER.fullmatch(number):
                why = f"dossiers: '{number}' is geen dossiernummer; schrijf vijf cijfers, zoals \"29628\""
                raise self._broken(index, number, why)
        return numbers

    def _yes_or_no(self, index: int, table: Mapping[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            raise self._broken(index, key, f"'{key}' is ja of nee; schrijf true of false")
        return value

    def _facet(self, index: int, term_id: str) -> Facet:
        match = _ID.fullmatch(term_id)
        if not match:
            example = "schrijf facet:naam in kleine letters, cijfers en streepjes, zoals thema:huiselijk-geweld"
            raise self._broken(index, "id", f"'{term_id}' is geen id; {example}")
        if match[1] not in FACET_OF:
            raise self._broken(
                index, term_id, f"{term_id}: onbekend facet '{match[1]}'; kies uit {', '.join(FACET_OF)}"
            )
        return FACET_OF[match[1]]

    def _label(self, index: int, key: str, value: object, kind: LabelKind) -> Label:
        fields = value if isinstance(value, dict) else {"tekst": value}
        for name in fields:
            if name not in ("tekst", *_FLAGS):
                allowed = ", ".join(("tekst", *_FLAGS))
                raise self._broken(index, name, f"{key}: onbekend veld '{name}'; toegestaan: {allowed}")
        text = fields.get("tekst")
        if not isinstance(text, str) or not any(char.isalnum() for char in text):
            raise self._broken(index, key, f"{key}: leeg label; geef een woord of laat het weg")
        flags: dict[str, bool] = {}
        for name, flag in fields.items():
            if name != "tekst":
                if not isinstance(flag, bool):
                    raise self._broken(index, name, f"{key}: '{name}' is ja of nee; schrijf true of false")
                flags[_FLAGS[name]] = flag
        return Label(text.strip(), kind, **flags)

    def _list(self, index: int, table: Mapping[str, Any], key: str) -> Sequence[object]:
        values = table.get(key, [])
        if not isinstance(values, list):
            raise self._broken(index, key, f"'{key}' is geen lijst; zet vierkante haken om de waarden")
        return values

    def _texts(self, index: int, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        return tuple(self._text(index, {key: value}, key) for value in self._list(index, table, key))

    def _text(self, index: int, table: Mapping[str, Any], key: str) -> str:
        value = table.get(key, "")
        if not isinstance(value, str) or (key in table and not value.strip()):
            raise self._broken(index, key, f"'{key}' is leeg of geen tekst; zet een tekst tussen aanhalingstekens")
        return value.strip()

    def _year(self, index: int, table: Mapping[str, Any], key: str) -> int | None:
        value = table.get(key)
        if value is not None and (not isinstance(value, int) or not 1900 <= value <= 2100):
            raise self._broken(index, key, f"'{key}' is geen jaartal; schrijf bijvoorbeeld {key} = 2021")
        return value

    def _check_ids(self, terms: Sequence[Term]) -> None:
        seen: set[TermId] = set()
        for index, term in enumerate(terms):
            if term.id in seen:
                raise self._broken(index, term.id, f"{term.id} staat er twee keer in; voeg de twee termen samen")
            seen.add(term.id)

    def _check_references(self, terms: Sequence[Term]) -> None:
        facets = {term.id: term.facet for term in terms}
        for index, term in enumerate(terms):
            named = (*term.broader, *term.related, *term.areas, *term.chains)
            for key, targets, facet in (
                ("breder", term.broader, term.facet),
                ("verwant", term.related, None),
                ("gebied", term.areas, "gebied"),
                ("keten", term.chains, "keten"),
            ):
                for target in targets:
                    where = target if named.count(target) == 1 else key  # the line, also where two fields say the same
                    if target not in facets:
                        why = f"{term.id}: '{target}' bij {key} bestaat niet; {_nearest(target, facets)}"
                        raise self._broken(index, where, why)
                    if facet and facets[target] != facet:
                        why = f"{term.id}: '{target}' bij {key} is geen {facet}; noem een term van dat facet"
                        raise self._broken(index, where, why)

    def _check_cycles(self, terms: Sequence[Term]) -> None:
        broader = {term.id: term.broader for term in terms}
        for index, term in enumerate(terms):
            above: set[TermId] = set()
            waiting = list(term.broader)
            while waiting:
                parent = waiting.pop()
                if parent == term.id:
                    raise self._broken(
                        index, "breder", f"{term.id} ligt via 'breder' onder zichzelf; haal een stap weg"
                    )
                if parent not in above:
                    above.add(parent)
                    waiting.extend(broader[parent])

    def _check_case_sensitive(self, terms: Sequence[Term]) -> None:
        owners: dict[str, TermId] = {}
        for index, term in enumerate(terms):
            for label in term.labels:
                if label.case_sensitive and owners.setdefault(label.text, term.id) != term.id:
                    why = f"'{label.text}' hoort al bij {owners[label.text]}; laat het bij één van beide staan"
                    raise self._broken(index, f'"{label.text}"', why)


def _nearest(wanted: str, known: Iterable[str]) -> str:
    near = difflib.get_close_matches(wanted, list(known), n=1)
    return f"bedoelt u {near[0]}?" if near else "voeg die term toe of haal de verwijzing weg"
