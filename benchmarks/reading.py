"""How well and how fast files are read: against texts whose source is known, beside pdftotext and bare pypdf.

    python benchmarks/reading.py [SHARED]

`SHARED` is a folder with the data sets named below; what is not there is reported as not measured. The sample corpus
is measured always: its sources are in the project.
"""

from __future__ import annotations

import json
import logging
import os
import re
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import pypdf
import render_source

from corpus import reading, sanity
from corpus.raw import Candidate
from kennisbank.model import Document, DocumentId
from kennisbank.settings import Limits

SAMPLE = ROOT / "corpus" / "voorbeeld"


OWN_NAMES = {
    "persbericht": "nieuwsbericht",
    "reactie op wederhoor": "wederhoor",
    "meerjarenprogramma": "meerjarenperspectief",
}
"""What publishers call a kind -> what the contract calls it."""


@dataclass(frozen=True, slots=True)
class Gold:
    """What a source says: its words, headings, list items and paragraphs."""

    words: Counter[str]
    headings: tuple[str, ...]
    items: tuple[str, ...]
    paragraphs: tuple[str, ...]
    titles: tuple[str, ...] = ()
    """Of the whole: as a heading neither right nor wrong."""


@dataclass(frozen=True, slots=True)
class Share:
    """Right, found and wanted: precision and recall."""

    right: int
    found: int
    wanted: int

    def __str__(self) -> str:
        return f"P {self.right / max(self.found, 1):.4f}  R {self.right / max(self.wanted, 1):.4f}  (n={self.wanted})"


def words(text: str) -> Counter[str]:
    """Count words: compatible forms made one, lower case, note marks off."""
    plain = unicodedata.normalize("NFKC", re.sub(r"[¹²³⁰-⁹]", " ", text)).replace("\u00ad", "").replace("\u2010", "-")
    return Counter(re.findall(r"[^\W_]+", plain.lower()))


def squeezed(text: str) -> str:
    """Return only the letters and digits, to compare texts whatever the layout made of them."""
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKC", text).lower()))


def read(path: Path) -> reading.Outcome:
    """Read a file as the indexer does, but in this process."""
    return reading.read(Candidate(path.read_bytes(), path.name, Limits()), DocumentId("0" * 12))


@cache
def document(path: Path) -> Document:
    """Return a file read whole."""
    found = read(path).document
    if found is None:
        raise ValueError(f"{path}: not readable")
    return found


def blocks(path: Path, kind: str) -> list[str]:
    """Return the texts of all blocks of a kind."""
    text = document(path)
    return [block.span.of(text.text) for block in text.blocks if block.kind == kind]


# Sources


