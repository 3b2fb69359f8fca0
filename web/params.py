"""Query string <-> question: an address is the whole state, and every link is this state with one thing changed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from kennisbank.errors import UsageError
from kennisbank.library import Snapshot
from kennisbank.query import SORTS, Filters, Query, Sort, parse, read_filters
from kennisbank.settings import SearchSettings
from kennisbank.syntax import FILTER_FACETS

PAGE_SIZE = 10
"""Documents per page of results."""
MAX_FILTERS = 50
"""Filter values in one address; each is repeated in every link on the page."""
DATES = ("van", "tot")
PARAMETERS = ("q", *FILTER_FACETS, *DATES, "sorteer", "pagina", "limit", "deels")

_FIELD_IN_TEXT = re.compile(r"(?:(?<!\S)(?:NIET|NOT)\s+)?(?<![^\s(|])[+\-]?[a-z]+:[^\s()\"“”„«»|]+")
_QUOTED = re.compile(r"([\"“”„«»][^\"“”„«»]*[\"“”„«»]?)")


@dataclass(frozen=True, slots=True)
class Search:
    """A question with its filters, order and page, as the address has it."""

    text: str = ""
    filters: Filters = field(default_factory=Filters)
    sort: Sort = "relevantie"
    page: int = 1
    limit: int = PAGE_SIZE
    partial: bool = True

    @property
    def address(self) -> str:
        """The address of this search, always written the same way."""
        pairs = self.pairs()
        return "/?" + urlencode(pairs or [("q", "")])

    def pairs(self, *without: str) -> list[tuple[str, str]]:
        """Return the parameters, less some by name; what is not given is as usual. Serves links and hidden fields."""
        filters = self.filters
        found = [("q", self.text)] if self.text else []
        for facet in FILTER_FACETS:
            found += [(facet, value) for value in filters.chosen.get(facet, ())]
            found += [(facet, f"-{value}") for value in filters.excluded.get(facet, ())]
        found += [
            (name, value) for name, value in zip(DATES, (filters.date_from, filters.date_until), strict=True) if value
        ]
        for name, value, usual in (
            ("sorteer", self.sort, "relevantie"),
            ("pagina", self.page, 1),
            ("limit", self.limit, PAGE_SIZE),
            ("deels", "ja" if self.partial else "nee", "ja"),
        ):
            found += [(name, str(value))] if value != usual else []
        return [(name, value) for name, value in found if name not in without]

    def query(self, settings: SearchSettings) -> Query:
        """Return the question to ask. Raises `QueryError` or `UsageError` when it may not be asked."""
        return parse(
            self.text,
            self.filters,
            sort=self.sort,
            offset=(self.page - 1) * self.limit,
            limit=self.limit,
            partial=self.partial,
            settings=settings,
        )

    def on_page(self, page: int) -> Search:
        """Return this search on another page."""
        return replace(self, page=page)

    def sorted_by(self, sort: Sort) -> Search:
        """Return this search in another order."""
        return replace(self, sort=sort, page=1)

    def with_partial(self, partial: bool) -> Search:
        """Return this search with or without documents that lack some of the words."""
        return replace(self, partial=partial, page=1)

    def adding(self, facet: str, value: str) -> Search:
        """Return this search with one more value to choose from."""
        values = (*self.filters.chosen.get(facet, ()), value)
        return self.removing(facet, value)._choosing(facet, tuple(dict.fromkeys(values)))

    def only(self, facet: str, value: str) -> Search:
        """Return this search with this value as the facet's only choice."""
        return self.removing(facet, value)._choosing(facet, (value,))

    def excluding(self, facet: str, value: str) -> Search:
        """Return this search without the documents that carry this value."""
        less = self.removing(facet, value)
        values = (*less.filters.excluded.get(facet, ()), value)
        return less._with(excluded=_changed(less.filters.excluded, facet, values))

    def removing(self, facet: str, value: str) -> Search:
        """Return this search without this value, chosen or excluded."""
        chosen, excluded = (
            _changed(held, facet, [kept for kept in held.get(facet, ()) if kept != value])
            for held in (self.filters.chosen, self.filters.excluded)
        )
        return self._with(chosen=chosen, excluded=excluded)

    def without_date(self, name: str) -> Search:
        """Return this search without ``van`` or ``tot``."""
        return self._with(date_from=None) if name == "van" else self._with(date_until=None)

    def without_filters(self) -> Search:
        """Return the bare question."""
        return replace(self, filters=Filters(), page=1)

    def _choosing(self, facet: str, values: Sequence[str]) -> Search:
        return self._with(chosen=_changed(self.filters.chosen, facet, values))

    def _with(self, **changes: object) -> Search:
        return replace(self, filters=replace(self.filters, **changes), page=1)  # type: ignore[arg-type]


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
    values = {name: [value for value in args.getlist(name) if value] for name in (*FILTER_FACETS, *DATES)}
    if sum(map(len, values.values())) > MAX_FILTERS:
        raise UsageError(f"meer dan {MAX_FILTERS} filters tegelijk kan niet; kies er minder")
    text, filters = _without_fields(_one(args, "q"), read_filters(values, snapshot.taxonomy), snapshot, settings)
    limit = _whole(args, "limit", PAGE_SIZE, settings.max_page_size)
    return Search(
        text=text,
        filters=filters,
        sort=_sort(_one(args, "sorteer") or "relevantie"),
        page=_whole(args, "pagina", 1, settings.max_offset // limit + 1),
        limit=limit,
        partial=_yes_or_no(args, "deels", usual=True),
    )


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


def _sort(raw: str) -> Sort:
    for sort in SORTS:
        if sort == raw:
            return sort
    raise UsageError(f"sorteer: '{raw[:20]}' bestaat niet; kies uit {', '.join(SORTS)}")


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

    parts = _QUOTED.split(query.text)  # every other part is a quotation, which is never a filter
    left = "".join(part if index % 2 else _FIELD_IN_TEXT.sub(kept, part) for index, part in enumerate(parts))
    return " ".join(left.split()), query.filters
