"""What two texts share, to show: terms in words, and the places on both sides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from kennisbank.likeness.features import SIGN, Feature
from kennisbank.model import Span

SHOWN_TERMS = 8


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share."""

    terms: tuple[str, ...]
    """In words, the heaviest first; at most `SHOWN_TERMS`."""
    here: tuple[Span, ...]
    there: tuple[Span, ...]


def shared(
    here: Sequence[Feature],
    there: Sequence[Feature],
    text: str,
    weight_of: Callable[[str], float],
    label_of: Callable[[str], str | None] = lambda name: None,
) -> Shared:
    """Return what two texts share; `text` is that of `there`, `label_of` names a phenomenon or measure.

    Pieces of words count for likeness, but say nothing to a reader.
    """
    other: dict[str, Feature] = {}
    for feature in there:
        other.setdefault(feature.key, feature)
    keys = {feature.key for feature in here if feature.key in other and not feature.key.startswith("~")}
    heavy = sorted((key for key in keys if weight_of(key) > 0), key=lambda key: (-weight_of(key), key))
    terms = (_term(other[key], text, label_of) for key in heavy)
    shown = set(heavy)
    return Shared(
        tuple(dict.fromkeys(term for term in terms if term))[:SHOWN_TERMS],
        merged(feature.span for feature in here if feature.key in shown),
        merged(feature.span for feature in there if feature.key in shown),
    )


def _term(feature: Feature, text: str, label_of: Callable[[str], str | None]) -> str | None:
    if feature.key.startswith(SIGN):
        return label_of(feature.key.removeprefix(SIGN))
    return " ".join(feature.span.of(text).split()).lower()


def merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans in order, those that touch or overlap as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)
