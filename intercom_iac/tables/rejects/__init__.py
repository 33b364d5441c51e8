"""Rows that are not sent: which, why, and the file of them."""
