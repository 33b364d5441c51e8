"""The part of the code that is the same for all specs, as it lies in this package."""

from __future__ import annotations

from importlib.resources import files

RUNTIME_PARTS = ("types", "sending", "queue", "sdk", "checks")


def runtime_text(part: str) -> str:
    """One of these, or `react`."""
    return files("intercom_iac.generating.typescript").joinpath("runtime", f"{part}.ts").read_text("utf-8")
