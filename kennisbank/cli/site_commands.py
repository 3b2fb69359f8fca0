"""Commands that serve the site: serve, demo."""

from __future__ import annotations

import errno
from importlib import resources
from pathlib import Path

import click
import waitress

from indexer.build import build
from kennisbank import dutch
from kennisbank import settings as settings_module
from kennisbank.cli.common import Command, ProgressBar, opened, say, with_data
from kennisbank.errors import UsageError
from kennisbank.library import Library
from kennisbank.sample import FICTION, SAMPLE_QUESTIONS
from kennisbank.settings import FILE_NAME, Settings
from kennisbank.taxonomy import Taxonomy
from web import create_app

DEMO_DATA = "kennisbank-demo"
THREADS = 8


def _with_address(command: Command) -> Command:
    host = click.option(
        "--host", default="127.0.0.1", show_default=True, help="Adres; de standaard is alleen deze computer."
    )
    port = click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True)
    return host(port(command))


@click.command()
@_with_address
@with_data
def serve(host: str, port: int, data: Path) -> None:
    """Start de site."""
    settings = settings_module.load(data)
    _serve(Library(settings), settings, host, port)


@click.command()
@_with_address
@click.option(
    "--data",
    type=click.Path(file_okay=False, path_type=Path),
    default=DEMO_DATA,
    show_default=True,
    help="Map van de voorbeeldverzameling.",
)
def demo(host: str, port: int, data: Path) -> None:
    """Indexeer de meegeleverde voorbeelden in een eigen verzameling en start de site."""
    data.mkdir(parents=True, exist_ok=True)
    (data / FILE_NAME).write_text(f'notice = "{FICTION}"\n', encoding="utf-8")
    settings = settings_module.load(data)
    _, taxonomy = opened(data)
    library = index_samples(settings, taxonomy)
    say("Probeer eens:")
    for question in SAMPLE_QUESTIONS:
        say(f"  - {question.text}  ({question.user.lower()})")
    _serve(library, settings, host, port)


def index_samples(settings: Settings, taxonomy: Taxonomy) -> Library:
    """Index the sample corpus that comes with the program."""
    with resources.as_file(resources.files("corpus") / "voorbeeld" / "documenten") as folder, ProgressBar() as progress:
        report = build([folder], settings, taxonomy, progress=progress)
    say(f"{report.statuses.get('indexed', 0)} voorbeelddocumenten (fictief) in {settings.data}")
    return Library(settings)


def _serve(library: Library, settings: Settings, host: str, port: int) -> None:
    app = create_app(library, settings)
    dutch.warm_up()  # so that the first visitor does not wait for the dictionary
    try:
        server = waitress.create_server(app, host=host, port=port, threads=THREADS, ident=None)
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno == errno.EADDRINUSE:
            raise UsageError(f"poort {port} is al in gebruik; kies een andere met --port") from error
        raise UsageError(f"kan niet luisteren op {host}:{port}; geef een adres van deze computer met --host") from error
    shown = f"[{host}]" if ":" in host else host
    say(f"De site staat op http://{shown}:{server.effective_port}/  (stoppen met Ctrl+C)")
    try:
        server.run()
    except KeyboardInterrupt:
        say("gestopt")
    finally:
        server.close()


COMMANDS = (serve, demo)
