"""Wordings that people write first and that the language does not have, each with the rule text as it should be."""

from __future__ import annotations

import re
from collections.abc import Callable

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from ..print.text import quote, stands_bare

_NAME = r"(?:company\.)?(?:`[^`]*`|[^\W\d][^\s()'\"`,]*)"
_NO_FIELD = r"(?:and|or|not|where|tag|segment|event|company|is|in|has|within|between|contains)\b(?!\.)"
_FIELD = rf"(?<![\w.`-])(?!{_NO_FIELD})(?P<field>{_NAME})\s+"
_PATTERN = r"(?P<pattern>'(?:[^']|'')*'(?!')|\"(?:[^\"]|\"\")*\"(?!\")|[^\s()'\",]+)"
_LIST = r"\((?P<list>[^()]*)\)"
_LOOK_BACK = 200
# Behind these stands the name of something else than a field.
_OF_A_LABEL = lazy_pattern(r"\b(?:event|tag|segment)\s+$", re.IGNORECASE)

# What stands between the commas of a list, those in quotes left out.
_ITEMS = lazy_pattern(r"""(?:'[^']*'|"[^"]*"|[^,'"])+""")

Hint = Callable[[re.Match[str]], str | None]


def _clause_hint(clause: str) -> Hint:
    return lambda found: clause.format(field=found["field"])


def _like_hint(negation: str) -> Hint:
    """A pattern of SQL, whose `%` at its ends stand for any text; None where another sign may stand for one."""

    def hint(found: re.Match[str]) -> str | None:
        pattern = _unquote(found["pattern"])
        part = pattern.strip("%")
        if not part or re.search(r"[%_\[\\]", part):
            return None
        starts, ends = not pattern.startswith("%"), not pattern.endswith("%")
        operator = (
            "starts with" if starts and not ends else "ends with" if ends and not starts else "contains"
        )
        return f"{found['field']} {negation}{operator} {part if stands_bare(part) else quote(part)}"

    return hint


def _unquote(value: str) -> str:
    return value[1:-1].replace(value[0] * 2, value[0]) if value[:1] in "'\"" else value


def _any_of(found: re.Match[str]) -> str | None:
    """A test for each value; None where the list ends within one, at a `)` in quotes."""
    if _ITEMS.sub("", found["list"]).strip(","):
        return None
    test = f"{found['field']} {' '.join(found['operator'].split())}"
    tests = [f"{test} {value.strip()}" for value in _ITEMS.findall(found["list"]) if value.strip()]
    return f"({' or '.join(tests)})" if len(tests) > 1 else "".join(tests)


# What is written, `@` at the place where it stops to read, and what to write instead.
_WORDINGS: tuple[tuple[re.Pattern[str], Hint], ...] = tuple(
    (lazy_pattern(_FIELD + pattern.replace("@", r"(?P<here>)"), re.IGNORECASE), hint)
    for pattern, hint in (
        (
            r"not\s+@(?:null|nil|none|empty|blank|unset|undefined|missing)\b",
            _clause_hint("{field} has any value"),
        ),
        (r"not\s+@(?:exists?|set|known|present|defined)\b", _clause_hint("{field} is unknown")),
        (r"(?:is|=)\s+n@/a\b", _clause_hint("{field} is unknown")),
        (r"(?:is\s+not|!=)\s+n@/a\b", _clause_hint("{field} has any value")),
        (r"is\s+like\s+@" + _PATTERN, _like_hint("")),
        (r"is\s+not\s+like\s+@" + _PATTERN, _like_hint("not ")),
        (r"@i?like\s+" + _PATTERN, _like_hint("")),
        (r"not\s+@i?like\s+" + _PATTERN, _like_hint("not ")),
        (r"(?:=|is)\s+now\s*@\(\s*\)", _clause_hint("{field} exactly 0 days ago")),
    )
)
_CONTAINS_ANY = lazy_pattern(
    _FIELD + rf"(?P<operator>contains|starts\s+with|ends\s+with)\s+any\s+(?P<here>)of\s+{_LIST}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rewording:
    """What to write in place of `text[start:end]` of a rule. It is `certain` where nothing else can be meant."""

    start: int
    end: int
    text: str
    certain: bool


def rewording(text: str, start: int) -> Rewording | None:
    """What to write for the wording that stops to read at a place; None where it is none of these."""
    begin = max(0, start - _LOOK_BACK)
    for pattern, hint in ((_CONTAINS_ANY, _any_of), *_WORDINGS):
        for found in pattern.finditer(text, begin, start + _LOOK_BACK):
            if found.start("here") == start and not _OF_A_LABEL.search(text, begin, found.start()):
                right = hint(found)
                # Without a `%` SQL asks for just this text, and people for one that has it somewhere.
                certain = "%" in found.groupdict().get("pattern", "%")
                return None if right is None else Rewording(found.start(), found.end(), right, certain)
    return None
