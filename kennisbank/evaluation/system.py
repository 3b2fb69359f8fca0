"""What is judged: a library, seen through the objects it exports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from pathlib import PurePath
from typing import Any

from kennisbank import export
from kennisbank.library import Snapshot
from kennisbank.model import SEARCHABLE
from kennisbank.query import parse, read_filters
from kennisbank.results import ResultPage

Row = Mapping[str, Any]
Exporter = Callable[[Snapshot], Iterable[Row]]


class System:
    """A library and what it knows. `name_of` tells by which name the truth calls a file."""

    def __init__(
        self,
        snapshot: Snapshot,
        exporters: Mapping[str, Exporter] = export.KINDS,
        name_of: Callable[[str], str] = lambda file: PurePath(file).name,
    ) -> None:
        self.snapshot = snapshot
        self._exporters = exporters
        self._kept: dict[str, tuple[Row, ...]] = {}
        self.name_of = name_of

    def rows(self, kind: str) -> tuple[Row, ...] | None:
        """Return all objects of a kind, or None where the software has none of that kind yet."""
        if kind not in self._exporters:
            return None
        if kind not in self._kept:
            self._kept[kind] = tuple(map(self._named, self._exporters[kind](self.snapshot)))
        return self._kept[kind]

    def _named(self, row: Row) -> Row:
        """Call files as the truth calls them, also on both sides of a parallel."""
        named = {side: self._named(row[side]) for side in ("links", "rechts") if side in row}
        return {**row, **named, **({"bestand": self.name_of(row["bestand"])} if "bestand" in row else {})}

    @cached_property
    def files(self) -> Mapping[str, str]:
        """Id of each document -> name of its file."""
        return {row["id"]: row["bestand"] for row in self.rows("documenten") or ()}

    @cached_property
    def texts(self) -> dict[str, str]:
        """Name of each searchable file -> its text."""
        return {
            self.name_of(row.file): self.snapshot.text(row.id).text for row in self.snapshot.rows(tuple(SEARCHABLE))
        }

    def search(self, question: str, filters: Mapping[str, Any], limit: int) -> ResultPage:
        """Ask a question as site and command line do; a filter holds a value or a list of them."""
        library = self.snapshot
        given = {name: [value] if isinstance(value, str) else list(value) for name, value in filters.items()}
        return library.search(
            parse(
                question,
                read_filters(given, library.taxonomy),
                taxonomy=library.taxonomy,
                limit=limit,
                settings=library.settings.search,
            )
        )
