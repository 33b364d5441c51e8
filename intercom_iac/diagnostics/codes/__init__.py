"""The codes, a file per stage: SPEC1xx, PARSE2xx, TYPE3xx, REF4xx, LINT5xx, PLAN6xx, BACK7xx, API8xx."""

from __future__ import annotations

import importlib
from types import ModuleType

STAGES = (
    "spec",
    "workspaces",
    "parse",
    "type",
    "ref",
    "lint",
    "policy",
    "plan",
    "back",
    "back_more",
    "back_base",
    "back_gate",
    "api",
)


def stages() -> list[ModuleType]:
    """The modules that hold the codes, in the order data meets them."""
    return [importlib.import_module(f"{__name__}.{stage}") for stage in STAGES]
