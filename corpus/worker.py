"""The child that reads documents: `python -m corpus.worker`, one JSON request a line, one answer a line.

It may hang, explode or die; `corpus.process` watches it. Answers go to a copy of the original standard output, since a
parser may print to it. A line ``.`` means progress, ``ready`` that the imports are done.
"""

from __future__ import annotations

import gzip
import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TextIO

from corpus.raw import Candidate
from corpus.reading import Outcome
from kennisbank import dutch, recognised
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

Reader = Callable[[Candidate, DocumentId], Outcome]
HEARTBEAT_SECONDS = 0.2


def main(reader_name: str, memory_bytes: int) -> None:
    """Serve requests until standard input ends."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    module, _, name = reader_name.partition(":")
    reader: Reader = getattr(importlib.import_module(module), name)
    dutch.warm_up()  # so that loading dictionaries does not count as time without progress
    _limit_memory(memory_bytes)
    _say(answers, "ready")
    for line in sys.stdin:
        _say(answers, json.dumps(_serve(json.loads(line), reader, answers)))


def _serve(request: dict[str, Any], reader: Reader, answers: TextIO) -> dict[str, str]:
    path, target = Path(request["path"]), Path(request["target"])
    candidate = Candidate(
        path.read_bytes(),
        request["name"],
        Limits(**request["limits"]),
        _Heartbeat(answers),
        recognised.read(Path(request["recognised"])) if request["recognised"] else {},
    )
    try:
        outcome = reader(candidate, DocumentId(request["id"]))
        write_outcome(target, outcome)
    except (MemoryError, RecursionError) as error:
        outcome = Outcome("limit_exceeded", f"het lezen liep vast ({type(error).__name__})")
        write_outcome(target, outcome)
    return {"status": outcome.status}


def write_outcome(target: Path, outcome: Outcome) -> None:
    """Put an outcome into the cache, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f"{target.name}.{os.getpid()}.tmp")
    with gzip.open(temporary, "wt", encoding="utf-8", compresslevel=3) as stream:
        json.dump(outcome.to_json(), stream, ensure_ascii=False)
    temporary.replace(target)


def read_outcome(path: Path) -> Outcome | None:
    """Take an outcome from the cache; None when it is absent or damaged."""
    try:
        with gzip.open(path, "rt", encoding="utf-8") as stream:
            return Outcome.from_json(json.load(stream))
    except (OSError, EOFError, ValueError, KeyError, TypeError):
        return None


class _Heartbeat:
    """Tells the parent that work goes on, but not more often than it needs to know."""

    def __init__(self, answers: TextIO) -> None:
        self._answers = answers
        self._last = time.monotonic()

    def __call__(self) -> None:
        now = time.monotonic()
        if now - self._last >= HEARTBEAT_SECONDS:
            self._last = now
            _say(self._answers, ".")


def _say(answers: TextIO, line: str) -> None:
    answers.write(line + "\n")
    answers.flush()


def _limit_memory(memory_bytes: int) -> None:
    try:
        import resource  # not on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
