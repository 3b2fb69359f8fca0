"""Query string <-> question: an address is the whole state, and every link is this state with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from kennisbank import dutch, register
from kennisbank.errors import NotFound, UsageError
from kennisbank.library import Snapshot
from kennisbank.model import StatementSort
from kennisbank.query import SORTS, Filters, Query, Sort, parse, read_date, read_filters
from kennisbank.register import ORDERS, Order, RegisterQuery
from kennisbank.settings import SearchSettings
from kennisbank.syntax import FILTER_FACETS

PAGE_SIZE = 10
"""Documents per page of results."""
REGISTER_PAGE_SIZE = 25
"""Recommendations or findings per page."""
REGISTER_PATHS: Mapping[StatementSort, str] = {"aanbeveling": "/aanbevelingen", "bevinding": "/bevindingen"}
FORMATS = ("csv", "jsonl")
"""In which a whole list can be taken along."""
MAX_FILTERS = 50
"""Filter values in one address; each is repeated in every link on the page."""
DATES = ("van", "tot")
LITERAL = "letterlijk"
AS_OF = "stand-op"
PARAMETERS = ("q", *FILTER_FACETS, *DATES, "sorteer", "pagina", "limit", "deels")

Known = TypeVar("Known", bound=str)
_SIGNS = r"(?:(?<!\S)(?:NIET|NOT)\s+)?(?<![^\s(|])[+\-]?"
_OR_NEXT = r"(?:\s+(?:OF|OR)(?=\s+[A-Za-z]+:)|\s*\|(?=\s*[A-Za-z]+:))?"
_FIELD_IN_TEXT = re.compile(_SIGNS + r"[A-Za-z]+:[^\s()\"“”„«»|]+" + _OR_NEXT)
_QUOTED_FIELD = re.compile(_SIGNS + r"[A-Za-z]+:[\"“”„«»][^\"“”„«»]*[\"“”„«»]" + _OR_NEXT)
_EMPTY_BRACKETS = re.compile(r"\(\s*\)")
_QUOTED = re.compile(r"([\"“”„«»][^\"“”„«»]*[\"“”„«»]?)")


@dataclass(frozen=True, slots=True)
class Listing:
    """A question with its filters and page, as the address has it: what every list shares."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    page: int = 1
    limit: int = PAGE_SIZE
    literal: tuple[str, ...] = field(default=(), kw_only=True)
    """Words of the question looked for as they stand: not under other names, nor by their parts."""

    @property
    def path(self) -> str:
        """The address of the list without any choice."""
        raise NotImplementedError

    @property
    def facets(self) -> tuple[str, ...]:
        """Facets that can limit this list, in the order of its address."""
        raise NotImplementedError

    @property
    def nouns(self) -> tuple[str, str]:
        """What stands in this list: one, and many."""
        raise NotImplementedError

    @property
    def order_name(self) -> str:
        """The order as the address has it."""
        raise NotImplementedError

    def options(self) -> Iterable[tuple[str, str, str]]:
        """Yield the parameters besides question and filters: name, value, and the value that goes without saying."""
        raise NotImplementedError

    @property
    def address(self) -> str:
        """The address of this list, always written the same way."""
        pairs = self.pairs()
        return self.path + ("?" + urlencode(pairs) if pairs else "")

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Return the parameters, less some by name; what is not given is as usual. Serves links and hidden fields."""
        filters = self.filters
        found = [("q", self.text)] if self.text else []
        found += [(LITERAL, name) for name in self.literal]
        for facet in self.facets:
            found += [(facet, value) for value in filters.chosen.get(facet, ())]
            found += [(facet, f"-{value}") for value in filters.excluded.get(facet, ())]
        found += [
            (name, value) for name, value in zip(DATES, (filters.date_from, filters.date_until), strict=True) if value
        ]
        found += [(name, value) for name, value, usual in self.options() if value != usual]
        return [(name, value) for name, value in found if name not in without]

    def on_page(self, page: int) -> Self:
        """Return this list on another page."""
        return replace(self, page=page)

    def adding(self, facet: str, value: str) -> Self:
        """Return this list with one more value to choose from."""
        values = (*self.filters.chosen.get(facet, ()), value)
        return self.removing(facet, value)._choosing(facet, tuple(dict.fromkeys(values)))

    def only(self, facet: str, value: str) -> Self:
        """Return this list with this value as the facet's only choice."""
        return self.removing(facet, value)._choosing(facet, (value,))

    def excluding(self, facet: str, value: str) -> Self:
        """Return this list without what carries this value."""
        less = self.removing(facet, value)
        values = (*less.filters.excluded.get(facet, ()), value)
        return less._with(excluded=_changed(less.filters.excluded, facet, values))

    def removing(self, facet: str, value: str) -> Self:
        """Return this list without this value, chosen or excluded."""
        chosen, excluded = (
            _changed(held, facet, [kept for kept in held.get(facet, ()) if kept != value])
            for held in (self.filters.chosen, self.filters.excluded)
        )
        return self._with(chosen=chosen, excluded=excluded)

    def literally(self, name: str, *, literal: bool) -> Self:
        """Return this list with a name looked for as it stands only, or under its other names again."""
        kept = tuple(other for other in self.literal if dutch.fold(other) != dutch.fold(name))
        return replace(self, literal=(*kept, name) if literal else kept, page=1)

    def question(self) -> dict[str, Any]:
        """Return the parameters that say which words to mark in a text."""
        given = {"q": self.text, LITERAL: list(self.literal)}
        return {name: value for name, value in given.items() if value}

    def asking(self, text: str) -> Self:
        """Return this list with another question and the same limits."""
        return replace(self, text=text, literal=named_in(text, self.literal), page=1)

    def without_date(self, name: str) -> Self:
        """Return this list without ``van`` or ``tot``."""
        return self._with(date_from=None) if name == "van" else self._with(date_until=None)

    def without_filters(self) -> Self:
        """Return the bare question."""
        return replace(self, filters=Filters(), page=1)

    def _choosing(self, facet: str, values: Sequence[str]) -> Self:
        return self._with(chosen=_changed(self.filters.chosen, facet, values))

    def _with(self, **changes: object) -> Self:
        return replace(self, filters=replace(self.filters, **changes), page=1)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Search(Listing):
    """A search for documents."""

    sort: Sort = "relevantie"
    partial: bool = True

    @property
    def path(self) -> str:
        """The start page, which answers as soon as something is asked."""
        return "/"

    @property
    def address(self) -> str:
        """The address; an empty question asks for all documents."""
        return self.path + "?" + urlencode(self.pairs() or [("q", "")])

    @property
    def facets(self) -> tuple[str, ...]:
        """What documents carry."""
        return FILTER_FACETS

    @property
    def nouns(self) -> tuple[str, str]:
        """Documents."""
        return "document", "documenten"

    @property
    def order_name(self) -> str:
        """The order as the address has it."""
        return self.sort

    def options(self) -> Iterable[tuple[str, str, str]]:
        """Yield order, page, size of a page, and whether partial matches are listed."""
        yield "sorteer", self.sort, "relevantie"
        yield "pagina", str(self.page), "1"
        yield "limit", str(self.limit), str(PAGE_SIZE)
        yield "deels", "ja" if self.partial else "nee", "ja"

    def query(self, settings: SearchSettings) -> Query:
        """Return the question to ask. Raises `QueryError` or `UsageError` when it may not be asked."""
        return parse(
            self.text,
            self.filters,
            sort=self.sort,
            offset=(self.page - 1) * self.limit,
            limit=self.limit,
            partial=self.partial,
            literal=self.literal,
            settings=settings,
        )

    def with_partial(self, partial: bool) -> Search:
        """Return this search with or without documents that lack some of the words."""
        return replace(self, partial=partial, page=1)


