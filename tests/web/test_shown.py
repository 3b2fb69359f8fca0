"""Text from documents is shown as it is, and does nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from kennisbank.model import Span
from web.shown import cleaned, highlighted, plain


@given(st.text(max_size=60), st.lists(st.integers(0, 60), max_size=6, unique=True))
def test_marks_stay_on_their_words_whatever_the_text(text: str, cuts: list[int]) -> None:
    edges = sorted(cut for cut in cuts if cut <= len(text))
    marks = [Span(*pair) for pair in zip(edges[::2], edges[1::2], strict=False)]
    shown = str(highlighted(text, marks))
    assert shown.split("<mark>")[0] == str(plain(text[: marks[0].start] if marks else text))
    inside = [piece.split("</mark>")[0] for piece in shown.split("<mark>")[1:]]
    assert inside == [str(plain(mark.of(text))) for mark in marks]
    shown.encode("utf-8")  # also half characters can be sent


def test_markup_in_a_text_is_escaped() -> None:
    assert highlighted("<b>&amp;</b> raak", [Span(13, 17)]) == Markup("&lt;b&gt;&amp;amp;&lt;/b&gt; <mark>raak</mark>")


def test_what_reorders_or_hides_text_is_dropped_and_layout_stays() -> None:
    assert cleaned("a\u202eb\u2066c\x00d\x1be\u200bf\ud800g\th\n\u00ad") == "abcdefg\th\n\u00ad"


def test_markup_and_other_values_are_left_alone() -> None:
    assert cleaned(7) == 7
    assert isinstance(cleaned(Markup("<b>\u202e</b>")), Markup)
