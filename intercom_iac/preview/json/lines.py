"""Newline-delimited JSON: the lines of a file in blocks, and the object in a line."""

from __future__ import annotations

import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple, cast

from intercom_iac.diagnostics import Misuse

from ..files import refuse_what_is_waited_for

Json = dict[str, Any]

LONGEST_LINE = 16 * 1024 * 1024
"""Characters of a line: DuckDB's own bound on an object."""
BLOCK = 128 * 1024
"""Bytes of lines that are read at once: what a processor keeps near while they are looked at several times."""

_WIDEST = 4  # bytes of a character


class Lines(NamedTuple):
    """Lines that follow each other in a file, with the number of the first, and their whole text."""

    first: int
    lines: Sequence[bytes]
    text: bytes


def line_blocks(path: Path) -> Iterator[Lines]:
    """The lines of a file, several at once. Raises `Misuse` where it cannot be read."""
    refuse_what_is_waited_for(path)
    number = 1
    try:
        with path.open("rb") as file:
            while block := file.read(BLOCK):
                if not block.endswith(b"\n"):
                    block += file.readline(_WIDEST * LONGEST_LINE)
                if number == 1:
                    block = block.removeprefix(BOM_UTF8)
                lines = BytesIO(block).readlines()
                yield Lines(number, lines, block)
                number += len(lines)
    except OSError as error:
        raise Misuse(f"cannot read `{path}`: {(error.strerror or 'unreadable').lower()}") from error


def parse_line(line: bytes, path: Path, number: int) -> Json | None:
    """The object in a line of a file; None in one that is empty. Raises `Misuse` where it is none."""
    hint = "a file of objects, one on each line"
    try:
        text = line.decode()
        if len(text) > LONGEST_LINE:
            raise Misuse(f"{path}:{number}: the line is longer than any object is", hint=hint)
        if not text.strip():
            return None
        data = parse_json(text)
    except UnicodeDecodeError as error:
        raise Misuse(f"`{path}` is not UTF-8 text") from error
    except (ValueError, RecursionError) as error:
        raise Misuse(f"{path}:{number}: the line is no JSON object", hint=hint) from error
    if not isinstance(data, dict):
        raise Misuse(f"{path}:{number}: the line is no JSON object", hint=hint)
    return cast("Json", data)


def parse_json(text: str) -> object:
    """JSON as DuckDB reads it too: of a key that stands twice the first counts. Raises `ValueError` where it is none,
    as NaN is none."""
    return _DECODER.decode(text)


def _no_json(constant: str) -> None:
    raise ValueError(constant)


def _first_wins(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    return found if len(found) == len(pairs) else dict(reversed(pairs))


_DECODER = json.JSONDecoder(parse_constant=_no_json, object_pairs_hook=_first_wins)
