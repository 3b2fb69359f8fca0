"""Commands that ask a library: search, export."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from kennisbank import export, register
from kennisbank.cli.common import Command, print_json, snapshot, with_data, with_json
from kennisbank.errors import UsageError
from kennisbank.library import Snapshot
from kennisbank.model import KINDS, TAG_FACETS, StatementSort
from kennisbank.query import SORTS, parse, read_date, read_filters
from kennisbank.results import DocumentHit, Fragment, ResultPage

FILTERS = (*TAG_FACETS, "soort", "uitgever", "jaar", "status")


def _with_filters(command: Command) -> Command:
    for name in reversed(FILTERS):
        command = click.option(
            f"--{name}",
            multiple=True,
            metavar=name[0].upper(),
            help=f"Alleen deze {name}; herhaal voor of, -{name[0].upper()} sluit uit.",
        )(command)
    return command


@click.command(context_settings={"ignore_unknown_options": True})
@click.argument("vraag", nargs=-1, metavar="VRAAG")
@_with_filters
@click.option("--van", default="", metavar="DATUM", help="Vanaf JJJJ, JJJJ-MM of JJJJ-MM-DD.")
@click.option("--tot", default="", metavar="DATUM", help="Tot en met; 2018 is tot en met 31 december.")
@click.option("--sorteer", type=click.Choice(SORTS), default="relevantie", show_default=True)
@click.option("--limit", type=int, default=10, show_default=True, help="Aantal documenten.")
@click.option("--offset", type=int, default=0, help="Sla zoveel documenten over.")
@click.option("--deels/--alleen-alles", default=True, help="Ook documenten met een deel van de woorden.")
@click.option("--letterlijk", multiple=True, metavar="WOORD", help="Dit woord niet ook op andere namen of losse delen.")
@with_json
@with_data
def search(
    vraag: tuple[str, ...],
    sorteer: Any,
    limit: int,
    offset: int,
    deels: bool,
    letterlijk: tuple[str, ...],
    as_json: bool,
    data: Path,
    **values: Any,
) -> None:
    """Zoek: woorden, "woordgroep", -zonder, +met, OF, begin*, *eind, bijna~, a W/5 b, titel:x, jaar:2018..2020."""
    for part in vraag:
        if part.startswith("--"):
            raise click.NoSuchOption(part.partition("=")[0], ctx=click.get_current_context())
    library = snapshot(data)
    given = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items()}
    query = parse(
        " ".join(vraag),
        read_filters(given, library.taxonomy),
        taxonomy=library.taxonomy,
        sort=sorteer,
        offset=offset,
        limit=limit,
        partial=deels,
        literal=letterlijk,
        settings=library.settings.search,
    )
    page = library.search(query)
    if as_json:
        print_json(export.answer(library, page))
    else:
        _show(page)


def _show(page: ResultPage) -> None:
    for entry in page.explanation:
        click.echo(f"  {entry.text}")
    partial = f", {page.total_partial} met een deel van de woorden" if page.total_partial else ""
    click.echo(f"{page.total} documenten{partial}")
    for number, hit in enumerate(page.hits, start=page.offset + 1):
        _show_hit(number, hit)


def _show_hit(number: int, hit: DocumentHit) -> None:
    missing = f"  (zonder: {', '.join(hit.missing)})" if hit.missing else ""
    click.echo(f"\n{number}. {click.style(hit.title, bold=True)}{missing}")
    click.echo(f"   {hit.date or 'datum onbekend'} · {KINDS.get(hit.kind, hit.kind)} · {hit.file} · {hit.id}")
    for fragment in hit.fragments:
        page = f"p. {fragment.page_label or fragment.page}" if fragment.page else "-"
        click.echo(f"   {page:>6} | {_marked(fragment)}")
    if hit.passage_count > len(hit.fragments):
        click.echo(f"          en nog {hit.passage_count - len(hit.fragments)} plaatsen")


def _marked(fragment: Fragment) -> str:
    text, at, pieces = fragment.text, 0, []
    for mark in fragment.marks:
        pieces += [text[at : mark.start], click.style(mark.of(text), bold=True, underline=True)]
        at = mark.end
    return " ".join("".join([*pieces, text[at:]]).split())


LISTS: dict[str, StatementSort] = {"aanbevelingen": "aanbeveling", "bevindingen": "bevinding"}
"""Kinds of objects of which an export can be narrowed, as the lists of the site can."""
LIST_FILTERS = ("adressaat", "stand", "sterkte", "polariteit", "aard", *FILTERS)


def _with_list_filters(command: Command) -> Command:
    for name in reversed(LIST_FILTERS):
        letter = name[0].upper()
        about = f"Van aanbevelingen en bevindingen: alleen deze {name}; -{letter} sluit uit."
        command = click.option(f"--{name}", multiple=True, metavar=letter, help=about)(command)
    return command


@click.command(name="export", context_settings={"ignore_unknown_options": True})
@click.argument("objecten", type=click.Choice(sorted(export.KINDS)), metavar="SOORT")
@click.option("--format", "form", type=click.Choice(["jsonl", "csv"]), default="jsonl", show_default=True)
@click.option(
    "--uit",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="BESTAND",
    help="Naar dit bestand in plaats van standaarduitvoer.",
)
@click.option("--vraag", default="", metavar="WOORDEN", help="Van aanbevelingen en bevindingen: met deze woorden.")
@_with_list_filters
@click.option("--van", default="", metavar="DATUM", help="Vanaf JJJJ, JJJJ-MM of JJJJ-MM-DD.")
@click.option("--tot", default="", metavar="DATUM", help="Tot en met; 2018 is tot en met 31 december.")
@click.option("--stand-op", default="", metavar="DATUM", help="Van aanbevelingen: de stand op deze datum.")
@click.option("--voorstellen", is_flag=True, help="Wat te onzeker is om te tellen, in plaats van wat telt.")
@with_json
@with_data
def export_command(
    objecten: str,
    form: str,
    uit: Path | None,
    vraag: str,
    stand_op: str,
    voorstellen: bool,
    as_json: bool,
    data: Path,
    **values: Any,
) -> None:
    """Schrijf alle objecten van een soort; aanbevelingen en bevindingen ook naar woorden en filters."""
    library = snapshot(data)
    given = {name: [value] if isinstance(value, str) else list(value) for name, value in values.items() if value}
    as_of = read_date("stand-op", [stand_op])
    if as_of and objecten != "aanbevelingen":
        raise UsageError(f"--stand-op: {objecten} hebben geen stand op een datum; dat kan alleen bij aanbevelingen")
    if vraag or voorstellen or given or as_of:
        rows = _narrowed(objecten, library, vraag, given, voorstellen, as_of)
    else:
        rows = export.KINDS[objecten](library)
    with _output(uit) as stream:
        if form == "csv" and not as_json:
            export.write_csv(stream, rows)
        else:
            export.write_json_lines(stream, rows)


def _narrowed(
    kind: str, library: Snapshot, question: str, values: dict[str, list[str]], proposals: bool, as_of: str | None
) -> Iterable[export.Row]:
    sort = LISTS.get(kind)
    if sort is None:
        raise UsageError(f"{kind}: woorden en filters kunnen alleen bij {' en '.join(LISTS)}; laat ze weg")
    for name in values:
        if name not in (*register.FACETS[sort], "van", "tot", "status"):
            raise UsageError(f"--{name}: {kind} hebben dat niet; kies uit {', '.join(register.FACETS[sort])}")
    filters = register.read(sort, values, library.taxonomy)
    query = parse(question, filters, taxonomy=library.taxonomy, settings=library.settings.search)
    shown = library.statements.all(sort, register.RegisterQuery(query=query, proposals=proposals, as_of=as_of))
    return (export.statement(library, one, as_of) for one in shown)


@contextlib.contextmanager
def _output(path: Path | None) -> Iterator[Any]:
    if path is None:
        yield sys.stdout
    else:
        with path.open("w", encoding="utf-8", newline="") as stream:
            yield stream


COMMANDS = (search, export_command)
