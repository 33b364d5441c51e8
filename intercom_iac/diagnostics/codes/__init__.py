"""The codes, a file per stage: SPEC1xx, PARSE2xx, TYPE3xx, REF4xx, LINT5xx, PLAN6xx, BACK7xx, API8xx, PROOF10xx."""

from __future__ import annotations

import importlib
from types import ModuleType

from ..family import Family

_FILES: dict[Family, tuple[str, ...]] = {
    Family.SPEC: ("spec", "workspaces", "policy", "built", "replacements", "drift", "published", "contracts"),
    Family.PARSE: ("parse",),
    Family.TYPE: ("type",),
    Family.REF: ("ref", "replacements"),
    Family.LINT: ("lint", "policy", "workspaces", "built", "replacements"),
    Family.PLAN: ("plan", "built", "published"),
    Family.BACK: (
        "breaking.attributes",
        "breaking.events",
        "breaking.segments",
        "breaking.entries",
        "breaking.contracts",
        "breaking.revisions",
        "breaking.acceptances",
        "breaking.releases",
        "breaking.audiences",
    ),
    Family.API: ("api",),
    Family.AUDIT: ("audit",),
    Family.FIT: ("fit",),
    Family.PAYL: ("payloads",),
    Family.USE: ("usages",),
    Family.GEN: ("generated",),
    Family.SYNC: ("sync", "sync_backfill", "sync_settings"),
    Family.PROOF: ("proofs", "contracts", "reached"),
}


def stages(family: Family | None = None) -> list[ModuleType]:
    """The modules that hold the codes of a family, or all of them in the order data meets them."""
    names = _FILES[family] if family is not None else [name for names in _FILES.values() for name in names]
    return [importlib.import_module(f"{__name__}.{name}") for name in dict.fromkeys(names)]
