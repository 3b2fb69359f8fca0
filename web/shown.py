"""From text out of documents to safe markup: everything escaped, marks added by us, nothing that reorders or hides.

Cleaning happens after cutting at offsets, so no mark or anchor ever shifts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from kennisbank.model import Span
from kennisbank.results import Fragment

_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # control characters, tab and line end excepted
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"  # directions, separators, annotations
    "\ud800-\udfff\U000e0000-\U000e007f]"  # half a character (cannot be sent), tags
)


def cleaned(value: object) -> object:
    """Drop from a text what changes how other text is shown; anything else is returned as it is.

    Installed as Jinja's `finalize`, so it holds for every value in every template.
    """
    if isinstance(value, str) and not isinstance(value, Markup):
        return _INVISIBLE.sub("", value)
    return value


def plain(text: str) -> Markup:
    """Return a text as markup that shows exactly that text."""
    return escape(_INVISIBLE.sub("", text))


def highlighted(text: str, marks: Iterable[Span]) -> Markup:
    """Return a text with marks around spans of it, which are in order and do not overlap."""
    pieces: list[Markup] = []
    at = 0
    for mark in marks:
        pieces += [plain(text[at : mark.start]), Markup("<mark>{}</mark>").format(plain(mark.of(text)))]
        at = mark.end
    return Markup("").join([*pieces, plain(text[at:])])


def quote(fragment: Fragment) -> Markup:
    """Return a fragment with its marks, and dots where the passage goes on."""
    before = "… " if fragment.span.start > fragment.passage_span.start else ""
    after = " …" if fragment.span.end < fragment.passage_span.end else ""
    return Markup("{}{}{}").format(before, highlighted(fragment.text, fragment.marks), after)
