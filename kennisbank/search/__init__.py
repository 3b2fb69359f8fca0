"""The engine boundary: our own tree and our own tokens in; ids, scores, totals and facet counts out.

`boundary` holds the types, `concepts` turns a question into them, `snippets` quotes from the record's text,
`whoosh_engine` is the one place that knows Whoosh.
"""
