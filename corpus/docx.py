"""Word files to blocks, in document order, with the numbers that Word would print before headings and items."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from zlib import error as zlib_error

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.exceptions import OpcError
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from corpus.docx_looks import Seen, blocks_of
from corpus.plain import MARKER, squeezed
from corpus.raw import Candidate, Hint, Part, RawBlock, RawDocument
from corpus.sniff import OLE
from kennisbank.errors import Rejected
from kennisbank.model import BlockKind

MAX_XML = 64 << 20
"""Bytes of one part: read as a tree it takes some ten times that."""
MAX_UNPACKED = 512 << 20
"""Bytes that all parts of a file may be together when unpacked."""

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = re.compile(r"(?:kop|heading|berschrift|überschrift|titre)([1-9])")
_TITLE: Final = frozenset({"titel", "title"})
_SUBTITLE: Final = frozenset({"ondertitel", "subtitle", "subtitel"})
_CONTENTS = re.compile(
    r"(?:inhopg|toc|verzeichnis|tm)\d|(?:kopvaninhoudsopgave|tocheading|lijstmetafbeeldingen|tableoffigures)"
)
_LIST = re.compile(r"(?:lijstopsom|listbullet|lijstnummering|listnumber)")
_SKIPPED: Final = frozenset(
    _W + name for name in ("del", "moveFrom", "pPr", "rPr", "instrText", "txbxContent", "delText", "tblPr", "sectPr")
) | {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
"""What is not part of the running text; text boxes are told after the paragraph they hang on."""
_SPACES: Final = frozenset(_W + name for name in ("tab", "br", "cr", "ptab"))
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_LETTERHEAD_DATE = re.compile(r"\bDatum\b:?\s*(\d{1,2}\s+[a-z]{3,9}\s+\d{4}|\d{1,2}-\d{1,2}-\d{4})")


def read_docx(candidate: Candidate) -> RawDocument:
    """Read a Word file.

    Raises `Rejected`: ``encrypted`` with a password, ``limit_exceeded`` when unpacking would take more than
    `MAX_UNPACKED`, ``corrupt`` when it is damaged.
    """
    if candidate.data.startswith(OLE):
        raise Rejected("encrypted", "het Word-bestand heeft een wachtwoord; sla het op zonder wachtwoord")
    try:
        _check_size(candidate.data)
        document = Document(io.BytesIO(candidate.data))
        blocks = blocks_of(tuple(_Walk(document, candidate.progress).blocks()))
        return RawDocument(blocks=blocks, hints=_hints(document, blocks, candidate.data))
    except (zipfile.BadZipFile, zlib_error, OpcError, SyntaxError, KeyError, ValueError, EOFError) as error:
        raise Rejected(
            "corrupt", f"het Word-bestand is beschadigd ({type(error).__name__}); vraag een nieuw exemplaar"
        ) from error


def _check_size(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Rejected("encrypted", "het Word-bestand heeft een wachtwoord; sla het op zonder wachtwoord")
    size = sum(member.file_size for member in members)
    if size > MAX_UNPACKED:
        raise Rejected("limit_exceeded", f"uitgepakt {size >> 20} MiB, meer dan de toegestane {MAX_UNPACKED >> 20} MiB")
    largest = max((member.file_size for member in members if member.filename.endswith(".xml")), default=0)
    if largest > MAX_XML:
        raise Rejected("limit_exceeded", f"de tekst is uitgepakt {largest >> 20} MiB; hoogstens {MAX_XML >> 20} MiB")


@dataclass(slots=True)
class _Level:
    """How one level of a list is numbered."""

    form: str
    text: str
    start: int


@dataclass(slots=True)
class _Style:
    """What a paragraph style says, with what it inherits."""

    names: tuple[str, ...] = ()
    outline: int | None = None
    numbering: tuple[str, int] | None = None


@dataclass(slots=True)
class _Numbering:
    """Counts list items as Word does when it prints them."""

    levels: Mapping[tuple[str, int], _Level]
    families: Mapping[str, str]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def marker(self, number_id: str, depth: int) -> str | None:
        """Return the next printed marker (``2.1``, ``b)``, ``•``); None when this level prints none."""
        level = self.levels.get((number_id, depth))
        if level is None or level.form == "none":
            return None
        # lists with one abstract definition go on counting through each other
        counts = self.counts.setdefault(self.families.get(number_id, number_id), {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.form == "bullet":
            return "•"
        printed = re.sub(r"%([1-9])", lambda match: self._printed(number_id, int(match[1]) - 1, counts), level.text)
        return squeezed(printed) or None

    def _printed(self, number_id: str, depth: int, counts: Mapping[int, int]) -> str:
        level = self.levels.get((number_id, depth))
        number = counts.get(depth, level.start if level else 1)
        form = level.form if level else "decimal"
        if form in ("lowerLetter", "upperLetter"):
            letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
            return letter if form == "lowerLetter" else letter.upper()
        if form in ("lowerRoman", "upperRoman"):
            return _roman(number) if form == "lowerRoman" else _roman(number).upper()
        return str(number)


def _roman(number: int) -> str:
    letters = ""
    for value, letter in _ROMAN:
        letters += letter * (number // value)
        number %= value
    return letters


class _Walk:
    """Goes through the body in document order; footnotes come after the paragraph that refers to them."""

    def __init__(self, document: WordDocument, progress: Callable[[], None]) -> None:
        self._body: Any = document.element.body
        self._progress = progress
        self._styles = _styles(document)
        self._numbering = _numbering(document)
        self._notes = {kind: _notes(document, kind) for kind in ("footnotes", "endnotes")}
        self._told = 0

    def blocks(self) -> Iterator[Seen]:
        """Yield all blocks with their looks."""
        yield from self._blocks(self._body)

    def _blocks(self, parent: Any) -> Iterator[Seen]:
        for child in parent:
            self._progress()
            if child.tag == _W + "p":
                yield from self._paragraph(child)
            elif child.tag == _W + "tbl":
                yield from self._table(child)
            elif child.tag == _W + "sdt":
                gallery = next(iter(child.iter(_W + "docPartGallery")), None)
                if gallery is None or gallery.get(qn("w:val")) != "Table of Contents":
                    for content in child.iterchildren(_W + "sdtContent"):
                        yield from self._blocks(content)
            elif child.tag in (_W + "ins", _W + "customXml", _W + "smartTag", _W + "moveTo"):
                yield from self._blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[Seen]:
        style = self._styles.get(_value(paragraph, "pPr/pStyle") or "", _Style())
        if any(_CONTENTS.match(name) for name in style.names):
            return
        text = _text(paragraph)
        if text:
            yield Seen(self._block(paragraph, style, text), _size(paragraph))
        for reference in paragraph.iter(_W + "footnoteReference", _W + "endnoteReference"):
            kind = "footnotes" if reference.tag == _W + "footnoteReference" else "endnotes"
            note = self._notes[kind].get(reference.get(qn("w:id")))
            if note:
                self._told += 1
                yield Seen(RawBlock("note", (Part(f"{self._told} {note}"),)))
        for box in _text_boxes(paragraph):
            yield from self._blocks(box)

    def _block(self, paragraph: Any, style: _Style, text: str) -> RawBlock:
        level = _heading_level(paragraph, style)
        number_id, depth = _numbered(paragraph, style)
        marker = self._numbering.marker(number_id, depth) if number_id else None
        if level:
            return RawBlock("heading", (Part(f"{marker} {text}" if marker and marker != "•" else text),), level)
        if marker:
            return RawBlock("item", (Part(f"{marker} {text}"),), depth)
        if any(_LIST.match(name) for name in style.names):
            return RawBlock("item", (Part(f"• {text}"),), depth)
        kind: BlockKind = "item" if MARKER.match(text) else "paragraph"
        return RawBlock(kind, (Part(text),))

    def _table(self, table: Any) -> Iterator[Seen]:
        rows = [list(_cells(row)) for row in table.iter(_W + "tr") if _table_of(row) is table]
        texts = [[_cell_text(cell) for cell in row] for row in rows]
        if all(sum(map(bool, row)) <= 1 for row in texts):  # a frame around text, not a table
            for row in rows:
                for cell in row:
                    yield from self._blocks(cell)
            return
        yield Seen(RawBlock("table", (Part("\n".join("\t".join(row) for row in texts if any(row))),)))


def _size(paragraph: Any) -> float:
    """Return the size of most letters of a paragraph in points, as its runs state it; 0 where they do not."""
    sizes: Counter[float] = Counter()
    for run in paragraph.iter(_W + "r"):
        half_points = _value(run, "rPr/sz") or ""
        sizes[int(half_points) / 2 if half_points.isdecimal() else 0.0] += len(_text(run))
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _value(element: Any, path: str) -> str | None:
    found = element.find("/".join(_W + step for step in path.split("/")))
    return None if found is None else found.get(qn("w:val"))


def _text(element: Any) -> str:
    return squeezed("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        if child.tag in _SKIPPED:
            continue
        if child.tag == _W + "t":
            yield child.text or ""
        elif child.tag in _SPACES:
            yield " "
        elif child.tag == _W + "noBreakHyphen":
            yield "-"
        else:
            yield from _pieces(child)


def _text_boxes(paragraph: Any) -> Iterator[Any]:
    for box in paragraph.iter(_W + "txbxContent"):
        around = [parent.tag for parent in box.iterancestors()]
        if not any(tag.endswith("}Fallback") for tag in around) and around.count(_W + "txbxContent") == 0:
            yield box


def _cells(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == _W + "tc":
            yield child
        elif child.tag == _W + "sdt":
            for content in child.iterchildren(_W + "sdtContent"):
                yield from _cells(content)


def _table_of(row: Any) -> Any:
    return next(row.iterancestors(_W + "tbl"))


def _cell_text(cell: Any) -> str:
    return squeezed(" ".join(_text(paragraph) for paragraph in cell.iter(_W + "p")))


def _heading_level(paragraph: Any, style: _Style) -> int:
    own = _value(paragraph, "pPr/outlineLvl")
    if own is not None and own.isdecimal() and int(own) < 9:
        return min(int(own) + 1, 6)
    for name in style.names:
        match = _HEADING.match(name)
        if match:
            return min(int(match[1]), 6)
        if name in _TITLE:
            return 1
    return min(style.outline + 1, 6) if style.outline is not None and style.outline < 9 else 0


def _numbered(paragraph: Any, style: _Style) -> tuple[str | None, int]:
    """Return the list a paragraph belongs to (None: none) and how deep it stands in it."""
    depth = _value(paragraph, "pPr/numPr/ilvl")
    number_id = _value(paragraph, "pPr/numPr/numId")
    if number_id is None and style.numbering:
        number_id, inherited = style.numbering
        return number_id, int(depth) if depth and depth.isdecimal() else inherited
    return (None if number_id == "0" else number_id), int(depth) if depth and depth.isdecimal() else 0


def _styles(document: WordDocument) -> dict[str, _Style]:
    """Return the paragraph styles by id, each with its own names first and then those it is based on."""
    elements: dict[str, Any] = {
        style.get(qn("w:styleId")): style for style in document.styles.element.iter(_W + "style")
    }
    found = {}
    for style_id in elements:
        result = _Style()
        seen: set[str] = set()
        at: str | None = style_id
        while at in elements and at not in seen:
            seen.add(at)
            element = elements[at]
            _inherit(result, element, at)
            at = _value(element, "basedOn")
        found[style_id] = result
    return found


def _inherit(result: _Style, element: Any, style_id: str) -> None:
    names = (style_id, _value(element, "name") or "")
    result.names = (*result.names, *("".join(name.lower().split()) for name in names))
    outline = _value(element, "pPr/outlineLvl")
    if result.outline is None and outline and outline.isdecimal():
        result.outline = int(outline)
    number_id = _value(element, "pPr/numPr/numId")
    if result.numbering is None and number_id and number_id != "0":
        depth = _value(element, "pPr/numPr/ilvl")
        result.numbering = (number_id, int(depth) if depth and depth.isdecimal() else 0)


def _numbering(document: WordDocument) -> _Numbering:
    root = _part(document, "numbering")
    if root is None:
        return _Numbering({}, {})
    abstract: dict[str, Any] = {item.get(qn("w:abstractNumId")): item for item in root.iter(_W + "abstractNum")}
    levels: dict[tuple[str, int], _Level] = {}
    families: dict[str, str] = {}
    for number in root.iter(_W + "num"):
        number_id = number.get(qn("w:numId"))
        family = _value(number, "abstractNumId") or ""
        restarted = number.find(_W + "lvlOverride") is not None
        families[number_id] = number_id if restarted else f"abstract {family}"
        for source in (abstract.get(family), number):
            for level in () if source is None else source.iter(_W + "lvl"):
                depth = level.get(qn("w:ilvl"), "0")
                start = _value(level, "start") or "1"
                levels[number_id, int(depth) if depth.isdecimal() else 0] = _Level(
                    _value(level, "numFmt") or "decimal",
                    _value(level, "lvlText") or "",
                    int(start) if start.isdecimal() else 1,
                )
    return _Numbering(levels, families)


def _notes(document: WordDocument, kind: str) -> dict[str, str]:
    root = _part(document, kind)
    if root is None:
        return {}
    notes = root.iter(_W + kind.removesuffix("s"))
    return {note.get(qn("w:id")): squeezed(" ".join(_text(p) for p in note.iter(_W + "p"))) for note in notes}


def _part(document: WordDocument, kind: str) -> Any:
    """Return the root of a part of the file (``footnotes``, ``numbering``); None when there is none."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith(f"/{kind}"):
            return parse_xml(relation.target_part.blob)
    return None


