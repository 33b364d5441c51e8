"""What rules are compiled to. Imports nothing, since a command's help lists them."""

TARGETS = ("search", "audience", "sql", "english", "tree")
# Of segments alone: files, which are written to a folder.
DBT = "dbt"
# Those that hold the bounds of days; the others say days in words, or leave them to Intercom.
TARGETS_WITH_DAYS = ("search", "sql")
# Of SQL.
DIALECTS = ("duckdb", "postgres", "snowflake", "bigquery", "spark")
