"""Untyped tree -> typed tree: every name looked up, every value of its field's type.

`check` walks the tree. For each test it asks `misplaced_tests` and `scope` what its name is, with `names` for what a
name that is not declared may stand for; `bare_words` what its words may be taken for; `pairs` for the other field
that it names; `clauses`, `days`, `totals` and `values` for the typed test; and `directions`, `remarks` and
`intercom_values` for what there is to say of it. Each gives a value or diagnostics; `check` collects them.
"""
