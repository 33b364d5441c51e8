"""A typed rule as a JSON document, and back: `rule compile --to tree` and `rule compile --from json`.

`kinds` is the one table of what stands in it, read off the typed nodes. `schema` makes the JSON Schema of it,
`decode` gives nodes and mistakes, and `reading` holds what was decoded to the specs, by the checker of rules of text.
"""
