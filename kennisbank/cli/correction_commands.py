"""Commands by which a person's word wins over the rules: correct confirm, reject, change, add, list, undo."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import click

from indexer.build import build
from kennisbank import generations
from kennisbank.cli.common import Command, ProgressBar, opened, print_json, say, snapshot, with_data, with_json
from kennisbank.corrections import Correction, changing, corrections, write_corrections
from kennisbank.errors import NotFound, UsageError
from kennisbank.library import Snapshot
from kennisbank.model import (
    FINDING_KINDS,
    POLARITIES,
    RECOMMENDATION_KINDS,
    SEARCHABLE,
    STRENGTHS,
    LedgerRow,
    Place,
)
from kennisbank.parallels import ShownParallel
from kennisbank.store import FILE_NAME, Record
from kennisbank.verdicts import JUDGEMENTS, SPEAKERS, Verdict

_CHANGEABLE = (*("sterkte", "adressaten", "nummer", "aard", "polariteit"), *("oordeel", "spreker", "aanbeveling"))
KINDS = (*RECOMMENDATION_KINDS, *FINDING_KINDS)


@click.group(name="correct")
def correct() -> None:
    """Bevestig, verwerp, wijzig of voeg toe; uw woord blijft gelden, ook na opnieuw indexeren."""


def _with_reason(command: Command) -> Command:
    for option in (
        click.option("--door", default=lambda: os.environ.get("USER", ""), metavar="NAAM", help="Wie dit vindt."),
        click.option("--reden", default="", metavar="TEKST", help="Waarom."),
    ):
        command = option(command)
    return command


def _with_values(command: Command) -> Command:
    for option in (
        click.option("--sterkte", type=click.Choice(list(STRENGTHS)), help="Van een aanbeveling."),
        click.option(
            "--adressaat", multiple=True, metavar="O", help="Organisatie; herhaal voor meer, '-' voor niemand."
        ),
        click.option("--nummer", default="", metavar="N", help="Zoals gedrukt."),
        click.option("--aard", type=click.Choice(KINDS), help="Soort aanbeveling of bevinding."),
        click.option("--polariteit", type=click.Choice(list(POLARITIES)), help="Van een bevinding."),
        click.option("--oordeel", type=click.Choice(list(JUDGEMENTS)), help="Van een uitspraak."),
        click.option("--spreker", type=click.Choice(list(SPEAKERS)), help="Van een uitspraak."),
        click.option("--aanbeveling", default="", metavar="ID", help="Waar een uitspraak over gaat; '-' voor geen."),
    ):
        command = option(command)
    return command


@correct.command()
@click.argument("wat", metavar="ID|DOCUMENT")
@click.option("--term", default="", metavar="T", help="Van een document: het begrip.")
@click.option("--bij", default="", metavar="ID", help="De aanbeveling waarmee zij één reeks vormt.")
@_with_reason
@with_json
@with_data
def confirm(wat: str, term: str, bij: str, door: str, reden: str, as_json: bool, data: Path) -> None:
    """Bevestig een aanbeveling, bevinding, uitspraak, parallel (ID), begrip (--term T) of reeks (ID --bij ID)."""
    _decide("bevestig", wat, term, {"door": door, "reden": reden}, as_json, data, bij)


@correct.command()
@click.argument("wat", metavar="ID|DOCUMENT")
@click.option("--term", default="", metavar="T", help="Van een document: het begrip.")
@click.option("--bij", default="", metavar="ID", help="De aanbeveling waarmee zij geen reeks vormt.")
@click.option("--koppeling", default="", metavar="DOCUMENT", help="Van een voornemen: alleen de koppeling hiermee.")
@_with_reason
@with_json
@with_data
def reject(wat: str, term: str, bij: str, koppeling: str, door: str, reden: str, as_json: bool, data: Path) -> None:
    """Verwerp een aanbeveling, bevinding, uitspraak, parallel (ID), begrip (--term T) of reeks (ID --bij ID)."""
    said = {"door": door, "reden": reden}
    if koppeling:
        said["term"] = str(_row_named(koppeling, data).id)
    _decide("verwerp", wat, term, said, as_json, data, bij)


@correct.command()
@click.argument("wat", metavar="ID")
@click.option("--tekst", default="", metavar="TEKST", help="Andere grenzen: de woorden zoals ze in het document staan.")
@_with_values
@_with_reason
@with_json
@with_data
def change(wat: str, tekst: str, as_json: bool, data: Path, **values: Any) -> None:
    """Wijzig van een aanbeveling, bevinding of uitspraak wat u noemt; de rest blijft zoals gevonden."""
    fields = _fields(values, data)
    if not (tekst or any(fields[name] for name in _CHANGEABLE)):
        raise UsageError(
            "er is niets te wijzigen; noem --sterkte, --adressaat, --nummer, --aard, --polariteit, --oordeel,"
            " --spreker, --aanbeveling of --tekst"
        )
    _decide("wijzig", wat, "", {**fields, "nieuweTekst": tekst}, as_json, data)


@correct.command()
@click.argument("document", metavar="DOCUMENT")
@click.option("--term", default="", metavar="T", help="Een begrip voor het hele document.")
@click.option("--als", type=click.Choice(("aanbeveling", "bevinding")), help="Wat de woorden van --tekst zijn.")
@click.option("--tekst", default="", metavar="TEKST", help="De woorden zoals ze in het document staan.")
@_with_values
@_with_reason
@with_json
@with_data
def add(document: str, term: str, als: str | None, tekst: str, as_json: bool, data: Path, **values: Any) -> None:
    """Voeg een begrip toe (--term T), of een aanbeveling of bevinding die gemist is (--als ... --tekst "...")."""
    if bool(term) == bool(als) or (als and not tekst):
        raise UsageError('noem --term T, of --als aanbeveling|bevinding met --tekst "de woorden in het document"')
    library = snapshot(data)
    row = _row_named(document, data)
    if tekst and tekst not in (text := library.text(row.id).text):
        found = " ".join(tekst.split()) in " ".join(text.split())
        if not found:
            raise UsageError(f"‘{tekst[:60]}’ staat niet in {row.file}; neem de woorden letterlijk over")
    fields = _fields(values, data) | {"tekst": tekst}
    _store(_correction("voeg-toe", als or "tag", row, _term(term, library), fields), row, as_json, data)


@correct.command(name="list")
@with_json
@with_data
def list_command(as_json: bool, data: Path) -> int:
    """Noem alle correcties met hun nummer, en wat er niet meer van houdt."""
    entries = corrections(data)
    record = Record(generations.current(data).folder / FILE_NAME)
    try:
        reports = record.correction_reports()
    finally:
        record.close()
    if as_json:
        print_json({"correcties": [asdict(entry) for entry in entries], "meldingen": list(reports)})
        return 0
    for number, entry in enumerate(entries, 1):
        click.echo(f"{number:4d}  {entry.tijdstip[:10]}  {entry.told}{f' ({entry.door})' if entry.door else ''}")
    for report in reports:
        say(f"let op: {report}")
    return 0


@correct.command()
@click.argument("nummer", type=click.IntRange(1), metavar="NUMMER")
@with_json
@with_data
def undo(nummer: int, as_json: bool, data: Path) -> None:
    """Neem een correctie terug (nummer uit `correct list`)."""
    with changing(data):
        known = list(corrections(data))
        if nummer > len(known):
            raise UsageError(f"correctie {nummer} bestaat niet; er zijn er {len(known)}")
        gone = known.pop(nummer - 1)
        write_corrections(data, known)
    rows = generations.read_ledger(generations.current(data).folder / generations.LEDGER)
    _rebuild([row for row in rows if gone.holds_for(row)], as_json, data, f"teruggenomen: {gone.told}")


def _decide(
    action: str, what: str, term: str, fields: Mapping[str, str], as_json: bool, data: Path, other: str = ""
) -> None:
    library = snapshot(data)
    if other:
        shown, with_which = (library.statements.one("aanbeveling", name) for name in (what, other))
        row = _row_named(shown.row.id, data)
        place = shown.statement.place
        fields = {**fields, "tekst": place.text, "begin": str(place.span.start)}
        _store(_correction(action, "reeks", row, with_which.statement.id, fields), row, as_json, data)
        return
    if term:
        row = _row_named(what, data)
        _store(_correction(action, "tag", row, _term(term, library), dict(fields)), row, as_json, data)
        return
    pair = next((one for one in library.parallels.all() if one.id == what), None)
    if pair:
        _decide_pair(action, library.parallels.shown(pair), fields, as_json, data)
        return
    verdict = next((one.verdict for one in library.followup.all if one.verdict.id == what), None)
    if verdict:
        _about_verdict(action, verdict, fields, library, as_json, data)
        return
    if any(fields.get(name) for name in ("oordeel", "spreker", "aanbeveling")):
        raise UsageError(f"'{what}' is geen uitspraak; zoek het id op met: kennisbank export uitspraken")
    sort, said, document = _found(what, library)
    row = _row_named(document, data)
    words = {"tekst": said.text, "begin": str(said.span.start)}
    _store(_correction(action, sort, row, "", {**fields, **words}), row, as_json, data)


def _about_verdict(
    action: str, verdict: Verdict, fields: Mapping[str, str], library: Snapshot, as_json: bool, data: Path
) -> None:
    """Store what is said of an uitspraak; of a sentence about more recommendations, what is said of this one."""
    meant = fields.get("aanbeveling", "")
    if meant not in ("", "-"):
        library.statements.one("aanbeveling", meant)
    alike = [one.verdict for one in library.followup.all if one.verdict.document == verdict.document]
    shared = sum(one.place.span == verdict.place.span and one.judgement == verdict.judgement for one in alike) > 1
    row = _row_named(verdict.document, data)
    place = {"tekst": verdict.place.text, "begin": str(verdict.place.span.start)}
    term = str(verdict.recommendation or "") if shared else ""
    _store(
        _correction(action, "uitspraak", row, term, {**fields, **place, "was": verdict.judgement}), row, as_json, data
    )


def _decide_pair(action: str, pair: ShownParallel, fields: Mapping[str, str], as_json: bool, data: Path) -> None:
    row = _row_named(pair.left.row.id, data)
    words = {"tekst": pair.left.text, "begin": str(pair.left.side.span.start), "andereTekst": pair.right.text}
    _store(_correction(action, "parallel", row, "", {**fields, **words}), row, as_json, data)


def _found(name: str, library: Snapshot) -> tuple[str, Place, str]:
    """Return what an id names: its sort, place and document. Raises `UsageError`."""
    for sort in ("aanbeveling", "bevinding"):
        try:
            found = library.statements.one(sort, name)
        except NotFound:
            continue
        return sort, found.statement.place, found.row.id
    with contextlib.suppress(NotFound):
        planned = library.plans.one(name)
        return "voornemen", planned.commitment.place, planned.row.id
    raise UsageError(
        f"'{name}' is geen aanbeveling, bevinding, voornemen of parallel; zoek het id op met: kennisbank export"
        " aanbevelingen (een begrip van een document: noem ook --term)"
    )


def _term(name: str, library: Snapshot) -> str:
    """Return the id of a term given by id or name. Raises `UsageError`."""
    if not name:
        return ""
    prefix = name.partition(":")[0]
    facets = {term.id.partition(":")[0]: term.facet for term in library.taxonomy.terms.values()}
    if prefix not in facets:
        raise UsageError(f"'{name}' is geen begrip; schrijf facet:naam, zoals thema:personeel ({', '.join(facets)})")
    return str(library.taxonomy.resolve(facets[prefix], name))


def _fields(values: Mapping[str, Any], data: Path) -> dict[str, str]:
    """Return the values of a correction; organisations as ids."""
    taxonomy = opened(data)[1]
    given = [name for name in values.get("adressaat", ()) if name != "-"]
    addressed = "|".join(str(taxonomy.resolve("organisatie", name)) for name in given)
    return {
        "sterkte": values.get("sterkte") or "",
        "adressaten": addressed or ("-" if values.get("adressaat") else ""),
        "nummer": values.get("nummer") or "",
        "aard": values.get("aard") or "",
        "polariteit": values.get("polariteit") or "",
        "oordeel": values.get("oordeel") or "",
        "spreker": values.get("spreker") or "",
        "aanbeveling": values.get("aanbeveling") or "",
        "door": values.get("door") or "",
        "reden": values.get("reden") or "",
    }


def _correction(action: str, sort: str, row: LedgerRow, term: str, fields: Mapping[str, str]) -> Correction:
    made = Correction(
        actie=action,
        soort=sort,
        document=row.id,
        sha256=row.sha256 or "",
        map=row.root,
        bestand=row.file,
        term=term,
        tijdstip=generations.now(),
    )
    return replace(made, **fields)


def _row_named(document: str, data: Path) -> LedgerRow:
    """Find the row of a searchable document by id or file name."""
    rows = generations.read_ledger(generations.current(data).folder / generations.LEDGER)
    found = [row for row in rows if document in (row.id, row.file) and row.status in SEARCHABLE]
    if len(found) != 1:
        why = "is geen doorzoekbaar document" if not found else "is de naam van meer dan één document"
        raise UsageError(f"'{document}' {why}; zoek het id op met: kennisbank export documenten")
    return found[0]


def _store(made: Correction, row: LedgerRow, as_json: bool, data: Path) -> None:
    with changing(data):
        write_corrections(data, [*corrections(data), made])
    _rebuild([row], as_json, data, made.told)


def _rebuild(rows: list[LedgerRow], as_json: bool, data: Path, done: str) -> None:
    """Derive anew what is corrected; a document whose file has moved waits for the next time it is indexed."""
    settings, taxonomy = opened(data)
    there = [path for row in rows if (path := Path(row.root, row.file)).is_file()]
    reports: tuple[str, ...] = ()
    if there:
        with ProgressBar() as progress:
            reports = build(there, settings, taxonomy, progress=progress).corrections
    if as_json:
        print_json({"correctie": done, "verwerkt": bool(there), "meldingen": list(reports)})
        return
    waits = "" if there else "; het bestand staat er niet meer, zij gaat gelden als het weer wordt geïndexeerd"
    say(f"{done}: bewaard{waits}")
    for report in reports:
        say(f"let op: {report}")


COMMANDS = (correct,)
