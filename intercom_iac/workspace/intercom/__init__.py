"""Intercom's API as a `Workspace`: its endpoints, its JSON and its pages."""
