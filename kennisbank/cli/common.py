"""What commands share: where the library is, how to say things, how long work shows itself."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TypeVar

import click
from tqdm import tqdm

from kennisbank import settings as settings_module
from kennisbank import taxonomy as taxonomy_module
from kennisbank.library import Library, Snapshot
from kennisbank.settings import Settings
from kennisbank.taxonomy import Taxonomy

DEFAULT_DATA = "kennisbank-data"
Command = TypeVar("Command", bound=Callable[..., Any])


def with_data(command: Command) -> Command:
    """Add `--data`."""
    option = click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        envvar="KENNISBANK_DATA",
        default=DEFAULT_DATA,
        show_default=True,
        help="Map van de verzameling.",
    )
    return option(command)


def with_json(command: Command) -> Command:
    """Add `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Uitvoer voor machines op standaarduitvoer.")(command)


def opened(data: Path) -> tuple[Settings, Taxonomy]:
    """Read settings and taxonomy of a library."""
    settings = settings_module.load(data)
    return settings, taxonomy_module.load(settings.taxonomy)


def snapshot(data: Path) -> Snapshot:
    """Open the published generation."""
    return Library(settings_module.load(data)).current()


def say(text: str) -> None:
    """Tell the user something; standard output stays free for results."""
    click.echo(text, err=True)


def print_json(value: Mapping[str, Any]) -> None:
    """Print an object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


class ProgressBar:
    """Shows stages of long work on standard error; silent when nobody watches."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._stage = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done in this stage."""
        if stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = tqdm(
                total=total, desc=stage, unit="st", file=sys.stderr, disable=None, leave=True, dynamic_ncols=True
            )
        if self._bar is not None:
            self._bar.update(done - self._bar.n)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.update((self._bar.total or self._bar.n) - self._bar.n)
            self._bar.close()
            self._bar = None
