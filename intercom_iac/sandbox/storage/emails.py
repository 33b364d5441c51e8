"""Comparing addresses without regard to case: in Python and in SQL."""

from ..settings.switches import Switches


def fold_email(address: str) -> str:
    """The address in lower case: ASCII letters only, as SQLite's `lower` does it."""
    return address.encode().lower().decode()


def email_test(switches: Switches) -> str:
    """The SQL condition that a contact has an address, which is the value of its one `?`."""
    return "lower(email) = lower(?)" if switches.emails_fold_case else "email = ?"
