"""Parallels: what is paired, what is not, and that a person's word holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import scipy.sparse as sp

from indexer.build import BuildReport
from indexer.parallels import _dot
from kennisbank.corrections import Correction, Withdrawal, write_corrections, write_withdrawals
from kennisbank.exports_parallels import parallels as exported
from kennisbank.library import Library, Snapshot
from kennisbank.parallels import ParallelQuery, parallel_id

TEXTS = {
    "straf.txt": "Rapport over de strafrechtketen\n\nDe strafrechtketen en het Openbaar Ministerie zijn onderzocht. "
    "In de strafrechtketen doen gedetineerden hun verhaal telkens opnieuw aan een nieuwe medewerker.\n\nNiemand heeft "
    "de regie over de zaken in de strafrechtketen.\n",
    "asiel.txt": "Rapport over de asielketen\n\nDe asielketen en het COA zijn onderzocht. In de asielketen moeten "
    "bewoners steeds opnieuw hun verhaal doen bij een ander.\n\nDe directie is tevreden over de koffie.\n",
    "straf-twee.txt": "Tweede rapport over de strafrechtketen\n\nDe strafrechtketen is weer onderzocht. In de "
    "strafrechtketen doen gedetineerden voor de vierde keer hun verhaal opnieuw.\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TEXTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def filled(indexed: Callable[..., BuildReport], folder: Path, library: Library) -> Library:
    indexed(*folder.glob("*.txt"))
    return library


def files(now: Snapshot) -> set[frozenset[str]]:
    return {frozenset((row["links"]["bestand"], row["rechts"]["bestand"])) for row in exported(now)}


def test_the_same_phenomenon_in_other_chains_is_paired_and_nothing_else(filled: Library) -> None:
    now = filled.current()
    assert files(now) == {frozenset(("straf.txt", "asiel.txt")), frozenset(("straf-twee.txt", "asiel.txt"))}
    for row in exported(now):
        assert "verschijnsel:verhaal-herhalen" in row["over"]
        assert row["waarom"].startswith("Beide vertellen over")
        assert not set(row["links"]["ketens"]) & set(row["rechts"]["ketens"])
        for side in (row["links"], row["rechts"]):
            text = now.text(side["documentId"]).text
            assert text[side["begin"] : side["eind"]] == side["tekst"]
            assert side["deelt"]
            assert all(side["begin"] <= mark["begin"] < mark["eind"] <= side["eind"] for mark in side["deelt"])


def test_the_best_come_first_and_can_be_narrowed(filled: Library) -> None:
    parallels = filled.current().parallels
    scores = [one.score for one in parallels.all()]
    assert scores == sorted(scores, reverse=True)
    between = ParallelQuery(chains=("keten:asiel", "keten:strafrecht"))
    assert parallels.all(between) == parallels.all()
    assert not parallels.all(ParallelQuery(chains=("keten:asiel", "keten:jeugdbescherming")))
    assert sum(parallels.chain_counts().values()) >= len(parallels.all())
    one = parallels.all()[0]
    assert one in parallels.around(one.left.document, one.left.span)


def test_what_is_withdrawn_is_in_no_parallel(filled: Library) -> None:
    row = next(row for row in filled.current().rows() if row.file == "straf.txt")
    write_withdrawals(filled.settings.data, [Withdrawal(row.id, "", "", "", "test", "2026-01-01T00:00:00Z")])
    assert files(filled.current()) == {frozenset(("straf-twee.txt", "asiel.txt"))}


def test_a_person_rejects_or_confirms_and_that_survives(
    filled: Library, indexed: Callable[..., BuildReport], folder: Path
) -> None:
    first, second = exported(filled.current())
    write_corrections(
        filled.settings.data,
        [
            Correction(
                actie=action,
                soort="parallel",
                document=row["links"]["documentId"],
                tekst=row["links"]["tekst"],
                andereTekst=row["rechts"]["tekst"],
            )
            for action, row in (("verwerp", first), ("bevestig", second))
        ],
    )
    indexed(*folder.glob("*.txt"))
    (left,) = exported(filled.current())
    assert (left["id"], left["score"], left["herkomst"]) == (second["id"], 1.0, "mens")


def test_an_id_depends_on_what_stands_there() -> None:
    one = parallel_id("oplossing", ("d1", "een  tekst"), ("d2", "andere"))
    assert one == parallel_id("oplossing", ("d1", "een tekst"), ("d2", "andere"))
    assert one != parallel_id("oplossing", ("d1", "een tekst"), ("d3", "andere"))


def test_rows_without_any_phenomenon_share_nothing() -> None:
    pairs = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    assert list(_dot(sp.csr_matrix((2, 0), dtype=np.float32), *pairs, most=True)) == [0, 0]
