"""Access tokens, and passwords in addresses, that strayed into the project file: found first, and never shown.

The text is searched, not the parsed file, since a file with a token may have a syntax error too; and what is
found is overwritten in the text every later diagnostic points into.
"""

from __future__ import annotations

import re

from intercom_iac.diagnostics import Diagnostic, SourceFile, Span
from intercom_iac.diagnostics.codes import spec as codes

_VALUE = r"""(?P<value>"[^"\n]*"?|'[^'\n]*'?|[|>][-+0-9]*[ \t]*\n(?:[ \t]+[^\n]*\n?)+|[^\s,{}#][^\n,}]*)"""
# A key that holds a secret, with its value on the line or as a block below it.
_KEYED = re.compile(
    r"""(?i)(?P<key>["']?[\w-]*(?:token|secret|password|passwd|api_?key|authorization|bearer)["']?)[ \t]*:[ \t]+"""
    + _VALUE
)
_NAMED = re.compile(r"""(?P<key>["']?token_env["']?)[ \t]*:[ \t]+""" + _VALUE)
_VARIABLE = re.compile(r"""["']?\$?\{?[A-Za-z_][A-Za-z0-9_]*\}?["']?\s*(?:#.*)?""")
# Intercom's tokens are base64 of "tok:..."; others in use are web tokens and long runs of letters and digits.
_LOOKS_LIKE_ONE = re.compile(
    r"dG9rO[\w+/=-]{8,}|eyJ[\w-]{8,}[\w.-]*"
    r"|(?<![\w/.+=-])(?=[\w+=-]*[a-z])(?=[\w+=-]*[A-Z])(?=[\w+=-]*[0-9])[\w+=-]{40,}(?![\w/.])"
)
# A user in an address: before the `@` of a `base_url`, or wherever `name:password@` stands behind `//`. It is the
# whole address, since a password with a `/` in it is not told from a path. The bound keeps the search linear.
_ADDRESS = re.compile(
    r"""(?i)(?:base_url["']?[ \t]*:\s+|(?=["']?(?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[^\s/?#@:]*:))"""
    r"""(?P<value>\S{1,500}@[^\s"',}]*["']?)"""
)
_REVOKE = (
    "name the variable that holds it: `token_env: INTERCOM_TOKEN`; a token that was committed must be revoked"
)


def without_secrets(file: SourceFile) -> tuple[SourceFile, list[Diagnostic]]:
    """The file with every character of a token overwritten, and a diagnostic for each token."""
    found: dict[int, tuple[int, tuple[int, int]]] = {}
    for match in _LOOKS_LIKE_ONE.finditer(file.text):
        found[match.start()] = (match.end(), (match.start(), match.end()))
    for match in _KEYED.finditer(file.text):
        if not _in_comment(file.text, match.start()):
            found[match.start("value")] = (match.end("value"), match.span("key"))
    for match in _NAMED.finditer(file.text):
        if not _in_comment(file.text, match.start()) and not _VARIABLE.fullmatch(match["value"]):
            found[match.start("value")] = (match.end("value"), match.span("key"))
    for match in _ADDRESS.finditer(file.text):
        start, end = match.span("value")
        if start not in found:
            found[start] = (end, (start, end))
        else:
            found[start] = (max(end, found[start][0]), found[start][1])
    if not found:
        return file, []
    text = file.text
    for start, (end, _) in found.items():
        text = text[:start] + re.sub(r"\S", "x", text[start:end]) + text[end:]
    redacted = SourceFile(file.path, text)
    # A keyed value that also looks like a token is one token.
    places: list[tuple[int, int]] = []
    until = 0
    for start, (end, place) in sorted(found.items()):
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


def _in_comment(text: str, at: int) -> bool:
    line = text[text.rfind("\n", 0, at) + 1 : at]
    return re.search(r"(?:^|\s)#", line) is not None
