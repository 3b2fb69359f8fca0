"""Render a source as a scan: the pages of a printed letter as pictures, without a letter of text behind them.

Drawn with a font that is embedded, since what stands in for a standard font differs between machines.
"""

from __future__ import annotations

import random
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pypdfium2
import reportlab
from PIL import Image
from render_pdf_look import LOOKS, Fonts
from render_source import FICTION, Source
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

LOOK = "scan"
_FONTS = Fonts("Vera", "VeraBd", "VeraIt")
PAPER = replace(LOOKS["brief"], fonts=_FONTS, heading_fonts=_FONTS)
"""Look of what lies on the scanner."""

_DPI = 150
_SKEW = 0.5
"""Degrees a sheet lies askew at most."""
_GRAIN = 0.15
"""Share of what the scanner makes of a dot that is chance."""
_SPECKS = 25
"""Specks of dust per page."""
_INK = 165
"""Grey below which a dot becomes black."""

for _name in (_FONTS.regular, _FONTS.strong, _FONTS.emphasis):
    pdfmetrics.registerFont(TTFont(_name, Path(reportlab.__file__).parent / "fonts" / f"{_name}.ttf"))


def scan(source: Source, printed: bytes) -> bytes:
    """Return a PDF file with the pages of another as pictures; the source tells what to call it."""
    chance = random.Random(source.name)  # noqa: S311 - dust, not secrets; the same for each rendering
    with pypdfium2.PdfDocument(printed) as document:
        sheets = [page.render(scale=_DPI / 72, grayscale=True).to_pil() for page in document]
    first, *others = [_scanned(sheet, chance) for sheet in sheets]
    stamp = time.strptime(f"{source.date} 12", "%Y-%m-%d %H")
    target = BytesIO()
    first.save(
        target,
        "PDF",
        save_all=True,
        append_images=others,
        resolution=_DPI,
        title=source.title,
        author="; ".join(source.publishers),
        subject=FICTION,
        keywords="fictief; voorbeeld; kennisbank",
        creator="kennisbank, render_voorbeeld",
        creationDate=stamp,
        modDate=stamp,
    )
    return target.getvalue()


def _scanned(sheet: Image.Image, chance: random.Random) -> Image.Image:
    """Return a sheet as an office scanner sees it: askew, in black and white, with dust."""
    angle = chance.uniform(-_SKEW, _SKEW)
    askew = sheet.rotate(angle, Image.Resampling.BICUBIC, fillcolor="white")
    grain = Image.frombytes("L", sheet.size, chance.randbytes(sheet.width * sheet.height))
    for _ in range(_SPECKS):
        place = chance.randrange(sheet.width - 2), chance.randrange(sheet.height - 2)
        askew.paste(0, (*place, place[0] + chance.choice((1, 2)), place[1] + chance.choice((1, 2))))
    return Image.blend(askew, grain, _GRAIN).point(lambda grey: 255 * (grey > _INK), mode="1")
