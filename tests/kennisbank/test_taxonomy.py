from pathlib import Path

import pytest

from kennisbank.errors import BrokenSetting, UsageError
from kennisbank.model import TAG_FACETS
from kennisbank.taxonomy import Label, Taxonomy, Term, load

GOOD = """\
[[term]]
id = "keten:boven"
naam = "bovenketen"

[[term]]
id = "keten:onder"
naam = "onderketen"
synoniemen = ["kelderketen", { tekst = "OK", hoofdletters = true, gewoon_woord = true, taggen = false }]
afkortingen = [{ tekst = "OKT", alleen_met_naam = true }]
voormalig = ["souterrain"]
ruis = ["ondrketen"]
breder = ["keten:boven"]
verwant = ["gebied:hier"]
gebied = ["gebied:hier"]
schema = "proef"
vanaf = 2019
tot = 2022
niet_in = ["buiten de onderketen"]
aanwijzingen = ["kelder*", "*trap", "onder de grond"]
eigen_naam = [{ tekst = "Onder", hoofdletters = true }]
keten = ["keten:boven"]
dossiers = ["12345"]
toezichthouder = true
een_keer = true
niet_onder = ["Organisatie"]
noot = "Bestaat niet."

[[term]]
id = "gebied:hier"
naam = { tekst = "hier", alleen_kop = true }
"""


@pytest.fixture(scope="module")
def bundled() -> Taxonomy:
    return load()


def written(folder: Path, text: str) -> Path:
    path = folder / "taxonomie.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_reads_every_field(tmp_path: Path) -> None:
    taxonomy = load(written(tmp_path, GOOD))
    assert list(taxonomy.terms) == ["keten:boven", "keten:onder", "gebied:hier"]
    assert taxonomy.terms["keten:onder"] == Term(
        id="keten:onder",
        facet="keten",
        label="onderketen",
        labels=(
            Label("onderketen", "voorkeur"),
            Label("OKT", "afkorting", needs_name=True),
            Label("kelderketen", "synoniem"),
            Label("OK", "synoniem", case_sensitive=True, ordinary_word=True, tag=False),
            Label("souterrain", "voormalig"),
            Label("ondrketen", "ruis"),
        ),
        broader=("keten:boven",),
        related=("gebied:hier",),
        scheme="proef",
        valid_from=2019,
        valid_until=2022,
        note="Bestaat niet.",
        not_in=("buiten de onderketen",),
        not_under=("Organisatie",),
        areas=("gebied:hier",),
        chains=("keten:boven",),
        own_names=(Label("Onder", "eigen", case_sensitive=True),),
        cues=(Label("kelder*", "aanwijzing"), Label("*trap", "aanwijzing"), Label("onder de grond", "aanwijzing")),
        dossiers=("12345",),
        supervises=True,
        once=True,
    )
    assert taxonomy.terms["gebied:hier"].labels == (Label("hier", "voorkeur", heading_only=True),)


def test_version_follows_the_content(tmp_path: Path) -> None:
    first = load(written(tmp_path, GOOD)).version
    assert load(written(tmp_path, GOOD)).version == first
    assert load(written(tmp_path, GOOD + "# een woord meer\n")).version != first


