"""Typed rule -> a sentence."""
