"""Other tools' tracking plans: a module a format, each from a file's content to what it says."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .contents import Content, read_content
    from .formats import FORMATS, SourceFormat, read_contents, recognise
    from .readings import Reading, SourceAttribute, SourceEvent, SourceField

__all__ = [
    "FORMATS",
    "Content",
    "Reading",
    "SourceAttribute",
    "SourceEvent",
    "SourceField",
    "SourceFormat",
    "read_content",
    "read_contents",
    "recognise",
]

__getattr__ = lazy_names(
    __name__,
    {
        "contents": ("Content", "read_content"),
        "formats": ("FORMATS", "SourceFormat", "read_contents", "recognise"),
        "readings": ("Reading", "SourceAttribute", "SourceEvent", "SourceField"),
    },
)
