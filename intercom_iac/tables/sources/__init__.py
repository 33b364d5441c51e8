"""A source as a relation in an engine: files as they lie, what a query gives, a database, Spark."""
