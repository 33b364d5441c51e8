"""Diagnostics for machines, one format a file: what `check` and `breaking` print with `--format`."""

from .formats import FORMATS, findings, findings_json
from .places import Examined

__all__ = ["FORMATS", "Examined", "findings", "findings_json"]
