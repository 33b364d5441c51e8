"""Text for people and where it stands: files, spans, excerpts; what is printable; how wide it is; near names.

Imports nothing of the project.
"""

from .json_text import json_text
from .name_lists import quoted_names
from .near_names import NearNames
from .nearest import bounded_suggestions, did_you_mean, nearest_name, suggestion
from .printable import is_visible, printable
from .remembering import cached_by_identity, remembered_for_newest
from .slips import only_slip
from .source import Excerpt, SourceFile, Span
from .unseen import is_plain
from .value_text import brief_text, item_text, value_text
from .width import columns

__all__ = [
    "Excerpt",
    "NearNames",
    "SourceFile",
    "Span",
    "bounded_suggestions",
    "brief_text",
    "cached_by_identity",
    "columns",
    "did_you_mean",
    "is_plain",
    "is_visible",
    "item_text",
    "json_text",
    "nearest_name",
    "only_slip",
    "printable",
    "quoted_names",
    "remembered_for_newest",
    "suggestion",
    "value_text",
]
