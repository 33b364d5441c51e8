"""The languages whose code is read: a row each, in its own module the reader."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Final

from .language import Language

__all__ = ["LANGUAGES", "Language", "language_of"]

LANGUAGES: Final = (
    Language(name="JavaScript", suffixes=(".js", ".jsx", ".mjs", ".cjs"), module="javascript"),
    Language(name="TypeScript", suffixes=(".ts", ".mts", ".cts"), module="typescript"),
    Language(name="TSX", suffixes=(".tsx",), module="tsx"),
    Language(name="Python", suffixes=(".py", ".pyi"), module="python"),
    Language(name="Ruby", suffixes=(".rb", ".rake", ".ru", ".jbuilder"), module="ruby"),
    Language(name="Go", suffixes=(".go",), module="go"),
    Language(name="PHP", suffixes=(".php", ".phtml", ".inc"), module="php"),
    Language(name="Java", suffixes=(".java",), module="java"),
    Language(name="Kotlin", suffixes=(".kt", ".kts"), module="kotlin"),
    Language(name="HTML", suffixes=(".html", ".htm", ".xhtml"), module="templates"),
    Language(name="Vue", suffixes=(".vue",), module="templates"),
    Language(name="Svelte", suffixes=(".svelte",), module="templates"),
    Language(name="ERB", suffixes=(".erb", ".rhtml"), module="templates"),
    Language(
        name="template",
        suffixes=(".ejs", ".hbs", ".handlebars", ".twig", ".jinja", ".j2", ".liquid"),
        module="templates",
    ),
)
_BY_SUFFIX: Final = {suffix: language for language in LANGUAGES for suffix in language.suffixes}


def language_of(path: str) -> Language | None:
    """The language of a file by its name; None where it is none of those that are read."""
    return _BY_SUFFIX.get(PurePosixPath(path).suffix.lower())
