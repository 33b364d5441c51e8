"""Everything that the program imports when it runs, for processes that are forked from this one."""

from __future__ import annotations

import gc
import importlib
import pkgutil


def load_program() -> None:
    """Imports every module, and makes the tables of the rule language."""
    import intercom_iac

    for module in pkgutil.walk_packages(intercom_iac.__path__, "intercom_iac."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for library in ("httpx", "jsonschema", "duckdb"):
        importlib.import_module(library)
    from intercom_iac.model import Schema
    from intercom_iac.rules import compile_rule
    from intercom_iac.text import Excerpt

    compile_rule(Excerpt.from_text("role = user", "<rule>"), Schema())
    gc.freeze()
