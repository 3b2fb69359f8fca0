"""PDF files drawn at test time, read back."""

import io
import logging
import random
import re
import warnings
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.pdf import read_pdf
from corpus.raw import Candidate, RawDocument
from kennisbank.errors import Rejected
from kennisbank.settings import Limits

TEXT = (
    "De Inspectie onderzocht in het voorjaar hoe de inrichting omgaat met",
    "meldingen van geweld, en wie daarvan op de hoogte wordt gesteld zodra",
    "een gedetineerde naar een andere afdeling of inrichting vertrekt.",
)


def drawn(draw: Callable[[Canvas], None], **options: object) -> bytes:
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)  # type: ignore[arg-type]
    draw(canvas)
    canvas.save()
    return stream.getvalue()


def write(canvas: Canvas, x: float, y: float, text: str, size: float = 10, font: str = "Helvetica") -> None:
    canvas.setFont(font, size)
    canvas.drawString(x, y, text)


def paragraph(canvas: Canvas, y: float, x: float = 70) -> None:
    for at, text in enumerate(TEXT):
        write(canvas, x, y - 14 * at, text)


def read(data: bytes, limits: Limits | None = None) -> RawDocument:
    return read_pdf(Candidate(data, "rapport.pdf", limits or Limits()))


def texts(raw: RawDocument) -> list[tuple[str, str]]:
    assert raw.warnings == ()
    return [(block.kind, block.text) for block in raw.blocks]


def report(canvas: Canvas) -> None:
    """Three pages with head, foot, headings, a list whose bullets come last, a note and a sentence across pages."""
    canvas.setTitle("Microsoft Word - rapport def.docx")
    for number in (1, 2, 3):
        write(canvas, 70, 800, "Inspectie Justitie en Veiligheid", 8)
        write(canvas, 70, 30, f"Pagina {number} van 3", 8)
        if number == 1:
            write(canvas, 70, 760, "Veilig achter de deur", 24, "Helvetica-Bold")
        if number == 2:
            write(canvas, 70, 740, "heel zal overdragen.")
        write(canvas, 70, 700, f"{number} Hoofdstuk nummer {number}", 16, "Helvetica-Bold")
        paragraph(canvas, 670)
        if number == 1:
            write(canvas, 85, 600, "Leg vast wie een melding ontvangt.")
            write(canvas, 85, 586, "Zorg dat de medische dienst op tijd over")
            write(canvas, 85, 572, "gegevens beschikt.")
            write(canvas, 72, 586, "•")
            write(canvas, 72, 600, "•")
            write(canvas, 70, 120, "De directie van de inrichting heeft toegezegd dat zij de gegevens ge-")
            write(canvas, 70, 60, "1", 5)
            write(canvas, 75, 58, "Gesprek met de directie, maart 2019.", 7.5)
        canvas.showPage()


def test_a_report_comes_out_as_blocks_in_reading_order() -> None:
    assert texts(read(drawn(report))) == [
        ("heading", "Veilig achter de deur"),
        ("heading", "1 Hoofdstuk nummer 1"),
        ("paragraph", " ".join(TEXT)),
        ("item", "• Leg vast wie een melding ontvangt."),
        ("item", "• Zorg dat de medische dienst op tijd over gegevens beschikt."),
        (
            "paragraph",
            "De directie van de inrichting heeft toegezegd dat zij de gegevens geheel zal overdragen.",
        ),
        ("note", "1 Gesprek met de directie, maart 2019."),
        ("heading", "2 Hoofdstuk nummer 2"),
        ("paragraph", " ".join(TEXT)),
        ("heading", "3 Hoofdstuk nummer 3"),
        ("paragraph", " ".join(TEXT)),
    ]


def test_the_title_is_read_from_the_page_when_that_of_the_file_is_junk() -> None:
    hints = read(drawn(report)).hints
    assert (hints["title"].value, hints["title"].found) == ("Veilig achter de deur", "tekst")
    assert hints["file_date"].found == "bestand"
    assert len(hints["file_date"].value) == len("2024-05-16")
    assert not {"published", "publisher", "date"} & hints.keys()


