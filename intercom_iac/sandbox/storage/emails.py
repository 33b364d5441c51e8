"""Comparing addresses without regard to case: in Python and in SQL."""

from ..settings.switches import Switches


def fold_email(address: str) -> str:
    """An address without its case: ASCII letters only, as SQLite's `lower` has it."""
    return address.encode().lower().decode()


def email_test(switches: Switches) -> str:
    """The SQL test of a contact's address against the one value that stands for `?`."""
    return "lower(email) = lower(?)" if switches.emails_fold_case else "email = ?"
