"""Render a source as a Word document with real heading styles, lists, tables and footnotes."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from itertools import groupby
from xml.sax.saxutils import escape

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt, RGBColor
from docx.text.paragraph import Paragraph
from render_source import (
    FICTION,
    FICTION_STATEMENT,
    Block,
    Box,
    Heading,
    Item,
    Source,
    SourceError,
    Table,
    dutch_date,
    runs,
)

_FOOTNOTES_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX = 3
"""`create_system` of a zip entry; Python would fill in the system it runs on."""


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a Word document."""

    font: str
    size: float
    accent: str
    """Colour of headings, as ``rrggbb``."""
    table_style: str = "Table Grid"


LOOKS = {"document": Look(font="Verdana", size=9.5, accent="6b2d3a")}


def render(source: Source) -> bytes:
    """Return the document as a DOCX file."""
    look = LOOKS.get(source.look)
    if look is None:
        raise SourceError(f"{source.name}.md: onbekende look '{source.look}' voor docx; kies uit {', '.join(LOOKS)}")
    document = Document()
    _set_styles(document, look)
    _set_properties(document, source)
    _drop_unused(document, look)
    _add_cover(document, source)
    _add_footer(document)
    for numbered, blocks in groupby(source.blocks, key=lambda block: isinstance(block, Item) and block.numbered):
        if numbered:
            _add_numbered(document, [block for block in blocks if isinstance(block, Item)])
        else:
            for block in blocks:
                _add_block(document, block, look)
    _add_footnotes(document, source)
    target = BytesIO()
    document.save(target)
    return _normalised(target.getvalue())


def _set_styles(document: WordDocument, look: Look) -> None:
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = look.font, Pt(look.size)
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        font = document.styles[name].font
        font.name, font.color.rgb = look.font, RGBColor.from_string(look.accent)
        # the template names theme fonts, which would win from a font by name
        fonts = font._element.rPr.rFonts
        for attribute in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fonts.attrib.pop(qn(attribute), None)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "nl-NL")


def _set_properties(document: WordDocument, source: Source) -> None:
    moment = datetime.fromisoformat(f"{source.date}T12:00:00")
    properties = document.core_properties
    properties.title, properties.subject = source.title, source.subtitle
    properties.author = properties.last_modified_by = "; ".join(source.publishers)
    properties.comments = FICTION
    properties.category, properties.language, properties.keywords = (
        source.kind,
        "nl-NL",
        "fictief; voorbeeld; kennisbank",
    )
    properties.created = properties.modified = moment
    properties.revision = 1


def _drop_unused(document: WordDocument, look: Look) -> None:
    """Leave out what the template brings along and no document uses: 700 kB of table styles, twice, and a picture."""
    for rels in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in rels.items() if rel.reltype.endswith(("/stylesWithEffects", "/thumbnail"))]:
            del rels[key]
    kept = {"Normal Table", look.table_style}
    for style in document.styles:
        if style.type == WD_STYLE_TYPE.TABLE and style.name not in kept:
            style.delete()


def _add_cover(document: WordDocument, source: Source) -> None:
    document.add_paragraph(source.title, style="Title")
    document.add_paragraph(source.subtitle, style="Subtitle")
    for line in (*source.publishers, dutch_date(source.date)):
        document.add_paragraph(line)
    statement = document.add_paragraph(FICTION_STATEMENT, style="Intense Quote")
    statement.add_run().add_break(WD_BREAK.PAGE)


def _add_footer(document: WordDocument) -> None:
    paragraph = document.sections[0].footer.paragraphs[0]
    paragraph.add_run(f"{FICTION}\tPagina ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)


def _add_block(document: WordDocument, block: Block, look: Look) -> None:
    match block:
        case Heading(level, text):
            document.add_heading(text, level)
        case Item(_, text):
            _add_runs(document.add_paragraph(style="List Bullet"), text)
        case Table(rows):
            _add_table(document, rows, look)
        case Box(paragraphs):
            for text in paragraphs:
                _add_runs(document.add_paragraph(style="Intense Quote"), text)
        case _:
            _add_runs(document.add_paragraph(), block.text)


def _add_table(document: WordDocument, rows: tuple[tuple[str, ...], ...], look: Look) -> None:
    table = document.add_table(rows=0, cols=len(rows[0]), style=look.table_style)
    for number, row in enumerate(rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            _add_runs(cell.paragraphs[0], f"**{text}**" if number == 0 else text)
    document.add_paragraph()


def _add_runs(paragraph: Paragraph, text: str) -> None:
    for run in runs(text):
        if run.style == "note":
            reference = OxmlElement("w:footnoteReference")
            reference.set(qn("w:id"), run.text)
            mark = paragraph.add_run()
            mark.font.superscript = True
            mark._r.append(reference)
        else:
            part = paragraph.add_run(run.text)
            part.bold, part.italic = run.style == "strong" or None, run.style == "emphasis" or None


def _add_numbered(document: WordDocument, items: list[Item]) -> None:
    """Add a numbered list that begins with the number of its first item."""
    numbering = document.part.numbering_part.element
    style = document.styles["List Number"].element
    pattern = numbering.num_having_numId(style.pPr.numPr.numId.val).abstractNumId.val
    number = numbering.add_num(pattern)
    number.add_lvlOverride(ilvl=0).add_startOverride(int(items[0].marker.rstrip(".")))
    for item in items:
        paragraph = document.add_paragraph(style="List Number")
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_ilvl().val = 0
        properties.get_or_add_numId().val = number.numId
        _add_runs(paragraph, item.text)


def _add_footnotes(document: WordDocument, source: Source) -> None:
    """Add the part with the footnotes, which python-docx does not know."""
    xml = f"<w:footnotes {nsdecls('w')}>{''.join(_footnotes(source))}</w:footnotes>"
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    part = Part(PackURI("/word/footnotes.xml"), _FOOTNOTES_TYPE, (head + xml).encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _footnotes(source: Source) -> Iterator[str]:
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        yield f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    for number, text in source.notes.items():
        words = "".join(
            f"<w:r>{'<w:rPr><w:i/></w:rPr>' if run.style == 'emphasis' else ''}"
            f'<w:t xml:space="preserve">{escape(run.text)}</w:t></w:r>'
            for run in runs(f" {text}")
        )
        yield f'<w:footnote w:id="{number}"><w:p>{mark}{words}</w:p></w:footnote>'


def _normalised(data: bytes) -> bytes:
    """Write the package again without moment and machine in it, uncompressed as `render_pdf_pages` explains."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as new:
        for name in sorted(old.namelist(), key=_package_order):
            entry = zipfile.ZipInfo(name, _ZIP_DATE)
            entry.create_system = _UNIX
            new.writestr(entry, old.read(name))
    return target.getvalue()


def _package_order(name: str) -> tuple[bool, str]:
    return name != "[Content_Types].xml", name
