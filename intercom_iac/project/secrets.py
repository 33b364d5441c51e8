"""Finds access tokens, and passwords in addresses, in the project file before anything of it is shown.

The text is searched as well as the parsed file, since a file with a token may have a syntax error too. What is found
is overwritten in the text that every later diagnostic points into.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import spec as codes
from intercom_iac.lazy_pattern import lazy_pattern
from intercom_iac.text import SourceFile, Span
from intercom_iac.yaml.nodes import Mapping, Node, Scalar, Sequence

# A key that holds a secret is one that speaks of it, whatever else its name says.
_SPEAKS_OF_ONE = lazy_pattern(r"(?i)token|secret|passw|api[_-]?key|authorization|bearer|credential")
_KEY = lazy_pattern(r"""(?P<key>["']?(?<![\w-])[\w-]++["']?)[ \t]*+:""")
# A value on the line of its key, or on those below where it does not begin a mapping or a list.
_VALUE = lazy_pattern(
    r"""(?:[ \t]*+(?:#[^\n]*+)?\n[ \t]++(?![\w"'-]++[ \t]*:(?:\s|$)|-[ \t])|[ \t]++|(?=["']))"""
    r"""(?P<value>"[^"\n]*"?|'[^'\n]*'?|[|>][-+0-9]*[ \t]*\n(?:[ \t]+[^\n]*\n?)+|[^\s,{}#][^\n,}]*)"""
)
_NAME_OF_VARIABLE = "token_env"
_VARIABLE = lazy_pattern(r"""["']?\$?\{?[A-Za-z_][A-Za-z0-9_]*\}?["']?\s*(?:#.*)?""")
# What stands behind the scheme's name in a header; in a comment only where it is no word.
_BEARER = lazy_pattern(r"""(?i)\bbearer[ \t]+(?P<value>[^\s"',}\]]+)""")
# Intercom's tokens are base64 of "tok:..."; others in use are web tokens and long runs of letters and digits.
_LOOKS_LIKE_ONE = lazy_pattern(
    r"dG9rO[\w+/=-]{8,}|eyJ[\w-]{8,}[\w.-]*"
    r"|(?<![\w/.+=-])(?=[\w+=-]*[a-z])(?=[\w+=-]*[A-Z])(?=[\w+=-]*[0-9])[\w+=-]{40,}(?![\w/.])"
)
# A user in an address: before the `@` of a `base_url`, or wherever `name:password@` stands behind `//`. It is the
# whole address, since a password with a `/` in it is not told from a path. The bound keeps the search linear.
_ADDRESS = lazy_pattern(
    r"""(?i)(?:base_url["']?[ \t]*:\s+|(?=["']?(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s/?#@:]*:))"""
    r"""(?P<value>\S{1,500}@[^\s"',}]*["']?)"""
)
_REVOKE = (
    "name the variable that holds it: `token_env: INTERCOM_TOKEN`; a token that was committed must be revoked"
)


def speaks_of_a_secret(name: str) -> bool:
    """Whether a name says that a secret is behind it."""
    return _SPEAKS_OF_ONE.search(name) is not None


def looks_like_a_secret(value: str) -> bool:
    """Whether a text is, or holds, what looks like an access token or a password in an address."""
    return bool(_LOOKS_LIKE_ONE.search(value) or _ADDRESS.search(value))


def without_secrets(file: SourceFile, root: Node | None) -> tuple[SourceFile, list[Diagnostic]]:
    """The file with every character of a token overwritten, and a diagnostic for each token; `root` is its data.

    Where there is none, it is the file itself.
    """
    secrets: dict[int, tuple[int, tuple[int, int]]] = {}
    for start, end, place in _find_secrets(file, root):
        known = secrets.setdefault(start, (end, place))
        secrets[start] = (max(end, known[0]), known[1])
    if not secrets:
        return file, []
    pieces: list[str] = []
    at = 0
    for start, (end, _) in sorted(secrets.items()):
        hidden = file.text[max(start, at) : max(end, at)]
        pieces += [file.text[at:start], re.sub(r"\S", "x", hidden)]
        at = max(at, end)
    text = "".join(pieces) + file.text[at:]
    redacted = SourceFile(file.path, text)
    # A keyed value that also looks like a token is one token.
    places: list[tuple[int, int]] = []
    until = 0
    for start, (end, place) in sorted(secrets.items()):
        if start >= until:
            places.append(place)
        until = max(until, end)
    return redacted, [
        codes.TOKEN_IN_FILE.at(
            Span(redacted, *place),
            "what looks like an access token or a password stands in the project file",
            hint=_REVOKE,
        )
        for place in places
    ]


_Found = tuple[int, int, tuple[int, int]]


def _find_secrets(file: SourceFile, root: Node | None) -> Iterator[_Found]:
    """Where each starts and ends, and the place to tell it at; of two that start alike the first has the place."""
    yield from _find_in_nodes(root)
    text = file.text
    comments = _Comments(text)
    yield from _find_in_text(text, comments)
    for match in _BEARER.finditer(text):
        if not comments.hold(match.start()) or re.search("[0-9]", match["value"]):
            yield *match.span("value"), match.span("value")
    for pattern, group in ((_LOOKS_LIKE_ONE, 0), (_ADDRESS, "value")):
        for match in pattern.finditer(text):
            yield *match.span(group), match.span(group)


def _find_in_nodes(node: Node | None) -> Iterator[_Found]:
    """Where the values of keys that hold a secret stand, in whatever style they are written, and their keys."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from _find_in_nodes(item)
    elif isinstance(node, Mapping):
        for key, (start, end, value) in node.entries.items():
            if _SPEAKS_OF_ONE.search(key) and key != _NAME_OF_VARIABLE:
                for secret in value.items if isinstance(value, Sequence) else [value]:
                    if isinstance(secret, Scalar) and secret.text:
                        yield secret.start, secret.end, (start, end)
            yield from _find_in_nodes(value)


def _find_in_text(text: str, comments: _Comments) -> Iterator[_Found]:
    until = 0
    for match in _KEY.finditer(text):
        if match.start() < until or not _SPEAKS_OF_ONE.search(match["key"]) or comments.hold(match.start()):
            continue
        value = _VALUE.match(text, match.end())
        if value is None:
            continue
        start, until = value.span("value")
        if match["key"].strip("'\"").casefold() != _NAME_OF_VARIABLE:
            yield start, until, match.span("key")
        elif not _VARIABLE.fullmatch(value["value"]):
            yield start, until, (start, until)


class _Comments:
    """Where the comments of a text stand."""

    def __init__(self, text: str) -> None:
        self._spans = [match.span() for match in re.finditer(r"(?m)(?:^|[ \t])#[^\n]*+", text)]

    def hold(self, at: int) -> bool:
        before = bisect_right(self._spans, (at,))
        return before > 0 and at < self._spans[before - 1][1]
