"""Tracking plans of other tools, from files and folders, as a proposal for the specs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass

from .files import read_bytes

if TYPE_CHECKING:
    from intercom_iac.adopting.proposal import NotMapped, Proposal
    from intercom_iac.adopting.sources import Content, SourceFormat
    from intercom_iac.project.policy.settings import NamingSettings

MAX_BYTES = 64 * 1024 * 1024
"""Of all files together: the largest tracking plans have a few million."""
MAX_FILES = 10_000
_ENDINGS = frozenset({".json", ".yaml", ".yml", ".csv", ".tsv", ""})
_SKIPPED = frozenset({"node_modules", "__pycache__"})


def propose_from_files(
    paths: Sequence[Path],
    *,
    source_format: SourceFormat | None = None,
    prefix: str = "",
    only: Sequence[str] = (),
    except_: Sequence[str] = (),
    min_volume: int | None = None,
    naming: NamingSettings | None = None,
) -> Proposal:
    """The entries that files of tracking plans give, and what of them has no place in specs.

    A folder stands for the files in it. Each file's format is recognised, or is the given one. Raises `Misuse` or
    `InvalidSpecs` for what cannot be read; nothing is proposed then.
    """
    from dataclasses import replace

    from intercom_iac.adopting.selecting import Selection
    from intercom_iac.adopting.sources import read_contents
    from intercom_iac.adopting.tracking_plans import propose_from_readings
    from intercom_iac.project.policy.settings import NamingSettings

    recognised, unknown = _recognise(paths, source_format)
    readings = read_contents(recognised)
    if min_volume is not None and not any(reading.has_volumes for reading in readings):
        raise Misuse(
            "`--min-volume` needs volumes, and no source has any",
            hint="leave it out, or export the events of Amplitude as CSV with their volume column",
        )
    proposal = propose_from_readings(
        readings,
        naming=naming or NamingSettings(),
        prefix=prefix,
        selection=Selection(only=tuple(only), except_=tuple(except_), min_volume=min_volume),
    )
    return replace(proposal, not_mapped=(*unknown, *proposal.not_mapped))


@dataclass(frozen=True, slots=True)
class _Named:
    """A file to read; `found` in a folder, where files of other kinds may stand beside it."""

    path: Path
    found: bool


def _recognise(
    paths: Sequence[Path], given: SourceFormat | None
) -> tuple[list[tuple[SourceFormat, Content]], list[NotMapped]]:
    """The files with their formats, and those of a folder that have none."""
    from intercom_iac.adopting.proposal import NotMapped
    from intercom_iac.adopting.sources import FORMATS, read_content, recognise

    recognised: list[tuple[SourceFormat, Content]] = []
    unknown: list[NotMapped] = []
    left = MAX_BYTES
    for named in _files(paths):
        _refuse_large(named.path)
        content = read_bytes(named.path)
        left -= len(content)
        if left < 0:
            raise Misuse(
                f"the files are larger than {MAX_BYTES >> 20} MiB together", hint="name fewer of them"
            )
        read = read_content(str(named.path), content)
        format_ = recognise(read)
        if given is not None and (format_ == given or not named.found):
            recognised.append((given, read))
        elif given is None and format_ is not None:
            recognised.append((format_, read))
        elif named.found:
            unknown.append(
                NotMapped(what=f"the file `{named.path}`", why=_reason(given), place=str(named.path))
            )
        else:
            formats = ", ".join(f"`{name}`" for name in FORMATS)
            raise Misuse(
                f"`{named.path}` is of no format that is known",
                hint=f"name its format with `--from-format`: {formats}",
            )
    if not recognised:
        raise Misuse(f"no tracking plan is in `{paths[0]}`", hint="name the files that the tool exports")
    return recognised, unknown


def _refuse_large(path: Path) -> None:
    if path.is_file() and path.stat().st_size > MAX_BYTES:
        raise Misuse(
            f"cannot read `{path}`: it is larger than {MAX_BYTES >> 20} MiB",
            hint="export a part of the plan, or split the file",
        )


def _reason(given: SourceFormat | None) -> str:
    return "it is of no format that is known" if given is None else f"it is not of the format `{given}`"


def _files(paths: Sequence[Path]) -> Iterator[_Named]:
    """The files, and those of folders in the order of their names, each once."""
    seen: set[str] = set()
    for path in paths:
        for named in _files_in(path) if path.is_dir() else [_Named(path, found=False)]:
            real = os.path.realpath(named.path)
            if real not in seen:
                seen.add(real)
                yield named
            if len(seen) > MAX_FILES:
                raise Misuse(f"`{path}` holds more than {MAX_FILES} files", hint="name a folder further down")


def _files_in(folder: Path) -> Iterator[_Named]:
    for directory, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if name not in _SKIPPED and not name.startswith("."))
        for name in sorted(names):
            path = Path(directory, name)
            if not name.startswith(".") and path.suffix.lower() in _ENDINGS and path.is_file():
                yield _Named(path, found=True)
