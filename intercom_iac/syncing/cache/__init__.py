"""What Intercom was last known to have, and of whom properties are still to be written."""
