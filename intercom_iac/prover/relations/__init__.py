"""Rules by name, with how they stand to everybody and to each other, and the schema of that as JSON."""
