"""What records come in: a file or standard input, compressed or not; lines of JSON, a JSON array, CSV or Parquet."""
