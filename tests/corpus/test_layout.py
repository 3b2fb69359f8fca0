"""Lines to blocks, on lines made by hand: an A4 page, text of 10 points on a leading of 14."""

from collections.abc import Sequence

from corpus.furniture import title_of, without_running_lines
from corpus.layout import blocks_of
from corpus.lines import Announced, Line, PageLines, width

HEIGHT = 842.0
LOREM = (
    "De Inspectie onderzocht in het voorjaar hoe de inrichting",
    "omgaat met meldingen van geweld en wie daarvan op de",
    "hoogte wordt gesteld wanneer een gedetineerde vertrekt.",
)


def line(text: str, depth: float, *, page: int = 1, left: float = 70.0, size: float = 10.0, **looks: object) -> Line:
    stops = tuple(left + 120 * at for at in range(text.count("\t") + 1))
    right = stops[-1] + width(text.split("\t")[-1], size)
    return Line(page, text, left, right, depth, size, stops=stops, **looks)  # type: ignore[arg-type]


def running(texts: Sequence[str], depth: float = 200.0, **looks: object) -> list[Line]:
    return [line(text, depth + 14 * at, **looks) for at, text in enumerate(texts)]  # type: ignore[arg-type]


def page(*lines: Line, number: int = 1) -> PageLines:
    return PageLines(number, HEIGHT, lines)


def found(*pages: PageLines, announced: Sequence[Announced] = ()) -> list[tuple[str, str]]:
    return [(block.kind, block.text) for block in blocks_of(pages, announced)]


def test_lines_at_the_usual_distance_are_one_paragraph() -> None:
    second = running(["Een tweede alinea staat verder", "naar beneden en is kort."], 270)
    assert found(page(*running(LOREM), *second)) == [
        ("paragraph", " ".join(LOREM)),
        ("paragraph", "Een tweede alinea staat verder naar beneden en is kort."),
    ]


def test_a_short_line_ends_a_paragraph_without_white_space() -> None:
    lines = running([*LOREM, "Dat is alles.", *LOREM])
    assert [text for _, text in found(page(*lines))] == [f"{' '.join(LOREM)} Dat is alles.", " ".join(LOREM)]


def test_headings_by_size_weight_and_number_get_their_level() -> None:
    lines = [
        line("1 Inleiding", 100, size=18),
        *running(LOREM, 130),
        line("1.1 Aanleiding", 190, size=13),
        *running(LOREM, 215),
        line("Werkwijze", 275, bold=True),
        *running(LOREM, 295),
        line("Samenvatting", 400, size=18),
        *running(LOREM, 430),
    ]
    levels = [(block.text, block.level) for block in blocks_of([page(*lines)], []) if block.kind == "heading"]
    assert levels == [("1 Inleiding", 1), ("1.1 Aanleiding", 2), ("Werkwijze", 3), ("Samenvatting", 1)]


def test_a_heading_of_two_lines_and_a_number_by_itself_are_one_heading() -> None:
    lines = [line("3", 80, size=20), line("Toezicht op de", 110, size=20), line("keten als geheel", 134, size=20)]
    assert found(page(*lines, *running(LOREM)))[0] == ("heading", "3 Toezicht op de keten als geheel")


def test_letterhead_labels_table_heads_and_bold_paragraphs_are_no_headings() -> None:
    bold = [f"{text} zonder meer." for text in LOREM]
    lines = [
        line("Datum", 90, bold=True),
        line("9 maart 2017", 104),
        line("Jaar\tAantal", 140, bold=True),
        *running(bold, 160, bold=True),
        *running(LOREM, 300),
        *running(LOREM, 400),
        *running(LOREM, 500),
    ]
    assert "heading" not in {kind for kind, _ in found(page(*lines))}


def test_the_outline_names_headings_that_look_like_text() -> None:
    announced = [Announced("Doel", 2, 1), Announced("Aanpak", 2, 1), Announced("Elders", 1, 9)]
    lines = [
        line("2.1 Doel", 100),
        *running(LOREM, 120),
        line("Aanpak", 190),
        line("Elders", 230),
        *running(LOREM, 260),
    ]
    blocks = blocks_of([page(*lines)], announced)
    assert [(b.text, b.level) for b in blocks if b.kind == "heading"] == [("2.1 Doel", 2), ("Aanpak", 2)]


