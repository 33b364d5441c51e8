"""YAML files as nodes that know where they stand: reading, checking against a shape, comments, edits.

Imports `diagnostics` and `text`.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .builder import build
    from .edits import (
        Edits,
        append_items,
        apply_edits,
        insert_keys,
        open_document,
        remove_entry,
        rename_key,
        replace_value,
    )
    from .nodes import Document, Mapping, Node, Path, Scalar, Sequence, kind_of
    from .shapes import SPEC_VERSION, Shape, keys_of
    from .validation import validate

__all__ = [
    "SPEC_VERSION",
    "Document",
    "Edits",
    "Mapping",
    "Node",
    "Path",
    "Scalar",
    "Sequence",
    "Shape",
    "append_items",
    "apply_edits",
    "build",
    "insert_keys",
    "keys_of",
    "kind_of",
    "open_document",
    "remove_entry",
    "rename_key",
    "replace_value",
    "validate",
]

__getattr__ = lazy_names(
    __name__,
    {
        "builder": ["build"],
        "edits": [
            "Edits",
            "append_items",
            "apply_edits",
            "insert_keys",
            "open_document",
            "remove_entry",
            "rename_key",
            "replace_value",
        ],
        "nodes": ["Document", "Mapping", "Node", "Path", "Scalar", "Sequence", "kind_of"],
        "shapes": ["SPEC_VERSION", "Shape", "keys_of"],
        "validation": ["validate"],
    },
)
