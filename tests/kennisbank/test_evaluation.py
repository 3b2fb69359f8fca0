"""What `evaluate` counts, against cases small enough to work out by hand."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from indexer.build import BuildReport
from kennisbank.errors import BrokenSetting, UsageError
from kennisbank.evaluation import PARTS, Figure, System, evaluate, truth
from kennisbank.evaluation.figures import b_cubed, most_common, pairs_of, precision_recall
from kennisbank.evaluation.matching import match
from kennisbank.evaluation.search import WordsOnly, ranking_measures
from kennisbank.library import Library

Row = Mapping[str, Any]


class Known(System):
    """A library of which only the exported objects exist."""

    def __init__(self, **rows: list[Row]) -> None:
        super().__init__(None, {kind: lambda _, found=found: found for kind, found in rows.items()})  # type: ignore[arg-type, misc]


def truth_of(folder: Path, **rows: list[Row]) -> truth.Truth:
    for name, found in rows.items():
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in found)
        (folder / f"{name}.jsonl").write_text(lines + "\n", encoding="utf-8")
    return truth.load(folder)


def document(name: str, deel: str = "tune", **more: Any) -> Row:
    known = {"titel": name, "soort": "rapport", "datum": "2020-01-02", "uitgevers": ["Inspectie"], "koppen": []}
    return {"bestand": name, "deel": deel, **known, **more}


def demand(name: str, text: str, number: str, **more: Any) -> Row:
    known = {
        "geadresseerden": [{"tekst": "DJI", "organisatie": "org:dji"}],
        "sterkte": "formeel",
        "soort": "aanbeveling",
    }
    return {"id": number, "bestand": name, "pagina": 1, "tekst": text, **known, **more}


def figure(found: tuple[Figure, ...], subject: str, half: str = "tune") -> Figure:
    return next(one for one in found if (one.subject, one.half) == (subject, half))


def test_precision_and_recall() -> None:
    assert precision_recall(2, 4, 8) == {"precisie": 0.5, "vindkans": 0.25, "f1": pytest.approx(1 / 3)}
    assert precision_recall(0, 0, 0) == {"precisie": 0, "vindkans": 0, "f1": 0}


def test_b_cubed_weighs_each_member() -> None:
    # the worked example: three joined where the truth has a pair and a single
    measures = b_cubed([["a", "b", "c"]], [["a", "b"]])
    assert measures["b3-precisie"] == pytest.approx((2 / 3 + 2 / 3 + 1 / 3) / 3)
    assert measures["b3-vindkans"] == 1
    assert b_cubed([], [["a", "b"]])["b3-vindkans"] == 0.5


def test_pairs_and_majority() -> None:
    assert pairs_of([["a", "b", "c"], ["d"]]) == {frozenset("ab"), frozenset("ac"), frozenset("bc")}
    assert most_common(["b", "a", "b"]) == "b"
    assert most_common(["b", "a"]) == "a"


def test_finds_are_matched_one_to_one_best_first() -> None:
    wanted = [demand("x", "Stel een vaste begeleider aan", "1"), demand("y", "Stel een vaste begeleider aan", "2")]
    found = [
        demand("x", "Stel een vaste begeleider aan voor elke nieuwe medewerker", "a"),
        demand("x", "Stel een vaste begeleider aan", "b"),
    ]
    result = match(found, wanted)
    assert [(pair.found["id"], pair.truth["id"], pair.overlap) for pair in result.matches] == [("b", "1", 1.0)]
    assert [row["id"] for row in result.missed] == ["2"]
    assert [row["id"] for row in result.wrong] == ["a"]


def test_reading_compares_documents_field_by_field(tmp_path: Path) -> None:
    heading = [{"niveau": 1, "tekst": "Conclusie", "pagina": 1}]
    given = truth_of(tmp_path, documenten=[document("a", koppen=heading), document("b", "judge")])
    read = [
        document("a", titel="A", datum="2021-01-02", koppen=[*heading, {"tekst": "conclusie"}, {"tekst": "Pagina 3"}]),
        document("b", titel=None),
    ]
    found = evaluate(given, Known(documenten=read), ["reading"])
    assert figure(found, "titel").measures == {"juist": 1}
    assert figure(found, "datum").measures == {"juist": 0}
    assert "2021-01-02" in figure(found, "datum").missed[0]
    assert figure(found, "koppen").measures == precision_recall(1, 3, 1)
    assert len(figure(found, "koppen").wrong) == 2
    assert figure(found, "titel", "judge").measures == {"juist": 0}


def test_reading_expects_a_scan_to_be_told(tmp_path: Path) -> None:
    given = truth_of(tmp_path, documenten=[document("a", status="no_text"), document("b")])
    told = evaluate(given, Known(documenten=[document("a", status="no_text"), document("b")]), ["reading"])
    silent = evaluate(given, Known(documenten=[document("a", status="indexed"), document("b")]), ["reading"])
    assert figure(told, "zonder tekst herkend").measures == {"juist": 1}
    assert figure(silent, "zonder tekst herkend").measures == {"juist": 0}
    assert figure(told, "titel").count == 1


def test_tags_are_judged_per_facet_and_goals_by_origin(tmp_path: Path) -> None:
    def tag(name: str, facet: str, term: str, rank: str = "hoofd", origin: str = "afgeleid") -> Row:
        known = {"bestand": name, "niveau": "document", "facet": facet, "term": term}
        return {**known, "rang": rank, "herkomst": origin}

    given = truth_of(
        tmp_path,
        documenten=[document("a"), document("b")],
        tags=[
            tag("a", "keten", "keten:asiel"),
            tag("b", "keten", "keten:asiel", "neven"),
            tag("b", "doel", "doel:lerend", origin="genoemd"),
        ],
    )
    system = Known(
        documenten=[],
        tags=[
            tag("a", "keten", "keten:asiel"),
            tag("a", "keten", "keten:crisis"),
            tag("b", "doel", "doel:lerend"),
            tag("elders", "keten", "keten:asiel"),
            {**tag("b", "keten", "keten:asiel"), "niveau": "passage"},
        ],
    )
    found = evaluate(given, system, ["tags"])
    chains = figure(found, "keten")
    assert {**chains.measures} == {
        **precision_recall(1, 2, 2),
        "hoofdvindkans": 1,
        "per-document": 1,
        "per-document-waar": 1,
    }
    assert chains.baseline == precision_recall(2, 2, 2)
    assert (chains.missed, chains.wrong) == (("b: keten:asiel ontbreekt",), ("a: keten:crisis te veel",))
    assert figure(found, "doel (genoemd)").measures["vindkans"] == 0
    assert figure(found, "doel (afgeleid)").measures["precisie"] == 0


def test_recommendations_page_addressee_and_distractors(tmp_path: Path) -> None:
    also = [{"bestand": "a", "pagina": 7, "tekst": "Leg de afspraken over nazorg vast"}]
    given = truth_of(
        tmp_path,
        documenten=[document("a")],
        aanbevelingen=[demand("a", "Leg vast wie de nazorg doet", "1", ookOp=also), demand("a", "Koop een boot", "2")],
        afleiders=[{"bestand": "a", "tekst": "Destijds werd gevraagd het rooster te herzien", "reden": "herhaling"}],
    )
    system = Known(
        documenten=[],
        aanbevelingen=[
            demand("a", "Leg de afspraken over nazorg vast", "x", pagina=7),
            demand("a", "werd gevraagd het rooster te herzien", "y", geadresseerden=[]),
            demand("a", "Koop een boot", "z", zekerheid=0.5),
        ],
    )
    found = evaluate(given, system, ["recommendations"])
    measured = figure(found, "aanbevelingen")
    assert measured.measures == {
        **precision_recall(1, 2, 2),
        "pagina": 1,
        "geadresseerde": 1,
        "sterkte": 1,
        "overlap": 1,
    }
    assert measured.missed == ("a p. 1: Koop een boot",)
    assert figure(found, "afleiders").measures == {"ontzien": 0}


def test_a_feature_that_does_not_exist_is_reported_as_such(tmp_path: Path) -> None:
    given = truth_of(tmp_path, documenten=[document("a")], aanbevelingen=[demand("a", "Koop een boot", "1")])
    (found, *_) = evaluate(given, Known(documenten=[]), ["recommendations"])
    assert (found.measures, found.note, found.count) == ({}, "bestaat nog niet", 1)


def test_findings_are_compared_on_polarity(tmp_path: Path) -> None:
    row = {"bestand": "a", "pagina": 1, "soort": "bevinding", "zekerheid": 0.9}
    given = truth_of(
        tmp_path,
        documenten=[document("a")],
        bevindingen=[{**row, "tekst": "De deur stond open", "polariteit": "negatief"}],
    )
    system = Known(documenten=[], bevindingen=[{**row, "tekst": "De deur stond open", "polariteit": "positief"}])
    measures = figure(evaluate(given, system, ["recommendations"]), "bevindingen").measures
    assert (measures["f1"], measures["soort"], measures["polariteit"]) == (1, 1, 0)


def series_truth(folder: Path) -> truth.Truth:
    demands = [demand(name, f"{name} stelt een begeleider aan", name) for name in "abcd"]
    return truth_of(
        folder,
        documenten=[document(name) for name in "abcd"],
        aanbevelingen=demands,
        reeksen=[
            {
                "id": "r1",
                "deel": "tune",
                "leden": [{"aanbeveling": "a", "rol": "eerste"}, {"aanbeveling": "b", "rol": "herhaald"}],
            }
        ],
        bijna=[{"reeks": "r1", "deel": "tune", "aanbeveling": "c"}],
    )


def test_series_are_judged_on_pairs_and_near_misses(tmp_path: Path) -> None:
    given = series_truth(tmp_path)
    demands = [demand(name, f"{name} stelt een begeleider aan", f"onze-{name}") for name in "abcd"]
    members = [{"aanbevelingId": f"onze-{name}", "rol": "eerste"} for name in "abcd"]
    measured = evaluate(
        given, Known(documenten=[], aanbevelingen=demands, reeksen=[{"leden": members}]), ["connections"]
    )
    pairs = figure(measured, "reeksen").measures
    # a-b is right; a-c and b-c are near misses; d is in no list, so nothing is known of it
    assert {name: pairs[name] for name in ("precisie", "vindkans", "rol")} == {
        "precisie": pytest.approx(1 / 3),
        "vindkans": 1,
        "rol": 0.5,
    }
    assert figure(measured, "bijna-reeksen").measures == {"ten-onrechte": 1}
    nothing = evaluate(given, Known(documenten=[], aanbevelingen=demands, reeksen=[]), ["connections"])
    assert figure(nothing, "reeksen").measures["b3-vindkans"] == 0.5
    assert figure(nothing, "bijna-reeksen").measures == {"ten-onrechte": 0}


def test_parallels_are_ranked_per_passage(tmp_path: Path) -> None:
    def passage(name: str, chain: str, text: str) -> Row:
        return {"bestand": name, "pagina": 1, "tekst": text, "ketens": [chain]}

    left = passage("a", "keten:asiel", "niemand weet wie er belt")
    right = passage("b", "keten:strafrecht", "wie de telefoon opneemt is onbekend")
    same_chain = passage("c", "keten:asiel", "bellen heeft geen zin")
    other = passage("d", "keten:jeugd", "de boot is lek")
    given = truth_of(
        tmp_path,
        documenten=[document(name) for name in "abcd"],
        verschijnselen=[{"id": "v1", "deel": "tune", "passages": [left, right, same_chain]}],
        hardnegatief=[{"deel": "tune", "links": left, "rechts": other}],
    )
    pair = {"soort": "zelfde-verschijnsel"}
    system = Known(
        documenten=[],
        parallellen=[
            {**pair, "score": 0.9, "links": other, "rechts": left},
            {**pair, "score": 0.5, "links": left, "rechts": right},
        ],
    )
    found = evaluate(given, system, ["connections"])
    # of a the first answer is wrong; of b it is right; c has a partner in b that was not found
    assert figure(found, "parallellen").measures == {
        "eerste-juist": pytest.approx(1 / 3),
        "r-precisie": pytest.approx((0 + 1 / 2 + 0) / 3),
        "vindkans@20": pytest.approx((1 + 1 / 2 + 0) / 3),
    }
    assert figure(found, "valse vrienden").measures == {"ten-onrechte": 1}


def test_statements_and_commitments(tmp_path: Path) -> None:
    said = {
        "bestand": "b",
        "pagina": 1,
        "tekst": "Deze is overgenomen",
        "spreker": "minister",
        "oordeel": "overgenomen",
    }
    plan = {"bestand": "b", "pagina": 1, "tekst": "De Inspectie onderzoekt de haven", "ontkend": False}
    given = truth_of(
        tmp_path,
        documenten=[document("a"), document("b")],
        aanbevelingen=[demand("a", "Koop een boot", "1")],
        uitspraken=[{**said, "aanbeveling": "1"}],
        voornemens=[{**plan, "koppelingen": [{"bestand": "a", "soort": "uitvoering"}]}],
    )
    system = Known(
        documenten=[{**document("a"), "id": "id-a"}],
        aanbevelingen=[demand("a", "Koop een boot", "x")],
        uitspraken=[{**said, "aanbevelingId": "x", "spreker": "inspectie"}],
        voornemens=[{**plan, "koppelingen": [{"documentId": "id-a"}, {"documentId": "weg"}]}],
    )
    found = evaluate(given, system, ["connections"])
    statements = figure(found, "uitspraken").measures
    assert [statements[name] for name in ("f1", "koppeling", "oordeel", "spreker")] == [1, 1, 1, 0]
    commitments = figure(found, "voornemens").measures
    assert [commitments[name] for name in ("f1", "koppelprecisie", "koppelvindkans")] == [1, 0.5, 1]


def test_ranking_measures_count_a_question_without_results() -> None:
    measures = ranking_measures({"v1": {"a": 2, "b": 1}, "v2": {"c": 1}}, {"v1": {"a": 2.0, "b": 1.0}})
    assert measures == {"ndcg@10": 0.5, "vindkans@100": 0.5, "mrr": 0.5}


def test_baseline_finds_rare_words_first() -> None:
    bare = WordsOnly({"a": "de boot vaart", "b": "de trein rijdt", "c": "de boot rijdt"})
    assert list(bare.search("de boot vaart")) == ["a", "c", "b"]
    assert bare.search("vliegtuig") == {}


def test_search_is_judged_on_documents_passages_and_silence(
    tmp_path: Path, reports: Path, indexed: Callable[..., BuildReport], library: Library
) -> None:
    indexed(reports)
    quote = "In de asielketen ontbreekt een vast aanspreekpunt."
    given = truth_of(
        tmp_path,
        documenten=[document("opvang.md")],
        vragen=[
            {
                "id": "V1",
                "deel": "tune",
                "vraag": "vast aanspreekpunt",
                "filters": {"keten": "asiel"},
                "oordelen": [{"bestand": "opvang.md", "graad": 3}],
                "passages": [{"bestand": "opvang.md", "tekst": quote, "graad": 3}],
            },
            {"id": "V2", "deel": "tune", "vraag": "walvisvaart", "oordelen": []},
            {"id": "V3", "deel": "judge", "vraag": "personeel", "oordelen": [{"bestand": "brief.html", "graad": 2}]},
        ],
    )
    found = evaluate(given, System(library.current()), ["search"])
    assert figure(found, "vragen").measures == {"ndcg@10": 1, "vindkans@100": 1, "mrr": 1, "antwoord-in-3": 1}
    assert figure(found, "passages").measures["mrr"] == 1
    assert figure(found, "zonder antwoord").measures == {"eerlijk-niets": 1}
    wrong = figure(found, "vragen", "judge")
    assert wrong.measures["antwoord-in-3"] == 0
    assert "V3" in wrong.missed[0]


def test_retrieval_set_is_read_and_grouped_by_kind_of_question(tmp_path: Path) -> None:
    (tmp_path / "queries.jsonl").write_text(
        '{"_id": "kort-1", "text": "boot"}\n{"_id": "lang-1", "text": "boten in de haven"}\n', encoding="utf-8"
    )
    (tmp_path / "qrels.tsv").write_text("query\tfile\tgrade\nkort-1\ta.pdf\t2\nlang-1\ta.pdf\t1\n", encoding="utf-8")
    rows = truth.load(tmp_path).of("vragen", truth.WHOLE)
    assert [(row["id"], row["oordelen"]) for row in rows] == [
        ("kort-1", [{"bestand": "a.pdf", "graad": 2}]),
        ("lang-1", [{"bestand": "a.pdf", "graad": 1}]),
    ]


@pytest.mark.parametrize(
    ("name", "text", "complaint"),
    [
        ("vragen.jsonl", "{", "regel 1 is geen JSON"),
        ("vragen.jsonl", "[]", "'id' ontbreekt"),
        ("vragen.jsonl", '{"id": 1, "deel": "half", "vraag": "x", "oordelen": []}', "deel 'half' bestaat niet"),
        ("qrels.tsv", "query\tfile\tgrade\nq1\ta.pdf\n", "regel 2"),
    ],
)
def test_a_row_that_cannot_be_used_is_named(tmp_path: Path, name: str, text: str, complaint: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(BrokenSetting, match=complaint):
        truth.load(tmp_path)


def test_a_folder_without_truth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="hier staat geen waarheid"):
        truth.load(tmp_path)


def test_a_set_that_says_nothing_on_a_part_is_refused(tmp_path: Path) -> None:
    given = truth_of(tmp_path, documenten=[document("a")])
    with pytest.raises(UsageError, match="hierin staat niets om search aan te meten"):
        evaluate(given, Known(documenten=[]), ["search"])
    assert set(PARTS) == {"reading", "tags", "recommendations", "search", "connections"}


def test_digest_changes_with_any_row(tmp_path: Path) -> None:
    truth_of(tmp_path, documenten=[document("a")])
    before = truth.digest(tmp_path)
    truth_of(tmp_path, documenten=[document("a", titel="anders")])
    assert truth.digest(tmp_path) != before
