"""Spec files: YAML text -> Schema, keeping where each thing stands.

`load_specs` reads the specs for a workspace, `load_every_workspace` for all of them, and a `SpecsLoader` reads them
once for both; none stops at the first mistake, and `merge_diagnostics` puts together what several workspaces have
wrong. `format_file`, `format_path`, `json_schema` and `scaffold` are for single commands; `add_entries` and
`new_spec_file` write an `Entry` of each kind into spec files, and `update_entries` other values of its keys; `digest`
tells whether two schemas are the same.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .author.entries import Entry, attribute_entry, event_entry, literal_text, segment_entry
    from .author.files import add_entries, new_spec_file
    from .author.scaffold import ScaffoldWorkspace, scaffold
    from .author.updates import EntryUpdate, update_entries
    from .file_schemas import json_schema
    from .format.declared_words import DeclaredWords, declared_words, unknown_words
    from .format.files import format_file, format_path
    from .load.loading import (
        Loaded,
        SpecsLoader,
        display_path,
        load_every_workspace,
        load_specs,
        spec_files,
    )
    from .merging import merge_diagnostics
    from .renaming.rename import renaming_schema
    from .schema_digest import digest

__all__ = [
    "DeclaredWords",
    "Entry",
    "EntryUpdate",
    "Loaded",
    "ScaffoldWorkspace",
    "SpecsLoader",
    "add_entries",
    "attribute_entry",
    "declared_words",
    "digest",
    "display_path",
    "event_entry",
    "format_file",
    "format_path",
    "json_schema",
    "literal_text",
    "load_every_workspace",
    "load_specs",
    "merge_diagnostics",
    "new_spec_file",
    "renaming_schema",
    "scaffold",
    "segment_entry",
    "spec_files",
    "unknown_words",
    "update_entries",
]

__getattr__ = lazy_names(
    __name__,
    {
        "author.entries": ["Entry", "attribute_entry", "event_entry", "literal_text", "segment_entry"],
        "author.files": ["add_entries", "new_spec_file"],
        "author.scaffold": ["ScaffoldWorkspace", "scaffold"],
        "author.updates": ["EntryUpdate", "update_entries"],
        "format.declared_words": ["DeclaredWords", "declared_words", "unknown_words"],
        "format.files": ["format_file", "format_path"],
        "file_schemas": ["json_schema"],
        "load.loading": [
            "Loaded",
            "SpecsLoader",
            "display_path",
            "load_every_workspace",
            "load_specs",
            "spec_files",
        ],
        "merging": ["merge_diagnostics"],
        "renaming.rename": ["renaming_schema"],
        "schema_digest": ["digest"],
    },
)
