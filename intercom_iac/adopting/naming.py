"""The name that something gets in specs: in the project's style, and one that Intercom takes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal

from intercom_iac.model.names import corrected_name
from intercom_iac.project.policy.settings import STYLES, Style
from intercom_iac.specs.policy.names import spell

NamedKind = Literal["attribute", "event", "metadata key"]

# Names are asked for again and again: a plan's events have many properties in common.


@lru_cache(maxsize=10_000)
def name_in_specs(kind: NamedKind, name: str, style: Style | None, prefix: str = "") -> str:
    """A name of another tool as specs have it; "" where nothing is left of it.

    Without a style it is kept where Intercom takes it. `prefix` stands before it, as it is given.
    """
    plain = accepted_name(kind, name)
    if style is not None and plain.isascii() and not STYLES[style].fullmatch(plain):
        plain = spell(plain, style)
    return f"{prefix}{plain}" if plain else ""


@lru_cache(maxsize=10_000)
def accepted_name(kind: NamedKind, name: str) -> str:
    """A name with what Intercom refuses or rewrites replaced: a dot and a dollar, in keys many more.

    In names of events Intercom writes `-` for both itself. A dollar in front marks what a tool adds of its own.
    """
    plain = name.strip().removeprefix("$")
    if kind == "event":
        return corrected_name(kind, re.sub(r"[.$]", "-", plain))
    return corrected_name(kind, plain.replace("$", "_"))
