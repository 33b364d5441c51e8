"""Judges of proofs: rules drawn by a seed, hostile ones, and all people over a few values."""
