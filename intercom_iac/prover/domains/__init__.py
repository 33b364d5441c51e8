"""Sets of the values that an attribute can have, an algebra a kind of value."""
