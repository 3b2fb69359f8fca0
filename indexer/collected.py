"""What a step that connects documents may look at."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from kennisbank.corrections import Correction
from kennisbank.model import DocumentId
from kennisbank.store import Record
from kennisbank.taxonomy import Taxonomy


@dataclass(frozen=True, slots=True)
class Collected:
    """What a step may look at."""

    folder: Path
    """Of the generation that is being written."""
    record: Record
    taxonomy: Taxonomy
    changed: Collection[DocumentId]
    """Documents that are new or otherwise than in the generation before; what only concerns others may be kept."""
    corrections: Sequence[Correction]
