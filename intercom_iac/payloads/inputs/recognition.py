"""What form records are in, by how they begin."""

from __future__ import annotations

import codecs
import re
from typing import Literal

from intercom_iac.diagnostics import Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

from .compression import Bytes, Rewound, read_head

RecordForm = Literal["json", "csv", "parquet"]

_HEAD = 64 * 1024
_PARQUET = b"PAR1"
_UTF_8_MARK = codecs.BOM_UTF8
# Longer marks first: that of UTF-32 begins with that of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "UTF-32",
    codecs.BOM_UTF32_BE: "UTF-32",
    codecs.BOM_UTF16_LE: "UTF-16",
    codecs.BOM_UTF16_BE: "UTF-16",
}
_JSON_LINE = lazy_pattern(rb"^[ \t]*[{\[]", re.MULTILINE)
# Names of columns, separated; a message of what should have written the records is none.
_HEADER = lazy_pattern(rb"[\w\x80-\xff\"' .-]+(?:[,;\t|][\w\x80-\xff\"' .-]+)+")
_CSV_SUFFIXES = (".csv", ".tsv")
_JSON_SUFFIXES = (".json", ".ndjson", ".jsonl", ".jsonlines")
_COMPRESSED_SUFFIXES = lazy_pattern(r"\.(?:gz|gzip|zst|zstd)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recognized:
    """The form of an input, and the input from its beginning. `is_array`: its records are the elements of one."""

    form: RecordForm
    stream: Bytes
    is_array: bool = False


def recognize(stream: Bytes, name: str) -> Recognized:
    """The form of an input, by its first bytes; where these do not say it, by the end of its name.

    Raises `Misuse` for what is text of another encoding as a whole, or no text.
    """
    head = read_head(stream, _HEAD)
    rewound = Rewound(head, stream)
    if head.startswith(_PARQUET):
        return Recognized("parquet", rewound)
    _refuse_other_encodings(head, name)
    text = head.removeprefix(_UTF_8_MARK)
    form = _text_form(text, name)
    return Recognized(form, rewound, form == "json" and text.lstrip()[:1] == b"[")


def _text_form(head: bytes, name: str) -> RecordForm:
    suffix = _COMPRESSED_SUFFIXES.sub("", name.lower())
    if suffix.endswith(_CSV_SUFFIXES):
        return "csv"
    if suffix.endswith(_JSON_SUFFIXES) or head.lstrip()[:1] in (b"{", b"[", b""):
        return "json"
    # A file of lines may begin with one that is broken.
    if _JSON_LINE.search(head):
        return "json"
    lines = head.strip().splitlines()
    # Alone, a line that names no columns is a broken record, rather than a table without rows.
    return "json" if len(lines) == 1 and _HEADER.fullmatch(lines[0]) is None else "csv"


def _refuse_other_encodings(head: bytes, name: str) -> None:
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            raise _foreign(name, encoding)
    if b"\x00" in head[:4]:
        # JSON and CSV begin with a letter of ASCII, which UTF-16 and UTF-32 pad with zeros.
        raise _foreign(name, "UTF-32" if head[:4].count(0) > 2 else "UTF-16")


def _foreign(name: str, encoding: str) -> Misuse:
    return Misuse(
        f"cannot read `{name}`: it is {encoding}, not UTF-8",
        hint=f"convert it: `iconv -f {encoding} -t UTF-8`",
    )
