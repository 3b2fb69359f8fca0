import time
from itertools import pairwise

import pytest

from corpus.html import read_html
from corpus.raw import Candidate, RawDocument
from kennisbank.settings import Limits

FILLER = "Dit is een alinea die lang genoeg is om als tekst van de pagina te gelden. " * 4


def read(page: str | bytes) -> RawDocument:
    return read_html(Candidate(page.encode() if isinstance(page, str) else page, "pagina.html", Limits()))


def shape(raw: RawDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in raw.blocks]


def test_only_the_main_part_is_read() -> None:
    raw = read(f"""
        <html><body><header>Kop van de site</header><nav>Menu</nav>
        <main><header><h1>De titel</h1></header>
          <div class="breadcrumb">U bevindt zich hier</div><p>{FILLER}</p>
          <div id="cookie-melding">Wij plaatsen cookies</div><form>Zoek</form><aside>Lees ook</aside>
          <div class="share-buttons">Deel dit</div><section class="related-content">Gerelateerd</section>
          <p hidden>weg</p><p style="display: none">weg</p><script>weg()</script><template><p>weg</p></template>
        </main><footer>Contact</footer></body></html>""")
    assert shape(raw) == [("heading", 1, "De titel"), ("paragraph", 0, FILLER.strip())]


@pytest.mark.parametrize("opening", ["<article>", '<div role="main">', '<div id="content">', '<div id="main">'])
def test_other_ways_to_mark_the_main_part(opening: str) -> None:
    closing = "</article>" if "article" in opening else "</div>"
    raw = read(f"<body><p>Menu</p>{opening}<p>{FILLER}</p>{closing}<p>Voet</p></body>")
    assert shape(raw) == [("paragraph", 0, FILLER.strip())]


def test_a_teaser_is_not_the_main_part_and_a_form_around_the_page_is_kept() -> None:
    raw = read(f"<body><form><article>Kort</article><p>{FILLER}</p></form></body>")
    assert shape(raw) == [("paragraph", 0, "Kort"), ("paragraph", 0, FILLER.strip())]


def test_blocks_in_order_nothing_twice() -> None:
    raw = read("""<body>
        los <b>vet</b> in body<div>tekst in div<p>alinea<br>regel</p>staart</div>
        <h2>Kop</h2>
        <ol start="3"><li><p>Zorg voor</p><p>tijd.</p><ul><li>binnen</li></ul></li><li>Borg</li></ol>
        <ol type="a"><li>eerste</li></ol>
        <table><caption>Cijfers</caption><tr><th>Jaar</th><th>Aantal</th></tr>
               <tr><td>2022</td><td><p>1</p><p>2</p></td></tr></table>
        <table><tr><td><h3>In opmaaktabel</h3>gewone tekst</td></tr></table>
        <blockquote><p>citaat</p></blockquote><dl><dt>DJI</dt><dd>Dienst</dd></dl>
        <figure><img alt="x"><figcaption>Bijschrift</figcaption></figure>
        een<br><br>twee</body>""")
    assert shape(raw) == [
        ("paragraph", 0, "los vet in body"),
        ("paragraph", 0, "tekst in div"),
        ("paragraph", 0, "alinea regel"),
        ("paragraph", 0, "staart"),
        ("heading", 2, "Kop"),
        ("item", 0, "3. Zorg voor tijd."),
        ("item", 1, "• binnen"),
        ("item", 0, "4. Borg"),
        ("item", 0, "a. eerste"),
        ("paragraph", 0, "Cijfers"),
        ("table", 0, "Jaar\tAantal\n2022\t1 2"),
        ("heading", 3, "In opmaaktabel"),
        ("paragraph", 0, "gewone tekst"),
        ("paragraph", 0, "citaat"),
        ("paragraph", 0, "DJI"),
        ("paragraph", 0, "Dienst"),
        ("paragraph", 0, "Bijschrift"),
        ("paragraph", 0, "een"),
        ("paragraph", 0, "twee"),
    ]


