"""Tests of events over few days and few metadata, and every small history of a contact."""
