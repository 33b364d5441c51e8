"""PAYL9xx: what is wrong with records and values that are sent."""
