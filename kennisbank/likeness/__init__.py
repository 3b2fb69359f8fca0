"""How alike two pieces of text are, and why: features, their weights, and a store that answers `similar`.

Words, parts of compounds and what the lexicon sees are features that can be shown; vectors trained on the library
itself are a second opinion. numpy and scipy are loaded only here, so what imports this pays for them.
"""

LIKENESS_VERSION = "1"
"""Changes with what is counted or how it is kept."""
