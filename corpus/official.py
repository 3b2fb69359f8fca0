"""XML of official publications (``officiele-publicatie``: Kamerstuk, Staatsblad, Staatscourant, Gemeenteblad …).

The element names are those of the publisher's own schemas (op-xsd, since 2012). Only structure is used: what is a
heading (``kop``, ``titel`` of a part, ``tussenkop``), a paragraph (``al``), a list item (``li``), a table, a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from lxml import etree

from corpus.plain import squeezed
from corpus.raw import Candidate, Hint, Part, RawBlock, RawDocument
from kennisbank.errors import Rejected

_SKIPPED: Final = frozenset("metadata meta plaatje illustratie redactie uitgifte voetregel kopregel".split())
_APART: Final = frozenset("noot.nr label nr titel subtitel ondernummer datum naam voornaam functie".split())
"""Elements whose text ends a word, though nothing stands between them and the next."""
_PARTS: Final = frozenset("hoofdstuk titeldeel deel afdeling paragraaf sub-paragraaf divisie artikel bijlage".split())
"""Elements that hold a part of the text; how deep they stand is the level of their heading."""
_PARAGRAPHS: Final = frozenset(
    "al considerans.al wij afkondiging slotformulering tekstregel intitule dossiernummer stuknr datumtekst "
    "kamervraagnummer kamervraagonderwerp kamervraagomschrijving dagtekening functie naam".split()
)


def read_official(candidate: Candidate) -> RawDocument:
    """Read the XML of an official publication.

    Raises `Rejected` with ``corrupt`` when it is not well formed. Entities are not resolved and nothing is fetched.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=False)
    try:
        root = etree.fromstring(candidate.data.lstrip(b"\xef\xbb\xbf \t\r\n"), parser)
    except etree.XMLSyntaxError as error:
        raise Rejected(
            "corrupt", f"het XML-bestand is niet welgevormd: {' '.join(str(error).split())[:160]}"
        ) from error
    blocks = tuple(_blocks(root, 0, candidate.progress))
    return RawDocument(blocks=blocks, hints=_hints(root))


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _text(element: Any) -> str:
    """Return the text of an element without the notes in it, which are told behind it."""
    return squeezed("".join(_pieces(element)))


def _pieces(element: Any) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        if _name(child) not in ("noot", "") and _name(child) not in _SKIPPED:
            yield from _pieces(child)
            yield " " if _name(child) in _APART else ""
        yield child.tail or ""


def _blocks(element: Any, depth: int, progress: Callable[[], None]) -> Iterator[RawBlock]:
    for child in element:
        name = _name(child)
        progress()
        if not name or name in _SKIPPED:
            continue
        if name in ("kop", "titel", "tussenkop"):
            yield from _one("heading", child, max(1, min(depth + (name == "tussenkop"), 6)))
        elif name == "table":
            yield from _table(child)
        elif name == "lijst":
            yield from _list(child, 0, progress)
        elif name == "lid":
            yield from _member(child, depth, progress)
        elif name in _PARAGRAPHS:
            yield from _one("paragraph", child)
        elif name in ("vraag", "antwoord"):
            yield from _question(child, depth, progress)
        else:
            yield from _blocks(child, depth + (name in _PARTS or name == "stuk"), progress)


def _one(kind: Any, element: Any, level: int = 0) -> Iterator[RawBlock]:
    text = _text(element)
    if text:
        yield RawBlock(kind, (Part(text),), level)
    for note in element.iter():
        if _name(note) == "noot" and (told := _text(note)):
            yield RawBlock("note", (Part(told),))


def _list(element: Any, depth: int, progress: Callable[[], None]) -> Iterator[RawBlock]:
    for item in element:
        progress()
        if _name(item) != "li":
            continue
        number = next((_text(child) for child in item if _name(child) == "li.nr"), "")
        first = True
        for child in item:
            if _name(child) == "lijst":
                yield from _list(child, depth + 1, progress)
            elif _name(child) == "al" and (text := _text(child)):
                marker = f"{number or '•'} " if first else ""
                yield RawBlock("item" if first else "paragraph", (Part(f"{marker}{text}"),), depth if first else 0)
                first = False


def _member(element: Any, depth: int, progress: Callable[[], None]) -> Iterator[RawBlock]:
    """Read a numbered member of an article: its number stands before its first paragraph."""
    number = next((_text(child) for child in element if _name(child) == "lidnr"), "")
    rest = [block for block in _blocks(element, depth, progress) if block.text != number]
    for at, block in enumerate(rest):
        yield RawBlock("item", (Part(f"{number} {block.text}"),)) if at == 0 and number else block


def _question(element: Any, depth: int, progress: Callable[[], None]) -> Iterator[RawBlock]:
    """Read a question of a member of parliament or its answer: the number is its heading."""
    number = next((_text(child) for child in element if _name(child) == "nr"), "")
    if number:
        yield RawBlock("heading", (Part(f"{_name(element).capitalize()} {number.removeprefix('Vraag ')}"),), 2)
    yield from (block for block in _blocks(element, depth, progress) if block.text != number)


def _table(element: Any) -> Iterator[RawBlock]:
    rows = [
        [_text(cell).replace("\t", " ") for cell in row if _name(cell) == "entry"]
        for row in element.iter()
        if _name(row) == "row"
    ]
    told = ["\t".join(row) for row in rows if any(row)]
    if told:
        yield RawBlock("table", (Part("\n".join(told)),))


def _hints(root: Any) -> dict[str, Hint]:
    """Return what the publication states about itself."""
    hints: dict[str, Hint] = {}
    dossier = next((_text(entry) for entry in root.iter("dossiernr")), "")
    number = next((_text(entry) for entry in root.iter("stuknr")), "")
    subject = next((_text(entry) for name in ("intitule", "kamervraagomschrijving") for entry in root.iter(name)), "")
    # the first title of all is that of the gazette
    titles = [text for entry in root.iter("titel") if entry.getparent() is not root and (text := _text(entry))]
    title = subject or next(iter(titles), "")
    if dossier and titles:
        title = f"{dossier}, {number.lower()} {titles[-1]}".replace("  ", " ")
        hints["dossier"] = Hint("".join(dossier.split()), "tekst")
    if title:
        hints["title"] = Hint(title.partition(" (ingezonden ")[0], "html")
    date = next((entry.get("isodatum") for entry in root.iter("datum") if entry.get("isodatum")), None)
    if date:
        hints["date"] = Hint(date, "tekst")
    source = next(
        (entry.get("content") for entry in root.iter("meta") if "metadata" in (entry.get("name") or "").lower()), None
    )
    if source:
        hints["url"] = Hint(source.removesuffix("/metadata.xml") + ".html", "tekst")
    return hints
