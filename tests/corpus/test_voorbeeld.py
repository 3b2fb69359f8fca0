"""The sample corpus: each document belongs to its source, says that it is fiction and holds all of its text.

What is special to a look is tested in `test_voorbeeld_looks`, what the texts are together in `test_voorbeeld_texts`.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

import docx
import pypdf
import pytest
from bs4 import BeautifulSoup
from docx.oxml.ns import qn

from kennisbank.model import KINDS

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import render_docx
import render_html
import render_pdf
import render_text
import render_voorbeeld
from render_hyphens import with_soft_hyphens
from render_source import FICTION, Box, Heading, Item, Paragraph, Source, SourceError, Table, read, runs, texts

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "corpus/voorbeeld/bronnen").glob("*.md"))
LEGIBLE = [path for path in SOURCES if "\nlook: scan\n" not in path.read_text(encoding="utf-8")]
LEGIBLE_PDF = [path for path in LEGIBLE if "\nformat: pdf\n" in path.read_text(encoding="utf-8")]
DOCUMENTS = ROOT / "corpus/voorbeeld/documenten"
SOURCE_OF_REPORT = ROOT / "corpus/voorbeeld/bronnen/2019-rapport-pi-oosterwoude.md"
SOURCE_OF_LETTER = ROOT / "corpus/voorbeeld/bronnen/2017-brief-signaal-jeugdbescherming-wolderhage.md"
REPORT = DOCUMENTS / "2019-rapport-pi-oosterwoude.pdf"
COLUMNS = DOCUMENTS / "2022-rapport-opvang-kwelderveen.pdf"
LETTER = DOCUMENTS / "2017-brief-signaal-jeugdbescherming-wolderhage.pdf"
FOLLOW_UP = DOCUMENTS / "2021-vervolgonderzoek-pi-oosterwoude.docx"
NEWS = DOCUMENTS / "2022-nieuwsbericht-opvang-kwelderveen.html"
PROGRAMME = DOCUMENTS / "2023-werkprogramma.txt"
LOOKS = [
    ("pdf", "rapport-kolommen"),
    ("pdf", "rapport-getagd"),
    ("docx", "document"),
    ("html", "nieuws"),
    ("txt", "transcriptie"),
]
"""Each way in which text is set: format and look."""

EVERYTHING = """---
title: Proef
subtitle: Alles wat een bron kan bevatten
kind: rapport
date: 2020-02-29
publishers: Inspectie Justitie en Veiligheid
chains: keten:strafrecht
format: {format}
look: {look}
---

# 1 Hoofdstuk

## 1.1 Paragraaf

### Kopje

Gewone tekst met *nadruk*, met **klem** en met een noot.[^1]

- streepje
- tweede & laatste

3. derde
4. vierde

| kolom | waarde |
| --- | :---: |
| appels | peren |

> **Kader**
> Omlijnde woorden.

[^1]: De *noot* zelf.
"""


def pdf_pages(path: Path) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def docx_text(path: Path) -> str:
    document = docx.Document(str(path))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    notes = [
        part.blob.decode() for part in document.part.package.iter_parts() if part.partname == "/word/footnotes.xml"
    ]
    paragraphs = [paragraph.text for paragraph in document.paragraphs]
    return "\n".join([*paragraphs, *cells, *(BeautifulSoup(note, "xml").get_text() for note in notes)])


def extracted(path: Path) -> str:
    """Read a rendered file with a library that had no part in making it."""
    match path.suffix:
        case ".pdf":
            return "\n".join(pdf_pages(path))
        case ".docx":
            return docx_text(path)
        case ".html":
            return BeautifulSoup(path.read_bytes(), "html.parser").get_text(" ")
        case _:
            return path.read_text(encoding="utf-8")


def words(text: str) -> Counter[str]:
    """Count the words, broken words joined and note marks taken off."""
    joined = re.sub(r"(?<=\w)-\s*(?=\w)", "", text)
    return Counter(re.sub(r"(?<=[^\W\d_])[\d⁰¹²³⁴⁵⁶⁷⁸⁹]+$", "", word) for word in re.findall(r"\w+", joined))


def is_cut(word: str, text: str) -> bool:
    """Tell whether a word is cut by a page's foot and head."""
    return any(
        f"{word[:place]}-\n" in text and re.search(rf"\n{re.escape(word[place:])}\b", text)
        for place in range(2, len(word) - 1)
    )


