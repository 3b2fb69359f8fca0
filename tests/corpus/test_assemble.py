"""One text, and everything points into it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus.assemble import MAX_WORDS, assemble
from corpus.raw import Part, RawBlock, RawDocument
from kennisbank import dutch, serial
from kennisbank.model import Document, DocumentId, Metadata, Span, page_finder

SENTENCE = "De inspectie ziet dat de overdracht van informatie tussen de inrichtingen niet altijd volledig is."
METADATA = Metadata("Titel")


def made(*blocks: RawBlock, pages: int = 0) -> Document:
    return assemble(DocumentId("abc"), RawDocument(blocks, (None,) * pages), METADATA)


def heading(text: str, level: int = 1, page: int | None = None) -> RawBlock:
    return RawBlock("heading", (Part(text, page),), level)


def paragraph(*parts: tuple[str, int | None]) -> RawBlock:
    return RawBlock("paragraph", tuple(Part(text, page) for text, page in parts))


def test_blocks_become_one_text() -> None:
    document = made(
        heading("Kop"),
        paragraph((SENTENCE, None)),
        RawBlock("item", (Part("1. Een"),)),
        RawBlock("item", (Part("2. Twee"),)),
    )
    assert document.text == f"Kop\n\n{SENTENCE}\n\n1. Een\n2. Twee"
    assert [block.span.of(document.text) for block in document.blocks] == ["Kop", SENTENCE, "1. Een", "2. Twee"]


def test_a_section_reaches_to_the_next_heading_of_its_level_or_higher() -> None:
    document = made(heading("1"), heading("1.1", 2), paragraph(("tekst", None)), heading("1.2", 2), heading("2"))
    assert [(document.title_of(section), section.span.of(document.text)) for section in document.sections] == [
        ("1", "1\n\n1.1\n\ntekst\n\n1.2\n\n"),
        ("1.1", "1.1\n\ntekst\n\n"),
        ("1.2", "1.2\n\n"),
        ("2", "2"),
    ]


def test_a_paragraph_over_a_page_end_stays_whole_and_knows_both_pages() -> None:
    document = made(paragraph(("Eerst hier,", 1), ("dan daar.", 2)), paragraph(("Verder.", 2)), pages=3)
    assert document.text == "Eerst hier, dan daar.\n\nVerder."
    assert [page.spans for page in document.pages] == [(Span(0, 11),), (Span(11, 30),), ()]


def test_a_note_of_an_earlier_page_knows_its_page() -> None:
    note = RawBlock("note", (Part("1 Noot.", 1),))
    document = made(paragraph(("Begin", 1), ("einde.", 2)), note, paragraph(("Na.", 2)), pages=2)
    page_at = page_finder(document.pages)
    found = page_at(document.text.index("Noot"))
    assert found is not None
    assert found.number == 1
    assert [len(page.spans) for page in document.pages] == [2, 2]


def test_passages_are_of_a_size_to_quote_and_know_their_page_and_path() -> None:
    blocks = [heading("1 Bevindingen", 1, 1), heading("1.1 Overdracht", 2, 1)]
    blocks += [paragraph((" ".join([SENTENCE] * 4), 1 + number // 4)) for number in range(12)]
    document = made(*blocks, pages=3)
    sizes = [len(dutch.words(passage.span.of(document.text))) for passage in document.passages]
    assert all(40 <= size <= MAX_WORDS for size in sizes)
    assert {passage.path for passage in document.passages} == {("1 Bevindingen", "1.1 Overdracht")}
    page_at = page_finder(document.pages)
    for passage in document.passages:
        first, last = page_at(passage.span.start), page_at(passage.span.end - 1)
        assert first == last
        assert first is not None
        assert passage.page == first.number


def test_a_very_long_sentence_is_cut_between_words() -> None:
    document = made(paragraph(("woord " * 700, None)))
    assert len(document.passages) == 6
    assert all(len(dutch.words(passage.span.of(document.text))) <= MAX_WORDS for passage in document.passages)


TEXTS = st.text(alphabet=st.sampled_from("ab. \u00e9\U0001f600B?"), min_size=1, max_size=60)
PARTS = st.lists(st.builds(Part, TEXTS, st.integers(1, 4)), min_size=1, max_size=3).map(tuple)
BLOCKS = st.builds(
    RawBlock, st.sampled_from(["heading", "paragraph", "item", "table", "note"]), PARTS, st.integers(1, 3)
)  # fmt: skip


@given(st.lists(BLOCKS, max_size=12))
def test_every_span_points_at_what_it_says(blocks: list[RawBlock]) -> None:
    raw = RawDocument(tuple(blocks), (None,) * 4)
    document = assemble(DocumentId("abc"), raw, METADATA)
    text = document.text
    kept = [" ".join(part.text for part in block.parts if part.text.strip()) for block in blocks]
    assert [block.span.of(text) for block in document.blocks] == [whole for whole in kept if whole]
    for section in document.sections:
        assert section.span.holds(section.heading)
        for passage in document.passages:
            assert section.span.holds(passage.span) or not (
                section.span.start < passage.span.end and passage.span.start < section.span.end
            )
    spans = sorted(span for page in document.pages for span in page.spans)
    assert all(one.end == other.start for one, other in pairwise(spans))
    assert not spans or (spans[0].start, spans[-1].end) == (0, len(text))
    passages = [passage.span for passage in document.passages]
    assert all(one.end <= other.start for one, other in pairwise(passages))
    assert serial.from_json(serial.to_json(document)) == document
