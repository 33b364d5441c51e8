"""JSON text of any size read as records: cut as it streams in, and each read exactly where it has to be."""
