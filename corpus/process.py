"""Read documents in child processes that can be killed: a file may hang, explode or take its process down.

Two clocks, as document pipelines that meet hostile files do: no progress for some seconds (a page), and a limit for
the whole document. A child that overran is killed and replaced; its neighbours never notice.
"""

from __future__ import annotations

import contextlib
import json
import queue
import signal
import subprocess
import sys
import threading
import time
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

from corpus.reading import Outcome
from corpus.worker import read_outcome, write_outcome
from kennisbank.model import DocumentId
from kennisbank.settings import Limits

DEFAULT_READER = "corpus.reading:read"
START_SECONDS = 60.0
"""Time for the child's imports, on a slow and busy machine."""
RECYCLE_AFTER = 200
"""Documents after which a child is replaced, so that a parser's leaks stay bounded."""


class ReadingProcess:
    """One child process; use it from one thread."""

    def __init__(self, limits: Limits, reader: str = DEFAULT_READER) -> None:
        self._limits = limits
        self._reader = reader
        self._child: subprocess.Popen[str] | None = None
        self._lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self._served = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def read(
        self, path: Path, name: str, document_id: DocumentId, target: Path, recognised: Path | None = None
    ) -> Outcome:
        """Read one file; its outcome, whatever it is, is left in `target` and returned.

        `recognised` is where text recognised on pictures of its pages is kept, if there is any.
        """
        request = {
            "path": str(path),
            "name": name,
            "id": document_id,
            "target": str(target),
            "recognised": str(recognised) if recognised else None,
            "limits": asdict(self._limits),
        }
        failure = self._ask(json.dumps(request))
        self._served += 1
        outcome = failure or read_outcome(target) or Outcome("crashed", "het leesproces gaf geen leesbaar antwoord")
        if failure:
            self.stop()
            write_outcome(target, failure)
        elif self._served >= RECYCLE_AFTER:
            self.stop()
        return outcome

    def _ask(self, request: str) -> Outcome | None:
        """Send a request and wait for the answer; an outcome here means that reading failed."""
        child = self._running()
        requests = cast(IO[str], child.stdin)  # a pipe: it was opened so
        try:
            requests.write(request + "\n")
            requests.flush()
        except (BrokenPipeError, OSError):
            return self._crash(child)
        deadline = time.monotonic() + self._limits.seconds
        while True:
            patience = min(self._limits.seconds_without_progress, deadline - time.monotonic())
            try:
                line = self._lines.get(timeout=max(patience, 0.01))
            except queue.Empty:
                return self._timeout(deadline)
            if line is None:
                return self._crash(child)
            if line != ".":
                return None
            if time.monotonic() > deadline:
                return self._timeout(deadline)

    def _timeout(self, deadline: float) -> Outcome:
        if time.monotonic() >= deadline:
            return Outcome("timeout", f"na {self._limits.seconds:g} seconden nog niet gelezen")
        return Outcome("timeout", f"{self._limits.seconds_without_progress:g} seconden geen voortgang op een pagina")

    def _crash(self, child: subprocess.Popen[str]) -> Outcome:
        try:
            code = child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            return Outcome("crashed", "het leesproces antwoordt niet meer")
        if code < 0:
            return Outcome("crashed", f"het leesproces is gestopt door {_signal_name(-code)}")
        return Outcome("crashed", f"het leesproces is gestopt met code {code}")

    def _running(self) -> subprocess.Popen[str]:
        if self._child and self._child.poll() is None:
            return self._child
        self.stop()
        command = [sys.executable, "-m", "corpus.worker", self._reader, str(self._limits.memory_bytes)]
        child = subprocess.Popen(  # noqa: S603 - our own module, arguments from our own settings
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self._child = child
        self._served = 0
        self._lines = queue.SimpleQueue()
        threading.Thread(target=_pump, args=(child, self._lines), daemon=True).start()
        with contextlib.suppress(queue.Empty):
            if self._lines.get(timeout=START_SECONDS) == "ready":
                return child
        raise RuntimeError("het leesproces start niet; draai 'python -m corpus.worker' om te zien waarom")

    def stop(self) -> None:
        """End the child, whatever it is doing."""
        child, self._child = self._child, None
        if child is None:
            return
        child.kill()
        child.wait()
        for stream in (child.stdin, child.stdout):
            if stream:
                with contextlib.suppress(OSError):
                    stream.close()


def _pump(child: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]) -> None:
    with contextlib.suppress(ValueError, OSError):
        for line in cast(IO[str], child.stdout):
            lines.put(line.rstrip("\n"))
    lines.put(None)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signaal {number}"
