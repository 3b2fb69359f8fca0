"""Posting lists and places against what is simple and slow."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_engine import SAMPLES, document_of, tags_of
from whoosh import index

from kennisbank import dutch
from kennisbank.model import DocumentId
from kennisbank.search import whoosh_engine
from kennisbank.search.boundary import FIELD_WEIGHTS, Form
from kennisbank.search.entries import entry_of
from kennisbank.search.places import in_order, places_of, side_by_side, together
from kennisbank.search.postings import PostingLists
from kennisbank.taxonomy import load

TAXONOMY = load()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of several segments, with deleted documents and segments that were merged."""
    folder = tmp_path_factory.mktemp("index")
    for run in range(12):
        writer = whoosh_engine.write_index(folder)
        if run > 2:
            writer.remove([DocumentId(f"a{run - 2}")])
        for sample in SAMPLES:
            document, name = document_of(sample), DocumentId(f"{sample.name}{run}")
            writer.add(entry_of(name, "indexed", document, tags_of(sample), TAXONOMY))
        writer.commit()
    return folder


def test_blocks_hold_what_the_public_interface_says(folder: Path) -> None:
    reader = index.open_dir(str(folder), readonly=True).reader()
    lists = PostingLists(reader)
    assert len(list(reader.leaf_readers())) > 1
    assert reader.has_deletions()
    for field in (*whoosh_engine.PLACED, *FIELD_WEIGHTS):
        for raw in reader.lexicon(field):
            matcher = reader.postings(field, raw.decode())
            expected = []
            while matcher.is_active():
                expected.append((matcher.id(), matcher.weight(), matcher.value()))
                matcher.next()
            found = lists.get(field, raw.decode())
            places = found.places if field in whoosh_engine.PLACED else [value for _, _, value in expected]
            assert list(zip(found.numbers.tolist(), found.counts.tolist(), places, strict=True)) == expected
            assert field in whoosh_engine.PLACED or not found.places
    reader.close()


def test_every_form_is_found_as_often_as_it_stands_in_a_text(folder: Path) -> None:
    engine = whoosh_engine.open_index(folder)
    texts = {f"{sample.name}{run}": document_of(sample) for sample, run in product(SAMPLES, range(12))}
    for layer in ("exact", "lemma", "stem"):
        for word in {getattr(token.forms, layer) for text in texts.values() for token in dutch.tokens(text.text)}:
            held = {
                name
                for name, document in texts.items()
                for token in dutch.tokens(f"{document.metadata.title} {document.text}")
                if getattr(token.forms, layer) == word and not (token.joined and layer == "exact")
            }
            assert set(engine.holding(layer, word)) == held & engine.document_ids()
    engine.close()


Run = st.lists(st.integers(0, 60), unique=True, min_size=1, max_size=25).map(sorted)


def arrays(runs: Sequence[Sequence[int]]) -> list[np.ndarray]:
    return [np.asarray(run, np.int64) for run in runs]


@given(st.lists(Run, min_size=2, max_size=4))
def test_side_by_side(runs: list[list[int]]) -> None:
    expected = [at for at in runs[0] if all(at + word in run for word, run in enumerate(runs))]
    assert side_by_side(arrays(runs)).tolist() == expected


@given(st.lists(Run, min_size=2, max_size=3), st.integers(1, 6))
def test_in_order(runs: list[list[int]], within: int) -> None:
    rows = (row for row in product(*runs) if all(0 < b - a <= within for a, b in pairwise(row)))
    assert in_order(arrays(runs), within).tolist() == sorted({row[0] for row in rows})


@given(Run, Run, st.integers(1, 6))
def test_two_words_together_in_any_order(one: list[int], other: list[int], within: int) -> None:
    one = [at for at in one if at not in other]  # at one place stands one word
    near = any(abs(a - b) <= within for a, b in product(one, other))
    assert bool(len(together(arrays([one, other]), within))) == near if one else True


@pytest.mark.parametrize(("ordered", "count"), [(True, 1), (False, 2)])
def test_a_form_says_how_its_words_must_stand(ordered: bool, count: int) -> None:
    runs = arrays([[3, 40], [5, 38]])
    assert len(places_of(Form("lemma", ("a", "b"), 1.0, 4, ordered), runs)) == count
