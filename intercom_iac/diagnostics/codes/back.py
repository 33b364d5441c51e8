"""BACK7xx: changes between two revisions of the specs, and whether what depends on the specs outlives them."""
