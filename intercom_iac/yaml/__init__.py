"""YAML files as nodes that know where they stand: reading, checking against a shape, comments.

Imports `diagnostics` and `text`.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .builder import build
    from .nodes import Document, Mapping, Node, Path, Scalar, Sequence, kind_of
    from .shapes import SPEC_VERSION, Shape, keys_of
    from .validation import validate

__all__ = [
    "SPEC_VERSION",
    "Document",
    "Mapping",
    "Node",
    "Path",
    "Scalar",
    "Sequence",
    "Shape",
    "build",
    "keys_of",
    "kind_of",
    "validate",
]

__getattr__ = lazy_names(
    __name__,
    {
        "builder": ["build"],
        "nodes": ["Document", "Mapping", "Node", "Path", "Scalar", "Sequence", "kind_of"],
        "shapes": ["SPEC_VERSION", "Shape", "keys_of"],
        "validation": ["validate"],
    },
)
