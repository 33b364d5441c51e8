"""Fixes of what a file holds in place of what its format asks for: misspelt keys and words, missing quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import islice

from intercom_iac.diagnostics import Edit, Fix, safe_fix, unsafe_fix
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import NearNames, Span, nearest_name, only_slip
from intercom_iac.text.slips import is_one_slip

from .nodes import Document, Mapping, Path, Scalar
from .scalar_edits import key_edit, quoted_text, raw_edit, stands_plain, text_edit, word_edit
from .scalars import resolve
from .shapes import SPEC_VERSION

# What YAML 1.1 and people take for true and false.
_BOOLEANS = {
    **dict.fromkeys(("true", "yes", "on"), "true"),
    **dict.fromkeys(("false", "no", "off"), "false"),
}
_MOST_KEYS = 50
_WORD = lazy_pattern(r"[\w-]+")


def misspelt_key(document: Document, path: Path, known: Collection[str], nearest: str | None) -> Fix | None:
    """The key that was meant, of those the format knows, or the nearest: safe where it can be no other one.

    None where it is there already, or where another key may mean it too.
    """
    name = str(path[-1])
    parent = document.node(path[:-1])
    taken = parent.entries if isinstance(parent, Mapping) else {}
    meant = only_slip(name, known.slips(name) if isinstance(known, NearNames) else known)
    likely = meant or nearest
    if likely is None or likely in taken or _has_rival(name, likely, taken, known):
        return None
    if (edit := key_edit(document, path, likely)) is None:
        return None
    return safe_fix(edit) if meant else unsafe_fix(edit)


def _has_rival(name: str, likely: str, keys: Iterable[str], known: Collection[str]) -> bool:
    """Whether another key may be misspelt for the same one. Asked of the first keys, which are all in a real file."""
    return any(
        key != name and key not in known and (only_slip(key, [likely]) or is_one_slip(key, likely))
        for key in islice(keys, _MOST_KEYS)
    )


def misspelt_word(
    document: Document, path: Path, words: Collection[str], nearest: str | None, meant: str | None = None
) -> Fix | None:
    """The word that was meant, of a few possible ones, or the nearest: safe where it can be no other.

    `meant` says which one it is, where it is not spelled like it.
    """
    node = document.node(path)
    if not isinstance(node, Scalar) or not node.text:
        return None
    meant = meant or only_slip(node.text, words)
    likely = meant or nearest
    if likely is None or (edit := text_edit(document, path, likely)) is None:
        return None
    return safe_fix(edit) if meant else unsafe_fix(edit)


def near_word(span: Span, name: str, known: Iterable[str] | NearNames, *, closed: bool = False) -> Fix | None:
    """The known name nearest to the one that a span holds: a guess.

    `closed` says that no project adds to the known ones; then it is safe where it can be no other.
    """
    words = known if isinstance(known, NearNames) else NearNames(known)
    meant = only_slip(name, words) if closed else None
    likely = meant or nearest_name(name, words)
    edit = None if likely is None else word_edit(span, name, likely)
    if edit is None:
        return None
    return safe_fix(edit) if meant else unsafe_fix(edit)


def another_word(span: Span, name: str, right: str) -> Fix | None:
    """The one word that can stand where a span holds another."""
    edit = word_edit(span, name, right)
    return None if edit is None else safe_fix(edit)


def as_type(document: Document, path: Path, expected: str) -> Fix | None:
    """What stands at a path, written as the type that pydantic's error of this name asks for."""
    node = document.node(path)
    if not isinstance(node, Scalar) or not node.text or node.data is None:
        return None
    written = _written_as(node, expected)
    edit = None if written is None else raw_edit(document, path, written)
    return None if edit is None else safe_fix(edit)


def _written_as(node: Scalar, expected: str) -> str | None:
    if expected == "string_type":
        return quoted_text(node.text)
    if expected == "bool_type":
        return _BOOLEANS.get(node.text.casefold())
    if expected in ("int_type", "float_type"):
        value = resolve(node.text)
        right = int if expected == "int_type" else (int, float)
        return node.text if isinstance(value, right) and not isinstance(value, bool) else None
    if expected == "list_type" and _WORD.fullmatch(node.text):
        return f"[{node.text if stands_plain(node.text) else quoted_text(node.text)}]"
    return None


def as_mapping_of_type(document: Document, path: Path) -> Fix | None:
    """A type that stands where its entry should: `{type: integer}`."""
    node = document.node(path)
    if not isinstance(node, Scalar) or not _WORD.fullmatch(node.text):
        return None
    edit = raw_edit(document, path, f"{{type: {node.text}}}")
    return None if edit is None else safe_fix(edit)


def with_version(document: Document) -> Fix | None:
    """The version at the top of a file that has none; None for a file that is one mapping between braces."""
    root = document.root
    if root.flow or document.file.position(root.start)[1] != 1:
        return None
    line_end = "\r\n" if "\r\n" in document.file.text else "\n"
    top = Span(document.file, root.start, root.start)
    return safe_fix(Edit(top, f"version: {SPEC_VERSION}{line_end}"))


def with_this_version(document: Document) -> Fix | None:
    """The version as the number that it is, where it stands as text."""
    node = document.node(("version",))
    if not isinstance(node, Scalar) or node.text != str(SPEC_VERSION):
        return None
    edit = raw_edit(document, ("version",), str(SPEC_VERSION))
    return None if edit is None else safe_fix(edit)
