"""From a question to the things an engine looks for, with every expansion named.

A word is looked for in four layers, a compound also as its parts near each other; a name or abbreviation that the
taxonomy knows also under its other names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

from kennisbank import dutch
from kennisbank.query import Query, is_question_word
from kennisbank.results import Expansion
from kennisbank.search.boundary import (
    ALIAS_WEIGHT,
    APART_WEIGHT,
    CORRECTED_SHARE,
    LAYER_WEIGHTS,
    NEAR,
    Concept,
    Form,
    Group,
    Layer,
    Leaf,
    Tree,
)
from kennisbank.syntax import (
    AllOf,
    AnyOf,
    Clause,
    Fuzzy,
    InField,
    Near,
    Node,
    Phrase,
    Prefix,
    Suffix,
    TextField,
    Word,
    written,
)
from kennisbank.taxonomy import Label, Taxonomy, Term

ALIAS_FACETS = ("organisatie",)
"""Facets whose labels are names of one thing; those of a theme are different things and not looked for unasked."""
_WILD: dict[type[Prefix | Suffix | Fuzzy], Layer] = {Prefix: "prefix", Suffix: "suffix", Fuzzy: "fuzzy"}
_FIELDS: dict[TextField, Layer] = {"titel": "title", "kop": "heading"}
EXPANDED_KINDS = ("voorkeur", "afkorting", "voormalig", "synoniem")


@dataclass(frozen=True, slots=True)
class Plan:
    """What to look for, and what to tell the user about it."""

    concepts: tuple[Concept, ...]
    explanation: tuple[Expansion, ...]

    def expansions(self, each: int, together: int) -> int:
        """Return for how many words one with ``*`` or ``~`` may stand, given the most for each and for all."""
        wildcards = sum(
            form.layer in ("prefix", "suffix", "fuzzy") for concept in self.concepts for form in forms_of(concept.tree)
        )
        return max(min(each, together // max(wildcards, 1)), 1)


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Names of the taxonomy by their words, to recognise them in a question."""

    by_words: dict[tuple[str, ...], list[tuple[Term, Label]]]
    longest: int

    def at(self, words: Sequence[Word]) -> tuple[int, Term] | None:
        """Return how many of the words form a name, and of what; the longest wins."""
        for length in range(min(self.longest, len(words)), 0, -1):
            key = tuple(part for word in words[:length] for part in name_key(word.text))
            for term, label in self.by_words.get(key, ()):
                if _means(label, words[:length]):
                    return length, term
        return None


def _means(label: Label, words: Sequence[Word]) -> bool:
    """Tell whether these words, in this case, are meant as the name."""
    typed = " ".join(word.text for word in words)
    return not (label.ordinary_word and typed != label.text)


def name_key(text: str) -> tuple[str, ...]:
    """Return the words of a name for comparing: folded, in lemma form when in lower case."""
    return tuple(token.forms.exact for token in dutch.tokens(text) if not token.joined)


@lru_cache(maxsize=8)
def name_index(taxonomy: Taxonomy) -> NameIndex:
    """Index the names that are looked for under each other."""
    found: dict[tuple[str, ...], list[tuple[Term, Label]]] = {}
    for facet in ALIAS_FACETS:
        for term in taxonomy.of_facet(facet):
            for label in term.labels:
                if label.kind in EXPANDED_KINDS and (label.tag or label.kind == "afkorting"):
                    found.setdefault(name_key(label.text), []).append((term, label))
    return NameIndex(found, max((len(key) for key in found), default=0))


def plan(query: Query, taxonomy: Taxonomy, instead: Mapping[str, Sequence[str]] = MappingProxyType({})) -> Plan:
    """Work out what to look for; `instead`: a word of the question, folded, and what it must be a slip for."""
    return _Planner(query, taxonomy, instead).plan()


