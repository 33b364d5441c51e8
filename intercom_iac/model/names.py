"""What a name may be: one table for everything that has a name in Intercom or on a command line.

A name shows all it holds, on one line, without white space around it. What else a kind of name may hold is
Intercom's: see the functions of `limits`, and their sources.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Literal

from intercom_iac.text.unseen import character_name, unseen, without_unseen

from .limits import allowed_in_attribute_names, allowed_in_metadata_keys

NameKind = Literal[
    "assertion",
    "attribute",
    "event",
    "metadata key",
    "option",
    "segment",
    "source",
    "tag",
    "variable",
    "workspace",
]


def _any(character: str) -> bool:
    return bool(character)


def _allowed_in_variables(character: str) -> bool:
    return character == "_" or (character.isascii() and character.isalnum())


ALLOWED: Mapping[NameKind, Callable[[str], bool]] = {
    "assertion": _any,
    "attribute": allowed_in_attribute_names,
    "event": _any,
    "metadata key": allowed_in_metadata_keys,
    "option": _any,
    "segment": _any,
    "source": _any,
    "tag": _any,
    "variable": _allowed_in_variables,
    "workspace": _any,
}
"""Which characters a name may hold, of those that show and of the plain space."""

# Typographic quotes, of which word processors put a pair around what is copied out of them.
_QUOTES = "“”„‟«»‹›‘’‚‛"
_OPENING_PAIRS = "“„‟«"
_CLOSING_PAIRS = "”»"
_CONTROL = frozenset({"Cc", "Zl", "Zp"})


def name_mistakes(kind: NameKind, name: str) -> list[str]:
    """What is wrong with a name, each as the end of a sentence that begins with it; nothing for one that works."""
    if ALLOWED[kind] is _any and name.isascii() and name.isprintable() and name and name == name.strip():
        return []
    core = without_unseen(name).strip()
    if not core:
        return ["is empty"]
    mistakes: list[str] = []
    hidden = {name[at] for at in unseen(name)}
    allows = ALLOWED[kind]
    bad = hidden | {
        character
        for character in name.strip()
        if unicodedata.category(character) in _CONTROL or not allows(character)
    }
    if bad:
        mistakes.append(f"holds {', '.join(map(_character_name, sorted(bad)))}")
    if name != name.strip():
        broken = "a line break" if set(name) - set(name.strip()) & set("\r\n") else "white space"
        mistakes.append(f"begins or ends with {broken}")
    if _without_quotes(core) != core:
        mistakes.append("has typographic quotes around it")
    return mistakes


def corrected_name(kind: NameKind, name: str) -> str:
    """The name as it could be; "" where nothing is left of it."""
    allows = ALLOWED[kind]
    plain = " ".join(unicodedata.normalize("NFC", without_unseen(name)).split())
    plain = _without_quotes(plain)
    if all(map(allows, plain)):
        return plain
    replaced = "".join(character if allows(character) else "_" for character in plain)
    return re.sub(r"[ _]*_[ _]*", "_", replaced).strip("_ ")


def _without_quotes(name: str) -> str:
    """The name without the typographic quotes around it, or the one of two that stands alone; those inside stay."""
    inside = name[1:-1]
    if (
        len(name) > 2
        and name[0] in _QUOTES
        and name[-1] in _QUOTES
        and not set(inside) & set(_QUOTES) - {"’"}
    ):
        return inside.strip()
    if name[:1] in _OPENING_PAIRS and not set(name[1:]) & set(_QUOTES):
        return name[1:].strip()
    if name[-1:] in _CLOSING_PAIRS and not set(name[:-1]) & set(_QUOTES):
        return name[:-1].strip()
    return name


def _character_name(character: str) -> str:
    if character == "`":
        return "a backtick"
    if character.isprintable() and not unseen(f"a{character}"):
        return f"`{character}`"
    return character_name(character)
