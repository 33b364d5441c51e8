"""Trees -> text.

`unparse` makes the untyped tree of a typed one, `text` the canonical text of an untyped one, and `layout` puts that
on lines, with the comments. `outline` shows a tree, typed or not, as plain data or as an outline.
"""