def test_the_title_of_the_file_serves_when_the_text_has_none() -> None:
    def letter(canvas: Canvas) -> None:
        canvas.setTitle("Signaal over wachtlijsten")
        paragraph(canvas, 700)

    title = read(drawn(letter)).hints["title"]
    assert (title.value, title.found) == ("Signaal over wachtlijsten", "bestand")


def test_raised_note_marks_leave_the_words_and_other_small_digits_stay() -> None:
    def marked(canvas: Canvas) -> None:
        paragraph(canvas, 700)
        body = canvas.beginText(70, 640)
        for size, rise, text in (
            (10, 0, "De norm"),
            (6, 4, "12"),
            (10, 0, " geldt voor 40 m"),
            (6, 4, "2"),
            (10, 0, "."),
        ):
            body.setFont("Helvetica", size)
            body.setRise(rise)
            body.textOut(text)
        canvas.drawText(body)

    assert texts(read(drawn(marked)))[1] == ("paragraph", "De norm geldt voor 40 m².")


def test_pieces_in_other_fonts_follow_each_other_with_and_without_space() -> None:
    def mixed(canvas: Canvas) -> None:
        body = canvas.beginText(70, 640)
        for font, text in (
            ("Helvetica", "Het rapport verscheen bij de Inspectie,"),
            ("Helvetica-Oblique", "Wisseling van de wa"),
            ("Helvetica", "cht, 2019."),
        ):
            body.setFont(font, 10)
            body.textOut(text)
        canvas.drawText(body)

    expected = "Het rapport verscheen bij de Inspectie, Wisseling van de wacht, 2019."
    assert texts(read(drawn(mixed))) == [("paragraph", expected)]


def test_text_inside_nested_forms_is_read_at_its_true_place() -> None:
    def formed(canvas: Canvas) -> None:
        canvas.beginForm("binnen")
        write(canvas, 0, 0, "Aanbevelingen", 10, "Helvetica-Bold")
        canvas.endForm()
        canvas.beginForm("buiten")
        canvas.translate(0, 100)
        canvas.scale(2, 2)
        canvas.doForm("binnen")
        canvas.endForm()
        canvas.translate(70, 600)
        canvas.doForm("buiten")
        canvas.translate(-70, -600)
        paragraph(canvas, 670)

    raw = read(drawn(formed))
    assert texts(raw) == [("heading", "Aanbevelingen"), ("paragraph", " ".join(TEXT))]


def test_the_size_of_scaled_text_is_its_size_on_the_page() -> None:
    def scaled(canvas: Canvas) -> None:
        paragraph(canvas, 600)
        canvas.scale(10, 10)
        write(canvas, 7, 70, "Samenvatting", 1.8)
        canvas.scale(0.1, 0.1)

    assert ("heading", "Samenvatting") in texts(read(drawn(scaled)))


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_like_any_other(turn: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(drawn(lambda canvas: paragraph(canvas, 600)))))
    writer.pages[0].rotate(turn)
    writer.pages[0].transfer_rotation_to_content()
    stream = io.BytesIO()
    writer.write(stream)
    assert texts(read(stream.getvalue())) == [("paragraph", " ".join(TEXT))]


def test_a_tab_along_the_edge_does_not_break_the_text() -> None:
    def tabbed(canvas: Canvas) -> None:
        write(canvas, 70, 700, TEXT[0])
        canvas.saveState()
        canvas.rotate(90)
        write(canvas, 300, -560, "inhoud")
        canvas.restoreState()
        write(canvas, 70, 686, TEXT[1])

    blocks = texts(read(drawn(tabbed)))
    assert ("paragraph", f"{TEXT[0]} {TEXT[1]}") in blocks


def test_two_columns_keep_their_order_and_notes_stay_in_their_column() -> None:
    column = ("De medewerkers noemen de", "overdracht onvolledig en de", "directie herkent dat beeld in")

    def columns(canvas: Canvas) -> None:
        for at, text in enumerate(column):
            write(canvas, 60, 300 - 14 * at, text)
        write(canvas, 60, 80, "1 Gesprek van 3 mei.", 7)
        for at, text in enumerate(
            ("grote lijnen, zoals ook de", "medewerkers dat zien. Zij", "hebben daar begrip voor.")
        ):
            write(canvas, 320, 700 - 14 * at, text)
        for at in range(20):
            write(canvas, 320, 500 - 20 * at, f"Nummer {at} is een korte regel.")

    blocks = texts(read(drawn(columns)))
    assert blocks[0][1].startswith(f"{' '.join(column)} grote lijnen, zoals ook de medewerkers dat zien. Zij hebben")
    assert ("note", "1 Gesprek van 3 mei.") in blocks


