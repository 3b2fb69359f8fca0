import io
import zipfile
from datetime import datetime

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Pt

from corpus import docx as reader
from corpus.raw import Candidate, RawDocument
from corpus.sniff import ENCRYPTED_PACKAGE, OLE
from kennisbank.errors import Rejected
from kennisbank.settings import Limits


def saved(document: WordDocument) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def read(data: bytes) -> RawDocument:
    return reader.read_docx(Candidate(data, "brief.docx", Limits()))


def shape(raw: RawDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in raw.blocks]


def add_footnote(document: WordDocument, text: str) -> None:
    """Hang a footnote on the last paragraph; python-docx itself only reads them."""
    note = f'<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    xml = f"<w:footnotes {nsdecls('w')}>{note}</w:footnotes>"
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml.encode(), document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    reference = f'<w:r {nsdecls("w")}><w:footnoteReference w:id="2"/></w:r>'
    document.paragraphs[-1]._p.append(parse_xml(reference))


def test_blocks_in_document_order() -> None:
    document = Document()
    document.add_paragraph("De titel", style="Title")
    document.add_heading("Inleiding", level=1)
    document.add_paragraph("Een alinea.")
    add_footnote(document, "De noot.")
    document.add_paragraph("eerste", style="List Number")
    document.add_paragraph("tweede", style="List Number")
    document.add_paragraph("punt", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        (cell for row in table.rows for cell in row.cells), ("Jaar", "Aantal", "2022", "7"), strict=True
    ):
        cell.text = text
    document.add_heading("Diep", level=3)
    frame = document.add_table(rows=1, cols=1)
    frame.cell(0, 0).text = "Aanbeveling in een kader"
    document.add_paragraph("- getypt streepje")
    assert shape(read(saved(document))) == [
        ("heading", 1, "De titel"),
        ("heading", 1, "Inleiding"),
        ("paragraph", 0, "Een alinea."),
        ("note", 0, "1 De noot."),
        ("item", 0, "1. eerste"),
        ("item", 0, "2. tweede"),
        ("item", 0, "• punt"),
        ("table", 0, "Jaar\tAantal\n2022\t7"),
        ("heading", 3, "Diep"),
        ("paragraph", 0, "Aanbeveling in een kader"),
        ("item", 0, "- getypt streepje"),
    ]


