"""TypeScript that sends the data from a browser, around the Messenger's queue."""

from .files import typescript_files

__all__ = ["typescript_files"]