@dataclass(frozen=True, slots=True)
class RegisterSearch(Listing):
    """A search for recommendations or for findings."""

    limit: int = REGISTER_PAGE_SIZE
    sort: StatementSort = "aanbeveling"
    order: Order = "datum"
    proposals: bool = False
    """List what is too uncertain to count instead of what counts."""
    as_of: str | None = None
    """Date until when what is said counts for the standing."""

    @property
    def path(self) -> str:
        """The whole list."""
        return REGISTER_PATHS[self.sort]

    @property
    def facets(self) -> tuple[str, ...]:
        """What the statements carry, and their document."""
        return register.filters_of(self.sort)

    @property
    def nouns(self) -> tuple[str, str]:
        """Recommendations, findings, or proposals of either."""
        if self.proposals:
            return "voorstel", "voorstellen"
        return self.sort, REGISTER_PATHS[self.sort][1:]

    @property
    def order_name(self) -> str:
        """The order as the address has it."""
        return self.order

    def options(self) -> Iterable[tuple[str, str, str]]:
        """Yield order, whether proposals are meant, and page."""
        yield "sorteer", self.order, "datum"
        yield "voorstellen", "ja" if self.proposals else "nee", "nee"
        yield AS_OF, self.as_of or "", ""
        yield "pagina", str(self.page), "1"

    def query(self, settings: SearchSettings) -> RegisterQuery:
        """Return the question to ask. Raises `QueryError` when it may not be asked."""
        query = parse(self.text, self.filters, literal=self.literal, settings=settings)
        return RegisterQuery(
            query, self.order, self.proposals, (self.page - 1) * self.limit, self.limit, as_of=self.as_of
        )

    def taken_as(self, file_format: str) -> str:
        """Return the address of the whole list in a format of `FORMATS`."""
        pairs = [*self.pairs("pagina"), ("formaat", file_format)]
        return self.path + "?" + urlencode(pairs)


