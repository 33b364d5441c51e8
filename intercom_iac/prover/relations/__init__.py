"""Rules by name with how they stand to everybody and to each other, and that as JSON."""