def test_table_rows_keep_their_cells() -> None:
    def table(canvas: Canvas) -> None:
        paragraph(canvas, 700)
        for at, cells in enumerate((("Jaar", "Meldingen"), ("2021", "14"), ("2022", "9"))):
            for column, cell in enumerate(cells):
                write(canvas, 70 + 150 * column, 600 - 14 * at, cell)

    assert ("table", "Jaar\tMeldingen\n2021\t14\n2022\t9") in texts(read(drawn(table)))


def test_the_outline_names_a_heading_without_looks_and_its_level() -> None:
    def outlined(canvas: Canvas) -> None:
        for at, (title, level) in enumerate((("Inleiding", 0), ("Aanleiding", 1), ("Slot", 0))):
            canvas.bookmarkPage(title)
            canvas.addOutlineEntry(title, title, level)
            write(canvas, 70, 760 - 200 * at, title)
            paragraph(canvas, 730 - 200 * at)

    headings = [(block.text, block.level) for block in read(drawn(outlined)).blocks if block.kind == "heading"]
    assert headings == [("Inleiding", 1), ("Aanleiding", 2), ("Slot", 1)]


def two_pages(canvas: Canvas) -> None:
    for _ in range(2):
        paragraph(canvas, 700)
        canvas.showPage()


def rewritten(data: bytes, change: Callable[[PdfWriter], None]) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    change(writer)
    stream = io.BytesIO()
    writer.write(stream)
    return stream.getvalue()


def test_page_labels_are_there_only_when_they_differ() -> None:
    assert read(drawn(two_pages)).page_labels == (None, None)
    labelled = rewritten(drawn(two_pages), lambda writer: writer.set_page_label(0, 0, style="/r"))
    assert read(labelled).page_labels == ("i", "1")


def test_progress_is_told_after_each_page() -> None:
    told: list[None] = []
    read_pdf(Candidate(drawn(two_pages), "x.pdf", Limits(), lambda: told.append(None)))
    assert len(told) >= 2


def test_a_page_that_fails_is_a_warning_and_the_rest_is_kept() -> None:
    def spoil(writer: PdfWriter) -> None:
        broken = StreamObject()
        broken.set_data(b"no deflate")
        broken[NameObject("/Filter")] = NameObject("/NoSuchDecode")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(broken)

    raw = read(rewritten(drawn(two_pages), spoil))
    assert [block.text for block in raw.blocks] == [" ".join(TEXT)]
    assert raw.blocks[0].parts[0].page == 2
    assert len(raw.warnings) == 1
    assert raw.warnings[0].startswith("pagina 1 niet te lezen: ")


