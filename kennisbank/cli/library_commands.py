"""Commands that make and keep a library: index, check, withdraw, catalogue."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

import click

from corpus import catalogue as catalogue_module
from corpus import ocr as ocr_tools
from corpus.process import ReadingProcess
from corpus.publications import digest, find
from indexer import ocr
from indexer.build import BuildReport, build
from indexer.ledger import document_id
from kennisbank import generations
from kennisbank.check import problems as problems_of
from kennisbank.cli.common import ProgressBar, opened, print_json, say, with_data, with_json
from kennisbank.corrections import Withdrawal, changing, withdrawals, write_withdrawals
from kennisbank.errors import UsageError
from kennisbank.export import write_json_lines
from kennisbank.model import LedgerRow
from kennisbank.settings import Settings

REJECTIONS_SHOWN = 20


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PAD...")
@click.option(
    "--catalogue",
    type=click.Path(path_type=Path),
    metavar="BESTAND",
    help="CSV of JSON Lines die wint van wat gelezen is.",
)
@click.option(
    "--workers", type=click.IntRange(1, 256), metavar="N", help="Aantal leesprocessen; standaard alle kernen."
)
@with_json
@with_data
def index(paths: tuple[Path, ...], catalogue: Path | None, workers: int | None, as_json: bool, data: Path) -> int:
    """Lees mappen en bestanden; alleen wat nieuw of gewijzigd is, wordt opnieuw gelezen."""
    settings, taxonomy = opened(data)
    given = catalogue_module.load(catalogue) if catalogue else None
    with ProgressBar() as progress:
        report = build(paths, settings, taxonomy, catalogue=given, workers=workers, progress=progress)
    if as_json:
        print_json(_report_object(report))
    else:
        _tell(report, data)
    if not report.usable:
        raise UsageError(
            f"geen enkel document onder {', '.join(map(str, paths))} is te doorzoeken; zie de redenen hierboven"
        )
    return 1 if report.rejected or report.closed else 0


def _report_object(report: BuildReport) -> Mapping[str, object]:
    return {
        "generatie": report.generation,
        "statussen": dict(report.statuses),
        "gelezen": report.parsed,
        "correcties": list(report.corrections),
        "nietTeLezenMappen": [str(folder) for folder in report.closed],
        "afgewezen": [{"bestand": row.file, "status": row.status, "reden": row.reason} for row in report.rejected],
    }


def _tell(report: BuildReport, data: Path) -> None:
    say(f"Generatie {report.generation} gepubliceerd; {report.parsed} bestanden gelezen, de overige waren ongewijzigd.")
    for status, count in sorted(report.statuses.items(), key=lambda entry: -entry[1]):
        say(f"  {count:6d}  {status}")
    for folder in report.closed:
        say(f"{folder}: deze map is niet te lezen; wat ervan bekend was, blijft zoals het was. Controleer de rechten")
    for told in report.corrections:
        say(f"Correctie: {told}")
    if report.rejected:
        say(f"Niet te doorzoeken ({len(report.rejected)}):")
        for row in report.rejected[:REJECTIONS_SHOWN]:
            say(f"  {row.file}: {row.status}: {row.reason}")
        if len(report.rejected) > REJECTIONS_SHOWN:
            say(f"  en nog {len(report.rejected) - REJECTIONS_SHOWN}; alle staan in: kennisbank export documenten")
    say(f'Zoek nu met: kennisbank search "uw vraag" --data {data}   of start de site: kennisbank serve --data {data}')


@click.command()
@with_json
@with_data
def check(as_json: bool, data: Path) -> int:
    """Controleer elk bestand van de huidige generatie, de id's in register en index, en enkele proefvragen."""
    problems = list(problems_of(data))
    if as_json:
        print_json({"inOrde": not problems, "problemen": problems})
    for problem in problems:
        say(problem)
    if problems:
        say(f"{len(problems)} problemen; maak alles opnieuw met: kennisbank index MAP")
        return 1
    say("Alles in orde.")
    return 0


