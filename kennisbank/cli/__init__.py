"""The command line: knows everything, and nobody imports it."""

from __future__ import annotations

import errno
import os
import re
import sys
from collections.abc import Sequence
from io import TextIOWrapper

import click

from kennisbank import __version__
from kennisbank.cli import (
    correction_commands,
    explain_command,
    library_commands,
    quality_commands,
    reading_commands,
    similar_command,
    site_commands,
)
from kennisbank.errors import KennisbankError

INTERNAL_FAULT = 70


@click.group(context_settings={"max_content_width": 100})
@click.version_option(__version__, prog_name="kennisbank")
@click.option("--debug", is_flag=True, help="Toon bij een fout de volledige herkomst.")
def kennisbank(debug: bool) -> None:
    """Doorzoekbare kennisbank van inspectierapporten: is dit eerder gezegd, en waar staat het?"""


for command in (
    *library_commands.COMMANDS,
    *reading_commands.COMMANDS,
    *similar_command.COMMANDS,
    *explain_command.COMMANDS,
    *correction_commands.COMMANDS,
    *quality_commands.COMMANDS,
    *site_commands.COMMANDS,
):
    kennisbank.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run a command; every error is one line on standard error, and the exit code says what kind it was."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        result = kennisbank.main(
            ["--debug", *(part for part in given if part != "--debug")] if debug else given,
            prog_name="kennisbank",
            standalone_mode=False,
        )
        code = result if isinstance(result, int) else 0
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        code = 0
    except click.exceptions.Abort:
        code = _fail("afgebroken; wat er was, is er nog", 130)
    except click.ClickException as error:
        code = _fail(_one_line(error), error.exit_code)
    except KennisbankError as error:
        if debug:
            raise
        code = _fail(str(error), error.exit_code)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the reader of a pipe left: no fault
        code = 0
    except OSError as error:
        if debug:
            raise
        where = f"{error.filename}: " if error.filename else ""
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        advice = "maak ruimte; wat er was, is er nog" if full else "controleer het pad en de rechten"
        code = _fail(f"{where}{error.strerror or error}; {advice}", INTERNAL_FAULT if full else 2)
    except Exception as error:
        if debug:
            raise
        text = " ".join(f"{type(error).__name__}: {error}".split())
        code = _fail(f"fout in het programma: {text[:300]}; herhaal met --debug voor de herkomst", INTERNAL_FAULT)
    sys.exit(code)


def _fail(text: str, code: int) -> int:
    click.echo(f"kennisbank: {text}", err=True)
    return code


def _one_line(error: click.ClickException) -> str:
    command = error.ctx.command_path if isinstance(error, click.UsageError) and error.ctx else "kennisbank"
    return f"{_in_dutch(error)}; zie '{command} --help'"


def _wanted(error: click.BadParameter) -> str:
    kind = error.param.type if error.param else None
    if isinstance(kind, click.Choice):
        return f"kies uit {', '.join(map(str, kind.choices))}"
    if isinstance(kind, click.IntRange):
        return f"geef een geheel getal van {kind.min} tot en met {kind.max}"
    if isinstance(kind, click.types.IntParamType):
        return "geef een geheel getal"
    if isinstance(kind, click.Path):
        return "geef een map, geen bestand" if not kind.file_okay else "geef een bestand"
    return " ".join(error.message.split())


def _in_dutch(error: click.ClickException) -> str:
    if isinstance(error, click.NoSuchOption):
        near = f" (bedoelde u {', '.join(error.possibilities)}?)" if error.possibilities else ""
        return f"optie {error.option_name} bestaat niet{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.human_readable_name if error.param else "een waarde"
        return f"{name} ontbreekt"
    if isinstance(error, click.BadParameter):
        name = error.param.human_readable_name if error.param else "waarde"
        return f"{name}: {_wanted(error)}"
    message = " ".join(error.format_message().split())
    unknown = re.match(r"No such command '(.+?)'", message)
    return f"opdracht '{unknown[1]}' bestaat niet" if unknown else message
