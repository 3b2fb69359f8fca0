"""XML of official publications: structure, metadata, and nothing from outside."""

from __future__ import annotations

import pytest

from corpus.official import read_official
from corpus.raw import Candidate, RawDocument
from corpus.reading import read
from kennisbank.errors import Rejected
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

PAPER = """<?xml version="1.0" encoding="UTF-8"?>
<officiele-publicatie>
  <metadata><meta name="OVERHEIDop.externMetadataRecord" content="https://voorbeeld.invalid/kst-29628-900/metadata.xml"/></metadata>
  <kamerstuk>
    <kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2020-2021</tekstregel></kamerstukkop>
    <dossier><dossiernummer><dossiernr>29 628</dossiernr></dossiernummer><titel>Politie</titel></dossier>
    <stuk>
      <stuknr>Nr. <ondernummer kamer="2">900</ondernummer></stuknr>
      <titel>BRIEF VAN DE MINISTER</titel>
      <datumtekst>Ontvangen <datum isodatum="2021-07-06">6 juli 2021</datum></datumtekst>
      <algemeen><vrije-tekst><tekst>
        <tussenkop>Aanleiding</tussenkop>
        <al>De inspectie zag<noot nr="1"><noot.nr>1</noot.nr><noot.al>Rapport van 2019.</noot.al></noot> dat de
            overdracht stokte.</al>
        <lijst><li><li.nr>a.</li.nr><al>een rooster;</al></li>
               <li><li.nr>b.</li.nr><al>een sleutel:</al><lijst><li><al>reserve</al></li></lijst></li></lijst>
        <table><tgroup><tbody>
          <row><entry><al>jaar</al></entry><entry><al>aantal</al></entry></row>
          <row><entry><al>2020</al></entry><entry><al>12</al></entry></row>
        </tbody></tgroup></table>
      </tekst></vrije-tekst></algemeen>
    </stuk>
  </kamerstuk>
</officiele-publicatie>"""

STATUTE = """<officiele-publicatie><titel>Staatsblad</titel><staatsblad><intitule>Besluit over sleutels</intitule>
<wet-besluit><wettekst><artikel><kop><label>Artikel</label><nr>1</nr></kop>
<lid><lidnr>1.</lidnr><al>Er is een sleutel.</al></lid><lid><lidnr>2.</lidnr><al>Er is een slot.</al></lid>
</artikel></wettekst></wet-besluit></staatsblad></officiele-publicatie>"""


def raw(text: str) -> RawDocument:
    return read_official(Candidate(text.encode(), "stuk.xml", Limits()))


def shape(document: RawDocument) -> list[tuple[str, int, str]]:
    return [(block.kind, block.level, block.text) for block in document.blocks]


def test_a_paper_of_parliament_keeps_its_structure() -> None:
    assert shape(raw(PAPER)) == [
        ("paragraph", 0, "Vergaderjaar 2020-2021"),
        ("paragraph", 0, "29 628"),
        ("heading", 1, "Politie"),
        ("paragraph", 0, "Nr. 900"),
        ("heading", 1, "BRIEF VAN DE MINISTER"),
        ("paragraph", 0, "Ontvangen 6 juli 2021"),
        ("heading", 2, "Aanleiding"),
        ("paragraph", 0, "De inspectie zag dat de overdracht stokte."),
        ("note", 0, "1 Rapport van 2019."),
        ("item", 0, "a. een rooster;"),
        ("item", 0, "b. een sleutel:"),
        ("item", 1, "• reserve"),
        ("table", 0, "jaar\taantal\n2020\t12"),
    ]


def test_what_a_paper_says_of_itself_is_its_metadata() -> None:
    found = read(Candidate(PAPER.encode(), "kst-29628-900.xml", Limits()), DocumentId("a"))
    assert found.status == "indexed"
    assert found.document is not None
    known = found.document.metadata
    assert known.title == "29 628, nr. 900 BRIEF VAN DE MINISTER"
    assert (known.dossier, known.dates.best) == ("29628", "2021-07-06")
    assert known.url == "https://voorbeeld.invalid/kst-29628-900.html"


def test_articles_are_headings_and_their_members_items() -> None:
    document = raw(STATUTE)
    assert document.hints["title"].value == "Besluit over sleutels"
    assert shape(document)[2:] == [
        ("heading", 1, "Artikel 1"),
        ("item", 0, "1. Er is een sleutel."),
        ("item", 0, "2. Er is een slot."),
    ]


def test_other_xml_is_data() -> None:
    found = read(Candidate(b"<?xml version='1.0'?><records><a>b</a></records>", "lijst.xml", Limits()), DocumentId("a"))
    assert found.status == "unsupported"


def test_damage_is_told() -> None:
    with pytest.raises(Rejected, match="niet welgevormd") as caught:
        raw(PAPER[:400])
    assert caught.value.status == "corrupt"


def test_nothing_is_fetched_and_no_entity_is_expanded() -> None:
    outside = '<!DOCTYPE officiele-publicatie [<!ENTITY geheim SYSTEM "file:///etc/hostname"><!ENTITY a "aaaa">]>'
    text = f"{outside}<officiele-publicatie><tekst><al>voor &geheim; na &a;</al></tekst></officiele-publicatie>"
    assert "".join(block.text for block in raw(text).blocks).split() == ["voor", "na"]
