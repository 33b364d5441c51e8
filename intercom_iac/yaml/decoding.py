"""Bytes of a file -> text with a name, or what is wrong with them."""

from __future__ import annotations

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span

MAX_BYTES = 1_000_000

# What is not printable for YAML 1.2, and libyaml refuses. A class of all that is printable would take ten times as
# long to compile.
_NOT_PRINTABLE = lazy_pattern("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def decode(content: bytes, name: str) -> tuple[SourceFile, list[Diagnostic]]:
    """The text of these bytes, and what is wrong with it: not UTF-8, control characters."""
    if len(content) > 1 and (content[0] == 0) != (content[1] == 0):
        # Half of a first character: as UTF-8 it would be a control character, which says little.
        file = SourceFile(name, content.decode("utf-8", errors="replace").replace("\0", ""))
        message = "the file looks like UTF-16, where UTF-8 is expected"
        return file, [codes.NOT_UTF8.at(Span(file, 0, 0), message, hint="save the file as UTF-8")]
    try:
        file = SourceFile(name, content.decode("utf-8").lstrip("\ufeff"))
    except UnicodeDecodeError as error:
        # The replacement character is one character, as is the mark of a bad byte: places stay right.
        file = SourceFile(name, content.decode("utf-8", errors="replace").lstrip("\ufeff"))
        at = len(content[: error.start].decode("utf-8").lstrip("\ufeff"))
        utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        return file, [
            codes.NOT_UTF8.at(
                Span(file, at, at + 1),
                f"the byte 0x{content[error.start]:02x} is not UTF-8",
                hint="this looks like UTF-16: save the file as UTF-8" if utf16 else "save the file as UTF-8",
            )
        ]
    return file, control_characters(file)


def control_characters(file: SourceFile) -> list[Diagnostic]:
    """The first character of the text that a YAML file cannot hold, or line ends that make one line of it all."""
    bad = _NOT_PRINTABLE.search(file.text)
    if bad is not None:
        message = f"the control character U+{ord(bad.group()):04X} stands here"
        hint = "remove it; in double quotes it can be written as an escape"
        return [codes.CONTROL_CHARACTER.at(Span(file, bad.start(), bad.end()), message, hint=hint)]
    if "\r" in file.text and "\n" not in file.text:
        at = file.text.index("\r")
        message = "the lines of the file end in carriage returns alone"
        hint = "save it with the line ends LF or CRLF"
        return [codes.CONTROL_CHARACTER.at(Span(file, at, at + 1), message, hint=hint)]
    return []
