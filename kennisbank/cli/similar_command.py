"""The command that asks whether something was said before: similar."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from kennisbank.cli.common import print_json, snapshot, with_data, with_json
from kennisbank.errors import UsageError
from kennisbank.seen import Seen, seen_row, similar


@click.command(name="similar")
@click.argument("bestand", type=click.File("r", encoding="utf-8", errors="replace"), default="-", metavar="[-|BESTAND]")
@click.option("--limit", type=click.IntRange(1, 100), default=10, show_default=True, help="Aantal vondsten.")
@with_json
@with_data
def similar_command(bestand: IO[str], limit: int, as_json: bool, data: Path) -> None:
    """Eerder gezien? Een conceptbevinding of -aanbeveling erin, wat erop lijkt eruit."""
    draft = bestand.read()
    if not draft.strip():
        raise UsageError("er is geen tekst; geef een bestand, of een tekst op standaardinvoer")
    found = similar(snapshot(data), draft, limit)
    if as_json:
        print_json({"resultaten": [seen_row(seen) for seen in found]})
        return
    click.echo("1 vondst" if len(found) == 1 else f"{len(found)} vondsten")
    for number, seen in enumerate(found, 1):
        _show(number, seen)


def _show(number: int, seen: Seen) -> None:
    where = f"p. {seen.page}" if seen.page else "-"
    chains = f" · {', '.join(seen.chains)}" if seen.chains else ""
    click.echo(f"\n{number}. {click.style(seen.sort, bold=True)} {seen.score:.2f} · {seen.id}")
    click.echo(f"   {seen.row.title} · {seen.row.date or 'datum onbekend'}{chains}")
    click.echo(f"   {where:>6} | {' '.join(seen.text.split())}")
    if seen.terms:
        click.echo(f"          deelt: {', '.join(seen.terms)}")


COMMANDS = (similar_command,)
