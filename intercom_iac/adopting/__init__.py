"""Entries of specs for what a workspace has or another tool's tracking plan says, and where they are written."""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .codec import encode_import, import_schema
    from .fit import fit_of
    from .placement import Specs, place, refuse_folder
    from .proposal import (
        Capacity,
        DifferingEntry,
        DifferingField,
        Fit,
        FitFinding,
        Imported,
        NotMapped,
        Proposal,
        ProposedEntry,
        WrittenEntry,
    )
    from .selection import select, without
    from .workspace import propose_workspace, unread_lists

__all__ = [
    "Capacity",
    "DifferingEntry",
    "DifferingField",
    "Fit",
    "FitFinding",
    "Imported",
    "NotMapped",
    "Proposal",
    "ProposedEntry",
    "Specs",
    "WrittenEntry",
    "encode_import",
    "fit_of",
    "import_schema",
    "place",
    "propose_workspace",
    "refuse_folder",
    "select",
    "unread_lists",
    "without",
]

__getattr__ = lazy_names(
    __name__,
    {
        "codec": ["encode_import", "import_schema"],
        "fit": ["fit_of"],
        "placement": ["Specs", "place", "refuse_folder"],
        "proposal": [
            "Capacity",
            "DifferingEntry",
            "DifferingField",
            "Fit",
            "FitFinding",
            "Imported",
            "NotMapped",
            "Proposal",
            "ProposedEntry",
            "WrittenEntry",
        ],
        "selection": ["select", "without"],
        "workspace": ["propose_workspace", "unread_lists"],
    },
)
