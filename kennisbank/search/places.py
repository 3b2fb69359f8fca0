"""Where words stand in many documents at once: for phrases, words near each other, and the passages that hold them.

A place is one number: that of the document, and behind it that of the word in the document. So the places of a word in
all documents are one sorted array, and what must stand near each other never runs on into another document.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from kennisbank.search.boundary import Form
from kennisbank.search.postings import Numbers, Postings

WORD_BITS = 24
"""Of a place: more words than any document may have (see `kennisbank.settings.Limits`)."""
GAP = 100
"""Places between title and text, so that no phrase runs from one into the other."""

Places = npt.NDArray[np.int64]
NOWHERE: Places = np.empty(0, np.int64)


def first_place(number: int | Numbers) -> Places:
    """Return the place where a document begins."""
    return np.asarray(number, np.int64) << WORD_BITS


def places_in(lists: Sequence[Postings], numbers: Numbers) -> Places:
    """Return the places of words in the documents given (sorted), in order."""
    found = [run for postings in lists if len(run := _places_in(postings, numbers))]
    if len(found) > 1:
        return np.sort(np.concatenate(found), kind="stable")
    return found[0] if found else NOWHERE


def _places_in(postings: Postings, numbers: Numbers) -> Places:
    if not postings.places:
        return NOWHERE
    at = np.minimum(np.searchsorted(postings.numbers, numbers), len(postings.numbers) - 1)
    held = at[postings.numbers[at] == numbers]
    inside = np.frombuffer(b"".join([postings.places[one] for one in held.tolist()]), "<u4")
    repeated = np.repeat(first_place(postings.numbers[held]), postings.counts[held].astype(np.int64))
    places: Places = repeated + inside
    return places


def places_of(form: Form, runs: Sequence[Places]) -> Places:
    """Return where a form of several words begins, given the places of each word."""
    if not all(len(run) for run in runs):
        return NOWHERE
    if not form.ordered:
        return together(runs, form.within)
    return side_by_side(runs) if form.within == 1 else in_order(runs, form.within)


def side_by_side(runs: Sequence[Places]) -> Places:
    """Return the places of the first word that all others follow immediately; starts from the rarest word."""
    rarest = min(range(len(runs)), key=lambda word: len(runs[word]))
    begins = runs[rarest] - rarest
    for word, run in enumerate(runs):
        if word != rarest and len(begins):
            begins = _in_both(begins, run - word)
    return begins


def _in_both(few: Places, many: Places) -> Places:
    """Return what stands in two sorted arrays; to look few numbers up is quicker, to merge as many."""
    if 20 * len(few) < len(many):
        at = np.minimum(np.searchsorted(many, few), len(many) - 1)
        looked_up: Places = few[many[at] == few]
        return looked_up
    both = np.sort(np.concatenate((few, many)), kind="stable")
    twice: Places = both[1:][both[1:] == both[:-1]]
    return twice


def in_order(runs: Sequence[Places], within: int) -> Places:
    """Return the places of the first word from which all others follow, each at most so far behind the one before."""
    ahead = runs[-1]
    for run in reversed(runs[:-1]):
        if not len(ahead):
            break
        after = np.searchsorted(ahead, run, side="right")
        following = ahead[np.minimum(after, len(ahead) - 1)]
        ahead = run[(following > run) & (following - run <= within)]
    return ahead


def together(runs: Sequence[Places], within: int) -> Places:
    """Return where runs of places begin that hold all words in any order, each at most so far from the next."""
    places = np.concatenate(runs)
    words = np.repeat(np.arange(len(runs)), [len(run) for run in runs])
    order = np.argsort(places, kind="stable")
    places, words = places[order], words[order]
    group = np.cumsum(np.concatenate(([0], np.diff(places) > within)))
    whole = np.ones(group[-1] + 1, bool)
    for word in range(len(runs)):
        whole &= np.bincount(group[words == word], minlength=len(whole)) > 0
    return places[np.concatenate(([True], np.diff(group) > 0))][whole]


def near_in(values: Sequence[str], words: Sequence[str], within: int) -> Iterator[int]:
    """Yield the places of words in one text where all of them stand together, as `together` finds them."""
    run: list[int] = []
    met: set[str] = set()
    wanted = tuple(words)
    for at, value in enumerate(values):
        here = _standing_for(wanted, value)
        if not here:
            continue
        if run and at - run[-1] > within:
            yield from run if met == set(words) else ()
            run, met = [], set()
        run.append(at)
        met |= here
    yield from run if met == set(words) else ()


@lru_cache(maxsize=1 << 16)
def _standing_for(words: tuple[str, ...], value: str) -> frozenset[str]:
    """Return which of the words asked for one in a text is."""
    return frozenset(word for word in words if word == value or ("*" in word and is_so(word, value)))


def is_so(typed: str, word: str) -> bool:
    """Tell whether a word begins or ends as one with ``*`` says."""
    return word.startswith(typed[:-1]) if typed.endswith("*") else word.endswith(typed[1:])
