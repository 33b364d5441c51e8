"""A plan of a sync in a file, and what of it still holds."""
