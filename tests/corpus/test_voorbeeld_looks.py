"""The looks of the PDF documents of the sample corpus: tagged or not, with bookmarks or without, and the scan."""

from __future__ import annotations

import io
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
import pypdfium2
import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

import render_pdf
import render_typst
from render_source import FICTION, Block, Box, Heading, Item, Paragraph, Source, Table, read

CORPUS = Path(__file__).parents[2] / "corpus/voorbeeld"
TAGGED = "2024-rapport-informatieoverdracht"
LETTER = "2018-brief-begeleide-terugkeer"
BOOKMARKED = {"rapport-breed", "rapport-getagd"}
MARKS = "# kop _ @noot \\ [haken] \"dubbel\" 'enkel' $x$ ~ `a` <b> // /* -- --- ... https://a.nl/b_c#d co-teler"
"""What Typst would take for mark-up; the dashes must not come back as one long dash or as a break."""


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return [read(path) for path in sorted((CORPUS / "bronnen").glob("*.md"))]


def pdf_of(source: Source) -> pypdf.PdfReader:
    return pypdf.PdfReader(CORPUS / "documenten" / source.file_name)


def bookmarks(outline: list[Any]) -> Iterator[str]:
    for entry in outline:
        if isinstance(entry, list):
            yield from bookmarks(entry)
        else:
            yield entry["/Title"]


def elements(node: Any) -> Iterator[dict[str, Any]]:
    """Yield the elements of the structure tree below a node, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from elements(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        yield from elements(node["/K"]) if "/K" in node else ()


def tags(reader: pypdf.PdfReader) -> Counter[str]:
    return Counter(element["/S"] for element in elements(reader.trailer["/Root"]["/StructTreeRoot"]))


def test_every_look_of_a_pdf_but_the_scan_has_its_place(sources: list[Source]) -> None:
    used = Counter(source.look for source in sources if source.format == "pdf")
    assert used.keys() | {"scan"} == set(render_pdf.NAMES)
    assert min(used["rapport-kolommen"], used["rapport-breed"], used["brief"]) >= 4


def test_bookmarks_name_all_headings_or_there_are_none(sources: list[Source]) -> None:
    for source in sources:
        if source.format == "pdf":
            headings = [block.text for block in source.blocks if isinstance(block, Heading)]
            expected = ["Inhoud", *headings] if source.look in BOOKMARKED else []
            assert list(bookmarks(pdf_of(source).outline)) == expected, source.name


def test_some_reports_are_long(sources: list[Source]) -> None:
    pages = {source.name: len(pdf_of(source).pages) for source in sources if source.format == "pdf"}
    assert sum(count >= 25 for count in pages.values()) >= 2, pages


def test_only_the_tagged_look_is_tagged(sources: list[Source]) -> None:
    for source in sources:
        if source.format == "pdf":
            root = pdf_of(source).trailer["/Root"]
            assert ("/StructTreeRoot" in root) is (source.look == render_typst.LOOK), source.name


def test_tags_say_what_each_block_is() -> None:
    source = read(CORPUS / "bronnen" / f"{TAGGED}.md")
    reader = pdf_of(source)
    root, found = reader.trailer["/Root"], tags(reader)
    levels = Counter(block.level for block in source.blocks if isinstance(block, Heading))
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "nl-NL")
    # the contents list has a heading too
    assert (found["/H1"], found["/H2"], found["/H3"]) == (levels[1] + 1, levels[2], levels[3])
    assert levels.keys() == {1, 2, 3}
    assert found["/LI"] == sum(isinstance(block, Item) for block in source.blocks)
    tables = [block for block in source.blocks if isinstance(block, Table)]
    assert (found["/Table"], found["/TR"]) == (len(tables), sum(len(table.rows) for table in tables))
    assert found["/TH"] == sum(len(table.rows[0]) for table in tables)
    assert found["/Note"] == len(source.notes)
    assert found["/TOCI"] == levels[1] + levels[2]


def test_what_returns_on_every_page_is_not_tagged() -> None:
    reader = pdf_of(read(CORPUS / "bronnen" / f"{TAGGED}.md"))
    for page in reader.pages[1:]:
        contents = page.get_contents()
        assert contents is not None
        assert contents.get_data().count(b"/Artifact") >= 2


def test_a_tagged_report_has_only_fonts_that_come_with_its_maker() -> None:
    reader = pdf_of(read(CORPUS / "bronnen" / f"{TAGGED}.md"))
    fonts = {font["/BaseFont"] for page in reader.pages for font in page["/Resources"]["/Font"].values()}
    assert fonts
    assert all("Libertinus" in font for font in fonts)


@pytest.mark.parametrize(
    "block",
    [Paragraph(MARKS), Heading(2, MARKS), Item("2.", MARKS), Table((("kop", MARKS),)), Box((MARKS,))],
    ids=lambda block: type(block).__name__,
)
def test_marks_in_a_text_are_only_text(block: Block) -> None:
    report = read(CORPUS / "bronnen" / f"{TAGGED}.md")
    blocks = (Paragraph("Met een noot.[^1]"), block)
    rendered = render_typst.render(replace(report, title=MARKS, publishers=(MARKS,), blocks=blocks, notes={"1": MARKS}))
    read_back = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(rendered)).pages)
    with pypdfium2.PdfDocument(rendered) as document:
        drawn = "".join(page.get_textpage().get_text_bounded() for page in document)
    # title and publisher stand on the cover and above both pages after it, the block and its note below those
    for text in (read_back, drawn):
        assert "".join(text.split()).count("".join(MARKS.split())) >= 6


def test_breaks_of_words_are_read_as_hyphens() -> None:
    text = " ".join(page.extract_text() for page in pdf_of(read(CORPUS / "bronnen" / f"{TAGGED}.md")).pages)
    assert "\u00ad" not in text
    assert text.count("-\n") > 20


def scans(sources: list[Source]) -> Iterator[tuple[Source, pypdf.PdfReader]]:
    """Yield the scans of the corpus, and one that is always there."""
    letter = replace(read(CORPUS / "bronnen" / f"{LETTER}.md"), look="scan")
    yield letter, pypdf.PdfReader(io.BytesIO(render_pdf.render(letter)))
    yield from ((source, pdf_of(source)) for source in sources if source.look == "scan")


def test_a_scan_is_one_small_picture_per_page_and_says_it_is_fiction(sources: list[Source]) -> None:
    for source, reader in scans(sources):
        assert [page.extract_text().strip() for page in reader.pages] == [""] * len(reader.pages)
        assert all("/Font" not in page["/Resources"] for page in reader.pages)
        assert [len(page.images) for page in reader.pages] == [1] * len(reader.pages)
        assert max(len(image.data) for page in reader.pages for image in page.images) < 60_000
        assert reader.metadata is not None
        assert (reader.metadata.subject, reader.metadata.title) == (FICTION, source.title)


def test_a_scan_shows_as_many_pages_as_the_letter_it_is_made_of_and_hardly_white() -> None:
    for _, reader in scans([]):
        assert len(reader.pages) >= 2
        for page in reader.pages:
            picture = page.images[0].image
            assert picture is not None
            black = picture.convert("L").histogram()[0] / (picture.width * picture.height)
            assert 0.01 < black < 0.2