def test_dutch_style_names_and_contents_lists() -> None:
    document = Document()
    for name in ("Kop 2", "Inhopg 1", "Lijst opsom.teken"):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    own = document.styles.add_style("Eigen kopstijl", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = document.styles["Heading 4"]
    document.add_paragraph("Aanpak", style="Kop 2")
    document.add_paragraph("Aanpak 7", style="Inhopg 1")
    document.add_paragraph("punt", style="Lijst opsom.teken")
    document.add_paragraph("Geërfd", style="Eigen kopstijl")
    outlined = document.add_paragraph("Niveau uit de alinea")
    outlined._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="4"/>'))
    assert shape(read(saved(document))) == [
        ("heading", 2, "Aanpak"),
        ("item", 0, "• punt"),
        ("heading", 4, "Geërfd"),
        ("heading", 5, "Niveau uit de alinea"),
    ]


def test_content_controls_changes_and_text_boxes() -> None:
    document = Document()
    body = document.element.body
    word = nsdecls("w")
    body.insert(
        0,
        parse_xml(
            f"<w:sdt {word}><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj>"
            "</w:sdtPr><w:sdtContent><w:p><w:r><w:t>Inhoud 1</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        ),
    )
    body.insert(
        1, parse_xml(f"<w:sdt {word}><w:sdtContent><w:p><w:r><w:t>In een veld</w:t></w:r></w:p></w:sdtContent></w:sdt>")
    )
    body.insert(
        2,
        parse_xml(
            f"<w:p {word}><w:ins><w:r><w:t>nieuw</w:t></w:r></w:ins><w:del><w:r><w:delText>oud</w:delText>"
            "</w:r></w:del><w:r><w:tab/><w:t>einde</w:t><w:pict><w:txbxContent><w:p><w:r><w:t>Kader</w:t>"
            "</w:r></w:p></w:txbxContent></w:pict></w:r></w:p>"
        ),
    )
    assert shape(read(saved(document))) == [
        ("paragraph", 0, "In een veld"),
        ("paragraph", 0, "nieuw einde"),
        ("paragraph", 0, "Kader"),
    ]


def test_hints_hold_no_person() -> None:
    document = Document()
    document.core_properties.title = "Uit de eigenschappen"
    document.core_properties.author = "J. Jansen"
    document.core_properties.created = datetime(2024, 1, 11)
    document.add_paragraph("Tekst.")
    raw = read(saved(document))
    assert {field: (hint.value, hint.found) for field, hint in raw.hints.items()} == {
        "title": ("Uit de eigenschappen", "bestand"),
        "file_date": ("2024-01-11", "bestand"),
    }
    document.add_paragraph("De titel", style="Title")
    document.add_paragraph("Ondertitel", style="Subtitle")
    document.sections[0].header.paragraphs[0].text = "Datum 12 februari 2024"
    hints = read(saved(document)).hints
    assert [(hints[field].value, hints[field].found) for field in ("title", "subtitle", "date")] == [
        ("De titel", "tekst"),
        ("Ondertitel", "tekst"),
        ("12 februari 2024", "tekst"),
    ]


def test_password() -> None:
    with pytest.raises(Rejected) as rejection:
        read(OLE + b"\0" * 100 + ENCRYPTED_PACKAGE)
    assert rejection.value.status == "encrypted"


@pytest.mark.parametrize("harm", ["cut", "noise", "no document", "bad xml"])
def test_damaged(harm: str) -> None:
    document = Document()
    document.add_paragraph("Tekst.")
    data = saved(document)
    if harm == "cut":
        data = data[: len(data) // 2]
    elif harm == "noise":
        middle = data.index(b"word/document.xml") + 60
        data = data[:middle] + b"\xff" * 200 + data[middle + 200 :]
    else:
        stream = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w") as new:
            for name in old.namelist():
                if name != "word/document.xml":
                    new.writestr(name, old.read(name))
                elif harm == "bad xml":
                    new.writestr(name, "<w:document")
        data = stream.getvalue()
    with pytest.raises(Rejected) as rejection:
        read(data)
    assert rejection.value.status == "corrupt"


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reader, "MAX_UNPACKED", 1 << 20)
    stream = io.BytesIO(saved(Document()))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/media/groot.bin", b"\0" * (2 << 20))
    with pytest.raises(Rejected) as rejection:
        read(stream.getvalue())
    assert rejection.value.status == "limit_exceeded"


def test_entities_are_not_expanded() -> None:
    stream = io.BytesIO()
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "geheim">]>'
        + f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
    )
    with zipfile.ZipFile(io.BytesIO(saved(Document()))) as old, zipfile.ZipFile(stream, "w") as new:
        for name in old.namelist():
            new.writestr(name, bomb if name == "word/document.xml" else old.read(name))
    assert "geheim" not in " ".join(block.text for block in read(stream.getvalue()).blocks)


def test_a_file_without_styles_is_read_by_its_looks() -> None:
    document = Document()
    for text, size in (
        ("Verslag van het bezoek", 20),
        ("Aanleiding", 16),
        ("De lijst werd niet bijgehouden omdat", 11),
        ("niemand wist wie dat deed.", 11),
        ("Gevraagd: • een rooster • een sleutel", 11),
    ):
        document.add_paragraph().add_run(text).font.size = Pt(size)
    assert shape(read(saved(document))) == [
        ("heading", 1, "Verslag van het bezoek"),
        ("heading", 2, "Aanleiding"),
        ("paragraph", 0, "De lijst werd niet bijgehouden omdat niemand wist wie dat deed."),
        ("paragraph", 0, "Gevraagd:"),
        ("item", 0, "• een rooster"),
        ("item", 0, "• een sleutel"),
    ]


def test_large_letters_are_no_heading_where_styles_tell_them() -> None:
    document = Document()
    document.add_heading("Aanleiding", 1)
    document.add_paragraph().add_run("Groot gedrukt").font.size = Pt(20)
    document.add_paragraph().add_run("Gewone tekst die langer is dan de rest.").font.size = Pt(11)
    assert [kind for kind, _, _ in shape(read(saved(document)))] == ["heading", "paragraph", "paragraph"]