def _hints(document: WordDocument, blocks: tuple[RawBlock, ...], data: bytes) -> dict[str, Hint]:
    """Return title, subtitle, language and date; never persons such as the author."""
    hints: dict[str, Hint] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "docProps/core.xml" in archive.namelist():  # without it python-docx makes up properties of its own
            properties = document.core_properties
            if squeezed(properties.title or ""):
                hints["title"] = Hint(squeezed(properties.title), "bestand")
            if properties.created:
                hints["file_date"] = Hint(properties.created.date().isoformat(), "bestand")
            if properties.language:
                hints["language"] = Hint(properties.language, "bestand")
    styles = _styles(document)
    for paragraph in document.element.body.iter(_W + "p"):
        names = styles.get(_value(paragraph, "pPr/pStyle") or "", _Style()).names[:2]
        text = _text(paragraph)
        if text and _TITLE.intersection(names):
            hints["title"] = Hint(text, "tekst")
        elif text and _SUBTITLE.intersection(names):
            hints.setdefault("subtitle", Hint(text, "tekst"))
    date = _letterhead_date(document)
    if date:
        hints["date"] = Hint(date, "tekst")
    return hints


def _letterhead_date(document: WordDocument) -> str | None:
    """Return what stands behind "Datum" in the head of a letter, which Word keeps in the page header."""
    for relation in document.part.rels.values():
        if not relation.is_external and relation.reltype.endswith("/header"):
            root = parse_xml(relation.target_part.blob)
            match = _LETTERHEAD_DATE.search(squeezed(" ".join(_text(p) for p in root.iter(_W + "p"))))
            if match:
                return match[1]
    return None
