"""Faces of rooms that cost nothing: what a room hands out is imported when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any


def lazy_names(room: str, modules: Mapping[str, Sequence[str]]) -> Callable[[str], Any]:
    """The `__getattr__` of a room whose modules, by their path in it, hand out these names.

    No module may have the name of something that is handed out: once imported, it would stand in its place.
    """
    homes = {name: f"{room}.{module}" for module, names in modules.items() for name in names}

    def look_up(name: str) -> Any:
        if name not in homes:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        from importlib import import_module

        return getattr(import_module(homes[name]), name)

    return look_up
