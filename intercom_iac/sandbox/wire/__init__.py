"""Requests, responses and errors as Intercom's API writes them, free of any server, client or database."""
