"""From files to a generation: what is read again, what is not, and what each file's status becomes."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, load
from indexer import build as build_module
from indexer.build import BuildReport
from kennisbank import generations
from kennisbank.check import problems
from kennisbank.corrections import Withdrawal, write_withdrawals
from kennisbank.errors import BrokenSetting, NoLibrary, UsageError
from kennisbank.library import Library, Snapshot
from kennisbank.query import parse
from kennisbank.settings import Settings
from kennisbank.taxonomy import load as load_taxonomy

Index = Callable[..., BuildReport]


def statuses(snapshot: Snapshot) -> dict[str, str]:
    return {row.file: row.status for row in snapshot.rows()}


def found(snapshot: Snapshot, text: str) -> set[str]:
    hits = snapshot.search(parse(text, taxonomy=snapshot.taxonomy)).hits
    return {hit.file for hit in hits if not hit.missing}


def test_reports_are_found_after_indexing(indexed: Index, reports: Path, library: Library) -> None:
    report = indexed(reports)
    assert (report.generation, report.parsed, report.statuses, report.rejected) == (1, 3, {"indexed": 3}, ())
    snapshot = library.current()
    assert found(snapshot, "overdracht informatie") == {"overdracht.txt"}
    assert found(snapshot, "wachtlijsten aanspreekpunt") == {"opvang.md", "brief.html"}
    assert list(problems(library.settings.data)) == []


def test_unchanged_files_are_not_read_again(indexed: Index, reports: Path, library: Library) -> None:
    indexed(reports)
    before = list(library.current().rows())
    report = indexed(reports)
    assert report.parsed == 0
    assert list(library.current().rows()) == before
    assert library.current().generation == 2
    assert list(problems(library.settings.data)) == []


def test_a_changed_file_is_read_again_and_its_old_address_leads_on(
    indexed: Index, reports: Path, library: Library
) -> None:
    indexed(reports)
    old = next(row for row in library.current().rows() if row.file == "brief.html")
    (reports / "brief.html").write_text(
        "<main><h1>Brief</h1><p>Nu over kangoeroes in de opvang, die daar niet horen.</p></main>"
    )
    report = indexed(reports)
    snapshot = library.current()
    new = next(row for row in snapshot.rows() if row.file == "brief.html")
    assert report.parsed == 1
    assert new.id != old.id
    assert snapshot.current_id(old.id) == new.id
    assert found(snapshot, "kangoeroe") == {"brief.html"}
    assert found(snapshot, "jeugdbeschermingsketen") == set()
    assert list(problems(library.settings.data)) == []


def test_going_on_gives_the_same_as_starting_over(
    indexed: Index, reports: Path, library: Library, settings: Settings
) -> None:
    indexed(reports)
    (reports / "extra.txt").write_text("Een extra rapport over verlof en de overdracht van informatie daarna, kort.")
    (reports / "brief.html").unlink()
    indexed(reports)
    went_on = library.current()
    first = [row for row in went_on.rows() if row.status != "missing"]
    hits = [(hit.id, hit.score) for hit in went_on.search(parse("overdracht")).hits]
    shutil.rmtree(settings.data)
    indexed(reports)
    fresh = Library(settings).current()
    strip = [(row.id, row.file, row.status, row.title, row.terms) for row in first]
    assert [(row.id, row.file, row.status, row.title, row.terms) for row in fresh.rows()] == strip
    assert [hit for hit, _ in hits] == [hit.id for hit in fresh.search(parse("overdracht")).hits]


def test_a_file_that_is_gone_is_missing_and_comes_back(indexed: Index, reports: Path, library: Library) -> None:
    indexed(reports)
    text = (reports / "opvang.md").read_bytes()
    (reports / "opvang.md").unlink()
    indexed(reports)
    assert statuses(library.current())["opvang.md"] == "missing"
    assert found(library.current(), "noodopvang") == set()
    (reports / "opvang.md").write_bytes(text)
    assert indexed(reports).parsed == 1
    assert found(library.current(), "noodopvang") == {"opvang.md"}


def test_a_moved_file_keeps_its_id(indexed: Index, reports: Path, library: Library) -> None:
    indexed(reports)
    before = {row.file: row.id for row in library.current().rows()}
    (reports / "2022").mkdir()
    (reports / "opvang.md").rename(reports / "2022" / "opvang.md")
    assert indexed(reports).parsed == 0
    after = {row.file: row.id for row in library.current().rows()}
    assert after == {
        **{file: name for file, name in before.items() if file != "opvang.md"},
        "2022/opvang.md": before["opvang.md"],
    }


def test_the_same_bytes_twice_are_one_document(indexed: Index, reports: Path, library: Library) -> None:
    shutil.copyfile(reports / "opvang.md", reports / "kopie.md")
    report = indexed(reports)
    assert report.statuses == {"indexed": 3, "duplicate": 1}
    rows = {row.file: row for row in library.current().rows()}
    assert rows["opvang.md"].duplicate_of == rows["kopie.md"].id
    assert len(library.current().search(parse("noodopvang")).hits) == 1


def test_another_folder_leaves_the_first_as_it_is(
    indexed: Index, reports: Path, library: Library, tmp_path: Path
) -> None:
    indexed(reports)
    other = tmp_path / "andere"
    other.mkdir()
    (other / "verlof.txt").write_text("Rapport over verlof en proefverlof in de inrichting, met bevindingen.")
    assert indexed(other).parsed == 1
    assert len(statuses(library.current())) == 4
    shutil.rmtree(reports)
    indexed(other)
    assert found(library.current(), "overdracht") == {"overdracht.txt"}


def test_paths_that_hold_nothing_change_nothing(
    indexed: Index, reports: Path, library: Library, tmp_path: Path
) -> None:
    indexed(reports)
    (tmp_path / "leeg").mkdir()
    with pytest.raises(UsageError, match="niets gewijzigd"):
        indexed(tmp_path / "leeg")
    with pytest.raises(UsageError, match="bestaat niet"):
        indexed(tmp_path / "weg")
    assert library.current().generation == 1


@pytest.mark.parametrize(
    ("name", "content", "status"),
    [
        ("leeg.pdf", b"", "not_a_document"),
        ("web.pdf", b"<html><body><p>Geen PDF</p></body></html>", "not_a_document"),
        ("kapot.pdf", b"%PDF-1.7\n%%EOF", "corrupt"),
        ("kapot.docx", b"PK\x03\x04rommel", "corrupt"),
        ("plaatje.png", b"\x89PNG\r\n\x1a\n" + bytes(50), "unsupported"),
        ("niets.txt", b"   \n\n ", "no_text"),
    ],
)
def test_every_bad_file_has_a_status_and_a_reason(
    indexed: Index, reports: Path, library: Library, name: str, content: bytes, status: str
) -> None:
    (reports / name).write_bytes(content)
    report = indexed(reports)
    assert [(row.file, row.status) for row in report.rejected] == [(name, status)]
    assert report.rejected[0].reason
    assert report.statuses["indexed"] == 3
    assert indexed(reports).parsed == 0
    assert statuses(library.current())[name] == status


def test_too_large_and_hidden_files(settings: Settings, indexed: Index, reports: Path, library: Library) -> None:
    (reports / ".verborgen.txt").write_text("verborgen")
    with (reports / "groot.txt").open("wb") as stream:
        stream.truncate(settings.limits.file_bytes + 1)
    report = indexed(reports)
    assert [(row.file, row.status) for row in report.rejected] == [("groot.txt", "too_large")]


def test_what_is_withdrawn_stays_withdrawn(indexed: Index, reports: Path, library: Library, settings: Settings) -> None:
    indexed(reports)
    row = next(row for row in library.current().rows() if row.file == "opvang.md")
    write_withdrawals(settings.data, [Withdrawal(row.id, str(row.sha256), "", "", "verzoek", generations.now())])
    assert found(library.current(), "noodopvang") == set()
    (reports / "opvang.md").rename(reports / "hernoemd.md")
    indexed(reports)
    snapshot = library.current()
    assert statuses(snapshot) == {"brief.html": "indexed", "hernoemd.md": "withdrawn", "overdracht.txt": "indexed"}
    assert found(snapshot, "noodopvang") == set()
    assert not list((settings.data / "originelen").glob(f"*/{row.sha256}"))


def test_a_catalogue_wins_and_is_remembered(indexed: Index, reports: Path, library: Library, tmp_path: Path) -> None:
    path = tmp_path / "catalogus.csv"
    path.write_text(
        "file,title,date,kind,publisher,url\nopvang.md,Mijn titel,2020-02,signaal,Toezicht Sociaal Domein|Wij,\n"
        "nooit-gehad.pdf,Een rapport dat ontbreekt,2011,rapport,,\n"
    )
    indexed(reports, catalogue=load(path))
    for _ in range(2):
        row = next(row for row in library.current().rows() if row.file == "opvang.md")
        assert (row.title, row.date, row.kind) == ("Mijn titel", "2020-02", "signaal")
        assert row.publishers == ("Toezicht Sociaal Domein", "Wij")
        assert row.found["title"] == "catalogus"
        assert statuses(library.current())["nooit-gehad.pdf"] == "not_held"
        assert indexed(reports).parsed == 0


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title\nzonder bestand\n", ":1: kolom 'file'"),
        ("file,title\n,leeg\n", ":2: kolom 'file'"),
        ("[]", ":1: kolom 'file'"),
        ('{"file": 3}', ":1: 'file' moet tekst zijn"),
        ("file,kind\nx.pdf,krant\n", ":2: soort 'krant'"),
        ("file,date\nx.pdf,gisteren\n", ":2: datum 'gisteren'"),
        ('{"file": "x.pdf"}\n{kapot\n', ":2: geen geldige JSON"),
    ],
)
def test_a_broken_catalogue_is_named_with_line_and_reason(tmp_path: Path, text: str, message: str) -> None:
    path = tmp_path / "catalogus.csv"
    path.write_text(text)
    with pytest.raises(BrokenSetting, match=message):
        load(path)
    assert isinstance(Catalogue({}).rows, dict)


def test_a_damaged_generation_is_made_anew(indexed: Index, reports: Path, library: Library, settings: Settings) -> None:
    indexed(reports)
    record = generations.current(settings.data).folder / "record.sqlite"
    record.write_bytes(record.read_bytes()[:-100])
    assert list(generations.damage(generations.current(settings.data)))
    indexed(reports)
    assert list(problems(library.settings.data)) == []


def test_an_older_library_is_rebuilt_with_its_ledger(
    indexed: Index, reports: Path, library: Library, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    indexed(reports)
    (reports / "brief.html").unlink()
    indexed(reports)
    monkeypatch.setattr(generations, "FORMAT", generations.FORMAT + 1)
    with pytest.raises(NoLibrary, match="kennisbank index"):
        Library(settings).current()
    report = indexed(reports)
    snapshot = Library(settings).current()
    assert report.parsed == 0
    assert statuses(snapshot)["brief.html"] == "missing"
    assert list(problems(library.settings.data)) == []


def test_no_library_yet(library: Library) -> None:
    with pytest.raises(NoLibrary):
        library.current()


def test_what_cannot_be_read_now_is_not_lost(
    indexed: Index, reports: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    (reports / "dicht").mkdir()
    (reports / "opvang.md").rename(reports / "dicht" / "opvang.md")
    indexed(reports)
    before = statuses(library.current())
    real_walk, real_digest = os.walk, build_module.digest

    def walk(top: Path, onerror: Callable[[OSError], None]) -> Iterator[tuple[str, list[str], list[str]]]:
        for folder, subfolders, names in real_walk(top):
            if Path(folder).name == "dicht":
                onerror(PermissionError(13, "geen toegang", folder))
            else:
                yield folder, subfolders, names

    def digest(path: Path) -> str:
        if path.name == "overdracht.txt":
            raise PermissionError(13, "geen toegang", str(path))
        return real_digest(path)

    monkeypatch.setattr(os, "walk", walk)
    monkeypatch.setattr(build_module, "digest", digest)
    report = indexed(reports)
    assert report.closed == (reports / "dicht",)
    assert statuses(library.current()) == before
    assert found(library.current(), "noodopvang") == {"dicht/opvang.md"}
    assert found(library.current(), "strafrechtketen") == {"overdracht.txt"}


@pytest.mark.parametrize("damage", ["rommel", None])
def test_a_damaged_pointer_loses_nothing(
    indexed: Index, reports: Path, library: Library, settings: Settings, tmp_path: Path, damage: str | None
) -> None:
    indexed(reports)
    pointer = settings.data / generations.POINTER
    if damage is None:
        pointer.unlink()
    else:
        pointer.write_text(damage)
    other = tmp_path / "andere"
    other.mkdir()
    (other / "verlof.txt").write_text("Rapport over verlof en proefverlof in de inrichting, met bevindingen.")
    indexed(other)
    assert set(statuses(library.current()).values()) == {"indexed"}
    assert len(statuses(library.current())) == 4


def test_a_folder_may_be_spelled_otherwise(indexed: Index, reports: Path, library: Library) -> None:
    indexed(reports)
    (reports / "sub").mkdir()
    (reports / "opvang.md").rename(reports / "sub" / "opvang.md")
    indexed(reports / "sub" / "..")
    before = statuses(library.current())
    assert set(before.values()) == {"indexed"}
    assert indexed(reports / "sub").statuses == {"indexed": 3}
    assert statuses(library.current()) == before


def test_links_are_not_followed(indexed: Index, reports: Path, library: Library, tmp_path: Path) -> None:
    outside = tmp_path / "buiten.txt"
    outside.write_text("Dit bestand staat buiten de map en hoort niet in de verzameling te komen.")
    (reports / "link.txt").symlink_to(outside)
    assert indexed(reports).statuses == {"indexed": 3}


def test_a_new_version_in_another_root_stays_withdrawn(
    indexed: Index, reports: Path, library: Library, settings: Settings
) -> None:
    (reports / "sub").mkdir()
    (reports / "opvang.md").rename(reports / "sub" / "opvang.md")
    indexed(reports)
    row = next(row for row in library.current().rows() if row.file == "sub/opvang.md")
    entry = Withdrawal(row.id, str(row.sha256), str(reports), row.file, "verzoek", generations.now())
    write_withdrawals(settings.data, [entry])
    (reports / "sub" / "opvang.md").write_text("# Noodopvang\n\nEen nieuwe tekst over de noodopvang, iets anders.")
    indexed(reports / "sub")
    assert found(library.current(), "noodopvang") == set()
    assert statuses(library.current())["sub/opvang.md"] == "withdrawn"


def test_names_and_terms_come_from_the_generation_that_is_shown(
    indexed: Index, reports: Path, library: Library, settings: Settings
) -> None:
    indexed(reports)
    own = settings.data / "taxonomie.toml"
    text = library.current().taxonomy.source.replace('naam = "strafrechtketen"', 'naam = "keten van straf"')
    own.write_text(text, encoding="utf-8")
    assert library.current().label("keten", "keten:strafrecht") == "strafrechtketen"
    build_module.build([reports], settings, load_taxonomy(own), workers=1)
    assert library.current().label("keten", "keten:strafrecht") == "keten van straf"


def test_what_is_not_held_has_the_name_that_the_catalogue_gives(
    indexed: Index, reports: Path, library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "catalogus.csv"
    path.write_text("file,title,date\nnooit.pdf,Een rapport dat ontbreekt,2011\n")
    indexed(reports, catalogue=load(path))
    row = next(row for row in library.current().rows() if row.status == "not_held")
    assert (row.title, row.date) == ("Een rapport dat ontbreekt", "2011")