def _changed(held: Mapping[str, tuple[str, ...]], facet: str, values: Sequence[str]) -> dict[str, tuple[str, ...]]:
    others = {name: kept for name, kept in held.items() if name != facet}
    return {**others, facet: tuple(values)} if values else others


def is_search(args: MultiDict[str, str]) -> bool:
    """Tell whether an address asks something; without any parameter of ours it is the start page."""
    return any(name in args for name in PARAMETERS)


def read(args: MultiDict[str, str], snapshot: Snapshot, settings: SearchSettings) -> Search:
    """Read an address. Filters written in the question move to the filters, so that each can be taken away by itself.

    Raises `UsageError` for a value that does not exist or is out of range.
    """
    given = read_filters(_values(args, FILTER_FACETS), snapshot.taxonomy)
    text, filters = _without_fields(_one(args, "q"), given, snapshot, settings)
    limit = _whole(args, "limit", PAGE_SIZE, settings.max_page_size)
    return Search(
        text=text,
        filters=filters,
        sort=_choice(args, "sorteer", SORTS),
        page=_whole(args, "pagina", 1, settings.max_offset // limit + 1),
        limit=limit,
        partial=_yes_or_no(args, "deels", usual=True),
        literal=named_in(text, args.getlist(LITERAL)),
    )


def read_register(
    sort: StatementSort, args: MultiDict[str, str], snapshot: Snapshot, settings: SearchSettings
) -> RegisterSearch:
    """Read the address of a list of recommendations or findings. Raises `UsageError`, as `read` does."""
    given = register.read(sort, _values(args, register.filters_of(sort)), snapshot.taxonomy)
    text, filters = _without_fields(_one(args, "q"), given, snapshot, settings)
    for name in (*filters.chosen.get("document", ()), *filters.excluded.get("document", ())):
        try:
            snapshot.row(name)
        except NotFound as error:
            raise UsageError(f"document: '{name[:40]}' is niet bekend in deze verzameling") from error
    return RegisterSearch(
        text=text,
        filters=filters,
        page=_whole(args, "pagina", 1, settings.max_offset // REGISTER_PAGE_SIZE + 1),
        sort=sort,
        order=_choice(args, "sorteer", ORDERS),
        proposals=_yes_or_no(args, "voorstellen", usual=False),
        as_of=read_as_of(args) if sort == "aanbeveling" else None,
        literal=named_in(text, args.getlist(LITERAL)),
    )


def read_as_of(args: MultiDict[str, str]) -> str | None:
    """Return the date for which the standing is asked. Raises `UsageError`."""
    return read_date(AS_OF, args.getlist(AS_OF))


def named_in(text: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names that stand in a question; about others there is nothing to say any more."""
    asked = _as_words(text)
    known = {_as_words(name): name.strip() for name in names}
    return tuple(name for words, name in known.items() if words.strip() and words in asked)


def _as_words(text: str) -> str:
    return f" {' '.join(dutch.fold(place.of(text)) for place in dutch.words(text))} "


def question_in(args: MultiDict[str, str]) -> str:
    """Return the question as it stands in an address."""
    return _one(args, "q")


def wants_json(args: MultiDict[str, str]) -> bool:
    """Tell whether a script asks. Raises `UsageError`."""
    return _choice(args, "formaat", ("html", "json")) == "json"


def read_format(args: MultiDict[str, str]) -> str | None:
    """Return the format that a whole list is asked in; None for a page to look at. Raises `UsageError`."""
    return _choice(args, "formaat", FORMATS) if _one(args, "formaat") else None


def _values(args: MultiDict[str, str], facets: Iterable[str]) -> dict[str, list[str]]:
    values = {name: [value for value in args.getlist(name) if value] for name in (*facets, *DATES)}
    if sum(map(len, values.values())) > MAX_FILTERS:
        raise UsageError(f"meer dan {MAX_FILTERS} filters tegelijk kan niet; kies er minder")
    return values


def _one(args: MultiDict[str, str], name: str) -> str:
    """Return the last value of a parameter that means one thing."""
    return (args.getlist(name) or [""])[-1].strip()


def _whole(args: MultiDict[str, str], name: str, usual: int, most: int) -> int:
    raw = _one(args, name)
    if not raw:
        return usual
    value = int(raw) if re.fullmatch(r"[0-9]{1,6}", raw) else 0
    if not 1 <= value <= most:
        raise UsageError(f"{name}: '{raw[:20]}' kan niet; kies een getal van 1 tot en met {most}")
    return value


def _choice(args: MultiDict[str, str], name: str, known: Sequence[Known]) -> Known:
    """Return one of the values that a parameter can have; without any, the first."""
    raw = _one(args, name)
    for value in known:
        if value == (raw or known[0]):
            return value
    raise UsageError(f"{name}: '{raw[:20]}' bestaat niet; kies uit {', '.join(known)}")


def _yes_or_no(args: MultiDict[str, str], name: str, *, usual: bool) -> bool:
    raw = _one(args, name)
    if raw not in ("", "ja", "nee"):
        raise UsageError(f"{name}: '{raw[:20]}' kan niet; kies ja of nee")
    return usual if not raw else raw == "ja"


def _without_fields(text: str, filters: Filters, snapshot: Snapshot, settings: SearchSettings) -> tuple[str, Filters]:
    """Move ``keten:asiel`` and the like from the question to the filters."""
    query = parse(text, filters, taxonomy=snapshot.taxonomy, settings=settings)
    if query.filters == filters:
        return query.text, filters

    def kept(match: re.Match[str]) -> str:
        alone = parse(match[0], taxonomy=snapshot.taxonomy, settings=settings)
        return "" if alone.filters else match[0]

    text = _QUOTED_FIELD.sub(kept, query.text)
    parts = _QUOTED.split(text)  # every other part is a quotation, which is never a filter
    left = "".join(part if index % 2 else _FIELD_IN_TEXT.sub(kept, part) for index, part in enumerate(parts))
    return " ".join(_EMPTY_BRACKETS.sub("", left).split()), query.filters