def of_markdown(path: Path) -> Gold:
    """Read the Markdown that a PDF and a DOCX were made from; link targets, images and front matter are off."""
    text = re.sub(r"\A---\n.*?\n---\n", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    text = re.sub(r"^\s*!\[.*$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[([^\]]*)\]\([^()\s]*(?:\([^()]*\)[^()\s]*)*\)", r"\1", text)
    text = re.sub(r"^\s*>\s?", "", text, flags=re.MULTILINE)
    text = re.sub(r"(?<!\w)[*_]{1,3}|[*_]{1,3}(?!\w)", "", text)
    headings, items, paragraphs, open_paragraph = [], [], [], ""
    for line in [*text.splitlines(), ""]:
        heading = re.match(r"#{1,6}\s+(.+)", line)
        item = re.match(r"\s*(?:[-+*]|\d+\.)\s+(.+)", line)
        if heading or item or not line.strip():
            if open_paragraph:
                paragraphs.append(open_paragraph)
            open_paragraph = ""
        if heading:
            headings.append(heading[1])
        elif item:
            items.append(item[1])
        elif line.strip():
            open_paragraph = f"{open_paragraph} {line.strip()}".strip()
    return Gold(words(text), tuple(headings), tuple(items), tuple(paragraphs))


def of_sample(path: Path) -> Gold:
    """Read a source of the sample corpus."""
    source = render_source.read(path)

    def plain(text: str) -> str:
        return "".join(" " if run.style == "note" else run.text for run in render_source.runs(text))

    parts = [plain(text) for text in [*render_source.texts(source.blocks), *source.notes.values()]]

    def of_kind(kind: type) -> list[str]:
        return [plain(block.text) for block in source.blocks if isinstance(block, kind)]

    lettered = [text for text in of_kind(render_source.Paragraph) if re.match(r"[A-Za-z]\. ", text)]
    titles = {"brief": (), "nieuws": (source.title,)}.get(source.look, (source.title, source.subtitle))
    cover = [*titles, *source.publishers, render_source.dutch_date(source.date), render_source.FICTION_STATEMENT]
    cover += [source.extra.get(key, "") for key in ("reference", "to", "subject")]
    return Gold(
        words("\n".join([*cover, *parts])),
        tuple(of_kind(render_source.Heading)),
        (*of_kind(render_source.Item), *lettered),
        tuple(text for text in of_kind(render_source.Paragraph) if text not in lettered),
        (source.title, source.subtitle),
    )


# Measures


def compared(found: Iterable[str], wanted: Iterable[str]) -> Share:
    """Compare two lists of texts by their letters."""
    ours, theirs = Counter(map(squeezed, found)), Counter(map(squeezed, wanted))
    return Share((ours & theirs).total(), ours.total(), theirs.total())


def added(shares: Iterable[Share]) -> Share:
    """Add up."""
    parts = list(shares)
    return Share(sum(one.right for one in parts), sum(one.found for one in parts), sum(one.wanted for one in parts))


def word_share(found: str, gold: Gold) -> Share:
    """Compare bags of words."""
    ours = words(found)
    return Share((ours & gold.words).total(), ours.total(), gold.words.total())


def without_marker(item: str) -> str:
    """Take the marker off a list item."""
    return re.sub(r"^\s*(?:[•▪■●◦○‣⁃–—*o-]|\(?\w{1,3}[.)])\s+", "", item)


def whole_paragraphs(path: Path, gold: Gold) -> Share:
    """Count the paragraphs of the source that are one block of ours, no more and no less."""
    ours = Counter(squeezed(text) for kind in ("paragraph", "note") for text in blocks(path, kind))
    theirs = Counter(squeezed(text) for text in gold.paragraphs if len(text.split()) > 3)
    return Share((ours & theirs).total(), ours.total(), theirs.total())


def _headings(path: Path, gold: Gold) -> list[str]:
    titles = set(map(squeezed, gold.titles))
    return [text for text in blocks(path, "heading") if squeezed(text) not in titles]


def by_pdftotext(path: Path) -> str:
    """Return what poppler makes of a file."""
    command = ["pdftotext", "-enc", "UTF-8", str(path), "-"]
    return subprocess.run(command, check=False, capture_output=True, text=True, errors="replace").stdout  # noqa: S603


def structure(pairs: Sequence[tuple[Path, Gold]]) -> Iterator[str]:
    """Tell how words, headings, list items and paragraphs of files compare to their sources."""
    shares = [(word_share(document(path).text, gold), path, gold) for path, gold in pairs]
    yield f"words       {added(share for share, _, _ in shares)}"
    pdfs = [entry for entry in shares if entry[1].suffix == ".pdf"]
    if pdfs:
        theirs = [word_share(by_pdftotext(path), gold) for _, path, gold in pdfs]
        yield f"  pdftotext {added(theirs)}"
        worse = [
            f"{path.name} {ours.right / ours.wanted:.4f} < {other.right / other.wanted:.4f}"
            for (ours, path, _), other in zip(pdfs, theirs, strict=True)
            if ours.right < other.right
        ]
        yield f"  fewer of the source's words than pdftotext: {len(worse)} of {len(pdfs)} {'; '.join(worse[:5])}"
    yield f"headings    {added(compared(_headings(path, gold), gold.headings) for path, gold in pairs)}"
    items = (
        compared(map(without_marker, blocks(path, "item")), map(without_marker, gold.items)) for path, gold in pairs
    )
    yield f"list items  {added(items)}"
    yield f"paragraphs  {added(whole_paragraphs(path, gold) for path, gold in pairs)}"


# What is measured


def sample(_: Path) -> Iterator[str]:
    """Sample corpus, per look."""
    by_look: dict[str, list[tuple[Path, Gold]]] = {}
    for path in sorted((SAMPLE / "bronnen").glob("*.md")):
        source = render_source.read(path)
        if source.look != "scan":
            by_look.setdefault(source.look, []).append((SAMPLE / "documenten" / source.file_name, of_sample(path)))
    for look, pairs in sorted(by_look.items()):
        yield f"{look} ({len(pairs)})"
        yield from (f"  {line}" for line in structure(pairs))


def triptychs(shared: Path) -> Iterator[str]:
    """Real texts in three forms (nl-parse-drieluik)."""
    folder = shared / "data" / "nl-parse-drieluik"
    for suffix in (".pdf", ".docx"):
        yield suffix
        pairs = [(path, of_markdown(path.with_suffix(".md"))) for path in sorted(folder.glob(f"*{suffix}"))]
        yield from (f"  {line}" for line in structure(pairs))


def dehyphenation(shared: Path) -> Iterator[str]:
    """Words broken by Dutch rules and joined again (texts of nl-parse-drieluik and the sample corpus)."""
    import pyphen

    from corpus import repair

    breaker = pyphen.Pyphen(lang="nl_NL")
    triptychs_texts = sorted((shared / "data" / "nl-parse-drieluik").glob("*.md"))
    tally: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for path in [*triptychs_texts, *sorted((SAMPLE / "bronnen").glob("*.md"))]:
        text = re.sub(r"\[\^\d+\]|https?://\S+", "", path.read_text(encoding="utf-8"))
        elsewhere = Counter(repair.vocabulary(text.splitlines()))
        for lines, whole in _broken(text.split(), breaker):
            seen = elsewhere[whole.lower()]
            elsewhere[whole.lower()] = max(seen - 1, 0)  # this one is broken, so the document does not show it whole
            joined = repair.join(lines, elsewhere)
            elsewhere[whole.lower()] = seen
            kind = "true hyphens kept" if "-" in whole else "joins right"
            tally[kind] += 1
            if joined != whole:
                wrong[kind] += 1
    for kind, count in tally.items():
        yield f"{kind}: {1 - wrong[kind] / count:.4f} (n={count})"


def _broken(found: Sequence[str], breaker: object) -> Iterator[tuple[list[str], str]]:
    """Break every third long word, alternating plain words and true hyphens, at a place a typesetter would."""
    for at, word in enumerate(found):
        plain = word.strip("*_.,;:()‘’“”?!\"'")
        if "-" in plain[2:-2] and re.fullmatch(r"[^\W\d_]{2,}-[^\W\d_]{2,}", plain):
            left, _, right = plain.partition("-")
            yield [f"{left}-", right], plain
        elif at % 3 == 0 and len(plain) > 6 and plain.isalpha():
            places = breaker.positions(plain)  # type: ignore[attr-defined]
            if places:
                place = places[len(places) // 2]
                yield [f"{plain[:place]}-", plain[place:]], plain


def running(shared: Path) -> Iterator[str]:
    """Running heads, feet and contents lines left in passages (sample corpus, accessibility inspections)."""
    for name, folder in (
        ("sample", SAMPLE / "documenten"),
        ("inspectierapporten", shared / "data" / "nl-inspectierapporten-toegankelijkheid" / "pdf"),
    ):
        passages = left = dotted = 0
        for path in sorted(folder.glob("*.pdf")):
            text = read(path).document
            if text is None:
                continue
            repeated = _repeated(by_pdftotext(path).split("\f"))
            # a running title may be named in a sentence as well; by itself, or twice in a row, it was left behind
            alone = {re.sub(r"\d", "", squeezed(block.span.of(text.text))): block.span for block in text.blocks}
            spans = [span for told, span in alone.items() if any(told in (line, 2 * line) for line in repeated)]
            passages += len(text.passages)
            left += sum(any(one.span.holds(span) for span in spans) for one in text.passages)
            dotted += sum(bool(re.search(r"\.{5,}\s*\d", passage.span.of(text.text))) for passage in text.passages)
        yield f"{name}: of {passages} passages {left} hold a running line, {dotted} a line of a contents list"


def _repeated(pages: Sequence[str]) -> set[str]:
    """Return the lines at top and bottom that stand on most pages, as pdftotext reads them, digits left out."""
    seen: Counter[str] = Counter()
    for page in pages:
        lines = [line for line in page.splitlines() if line.strip()]
        seen.update({re.sub(r"\d", "", squeezed(line)) for line in (*lines[:2], *lines[-2:])})
    return {line for line, count in seen.items() if len(line) >= 12 and count >= max(3, 0.4 * len(pages))}


def decisions(shared: Path) -> Iterator[str]:
    """Decision dates, titles and scans (nl-wob-besluiten)."""
    folder = shared / "data" / "nl-wob-besluiten"
    rows = [json.loads(line) for line in (folder / "documents.jsonl").read_text(encoding="utf-8").splitlines()]
    with ProcessPoolExecutor() as pool:
        outcomes = dict(
            zip(
                [row["file"] for row in rows],
                pool.map(_read_named, [folder / "pdf" / row["file"] for row in rows]),
                strict=True,
            )
        )
    dated = wrong = 0
    for row in rows:
        gold, outcome = row.get("gold") or {}, outcomes[row["file"]]
        if gold.get("letter") != "1" or not gold.get("decision_date") or not _readable_front(outcome):
            continue
        day, month, year = (int(part) for part in gold["decision_date"].split("-"))
        dated += 1
        read_date = outcome.document.metadata.dates.document if outcome.document else None
        wrong += read_date != f"{year:04d}-{month:02d}-{day:02d}"
    yield f"decision date of readable letters exact: {(dated - wrong) / max(dated, 1):.3f} (n={dated})"
    scans = {row["file"] for row in rows if "scan, no text" in str(row.get("profile"))}
    told = {file for file, outcome in outcomes.items() if outcome.status == "no_text"}
    yield f"scans without text: {len(scans & told)} of {len(scans)} told, {len(told - scans)} others told as well"
    yield f"statuses: {dict(Counter(outcome.status for outcome in outcomes.values()))}"


def _readable_front(outcome: reading.Outcome) -> bool:
    """Tell whether the first page, where a letter has its date, gave text that makes words."""
    if outcome.document is None or outcome.status == "no_text":
        return False
    first = sanity.pages(outcome.document)[0]
    return first.letters >= sanity.MIN_LETTERS and not first.damaged


def _read_named(path: Path) -> reading.Outcome:
    return read(path)


def kinds(shared: Path) -> Iterator[str]:
    """Kind from address and title (publications.jsonl)."""
    from corpus import kinds as module
    from corpus.raw import RawDocument

    lines = (shared / "domain" / "publications.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    rows = [row for row in rows if row.get("url_kind") == "publisher"]
    nothing = RawDocument(())
    wrong = []
    for row in rows:
        found, _ = module.find_kind(nothing, module.Lines.of(()), row["title"], row["url"], "", "", ())
        wanted = OWN_NAMES.get(row["type"], row["type"].replace(" ", "-"))
        if found != wanted:
            wrong.append(f"{row['id']} {wanted}: {found}")
    yield f"kind right: {1 - len(wrong) / len(rows):.3f} (n={len(rows)}); wrong: {'; '.join(wrong[:12])}"


def speed(shared: Path) -> Iterator[str]:
    """Pages per second, beside bare pypdf with a visitor and pdftotext on the same files."""
    for name, folder in (("sample", SAMPLE / "documenten"), ("rijk", shared / "data" / "nl-rijk-rapporten" / "pdf")):
        paths = sorted(folder.glob("*.pdf"))
        if not paths:
            continue
        count = sum(_page_count(path) for path in paths)
        read(paths[0])  # loads dictionaries, once for a run however long
        ours = _timed(lambda paths=paths: [read(path) for path in paths])
        bare = _timed(lambda paths=paths: [_bare(path) for path in paths])
        poppler = _timed(lambda paths=paths: [by_pdftotext(path) for path in paths])
        with ProcessPoolExecutor(2) as pool:
            list(pool.map(_read_named, paths[:2]))  # start both processes
            both = _timed(lambda paths=paths, pool=pool: list(pool.map(_read_named, paths)))
        yield (
            f"{name}: {count} pages; {count / ours:.1f} pages/s on one core, bare pypdf {count / bare:.1f} "
            f"(ratio {bare / ours:.2f}), pdftotext {count / poppler:.1f}; two cores {ours / both:.2f} x"
        )


def _page_count(path: Path) -> int:
    try:
        return len(pypdf.PdfReader(path).pages)
    except Exception:  # noqa: BLE001 - a file that pypdf refuses has no pages to count
        return 0


def _bare(path: Path) -> None:
    try:
        for page in pypdf.PdfReader(path).pages:
            page.extract_text(visitor_text=lambda *_: None)
    except Exception:  # noqa: BLE001, S110 - the same files fail for both
        pass


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


MEASURED = (sample, triptychs, dehyphenation, running, decisions, kinds, speed)


def main(arguments: Sequence[str]) -> None:
    """Print everything, or the parts named."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    shared = Path(arguments[0]) if arguments else ROOT.parent / "shared"
    wanted = set(arguments[1:])
    for measure in MEASURED:
        if wanted and measure.__name__ not in wanted:
            continue
        print(f"\n{measure.__name__}: {measure.__doc__}")
        try:
            for line in measure(shared):
                print(f"  {line}")
        except FileNotFoundError as error:
            print(f"  not measured: {os.path.relpath(str(error.filename))} is not there")


if __name__ == "__main__":
    main(sys.argv[1:])
