"""Settings written as text on a command line: durations and switches."""

import re
from collections.abc import Iterable
from dataclasses import fields, replace
from typing import Any

from .switches import LEAST_NUMBERS, Switches

_DURATION = re.compile(r"(\d{1,6}(?:\.\d{1,6})?)(ms|s)", re.ASCII)
_INTEGER = re.compile(r"\d{1,9}", re.ASCII)
LARGEST_NUMBER = 999_999_999


class SettingError(ValueError):
    """A text is no such setting; the message says why and what would be one, `option` which it was meant for."""

    option = ""


def suggest_name(word: str, names: Iterable[str]) -> str:
    """What a word that is none of the names may have meant, else all of them."""
    from difflib import get_close_matches  # for mistakes only

    known = list(names)
    near = get_close_matches(word, known, 1)
    return f"did you mean `{near[0]}`?" if near else f"there are {', '.join(known)}"


def parse_duration(text: str) -> float:
    """Seconds of `50ms`, `2s` or `1.5s`. Raises `SettingError`."""
    found = _DURATION.fullmatch(text)
    if found is None:
        below = text.startswith("-")
        wrong = "it is empty" if not text else f"`{text}` is {'below zero' if below else 'no duration'}"
        raise SettingError(f"{wrong}; durations are like 50ms, 2s or 1.5s")
    return float(found[1]) / (1000 if found[2] == "ms" else 1)


def parse_whole_seconds(text: str) -> int:
    """A duration that is a whole number of seconds. Raises `SettingError`."""
    seconds = parse_duration(text)
    if not seconds.is_integer():
        raise SettingError(f"`{text}` is no whole number of seconds")
    return int(seconds)


def with_switches(switches: Switches, texts: Iterable[str]) -> Switches:
    """`switches` with some set by `NAME=VALUE`; `-` in a name stands for `_`. Raises `SettingError`."""
    defaults = {each.name: each.default for each in fields(Switches)}
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
    if isinstance(default, bool):
        if text not in ("true", "false"):
            raise SettingError(f"`{name}` is true or false, not `{text}`")
        return text == "true"
    if isinstance(default, int):
        least = LEAST_NUMBERS.get(name, 0)
        if not _INTEGER.fullmatch(text) or int(text) < least:
            raise SettingError(f"`{name}` is a whole number, {least:,} to {LARGEST_NUMBER:,}, not `{text}`")
        return int(text)
    return frozenset(each.strip() for each in text.split(",") if each.strip())


def _example_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int) else "one,two"
