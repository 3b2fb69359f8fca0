"""What a document says, worked out on all cores: tags, statements, corrections, and its words for the index."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing.connection import wait
from pathlib import Path

from indexer.corrections import correct
from indexer.phenomena import told
from indexer.relations import sketch_of
from indexer.statements import statements
from indexer.tagging import tag
from kennisbank import dutch
from kennisbank.corrections import Correction
from kennisbank.model import Document, DocumentId, Statement, Status, Tag
from kennisbank.search.boundary import DocumentEntry
from kennisbank.search.entries import entry_of
from kennisbank.taxonomy import Taxonomy

WORTH_PROCESSES = 12
"""Documents from which other processes are started: each takes a second to load its dictionaries."""
AHEAD = 3
"""Documents per process that wait for it or for being written."""


@dataclass(frozen=True, slots=True)
class Task:
    """A document to look into."""

    id: DocumentId
    status: Status
    document: Document
    corrections: Sequence[Correction]


@dataclass(frozen=True, slots=True)
class Derived:
    """What a document says, with what a person set right in it."""

    task: Task
    tags: Sequence[Tag]
    statements: Sequence[Statement]
    reports: Sequence[str]
    """What is to be told of corrections that do not hold any more."""
    sketch: frozenset[int]
    entry: DocumentEntry


def derive(task: Task, taxonomy: Taxonomy) -> Derived:
    """Look into one document."""
    found = (*tag(task.document, taxonomy), *told(task.document, taxonomy))
    said = statements(task.id, task.document, found, taxonomy)
    right = correct(task.id, task.document, found, said, task.corrections, taxonomy)
    return Derived(
        task=task,
        tags=right.tags,
        statements=right.statements,
        reports=right.reports,
        sketch=frozenset(sketch_of(task.document.text)),
        entry=entry_of(task.id, task.status, task.document, right.tags, taxonomy),
    )


def derive_all(tasks: Iterable[Task], taxonomy: Taxonomy, workers: int) -> Iterator[Derived]:
    """Look into documents in other processes, a few ahead; yields in order. One that dies costs time, not documents."""
    waiting = iter(tasks)
    first = list(islice(waiting, WORTH_PROCESSES))
    if workers < 2 or len(first) < WORTH_PROCESSES:
        yield from (derive(task, taxonomy) for task in (*first, *waiting))
        return
    with tempfile.NamedTemporaryFile() as shared:
        # by a file: who starts a process waits for ever when it dies before it has read all that a pipe cannot hold
        shared.write(pickle.dumps(taxonomy))
        shared.flush()
        yield from _in_processes(chain(first, waiting), taxonomy, workers, shared.name)


def _in_processes(tasks: Iterable[Task], taxonomy: Taxonomy, workers: int, shared: str) -> Iterator[Derived]:
    spawn = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=spawn, initializer=_start, initargs=(shared,))
    running: deque[tuple[Task, Future[Derived]]] = deque()
    try:
        for task in tasks:
            running.append((task, _submitted(pool, task)))
            if len(running) >= AHEAD * workers:
                yield _result(*running.popleft(), taxonomy)
        while running:
            yield _result(*running.popleft(), taxonomy)
    finally:
        pool.shutdown(cancel_futures=True)


def _submitted(pool: ProcessPoolExecutor, task: Task) -> Future[Derived]:
    try:
        return pool.submit(_derive, task)
    except BrokenProcessPool as error:
        broken: Future[Derived] = Future()
        broken.set_exception(error)
        return broken


def _result(task: Task, job: Future[Derived], taxonomy: Taxonomy) -> Derived:
    try:
        return job.result()
    except BrokenProcessPool:  # the system ended a process; what it was given is done here
        return derive(task, taxonomy)


_taxonomy: Taxonomy


def _start(shared: str) -> None:
    global _taxonomy
    _taxonomy = pickle.loads(Path(shared).read_bytes())  # noqa: S301 - of our own making, a moment ago
    threading.Thread(target=_end_with_parent, daemon=True).start()
    dutch.warm_up()


def _end_with_parent() -> None:
    """End this process when the one that started it is killed: a pool alone would wait forever."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _derive(task: Task) -> Derived:
    return derive(task, _taxonomy)
