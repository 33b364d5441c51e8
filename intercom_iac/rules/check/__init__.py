"""Untyped tree -> typed tree: every name looked up, every value of its field's type.

`check` walks the tree. For each test it asks `misplaced_tests` and `scope` what its name is, `bare_words` what its
words may be taken for, `clauses` and `values` for the typed test, and `directions` whether its days make sense. Each
gives a value or diagnostics; `check` collects them.
"""
