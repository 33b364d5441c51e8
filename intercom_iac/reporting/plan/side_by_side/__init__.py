"""The plans of every workspace in one table, an address a line and a workspace a column."""