def swapped(old: str, new: str) -> str:
    assert GOOD.count(old) == 1
    return GOOD.replace(old, new)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (swapped('naam = "bovenketen"', 'naam = "bovenketen'), "3: geen geldige TOML ("),
        (swapped("keten:onder", "ketting:onder"), "6: ketting:onder: onbekend facet 'ketting'; kies uit keten, "),
        (swapped("keten:onder", "Keten Onder"), "6: 'Keten Onder' is geen id; schrijf facet:naam in kleine letters"),
        (swapped('id = "keten:onder"', 'id = "keten:boven"'), "6: keten:boven staat er twee keer in; voeg"),
        (swapped("verwant", "familie"), "13: onbekend veld 'familie'; toegestaan: id, naam, afkortingen"),
        (swapped("alleen_kop", "kop"), "30: naam: onbekend veld 'kop'; toegestaan: tekst, hoofdletters"),
        (swapped("alleen_kop = true", 'alleen_kop = "ja"'), "30: naam: 'alleen_kop' is ja of nee; schrijf true"),
        (swapped('"souterrain"', '" "'), "10: voormalig: leeg label; geef een woord"),
        (swapped('naam = "onderketen"\n', ""), '6: keten:onder: de naam ontbreekt; voeg naam = "..." toe'),
        (swapped('["souterrain"]', '"souterrain"'), "10: 'voormalig' is geen lijst; zet vierkante haken"),
        (
            swapped('breder = ["keten:boven"]', 'breder = ["keten:bovn"]'),
            "12: keten:onder: 'keten:bovn' bij breder bestaat niet; bedoelt u keten:boven?",
        ),
        (
            swapped('breder = ["keten:boven"]', 'breder = ["gebied:hier"]'),
            "12: keten:onder: 'gebied:hier' bij breder is geen keten",
        ),
        (swapped("2019", "2023"), "17: keten:onder: vanaf 2023 ligt na tot 2022; draai ze om"),
        (swapped("2019", '"2019"'), "16: 'vanaf' is geen jaartal; schrijf bijvoorbeeld vanaf = 2021"),
        (
            swapped('naam = "bovenketen"', 'naam = "bovenketen"\nbreder = ["keten:onder"]'),
            "4: keten:boven ligt via 'breder' onder zichzelf",
        ),
        (
            GOOD + 'afkortingen = [{ tekst = "OK", hoofdletters = true }]\n',
            "31: 'OK' hoort al bij keten:onder; laat het bij één van beide staan",
        ),
        (swapped('"*trap"', '"*tr"'), "19: aanwijzingen: '*tr' kan niet; schrijf een woord van drie letters of meer"),
        (swapped('"*trap"', '"*trap*"'), "19: aanwijzingen: '*trap*' kan niet; schrijf"),
        (swapped('"*trap"', '"*trap op"'), "19: aanwijzingen: '*trap op' kan niet; schrijf"),
        (swapped('"*trap"', '"kelder*"'), "19: aanwijzingen: 'kelder*' staat er twee keer in; haal er een weg"),
        (swapped('"*trap"', '"kelderketen"'), "19: aanwijzingen: 'kelderketen' is al een naam; haal het hier weg"),
        (swapped('"*trap"', '""'), "19: 'aanwijzingen' is leeg of geen tekst"),
        (swapped('["12345"]', '["1234"]'), "22: dossiers: '1234' is geen dossiernummer; schrijf vijf cijfers"),
        (swapped("toezichthouder = true", 'toezichthouder = "ja"'), "23: 'toezichthouder' is ja of nee; schrijf true"),
        (
            swapped('\nketen = ["keten:boven"]', '\nketen = ["gebied:hier"]'),
            "21: keten:onder: 'gebied:hier' bij keten is geen keten; noem een term van dat facet",
        ),
        ("versie = 1\n" + GOOD, "1: onbekend onderdeel 'versie'; gebruik alleen [[term]]"),
        ("term = 1\n", "1: 'term' is geen lijst van termen; begin elke term met [[term]]"),
    ],
)
def test_says_what_is_wrong_where_and_what_to_do(tmp_path: Path, text: str, complaint: str) -> None:
    path = written(tmp_path, text)
    with pytest.raises(BrokenSetting) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}:{complaint}")
    assert "\n" not in str(caught.value)


def test_a_comment_is_not_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = written(tmp_path, '[[term]]\nid = "thema:a"\n# tot vorig jaar\nnaam = "a"\ntot = "nu"\n')
    with pytest.raises(BrokenSetting, match=r"toml:5: 'tot' is geen jaartal"):
        load(path)


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(BrokenSetting, match=r"weg\.toml: niet te lezen \(.*\); controleer het pad"):
        load(tmp_path / "weg.toml")
    path = tmp_path / "latin.toml"
    path.write_bytes("# één\n# twee\n".encode("latin-1"))
    with pytest.raises(BrokenSetting, match=r"latin\.toml:1: geen UTF-8; sla het bestand op als UTF-8"):
        load(path)


