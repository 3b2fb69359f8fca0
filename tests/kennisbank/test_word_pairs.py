"""Words that a reader expects to find each other, and words that must not: by the forms that search and index share.

The domain pairs are ours (`woordparen.tsv`: what inspectors look for); the random ones are inflections from UniMorph,
which are not part of the project. A pair meets when a question for the one finds a text with the other.
"""

from __future__ import annotations

import gzip
import random
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path

import pytest
from conftest import SHARED

from kennisbank import dutch
from kennisbank.search.concepts import word_forms

PAIRS = Path(__file__).parent / "woordparen.tsv"
UNIMORPH = SHARED / "data" / "nl-morphology" / "unimorph_nld.tsv.gz"
SEED, RANDOM_PAIRS = 20_190, 300


def finds(asked: str, written: str) -> bool:
    """Tell whether a question for a word finds a text with the other, in any layer."""
    held = dutch.forms(written)
    layers = {
        "exact": {held.exact},
        "lemma": {held.lemma},
        "stem": {held.stem},
        "part": {part.stem for part in held.parts},
    }
    return any(len(form.words) == 1 and form.words[0] in layers.get(form.layer, set()) for form in word_forms(asked))


def judged(verdict: str) -> list[tuple[str, str]]:
    rows = (line.split("\t") for line in PAIRS.read_text(encoding="utf-8").splitlines()[1:])
    return [(one, other) for sort, one, other in rows if sort == verdict]


def missed(pairs: Iterable[tuple[str, str]]) -> list[str]:
    """Return the pairs that do not find each other both ways."""
    return [f"{one}/{other}" for one, other in pairs if not (finds(one, other) and finds(other, one))]


def test_words_of_the_domain_meet() -> None:
    pairs = judged("meet")
    assert len(pairs) == len(set(pairs)) == 112
    assert len(missed(pairs)) <= 0.03 * len(pairs), missed(pairs)


def test_words_of_the_domain_stay_apart() -> None:
    pairs = judged("apart")
    wrong = [f"{one}/{other}" for one, other in pairs if finds(one, other) or finds(other, one)]
    assert len(pairs) == len(set(pairs)) == 28
    assert len(wrong) <= 4, wrong


def test_random_inflections_meet() -> None:
    if not UNIMORPH.exists():
        pytest.skip(f"{UNIMORPH} is not there: UniMorph is not part of the project")
    with gzip.open(UNIMORPH, "rt", encoding="utf-8") as lines:
        rows = sorted({tuple(line.rstrip("\n").split("\t")[:2]) for line in list(lines)[1:]})
    by_lemma = [[form for _, form in group] for _, group in groupby(rows, key=lambda row: row[0])]
    several = [forms for forms in by_lemma if len(forms) > 1]
    chance = random.Random(SEED)
    pairs = [tuple(chance.sample(forms, 2)) for forms in chance.sample(several, RANDOM_PAIRS)]
    assert len(missed(pairs)) <= 0.15 * len(pairs), missed(pairs)  # type: ignore[arg-type]
