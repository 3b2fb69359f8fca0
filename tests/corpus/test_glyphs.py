"""Private signs become the letters that make words of them."""

from __future__ import annotations

from corpus.glyphs import repaired, votes
from corpus.lines import Line, PageLines


def lines(*texts: str) -> PageLines:
    return PageLines(1, 800.0, tuple(Line(1, text, 50.0, 500.0, 20.0 * at, 10.0) for at, text in enumerate(texts)))


def test_each_sign_stands_for_the_letters_that_make_words() -> None:
    assert votes(["a\ue01espraak", "\ue02fnancieel", "\ue02flm", "so\ue01etware"]) == {"\ue01e": "f", "\ue02f": "fi"}


def test_lines_are_repaired() -> None:
    page = lines("De \ue02fnanciële \ue02fles", "een pro\ue02fel van \ue02fetsers", "\ue02fnanciën")
    assert [line.text for line in repaired([page])[0].lines] == [
        "De financiële files",
        "een profiel van fietsers",
        "financiën",
    ]


def test_a_bullet_in_a_symbol_font_stays() -> None:
    page = lines("\uf0b7 eerste punt", "\uf0b7 tweede punt", "Rapport\uf0b7")
    assert [line.text for line in repaired([page])[0].lines][:2] == ["\uf0b7 eerste punt", "\uf0b7 tweede punt"]


def test_signs_that_make_no_words_stay() -> None:
    assert votes(["qz\ue001xw", "wq\ue001zz"]) == {}
    assert votes(["gewone regels"]) == {}
