"""PyYAML, from which the C parser is taken.

Its parser in Python comes with it. The patterns of that one, of which one has the whole of Unicode, take a tenth of a
short command to compile, so they wait until somebody asks them.
"""

from __future__ import annotations

import re
from importlib import import_module
from inspect import currentframe
from typing import TYPE_CHECKING, Any

from intercom_iac.lazy_pattern import lazy_pattern

__all__ = ["yaml"]


def _import() -> Any:
    compile_at_once = re.compile

    def compile_of(pattern: Any, flags: Any = 0) -> Any:
        frame = currentframe()
        caller = frame.f_back if frame is not None else None
        # Another thread may compile something at the same time.
        is_of_yaml = caller is not None and caller.f_globals.get("__name__", "").startswith("yaml.")
        return (lazy_pattern if is_of_yaml else compile_at_once)(pattern, flags)

    re.compile = compile_of
    try:
        return import_module("yaml")
    finally:
        re.compile = compile_at_once


if TYPE_CHECKING:
    import yaml
else:
    yaml = _import()
