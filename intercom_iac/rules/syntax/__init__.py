"""Rule text -> untyped tree, which needs no schema.

In the order of reading: `grammar.lark` has the forms, of which lark makes `tables` ahead (`make rule-tables`), the
`automaton` reads by them, `parse` goes on after a mistake and gives a tree of `phrase`s, `labels` finds what stands
in the place of a name, `build` makes the nodes of `tree`. What is said where a text does not read is in `unexpected`,
with `rewordings` for the wordings of other languages; `special_words` are words that mean more than their text, such
as `null` and `today`, `operators` the signs and words that say the same.
"""
