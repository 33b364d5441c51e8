"""What there is to say of a rule that compiles: tests that repeat each other, or that together hold for nobody or for
everybody.

`chains` looks at the tests that one `and` or `or` joins; `values` has the few values that stand for all that an
attribute can have.
"""
