import time
from pathlib import Path

import pytest

from corpus.plain import decoded, read_plain
from corpus.raw import Candidate, RawDocument
from kennisbank.settings import Limits

SEED = Path(__file__).parents[2] / ".." / "shared" / "seed" / "werkprogramma-2024.txt"


def read(text: str | bytes, name: str = "tekst.txt") -> RawDocument:
    return read_plain(Candidate(text.encode() if isinstance(text, str) else text, name, Limits()))


def shape(raw: RawDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in raw.blocks]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "windows-1252"])
def test_encodings(encoding: str) -> None:
    assert decoded("Eén “zorg” – ketén\r\n".encode(encoding)) == "Eén “zorg” – ketén\n"


def test_headings_are_found_against_the_contents_list() -> None:
    raw = read(
        "Verslag\n\nInhoudsopgave\n\nVoorwoord\t2\n1 Toezicht ........ 4\n1.1 Focus . . . . 5\nLerend vermogen\t6\n"
        "Bijlagen\t9\n\nVoorwoord\n\nEerste alinea.\n\n1 Toezicht\n\n1.1 Focus\n\nTweede.\n\n"
        "Lerend vermogen\n\nDerde.\n\n"
        "Niet aangekondigd\n\nVierde.\n\nBijlagen\n\nVijfde."
    )
    assert shape(raw) == [
        ("paragraph", 0, "Verslag"),
        ("heading", 1, "Voorwoord"),
        ("paragraph", 0, "Eerste alinea."),
        ("heading", 1, "1 Toezicht"),
        ("heading", 2, "1.1 Focus"),
        ("paragraph", 0, "Tweede."),
        ("heading", 3, "Lerend vermogen"),
        ("paragraph", 0, "Derde."),
        ("paragraph", 0, "Niet aangekondigd"),
        ("paragraph", 0, "Vierde."),
        ("heading", 1, "Bijlagen"),
        ("paragraph", 0, "Vijfde."),
    ]


def test_numbered_lines_are_headings_but_a_numbered_list_is_not() -> None:
    raw = read("1. Inleiding\n\nTekst.\n\n2.1 Aanpak\n\nTekst.\n\n1. Zorg voor tijd\n\n2. Borg de kennis\n\nSlot.")
    assert shape(raw) == [
        ("heading", 1, "1. Inleiding"),
        ("paragraph", 0, "Tekst."),
        ("heading", 2, "2.1 Aanpak"),
        ("paragraph", 0, "Tekst."),
        ("item", 0, "1. Zorg voor tijd"),
        ("item", 0, "2. Borg de kennis"),
        ("paragraph", 0, "Slot."),
    ]


def test_notes_are_taken_out_and_their_marks_dropped() -> None:
    raw = read("In 2022¹ bleek de keten² kwetsbaar; 40 m² is weinig.³\n\n¹ Jaarbericht 2022.\n² Zie bijlage.\n³ Norm.")
    assert shape(raw) == [
        ("paragraph", 0, "In 2022 bleek de keten kwetsbaar; 40 m² is weinig."),
        ("note", 0, "1 Jaarbericht 2022."),
        ("note", 0, "2 Zie bijlage."),
        ("note", 0, "3 Norm."),
    ]


def test_paragraphs_cut_by_a_page_end_are_mended_past_the_notes() -> None:
    raw = read(
        "De Inspectie gaat het\n\n¹ Een noot.\n\ngesprek aan met beleid.\n\nZo ook (zie het rapport."
        "\n\nVan 2022) dit.\n\n"
        "Samen met de Inspectie van\n\nHet Onderwijs.\n\nHet is klaar.\n\nNieuwe alinea."
    )
    assert shape(raw) == [
        ("paragraph", 0, "De Inspectie gaat het gesprek aan met beleid."),
        ("note", 0, "1 Een noot."),
        ("paragraph", 0, "Zo ook (zie het rapport. Van 2022) dit."),
        ("paragraph", 0, "Samen met de Inspectie van Het Onderwijs."),
        ("paragraph", 0, "Het is klaar."),
        ("paragraph", 0, "Nieuwe alinea."),
    ]


def test_form_feeds_are_pages_and_only_they() -> None:
    raw = read("Eerste zin loopt\n\fdoor op twee.\n\nLaatste.\n\f")
    assert raw.page_labels == (None, None)
    assert [(part.text, part.page) for block in raw.blocks for part in block.parts] == [
        ("Eerste zin loopt", 1),
        ("door op twee.", 2),
        ("Laatste.", 2),
    ]
    assert len(raw.blocks) == 2
    assert read("Eerste.\n\nTweede.").page_labels == ()
    assert read("Eerste.\n\nTweede.").blocks[0].parts[0].page is None


def test_markdown() -> None:
    raw = read(
        "---\ntitle: Koffer\npublishers:\n  - Inspectie X\n  - Inspectie Y\ndate: 2022-10-13\nlook: brief\n"
        "---\n\n# Samenvatting\nEen *nadruk*, "
        "een [link](https://x.nl/a_(b)) en ![beeld](y.png) `code`.[^1]\n\n- een\n  loopt door\n  - binnen\n1) twee\n\n"
        "| a | b |\n|---|:-:|\n| 1 | **2** |\n\nZet kop\n---\n\n[^1]: De noot.\n\n***\n\n"
        "> Geciteerd\n> verder.\n>\n> Apart\n",
        "tekst.md",
    )
    assert shape(raw) == [
        ("heading", 1, "Samenvatting"),
        ("paragraph", 0, "Een nadruk, een link en code."),
        ("item", 0, "• een loopt door"),
        ("item", 1, "• binnen"),
        ("item", 0, "1) twee"),
        ("table", 0, "a\tb\n1\t2"),
        ("heading", 2, "Zet kop"),
        ("note", 0, "1 De noot."),
        ("paragraph", 0, "Geciteerd verder."),
        ("paragraph", 0, "Apart"),
    ]
    assert {field: (hint.value, hint.found) for field, hint in raw.hints.items()} == {
        "title": ("Koffer", "tekst"),
        "publisher": ("Inspectie X | Inspectie Y", "tekst"),
        "date": ("2022-10-13", "tekst"),
    }


@pytest.mark.parametrize(
    "unit", ["[", "*a ", "(", "_", "1.1.", ". . ", "a\t", "# ", "|-", "¹", "\\", "**", "![a](", "---\n", "> "]
)
def test_hostile_text_takes_linear_time(unit: str) -> None:
    started = time.perf_counter()
    read(unit * (200_000 // len(unit)), "tekst.md")
    assert time.perf_counter() - started < 5


def test_blank_text_gives_no_blocks() -> None:
    assert read(" \n\n\t\n").blocks == ()


def test_the_work_programme_gives_all_headings_of_its_contents_list() -> None:
    if not SEED.exists():
        pytest.skip("het werkprogramma 2024 ligt niet naast deze map")
    raw = read_plain(Candidate(SEED.read_bytes(), SEED.name, Limits()))
    announced = [line.rsplit("\t", 1)[0] for line in SEED.read_text("utf-8").splitlines() if line.count("\t") == 1]
    headings = [block.text for block in raw.blocks if block.kind == "heading"]
    assert len(announced) == 18
    assert [title for title in announced if title not in headings] == []
    cut = [block.text for block in raw.blocks if block.kind == "paragraph" and block.text[0].islower()]
    assert cut == []
    assert not any("¹" in block.text or "](" in block.text for block in raw.blocks)