@dataclass
class _Planner:
    query: Query
    taxonomy: Taxonomy
    instead: Mapping[str, Sequence[str]]
    explanation: list[Expansion] = field(default_factory=list)

    def plan(self) -> Plan:
        for notice in self.query.notices:
            self.explanation.append(Expansion(notice.kind, notice.word, (), notice.text))
        concepts = list(self._concepts(self._meaningful(self.query.clauses)))
        return Plan(tuple(concepts), tuple(self.explanation))

    def _meaningful(self, clauses: Sequence[Clause]) -> list[Clause]:
        """Leave out what people add when they ask instead of search, when anything else remains."""
        kept = [clause for clause in clauses if not _is_question_clause(clause)]
        if not any(clause.role != "excluded" for clause in kept):
            return list(clauses)
        dropped = ", ".join(
            clause.node.text for clause in clauses if clause not in kept and isinstance(clause.node, Word)
        )
        if dropped:
            self.explanation.append(Expansion("functiewoord", dropped, (), f"niet op gezocht: {dropped}"))
        return kept

    def _concepts(self, clauses: Sequence[Clause]) -> Iterator[Concept]:
        at = 0
        while at < len(clauses):
            clause = clauses[at]
            run = _word_run(clauses[at:])
            name = name_index(self.taxonomy).at(run)
            if name:
                length, term = name
                typed = " ".join(word.text for word in run[:length])
                label, tree = typed, self._name(run[:length], term)
                at += length
            else:
                label, tree = label_of(clause.node), self._tree(clause.node)
                at += 1
            excluded = clause.role == "excluded"
            yield Concept(label, clause.role, _whole_words(tree) if excluded else tree)

    def _tree(self, node: Node) -> Tree:
        if isinstance(node, AnyOf | AllOf):
            return Group("any" if isinstance(node, AnyOf) else "all", tuple(self._tree(part) for part in node.parts))
        if isinstance(node, Phrase):
            return Leaf(phrase_forms(node.text))
        if isinstance(node, Near):
            return Leaf(near_forms(node))
        if isinstance(node, InField):
            return field_tree(node)
        if isinstance(node, Prefix | Suffix | Fuzzy):
            layer = _WILD[type(node)]
            return Leaf((Form(layer, (dutch.fold(node.text),), LAYER_WEIGHTS[layer]),))
        name = name_index(self.taxonomy).at([node])
        return self._name([node], name[1]) if name else self._word(node)

    def _word(self, word: Word) -> Leaf:
        """Look for a word in its forms, and tell when it is a compound whose parts count too."""
        meant = self.instead.get(dutch.fold(word.text), ())
        if meant and not self._literal(word.text):
            text = f"‘{word.text}’ komt nergens voor; gezocht op: {', '.join(meant)}"
            self.explanation.append(Expansion("lijkt", word.text, tuple(meant), text))
            return Leaf(tuple(_lighter(form) for other in meant for form in word_forms(other)))
        if meant:
            self.explanation.append(Expansion("letterlijk", word.text, (), f"‘{word.text}’ niet verbeterd"))
        forms = word_forms(word.text)
        parts = dutch.compound(word.text) if any(form.within > 1 for form in forms) else ()
        if parts and self._literal(word.text):
            text = f"‘{word.text}’ niet op losse delen gezocht"
            self.explanation.append(Expansion("letterlijk", word.text, (), text))
            return Leaf(tuple(form for form in forms if form.within == 1))
        if parts:
            text = f"‘{word.text}’ telt ook als {' en '.join(parts)} dicht bij elkaar staan"
            self.explanation.append(Expansion("delen", word.text, parts, text))
        return Leaf(forms)

    def _literal(self, typed: str) -> bool:
        return name_key(typed) in map(name_key, self.query.literal)

    def _name(self, words: Sequence[Word], term: Term) -> Tree:
        """Look for a name as typed, and under the term's other names."""
        typed = " ".join(word.text for word in words)
        others = [
            label for label in term.labels if label.kind in EXPANDED_KINDS and label.tag and not _within(typed, label)
        ]
        if others and self._literal(typed):
            self.explanation.append(Expansion("letterlijk", typed, (), f"‘{typed}’ niet op andere namen gezocht"))
            others = []
        if others:
            texts = tuple(dict.fromkeys(label.text for label in others))
            self.explanation.append(Expansion("alias", typed, texts, f"‘{typed}’ ook gezocht op: {', '.join(texts)}"))
        also = Leaf(tuple(form for label in others for form in name_forms(label, ALIAS_WEIGHT)))
        cased = next((label for label in term.labels if label.case_sensitive and label.text == typed), None)
        if cased:
            return Leaf((*name_forms(cased, 1.0), *also.forms))
        own = tuple(self._word(word) for word in words)
        return Group("any", (own[0] if len(own) == 1 else Group("all", own), also))


def _lighter(form: Form) -> Form:
    return replace(form, weight=form.weight * CORRECTED_SHARE)


def _whole_words(tree: Tree) -> Tree:
    """Leave out what only holds the word or its parts: who excludes *opvang* still wants *opvanglocatie*."""
    if isinstance(tree, Group):
        return Group(tree.operator, tuple(_whole_words(part) for part in tree.parts))
    return Leaf(tuple(form for form in tree.forms if form.layer != "part" and (form.within == 1 or not form.ordered)))


def forms_of(tree: Tree) -> Iterator[Form]:
    """Yield all forms of a tree."""
    if isinstance(tree, Leaf):
        yield from tree.forms
    else:
        for part in tree.parts:
            yield from forms_of(part)


def _within(typed: str, label: Label) -> bool:
    """Tell whether a name holds the words typed, so that looking for those finds it anyway."""
    return f" {' '.join(name_key(typed))} " in f" {' '.join(name_key(label.text))} "


