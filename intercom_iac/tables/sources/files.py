"""The files of a source: which they are, what form they have, and whether they are still what was read."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.payloads.inputs.compression import decompress
from intercom_iac.payloads.inputs.opening import open_input
from intercom_iac.payloads.inputs.recognition import RecordForm, recognize
from intercom_iac.text.lists import brief_list

_SUFFIXES = (".csv", ".tsv", ".json", ".ndjson", ".jsonl", ".jsonlines", ".parquet", ".pq", ".gz", ".zst")
_GZIP_SUFFIXES = (".gz", ".gzip")


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFile:
    """A file of a table. `is_packed`: it is compressed; `is_array`: its JSON is one array of records."""

    path: Path
    form: RecordForm
    is_packed: bool
    is_array: bool
    mark: tuple[int, int, int]

    @property
    def is_gzip(self) -> bool:
        return self.is_packed and self.path.name.lower().endswith(_GZIP_SUFFIXES)


def find_files(location: str) -> list[TableFile]:
    """The files of a path, of a folder and those below it, or of a glob, in the order of their names. Raises `Misuse`
    where there are none, or where they are of several forms."""
    files = [_recognize(path) for path in _paths(location)]
    forms = sorted({file.form for file in files})
    if len(forms) > 1:
        raise Misuse(
            f"`{location}` holds files of several forms: {brief_list(forms)}",
            hint="name those of one form by a glob, such as `exports/*.csv`",
        )
    return files


def check_unchanged(files: Sequence[TableFile]) -> None:
    """Raises `Misuse` for a file that is not what it was when it was opened."""
    for file in files:
        if _mark(file.path) != file.mark:
            raise Misuse(
                f"`{file.path}` changed while it was read",
                hint="nothing was sent; write it under another name, and rename it when it is whole",
            )


def _paths(location: str) -> list[Path]:
    path = Path(location)
    if path.is_dir():
        found = sorted(_files_below(path))
        wanted = f"no file of CSV, JSON or Parquet is in `{location}`"
    elif set(location) & set("*?[") and not path.exists():
        pattern = str(path.relative_to(path.anchor)) if path.anchor else location
        found = sorted(name for name in Path(path.anchor).glob(pattern) if name.is_file())
        wanted = f"no file is called like `{location}`"
    else:
        return [path]
    if not found:
        raise Misuse(wanted, hint="name a file, a folder, or a glob in quotes")
    return found


def _files_below(folder: Path) -> Iterator[Path]:
    """The files of tables below a folder; what other programs leave beside them (`_SUCCESS`, `.crc`) is none."""
    for outer, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "_"))]
        for name in names:
            if not name.startswith((".", "_")) and name.lower().endswith(_SUFFIXES):
                yield Path(outer) / name


def _recognize(path: Path) -> TableFile:
    with open_input(path) as measured:
        if measured.path is None:
            raise Misuse(f"cannot read `{path}`: it is a pipe", hint="write the table to a file first")
        mark = _mark(path)
        stream, is_packed = decompress(measured, measured.name)
        recognized = recognize(stream, measured.name)
    return TableFile(
        path=path, form=recognized.form, is_packed=is_packed, is_array=recognized.is_array, mark=mark
    )


def _mark(path: Path) -> tuple[int, int, int]:
    """What changes with a file."""
    try:
        status = path.stat()
    except OSError:
        return (0, 0, 0)
    return (status.st_ino, status.st_size, status.st_mtime_ns)
