"""Typed rule -> the query of POST /contacts/search, and what is left to decide.

`query` turns each test into filters, `formula` fits them into two levels of groups.
"""
