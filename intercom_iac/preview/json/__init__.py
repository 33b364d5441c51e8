"""People as objects of JSON, one a line: read one by one, many at once, or by DuckDB."""