def _word_run(clauses: Sequence[Clause]) -> list[Word]:
    words: list[Word] = []
    for clause in clauses:
        if not isinstance(clause.node, Word) or clause.role != clauses[0].role:
            break
        words.append(clause.node)
    return words


def _is_question_clause(clause: Clause) -> bool:
    return clause.role == "wanted" and isinstance(clause.node, Word) and is_question_word(clause.node.text)


def label_of(node: Node) -> str:
    """Return a node as the user would write it."""
    if isinstance(node, AnyOf | AllOf):
        joint = " OF " if isinstance(node, AnyOf) else " "
        return joint.join(label_of(part) for part in node.parts)
    return f"“{node.text}”" if isinstance(node, Phrase) else written(node)


def near_forms(near: Near) -> tuple[Form, ...]:
    """Return words in any order near each other: exactly so, or in the layers of a word as well."""
    if any("*" in word for word in near.words):
        row = tuple(dutch.fold(word) for word in near.words)
        return (Form("exact", row, LAYER_WEIGHTS["prefix"], near.within, False),)
    words = [token.forms for text in near.words for token in dutch.tokens(text) if not token.joined]
    layers: dict[Layer, tuple[str, ...]] = {"exact": tuple(word.exact for word in words)}
    if not near.exact:
        layers["lemma"] = tuple(word.lemma for word in words)
        layers["stem"] = tuple(word.stem for word in words)
    return tuple(Form(layer, row, LAYER_WEIGHTS[layer], near.within, False) for layer, row in layers.items() if row)


def field_tree(node: InField) -> Tree:
    """Return a word in a title or heading, by its stem; of a hyphenated word all parts, or the whole."""
    layer = _FIELDS[node.field]
    found = list(dutch.tokens(node.text))
    single, joined = ([one for one in found if one.joined is whole] for whole in (False, True))
    parts = tuple(Leaf((Form(layer, (token.forms.stem,), LAYER_WEIGHTS[layer]),)) for token in single)
    whole = Leaf(tuple(Form(layer, (token.forms.stem,), LAYER_WEIGHTS[layer]) for token in joined))
    return Group("any", (Group("all", parts), whole))


def phrase_forms(text: str) -> tuple[Form, ...]:
    """Return the words of a quotation side by side, unchanged; a hyphenated word may also stand there as one."""
    parts: list[str] = []
    wholes: list[str] = []
    for token in dutch.tokens(text):
        if token.joined:
            inside = sum(1 for other in dutch.tokens(token.span.of(text)) if not other.joined)
            wholes[-inside:] = [token.forms.exact]
        else:
            parts.append(token.forms.exact)
            wholes.append(token.forms.exact)
    rows = dict.fromkeys((tuple(parts), tuple(wholes)))
    return tuple(Form("exact", row, LAYER_WEIGHTS["exact"]) for row in rows if row)


def word_forms(text: str) -> tuple[Form, ...]:
    """Return the ways in which one word of a question may stand in a text, surest first."""
    found = list(dutch.tokens(text))
    if not found:
        return ()
    single = [token for token in found if not token.joined]
    if len(single) == 1:
        return _layered(single[0].forms, LAYER_WEIGHTS["exact"])
    parts = Form("exact", tuple(token.forms.exact for token in single), LAYER_WEIGHTS["exact"])
    wholes = [token.forms for token in found if token.joined]
    return (parts, *(form for whole in wholes for form in _layered(whole, LAYER_WEIGHTS["lemma"])))


def _layered(forms: dutch.Forms, exact_weight: float) -> tuple[Form, ...]:
    return (
        Form("exact", (forms.exact,), exact_weight),
        Form("lemma", (forms.lemma,), LAYER_WEIGHTS["lemma"]),
        Form("stem", (forms.stem,), LAYER_WEIGHTS["stem"]),
        Form("part", (forms.stem,), LAYER_WEIGHTS["part"]),
        *(Form("lemma", words, APART_WEIGHT, NEAR) for words in apart(forms.exact)),
    )


def apart(word: str) -> Iterator[tuple[str, str]]:
    """Yield what a compound's parts are when they stand apart: *keten overstijgend*, *uitwisseling van informatie*."""
    for left, right in dutch.halves(word):
        yield left, right
        yield right, left


def name_forms(label: Label, share: float) -> Iterator[Form]:
    """Return the ways in which a name stands in a text: case counts for some, inflection for others."""
    single = [token for token in dutch.tokens(label.text) if not token.joined]
    layer: Layer
    words: tuple[str, ...]
    if label.case_sensitive and len(single) == 1:
        layer, words = "cased", (label.text.replace(".", ""),)
    elif label.text.islower():
        layer, words = "lemma", tuple(token.forms.lemma for token in single)
    else:
        layer, words = "exact", tuple(token.forms.exact for token in single)
    if words:
        yield Form(layer, words, LAYER_WEIGHTS[layer] * share)
