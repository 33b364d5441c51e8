"""What code sends and reads, held to the specs."""
