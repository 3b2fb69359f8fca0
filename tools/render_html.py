"""Render a source as a publisher's web page, with all that stands around an article on such a page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from itertools import groupby
from string import Template

from render_source import (
    FICTION,
    FICTION_STATEMENT,
    Block,
    Box,
    Heading,
    Item,
    Source,
    SourceError,
    Table,
    dutch_date,
    runs,
)


@dataclass(frozen=True, slots=True)
class Look:
    """The style of a web page and what is not the article."""

    site: str
    navigation: tuple[str, ...]
    cookies: str
    footer: tuple[str, ...]
    accent: str


LOOKS = {
    "nieuws": Look(
        site="Inspectie Justitie en Veiligheid (fictieve voorbeeldsite)",
        navigation=("Home", "Actueel", "Toezichtgebieden", "Documenten", "Over ons", "Contact"),
        cookies="Deze website gebruikt cookies om te meten hoe bezoekers haar gebruiken. Kies of u dat goedvindt.",
        footer=("Toegankelijkheid", "Privacy", "Cookies", "Kwetsbaarheid melden", "Sitemap"),
        accent="#6b2d3a",
    )
}

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>$title | Nieuwsbericht | $site</title>
$meta
<style>
body { margin: 0; font: 1rem/1.6 Verdana, Arial, sans-serif; color: #000 }
header, nav, main, footer { padding: 1rem 10vw }
header { border-top: 2rem solid $accent } nav { background: $accent } nav a { color: #fff; margin-right: 1.5rem }
h1, h2, h3 { color: $accent; line-height: 1.25 } main { max-width: 44rem } .meta { color: #595959 }
.cookies { background: #fff4dc; padding: 1rem 10vw } .fictief { border: 1px solid; padding: .5rem 1rem }
footer { background: #f3f3f3; margin-top: 3rem } footer li { display: inline; margin-right: 1.5rem }
</style>
</head>
<body>
<div class="cookies" role="dialog" aria-label="Cookies"><p>$cookies</p>
<button type="button">Accepteren</button> <button type="button">Weigeren</button></div>
<header><a href="#inhoud">Ga naar de inhoud</a><p>$site</p></header>
<nav aria-label="Hoofdnavigatie">$navigation</nav>
<nav class="kruimelpad" aria-label="Kruimelpad">$breadcrumbs</nav>
<main id="inhoud">
<article>
<h1>$title</h1>
<p class="meta">Nieuwsbericht | $date</p>
<p class="fictief">$statement</p>
$body
</article>
<aside><h2>Zie ook</h2>
<ul><li><a href="#">Lopende onderzoeken</a></li><li><a href="#">Abonneren op nieuws</a></li></ul></aside>
</main>
<footer><p>$fiction</p><ul>$footer</ul></footer>
</body>
</html>
""")


def render(source: Source) -> bytes:
    """Return the document as an HTML file."""
    look = LOOKS.get(source.look)
    if look is None:
        raise SourceError(f"{source.name}.md: onbekende look '{source.look}' voor html; kies uit {', '.join(LOOKS)}")
    page = _PAGE.substitute(
        title=escape(source.title),
        site=escape(look.site),
        accent=look.accent,
        meta="\n".join(_meta(source)),
        cookies=escape(look.cookies),
        navigation=_links(look.navigation),
        breadcrumbs=_links(source.values("breadcrumbs")),
        date=dutch_date(source.date),
        statement=escape(FICTION_STATEMENT),
        body="\n".join(_body(source)),
        fiction=FICTION,
        footer="".join(f'<li><a href="#">{escape(name)}</a></li>' for name in look.footer),
    )
    return page.encode()


def _links(names: tuple[str, ...] | list[str]) -> str:
    return " ".join(f'<a href="#">{escape(name)}</a>' for name in names)


def _meta(source: Source) -> Iterator[str]:
    values = {
        "description": FICTION,
        "DCTERMS.title": source.title,
        "DCTERMS.alternative": source.subtitle,
        "DCTERMS.creator": "; ".join(source.publishers),
        "DCTERMS.type": source.kind,
        "DCTERMS.language": "nl-NL",
        "DCTERMS.issued": source.date,
        "DCTERMS.modified": source.extra.get("updated", source.date),
        "DCTERMS.identifier": source.extra.get("url", ""),
        "DCTERMS.description": FICTION,
    }
    yield from (f'<meta name="{name}" content="{escape(value)}">' for name, value in values.items() if value)
    if "url" in source.extra:
        yield f'<link rel="canonical" href="{escape(source.extra["url"])}">'


def _body(source: Source) -> Iterator[str]:
    for tag, blocks in groupby(source.blocks, key=_list_tag):
        if tag:
            yield f"<{tag}>"
            yield from (f"<li>{_marked(block.text)}</li>" for block in blocks if isinstance(block, Item))
            yield f"</{tag}>"
        else:
            yield from map(_element, blocks)
    yield from (f'<p id="noot-{number}">{number} {_marked(text)}</p>' for number, text in source.notes.items())


def _list_tag(block: Block) -> str:
    if not isinstance(block, Item):
        return ""
    return "ol" if block.numbered else "ul"


def _element(block: Block) -> str:
    match block:
        case Heading(level, text):
            return f"<h{level}>{_marked(text)}</h{level}>"
        case Table(rows):
            cells = ("".join(f"<td>{_marked(cell)}</td>" for cell in row) for row in rows)
            return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
        case Box(paragraphs):
            return f'<div class="kader">{"".join(f"<p>{_marked(text)}</p>" for text in paragraphs)}</div>'
        case _:
            return f"<p>{_marked(block.text)}</p>"


def _marked(text: str) -> str:
    tags = {
        "plain": "{}",
        "strong": "<strong>{}</strong>",
        "emphasis": "<em>{}</em>",
        "note": '<sup><a href="#noot-{0}">{0}</a></sup>',
    }
    return "".join(tags[run.style].format(escape(run.text)) for run in runs(text))
