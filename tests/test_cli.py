"""The command line as scripts rely on it: output, exit codes, one-line errors."""

from __future__ import annotations

import csv
import io
import json
import os
import socket
import subprocess
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from kennisbank import generations
from kennisbank.cli import kennisbank as group
from kennisbank.sample import SAMPLE_QUESTIONS

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(kennisbank_command: Sequence[str], tmp_path: Path) -> Run:
    """Run a command on a library in the test's own folder."""

    def command(*arguments: object, code: int = 0, data: bool = True) -> subprocess.CompletedProcess[str]:
        environment = {**os.environ, "KENNISBANK_DATA": str(tmp_path / "verzameling")} if data else None
        done = subprocess.run(
            [*kennisbank_command, *map(str, arguments)],
            capture_output=True, text=True, env=environment, cwd=tmp_path, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
        return done

    return command


def only_line(done: subprocess.CompletedProcess[str]) -> str:
    """The error of a command that failed: one line, and nothing on standard output."""
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert len(lines) == 1, done.stderr
    assert lines[0].startswith("kennisbank: ")
    return lines[0]


def rows(done: subprocess.CompletedProcess[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_from_files_to_an_answer(run: Run, reports: Path) -> None:
    told = run("index", reports).stderr
    assert "kennisbank search" in told
    answer = json.loads(run("search", "vast aanspreekpunt", "--json").stdout)
    assert answer["totaal"] == 2
    assert {hit["bestand"] for hit in answer["resultaten"]} == {"opvang.md", "brief.html"}
    passage = answer["resultaten"][0]["passages"][0]
    start = passage["fragmentBegin"]
    marked = [passage["fragment"][mark["begin"] - start : mark["eind"] - start] for mark in passage["treffers"]]
    assert marked == ["vast", "aanspreekpunt"]
    assert "Noodopvang" in run("search", "noodopvang").stdout


def test_filters_on_the_command_line(run: Run, reports: Path) -> None:
    run("index", reports)
    answer = json.loads(run("search", "", "--keten", "asiel", "--json").stdout)
    assert {hit["bestand"] for hit in answer["resultaten"]} == {"opvang.md"}
    answer = json.loads(run("search", "", "--keten", "-keten:asiel", "--json").stdout)
    assert {hit["bestand"] for hit in answer["resultaten"]} == {"overdracht.txt", "brief.html"}
    answer = json.loads(run("search", "-personeel wachtlijsten", "--json").stdout)
    assert {hit["bestand"] for hit in answer["resultaten"]} == {"brief.html"}


def test_a_slip_is_set_right_unless_it_is_meant_and_a_name_can_be_literal(run: Run, reports: Path) -> None:
    run("index", reports)
    line = "‘noodopvagn’ komt nergens voor; gezocht op: noodopvang"
    assert f"  {line}\n1 document" in run("search", "noodopvagn").stdout
    told = json.loads(run("search", "noodopvagn", "--json").stdout)["uitleg"]
    assert told[-1] == {"soort": "lijkt", "woord": "noodopvagn", "werd": ["noodopvang"], "tekst": line}
    meant = run("search", "noodopvagn", "--letterlijk", "noodopvagn").stdout
    assert "‘noodopvagn’ komt nergens voor; bedoelde u noodopvang?\n0 documenten" in meant
    told = json.loads(run("search", "COA", "--letterlijk", "COA", "--json").stdout)["uitleg"]
    assert [(entry["soort"], entry["woord"]) for entry in told] == [("letterlijk", "COA")]


def test_exports_point_into_the_text(run: Run, reports: Path) -> None:
    run("index", reports)
    documents = {row["id"]: row for row in rows(run("export", "documenten"))}
    passages = rows(run("export", "passages"))
    tags = rows(run("export", "tags"))
    assert {row["status"] for row in documents.values()} == {"indexed"}
    assert all(row["eind"] - row["begin"] == len(row["tekst"]) for row in passages)
    assert all(tag["bewijs"] for tag in tags)
    for tag in tags:
        for evidence in tag["bewijs"]:
            assert evidence["eind"] - evidence["begin"] == len(evidence["tekst"])
    by_document = [row for row in passages if documents[row["documentId"]]["bestand"] == "opvang.md"]
    assert any("vast aanspreekpunt" in row["tekst"] for row in by_document)
    table = list(csv.DictReader(io.StringIO(run("export", "documenten", "--format", "csv").stdout.lstrip("\ufeff"))))
    assert [row["id"] for row in table] == list(documents)
    assert rows(run("export", "taxonomie"))[0]["id"]


def test_a_cell_is_never_a_formula(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "formule"
    folder.mkdir()
    (folder / "=1+1.txt").write_text("Een rapport met een naam die een spreadsheet als formule zou lezen, helaas.")
    run("index", folder)
    assert "'=1+1.txt" in run("export", "documenten", "--format", "csv").stdout


def test_rejected_files_are_listed_and_exit_1(run: Run, reports: Path) -> None:
    (reports / "leeg.pdf").touch()
    done = run("index", reports, "--json", code=1)
    rejected = json.loads(done.stdout)["afgewezen"]
    assert [(row["bestand"], row["status"]) for row in rejected] == [("leeg.pdf", "not_a_document")]
    assert rejected[0]["reden"]


def test_withdrawn_is_nowhere_and_comes_back(run: Run, reports: Path) -> None:
    run("index", reports)
    name = next(row["id"] for row in rows(run("export", "documenten")) if row["bestand"] == "opvang.md")
    run("withdraw", name, "--reden", "verzoek")
    assert json.loads(run("search", "noodopvang", "--json").stdout)["totaal"] == 0
    assert name not in {row["documentId"] for row in rows(run("export", "passages"))}
    row = next(row for row in rows(run("export", "documenten")) if row["id"] == name)
    assert (row["status"], row["titel"], row["ketens"]) == ("withdrawn", None, [])
    run("index", reports)
    assert json.loads(run("search", "noodopvang", "--json").stdout)["totaal"] == 0
    run("withdraw", name, "--undo")
    run("index", reports)
    assert json.loads(run("search", "noodopvang", "--json").stdout)["totaal"] == 1


def test_check(run: Run, reports: Path, tmp_path: Path) -> None:
    run("index", reports)
    run("check")
    folder = generations.current(tmp_path / "verzameling").folder
    path = next(path for path in (folder / "index").rglob("*.seg"))
    path.write_bytes(bytes([path.read_bytes()[0] ^ 1]) + path.read_bytes()[1:])
    assert str(path.name) in run("check", code=1).stderr


def test_catalogue_closes_the_loop(run: Run, reports: Path, tmp_path: Path) -> None:
    listed = run("catalogue", reports).stdout
    table = list(csv.DictReader(io.StringIO(listed)))
    assert {row["file"] for row in table} == {"overdracht.txt", "opvang.md", "brief.html"}
    path = tmp_path / "catalogus.csv"
    path.write_text(listed.replace("Noodopvang onder druk", "Verbeterde titel"))
    run("index", reports, "--catalogue", path)
    assert "Verbeterde titel" in run("search", "noodopvang").stdout


def test_explain(run: Run, reports: Path) -> None:
    run("index", reports)
    told = json.loads(run("explain", "ketens bij de DJI", "--json").stdout)
    assert {"woord": "ketens", "lemma": "keten"}.items() <= told["woorden"][0].items()
    assert "org:dji" in {name["term"] for name in told["begrippen"]}
    assert any("Dienst Justitiële Inrichtingen" in line for line in told["uitleg"])
    told = run("explain", "jeugdbeschermingsketens").stdout
    assert "delen jeugd + bescherming + keten" in told
    assert "‘jeugdbeschermingsketens’ telt ook als" in told
    assert "als vraag gelezen: +verlof (zorg W/5 *overleg)" in run("explain", "verlof EN zorg W/5 *overleg").stdout
    assert "als vraag geweigerd: links en rechts van W/5" in run("explain", "titel:verlof W/5 zorg").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (["zoek"], 2, "opdracht 'zoek' bestaat niet"),
        (["search", "x", "--ketn", "asiel"], 2, "--ketn"),
        (["search", "x", "--sorteer", "kleur"], 2, "kies uit relevantie, datum, titel"),
        (["search", "x", "--limit", "nul"], 2, "geef een geheel getal"),
        (["export", "iets"], 2, "kies uit aanbevelingen"),
        (["serve", "--port", "99999"], 2, "van 0 tot en met 65535"),
        (["index"], 2, "ontbreekt"),
        (["index", "bestaat-niet"], 2, "bestaat niet"),
        (["serve", "--host", "foo.bar.invalid"], 2, "foo.bar.invalid"),
        (["index", __file__, "--data", "/proc/verzameling"], 2, "/proc/verzameling"),
        (["search", "overdracht"], 69, "kennisbank index"),
        (["export", "documenten"], 69, "kennisbank index"),
        (["check"], 69, "kennisbank index"),
        (["withdraw", "x"], 69, "kennisbank index"),
    ],
)
def test_wrong_use_is_one_line(run: Run, arguments: list[str], code: int, expected: str) -> None:
    assert expected in only_line(run(*arguments, code=code))


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["search", "x", "--keten", "azielketen"], "azielketen"),
        (["search", "x" * 10_000], "10000 tekens"),
        (["search", "x", "--van", "gisteren"], "JJJJ"),
        (["withdraw", "onbekend"], "onbekend"),
    ],
)
def test_wrong_questions_are_one_line(run: Run, reports: Path, arguments: list[str], expected: str) -> None:
    run("index", reports)
    assert expected in only_line(run(*arguments, code=2))
    assert json.loads(run("search", '"niet gesloten', "--json").stdout)["totaal"] == 0


