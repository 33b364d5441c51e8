"""Typed rule -> a Python function of a person."""
