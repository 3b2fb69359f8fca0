"""What becomes of a text: forms, other names, terms, recommendations and findings, each with its rule."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from corpus.assemble import assemble
from corpus.plain import read_plain
from corpus.raw import Candidate
from indexer.clues import clues
from indexer.statements import statements
from indexer.tagging import tag
from kennisbank import dutch
from kennisbank.cli.common import opened, print_json, with_data, with_json
from kennisbank.errors import UsageError
from kennisbank.model import KINDS, RULES, Document, DocumentId, Finding, Metadata, Recommendation, Statement
from kennisbank.query import parse
from kennisbank.search import concepts
from kennisbank.settings import Settings
from kennisbank.taxonomy import Taxonomy
from kennisbank.widening import question_of

WORDS_SHOWN = 40
"""A longer text is explained without its single words."""
PUBLISHER = "Inspectie Justitie en Veiligheid"


@click.command()
@click.argument("tekst", nargs=-1, required=True, metavar="TEKST")
@click.option(
    "--soort",
    type=click.Choice(list(KINDS)),
    default="rapport",
    show_default=True,
    metavar="S",
    help="Lees als dit stuk.",
)
@click.option("--uitgever", default=PUBLISHER, show_default=True, metavar="U", help="Wie er aan het woord is.")
@with_json
@with_data
def explain(tekst: tuple[str, ...], soort: str, uitgever: str, as_json: bool, data: Path) -> None:
    """Laat zien wat er van een tekst wordt en waarom; TEKST - leest van standaardinvoer."""
    settings, taxonomy = opened(data)
    text = sys.stdin.read() if tekst == ("-",) else " ".join(tekst)
    document = _document(text, soort, uitgever, settings)
    found = {
        "tekst": text,
        "woorden": _words(text) if len(text.split()) <= WORDS_SHOWN else [],
        "begrippen": _terms(document, taxonomy),
        **_statements(document, taxonomy),
        "uitleg": _as_question(text, settings, taxonomy),
    }
    if as_json:
        print_json(found)
    else:
        _tell(found)


def _document(text: str, kind: str, publisher: str, settings: Settings) -> Document:
    """Lay the text out as a document of its own."""
    raw = read_plain(Candidate(text.encode("utf-8", "replace"), "tekst.md", settings.limits))
    return assemble(DocumentId("tekst"), raw, Metadata(title="", kind=kind, publishers=(publisher,)))


def _words(text: str) -> list[dict[str, Any]]:
    return [
        {
            "woord": token.surface,
            "samen": token.joined,
            "functiewoord": dutch.is_function_word(token.surface),
            "exact": token.forms.exact,
            "lemma": token.forms.lemma,
            "stam": token.forms.stem,
            "delen": list(dutch.compound(token.surface)),
            "hoofdletters": token.cased,
        }
        for token in dutch.tokens(text)
    ]


def _terms(document: Document, taxonomy: Taxonomy) -> list[dict[str, Any]]:
    return [
        {
            "term": clue.term.id,
            "label": clue.term.label,
            "tekst": clue.span.of(document.text),
            "regel": clue.rule,
            "gewicht": clue.weight,
        }
        for clue in sorted(clues(document, taxonomy), key=lambda clue: (clue.span, clue.term.id))
    ]


def _statements(document: Document, taxonomy: Taxonomy) -> dict[str, list[dict[str, Any]]]:
    said = statements(DocumentId("tekst"), document, tag(document, taxonomy), taxonomy)
    return {
        "aanbevelingen": [_statement(one) for one in said if isinstance(one, Recommendation)],
        "bevindingen": [_statement(one) for one in said if isinstance(one, Finding)],
    }


def _statement(said: Statement) -> dict[str, Any]:
    found: dict[str, Any] = {
        "tekst": said.place.text,
        "regels": {rule: RULES.get(rule, "") for rule in said.rules},
        "zekerheid": said.certainty,
        "soort": said.kind,
    }
    if isinstance(said, Recommendation):
        addressees = [{"tekst": one.place.text, "organisatie": one.organisation} for one in said.addressees]
        return {**found, "geadresseerden": addressees, "sterkte": said.strength, "nummer": said.number}
    return {**found, "polariteit": said.polarity} if isinstance(said, Finding) else found


def _as_question(text: str, settings: Settings, taxonomy: Taxonomy) -> list[str]:
    """Return how a search reads this text and what it would add or change; a long text is no question."""
    if len(text) > settings.search.max_characters:
        return []
    try:
        query = parse(text, taxonomy=taxonomy, settings=settings.search)
    except UsageError as refusal:
        return [f"als vraag geweigerd: {refusal}"]
    read = question_of(query.clauses)
    told = [entry.text for entry in concepts.plan(query, taxonomy).explanation]
    return [f"als vraag gelezen: {read}", *told] if read not in ("", text) else told


def _tell(found: Mapping[str, Any]) -> None:
    for word in found["woorden"]:
        extra = " (functiewoord)" if word["functiewoord"] else " (samen gelezen)" if word["samen"] else ""
        cased = f", met hoofdletters {word['hoofdletters']}" if word["hoofdletters"] else ""
        parts = f", delen {' + '.join(word['delen'])}" if word["delen"] else ""
        forms = f"exact {word['exact']}, lemma {word['lemma']}, stam {word['stam']}"
        click.echo(f"{word['woord']}{extra}: {forms}{parts}{cased}")
    for name in found["begrippen"]:
        click.echo(f"begrip {name['term']} ({name['label']}): ‘{name['tekst']}’, regel {name['regel']}")
    for kind in ("aanbevelingen", "bevindingen"):
        for said in found[kind]:
            more = ", ".join(one["organisatie"] or one["tekst"] for one in said.get("geadresseerden", ()))
            about = f" aan {more}" if more else f" ({said['polariteit']})" if "polariteit" in said else ""
            click.echo(f"{kind[:-2]}{about}: ‘{said['tekst']}’, zekerheid {said['zekerheid']}")
            for rule, words in said["regels"].items():
                click.echo(f"  regel {rule}: {words}")
    for note in found["uitleg"]:
        click.echo(note)


COMMANDS = (explain,)
