"""Plans made, saved, read again and applied."""
