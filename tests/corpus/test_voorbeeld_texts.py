"""The texts of the sample corpus together: how many, of which years and kinds, and none the echo of another."""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "tools"))

from render_source import Heading, Source, read, runs, texts

SOURCES = sorted((Path(__file__).parents[2] / "corpus/voorbeeld/bronnen").glob("*.md"))
KINDS_AT_LEAST = {
    "rapport": 1,
    "incidentonderzoek": 1,
    "doorlichting": 1,
    "vervolgonderzoek": 1,
    "jaarbericht": 4,
    "werkprogramma": 4,
    "meerjarenperspectief": 1,
    "brief": 1,
    "signaal": 1,
    "beleidsreactie": 3,
    "plan-van-aanpak": 2,
    "toetsingskader": 1,
    "nieuwsbericht": 1,
    "factsheet": 1,
    "wederhoor": 1,
}
SHINGLE = 8
"""Words in a row that no more than two documents may have in common."""
SET_PHRASES = {
    "inspectie justitie en veiligheid hierna de inspectie": "how a document of the inspection introduces its author",
    "inspectie veiligheid en justitie hierna de inspectie": "the same, before its name was turned round",
    "inspectie justitie en veiligheid": "a name",
    "inspectie veiligheid en justitie": "a name",
    "inspectie gezondheidszorg en jeugd": "a name",
    "de brand in een opslaghal in veiligheidsregio kwelderkust": "what that fire is called",
    "herkennen van mensenhandel huiselijk geweld en suïcidaliteit": "a recommendation, cited by what follows it up",
}
"""What documents may repeat to the letter, and why: each counts as one word."""


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    return [read(path) for path in SOURCES]


def plain(text: str) -> str:
    return "".join(" " if run.style == "note" else run.text for run in runs(text))


def shingles(source: Source) -> set[str]:
    """Return the rows of words in the body of a document; headings and footnotes aside."""
    found = set()
    for text in texts(tuple(block for block in source.blocks if not isinstance(block, Heading))):
        line = " ".join(re.findall(r"\w+", plain(text).lower()))
        for phrase in sorted(SET_PHRASES, key=len, reverse=True):
            line = re.sub(rf"\b{phrase}\b", phrase.replace(" ", "_"), line)
        words = line.split()
        found |= {" ".join(words[at : at + SHINGLE]) for at in range(len(words) - SHINGLE + 1)}
    return found


def test_the_corpus_is_large_enough_to_search(sources: list[Source]) -> None:
    written = [plain(text) for source in sources for text in (*texts(source.blocks), *source.notes.values())]
    assert len(sources) >= 40
    assert sum(len(text.split()) for text in written) >= 45_000


def test_the_corpus_covers_the_years_and_the_kinds(sources: list[Source]) -> None:
    kinds = Counter(source.kind for source in sources)
    assert {source.date[:4] for source in sources} >= {str(year) for year in range(2014, 2026)}
    assert {kind: kinds[kind] for kind, least in KINDS_AT_LEAST.items() if kinds[kind] < least} == {}


def test_no_sentence_goes_round_in_more_than_two_documents(sources: list[Source]) -> None:
    names = defaultdict(list)
    for source in sources:
        for shingle in shingles(source):
            names[shingle].append(source.name)
    echoes = [f"'{shingle}' in {', '.join(found)}" for shingle, found in names.items() if len(found) > 2]
    assert not echoes, "\n".join(["vary these, or say in SET_PHRASES why not:", *sorted(echoes)])


def test_every_set_phrase_is_still_in_use(sources: list[Source]) -> None:
    used = " ".join(shingle for source in sources for shingle in shingles(source))
    assert [phrase for phrase in SET_PHRASES if phrase.replace(" ", "_") not in used] == []
