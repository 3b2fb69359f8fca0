"""Publishing is one rename, in the right order; one writer; newer formats are refused."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from kennisbank import generations
from kennisbank.errors import BrokenSetting, Locked, NoLibrary
from kennisbank.model import DocumentId, LedgerRow


def publish(data: Path, text: str = "inhoud") -> generations.Generation:
    number, folder = generations.begin(data)
    (folder / "index").mkdir()
    (folder / "index" / "deel").write_text(text)
    return generations.publish(data, folder, number, {"lezer": "1"}, {"indexed": 1}, (("woord", "abc"),))


def test_a_published_generation_can_be_opened(tmp_path: Path) -> None:
    made = publish(tmp_path)
    found = generations.current(tmp_path)
    assert found == made
    assert found.number == 1
    assert list(found.manifest.files) == ["index/deel"]
    assert list(generations.damage(found)) == []


def test_nothing_published_is_no_library(tmp_path: Path) -> None:
    with pytest.raises(NoLibrary, match="kennisbank index"):
        generations.current(tmp_path)


def test_an_unfinished_generation_is_never_current_and_is_swept_away(tmp_path: Path) -> None:
    publish(tmp_path)
    number, folder = generations.begin(tmp_path)
    (folder / "half").write_text("half")
    assert generations.current(tmp_path).number == 1
    publish(tmp_path)
    assert not folder.exists() or not (folder / "half").exists()
    assert generations.current(tmp_path).number == number


def test_a_few_generations_are_kept(tmp_path: Path) -> None:
    for _ in range(6):
        publish(tmp_path)
    generations.prune(tmp_path)
    assert sorted(folder.name for folder in (tmp_path / "generaties").iterdir()) == ["000004", "000005", "000006"]


@pytest.mark.parametrize("change", ["flip", "remove", "truncate"])
def test_damage_is_found_and_named(tmp_path: Path, change: str) -> None:
    made = publish(tmp_path)
    path = made.folder / "index" / "deel"
    if change == "remove":
        path.unlink()
    else:
        path.write_text("inhouD" if change == "flip" else "in")
    assert [str(path) in line for line in generations.damage(made)] == [True]


def test_everything_is_on_disk_before_the_pointer_moves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    events: list[str] = []
    flush, replace = os.fsync, Path.replace

    def recorded_flush(descriptor: int) -> None:
        events.append(f"flush {Path(f'/proc/self/fd/{descriptor}').readlink().name}")
        flush(descriptor)

    def recorded_replace(self: Path, target: Path) -> Path:
        events.append(f"replace {Path(target).name}")
        return replace(self, target)

    if not Path("/proc/self/fd").exists():
        pytest.skip("this system does not tell which file a descriptor belongs to")
    monkeypatch.setattr(os, "fsync", recorded_flush)
    monkeypatch.setattr(Path, "replace", recorded_replace)
    publish(tmp_path)
    assert events == [
        "flush deel",
        "flush manifest.json",
        "flush index",
        "flush 000001",
        "flush generaties",
        "flush huidig.nieuw",
        "replace huidig",
        f"flush {tmp_path.name}",
    ]


def test_a_newer_format_is_refused(tmp_path: Path) -> None:
    made = publish(tmp_path)
    path = made.folder / generations.MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text()) | {"formaat": generations.FORMAT + 1}))
    with pytest.raises(BrokenSetting, match="nieuwere kennisbank"):
        generations.current(tmp_path)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    second = generations.writing(tmp_path)
    with generations.writing(tmp_path), pytest.raises(Locked, match=f"proces {os.getpid()}"):
        second.__enter__()
    with generations.writing(tmp_path):
        pass


def test_the_ledger_survives_fields_of_later_versions(tmp_path: Path) -> None:
    former = (DocumentId("x"),)
    row = LedgerRow(DocumentId("abc"), "a.pdf", "/map", "f" * 64, "indexed", "", generations.now(), None, former)
    path = tmp_path / generations.LEDGER
    generations.write_ledger(path, [row])
    path.write_text(json.dumps(json.loads(path.read_text()) | {"later": 1}) + "\n")
    assert generations.read_ledger(path) == [row]
