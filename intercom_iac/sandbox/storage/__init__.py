"""The workspace's SQLite file: opening and migrating it, transactions, and how values stand in its columns."""