def plain(text: str) -> str:
    return "".join(" " if run.style == "note" else run.text for run in runs(text))


def written(source: Source) -> str:
    return "\n".join(map(plain, [*texts(source.blocks), *source.notes.values()]))


@pytest.fixture(params=SOURCES, ids=lambda path: path.stem)
def source(request: pytest.FixtureRequest) -> Source:
    return read(request.param)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for path in DOCUMENTS.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def test_documents_are_what_their_sources_give_on_any_machine(tmp_path: Path) -> None:
    command = [sys.executable, str(ROOT / "tools/render_voorbeeld.py"), "--documenten", str(tmp_path)]
    elsewhere = {"PYTHONHASHSEED": "7", "SOURCE_DATE_EPOCH": "1234567890", "TZ": "Asia/Tokyo"}
    subprocess.run(command, env=os.environ | elsewhere, check=True, capture_output=True)
    rendered = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    committed = {path.name: path.read_bytes() for path in DOCUMENTS.iterdir()}
    assert rendered.keys() == committed.keys()
    assert [name for name in committed if rendered[name] != committed[name]] == []


def test_check_accepts_the_committed_documents() -> None:
    assert render_voorbeeld.main(["--check"]) == 0


def test_check_names_each_difference(copy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (copy / PROGRAMME.name).write_bytes(PROGRAMME.read_bytes() + b"!")
    (copy / REPORT.name).unlink()
    (copy / "vreemd.pdf").write_bytes(b"")
    assert render_voorbeeld.main(["--check", "--documenten", str(copy)]) == 1
    lines = capsys.readouterr().err.splitlines()
    assert [line.partition(";")[0] for line in lines] == [
        f"{REPORT.name}: ontbreekt",
        "vreemd.pdf: heeft geen bron",
        f"{PROGRAMME.name}: wijkt af van de bron",
    ]
    assert PROGRAMME.read_bytes() + b"!" == (copy / PROGRAMME.name).read_bytes()


def test_source_is_of_a_readable_size_and_kind(source: Source) -> None:
    assert 450 <= len(written(source).split()) <= 7000
    assert source.kind in KINDS
    assert all(chain.startswith(("keten:", "gebied:")) for chain in source.chains)


@pytest.mark.parametrize("path", LEGIBLE, ids=lambda path: path.stem)
def test_all_words_of_the_source_are_in_the_document(path: Path) -> None:
    source = read(path)
    text = extracted(DOCUMENTS / source.file_name)
    missing = words(written(source)) - words(text)
    assert {word for word in missing if not is_cut(word, text)} == set()
    assert missing.total() <= 2


@pytest.mark.parametrize("source", LEGIBLE_PDF, ids=lambda path: path.stem)
def test_every_page_of_a_pdf_says_it_is_fiction(source: Path) -> None:
    path = DOCUMENTS / f"{source.stem}.pdf"
    assert [number for number, text in enumerate(pdf_pages(path), 1) if FICTION not in text] == []
    assert "fictief voorbeelddocument" in pdf_pages(path)[0].replace("\n", " ")
    metadata = pypdf.PdfReader(path).metadata
    assert metadata is not None
    assert metadata.subject == FICTION


def test_word_document_says_it_is_fiction() -> None:
    document = docx.Document(str(FOLLOW_UP))
    assert all(FICTION in section.footer.paragraphs[0].text for section in document.sections)
    assert document.core_properties.comments == FICTION
    assert "fictief voorbeelddocument" in docx_text(FOLLOW_UP)


def test_web_page_says_it_is_fiction() -> None:
    page = BeautifulSoup(NEWS.read_bytes(), "html.parser")
    assert page.footer is not None
    assert FICTION in page.footer.get_text()
    assert page.select_one(f'meta[name="DCTERMS.description"][content="{FICTION}"]')
    assert page.select_one("article .fictief")


def test_transcription_says_it_is_fiction_first_and_last() -> None:
    lines = PROGRAMME.read_text(encoding="utf-8").splitlines()
    assert (lines[0], lines[-1]) == (FICTION, FICTION)


def test_report_has_bookmarks_for_its_headings() -> None:
    def titles(outline: list[object]) -> list[str]:
        return [
            title
            for entry in outline
            for title in (titles(entry) if isinstance(entry, list) else [entry["/Title"]])  # type: ignore[index]
        ]

    headings = [block.text for block in read(SOURCE_OF_REPORT).blocks if isinstance(block, Heading)]
    reader = pypdf.PdfReader(REPORT)
    assert titles(reader.outline) == ["Inhoud", *headings]
    assert len(reader.pages) >= 10
    assert [f"Pagina {number} van" in text for number, text in enumerate(pdf_pages(REPORT), 1)] == [
        False,
        *[True] * (len(reader.pages) - 1),
    ]


def test_contents_of_report_name_the_page_of_each_chapter() -> None:
    pages = pdf_pages(REPORT)
    entries = re.findall(r"^(.+?) \.{3,} (\d+)$", pages[1], re.MULTILINE)
    assert len(entries) > 15
    assert all(title in pages[int(number) - 1].splitlines() for title, number in entries)


@pytest.mark.parametrize("path", [REPORT, COLUMNS], ids=lambda path: path.stem)
def test_a_footnote_cuts_a_sentence(path: Path) -> None:
    # text in the small print of a note, then the foot of the page, then a sentence that goes on
    foot = rf"\n\d [A-Z][^\n]+\n(?:[^\n]+\n){{0,3}}{FICTION}\n"
    cut = [page for page in pdf_pages(path) if re.search(rf"\w\s*{foot}", page)]
    assert cut


def test_summary_and_last_chapter_hold_the_same_recommendations() -> None:
    items = [block.text for block in read(SOURCE_OF_REPORT).blocks if isinstance(block, Item) and block.numbered]
    assert len(items) == 14
    assert items[:7] == items[7:]


def test_columns_are_hyphenated_boxed_and_without_bookmarks() -> None:
    pages = pdf_pages(COLUMNS)
    assert pypdf.PdfReader(COLUMNS).outline == []
    assert len(re.findall(r"[a-z]-$", "\n".join(pages), re.MULTILINE)) > 40
    assert [re.findall(r"^Aanbeveling \d$", page, re.MULTILINE) for page in pages][-1] == [
        f"Aanbeveling {number}" for number in range(1, 6)
    ]
    assert all("inhou" in page and "dsop" in page and "gave" in page for page in pages[1:])


def test_letter_is_of_the_former_inspection_and_has_no_chapters() -> None:
    letter = read(SOURCE_OF_LETTER)
    first = pdf_pages(LETTER)[0]
    assert (letter.publishers, letter.date < "2017-10-27") == (("Inspectie Veiligheid en Justitie",), True)
    assert not [block for block in letter.blocks if isinstance(block, Heading)]
    assert all(label in first for label in ("Datum", "Ons kenmerk", "Onderwerp", "IVenJ-VB-2017-0309", "9 maart 2017"))


def test_word_document_has_real_headings_lists_table_and_footnotes() -> None:
    document = docx.Document(str(FOLLOW_UP))
    styles = Counter(paragraph.style.name for paragraph in document.paragraphs if paragraph.style)
    assert (styles["Heading 1"], styles["Heading 2"]) == (6, 12)
    assert (styles["List Bullet"], styles["List Number"]) == (3, 3)
    assert len(document.tables[0].rows) == 8
    references = [node.get(qn("w:id")) for node in document.element.iter(qn("w:footnoteReference"))]
    assert references == ["1", "2", "3"]


def test_numbered_list_in_word_begins_where_the_source_says() -> None:
    document = docx.Document(str(FOLLOW_UP))
    numbering = document.part.numbering_part.element
    starts = []
    for paragraph in document.paragraphs:
        if paragraph.style and paragraph.style.name == "List Number":
            number = numbering.num_having_numId(paragraph._p.pPr.numPr.numId.val)
            starts.append(number.find(f".//{qn('w:startOverride')}").get(qn("w:val")))
    assert starts == ["1", "2", "3"]


def test_news_has_all_that_surrounds_an_article() -> None:
    page = BeautifulSoup(NEWS.read_bytes(), "html.parser")
    metadata = {tag["name"]: tag["content"] for tag in page.select('meta[name^="DCTERMS."]')}
    assert metadata["DCTERMS.type"] == "nieuwsbericht"
    assert (metadata["DCTERMS.issued"], metadata["DCTERMS.modified"]) == ("2022-10-13", "2022-12-08")
    assert page.select_one("nav[aria-label=Hoofdnavigatie]")
    assert page.select_one(".cookies")
    assert page.select_one("footer")


def test_transcription_keeps_the_traces_of_pages() -> None:
    text = PROGRAMME.read_text(encoding="utf-8")
    contents = re.findall(r"^(.+)\t(\d+)$", text, re.MULTILINE)
    numbers = [int(number) for _, number in contents]
    goals = ("Veerkracht en weerbaarheid", "Lerend vermogen van organisaties")
    goals += ("Bevorderen effectieve ketens en netwerken", "Scherp op burgerperspectief")
    assert set(goals) < {title for title, _ in contents}
    assert numbers == sorted(numbers)
    assert numbers[-1] > numbers[0]
    assert re.search(r"2021-2024\.¹ De vier", text)
    assert re.search(r"[a-z]\n\n[¹²³] [A-Z][^\n]+\n\n[a-z]", text)


@pytest.mark.parametrize(("ending", "look"), LOOKS)
def test_every_kind_of_block_is_rendered(ending: str, look: str, tmp_path: Path) -> None:
    path = tmp_path / "proef.md"
    path.write_text(EVERYTHING.format(format=ending, look=look), encoding="utf-8")
    source = read(path)
    assert {type(block) for block in source.blocks} == {Heading, Paragraph, Item, Table, Box}
    rendered = tmp_path / source.file_name
    rendered.write_bytes(render_voorbeeld.render(source))
    assert words(written(source)) - words(extracted(rendered)) == Counter()
    assert "---" not in extracted(rendered)


@pytest.mark.parametrize("look", render_pdf.NAMES)
def test_every_pdf_look_renders(look: str, tmp_path: Path) -> None:
    path = tmp_path / "proef.md"
    text = EVERYTHING.format(format="pdf", look=look).replace("\n---\n", "\nreference: K-1\nsubject: Proef\n---\n", 1)
    path.write_text(text, encoding="utf-8")
    rendered = render_voorbeeld.render(read(path))
    assert rendered.startswith(b"%PDF-")
    assert render_voorbeeld.render(read(path)) == rendered


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("---\ntitle: Proef\n", "title: Proef\n", "voorkop"),
        ("title: Proef\n", "", "'title' ontbreekt"),
        ("kind: rapport", "kind: rapport\nsoort: rapport", "onbekende sleutel 'soort'"),
        ("[^1]: De", "[^2]: De", "nummer ze op volgorde"),
        ("[^1]: De", "[^x]: De", "geen noot"),
        ("format: pdf", "format: odt", "onbekend formaat 'odt'"),
        ("look: rapport-kolommen", "look: bont", "onbekende look 'bont'"),
    ],
)
def test_a_wrong_source_is_refused_in_one_line(
    old: str, new: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = EVERYTHING.format(format="pdf", look="rapport-kolommen")
    assert old in text
    (tmp_path / "proef.md").write_text(text.replace(old, new, 1), encoding="utf-8")
    assert render_voorbeeld.main(["--bronnen", str(tmp_path), "--documenten", str(tmp_path / "uit")]) == 2
    message = capsys.readouterr().err
    assert complaint in message
    assert message.startswith("proef.md: ")
    assert message.count("\n") == 1


@pytest.mark.parametrize("module", [render_docx, render_html, render_text, render_pdf])
def test_every_renderer_refuses_an_unknown_look(module: object, tmp_path: Path) -> None:
    path = tmp_path / "proef.md"
    path.write_text(EVERYTHING.format(format="pdf", look="bont"), encoding="utf-8")
    with pytest.raises(SourceError, match="onbekende look 'bont'"):
        module.render(read(path))  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("word", "broken"),
    [
        ("kennisbank", "ken-nis-bank"),
        ("instelling", "instel-ling"),
        ("verantwoordelijk", "ver-antwoor-de-lijk"),
        ("informatieoverdracht", "infor-ma-tie-over-dracht"),
        ("azc", "azc"),
    ],
)
def test_dutch_words_are_broken_between_syllables(word: str, broken: str) -> None:
    assert with_soft_hyphens(word).replace("\u00ad", "-") == broken