def test_list_items_keep_their_marker_and_nest_by_indent() -> None:
    lines = [
        line("De Inspectie beveelt aan:", 100),
        line("1. Leg vast wie de melding", 114, left=80),
        line("ontvangt en wanneer.", 128, left=95),
        line("\uf0b7 ook in het weekend", 142, left=95),
        line("o en bij ziekte", 156, left=110),
        line("2. Evalueer dit jaarlijks.", 170, left=80),
    ]
    blocks = blocks_of([page(*lines)], [])
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        ("paragraph", 0, "De Inspectie beveelt aan:"),
        ("item", 0, "1. Leg vast wie de melding ontvangt en wanneer."),
        ("item", 1, "• ook in het weekend"),
        ("item", 2, "• en bij ziekte"),
        ("item", 0, "2. Evalueer dit jaarlijks."),
    ]


def test_a_dash_at_the_begin_of_a_line_of_running_text_is_no_item() -> None:
    lines = running(["De Inspectie onderzocht de gehele keten van begin tot einde", "– ook de randen – en vond niets."])
    assert [kind for kind, _ in found(page(*lines, *running(LOREM, 300)))] == ["paragraph", "paragraph"]


def test_a_paragraph_goes_on_over_a_page_break_and_its_note_stands_behind_it() -> None:
    first = page(
        *running([*LOREM[:2], "hoogte wordt ge-"], 700),
        line("1 Zie het toetsingskader van", 760, size=8, marked=True),
        line("de Inspectie.", 770, size=8),
    )
    second = page(*running(["steld. Daarna volgt", "de rest van de zin."], 90, page=2), number=2)
    paragraph, note = blocks_of([first, second], [])
    assert (note.kind, note.text) == ("note", "1 Zie het toetsingskader van de Inspectie.")
    assert [(part.page, part.text) for part in paragraph.parts] == [
        (1, f"{LOREM[0]} {LOREM[1]} hoogte wordt gesteld."),
        (2, "Daarna volgt de rest van de zin."),
    ]


def test_a_note_goes_on_below_the_next_page() -> None:
    first = page(*running(LOREM), line("1 Deze noot is te lang voor", 770, size=8))
    second = page(*running(LOREM, page=2), line("een enkele pagina.", 770, page=2, size=8), number=2)
    notes = [block for block in blocks_of([first, second], []) if block.kind == "note"]
    assert [[part.page for part in note.parts] for note in notes] == [[1, 2]]


def test_a_note_number_glued_to_a_word_comes_off() -> None:
    lines = running(["De norm geldt ook hier.1 In 2021 waren", "er 1 of 2 gevallen."])
    texts = [text for kind, text in found(page(*lines, line("1 Zie bijlage.", 770, size=8))) if kind == "paragraph"]
    assert texts == ["De norm geldt ook hier. In 2021 waren er 1 of 2 gevallen."]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = running([*LOREM[:2], "hoogte wordt gesteld"], 700)
    right = running(["zodra dat kan.", "Zo is het bedoeld."], 100, left=330.0)
    assert found(page(*left, *right))[0] == (
        "paragraph",
        f"{LOREM[0]} {LOREM[1]} hoogte wordt gesteld zodra dat kan. Zo is het bedoeld.",
    )


def test_rows_with_cells_below_each_other_are_a_table() -> None:
    by_line = [line("Jaar\tAantal", 300), line("2021\t14", 314), line("2022\t9", 328)]
    assert found(page(*running(LOREM), *by_line))[1] == ("table", "Jaar\tAantal\n2021\t14\n2022\t9")


