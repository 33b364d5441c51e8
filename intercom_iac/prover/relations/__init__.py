"""Rules by name, with how they stand to everybody and to each other: words, places, the schema of the JSON."""
