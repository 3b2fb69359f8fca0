"""Commands that tell how good it all is: evaluate."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path, PurePath

import click

from indexer.build import build
from kennisbank.cli.common import DEFAULT_DATA, ProgressBar, opened, print_json, snapshot, with_json
from kennisbank.errors import BrokenSetting, UsageError
from kennisbank.evaluation import PARTS, System, evaluate, truth
from kennisbank.evaluation.report import as_lines, as_object

TRUTH = "waarheid"
DOCUMENT_FOLDERS = ("documenten", "pdf")
"""Where a labelled set keeps its documents, if it brings them."""


@click.command(name="evaluate")
@click.argument("deel", required=False, type=click.Choice(list(PARTS)), metavar="[DEEL]")
@click.option(
    "--set",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="MAP",
    help="Beoordeelde gegevens; standaard die van de voorbeelden.",
)
@click.option("--details", is_flag=True, help="Noem ook elke misser en elke onterechte vondst, van de helft tune.")
@click.option("--judge", is_flag=True, help="Noem ze ook van de helft judge; wie regels schrijft, leest die niet.")
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    help="Map van de verzameling; standaard worden de documenten van de set tijdelijk geïndexeerd.",
)
@with_json
def evaluate_command(
    deel: str | None, folder: Path | None, details: bool, judge: bool, as_json: bool, data: Path | None
) -> None:
    """Meet de kwaliteit op beoordeelde gegevens: reading, tags, recommendations, search, connections."""
    given = truth.load(folder or _bundled())
    with _system(given, data) as system:
        figures = evaluate(given, system, [deel] if deel else PARTS)
    halves = [*(("tune", truth.WHOLE) if details or judge else ()), *(("judge",) if judge else ())]
    if as_json:
        print_json(as_object(given, figures, halves))
        return
    click.echo(f"waarheid {truth.digest(given.folder)[:12]}")
    for line in as_lines(figures, halves):
        click.echo(line)


def _bundled() -> Path:
    """Return the truth about the sample corpus; it is part of the project, not of an installed program."""
    with resources.as_file(resources.files("corpus") / "voorbeeld") as folder:
        if (folder / TRUTH).is_dir():
            return folder
    raise UsageError("de waarheid bij de voorbeelden staat alleen in de broncode van het project; geef --set MAP")


@contextmanager
def _system(given: truth.Truth, data: Path | None) -> Iterator[System]:
    """Open the library to judge, or make one of the documents of the set."""
    documents = _documents(given.folder)
    if data is not None or documents is None:
        yield System(snapshot(data or Path(os.environ.get("KENNISBANK_DATA", DEFAULT_DATA))))
        return
    with tempfile.TemporaryDirectory() as scratch:
        name_of: Callable[[str], str] = lambda file: PurePath(file).name  # noqa: E731
        if documents.is_file():
            names = dict(_write_out(documents, Path(scratch) / "documenten"))
            documents, name_of = Path(scratch) / "documenten", names.__getitem__
        library = Path(scratch) / "verzameling"
        settings, taxonomy = opened(library)
        with ProgressBar() as progress:
            build([documents], settings, taxonomy, progress=progress)
        yield System(snapshot(library), name_of=name_of)


def _documents(folder: Path) -> Path | None:
    """Return the documents of a set: a folder of files, or a file with one text a line."""
    if (folder / "corpus.jsonl").is_file():
        return folder / "corpus.jsonl"
    beside = folder.parent if folder.name == TRUTH else folder
    return next((beside / name for name in DOCUMENT_FOLDERS if (beside / name).is_dir()), None)


def _write_out(corpus: Path, target: Path) -> Iterator[tuple[str, str]]:
    """Write each text of a ``corpus.jsonl`` to a file; yield the file's name and the text's id."""
    target.mkdir()
    for number, line in enumerate(corpus.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            name, text = str(row["_id"]), str(row["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenSetting(
                f"{corpus}: regel {number}: verwacht JSON met _id en text; verbeter die regel"
            ) from error
        title = str(row.get("title") or "").strip()
        # the number makes the name safe, whatever signs an id holds
        file = f"{number:06d}.md"
        (target / file).write_text(f"# {title}\n\n{text}\n" if title else f"{text}\n", encoding="utf-8")
        yield file, name


COMMANDS = (evaluate_command,)
