"""Render the sample corpus: ``corpus/voorbeeld/bronnen/*.md`` to ``corpus/voorbeeld/documenten``.

The same sources give the same bytes, so the results are kept in version control and ``--check`` can tell whether
they still belong to their sources. A new document is a new source; a new look is an entry in the module of its format.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import render_docx
import render_html
import render_pdf
import render_text
from render_source import Source, SourceError, read

CORPUS = Path(__file__).parents[1] / "corpus" / "voorbeeld"
RENDERERS: dict[str, Callable[[Source], bytes]] = {
    "docx": render_docx.render,
    "html": render_html.render,
    "pdf": render_pdf.render,
    "txt": render_text.render,
}


def render(source: Source) -> bytes:
    """Render one source in the format it asks for."""
    renderer = RENDERERS.get(source.format)
    if renderer is None:
        known = ", ".join(RENDERERS)
        raise SourceError(f"{source.name}.md: onbekend formaat '{source.format}'; kies uit {known}")
    return renderer(source)


def render_all(sources: Path) -> dict[str, bytes]:
    """Render all sources of a folder; file name -> contents."""
    documents = map(read, sorted(sources.glob("*.md")))
    return {source.file_name: render(source) for source in documents}


def differences(rendered: dict[str, bytes], folder: Path) -> list[str]:
    """Tell what differs between the rendered documents and the files in a folder, one line each."""
    there = {path.name: path.read_bytes() for path in folder.glob("*") if path.is_file()}
    return [
        *(f"{name}: ontbreekt" for name in sorted(rendered.keys() - there.keys())),
        *(f"{name}: heeft geen bron" for name in sorted(there.keys() - rendered.keys())),
        *(
            f"{name}: wijkt af van de bron"
            for name in sorted(rendered)
            if there.get(name, rendered[name]) != rendered[name]
        ),
    ]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description="Maakt de documenten van de fictieve voorbeeldverzameling uit hun bronnen."
    )
    parser.add_argument(
        "--check", action="store_true", help="schrijf niets; eindig met 1 als een document afwijkt van zijn bron"
    )
    parser.add_argument("--bronnen", type=Path, default=CORPUS / "bronnen", metavar="MAP", help="map met bronnen")
    parser.add_argument(
        "--documenten", type=Path, default=CORPUS / "documenten", metavar="MAP", help="map met documenten"
    )
    return parser


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    options = _parser().parse_args(arguments)
    # builders of packages set this; ReportLab would work it into the id of every PDF
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    try:
        rendered = render_all(options.bronnen)
    except SourceError as error:
        print(error, file=sys.stderr)
        return 2
    if options.check:
        found = differences(rendered, options.documenten)
        for line in found:
            print(f"{line}; draai tools/render_voorbeeld.py", file=sys.stderr)
        return 1 if found else 0
    options.documenten.mkdir(parents=True, exist_ok=True)
    for name, data in rendered.items():
        (options.documenten / name).write_bytes(data)
        print(f"{name} ({len(data) // 1024} kB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
