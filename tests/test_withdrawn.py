"""What is withdrawn is at no address, in no list, count, export or original, at once and after indexing again."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urldefrag

import pytest
from flask.testing import FlaskClient

from indexer.build import BuildReport
from kennisbank import export, generations
from kennisbank.corrections import Withdrawal, write_withdrawals
from kennisbank.library import Library, Snapshot
from kennisbank.query import parse
from kennisbank.settings import Settings
from web import create_app

RARE = "Zeldzaamwoordvoorintrekken"
TEXT = f"# {RARE} onder druk\n\nIn de asielketen meldt het COA wachtlijsten; {RARE.lower()} staat alleen hier.\n"
LINK = re.compile(r'(?:href|src|action)="(/[^"]*)"')


@pytest.fixture
def hidden(indexed: Callable[..., BuildReport], reports: Path, library: Library, settings: Settings) -> tuple[str, str]:
    """Index, withdraw, and return the document's id and sha256."""
    (reports / "geheim.md").write_text(TEXT, encoding="utf-8")
    (reports / "kopie.md").write_text(TEXT, encoding="utf-8")
    indexed(reports)
    row = next(row for row in library.current().rows() if row.file == "geheim.md")
    assert mentions(library.current()), "the word must be there before"
    entry = Withdrawal(row.id, str(row.sha256), str(reports), row.file, "op verzoek", generations.now())
    write_withdrawals(settings.data, [entry])
    return row.id, str(row.sha256)


def mentions(snapshot: Snapshot) -> list[str]:
    """Name every answer of the library that still holds the word."""
    answers = {
        name: "\n".join(json.dumps(row, ensure_ascii=False) for row in rows(snapshot))
        for name, rows in export.KINDS.items()
    }
    for question in (RARE, RARE[:6] + "*", "wachtlijsten", ""):
        found = export.answer(snapshot, snapshot.search(parse(question)))
        answers[question] = json.dumps([found["resultaten"], found["facetten"]], ensure_ascii=False)
    return [name for name, text in answers.items() if RARE.lower() in text.lower()]


def crawl(client: FlaskClient, name: str) -> dict[str, tuple[int, str]]:
    """Visit every address that the site leads to, and those of the document itself."""
    waiting = ["/", "/?q=", f"/?q={RARE}", "/?q=wachtlijsten", "/verzameling", f"/documenten/{name}"]
    waiting += [f"/documenten/{name}/bestand", f"/documenten/{name}?q=wachtlijsten", "/?status=indexed"]
    seen: dict[str, tuple[int, str]] = {}
    while waiting and len(seen) < 400:
        address = waiting.pop(0)
        if address not in seen:
            with client.get(address) as answer:
                seen[address] = (answer.status_code, answer.get_data(as_text=True))
            if answer.mimetype == "text/html":
                waiting += [urldefrag(link.replace("&amp;", "&"))[0] for link in LINK.findall(seen[address][1])]
    return seen


def assert_gone(library: Library, settings: Settings, hidden: tuple[str, str]) -> None:
    name, _ = hidden
    assert mentions(library.current()) == []
    pages = crawl(create_app(library, settings).test_client(), name)
    assert len(pages) > 30
    assert {pages[f"/documenten/{name}"][0], pages[f"/documenten/{name}/bestand"][0]} == {410}
    own_words = re.compile(re.escape(f"{RARE} onder druk"), re.IGNORECASE)
    assert [address for address, (_, text) in pages.items() if own_words.search(text)] == []
    assert "geheim.md" in pages["/verzameling"][1]
    assert library.current().search(parse("wachtlijsten")).total == 2


def test_withdrawn_is_gone_at_once(library: Library, settings: Settings, hidden: tuple[str, str]) -> None:
    assert_gone(library, settings, hidden)


def test_withdrawn_stays_gone_after_indexing(
    library: Library,
    settings: Settings,
    hidden: tuple[str, str],
    indexed: Callable[..., BuildReport],
    reports: Path,
) -> None:
    report = indexed(reports)
    assert report.statuses == {"indexed": 3, "withdrawn": 2}
    assert_gone(library, settings, hidden)
    kept = [path for path in settings.data.rglob("*") if hidden[1] in path.name]
    assert kept == [], "neither the original nor its reading is kept"


def test_a_new_version_of_a_withdrawn_file_stays_away(
    library: Library,
    settings: Settings,
    hidden: tuple[str, str],
    indexed: Callable[..., BuildReport],
    reports: Path,
) -> None:
    (reports / "kopie.md").unlink()
    (reports / "geheim.md").write_text(TEXT + "\nEen nieuwe versie.\n", encoding="utf-8")
    assert indexed(reports).statuses["withdrawn"] == 1
    assert mentions(library.current()) == []