@click.command()
@click.argument("document", metavar="DOCUMENT")
@click.option("--reden", default="", help="Waarom; staat in het grootboek.")
@click.option("--undo", is_flag=True, help="Maak het intrekken ongedaan.")
@with_json
@with_data
def withdraw(document: str, reden: str, undo: bool, as_json: bool, data: Path) -> None:
    """Trek een document in: meteen uit elk antwoord; de regel in het grootboek blijft."""
    row = _row_named(document, data)
    with changing(data):
        known = list(withdrawals(data))
        left = [entry for entry in known if not entry.holds_for(row)]
        if undo and len(left) == len(known):
            raise UsageError(f"document '{document}' is niet ingetrokken; er is niets gewijzigd")
        if not undo:
            left.append(Withdrawal(row.id, row.sha256 or "", row.root, row.file, reden, generations.now()))
        write_withdrawals(data, left)
    if as_json:
        print_json({"documentId": row.id, "bestand": row.file, "ingetrokken": not undo})
    elif undo and row.status == "withdrawn":
        say(f"{row.file}: niet meer ingetrokken; indexeer de map opnieuw om het weer te vinden")
    else:
        say(f"{row.file}: {'niet meer ingetrokken' if undo else 'ingetrokken; het is nergens meer te vinden'}")


def _row_named(document: str, data: Path) -> LedgerRow:
    """Find a ledger row by id, or by a file name that only one document has."""
    rows = generations.read_ledger(generations.current(data).folder / generations.LEDGER)
    found = [row for row in rows if row.id == document] or [row for row in rows if row.file == document]
    if not found:
        raise UsageError(f"document '{document}' is niet bekend; zoek het id op met: kennisbank export documenten")
    if len(found) > 1:
        raise UsageError(
            f"'{document}': {len(found)} documenten heten zo; geef een id: {', '.join(row.id for row in found)}"
        )
    return found[0]


@click.command()
@click.argument("folder", metavar="MAP", type=click.Path(path_type=Path))
@with_json
@with_data
def catalogue(folder: Path, as_json: bool, data: Path) -> None:
    """Schrijf een CSV van een map zoals gelezen, om te verbeteren en mee te geven aan `index --catalogue`."""
    settings, _ = opened(data)
    rows = _catalogue_rows(folder, settings)
    if as_json:
        write_json_lines(sys.stdout, rows)
    else:
        catalogue_module.write(sys.stdout, rows)


def _catalogue_rows(folder: Path, settings: Settings) -> list[Mapping[str, str]]:
    found = find([folder]).files
    rows: list[Mapping[str, str]] = []
    with (
        tempfile.TemporaryDirectory() as scratch,
        ReadingProcess(settings.limits) as process,
        ProgressBar() as progress,
    ):
        for done, entry in enumerate(found):
            progress("lezen", done, len(found))
            name = document_id(digest(entry.path))
            outcome = process.read(entry.path, entry.path.name, name, Path(scratch) / f"{name}.json.gz")
            if outcome.document:
                rows.append(catalogue_module.row_of(entry.file, outcome.document.metadata))
            else:
                say(f"{entry.file}: {outcome.status}: {outcome.reason}")
                rows.append({"file": entry.file})
    return rows


@click.command(name="ocr")
@click.option("--workers", type=click.IntRange(1, 256), metavar="N", help="Aantal bestanden tegelijk.")
@with_json
@with_data
def ocr_command(workers: int | None, as_json: bool, data: Path) -> int:
    """Herken de tekst van documenten die uit afbeeldingen bestaan, en maak ze doorzoekbaar (vraagt tesseract)."""
    ocr_tools.check_tools()
    settings, taxonomy = opened(data)
    rows = ocr.in_need(generations.read_ledger(generations.current(data).folder / generations.LEDGER))
    with ProgressBar() as progress:
        done = list(ocr.recognise(rows, settings, workers, progress))
        usable = [Path(entry.row.root, entry.row.file) for entry in done if entry.pages]
        there = [path for path in usable if path.is_file()]
        report = build(there, settings, taxonomy, progress=progress) if there else None
    failed = [entry for entry in done if entry.failure]
    for entry in failed:
        say(f"{entry.row.file}: {entry.failure}; wat al herkend was, is bewaard; herhaal de opdracht")
    for path in usable:
        if path not in there:
            say(f"{path}: staat er niet meer; zet het bestand terug en draai kennisbank index")
    pages = sum(entry.pages for entry in done)
    if as_json:
        print_json({"documenten": len(done), "paginas": pages, "mislukt": [entry.row.file for entry in failed]})
    else:
        say(f"{len(done)} documenten met afbeeldingen; tekst van {pages} pagina's herkend.")
        if report:
            say(f"Generatie {report.generation} gepubliceerd.")
    return 1 if failed else 0


COMMANDS = (index, check, withdraw, catalogue, ocr_command)
