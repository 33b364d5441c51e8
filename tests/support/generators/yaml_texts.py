"""YAML texts as people write them: data in blocks and between brackets, with comments and quotes anywhere."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

KEYS = ["a", "b c", "é", "no", "1.0", "x: y", "#z", "it's", "- d", "true", "", "😀", "k,l", "{m"]
TEXTS = [
    "free",
    "two words",
    "no",
    "1.0",
    "12",
    "a: b",
    "a #b",
    "#x",
    "null",
    "",
    "é😀",
    "it's",
    'a "b"',
    "back\\slash",
    "a, b",
    "[a]",
    "- a",
    "*a",
    "&a",
    "%a",
    "`a`",
    "@a",
    "a:",
    " a",
    "tab\there",
    "2026-01-31",
    "one\ntwo",
    "one\n\n  two\n",
    "one\ntwo\n",
    "one\ntwo\n\n\n",
    "one\r\ntwo",
    "zero\u200bwidth",
    "line\u2028separator",
    "x" * 120,
]
_SCALARS = st.one_of(
    st.sampled_from(TEXTS),
    st.sampled_from([None, True, False, 0, 12, -3, 1.5, 1e30, float("inf")]),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=8),
)
_KEYS = st.sampled_from([key for key in KEYS if key])


def values(leaves: int = 6) -> st.SearchStrategy[Any]:
    """Plain data as a YAML file may hold it."""
    return st.recursive(
        _SCALARS,
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(_KEYS, inner, max_size=3),
            st.lists(_SCALARS, max_size=3),
        ),
        max_leaves=leaves,
    )


@st.composite
def yaml_texts(draw: st.DrawFn) -> str:
    """The text of a YAML file that holds a mapping, or nothing."""
    data = draw(st.dictionaries(_KEYS, values(), max_size=4))
    head = draw(st.sampled_from(["", "", "", "# about the file\n", "\n# about the file\n\n", "---\n"]))
    style = draw(st.integers(0, 9))
    if not data:
        body = draw(
            st.sampled_from(["", "", "\n", "# nothing yet", "# nothing yet\n", "{}\n", "{ } # nothing"])
        )
    elif style == 0:
        body = _flow(draw, data, 2) + draw(_TAIL) + "\n"
    else:
        body = _block(draw, data, draw(st.sampled_from([0, 0, 0, 2])))
    text = head + body + draw(st.sampled_from(["", "", "", "# the end\n", "\n  # the end\n", "\n# the end"]))
    if draw(st.integers(0, 4)) == 0:
        text = text.rstrip("\n")
    return text.replace("\n", draw(st.sampled_from(["\n", "\n", "\r\n"])))


_TAIL = st.sampled_from(["", "", "", "", " # why", "   # {why}: 'x'", " ", "\t"])
_LEAD = st.sampled_from(["", "", "", "", "\n", "# about it\n", "\n# about\n\n# it\n", "\n\n"])


def _block(draw: st.DrawFn, data: Any, indent: int) -> str:
    """The lines of a block collection, each with its line end."""
    margin = " " * indent
    written = ""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        lead = "".join(f"{margin}{line}\n" if line else "\n" for line in draw(_LEAD).split("\n")[:-1])
        head = (
            "-"
            if isinstance(data, list)
            else f"{_key(draw, key)}{draw(st.sampled_from([':', ':', ':', ' :']))}"
        )
        written += f"{lead}{margin}{head}{_behind(draw, value, indent, is_item=head == '-')}"
        below = draw(st.integers(0, 11))
        if below == 0:
            written += f"{margin}   # below\n"
    return written


def _behind(draw: st.DrawFn, value: Any, indent: int, *, is_item: bool) -> str:
    """A value behind a colon or a dash, with its line end."""
    step = draw(st.sampled_from([2, 2, 2, 1, 4]))
    if isinstance(value, (dict, list)) and value and draw(st.integers(0, 3)):
        if is_item and draw(st.booleans()):
            return "   "[: draw(st.integers(1, 3))] + _block_behind_dash(draw, value, indent)
        deeper = 0 if isinstance(value, list) and not is_item and draw(st.integers(0, 2)) == 0 else step
        return f"{draw(_TAIL)}\n{_block(draw, value, indent + deeper)}"
    if isinstance(value, (dict, list)):
        return f" {_flow(draw, value, indent + step)}{draw(_TAIL)}\n"
    if isinstance(value, str) and _fits_literal(value) and draw(st.integers(0, 2)):
        return _literal(draw, value, indent + step)
    text = _scalar(draw, value, flow=False)
    return f"{' ' if text else ''}{text}{draw(_TAIL)}\n"


def _block_behind_dash(draw: st.DrawFn, value: Any, indent: int) -> str:
    """A block that begins on the line of its dash, one space behind it."""
    lines = _block(draw, value, indent + 2)
    body = lines.lstrip(" \n")
    while body.startswith("#"):
        body = body[body.index("\n") + 1 :].lstrip(" \n")
    return body


def _literal(draw: st.DrawFn, value: str, indent: int) -> str:
    ends = len(value) - len(value.rstrip("\n"))
    mark = {0: "-", 1: ""}.get(ends, "+") if draw(st.integers(0, 3)) or ends > 1 else "-" if not ends else "+"
    margin = " " * indent
    body = "".join(f"{margin if line else ''}{line}\n" for line in value.rstrip("\n").split("\n"))
    empty = "\n" * max(0, ends - 1)
    comment = draw(st.sampled_from(["", "", " # why"]))
    return f" |{mark}{comment}\n{body}{empty}"


def _fits_literal(value: str) -> bool:
    lines = value.rstrip("\n").split("\n")
    plain = all(line == line.strip() or line == "  two" for line in lines)
    return bool(lines[0]) and plain and value.replace("\n", "").isprintable() and "\r" not in value


def _flow(draw: st.DrawFn, data: Any, indent: int) -> str:
    """A flow collection, on one line or with each item on its own."""
    opener, closer = "{}" if isinstance(data, dict) else "[]"
    items: list[str] = []
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        nested = isinstance(value, (dict, list))
        text = _flow(draw, value, indent + 2) if nested else _scalar(draw, value, flow=True)
        items.append(f"{_key(draw, key, flow=True)}: {text}" if isinstance(data, dict) else text or "null")
    if not items:
        return opener + draw(st.sampled_from(["", " "])) + closer
    last_comma = draw(st.sampled_from(["", "", ","]))
    if draw(st.integers(0, 2)):
        space = draw(st.sampled_from(["", "", " "]))
        between = draw(st.sampled_from([", ", ", ", ",  ", " , "]))
        return f"{opener}{space}{between.join(items)}{last_comma}{space}{closer}"
    margin = "\n" + " " * indent
    lines = [f"{item}{draw(st.sampled_from(['', ' ']))}," for item in items[:-1]]
    lines = [f"{margin}{line}{draw(_TAIL)}" for line in lines]
    end = draw(st.sampled_from(["", margin, f" # last{margin}"]))
    return f"{opener}{draw(_TAIL)}{''.join(lines)}{margin}{items[-1]}{last_comma}{end}{closer}"


def _key(draw: st.DrawFn, key: str, *, flow: bool = False) -> str:
    if key in ("a", "b c", "é", "no", "1.0", "true", "😀") and draw(st.booleans()):
        return key
    return _quoted(draw, key)


def _scalar(draw: st.DrawFn, value: Any, *, flow: bool) -> str:
    if value is None:
        return draw(st.sampled_from(["null", "~", "" if not flow else "null"]))
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, (int, float)):
        return ".inf" if value == float("inf") else repr(value)
    if value in ("free", "two words", "no", "é😀", "it's", "back\\slash", "2026-01-31") and draw(
        st.booleans()
    ):
        return value
    return _quoted(draw, value)


def _quoted(draw: st.DrawFn, text: str) -> str:
    if text.isprintable() and draw(st.booleans()):
        return "'" + text.replace("'", "''") + "'"
    escaped = "".join(
        character if character.isprintable() and character not in '"\\' else f"\\U{ord(character):08x}"
        for character in text
    )
    return f'"{escaped}"'