def test_note_marks_go_and_notes_are_notes() -> None:
    raw = read(
        '<p>De keten<sup><a href="#n1">1</a></sup> meet 40 m<sup>2</sup>.</p>'
        '<div class="voetnoot" id="n1"><p>1 Zie bijlage.</p></div>'
    )
    assert shape(raw) == [("paragraph", 0, "De keten meet 40 m2."), ("note", 0, "1 Zie bijlage.")]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Eén “zin”.</p></body></html>".encode(),
        "<html><body><p>Eén “zin”.</p></body></html>".encode("utf-16"),
        '<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>Eén “zin”.</p>'
        "</body></html>".encode(),
        '<html><head><meta charset="windows-1252"></head><body><p>Eén “zin”.</p>'.encode("windows-1252"),
        '<html><head><meta charset="iso-8859-1"></head><body><p>Eén “zin”.</p>'.encode("windows-1252"),
        '<html><head><meta charset="utf-8"></head><body><p>Eén “zin”.</p>'.encode("windows-1252"),
        "<html><body><p>Eén “zin”.</p></body></html>".encode("windows-1252"),
    ],
)
def test_encodings(page: bytes) -> None:
    assert shape(read(page)) == [("paragraph", 0, "Eén “zin”.")]


def test_hints_from_the_head() -> None:
    raw = read("""<html lang="nl"><head><title>Titel | Rijksoverheid</title>
        <meta name="DCTERMS.title" content="De titel"><meta name="author" content="J. Jansen">
        <meta name="DCTERMS.issued" content="2021-06-21"><meta property="article:published_time" content="2021-07-01">
        <meta name="DCTERMS.modified" content="2021-08-01"><meta name="DC.type" content="Rapport">
        <meta name="DC.creator" scheme="OVERHEID.Gemeente" content="Rheden">
        <link rel="canonical" href="https://www.inspectie-jenv.nl/x"></head><body><h1>Kop</h1></body></html>""")
    assert {field: hint.value for field, hint in raw.hints.items()} == {
        "title": "De titel",
        "published": "2021-06-21",
        "updated": "2021-08-01",
        "kind": "Rapport",
        "publisher": "gemeente Rheden",
        "language": "nl",
        "url": "https://www.inspectie-jenv.nl/x",
    }
    assert {hint.found for hint in raw.hints.values()} == {"html"}


def test_title_and_date_when_the_head_is_silent() -> None:
    raw = read('<title>Site</title><h1>De <em>kop</em></h1><time datetime="2020-05-04T10:00">4 mei</time>')
    assert (raw.hints["title"].value, raw.hints["published"].value) == ("De kop", "2020-05-04T10:00")


@pytest.mark.parametrize("tag", ["div", "ul><li", "span", "blockquote", "table><tr><td"])
def test_deep_nesting_neither_crashes_nor_hangs(tag: str) -> None:
    beats: list[float] = []
    page = (f"<html><body>{'x' * 300}" + f"<{tag}>" * 40_000 + "diep</body></html>").encode()
    started = time.perf_counter()
    raw = read_html(Candidate(page, "diep.html", Limits(), lambda: beats.append(time.perf_counter())))
    assert raw.blocks[-1].text.endswith("diep")
    assert time.perf_counter() - started < 30
    assert len(beats) > 40_000


def test_no_silence_while_reading_what_is_nested_200_000_deep() -> None:
    beats = [time.perf_counter()]
    page = ("<html><body>" + "<div>" * 200_000 + "diep</body></html>").encode()
    read_html(Candidate(page, "diep.html", Limits(), lambda: beats.append(time.perf_counter())))
    beats.append(time.perf_counter())
    assert len(beats) > 5 * 200_000  # every pass over the page tells of each element
    assert max(after - before for before, after in pairwise(beats)) < 2
