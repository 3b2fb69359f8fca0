"""The wheel, installed elsewhere, works without the checkout: index, search, one page."""

from __future__ import annotations

import os
import site
import subprocess
import sys
import urllib.request
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wiel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder], cwd=ROOT, check=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with only the wheel's own packages; what it depends on is taken from this one."""
    folder = tmp_path_factory.mktemp("elders") / "omgeving"
    venv.create(folder, with_pip=False)
    library = next(folder.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(library)
    dependencies = [path for path in site.getsitepackages() if Path(path).is_dir()]
    (library / "afhankelijkheden.pth").write_text("\n".join(dependencies), encoding="utf-8")
    return folder / "bin" / "python"


def run(python: Path, folder: Path, *arguments: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "KENNISBANK"))}
    done = subprocess.run(
        [python, "-P", "-m", "kennisbank", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_wheel_holds_what_it_needs_and_no_more(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert {name.split("/")[0] for name in names if ".dist-info" not in name} == {
        "kennisbank",
        "corpus",
        "indexer",
        "web",
    }
    data = ("kennisbank/data/woorddelen.txt", "kennisbank/data/opentaal-woorddelen.txt.gz")
    for needed in (*data, "kennisbank/taxonomie.toml", "web/static/", "web/templates/", "corpus/voorbeeld/documenten/"):
        assert any(name.startswith(needed) for name in names), needed
    assert not any("bronnen" in name for name in names)


def test_index_search_and_one_page(installed: Path, tmp_path: Path, reports: Path) -> None:
    where = run_python(installed, tmp_path, "import kennisbank; print(kennisbank.__file__)")
    assert Path(where.strip()).is_relative_to(installed.parents[1])
    run(installed, tmp_path, "index", str(reports), "--data", "verzameling")
    assert "Noodopvang onder druk" in run(installed, tmp_path, "search", "noodopvang", "--data", "verzameling")
    with subprocess.Popen(
        [installed, "-P", "-m", "kennisbank", "serve", "--port", "0", "--data", "verzameling"],
        cwd=tmp_path, stderr=subprocess.PIPE, text=True,
    ) as server:  # fmt: skip
        try:
            assert server.stderr is not None
            address = next(word for word in server.stderr.readline().split() if word.startswith("http"))
            with urllib.request.urlopen(f"{address}?q=noodopvang", timeout=30) as answer:
                assert "Noodopvang onder druk" in answer.read().decode()
        finally:
            server.terminate()


def run_python(python: Path, folder: Path, code: str) -> str:
    return subprocess.run([python, "-P", "-c", code], cwd=folder, capture_output=True, text=True, check=True).stdout
