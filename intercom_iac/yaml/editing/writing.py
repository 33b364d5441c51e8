"""Plain data as YAML text: in blocks or between brackets, in quotes where it would read as something else without.

Data is what the builder gives: text, numbers, true, false, None, lists of them and mappings with keys that are text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, cast

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile
from intercom_iac.text.unseen import in_double_quotes, unseen

from ..builder import build
from ..decoding import control_characters
from ..nodes import Mapping as MappingNode
from ..scalar_edits import quoted_text

WIDTH = 100
"""A list stands between brackets up to this column, below its key from there on."""


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A mapping whose text is made already: its data, its lines as a block, and the same between brackets.

    `comment` are the lines above its key in a block, without `#`; between brackets there is no place for it.
    """

    data: dict[str, Any]
    lines: tuple[str, ...]
    inline: str
    comment: tuple[str, ...] = ()


def plain_data(value: Any) -> Any:
    """A value with the data of every `LaidOut` in its place."""
    if isinstance(value, LaidOut):
        return value.data
    if isinstance(value, Mapping):
        return {key: plain_data(item) for key, item in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, (list, tuple)):
        return [plain_data(item) for item in cast("Sequence[Any]", value)]
    return value


_QUOTES = ("'", '"')
# Text that needs no quotes whatever stands around it, which is nearly all there is.
_BARE = lazy_pattern(r"[A-Za-z][A-Za-z0-9_]*(?: [A-Za-z0-9_]+)*")
# What other readers of YAML take for a boolean, a number, a date or a time, and ours for text.
_WORDS = frozenset({"y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"})
_NUMBER_LIKE = lazy_pattern(r"[-+.]?[0-9][0-9A-Fa-fx_o:.,+\-TZ ]*")


def entry_lines(key: str, value: Any, column: int = 0) -> list[str]:
    """A key and its value as the lines of a block mapping, the key at the start of its line.

    `column` is where the mapping stands in its file: how long a list may be depends on it.
    """
    name = key_text(key)
    first, *others = value_lines(value, column, len(name) + 1)
    comment = value.comment if isinstance(value, LaidOut) else ()
    above = [f"# {line}" if line else "#" for line in comment]
    return [*above, f"{name}:{' ' if first else ''}{first}", *others]


def value_lines(value: Any, column: int, behind: int = 0, *, block_list: bool = False) -> list[str]:
    """A value as what follows its key in a block mapping: the rest of the key's line, then lines below it.

    The lines are indented as for a key at the start of a line; `behind` is the length of the key with its colon.
    """
    if isinstance(value, LaidOut):
        return ["", *(f"  {line}" if line else "" for line in value.lines)] if value.lines else ["{}"]
    if isinstance(value, Mapping) and value:
        entries = cast("Mapping[str, Any]", value)
        nested = [line for key, item in entries.items() for line in entry_lines(key, item, column + 2)]
        return ["", *(f"  {line}" if line else "" for line in nested)]
    if isinstance(value, (list, tuple)) and value:
        items = cast("Sequence[Any]", value)
        inline = flow_text(items)
        if block_list or column + behind + 1 + len(inline) > WIDTH:
            return ["", *(f"  {line}" for item in items for line in item_lines(item, column + 2))]
        return [inline]
    if isinstance(value, str) and is_literal(value):
        header = "|" if value.endswith("\n") else "|-"
        return [header, *(f"  {line}" if line else "" for line in value.removesuffix("\n").split("\n"))]
    return [flow_text(value, flow=False)]


def item_lines(value: Any, column: int) -> list[str]:
    """An item of a block list, whose dash stands at the column: a mapping that is too long for a line in a block."""
    text = flow_text(value, flow=False)
    if not isinstance(value, Mapping) or not value or column + 2 + len(text) <= WIDTH:
        return [f"- {text}"]
    entries = cast("Mapping[str, Any]", value)
    lines = [line for key, item in entries.items() for line in _lines_of_entry(key, item, column + 2)]
    return [f"- {lines[0]}", *(f"  {line}" if line else "" for line in lines[1:])]


def _lines_of_entry(key: str, value: Any, column: int) -> list[str]:
    """As `entry_lines`, but a mapping between brackets where it has room on the line."""
    line = f"{key_text(key)}: {flow_text(value, flow=False)}"
    fits = isinstance(value, Mapping) and column + len(line) <= WIDTH
    return [line] if fits else entry_lines(key, value, column)


def flow_text(value: Any, *, flow: bool = True) -> str:
    """A value on one line. `flow` is whether it will stand between brackets, where `,` and the like end a text."""
    if isinstance(value, LaidOut):
        return value.inline
    if isinstance(value, Mapping):
        entries = cast("Mapping[str, Any]", value)
        pairs = (f"{key_text(key, flow=True)}: {flow_text(item)}" for key, item in entries.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, (list, tuple)):
        return f"[{', '.join(map(flow_text, cast('Sequence[Any]', value)))}]"
    return scalar_text(value, flow=flow)


def scalar_text(value: str | float | bool | None, *, flow: bool = False, style: str | None = None) -> str:
    """A scalar on one line. A text has the quotes of `style`, where they can hold it, or those that it needs."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, int):
        return str(value)
    if style not in _QUOTES and _is_bare(value, "{{k: {}, z: 1}}" if flow else "k: {}"):
        return value
    return _in_quotes(value, style)


def key_text(key: str, *, flow: bool = False, style: str | None = None) -> str:
    """A key of a mapping, in quotes where it needs them, or in those of `style`."""
    if style not in _QUOTES and _is_bare(key, "{{{}: 1, z: 1}}" if flow else "{}: 1"):
        return key
    return _in_quotes(key, style)


def is_literal(text: str) -> bool:
    """Whether a text of several lines can stand below its key as it is, under `|`."""
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or not lines[0] or not lines[-1]:
        return False
    if any(line[:1].isspace() or line != line.rstrip() for line in lines):
        return False
    return not unseen(text) and not control_characters(SourceFile("", text))


def _float_text(value: float) -> str:
    if value != value:
        return ".nan"
    if value in (float("inf"), float("-inf")):
        return ".inf" if value > 0 else "-.inf"
    return repr(value)


def _is_bare(text: str, template: str) -> bool:
    """Whether a text needs no quotes where it stands for the `{}` of a template."""
    if text.casefold() in _WORDS or _NUMBER_LIKE.fullmatch(text):
        return False
    return _BARE.fullmatch(text) is not None or _reads_back(text, text, template)


def _in_quotes(text: str, style: str | None) -> str:
    single = "'" + text.replace("'", "''") + "'"
    written = single if style == "'" else in_double_quotes(text) if style == '"' else quoted_text(text)
    return written if _reads_back(text, written, "k: {}") else in_double_quotes(text)


def _reads_back(text: str, written: str, template: str) -> bool:
    """Whether a file in which a text is `written` so, as a key or a value, has that text in it."""
    file = SourceFile("", template.format(written))
    if "\n" in written or unseen(written) or control_characters(file):
        return False
    root, diagnostics = build(file)
    if diagnostics or not isinstance(root, MappingNode):
        return False
    rest = {"z": 1} if "z: 1" in template else {}
    return root.data in ({"k": text, **rest}, {text: 1, **rest})
