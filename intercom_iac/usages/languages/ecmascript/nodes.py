"""What is read off single nodes of a script: texts, paths of names, arguments."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from intercom_iac.lazy_pattern import lazy_pattern

from ...syntax_tree import node_text

if TYPE_CHECKING:
    from tree_sitter import Node

_WRAPPERS: Final = frozenset(
    {
        "parenthesized_expression",
        "as_expression",
        "satisfies_expression",
        "non_null_expression",
        "type_assertion",
        "await_expression",
    }
)
_LONGEST_PATH: Final = 8
_ESCAPE = lazy_pattern(r"\\(?:u\{([0-9A-Fa-f]+)\}|u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|(\r\n|.))", re.DOTALL)
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f", "v": "\v", "0": "\0"}
_LAST_CHARACTER: Final = 0x10FFFF


def unwrap(node: Node) -> Node:
    """The expression itself, without parentheses, casts and `await`."""
    while node.type in _WRAPPERS:
        inner = [child for child in node.named_children if child.type != "comment"]
        if not inner:
            return node
        # A cast with its type in front (`<any>window`) has the expression last.
        node = inner[-1] if node.type == "type_assertion" else inner[0]
    return node


def string_text(node: Node) -> str | None:
    """The text of a string, or of a template without anything to fill in; None for any other node."""
    if node.type not in ("string", "template_string"):
        return None
    parts: list[str] = []
    for child in node.named_children:
        if child.type == "template_substitution":
            return None
        parts.append(_unescape(node_text(child)) if child.type == "escape_sequence" else node_text(child))
    return "".join(parts)


def _unescape(text: str) -> str:
    match = _ESCAPE.fullmatch(text)
    if match is None:
        return text
    digits = match[1] or match[2] or match[3]
    if digits is not None:
        number = int(digits, 16)
        return chr(number) if number <= _LAST_CHARACTER else text
    character = match[4]
    return "" if character in ("\n", "\r\n", "\u2028", "\u2029") else _CONTROLS.get(character, character)


def literal_number(text: str) -> int | float | None:
    """The number that a literal is; None for one that is not understood."""
    text = text.replace("_", "").removesuffix("n").lower()
    try:
        if text.startswith(("0x", "0o", "0b")):
            return int(text, 0)
        return int(text) if text.isascii() and text.isdecimal() else float(text)
    except ValueError:
        return None


def key_text(node: Node) -> str | None:
    """The name that a property, a key in brackets, or an identifier stands for; None for a computed one."""
    if node.type in (
        "property_identifier",
        "identifier",
        "shorthand_property_identifier",
        "shorthand_property_identifier_pattern",
        "number",
    ):
        return node_text(node)
    if node.type == "computed_property_name":
        inner = [child for child in node.named_children if child.type != "comment"]
        return string_text(unwrap(inner[0])) if inner else None
    return string_text(node)


def name_path(node: Node) -> tuple[str, ...]:
    """The names of `window.Intercom`, `client["contacts"].update`, the last eight of them.

    What is not a name is `""`, and a call within is the name it calls with `()` behind.
    """
    names: list[str] = []
    node = unwrap(node)
    while len(names) < _LONGEST_PATH:
        if node.type in ("member_expression", "subscript_expression"):
            key = node.child_by_field_name("property") or node.child_by_field_name("index")
            names.append((None if key is None else key_text(key)) or "")
            inner = node.child_by_field_name("object")
        elif node.type in ("call_expression", "new_expression"):
            callee = node.child_by_field_name("function") or node.child_by_field_name("constructor")
            path = () if callee is None else (_last_name(callee),)
            names.append(f"{path[0] if path else ''}()")
            # Of `a.b().c` the names in front of `b()` say whose it is, too.
            inner = None if callee is None else unwrap(callee).child_by_field_name("object")
        else:
            names.append("this" if node.type == "this" else key_text(node) or "")
            inner = None
        if inner is None:
            break
        node = unwrap(inner)
    return tuple(reversed(names))


def _last_name(node: Node) -> str:
    node = unwrap(node)
    key = node.child_by_field_name("property") or node.child_by_field_name("index")
    return key_text(node if key is None else key) or ""


def argument_nodes(call: Node) -> list[Node]:
    """The arguments of a call, unwrapped."""
    arguments = call.child_by_field_name("arguments")
    if arguments is None or arguments.type != "arguments":
        return []
    return [unwrap(child) for child in arguments.named_children if child.type != "comment"]
