"""Typed rule -> a formula of z3, with what the world guarantees. z3 comes with the extra `prove`."""
