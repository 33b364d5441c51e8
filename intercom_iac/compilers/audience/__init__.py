"""Typed rule -> the filters of an audience."""
