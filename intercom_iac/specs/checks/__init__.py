"""Checks of entries that need no live workspace."""
