"""Who would notice that a rule was changed: people for tests of rules, found by proofs."""
