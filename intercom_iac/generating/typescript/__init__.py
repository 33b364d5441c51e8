"""TypeScript that sends the data from a browser, around the Messenger's queue."""

from .files import typescript_files
from .rules import without_lines

__all__ = ["typescript_files", "without_lines"]
