"""Entries of specs for what a workspace has or another tool's tracking plan says, and where they are written."""

__all__: list[str] = []
