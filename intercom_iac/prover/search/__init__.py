"""The search for values that satisfy clauses over cells."""
