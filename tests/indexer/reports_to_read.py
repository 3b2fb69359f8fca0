"""Small reports to read statements from, written as Markdown and laid out as the readers lay out any file."""

from __future__ import annotations

from functools import cache

from corpus.assemble import assemble
from corpus.plain import read_plain
from corpus.raw import Candidate
from indexer.statements import statements
from indexer.tagging import tag
from kennisbank.model import Dates, Document, DocumentId, Finding, Metadata, Recommendation, Statement
from kennisbank.settings import Limits
from kennisbank.taxonomy import Taxonomy, load

INSPECTORATE = ("Inspectie Justitie en Veiligheid",)
NAME = DocumentId("0123456789ab")


@cache
def taxonomy() -> Taxonomy:
    """The taxonomy that comes with the program, read once."""
    return load()


def report(text: str, kind: str = "rapport", publishers: tuple[str, ...] = INSPECTORATE) -> Document:
    """Lay out a text in Markdown as a document of a kind."""
    raw = read_plain(Candidate(text.encode(), "rapport.md", Limits()))
    metadata = Metadata(title="Een rapport", kind=kind, publishers=publishers, dates=Dates(document="2020-05-01"))
    return assemble(NAME, raw, metadata)


def said(text: str, kind: str = "rapport", publishers: tuple[str, ...] = INSPECTORATE) -> tuple[Statement, ...]:
    """Return everything that such a document says."""
    made = report(text, kind, publishers)
    found = statements(NAME, made, tag(made, taxonomy()), taxonomy())
    assert all(one.place.span.of(made.text) == one.place.text for one in found), "every quote stands in the text"
    return found


def recommended(text: str, kind: str = "rapport", publishers: tuple[str, ...] = INSPECTORATE) -> list[Recommendation]:
    """Return what it recommends, less what is only proposed."""
    found = said(text, kind, publishers)
    return [one for one in found if isinstance(one, Recommendation) and one.certainty >= 0.6]


def found(text: str, kind: str = "rapport") -> list[Finding]:
    """Return what it finds, less what is only proposed."""
    return [one for one in said(text, kind) if isinstance(one, Finding) and one.certainty >= 0.6]


def organisations(one: Recommendation) -> list[str | None]:
    """Return whom a recommendation addresses."""
    return [entry.organisation for entry in one.addressees]
