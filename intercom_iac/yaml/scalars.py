"""What a plain scalar means: the core schema of YAML 1.2.

So `no`, `on` and `12:30` are text, `012` is twelve and `0o14` too, `1_000` is text: nothing of what YAML 1.1
makes of them.
"""

from __future__ import annotations

from intercom_iac.lazy_pattern import lazy_pattern

_WORDS: dict[str, bool | float | None] = {
    "": None,
    "~": None,
    "null": None,
    "Null": None,
    "NULL": None,
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "False": False,
    "FALSE": False,
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = lazy_pattern(r"[-+]?[0-9]+")
_FLOAT = lazy_pattern(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
# Few enough digits that the number can be written in decimal again; more are text.
_OTHER_BASE = lazy_pattern(r"0o[0-7]{1,1000}|0x[0-9a-fA-F]{1,1000}")
_NUMBER_STARTS = frozenset("+-.0123456789")

# Python converts no more digits than this at once; nothing in a spec comes near it.
_MAX_DIGITS = 4_000


def resolve(text: str) -> str | int | float | bool | None:
    """The value of a plain scalar."""
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in _NUMBER_STARTS or len(text) > _MAX_DIGITS:
        return text
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    if _OTHER_BASE.fullmatch(text):
        return int(text, 0)
    return text