def test_a_failing_outline_costs_only_the_outline(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(reader: PdfReader) -> None:
        raise NotImplementedError("zomaar iets")

    monkeypatch.setattr(PdfReader, "outline", property(fail))
    raw = read(drawn(two_pages))
    assert raw.warnings == ("bladwijzers niet te lezen: NotImplementedError zomaar iets",)
    assert len(raw.blocks) == 2


def locked(password: str) -> bytes:
    return rewritten(drawn(two_pages), lambda writer: writer.encrypt(password, "eigenaar", algorithm="AES-256"))


def test_an_empty_password_opens_and_a_real_one_is_reported() -> None:
    assert len(read(locked("")).blocks) == 2
    with pytest.raises(Rejected, match="wachtwoord") as caught:
        read(locked("geheim"))
    assert caught.value.status == "encrypted"


@pytest.mark.parametrize("data", [b"%PDF-1.7\n", b"%PDF-1.7\nniets\n%%EOF", b"<html>geen pdf</html>"])
def test_a_file_that_cannot_be_opened_is_corrupt(data: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        read(data)
    assert caught.value.status == "corrupt"


def bomb(writer: PdfWriter) -> None:
    packed = StreamObject()
    packed.set_data(zlib.compress(b"0 " * 60_000_000))
    packed[NameObject("/Filter")] = NameObject("/FlateDecode")
    writer.pages[0][NameObject("/Contents")] = writer._add_object(packed)


@pytest.mark.parametrize(
    ("data", "limits"),
    [
        (lambda: drawn(two_pages), Limits(pages=1)),
        (lambda: drawn(two_pages), Limits(characters=100)),
        (lambda: rewritten(drawn(two_pages), bomb), Limits()),
    ],
    ids=["pages", "characters", "bomb"],
)
def test_limits_reject_the_document(data: Callable[[], bytes], limits: Limits) -> None:
    with pytest.raises(Rejected) as caught:
        read(data(), limits)
    assert caught.value.status == "limit_exceeded"


def test_a_scan_gives_no_blocks_but_its_pages() -> None:
    raw = read(drawn(lambda canvas: canvas.rect(50, 50, 400, 600, fill=1)))
    assert (raw.blocks, raw.page_labels, raw.warnings) == ((), (None,), ())


def test_the_reader_is_silent_and_leaves_logging_as_it_was(caplog: pytest.LogCaptureFixture) -> None:
    level = logging.getLogger("pypdf").level
    data = drawn(two_pages).replace(b"startxref\n", b"startxref\n9", 1)  # pypdf logs and rebuilds the table
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert len(read(data).blocks) == 2
    assert caplog.records == []
    assert logging.getLogger("pypdf").level == level


def test_no_damage_makes_the_reader_raise_anything_but_rejected() -> None:
    whole = drawn(report)
    chance, statuses = random.Random(7), set()
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.randint(1, 30)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            read(bytes(data[: chance.randrange(len(data) // 2, len(data) + 1)]))
        except Rejected as rejection:
            statuses.add(rejection.status)
    assert statuses <= {"encrypted", "corrupt", "limit_exceeded"}


def test_real_documents_keep_their_words() -> None:
    folder = Path(__file__).parents[3] / "shared" / "data" / "nl-parse-drieluik"
    if not folder.is_dir():
        pytest.skip(f"{folder.name}: de drieluiken met bekende tekst staan hier niet")
    for path in sorted(folder.glob("*.pdf"))[:4]:
        words = re.findall(r"\w+", " ".join(block.text for block in read(path.read_bytes()).blocks))
        source = set(re.findall(r"\w+", path.with_suffix(".md").read_text(encoding="utf-8")))
        known = [word for word in words if word in source]
        assert len(known) >= 0.98 * len(words), path.name


def test_cells_that_run_over_lines_stay_in_their_row_and_column() -> None:
    def draw(canvas: Canvas) -> None:
        for x, y, text in (
            (70, 700, "Tijd"),
            (150, 700, "Gebeurtenis"),
            (70, 680, "19.42"),
            (150, 680, "Een voorbijganger meldt rook"),
            (150, 668, "uit het dak."),
            (70, 648, "Ploegen uit het"),
            (70, 636, "noorden"),
            (150, 648, "komen aan."),
            (70, 616, "22.40"),
            (150, 616, "Einde."),
        ):
            write(canvas, x, y, text)
        paragraph(canvas, 560)

    (table,) = [block.text for block in read(drawn(draw)).blocks if block.kind == "table"]
    assert table.split("\n") == [
        "Tijd\tGebeurtenis",
        "19.42\tEen voorbijganger meldt rook uit het dak.",
        "Ploegen uit het noorden\tkomen aan.",
        "22.40\tEinde.",
    ]


def test_the_labels_of_a_letterhead_are_no_table() -> None:
    def draw(canvas: Canvas) -> None:
        for y, label, text in ((700, "Datum", "9 maart 2017"), (686, "Onderwerp", "Wachtlijsten")):
            write(canvas, 70, y, label)
            write(canvas, 150, y, text)
        paragraph(canvas, 620)

    assert "table" not in {block.kind for block in read(drawn(draw)).blocks}
