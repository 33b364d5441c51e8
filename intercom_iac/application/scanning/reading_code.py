"""One file of code from the disk: its text, or why it is not read."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from intercom_iac.diagnostics import Diagnostic, IntercomIacError
from intercom_iac.generating import generated_language
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.usages import MAX_BYTES, CodeFile, Language, may_mention, misencoded_file, unread_file

from ..files import read_bytes
from .code_files import normal_path

_HEAD: Final = 1_000
# The files by which generated code is entered; what else is generated lies beside one.
_ENTRIES: Final = ("index.ts", "index.js", "__init__.py")
_DEFAULT_FOLDERS: Final = ("generated/typescript", "generated/python")
_BYTE_ORDER_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeText:
    """`file` is None where the file is not to be parsed; then nothing is to be found in it, `generated` says that it
    was made by `generate`, or the diagnostics say why it is not read."""

    file: CodeFile | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    generated: bool = False


def shown_path(path: Path, root: Path) -> str:
    """A file's path as it is printed: from the project's folder, or whole where it lies in another repository."""
    absolute, start = normal_path(path), normal_path(root)
    top = next((above for above in (start, *start.parents) if os.path.lexists(above / ".git")), start)
    near = absolute if not absolute.is_relative_to(top) else Path(os.path.relpath(absolute, start))
    return near.as_posix().encode(errors="surrogateescape").decode(errors="backslashreplace")


def generated_folders(paths: Iterable[Path], root: Path) -> frozenset[str]:
    """The folders of generated code among these files, and where it is written by default, as they are printed."""
    entries = [path for path in paths if path.name in _ENTRIES]
    entries += [root / folder / name for folder in _DEFAULT_FOLDERS for name in _ENTRIES]
    return frozenset(shown_path(path.parent, root) for path in entries if _is_generated(_head(path)))


def read_code(path: Path, shown: str, language: Language, generated_modules: frozenset[str]) -> CodeText:
    """The text of a file that can have something to be found."""
    try:
        data = read_bytes(path)
    except IntercomIacError as error:
        return CodeText(diagnostics=(unread_file(shown, error.message),))
    if _is_generated(data[:_HEAD]):
        return CodeText(generated=True)
    text, wrong = _decode(data)
    data = text.encode()
    if not may_mention(language, data, generated_modules):
        return CodeText()
    file = CodeFile(shown, data, generated_modules)
    if len(data) > MAX_BYTES:
        reason = f"it has {len(data):,} bytes, and no more than {MAX_BYTES:,} are read"
        return CodeText(diagnostics=(unread_file(shown, reason),))
    if b"\0" in data:
        return CodeText(diagnostics=(unread_file(shown, "it is not a text"),))
    return CodeText(file=file, diagnostics=() if wrong is None else (misencoded_file(file, *wrong),))


def code_data(path: Path) -> bytes:
    """The text of a file as UTF-8; nothing of one that is generated, or cannot be read."""
    try:
        data = read_bytes(path)
    except IntercomIacError:
        return b""
    return b"" if _is_generated(data[:_HEAD]) or len(data) > MAX_BYTES else _decode(data)[0].encode()


def _decode(data: bytes) -> tuple[str, tuple[int, str] | None]:
    """The text of a file; the first line that is not in its encoding, and which that is."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    try:
        return data.decode(encoding), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return data.decode(encoding, "replace"), (line, encoding.removesuffix("-sig").upper())


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as stream:
            return stream.read(_HEAD)
    except OSError:
        return b""


def _is_generated(head: bytes) -> bool:
    return b"intercom-iac" in head and generated_language(head.decode(errors="replace")) is not None
