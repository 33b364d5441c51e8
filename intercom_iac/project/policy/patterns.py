"""Regular expressions of the project file, matched in a time that grows with the name and the pattern only.

Python's own take time without bound on some patterns and names, such as `(a+)+$`. pydantic brings along those of
Rust, which have neither look-around nor back-references, and refuse a pattern that would grow too large.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from intercom_iac.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from pydantic_core import SchemaValidator

# Patterns with these cannot stand beside others in one: groups with a name, and those in which a space is none.
_ALONE = lazy_pattern(r"\(\?(?:P?<|[a-zA-Z-]*x)")


class Patterns:
    """Patterns that texts are tried for: in one go, so that most of the texts, which none is found in, cost little.

    Each is compiled once. The patterns have no mistake.
    """

    def __init__(self, patterns: Sequence[str]) -> None:
        self._patterns = patterns
        self._halves: tuple[Patterns, Patterns] | None = None
        together = patterns[0] if len(patterns) == 1 else "|".join(f"(?:{pattern})" for pattern in patterns)
        self._any: SchemaValidator | None = None
        if patterns and (len(patterns) == 1 or not any(_ALONE.search(pattern) for pattern in patterns)):
            from pydantic_core import SchemaError

            try:
                self._any = _validator(together)
            except SchemaError:
                # Too large together.
                self._any = None

    def search(self, text: str, limit: int) -> list[int]:
        """The indexes of those that are found anywhere in the text, in order; `limit` at most."""
        if not self._patterns or (self._any is not None and not self._any.isinstance_python(text)):
            return []
        if len(self._patterns) == 1:
            return [0]
        if self._halves is None:
            middle = len(self._patterns) // 2
            self._halves = Patterns(self._patterns[:middle]), Patterns(self._patterns[middle:])
        first, second = self._halves
        indexes = first.search(text, limit)
        if len(indexes) < limit:
            rest = second.search(text, limit - len(indexes))
            indexes += (len(first._patterns) + index for index in rest)
        return indexes


def pattern_mistake(pattern: str) -> str | None:
    """What is wrong with a pattern, in a few words; None for one that works."""
    from pydantic_core import SchemaError

    try:
        _validator(pattern)
    except SchemaError as error:
        last = str(error).rstrip().rpartition("\n")[2].strip()
        if "size limit" in last:
            return "it is too large once its repetitions are written out"
        return last.removeprefix("error: ") or "it cannot be read"
    return None


def _validator(pattern: str) -> SchemaValidator:
    # Here, since most projects forbid no names.
    from pydantic_core import SchemaValidator, core_schema

    return SchemaValidator(core_schema.str_schema(pattern=pattern, regex_engine="rust-regex"))
