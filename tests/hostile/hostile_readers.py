"""Readers that misbehave for real, run in the child process by name."""

from __future__ import annotations

import os
import signal
import sys
import time

from corpus.raw import Candidate
from corpus.reading import Outcome, read
from kennisbank.model import DocumentId


def misbehave(candidate: Candidate, document_id: DocumentId) -> Outcome:
    """Do what the file's name says; read it when it says nothing of the kind."""
    act = candidate.name.partition(".")[0]
    if act == "hang":
        while True:
            time.sleep(1)
    if act == "creep":  # always some progress, never an end
        while True:
            time.sleep(0.05)
            candidate.progress()
    if act == "explode":
        hoard = []
        while True:
            hoard.append(bytearray(64 << 20))
    if act == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if act == "leave":
        os._exit(3)
    if act == "recurse":
        sys.setrecursionlimit(1 << 30)
        return misbehave_deeper()
    if act == "chatter":
        print("dit hoort niet op de standaarduitvoer")
    return read(candidate, document_id)


def misbehave_deeper() -> Outcome:
    """Never end."""
    return misbehave_deeper()
