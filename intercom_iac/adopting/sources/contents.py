"""The content of a source file: JSON, YAML or a table, with the place of each part of it.

What cannot be read is a `Misuse` that names the file and the line; for YAML, the `InvalidSpecs` of its reader.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Callable
from pathlib import PurePath
from typing import Any, NoReturn

from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.nodes import Mapping, Node, Sequence

from .tables import Table, is_table, read_table

Steps = tuple[str | int, ...]

MAX_YAML_BYTES = 8 * 1024 * 1024
"""Every piece of a YAML file is kept with its place, which takes much more memory than its text."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_ARCHIVES = ((b"PK\x03\x04", "a ZIP archive or an Excel workbook"), (b"\x1f\x8b", "a gzip archive"))
_PLAIN_STEP = lazy_pattern(r"[A-Za-z_]\w*", re.ASCII)
_TOKEN = lazy_pattern(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\],]|-?\bInfinity\b|\bNaN\b', re.DOTALL)
_MAX_DEPTH = 500
_FORMATS_HINT = "give a file of JSON, YAML or CSV as the tool exports it"


@dataclass(frozen=True, slots=True)
class Content:
    """A file that is read: `data` of JSON and YAML, or a `table`. `place` says where a part of the data stands."""

    path: str
    data: Any = None
    table: Table | None = None
    locate: Callable[[Steps], str] = lambda _: ""

    def place(self, steps: Steps = ()) -> str:
        """Where a part stands: the file, with the line, or the JSONPath in it."""
        return self.locate(steps) or self.path

    @property
    def stem(self) -> str:
        """The file's name without its endings."""
        name = PurePath(self.path).name
        return re.sub(r"(\.schema)?\.(json|ya?ml|csv|tsv|txt)$", "", name, flags=re.IGNORECASE) or name


def read_content(path: str, content: bytes) -> Content:
    """The content of a file. Raises `Misuse` or `InvalidSpecs` where it is none."""
    text = _decode(path, content)
    if not text.strip():
        raise Misuse(f"`{path}` is empty", hint=_FORMATS_HINT)
    ending = PurePath(path).suffix.lower()
    if ending in (".csv", ".tsv"):
        return Content(path, table=read_table(path, text))
    if ending in (".yaml", ".yml"):
        return _read_yaml(path, text)
    if ending == ".json" or text.lstrip()[0] in "{[":
        return _read_json(path, text)
    if is_table(text):
        return Content(path, table=read_table(path, text))
    raise Misuse(f"`{path}` is not JSON, YAML or CSV", hint=_FORMATS_HINT)


def _decode(path: str, content: bytes) -> str:
    for mark, archive in _ARCHIVES:
        if content.startswith(mark):
            raise Misuse(f"`{path}` is {archive}, not text", hint="unpack it, or export it as CSV or JSON")
    encoding = next((name for mark, name in _MARKS if content.startswith(mark)), "utf-8")
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise Misuse(
            f"`{path}:{line}` is not UTF-8 text",
            hint="save it as UTF-8: it may be Latin-1 or Windows-1252",
        ) from error


# --- JSON ---------------------------------------------------------------------------------------------------


class _Refused(Exception):
    """What JSON allows a reader to take either way, and what is no JSON."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    data = dict(pairs)
    if len(data) != len(pairs):
        raise _Refused
    return data


def _refuse(_: str) -> NoReturn:
    raise _Refused


def _read_json(path: str, text: str) -> Content:
    try:
        data = json.loads(text, object_pairs_hook=_unique, parse_constant=_refuse)
    except (_Refused, RecursionError) as error:
        raise _refusal(path, text) from error
    except json.JSONDecodeError as error:
        raise _syntax_refusal(path, text, error) from error
    except ValueError as error:
        raise Misuse(f"`{path}` holds a number of too many digits", hint="make it a text") from error
    return Content(path, data, locate=lambda steps: f"{path}: {json_path(steps)}" if steps else path)


def json_path(steps: Steps) -> str:
    """The steps as JSONPath: `$.rules[3].jsonSchema`."""
    return "$" + "".join(
        f"[{step}]"
        if isinstance(step, int)
        else f".{step}"
        if _PLAIN_STEP.fullmatch(step)
        else f"[{json.dumps(step, ensure_ascii=False)}]"
        for step in steps
    )


def _syntax_refusal(path: str, text: str, error: json.JSONDecodeError) -> Misuse:
    place = f"{path}:{error.lineno}:{error.colno}"
    if error.pos >= len(text.rstrip()) or error.msg.startswith("Unterminated string"):
        return Misuse(
            f"`{place}`: the JSON ends in the middle", hint="the file is cut: export or download it again"
        )
    if error.msg == "Extra data":
        return Misuse(
            f"`{place}`: more than one JSON value in a file",
            hint="give each a file of its own, or put them in a list",
        )
    reason = error.msg[:1].lower() + error.msg[1:]
    return Misuse(f"`{place}` is not JSON: {reason}", hint=_FORMATS_HINT)


def _refusal(path: str, text: str) -> Misuse:
    """What is wrong with JSON that was refused, and its place: the first of what a reader may not take."""
    keys: list[set[str] | None] = []
    before = ""
    for token in _TOKEN.finditer(text):
        written = token[0]
        if written in "{[":
            keys.append(set() if written == "{" else None)
            if len(keys) > _MAX_DEPTH:
                return _refusal_at(path, text, token.start(), f"nests deeper than {_MAX_DEPTH} levels")
        elif written in "}]":
            if keys:
                keys.pop()
        elif written in ("NaN", "Infinity", "-Infinity"):
            return _refusal_at(path, text, token.start(), f"`{written}` is not JSON")
        elif written != "," and before in ("{", ",") and keys and (known := keys[-1]) is not None:
            if written in known:
                return _refusal_at(
                    path, text, token.start(), f"the key `{written[1:-1]}` stands twice in one object"
                )
            known.add(written)
        before = written
    return Misuse(f"`{path}` cannot be read: a key stands twice in one object, or it nests too deep")


def _refusal_at(path: str, text: str, offset: int, what: str) -> Misuse:
    line, column = SourceFile(path, text).position(offset)
    return Misuse(f"`{path}:{line}:{column}`: {what}", hint="correct the file, or export it again")


# --- YAML ---------------------------------------------------------------------------------------------------


def _read_yaml(path: str, text: str) -> Content:
    if len(text) > MAX_YAML_BYTES:
        raise Misuse(
            f"cannot read `{path}`: it is larger than {MAX_YAML_BYTES >> 20} MiB",
            hint="split it into several files",
        )
    file = SourceFile(path, text)
    node, diagnostics = build(file)
    errors = [diagnostic for diagnostic in diagnostics if diagnostic.is_error]
    if errors:
        raise InvalidSpecs(errors)
    root = node
    if root is None:
        raise Misuse(f"`{path}` is empty", hint=_FORMATS_HINT)
    return Content(path, root.data, locate=lambda steps: f"{path}:{file.position(_start(root, steps))[0]}")


def _start(node: Node, steps: Steps) -> int:
    """Where the node at the end of the steps starts, or the last one on the way that is there; a key, at its own."""
    start = node.start
    for step in steps:
        if isinstance(node, Mapping) and isinstance(step, str) and step in node.entries:
            start, _, node = node.entries[step]
        elif isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            start = node.start
        else:
            break
    return start
