"""The workspace's SQLite file: opening and migrating it, transactions, and the form of values in its columns."""
