"""What tests share: a small collection on disk, a library made of it, and the sample corpus as a library."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pytest

from indexer.build import BuildReport, build
from kennisbank.library import Library
from kennisbank.sample import FICTION
from kennisbank.settings import FILE_NAME, Settings, load
from kennisbank.taxonomy import Taxonomy
from kennisbank.taxonomy import load as load_taxonomy

SHARED = Path(__file__).parents[1] / ".." / "shared"
"""Material to measure with, beside the checkout; not part of the project."""


@pytest.fixture(scope="session")
def taxonomy() -> Taxonomy:
    """The taxonomy that comes with the program."""
    return load_taxonomy()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an empty library."""
    return Settings(data=tmp_path / "verzameling")


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder with a few short reports in plain text."""
    folder = tmp_path / "rapporten"
    folder.mkdir()
    (folder / "overdracht.txt").write_text(
        "Rapport over de overdracht\n\n1 Inleiding\n\nDe inspectie onderzocht de overdracht van informatie in de "
        "strafrechtketen. De overdracht verliep bij de inrichting niet altijd volledig.\n\n2 Personeel\n\nEr is een "
        "tekort aan personeel. Nieuwe medewerkers vertrekken weer snel.\n",
        encoding="utf-8",
    )
    (folder / "opvang.md").write_text(
        "# Noodopvang onder druk\n\nIn de asielketen ontbreekt een vast aanspreekpunt. Het COA meldt wachtlijsten en "
        "een tekort aan personeel op de locatie.\n\n## Aanpak in de asielketen\n\nDe informatie-uitwisseling "
        "liep vast.\n",
        encoding="utf-8",
    )
    (folder / "brief.html").write_text(
        "<html><head><title>Brief over wachtlijsten</title></head><body><nav>Menu</nav><main><h1>Brief over "
        "wachtlijsten</h1><p>Kinderen wachten te lang op hulp in de jeugdbeschermingsketen. Niemand heeft zicht op de "
        "wachtlijsten, en een vast aanspreekpunt is er niet.</p></main></body></html>",
        encoding="utf-8",
    )
    return folder


@pytest.fixture
def indexed(settings: Settings, taxonomy: Taxonomy) -> Callable[..., BuildReport]:
    """Index paths into the library of `settings`."""

    def index(*paths: Path, **options: object) -> BuildReport:
        return build(paths, settings, taxonomy, workers=1, **options)  # type: ignore[arg-type]

    return index


@pytest.fixture
def library(settings: Settings) -> Library:
    """The library of `settings`, indexed or not."""
    return Library(settings)


@pytest.fixture(scope="session")
def sample_settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Settings of a library with the sample corpus."""
    data = tmp_path_factory.mktemp("voorbeeld") / "verzameling"
    data.mkdir()
    (data / FILE_NAME).write_text(f'notice = "{FICTION}"\n', encoding="utf-8")
    return load(data)


@pytest.fixture(scope="session")
def sample_library(sample_settings: Settings, taxonomy: Taxonomy) -> Library:
    """The sample corpus, indexed once for all tests."""
    with resources.as_file(resources.files("corpus") / "voorbeeld" / "documenten") as folder:
        build([folder], sample_settings, taxonomy, workers=2)
    return Library(sample_settings)


@pytest.fixture
def kennisbank_command() -> list[str]:
    """The command line as a user runs it."""
    return [sys.executable, "-m", "kennisbank"]
