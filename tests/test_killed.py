"""The indexer is killed at fifty random moments while the site is asked: every answer is wholly old or wholly new."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from indexer.build import BuildReport
from kennisbank.check import problems
from kennisbank.library import Library
from kennisbank.query import parse
from kennisbank.settings import Settings
from web import create_app

KILLS = 50
REPORTS = 6
VERSIONS = ["eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende"]
SHOWN = re.compile(rf"stand ({'|'.join(VERSIONS)})")


def write(folder: Path, version: str) -> None:
    for number in range(REPORTS):
        text = f"Rapport {number}\n\nDit kenmerk geeft de stand {version} van rapport {number} over de overdracht.\n"
        (folder / f"rapport{number}.txt").write_text(text, encoding="utf-8")


class Visitor(threading.Thread):
    """Keeps asking the site, and notes for every answer which versions it shows and how many documents."""

    def __init__(self, library: Library, settings: Settings) -> None:
        super().__init__(daemon=True)
        self._client = create_app(library, settings).test_client()
        self._stop_asking = threading.Event()
        self.answers = 0
        self.mixed: list[str] = []

    def run(self) -> None:
        while not self._stop_asking.is_set():
            page = self._client.get("/?q=kenmerk+overdracht")
            text = re.sub(r"<[^>]+>", "", page.get_data(as_text=True))
            shown = SHOWN.findall(text)
            if page.status_code != 200 or len(set(shown)) != 1 or len(shown) != REPORTS:
                self.mixed.append(f"{page.status_code}: {sorted(shown)}")
            self.answers += 1

    def finish(self) -> None:
        self._stop_asking.set()
        self.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "bron"
    made.mkdir()
    return made


def test_every_answer_is_wholly_old_or_wholly_new(
    folder: Path,
    settings: Settings,
    library: Library,
    indexed: Callable[..., BuildReport],
    kennisbank_command: Sequence[str],
) -> None:
    write(folder, VERSIONS[0])
    indexed(folder)
    command = [*kennisbank_command, "index", str(folder), "--data", str(settings.data), "--workers", "1"]
    longest = 3.0
    dice = random.Random(20240115)
    killed = published = 0
    visitor = Visitor(library, settings)
    visitor.start()
    try:
        while killed < KILLS or not published:
            write(folder, dice.choice(VERSIONS))
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            try:
                process.wait(timeout=dice.uniform(0.3, longest))
                published += 1
                longest = max(longest * 0.9, 0.5)
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                killed += 1
                longest = min(longest * 1.1, 30.0)
            process.wait()
    finally:
        visitor.finish()
    assert visitor.mixed == []
    assert visitor.answers > KILLS
    assert published > 0
    write(folder, "zevende")
    assert indexed(folder).statuses == {"indexed": REPORTS}
    assert list(problems(library.settings.data)) == []
    assert library.current().search(parse('"stand zevende"')).total == REPORTS
