"""Rule text -> untyped tree."""
