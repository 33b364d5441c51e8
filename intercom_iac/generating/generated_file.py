"""A file of generated code."""

from __future__ import annotations

from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneratedFile:
    """`path` is relative to the folder of the generated code, with `/`; `text` is all of it."""

    path: str
    text: str
