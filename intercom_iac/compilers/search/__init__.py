"""Typed rule -> the query of POST /contacts/search, and what is left to decide."""
