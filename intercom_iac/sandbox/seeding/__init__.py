"""Filling a workspace with made-up people, companies, events and tags.

Names and values are drawn (`fakes`, `events`), put together (`population`) and written (`rows`); `filling` runs it
all. The same seed and arguments on an equal workspace write the same rows.
"""
