"""How the texts of a column are written, and what they mean."""
