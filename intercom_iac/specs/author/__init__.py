"""Writing specs."""
