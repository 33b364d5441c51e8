"""Regular expressions of the project file, matched in a time that grows with the name and the pattern only.

Python's own take time without bound on some patterns and names, such as `(a+)+$`. pydantic brings along those of
Rust, which have neither look-around nor back-references, and refuse a pattern that would grow too large.
"""

from __future__ import annotations

from functools import lru_cache

from pydantic_core import SchemaError, SchemaValidator, core_schema


@lru_cache(maxsize=256)
def _validator(pattern: str) -> SchemaValidator:
    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))


def found_in(pattern: str, text: str) -> bool:
    """Whether the pattern is found anywhere in the text. The pattern is one that has no mistake."""
    return _validator(pattern).isinstance_python(text)


def mistake_in(pattern: str) -> str | None:
    """What is wrong with a pattern, in a few words; None for one that works."""
    try:
        _validator(pattern)
    except SchemaError as error:
        last = str(error).rstrip().rpartition("\n")[2].strip()
        if "size limit" in last:
            return "it is too large once its repetitions are written out"
        return last.removeprefix("error: ") or "it cannot be read"
    return None
