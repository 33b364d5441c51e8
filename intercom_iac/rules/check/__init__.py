"""Untyped tree -> typed tree."""
