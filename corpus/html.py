"""Web pages to blocks: the main part of the page, without what stands around it on every page."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterable, Iterator, Set
from dataclasses import dataclass
from itertools import islice
from typing import Final

from bs4 import BeautifulSoup, Tag, XMLParsedAsHTMLWarning
from bs4.dammit import EncodingDetector
from bs4.element import NavigableString, PageElement, PreformattedString

from corpus.plain import decoded, squeezed
from corpus.raw import Candidate, Hint, Part, RawBlock, RawDocument
from kennisbank.model import BlockKind

MAIN_PARTS = ("main", "article", '[role="main"]', "#content", "#main")
"""Where the text of a page is, best first; the first that holds enough text is taken, else the body."""
ENOUGH_LETTERS = 200
"""A main part with fewer characters is a teaser or an empty shell."""

_DROPPED: Final = frozenset(
    "nav header footer aside form script style noscript template button select option textarea svg math iframe object "
    "dialog head title map canvas audio video".split()
)
_DROPPED_ROLES: Final = frozenset("navigation banner contentinfo search complementary dialog alertdialog menu".split())
_AROUND = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|kruimelpad|cookies?|cookiebar|cookiebanner|share|sharing|delen|social|related|"
    r"gerelateerd|skiplinks?|pagination|paginering|toc|inhoudsopgave|sidebar|nonvisual|verberg|visually-hidden|"
    r"sr-only|screenreader)(?:$|[-_ ])"
)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NOTES = re.compile(
    r"(?:^|[-_ ])(?:noot|noten|voetnoot|voetnoten|footnotes?|endnotes?|doc-footnote|doc-endnotes)(?:$|[-_ ])"
)
_BLOCKS: Final = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
_HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}
_BREAK = "\x0b"
"""Stands for ``<br>`` until a block is closed: two of them end a paragraph."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def read_html(candidate: Candidate) -> RawDocument:
    """Read a web page in any encoding; what it says of itself in its head becomes hints."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", XMLParsedAsHTMLWarning)  # XHTML is read as HTML on purpose
        soup = _Soup(_utf8(candidate.data), candidate.progress)
    candidate.progress()
    hints = _hints(soup, candidate.progress)
    blocks = _Walk(_main_part(soup, candidate.progress), candidate.progress).blocks()
    return RawDocument(blocks=tuple(blocks), hints=hints)


class _Soup(BeautifulSoup):
    """Parsing that tells it goes on: half a million elements take longer than silence is allowed."""

    def __init__(self, markup: bytes, progress: Callable[[], None]) -> None:
        self._progress = progress
        super().__init__(markup, "lxml", from_encoding="utf-8")

    def pushTag(self, tag: Tag) -> None:  # noqa: N802 - the name is bs4's
        """Take note of an element that begins."""
        self._progress()
        super().pushTag(tag)

    def popTag(self) -> Tag | None:  # noqa: N802 - the name is bs4's
        """Take note of an element that ends: with deep nesting, all of them after the last one began."""
        self._progress()
        return super().popTag()


def _utf8(data: bytes) -> bytes:
    """Return the page in UTF-8, whatever it is in: by byte order mark or what it declares, else as text is decoded."""
    declared = EncodingDetector.find_declared_encoding(data, is_html=True, search_entire_document=False)
    if declared and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        try:
            # browsers read what calls itself Latin-1 as Windows-1252
            name = "windows-1252" if declared.lower() in ("iso-8859-1", "latin-1", "us-ascii") else declared
            return data.decode(name).encode("utf-8")
        except (UnicodeError, LookupError):
            pass
    return decoded(data).encode("utf-8", "ignore")


def _main_part(soup: BeautifulSoup, progress: Callable[[], None]) -> Tag:
    first: dict[str, Tag] = {}
    for tag in _elements(soup, progress):
        for mark in (tag.name, f'[role="{tag.get("role")}"]', f"#{tag.get('id')}"):
            if mark in MAIN_PARTS:
                first.setdefault(mark, tag)
    for mark in MAIN_PARTS:
        progress()
        found = first.get(mark)
        if found is not None:
            letters = 0
            for string in found.strings:
                letters += len(string.strip())
                if letters >= ENOUGH_LETTERS:
                    return found
    return soup.body or soup


@dataclass(slots=True)
class _Open:
    """A block-level element that is being read."""

    tag: Tag
    kind: BlockKind
    level: int = 0
    marker: str = ""


class _Walk:
    """Goes through the main part once, without recursion: pages may be nested 200,000 deep."""

    def __init__(self, root: Tag, progress: Callable[[], None]) -> None:
        self._root = root
        self._progress = progress
        self._keep = _around(root, frozenset({"h1", "main", "article"}), progress)
        self._layout = _around(root, _HEADINGS.keys() | {"table"}, progress)
        self._found: list[RawBlock] = []
        self._open: list[_Open] = [_Open(root, "paragraph")]
        self._lists: list[int] = []
        self._text: list[str] = []

    def blocks(self) -> list[RawBlock]:
        """Return all blocks in order."""
        pending: list[tuple[PageElement, bool]] = [(self._root, False)]
        while pending:
            self._progress()
            node, done = pending.pop()
            if isinstance(node, NavigableString):
                if not isinstance(node, PreformattedString):  # comments, declarations and the like
                    self._text.append(node)
            elif isinstance(node, Tag):
                if done:
                    self._leave(node)
                elif self._enter(node):
                    pending.append((node, True))
                    pending.extend((child, False) for child in reversed(node.contents))
        self._flush()
        return self._found

    def _enter(self, tag: Tag) -> bool:
        """Begin an element; False when its contents are not to be walked (any more)."""
        name = tag.name
        if tag is not self._root and self._is_around(tag):
            return False
        if name == "br":
            self._text.append(_BREAK)
            return False
        if name == "sup" and _is_note_mark(tag):
            return False
        if name == "table" and id(tag) not in self._layout:
            self._flush()
            self._table(tag)
            return False
        if name in _HEADINGS:
            self._flush()
            self._open.append(_Open(tag, "heading", _HEADINGS[name]))
        elif name in _BLOCKS:
            self._begin(tag)
        return True

    def _begin(self, tag: Tag) -> None:
        around = self._open[-1]
        if tag.name in ("p", "div") and around.kind == "item":
            self._text.append(" ")  # what stands in one item stays together
            return
        self._flush()
        if tag.name in ("ul", "ol"):
            self._lists.append(_start(tag))
        elif tag.name == "li":
            self._open.append(_Open(tag, "item", max(0, len(self._lists) - 1), self._marker(tag)))
            return
        kind: BlockKind = "note" if around.kind == "note" or _NOTES.search(_names(tag)) else "paragraph"
        if (
            around.kind in ("item", "heading")
            and kind == "paragraph"
            and tag.name not in ("ul", "ol", "td", "th", "dd")
        ):
            kind = around.kind
        self._open.append(_Open(tag, kind, around.level if kind == around.kind else 0))

    def _leave(self, tag: Tag) -> None:
        if self._open[-1].tag is tag and tag is not self._root:
            self._flush()
            self._open.pop()
            if tag.name in ("ul", "ol"):
                self._lists.pop()

    def _marker(self, item: Tag) -> str:
        listing = item.parent
        if listing is None or listing.name != "ol" or not self._lists:
            return "•"
        value = str(item.get("value", ""))
        number = int(value) if value.isdecimal() and len(value) < 6 else self._lists[-1]
        self._lists[-1] = number + 1
        style = str(listing.get("type", "1"))
        if style in ("a", "A") and 1 <= number <= len(_LETTERS):
            letter = _LETTERS[number - 1]
            return f"{letter if style == 'a' else letter.upper()}."
        return f"{number}."

    def _flush(self) -> None:
        """Close the text gathered so far as a block of the element that is open."""
        text = "".join(self._text)
        self._text.clear()
        if not text.strip():
            return
        block = self._open[-1]
        pieces = re.split(rf"{_BREAK}\s*{_BREAK}", text) if block.kind == "paragraph" else [text]
        for piece in pieces:
            clean = squeezed(piece.replace(_BREAK, " "))
            owner = (
                next((entry for entry in reversed(self._open) if entry.marker), block)
                if block.kind == "item"
                else block
            )
            if clean and owner.marker and not clean.startswith(owner.marker):
                clean = f"{owner.marker} {clean}"
            if clean:
                owner.marker = ""
                self._found.append(RawBlock(block.kind, (Part(clean),), block.level))

    def _table(self, table: Tag) -> None:
        """Add a table as one block; its caption stands before it."""
        rows: list[list[list[str]]] = []
        caption: list[str] = []
        into = caption
        for node in _below(table, self._progress):
            if isinstance(node, Tag):
                if node.name == "tr":
                    rows.append([])
                elif node.name in ("td", "th") and rows:
                    rows[-1].append([])
                    into = rows[-1][-1]
                elif node.name == "caption":
                    into = caption
                into.append(" " if node.name in _BLOCKS or node.name == "br" else "")
            elif isinstance(node, NavigableString) and not isinstance(node, PreformattedString):
                into.append(node)
        title = squeezed("".join(caption))
        if title:
            self._found.append(RawBlock("paragraph", (Part(title),)))
        lines = ["\t".join(squeezed("".join(cell)) for cell in row) for row in rows]
        text = "\n".join(line for line in lines if line.strip())
        if text:
            self._found.append(RawBlock("table", (Part(text),)))

    def _is_around(self, tag: Tag) -> bool:
        """Tell whether this is what stands around the text; never when the title or the text itself is inside."""
        if (
            tag.has_attr("hidden")
            or str(tag.get("aria-hidden", "")) == "true"
            or _HIDDEN.search(str(tag.get("style", "")))
        ):
            return True
        of_page = (
            tag.name == "form" and tag.parent is not None and tag.parent.name == "body"
        )  # ASP.NET wraps all in one
        if id(tag) in self._keep or of_page:
            return False
        return tag.name in _DROPPED or str(tag.get("role", "")) in _DROPPED_ROLES or bool(_AROUND.search(_names(tag)))


def _below(root: Tag, progress: Callable[[], None]) -> Iterator[PageElement]:
    """Yield all that is inside an element, in order, telling at each step that reading goes on."""
    for node in root.descendants:
        progress()
        yield node


def _elements(root: Tag, progress: Callable[[], None]) -> Iterator[Tag]:
    return (node for node in _below(root, progress) if isinstance(node, Tag))


def _around(root: Tag, names: Set[str], progress: Callable[[], None]) -> set[int]:
    """Return the identities of all elements that hold one of these, in linear time."""
    found: set[int] = set()
    for tag in _elements(root, progress):
        for parent in tag.parents if tag.name in names else ():
            if id(parent) in found:
                break
            found.add(id(parent))
    return found


def _names(tag: Tag) -> str:
    classes = tag.get_attribute_list("class")
    names = " ".join(str(name) for name in classes if name)
    return f"{names} {tag.get('id', '')} {tag.get('role', '')}".lower().strip()


def _is_note_mark(sup: Tag) -> bool:
    """Tell whether a superscript refers to a note: a link within the page directly around or inside it.

    Only its nearest kin is looked at, so that superscripts nested by the thousands cost no more than others.
    """
    kin = [sup.parent, *(child for child in islice(sup.children, 4) if isinstance(child, Tag))]
    return any(tag is not None and tag.name == "a" and str(tag.get("href", "")).startswith("#") for tag in kin)


def _start(listing: Tag) -> int:
    start = str(listing.get("start", "1"))
    return int(start) if start.isdecimal() and len(start) < 6 else 1


_META: Final = {
    "title": ("dcterms.title", "dc.title"),
    "published": ("dcterms.issued", "dcterms.available", "dcterms.date", "dc.date", "article:published_time"),
    "updated": ("dcterms.modified", "article:modified_time", "og:updated_time"),
    "publisher": ("dcterms.creator", "dc.creator", "dcterms.publisher", "dc.publisher"),
    "language": ("dcterms.language", "dc.language", "content-language"),
    "kind": ("dcterms.type", "dc.type", "overheid.informationtype"),
}
"""Field -> meta names, best first (OWMS 4.0, Open Graph); persons (``author``) are left out on purpose."""


def _hints(soup: BeautifulSoup, progress: Callable[[], None]) -> dict[str, Hint]:
    telling: dict[str, list[Tag]] = {name: [] for name in ("meta", "h1", "title", "time", "link")}
    for tag in _elements(soup, progress):
        if tag.name in telling:
            telling[tag.name].append(tag)
    metas = list(_metas(telling["meta"]))
    found: dict[str, str] = {}
    for field, names in _META.items():
        values = [value for name in names for given, value in metas if given == name]
        if values:
            found[field] = " | ".join(dict.fromkeys(values)) if field in ("kind", "publisher") else values[0]
    if "title" not in found and telling["h1"]:
        found["title"] = squeezed(telling["h1"][0].get_text(" "))
    if not found.get("title"):
        found["title"] = next((value for name, value in metas if name == "og:title"), "")
    if not found["title"] and telling["title"]:
        found["title"] = squeezed(telling["title"][0].get_text(" "))
    moment = next((time for time in telling["time"] if time.has_attr("datetime")), None)
    if moment is not None:
        found.setdefault("published", str(moment["datetime"])[:40])
    if soup.html and soup.html.get("lang"):
        found.setdefault("language", str(soup.html["lang"]))
    links = (
        link for link in telling["link"] if "canonical" in [str(rel).lower() for rel in link.get_attribute_list("rel")]
    )
    canonical = next((link for link in links if link.has_attr("href")), None)
    address = str(canonical["href"]) if canonical else next((value for name, value in metas if name == "og:url"), "")
    if address.startswith(("http://", "https://")):
        found["url"] = address
    return {field: Hint(value, "html") for field, value in found.items() if value}


def _metas(metas: Iterable[Tag]) -> Iterator[tuple[str, str]]:
    """Yield (name, content) of the meta elements; a scheme that says the creator is a municipality is made words."""
    for meta in islice(metas, 500):
        name = str(meta.get("name") or meta.get("property") or meta.get("http-equiv") or "").lower()
        value = squeezed(str(meta.get("content", "")))
        if "gemeente" in str(meta.get("scheme", "")).lower() and not value.lower().startswith("gemeente"):
            value = f"gemeente {value}"
        if name and value:
            yield name, value
