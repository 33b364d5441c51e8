"""Settings written as text on a command line: durations and switches."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from .switches import LEAST_NUMBERS, Switches

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(ms|s)", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
LARGEST_NUMBER = 999_999_999
"""The largest number that a switch takes."""


class SettingError(ValueError):
    """A text is not a valid setting; the message says why and what would be one, `option` which it was meant for."""

    option = ""


def suggest_name(word: str, names: Iterable[str]) -> str:
    """A hint for a word that is none of the names: the nearest one, or all of them."""
    from difflib import get_close_matches  # needed only after a mistake

    candidates = list(names)
    nearest = get_close_matches(word, candidates, 1)
    return f"did you mean `{nearest[0]}`?" if nearest else f"there are {', '.join(candidates)}"


def parse_duration(text: str) -> float:
    """Reads `50ms`, `2s` or `1.5s` as seconds. Raises `SettingError`."""
    match = _DURATION.fullmatch(text)
    if match is None:
        below = text.startswith("-")
        problem = "it is empty" if not text else f"`{text}` is {'below zero' if below else 'no duration'}"
        raise SettingError(f"{problem}; durations are like 50ms, 2s or 1.5s")
    return float(match[1]) / (1000 if match[2] == "ms" else 1)


def parse_whole_seconds(text: str) -> int:
    """Reads a duration that is a whole number of seconds. Raises `SettingError`."""
    seconds = parse_duration(text)
    if not seconds.is_integer():
        raise SettingError(f"`{text}` is no whole number of seconds")
    return int(seconds)


def with_switches(switches: Switches, texts: Iterable[str]) -> Switches:
    """`switches` with those changed that `texts` set, as `NAME=VALUE`; `-` in a name stands for `_`.

    Raises `SettingError`.
    """
    defaults = {switch.name: switch.default for switch in fields(Switches)}
    values: dict[str, Any] = {}
    for text in texts:
        written, given, value = text.partition("=")
        name = written.strip().replace("-", "_")
        if name not in defaults:
            raise SettingError(f"no switch `{written}`; {suggest_name(name, defaults)}")
        if not given:
            raise SettingError(f"`{text}` gives no value: {written}={_example_value(defaults[name])}")
        values[name] = _parse_value(name, defaults[name], value.strip())
    return replace(switches, **values)


def _parse_value(name: str, default: object, text: str) -> object:
    """The value of a switch, of the type that its default has."""
    if isinstance(default, bool):
        if text not in ("true", "false"):
            raise SettingError(f"`{name}` is true or false, not `{text}`")
        return text == "true"
    if isinstance(default, int):
        least = LEAST_NUMBERS.get(name, 0)
        if not _INTEGER.fullmatch(text) or int(text) < least:
            raise SettingError(f"`{name}` is a whole number, {least:,} to {LARGEST_NUMBER:,}, not `{text}`")
        return int(text)
    return frozenset(item.strip() for item in text.split(",") if item.strip())


def _example_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "one,two"
