"""A finding of one report of a series brings those of the other reports: over real inspections of the same products."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from indexer.build import build
from kennisbank.evaluation.matching import holds, tokens
from kennisbank.library import Library, Snapshot
from kennisbank.seen import Seen, similar
from kennisbank.settings import Settings
from kennisbank.taxonomy import Taxonomy

DATA = Path(__file__).parents[2] / ".." / "shared" / "data" / "nl-inspectierapporten-toegankelijkheid"
WANTED, OF = 8, 10
Row = Mapping[str, Any]


def rows_of(name: str) -> list[Row]:
    return [json.loads(line) for line in (DATA / name).read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def series(tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy) -> Snapshot:
    if not DATA.is_dir():
        pytest.skip(f"the reports are not here: {DATA.name}")
    settings = Settings(data=tmp_path_factory.mktemp("reeks") / "verzameling")
    build([DATA / "pdf"], settings, taxonomy)
    return Library(settings).current()


def test_a_finding_brings_those_of_the_other_reports(series: Snapshot) -> None:
    findings: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for finding in rows_of("findings.jsonl"):
        findings[finding["file"], finding["criterion"]].append(finding)
    rows = rows_of("recurring.jsonl")
    assert len(rows) == OF
    right = [row for row in rows if any(brings(series, row, file, findings) for file in row["files"])]
    assert len(right) >= WANTED


def brings(now: Snapshot, row: Row, file: str, findings: Mapping[tuple[str, str], Sequence[Row]]) -> bool:
    """Tell whether a finding of one report has one of another among the first five."""
    others = {other: findings.get((other, row["criterion"]), ()) for other in row["files"] if other != file}
    return any(
        says(seen, other, theirs)
        for finding in findings.get((file, row["criterion"]), ())
        for seen in similar(now, finding["finding"], 5)
        for other, theirs in others.items()
    )


def says(seen: Seen, file: str, findings: Sequence[Row]) -> bool:
    if file not in {seen.row.file, *(row.file for row in seen.also)}:
        return False
    text = tokens(seen.text)
    return any(
        max(holds(text, words), holds(words, text)) >= 0.5 for words in (tokens(one["finding"]) for one in findings)
    )
