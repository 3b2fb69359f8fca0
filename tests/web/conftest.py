"""What the tests of the site share: the library in memory, the site over it, and a visitor."""

from __future__ import annotations

from pathlib import Path

import pytest
from fake_library import FakeLibrary, FakeSnapshot
from flask import Flask
from flask.testing import FlaskClient

from kennisbank.settings import Settings
from kennisbank.taxonomy import Taxonomy
from web import create_app


@pytest.fixture
def fake(tmp_path: Path, taxonomy: Taxonomy) -> FakeSnapshot:
    """The library in memory."""
    (tmp_path / "bestand").write_bytes(b"%PDF-1.7 0123456789")
    return FakeSnapshot(taxonomy, tmp_path)


@pytest.fixture
def app(fake: FakeSnapshot, tmp_path: Path) -> Flask:
    """The site over the library in memory."""
    return create_app(FakeLibrary(fake), Settings(data=tmp_path))  # type: ignore[arg-type]


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor."""
    return app.test_client()
