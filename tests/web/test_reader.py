"""The reader lays out the whole text, in order, with every anchor once."""

from __future__ import annotations

import re
from dataclasses import replace

from bs4 import BeautifulSoup
from fake_library import ROWS, TEXT, document_text, places

from kennisbank.model import Block, Page, Passage, PassageId, Section, Span
from web.reader import Part, outline, parts


def markup_of(found: tuple[Part, ...]) -> str:
    pieces = []
    for part in found:
        pieces.append(str(part.markup))
        pieces += [str(markup) for _, markup in part.items]
        pieces += [str(cell) for row in part.rows for cell in row]
    return "\n".join(pieces)


def text_of(found: tuple[Part, ...]) -> str:
    without_page_numbers = re.sub(r'<span class="kb-paginagrens".*?</span>\d+</span>', "", markup_of(found))
    return " ".join(BeautifulSoup(without_page_numbers, "lxml").get_text().split())


def test_the_whole_text_is_shown_in_order() -> None:
    expected = " ".join(TEXT.replace("\u202e", "").split())
    assert text_of(parts(document_text(ROWS[0], places("overdracht")))) == expected


def test_each_page_passage_heading_and_hit_has_one_anchor() -> None:
    document = document_text(ROWS[0], places("overdracht"))
    found = parts(document)
    ids = re.findall(r'id="([^"]+)"', markup_of(found)) + [part.anchor for part in found if part.anchor]
    assert sorted(ids) == sorted(
        ["pagina-1", "pagina-2", "pagina-3", "p0", f"p{document.passages[1].span.start}", "k0"]
        + [f"k{document.sections[1].heading.start}"]
        + [f"t{number}" for number in range(1, 5)]
    )


def test_kinds_pages_and_levels() -> None:
    found = parts(document_text(ROWS[0]))
    assert [part.kind for part in found] == [
        "page",
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "items",
        "table",
        "note",
        "page",
    ]
    assert [part.level for part in found if part.kind == "heading"] == [2, 3]  # 1 and 3 in the file: no gap
    assert [len(row) for row in found[6].rows] == [2, 2]
    assert found[7].page == 1  # the note stands on page 1, while page 2 is being read
    assert (found[8].page, found[8].empty) == (3, True)


def test_the_current_hit_is_marked() -> None:
    shown = markup_of(parts(document_text(ROWS[0], places("overdracht")), current_hit=2))
    assert re.findall(r'<mark id="(t\d)" class="is-nu">', shown) == ["t2"]


def test_a_hit_over_a_page_end_is_marked_in_both_halves_with_one_anchor() -> None:
    start = TEXT.index("stokt en")
    document = document_text(ROWS[0], (Span(start, start + len("stokt en")),))
    shown = markup_of(parts(document))
    assert '<mark id="t1">stokt </mark>' in shown
    assert "<mark>en</mark>" in shown


def test_neighbouring_items_make_one_list_with_their_nesting() -> None:
    document = replace(
        document_text(ROWS[0]),
        text="een twee",
        pages=(),
        blocks=(Block("item", Span(0, 3)), Block("item", Span(4, 8), 7)),
        sections=(),
        passages=(Passage(PassageId("p"), Span(0, 8), None, None, ()),),
    )
    (only,) = parts(document)
    assert [(level, markup.striptags()) for level, markup in only.items] == [(0, "een"), (3, "twee")]


def test_the_outline_counts_hits_below_each_heading() -> None:
    lines = outline(document_text(ROWS[0], places("overdracht")))
    assert [(line.heading, line.depth, line.page, line.hits) for line in lines] == [
        ("1 Inleiding", 0, 1, 4),
        ("1.1 Gevolgen", 1, 1, 3),
    ]


def test_a_long_document_is_laid_out_in_linear_time() -> None:
    count = 4_000
    text = "woord woord\n\n" * count
    starts = range(0, 13 * count, 13)
    document = replace(
        document_text(ROWS[0]),
        text=text,
        pages=tuple(Page(number + 1, None, (Span(start, start + 13),)) for number, start in enumerate(starts)),
        blocks=tuple(Block("paragraph", Span(start, start + 11)) for start in starts),
        sections=tuple(Section(1, Span(start, start + 5), Span(start, start + 13)) for start in starts),
        passages=tuple(Passage(PassageId(str(start)), Span(start, start + 11), None, None, ()) for start in starts),
        marks=tuple(Span(start, start + 5) for start in starts),
    )
    assert len(parts(document)) == 2 * count
    assert sum(line.hits for line in outline(document)) == count
