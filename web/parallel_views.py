"""From parallels as stored to what pages tell about them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from flask import url_for

from kennisbank.library import Snapshot
from kennisbank.model import Span
from kennisbank.parallels import PARALLEL_KINDS, Parallel, ParallelQuery, ShownParallel, ShownSide
from web.evidence import term_address
from web.pages import Link
from web.parallel_pages import Elsewhere, Option, ParallelPage, ParallelsPage, ParallelView, SideView
from web.shown import highlighted
from web.wording import counted

PATH = "/parallellen"
PAGE_SIZE = 20
NOUNS = ("parallel", "parallellen")
IN_BRIEF = 5
"""Parallels told on the page of something else."""


@dataclass(frozen=True, slots=True)
class ParallelListing:
    """A list of parallels, as the address has it."""

    query: ParallelQuery = field(default_factory=ParallelQuery)
    page: int = 1

    def pairs(self) -> list[tuple[str, str]]:
        """Return the parameters; what is not given is as usual."""
        query = self.query
        found = [("keten", chain) for chain in query.chains]
        found += [
            (name, value)
            for name, value in (
                ("soort", query.kind),
                ("thema", query.theme),
                ("verschijnsel", query.about),
                ("document", query.document),
            )
            if value
        ]
        return found + ([("pagina", str(self.page))] if self.page > 1 else [])

    @property
    def address(self) -> str:
        """Return the address, always written the same way."""
        pairs = self.pairs()
        return PATH + ("?" + urlencode(pairs) if pairs else "")

    def taken_as(self, file_format: str) -> str:
        """Return the address of the whole list as a file."""
        return PATH + "?" + urlencode([*replace(self, page=1).pairs(), ("formaat", file_format)])


def parallels_page(now: Snapshot, asked: ParallelListing, found: Sequence[Parallel]) -> ParallelsPage:
    """Return a page of a list."""
    start = (asked.page - 1) * PAGE_SIZE
    shown = [parallel_view(now.parallels.shown(one)) for one in found[start : start + PAGE_SIZE]]
    heading = counted(len(found), *NOUNS)
    return ParallelsPage(
        title=f"Parallellen, {heading}" if asked.page == 1 else f"Parallellen, {heading}, pagina {asked.page}",
        heading=heading,
        total=len(found),
        views=shown,
        fields=list(_fields(now, asked.query)),
        hidden=[("document", asked.query.document)] if asked.query.document else [],
        between=list(_between(now, asked.query)),
        chips=list(_chips(now, asked.query)),
        exports=[Link(asked.taken_as(name), label) for name, label in (("csv", "CSV"), ("jsonl", "JSON Lines"))],
        first=start + 1 if found else 0,
        last=start + len(shown),
        previous=replace(asked, page=asked.page - 1).address if asked.page > 1 else None,
        next=replace(asked, page=asked.page + 1).address if start + PAGE_SIZE < len(found) else None,
    )


def parallel_view(shown: ShownParallel) -> ParallelView:
    """Return what is told of a parallel."""
    one = shown.parallel
    return ParallelView(
        id=one.id,
        address=f"{PATH}/{one.id}",
        kind=PARALLEL_KINDS[one.kind],
        why=shown.why,
        score=one.score,
        origin="door een mens bevestigd" if one.origin == "mens" else "automatisch gevonden",
        terms=shown.terms,
        left=_side(shown.left),
        right=_side(shown.right),
    )


def _side(shown: ShownSide) -> SideView:
    address = url_for("documents.document", document_id=shown.row.id, _anchor=f"p{shown.anchor}")
    return SideView(
        chains=shown.labels,
        quote=highlighted(shown.text, shown.marks),
        title=shown.row.title,
        kind=shown.row.kind_label.lower(),
        date=shown.row.date,
        place=Link(address, f"p. {shown.page}" if shown.page else "lees in de tekst"),
        path=shown.path,
    )


def _fields(now: Snapshot, query: ParallelQuery) -> Iterator[tuple[str, str, str, list[Option]]]:
    chains = sorted(
        {chain for pair in now.parallels.chain_counts() for chain in pair}, key=lambda term: label(now, term)
    )
    first, second = (*query.chains, "", "")[:2]
    for name, title, chosen in (("keten", "Tussen", first), ("keten2", "en", second)):
        options = [Option(term, label(now, term), term == chosen) for term in chains]
        yield name, "keten", title, [Option("", "elke keten", not chosen), *options]
    kinds = [Option(kind, words, kind == query.kind) for kind, words in PARALLEL_KINDS.items()]
    yield "soort", "soort", "Soort", [Option("", "alles", not query.kind), *kinds]
    themes = sorted({theme for one in now.parallels.all() for theme in one.themes}, key=lambda term: label(now, term))
    chosen_themes = [Option(term, label(now, term), term == query.theme) for term in themes]
    yield "thema", "thema", "Thema", [Option("", "elk thema", not query.theme), *chosen_themes]


def _between(now: Snapshot, query: ParallelQuery) -> Iterator[Link]:
    """Yield pairs of chains, each with the number of parallels under the other limits."""
    counts = now.parallels.chain_counts(replace(query, chains=()))
    for pair, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0])):
        listing = ParallelListing(replace(query, chains=pair))
        yield Link(listing.address, f"{label(now, pair[0])} en {label(now, pair[1])}", count)


def _chips(now: Snapshot, query: ParallelQuery) -> Iterator[Link]:
    for chain in query.chains:
        left = tuple(other for other in query.chains if other != chain)
        yield Link(ParallelListing(replace(query, chains=left)).address, label(now, chain))
    if query.about:
        yield Link(ParallelListing(replace(query, about="")).address, label(now, query.about))
    if query.document:
        yield Link(ParallelListing(replace(query, document="")).address, now.row(query.document).title)


def label(now: Snapshot, term: str) -> str:
    """Return what a visitor reads for a term."""
    known = now.taxonomy.terms.get(term)  # type: ignore[call-overload]  # a plain string finds its TermId
    return known.label if known else term


def parallel_page(now: Snapshot, one: Parallel) -> ParallelPage:
    """Return one parallel with what helped elsewhere and where there is more."""
    view = parallel_view(now.parallels.shown(one))
    helped = [
        other
        for side in (one.left, one.right)
        for other in now.parallels.around(side.document, side.span)
        if other.kind == "oplossing" and other.id != one.id and other.left.document == side.document
    ]
    return ParallelPage(
        title=f"{view.why} {' en '.join([', '.join(view.left.chains), ', '.join(view.right.chains)])}",
        view=view,
        about=[Link(term_address(term.partition(":")[0], term), label(now, term)) for term in one.about],
        helped=[parallel_view(now.parallels.shown(other)) for other in helped[:IN_BRIEF]],
        more=list(_more(now, one)),
    )


def _more(now: Snapshot, one: Parallel) -> Iterator[Link]:
    for left in one.left.chains[:2]:
        for right in one.right.chains[:2]:
            query = ParallelQuery(chains=(min(left, right), max(left, right)))
            yield _link(now, query, f"tussen {label(now, left)} en {label(now, right)}")
    for term in one.about[:3]:
        yield _link(now, ParallelQuery(about=term), f"over {label(now, term)}")


def _link(now: Snapshot, query: ParallelQuery, text: str) -> Link:
    return Link(ParallelListing(query).address, text, len(now.parallels.all(query)))


def elsewhere(now: Snapshot, document: str, span: Span, text: str) -> Elsewhere:
    """Return the best parallels of a place in a document."""
    found = now.parallels.around(document, span)[:IN_BRIEF]
    words = " ".join(text.split())[:1500]
    return Elsewhere([parallel_view(now.parallels.shown(one)) for one in found], url_for("seen.form", tekst=words))


def document_links(now: Snapshot, document: str) -> Iterator[Link]:
    """Yield the list of the parallels of a document, when there are any."""
    query = ParallelQuery(document=document)
    count = len(now.parallels.all(query))
    if count:
        noun = "parallel met een andere keten" if count == 1 else "parallellen met andere ketens"
        yield Link(ParallelListing(query).address, noun, count)
