"""Calls of Intercom's API: what is sent, what comes back, what is tried again, and what is kept from everybody."""
