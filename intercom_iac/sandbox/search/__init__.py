"""Contact search: the fields a query may name, what a query means, the same as SQL, and pages in an order."""
