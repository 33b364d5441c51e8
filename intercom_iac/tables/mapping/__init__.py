"""Which property each column of a table is, and which column names the record."""
