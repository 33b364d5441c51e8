"""What is renamed, and what came of it."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any, Literal

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import Address
from intercom_iac.text import Span
from intercom_iac.yaml.nodes import Path

from ..fixing import FixedFile

What = Literal[
    "entry",
    "deprecated",
    "restored",
    "removed",
    "key",
    "name",
    "rule",
    "reference",
    "assertion",
    "priorities",
    "test",
    "address",
    "silence",
]
"""What of a file is another: `entry` is a new one behind the old one, which is `deprecated`; `restored` and `removed`
are those of a rename that is taken back; `key` is that of the same entry, `name` the one that a segment keeps in
Intercom; `reference` is a `renamed_from` or a `replaces`; `assertion` names the segment by its key, and so do the
`priorities`; `test` is one of a segment; `address` stands in the project file, `silence` in a comment.
"""


@dataclass(frozen=True, slots=True)
class Rename:
    """An attribute, event or segment, and the address it is to have: of the same kind and owner."""

    old: Address
    new: Address

    @property
    def section(self) -> Path:
        """The path of the section that both stand in."""
        return ("attributes", self.old.owner) if self.old.owner else (f"{self.old.kind}s",)

    @property
    def old_path(self) -> Path:
        return (*self.section, self.old.name)

    @property
    def new_path(self) -> Path:
        return (*self.section, self.new.name)


@dataclass(frozen=True, slots=True, kw_only=True)
class RenamedPart:
    """A part of a file that is another: where it stands in the new text, and the entry it belongs to, if any.

    `count` is how many names are rewritten in it.
    """

    what: What
    span: Span
    address: str | None = None
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """The files that a rename changes, that with the entry first, and what of them."""

    rename: Rename
    files: tuple[FixedFile, ...]
    parts: tuple[RenamedPart, ...]


def renaming_schema() -> dict[str, Any]:
    """The JSON Schema of what `mv` prints."""
    return json.loads(files("intercom_iac.specs.renaming").joinpath("mv.schema.json").read_text("utf-8"))