def test_broken_settings_and_taxonomy_are_78(run: Run, reports: Path, tmp_path: Path) -> None:
    run("index", reports)
    settings = tmp_path / "verzameling" / "kennisbank.toml"
    settings.write_text("[limits]\npaginas = 3\n")
    assert "onbekende instelling 'paginas'" in only_line(run("search", "x", code=78))
    settings.unlink()
    own = tmp_path / "verzameling" / "taxonomie.toml"
    own.write_text('[[term]]\nid = "keten:x"\n')
    assert "taxonomie.toml:" in only_line(run("index", reports, code=78))
    own.unlink()
    assert json.loads(run("search", "overdracht", "--json").stdout)["totaal"] == 1


def test_a_second_indexer_is_told_who_holds_the_lock(run: Run, reports: Path, tmp_path: Path) -> None:
    with generations.writing(tmp_path / "verzameling"):
        assert f"proces {os.getpid()}" in only_line(run("index", reports, code=75))


def test_port_in_use(run: Run, reports: Path) -> None:
    run("index", reports)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert f"poort {port} is al in gebruik" in only_line(run("serve", "--port", port, code=2))


def test_every_command_explains_itself(run: Run) -> None:
    assert "Commands:" in run().stdout
    for name, command in group.commands.items():
        assert command.help, name
        assert "--help" in run(name, "--help").stdout


