"""Settings of one library, with their defaults; `kennisbank.toml` in its folder overrides them."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TypeVar

from kennisbank.errors import BrokenSetting

FILE_NAME = "kennisbank.toml"


@dataclass(frozen=True, slots=True)
class Limits:
    """What reading one document may cost."""

    seconds_without_progress: float = 10.0
    """A page that takes longer is given up, and the document with it."""
    seconds: float = 120.0
    """Wall time for a whole document."""
    memory_bytes: int = 1 << 30
    """Address space of the process that parses."""
    file_bytes: int = 64 << 20
    pages: int = 5_000
    characters: int = 50_000_000


@dataclass(frozen=True, slots=True)
class SearchSettings:
    """What a search may cost, and how strict it is."""

    max_characters: int = 2_000
    max_words: int = 64
    max_depth: int = 5
    max_expansions: int = 128
    """Terms that a word with ``*`` or ``~`` may stand for."""
    max_terms: int = 512
    """Terms that all such words of a question may stand for together."""
    max_wildcards: int = 8
    """Such words in a question."""
    max_near: int = 16
    """Words with a distance between them in a question, every combination of (a OF b) W/5 c counted."""
    max_distance: int = 50
    """Greatest distance between words that can be asked."""
    partial_share: float = 0.05
    """A document that lacks some words is listed when the words it has carry this share of the query's idf mass."""
    partial_best: float = 0.15
    """But none of these is when not even one has this share, or all words: little of a question is no answer to it."""
    max_page_size: int = 100
    max_offset: int = 10_000


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a library."""

    data: Path
    limits: Limits = field(default_factory=Limits)
    search: SearchSettings = field(default_factory=SearchSettings)
    taxonomy: Path | None = None
    """Own taxonomy file; None means the one that comes with the program."""
    notice: str | None = None
    """A line shown on every page of the site, such as "fictieve voorbeelden"."""


def load(data: Path) -> Settings:
    """Read the settings of the library in `data`; a missing file gives the defaults.

    Raises `BrokenSetting` with file and key for anything unknown or of the wrong type.
    """
    data = data.absolute()
    path = data / FILE_NAME
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raw = {}
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BrokenSetting(f"{path}: niet te lezen ({error}); herstel of verwijder het bestand") from error
    unknown = sorted(set(raw) - {"limits", "search", "taxonomy", "notice"})
    if unknown:
        known = "limits, search, taxonomy, notice"
        raise BrokenSetting(f"{path}: onbekende instelling '{unknown[0]}'; toegestaan: {known}")
    own = data / str(raw.get("taxonomy", "taxonomie.toml"))
    return Settings(
        data=data,
        limits=_filled(Limits(), raw.get("limits", {}), f"{path}: [limits]"),
        search=_filled(SearchSettings(), raw.get("search", {}), f"{path}: [search]"),
        taxonomy=own if "taxonomy" in raw or own.exists() else None,
        notice=str(raw["notice"]) if "notice" in raw else None,
    )


Table = TypeVar("Table", Limits, SearchSettings)


def _filled(defaults: Table, table: object, where: str) -> Table:
    if not isinstance(table, dict):
        raise BrokenSetting(f"{where}: hier hoort een tabel te staan, geen losse waarde")
    known = {entry.name: getattr(defaults, entry.name) for entry in fields(defaults)}
    for key, value in table.items():
        if key not in known:
            raise BrokenSetting(f"{where}: onbekende instelling '{key}'; toegestaan: {', '.join(known)}")
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            raise BrokenSetting(f"{where}: '{key}' moet een getal boven nul zijn, niet {value!r}")
    return replace(defaults, **{key: type(known[key])(value) for key, value in table.items()})
