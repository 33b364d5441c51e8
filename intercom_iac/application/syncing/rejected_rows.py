"""The file of rows that may not be sent."""
