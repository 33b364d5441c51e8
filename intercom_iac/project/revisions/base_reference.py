"""What the specs are compared with, as it is named on the command line. Imports nothing that reads it."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.lazy_dataclass import dataclass


@dataclass(frozen=True, slots=True)
class BaseReference:
    """What the specs are compared with: a git revision, or a folder that holds a project."""

    name: str
    is_folder: bool = False

    @property
    def option(self) -> str:
        return "--against-folder" if self.is_folder else "--against"


def parse_against(text: str) -> BaseReference:
    """What `--against` means: a revision, whatever folders there are; a path that no revision can be is a folder."""
    beside = text in (".", "..") or text.startswith(("./", "../"))
    return BaseReference(text, is_folder=beside or Path(text).is_absolute())
