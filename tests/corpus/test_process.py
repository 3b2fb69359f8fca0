"""A reading process hangs, explodes and dies for real; the parent gives each a status and goes on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.process import ReadingProcess
from corpus.reading import Outcome
from corpus.worker import read_outcome
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

LIMITS = Limits(seconds_without_progress=3.0, seconds=6.0, memory_bytes=600 << 20)
HOSTILE = Path(__file__).parents[1] / "hostile"
TEXT = "Een gewoon rapport over de overdracht van informatie tussen inrichtingen in de keten.\n"


@pytest.fixture
def process(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingProcess]:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join((str(HOSTILE), str(HOSTILE.parents[1]))))
    with ReadingProcess(LIMITS, reader="hostile_readers:misbehave") as running:
        yield running


def read(process: ReadingProcess, folder: Path, name: str) -> Outcome:
    path = folder / name
    path.write_text(TEXT, encoding="utf-8")
    target = folder / f"{name}.json.gz"
    outcome = process.read(path, name, DocumentId("abc"), target)
    assert read_outcome(target) == outcome
    return outcome


@pytest.mark.parametrize(
    ("act", "status", "reason"),
    [
        ("hang", "timeout", "geen voortgang"),
        ("creep", "timeout", "6 seconden"),
        ("explode", ("limit_exceeded", "crashed"), ""),
        ("kill", "crashed", "SIGKILL"),
        ("leave", "crashed", "code 3"),
        ("recurse", ("limit_exceeded", "crashed", "timeout"), ""),
    ],
)
def test_every_misbehaviour_has_a_status_and_no_neighbour_notices(
    process: ReadingProcess, tmp_path: Path, act: str, status: str | tuple[str, ...], reason: str
) -> None:
    assert read(process, tmp_path, "voor.txt").status == "indexed"
    outcome = read(process, tmp_path, f"{act}.txt")
    assert outcome.status in (status if isinstance(status, tuple) else (status,))
    assert reason in outcome.reason
    assert "\n" not in outcome.reason
    after = read(process, tmp_path, "na.txt")
    assert after.status == "indexed"
    assert after.document is not None
    assert after.document.text == TEXT.strip()


def test_output_of_a_parser_is_no_answer(process: ReadingProcess, tmp_path: Path) -> None:
    assert read(process, tmp_path, "chatter.txt").status == "indexed"


def test_a_parser_that_keeps_its_memory_limit_is_left_alone(process: ReadingProcess, tmp_path: Path) -> None:
    first = read(process, tmp_path, "een.txt")
    second = read(process, tmp_path, "twee.txt")
    assert first.status == second.status == "indexed"
