"""Small documents for the tests of the tagger, and what it says of them."""

from indexer.tagging import tag
from kennisbank.model import Block, Dates, Document, Metadata, Passage, PassageId, Section, Span, Tag
from kennisbank.taxonomy import Taxonomy


def document(
    *paragraphs: str, kind: str = "rapport", title: str = "Zonder titel", year: str | None = "2019"
) -> Document:
    """Make a document: a paragraph with # or ## is a heading, every other one a passage."""
    text, blocks, passages = "", [], []
    for paragraph in paragraphs:
        text += "\n\n" if text else ""
        level = len(paragraph) - len(paragraph.lstrip("#"))
        body = paragraph.lstrip("# ")
        span = Span(len(text), len(text) + len(body))
        text += body
        blocks.append(Block("heading" if level else "paragraph", span, level))
        if not level:
            passages.append(Passage(PassageId(f"d-{span.start}"), span, None, None, ()))
    headings = [block for block in blocks if block.kind == "heading"]
    sections = []
    for index, heading in enumerate(headings):
        later = (other.span.start for other in headings[index + 1 :] if other.level <= heading.level)
        sections.append(Section(heading.level, heading.span, Span(heading.span.start, next(later, len(text)))))
    metadata = Metadata(title=title, kind=kind, dates=Dates(document=year))
    return Document(text, (), tuple(blocks), tuple(sections), tuple(passages), metadata)


def terms(text: str, taxonomy: Taxonomy) -> set[str]:
    """Return the terms found in one passage."""
    return {tag.term for tag in tag(document(text), taxonomy) if tag.passage}


def on_document(made: Document, taxonomy: Taxonomy) -> dict[str, Tag]:
    return {tag.term: tag for tag in tag(made, taxonomy) if tag.passage is None}


def quotes(made: Document, found: Tag) -> list[tuple[str, str]]:
    return [(entry.span.of(made.text), entry.rule) for entry in found.evidence]
