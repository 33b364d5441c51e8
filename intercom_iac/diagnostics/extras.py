"""The extras of the package: what some commands need and a plain `pip install` does not bring."""

from __future__ import annotations

from importlib import import_module
from typing import Final

from .errors import MissingExtra

# Extra -> the module that comes with it, as pyproject.toml has it.
EXTRAS: Final = {"preview": "duckdb", "sandbox": "uvicorn", "html": "jinja2"}


def require_extra(extra: str, purpose: str) -> None:
    """Imports what an extra brings. Raises `MissingExtra` where it is not installed; `purpose` is what needs it."""
    try:
        import_module(EXTRAS[extra])
    except ModuleNotFoundError as error:
        raise MissingExtra(purpose, extra) from error
