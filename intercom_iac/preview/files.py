"""The files people come in: which there are, and of which kind."""

from __future__ import annotations

import os
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

_PARQUET = b"PAR1"


@dataclass(frozen=True, slots=True)
class Files:
    """Contacts, and where a rule needs them companies, events and the names of tags.

    Each is newline-delimited JSON, objects as Intercom's API returns them, or Parquet in the relational model of
    docs/rules.md; `tags` is the answer of GET /tags.
    """

    contacts: Path
    companies: Path | None = None
    events: Path | None = None
    tags: Path | None = None


def is_parquet(path: Path) -> bool:
    """Whether the file is Parquet, by how it begins. Raises `Misuse` where there is no file to read."""
    if not path.is_file():
        what = "it is no file" if path.exists() else "no such file"
        raise Misuse(f"cannot read `{path}`: {what}")
    try:
        with path.open("rb") as file:
            return file.read(len(_PARQUET)) == _PARQUET
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}") from error


def refuse_what_is_waited_for(path: Path) -> None:
    """Raises `Misuse` for what stands in a folder and is no file: a pipe that nobody may ever write to, a device.

    What a shell opens (`<(...)`) stands in none, and comes to its end.
    """
    if not path.is_file() and os.path.exists(path) and os.path.lexists(os.path.realpath(path)):  # noqa: PTH110
        raise Misuse(f"cannot read `{path}`: it is no file")


def as_pattern(path: Path) -> str:
    """The path for DuckDB, which takes names for patterns: of this one file."""
    return "".join(f"[{letter}]" if letter in "*?[" else letter for letter in str(path))
