"""The extras of the package: what some commands need and a plain `pip install` does not bring."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .errors import MissingExtra

# Extra -> the modules that come with it, as pyproject.toml has them.
EXTRAS: Final[Mapping[str, tuple[str, ...]]] = {
    "preview": ("duckdb", "msgspec"),
    "sandbox": ("uvicorn",),
    "html": ("jinja2",),
    "generate": (
        "msgspec",
        "tree_sitter",
        "tree_sitter_go",
        "tree_sitter_java",
        "tree_sitter_javascript",
        "tree_sitter_kotlin",
        "tree_sitter_php",
        "tree_sitter_python",
        "tree_sitter_ruby",
        "tree_sitter_typescript",
        "zstandard",
    ),
    "prove": ("z3",),
    "spark": ("pyspark",),
}
# What `all` leaves out: half a gigabyte, and it needs Java.
APART: Final = ("spark",)


def require_extra(extra: str, purpose: str) -> None:
    """Looks for what an extra brings, without importing it. Raises `MissingExtra` where it is not installed;
    `purpose` is what needs it."""
    from importlib.util import find_spec

    try:
        for module in EXTRAS[extra]:
            if find_spec(module) is None:
                raise ModuleNotFoundError(module)
    except ModuleNotFoundError as error:
        raise MissingExtra(purpose, extra) from error
