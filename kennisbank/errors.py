"""Everything that can go wrong in a way the user can do something about.

KennisbankError
 ├─ UsageError         2   wrong use, or nothing usable
 │   ├─ QueryError     2   a search question we will not run
 │   └─ NotFound       2   no (visible) object with this id
 ├─ NoLibrary          69  there is no library yet
 ├─ Damaged            70  the published generation cannot be opened
 ├─ Locked             75  another indexer holds the lock
 └─ BrokenSetting      78  settings, taxonomy or catalogue cannot be used, or the library is of a newer format

Each message is one line: what is wrong, where, what to do.
"""

from __future__ import annotations


class KennisbankError(Exception):
    """Base of all errors that are shown to the user without a traceback."""

    exit_code = 70


class UsageError(KennisbankError):
    """The command or request cannot be carried out as given."""

    exit_code = 2


class QueryError(UsageError):
    """The search question is too long, too deep or otherwise not runnable."""


class NotFound(UsageError):
    """There is no (visible) object with this id."""


class NoLibrary(KennisbankError):
    """The data folder holds no published generation."""

    exit_code = 69


class Damaged(KennisbankError):
    """The published generation cannot be opened."""


class Locked(KennisbankError):
    """Another process is writing this library."""

    exit_code = 75


class BrokenSetting(KennisbankError):
    """A settings, taxonomy or catalogue file is wrong, or the library is newer than this program."""

    exit_code = 78


class Rejected(KennisbankError):
    """A document that cannot be read; ``status`` is one of the closed list in ``model.STATUSES``."""

    def __init__(self, status: str, reason: str) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
