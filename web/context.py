"""What every view and every template shares during one request."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app, g

from kennisbank.errors import KennisbankError
from kennisbank.library import Library, Snapshot
from kennisbank.results import Overview
from kennisbank.settings import Settings

EXTENSION = "kennisbank"


@dataclass(frozen=True, slots=True)
class Services:
    """What the site is built on."""

    library: Library
    settings: Settings


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page."""

    overview: Overview | None
    """None while there is no library: an error page still has a head and a foot."""
    notice: str | None
    """The line above the head."""


def services() -> Services:
    """Return the library and settings that the site was made with."""
    return cast(Services, current_app.extensions[EXTENSION])


def snapshot() -> Snapshot:
    """Return the generation that this whole request is answered from. Raises `NoLibrary`."""
    if "snapshot" not in g:
        g.snapshot = services().library.current()
    return cast(Snapshot, g.snapshot)


def frame() -> Frame:
    """Return the frame for this request; never fails, since error pages have one too."""
    if "frame" not in g:
        try:
            overview = snapshot().overview()
        except (KennisbankError, OSError):
            overview = None
        g.frame = Frame(overview, _notice(overview))
    return cast(Frame, g.frame)


def _notice(overview: Overview | None) -> str | None:
    if overview and overview.fictional:
        return "Fictieve voorbeeldverzameling: alle documenten zijn bedacht. Geen officiële overheidssite."
    return services().settings.notice
