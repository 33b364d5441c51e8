"""Syncs for people: the plan, how far the writes are, what became of them."""