def test_narrower_holds_itself_and_all_below(bundled: Taxonomy) -> None:
    assert bundled.narrower("keten:migratie") == {"keten:migratie", "keten:asiel", "keten:terugkeer"}
    assert bundled.narrower("keten:jeugd") == {"keten:jeugd", "keten:jeugdbescherming", "keten:jeugdstrafrecht"}
    assert {"org:pi", "org:jji", "org:fpc"} < bundled.narrower("org:dji")
    assert bundled.narrower("keten:asiel") == {"keten:asiel"}


@pytest.mark.parametrize(
    ("facet", "text", "expected"),
    [
        ("keten", "keten:asiel", "keten:asiel"),
        ("keten", "asiel", "keten:asiel"),
        ("keten", "Asielketen", "keten:asiel"),
        ("keten", "justitiele  keten", "keten:strafrecht"),
        ("organisatie", "org:dji", "org:dji"),
        ("organisatie", "DJI", "org:dji"),
        ("organisatie", "dienst justitiële inrichtingen", "org:dji"),
        ("organisatie", "om", "org:om"),
        ("organisatie", "minister", "org:minjenv"),
        ("organisatie", "Staatssecretaris van Justitie en Veiligheid", "org:minjenv"),
        ("organisatie", "korpschef", "org:politie"),
        ("organisatie", "IGZ", "org:igj"),
        ("organisatie", "vt", "org:vt"),
        ("gebied", "politie", "gebied:politie"),
        ("thema", "huiselijk-geweld", "thema:huiselijk-geweld"),
        ("doel", "Burgerperspectief", "doel:burger"),
    ],
)
def test_resolves_id_slug_and_any_name(bundled: Taxonomy, facet: str, text: str, expected: str) -> None:
    assert bundled.resolve(facet, text) == expected


def test_every_name_of_every_term_resolves_within_its_facet(bundled: Taxonomy) -> None:
    for term in bundled.terms.values():
        assert bundled.resolve(term.facet, term.id.upper()) == term.id
        assert bundled.resolve(term.facet, term.label) == term.id
        for label in term.labels:
            other = bundled.terms[bundled.resolve(term.facet, label.text)]
            assert label.text.lower() in {name.text.lower() for name in other.labels}


def test_an_unknown_term_gets_the_nearest_ones(bundled: Taxonomy) -> None:
    with pytest.raises(UsageError) as caught:
        bundled.resolve("keten", "aziel")
    assert str(caught.value) == "keten: 'aziel' bestaat niet; bedoelt u keten:asiel (asielketen)"
    with pytest.raises(
        UsageError, match=r"^thema: 'qqq' bestaat niet; kies bijvoorbeeld thema:personeel \(personeel en"
    ):
        bundled.resolve("thema", "qqq")
    with pytest.raises(UsageError, match=r"^facet 'kleur' bestaat niet; kies uit keten, gebied, doel"):
        bundled.resolve("kleur", "rood")


def test_the_bundled_file_holds_what_others_rely_on(bundled: Taxonomy) -> None:
    goals = [term.id for term in bundled.of_facet("doel") if term.scheme == "mjp-2021-2024"]
    assert goals == ["doel:veerkracht", "doel:lerend", "doel:ketens", "doel:burger"]
    assert all((bundled.terms[goal].valid_from, bundled.terms[goal].valid_until) == (2021, 2024) for goal in goals)
    assert {term.scheme for term in bundled.of_facet("gebied")} == {"toezichtgebieden"}
    sizes = {facet: len(bundled.of_facet(facet)) for facet in TAG_FACETS}
    told = sizes.pop("verschijnsel") + sizes.pop("maatregel")
    assert sizes == {"keten": 11, "gebied": 13, "doel": 6, "thema": 22, "organisatie": 41}
    assert told > 150


def test_abbreviations_that_are_words_need_their_capitals(bundled: Taxonomy) -> None:
    strict = {label.text for term in bundled.terms.values() for label in term.labels if label.case_sensitive}
    assert strict >= {"OM", "IND", "PI", "GI", "PA", "VT", "AR", "RN", "NP", "TA", "Halt", "Raad"}
    words = {label.text.lower() for term in bundled.terms.values() for label in term.labels if label.ordinary_word}
    assert words >= {"om", "halt", "pa", "np", "raad"}
