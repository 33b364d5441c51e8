"""Wordings that people write first and that the language does not have, each with the rule text as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable

_NAME = r"(?:company\.)?(?:`[^`]*`|[^\W\d][^\s()'\"`,]*)"
_FIELD = rf"(?<![\w.`-])(?!(?:and|or|not|where)\b)(?P<field>{_NAME})\s+"
_VALUE = r"(?P<value>'[^']*'|\"[^\"]*\"|[^\s()'\",]+)"
_LIST = r"\((?P<list>[^()]*)\)"
_LOOK_BACK = 200

Hint = Callable[[re.Match[str]], str]


def _says(clause: str) -> Hint:
    return lambda found: clause.format(**{"field": found["field"], **found.groupdict()})


def _for_each(operator: str, word: str) -> Hint:
    def hint(found: re.Match[str]) -> str:
        tests = [
            f"{found['field']} {operator} {each.strip()}" for each in found["list"].split(",") if each.strip()
        ]
        return f"({f' {word} '.join(tests)})" if len(tests) > 1 else "".join(tests)

    return hint


# What is written, `@` at the place where it stops to read, and what to write instead.
_WORDINGS: tuple[tuple[re.Pattern[str], Hint], ...] = tuple(
    (re.compile(_FIELD + pattern.replace("@", r"(?P<here>)"), re.IGNORECASE), hint)
    for pattern, hint in (
        (r"@(?:exists|(?:has|have)\s+(?:an?|some)\s+value|has\s+value)\b", _says("{field} has any value")),
        (
            r"@(?:(?:does\s+not|doesn'?t|doesn’t)\s+(?:exist|have\s+(?:an?|any)\s+value)|(?:has|have)\s+no\s+value)\b",
            _says("{field} is unknown"),
        ),
        (r"not\s+@(?:null|nil|none|empty|blank|unset|undefined|missing)\b", _says("{field} has any value")),
        (r"not\s+@(?:exists?|set|known|present|defined)\b", _says("{field} is unknown")),
        (r"(?:is|=)\s+n@/a\b", _says("{field} is unknown")),
        (r"(?:is\s+not|!=)\s+n@/a\b", _says("{field} has any value")),
        (r"is\s+(?:any|one)\s+@of\s+" + _LIST, _says("{field} in ({list})")),
        (r"is\s+(?:none|not\s+(?:any|one))\s+@of\s+" + _LIST, _says("{field} not in ({list})")),
        (r"is\s+like\s+@" + _VALUE, _says("{field} contains {value}")),
        (r"is\s+(?:equal|equals)\s+@to\s+" + _VALUE, _says("{field} = {value}")),
        (r"(?:=|is)\s+now\s*@\(\s*\)", _says("{field} exactly 0 days ago")),
    )
)
_CONTAINS_ANY = re.compile(
    _FIELD + rf"(?P<operator>contains|starts\s+with|ends\s+with)\s+any\s+(?P<here>)of\s+{_LIST}",
    re.IGNORECASE,
)


def reworded(text: str, start: int) -> str | None:
    """What to write for the wording that stops to read at a place; None where it is none of these."""
    begin = max(0, start - _LOOK_BACK)
    for found in _CONTAINS_ANY.finditer(text, begin, start + _LOOK_BACK):
        if found.start("here") == start:
            return _for_each(" ".join(found["operator"].split()), "or")(found)
    for pattern, hint in _WORDINGS:
        for found in pattern.finditer(text, begin, start + _LOOK_BACK):
            if found.start("here") == start:
                return hint(found)
    return None
