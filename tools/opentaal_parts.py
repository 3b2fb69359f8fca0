"""Makes kennisbank/data/opentaal-woorddelen.txt.gz from OpenTaal's hunspell dictionary for Dutch.

    python tools/opentaal_parts.py hunspell_nl.dic.gz

The dictionary (https://github.com/OpenTaal/opentaal-hunspell, files nl.dic and nl.aff, version 2.20.21; BSD-3-Clause
or CC BY 3.0, see NOTICE) marks each word for making compounds: what may begin one (Ca, Cb), with an s between (Cd, Ch),
what may end one (Cc), and by which rule it gets a plural. Kept are words in lower case of four letters or more, without
what is forbidden, and without what can be taken apart itself. Accents are folded, as everywhere in the analysis.
"""

from __future__ import annotations

import gzip
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from kennisbank import compounds
from kennisbank.compounds import FIRST, LAST, PLURAL_FIRST, SHORTEST, WITH_S
from kennisbank.dutch import fold

TARGET = Path(__file__).parents[1] / "kennisbank" / "data" / compounds.DICTIONARY
AS_IS = {"Ca", "Cb", "Ce", "CA", "CB"}
PLURALS = {"Zb", "Zd", "Ze", "Zf", "Zg", "Zh", "Zj", "Zk", "Zl"}
"""Rules for a plural in -en that may itself begin a compound."""
FORBIDDEN = "Fw"
HEADER = """\
# Words of OpenTaal (https://www.opentaal.org) with what they may do in a compound; BSD-3-Clause or CC BY 3.0.
"""


def flags(line: str) -> tuple[str, set[str]]:
    """Return a word and its flags, which have two letters each."""
    word, _, rest = line.partition("/")
    marked = rest.split()[0] if rest.split() else ""
    return word.replace("ĳ", "ij"), {marked[at : at + 2] for at in range(0, len(marked), 2)}


def marks(lines: Iterable[str]) -> dict[str, str]:
    """Return word -> marks of all that may be part of a compound."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        word, own = flags(line)
        if not (word.isalpha() and word.islower()) or FORBIDDEN in own:
            continue
        name = fold(word)
        if own & AS_IS:
            found[name].add(FIRST)
        if own & {"Cd", "Ch"}:
            found[name].add(WITH_S)
        if "Cc" in own:
            found[name].add(LAST)
        if own & PLURALS and own & {"Ca", "Cb", "Cc"}:
            found[name].add(PLURAL_FIRST)
    useful = {word: own for word, own in found.items() if own - {PLURAL_FIRST} and len(word) >= SHORTEST}
    return {word: "".join(sorted(own)) for word, own in sorted(useful.items())}


def without_compounds(dictionary: dict[str, str]) -> Iterator[str]:
    """Yield the words that the others do not explain, shortest first."""
    folder = Path(compounds.__file__).parent / compounds.DATA
    lexicon = compounds.read_lexicon((folder / compounds.LEXICON).read_text(encoding="utf-8"))
    kept: dict[str, str] = {}
    splitter = compounds.Splitter(compounds.made_of(lexicon, kept))
    for word in sorted(dictionary, key=lambda word: (len(word), word)):
        if not splitter.split(word):
            kept[word] = dictionary[word]
            yield word


def main() -> None:
    source = Path(sys.argv[1])
    lines = gzip.decompress(source.read_bytes()).decode("utf-8").splitlines()[1:]
    dictionary = marks(lines)
    rows = sorted(f"{word} {dictionary[word]}" for word in without_compounds(dictionary))
    text = HEADER + "\n".join(rows) + "\n"
    TARGET.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{TARGET.name}: {len(rows)} of {len(dictionary)} words, {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main()
