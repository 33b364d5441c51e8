"""Syncs: what is read, what it is compared with, what is asked before it is written, what became of it."""
