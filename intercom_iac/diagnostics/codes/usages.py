"""USE1xx: what is wrong with code that sends or reads what the specs declare."""
