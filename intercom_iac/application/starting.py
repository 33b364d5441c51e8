"""The files of a new project."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from intercom_iac.specs import scaffold

from .files import make_folder, write_atomically


def start_project(folder: Path) -> Iterator[Path]:
    """Writes the files that a new project lacks, one after the other, and gives the path of each.

    Files that exist are left as they are, and where there is a project or specs, no sample is added.
    """
    for path, content in scaffold(folder).items():
        make_folder(path.parent)
        write_atomically(path, content)
        yield path