def test_rows_drawn_cell_by_cell_are_a_table() -> None:
    cells = [
        line("Voorziening", 300),
        line("Collectie in", 300, left=200),
        line("eigen beheer", 314, left=200),
        line("Netwerk", 330),
        line("Drie bijeenkomsten", 330, left=200),
        line("gehouden", 344, left=200),
    ]
    table = "Voorziening\tCollectie in eigen beheer\nNetwerk\tDrie bijeenkomsten gehouden"
    assert found(page(*running(LOREM), *cells))[1] == ("table", table)


def test_the_contents_list_goes_and_its_titles_find_headings() -> None:
    contents = page(
        line("Inhoudsopgave", 100, size=16),
        line("1\tInleiding\t3", 130),
        line("2 Bevindingen over de keten", 144),
        line("en de ketenpartners ..... 4", 158),
        line("3 Slot\t12", 172),
    )
    text = page(line("Slot", 100, page=2), *running(LOREM, 130, page=2), number=2)
    assert found(contents, text) == [("heading", "Slot"), ("paragraph", " ".join(LOREM))]


def furnished(count: int) -> list[PageLines]:
    """Pages with a running head, feet with the page number at the end and inside, and text that differs in a number."""
    return [
        page(
            line("Inspectie Justitie en Veiligheid", 40, page=number, size=8),
            *running([f"{text} {number}" for text in LOREM], page=number),
            line(f"Rapport 2024\t{number}", 800, page=number, size=8),
            line(f"Pagina {number} van {count} | concept", 812, page=number, size=8),
            number=number,
        )
        for number in range(1, count + 1)
    ]


def test_running_heads_and_feet_go_and_text_that_repeats_stays() -> None:
    for kept in without_running_lines(furnished(5)):
        assert [entry.text for entry in kept.lines] == [f"{text} {kept.number}" for text in LOREM]


def test_a_letterhead_repeated_in_the_margin_goes() -> None:
    pages = [
        page(
            line("Ons kenmerk 2017-0309", 180, page=number, left=440, size=7),
            *running([f"{text} {number}" for text in LOREM], page=number),
            number=number,
        )
        for number in range(1, 6)
    ]
    assert all(len(kept.lines) == 3 for kept in without_running_lines(pages))


def test_large_headings_that_differ_in_their_number_stay() -> None:
    pages = [
        page(line(f"Bijlage {number}", 60, page=number, size=18), *running(LOREM, page=number), number=number)
        for number in range(1, 4)
    ]
    first = [kept.lines[0].text for kept in without_running_lines(pages)]
    assert first == ["Bijlage 1", "Bijlage 2", "Bijlage 3"]


def test_the_title_is_the_largest_text_of_the_first_pages() -> None:
    cover = page(
        line("Inspectie Justitie en Veiligheid", 60, size=30),
        line("Wisseling van", 300, size=26),
        line("de wacht", 330, size=26),
        line("Een onderzoek", 370, size=14),
    )
    text = page(*running(LOREM, page=2), number=2)
    assert title_of([cover, text]) == "Wisseling van de wacht"
    assert title_of([text]) is None


def test_a_page_count_beside_another_number_does_not_hide_a_running_head() -> None:
    pages = [
        page(
            line(f"Toegankelijkheid van de app op WCAG 2.1 {number}/40", 30, page=number, size=8),
            *running([f"{text} {number}" for text in LOREM], page=number),
            number=number,
        )
        for number in range(1, 6)
    ]
    assert all(len(kept.lines) == 3 for kept in without_running_lines(pages))


def test_a_text_that_begins_below_a_contents_list_is_not_taken_for_more_of_it() -> None:
    contents = page(
        line("Inhoud", 80), *running(["Samenvatting .... 3", "1 Inleiding .... 4", "2 Slot .... 6"]), number=2
    )
    text = page(
        line("Samenvatting", 80, page=3, size=16, bold=True),
        *running(["De inspectie ging na wat de stand was van 34", "vragen die eerder zijn gesteld."], page=3),
        number=3,
    )
    assert found(contents, text) == [
        ("heading", "Samenvatting"),
        ("paragraph", "De inspectie ging na wat de stand was van 34 vragen die eerder zijn gesteld."),
    ]
