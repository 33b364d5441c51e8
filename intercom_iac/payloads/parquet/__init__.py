"""Parquet through DuckDB: rows that are certainly right are passed over where they lie, others come as records."""
