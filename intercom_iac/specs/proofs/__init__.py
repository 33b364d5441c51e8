"""What `check` proves of the rules of segments: of each, of its clauses, and of two.

`proving` joins what is proved to what else is wrong with the specs; the other files each prove one thing. They are
imported where there is a rule to prove something of.
"""