def test_withdrawing_several_at_once_forgets_none(
    run: Run, reports: Path, kennisbank_command: Sequence[str], tmp_path: Path
) -> None:
    run("index", reports)
    names = [row["id"] for row in rows(run("export", "documenten"))]
    data = ["--data", str(tmp_path / "verzameling")]
    jobs = [subprocess.Popen([*kennisbank_command, "withdraw", name, *data], stderr=subprocess.PIPE) for name in names]
    for job in jobs:
        job.communicate()
        assert job.returncode == 0
    assert {row["status"] for row in rows(run("export", "documenten"))} == {"withdrawn"}


def test_the_original_is_served_from_a_relative_folder(
    kennisbank_command: Sequence[str], tmp_path: Path, reports: Path
) -> None:
    data = ["--data", "verzameling"]
    subprocess.run([*kennisbank_command, "index", str(reports), *data], cwd=tmp_path, check=True, capture_output=True)
    listed = subprocess.run(
        [*kennisbank_command, "export", "documenten", *data], cwd=tmp_path, check=True, capture_output=True, text=True
    )
    name = next(row["id"] for row in rows(listed) if row["bestand"] == "opvang.md")
    command = [*kennisbank_command, "serve", "--port", "0", *data]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
            with urllib.request.urlopen(f"{address}documenten/{name}/bestand", timeout=30) as answer:
                assert answer.read() == (reports / "opvang.md").read_bytes()
        finally:
            server.terminate()


def test_demo_indexes_the_samples_and_serves_them(kennisbank_command: Sequence[str], tmp_path: Path) -> None:
    command = [*kennisbank_command, "demo", "--port", "0"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        told: list[str] = []
        try:
            while not told or "http" not in told[-1]:
                told.append(server.stderr.readline())
            address = next(word for word in told[-1].split() if word.startswith("http"))
            with urllib.request.urlopen(address, timeout=30) as answer:
                page = answer.read().decode()
        finally:
            server.terminate()
    questions = [line.strip().removeprefix("- ") for line in told if line.startswith("  - ")]
    assert questions == [f"{entry.text}  ({entry.user.lower()})" for entry in SAMPLE_QUESTIONS]
    assert "Fictieve voorbeeldverzameling" in page
    assert all(entry.text in page and f"{entry.user}:" in page for entry in SAMPLE_QUESTIONS)
