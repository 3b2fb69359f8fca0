"""The one place that knows the Dutch language, for tagger, search and snippets alike.

A word has forms in four layers of falling certainty: *exact* (lower case, accents folded), *lemma* (dictionary
form, by simplemma), *stem* (of the lemma, by Kraaij-Pohlmann's algorithm in snowballstemmer: Whoosh and nltk
carry another, weaker one under the same name) and *part* (the stems of what a compound is made of). A fifth, *cased*,
keeps capitals where they carry meaning, so that ``OM`` is never the word ``om``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, NamedTuple

from kennisbank import compounds
from kennisbank.model import Span

ANALYZER_VERSION = "3"
"""Raise it with any change below: libraries analysed by another version are indexed anew."""

FUNCTION_WORDS = frozenset(
    """aan aangaande achter af al alle alleen als alsof andere anders ben bent bij binnen boven bovendien buiten daar
    daarbij daardoor daarin daarmee daarna daarom daarop daaruit daarvan daarvoor dan dat de den deze die dit doch doe
    doen doet door dus echter een eens elk elke en enige enkele er erg ermee erop eruit ervan ervoor etc even gaan gaat
    geweest haar had hadden hebben heb hebt heeft heel hem hen het hier hierbij hierdoor hierin hiermee hierop hiervan
    hierover hiervoor hij hoe hun ik in indien is ja je jij jou jouw jullie kan kon konden kunnen kunt laat laten maar
    mag me mede meer men met mij mijn mits moest moesten moet moeten mogen na naar nadat noch nog nogal nu of om omdat
    ons ontvangen onze ook op opdat over overige reeds rond sinds slechts sommige steeds te tegen ten tenzij ter terwijl
    thans tijdens toch toe toen tot totdat tussen u uit uw van vanaf vandaar vanuit vanwege veel via volgens voor
    voordat vooral vrij waar waarbij waardoor waarin waarmee waarom waarop waaruit waarvan waarvoor want waren was wat
    we weer wegens wel welk welke wellicht werd werden wie wiens wij wil willen word worden wordt zal ze zeer zelf zich
    zichzelf zij zijn zo zoals zodat zodra zonder zou zouden zowel zullen zult""".split()
)
"""Words that bear no meaning of their own; in a question they do not count."""

QUESTION_WORDS = frozenset(
    """eerder eerdere gaf geef geeft gevonden gezegd gezien hoeveel kreeg kregen laatste noem noemt pagina pagina's
    schreven staan staat toon vind vinden wanneer zagen zeg zegt zei zeiden zie zien ziet zocht zoek""".split()
)
"""What people add when they ask instead of search; ignored where other words remain."""

ABBREVIATIONS = frozenset(
    """a.d.h.v a.s a.u.b afb al art artt b.v bijl bijv blz ca c.a c.q c.s d.d d.m.v d.w.z dhr dr drs e.a e.d e.e.a e.v
    enz etc evt excl fig gem h.o.d.n hfst i.c i.c.m i.h.a i.h.b i.h.k.v i.o i.p.v i.s.m i.v.m incl ing ir jl jo jr kst
    l.j lic m.a.w m.b.t m.b.v m.i m.i.v m.m m.n m.u.v mevr max min mln mr mrd mw n.a.v n.b n.l.v n.o.t.k n.v.t nl no nr
    nrs o.a o.b.v o.g o.g.v o.i.d o.l.v o.m o.t.t p par pag plv prof r.o red resp s.v.p sr st stb stcrt t.a.v t.b.v
    t.g.v t.h.v t.n.v t.o.v t.w t.z.t tel temp tk v.a v.d v.h vgl vnl vs w.o w.v zgn z.g.a.n z.o.z z.s.m""".split()
)
"""Abbreviations whose point ends no sentence (lower case, without the last point)."""

_LEMMA_EXCEPTIONS = {
    "keten": "keten",
    "ketens": "keten",
    "gegevens": "gegevens",
    "gegeven": "gegevens",
    "jongeren": "jongere",
    "jongere": "jongere",
    "gedetineerden": "gedetineerde",
    "gedetineerde": "gedetineerde",
    "justitiabele": "justitiabele",
    "justitiabelen": "justitiabele",
    "nabestaande": "nabestaande",
    "nabestaanden": "nabestaande",
    "vreemdelingen": "vreemdeling",
    "vreemdeling": "vreemdeling",
    "organisaties": "organisatie",
    "organisatie": "organisatie",
    "capaciteit": "capaciteit",
    "tbs'er": "tbs",
    "tbs'ers": "tbs",
    "raad": "raad",
    "middelen": "middel",
    "ouder": "ouder",
    "ouders": "ouder",
    "oudere": "oudere",
    "ouderen": "oudere",
}
"""Forms that the dictionary or the stemmer gets wrong; whole words, and the tails of compounds."""
_LOOK_UPS = 4
"""Of a lemma; none needs more to end or to return."""
_TAILS = ("ketens", "keten", "gegevens", "jongeren", "organisaties", "organisatie", "gedetineerden", "capaciteit")

_TOKEN = re.compile(
    r"""
    \((?P<optional>[^\W\d_]{2,20})-?\)(?P<rest>[^\W\d_]{3,40})   # (jeugd-)strafrechtketen, (crisis)noodopvang
    | (?P<dotted>(?:[A-Z]\.){2,8})                               # P.I.
    | (?P<word>[^\W_]+(?:[\u00ad'’&][^\W_]+)*)                   # regio's, DT&V, C2000
    """,
    re.VERBOSE,
)
_HYPHENS = "-\u2010\u2011"
_CAPITAL_INSIDE = re.compile(r"\w.*[A-Z]", re.DOTALL)


@dataclass(frozen=True, slots=True)
class PartForm:
    """Part of a compound: *jeugdbescherming* in *jeugdbeschermingsketens*, with its place in the word."""

    lemma: str
    stem: str
    start: int
    end: int
    """Before the linking letters."""


@dataclass(frozen=True, slots=True)
class Forms:
    """One word in its layers."""

    exact: str
    lemma: str
    stem: str
    parts: tuple[PartForm, ...] = ()
    """Of a compound: its parts, and what adjoining parts make together."""


@dataclass(frozen=True, slots=True)
class Token:
    """A word in a text, with its place and forms."""

    span: Span
    surface: str
    forms: Forms
    cased: str | None = None
    """Surface with its capitals, where these may carry meaning (``OM``, ``Halt`` within a sentence)."""
    joined: bool = False
    """A second reading over its neighbours: ``informatieuitwisseling`` for *informatie-uitwisseling*."""


def fold(text: str) -> str:
    """Lower-case, without accents, soft hyphens and typographic variants; for comparing, never for showing.

    >>> fold("Justitiële INRICHTINGEN’s")
    "justitiele inrichtingen's"
    """
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.replace("\u00ad", "").replace("’", "'").replace("‘", "'"))
    return "".join(char for char in plain if not unicodedata.combining(char)).lower()


@cache
def _stemmer() -> Any:  # snowballstemmer ships no types
    import snowballstemmer

    return snowballstemmer.stemmer("dutch")


@lru_cache(maxsize=400_000)
def forms(word: str) -> Forms:
    """Return the forms of one word as written; cached, since a text repeats its words."""
    import simplemma  # here: loading the dictionary takes half a second that `--help` need not wait for

    lower = word.lower().replace("’", "'").replace("\u00ad", "")
    exact = fold(lower)
    if exact.isdigit() or len(exact) < 3:
        return Forms(exact, exact, exact)
    known = _exception(exact)
    if known:
        return Forms(exact, known, known, _parts(exact, known))
    if lower.endswith("'s"):
        lower = lower[:-2]
    lemma = fold(str(simplemma.lemmatize(lower, lang="nl"))).replace("_", "")
    known = _exception(lemma)
    if known:
        return Forms(exact, known, known, _parts(exact, known))
    parts = _parts(exact, lemma)
    if parts and (lemma == fold(lower) or not lemma.startswith(exact[: parts[-1].start])):
        # no dictionary has all compounds: their inflection is that of the last part
        lemma = exact[: parts[-1].start] + compounds.split(exact.removesuffix("'s"))[-1].base
    return Forms(exact, lemma, str(_stemmer().stemWord(_settled(lemma))), parts)


@lru_cache(maxsize=400_000)
def _settled(lemma: str) -> str:
    """Return one and the same of lemmas that the dictionary gives for each other: the longest.

    It gives *boeten* for *boete* and *boete* for *boeten*: without this the stems of *boete* and *boetes* differ.
    """
    import simplemma

    seen = [lemma]
    for _ in range(_LOOK_UPS):
        following = _exception(seen[-1]) or fold(str(simplemma.lemmatize(seen[-1], lang="nl"))).replace("_", "")
        if following in seen:
            return max(seen, key=lambda word: (len(word), word)) if following == lemma else lemma
        seen.append(following)
    return lemma


def _parts(exact: str, lemma: str) -> tuple[PartForm, ...]:
    """Return the parts of a compound, the last of them last; none where the dictionary form is no compound."""
    word = exact.removesuffix("'s")
    found = compounds.split(word)
    if not found or (lemma != word and not compounds.split(lemma)):  # *culturen* is no cult + uren
        return ()
    return tuple(_part_forms(word, found))


def _part_forms(word: str, parts: tuple[compounds.Part, ...]) -> Iterator[PartForm]:
    """Yield all runs of parts shorter than the word; those that end it come last, its last part at the end."""
    for last in range(len(parts)):
        for first in range(last + 1):
            start, end = parts[first].start, parts[last].end
            if first == last or end - start < len(word):
                inside = forms(parts[first].base if first == last else word[start:end])
                yield PartForm(inside.lemma, inside.stem, start, end)


def compound(word: str) -> tuple[str, ...]:
    """Return the smallest parts of a word in their dictionary form, for showing; none when it is no compound."""
    known = forms(word)
    return tuple(part.base for part in compounds.split(known.exact.removesuffix("'s"))) if known.parts else ()


def halves(word: str) -> Iterator[tuple[str, str]]:
    """Yield the lemmas of both sides of each joint of a compound: what may stand apart (*keten overstijgend*)."""
    known = forms(word)
    whole = len(known.exact.removesuffix("'s"))
    ends = {part.start: part.lemma for part in known.parts if part.end == whole}
    begins = [part for part in known.parts if part.start == 0]
    for joint in sorted(ends):
        left = max((part for part in begins if part.end <= joint), key=lambda part: part.end, default=None)
        if left:
            yield left.lemma, ends[joint]


def _exception(word: str) -> str | None:
    if word in _LEMMA_EXCEPTIONS:
        return _LEMMA_EXCEPTIONS[word]
    for tail in _TAILS:
        if word.endswith(tail) and len(word) > len(tail) + 2:
            return word[: -len(tail)] + _LEMMA_EXCEPTIONS[tail]
    return None


@lru_cache(maxsize=400_000)
def is_known(word: str) -> bool:
    """Tell whether a dictionary of Dutch or English has this word, in any form of it; for judging text, not words."""
    import simplemma

    return bool(simplemma.is_known(word, lang=("nl", "en")))


class Occurrence(NamedTuple):
    """A word in a text, not looked at any further: `tokens` without their cost."""

    start: int
    end: int
    word: str
    """As it goes into `forms`."""
    cased: str | None
    joined: bool


def tokens(text: str) -> Iterator[Token]:
    """Yield the words of a text in order; hyphenated and bracketed words also as one, marked `joined`."""
    for start, end, word, cased, joined in occurrences(text):
        yield Token(Span(start, end), word if joined else text[start:end], forms(word), cased, joined)


def occurrences(text: str) -> Iterator[Occurrence]:
    """Yield what `tokens` yields."""
    run: list[Occurrence] = []
    for match in _TOKEN.finditer(text):
        kind, (start, end) = match.lastgroup, match.span()
        follows = bool(run) and run[-1].end + 1 == start and text[start - 1] in _HYPHENS
        if len(run) > 1 and (kind == "rest" or not follows):
            yield from _joined(run)
        if kind == "rest":
            run = []
            yield from _bracketed(text, match)
            continue
        word = match[0].replace(".", "") if kind == "dotted" else match[0]
        found = Occurrence(start, end, word, None if word.islower() else _cased(text, start, word), False)
        yield found
        run = [*run, found] if follows else [found]
    if len(run) > 1:
        yield from _joined(run)


def _joined(run: list[Occurrence]) -> Iterator[Occurrence]:
    if any(one.word.isalpha() for one in run):
        yield Occurrence(run[0].start, run[-1].end, "".join(one.word for one in run), None, True)


def _bracketed(text: str, match: re.Match[str]) -> Iterator[Occurrence]:
    """(jeugd-)strafrechtketen stands for strafrechtketen and for jeugdstrafrechtketen."""
    for group in ("optional", "rest"):
        word = match[group]
        cased = None if word.islower() else _cased(text, match.start(group), word)
        yield Occurrence(*match.span(group), word, cased, False)
    yield Occurrence(match.start("optional"), match.end(), match["optional"] + match["rest"], None, True)


def _cased(text: str, start: int, word: str) -> str | None:
    if word.isdigit():
        return None
    base = word.replace("’", "'").removesuffix("'s")
    if len(base) < 2 or not any(char.isupper() for char in base):
        return None
    if _CAPITAL_INSIDE.match(base):
        return base
    before = text[max(0, start - 3) : start].rstrip(" \t('\"‘“")
    sentence_start = not before or before[-1] in ".!?:\n•"
    return None if sentence_start else base


def is_function_word(word: str) -> bool:
    """Tell whether a word of a question counts for nothing (capitals matter: ``OM`` is no function word)."""
    return fold(word) in FUNCTION_WORDS and not (word.isupper() and len(word) > 1)


@cache
def _punkt() -> Any:  # nltk ships no types
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer  # here: importing nltk takes a second

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS) | set("abcdefghijklmnopqrstuvwxyz")
    return PunktSentenceTokenizer(parameters)


def sentences(text: str) -> list[Span]:
    """Split into sentences with nltk's Punkt and our own abbreviations (no trained model, no download)."""
    found: list[Span] = []
    for start, end in _punkt().span_tokenize(text):
        if found and text[start].islower() and text[found[-1].end - 1] == ".":  # initials: "A.B. de Vries"
            found[-1] = Span(found[-1].start, end)
        else:
            found.append(Span(start, end))
    return found


def words(text: str) -> list[Span]:
    """Return the places of the words as a reader would count them, without looking into them."""
    return [Span(*match.span()) for match in _TOKEN.finditer(text)]


def warm_up() -> None:
    """Load the dictionary and the sentence splitter now instead of at the first word."""
    forms("woord")
    sentences("Een zin.")
