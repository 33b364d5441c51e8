"""Text from outside as GitHub-flavoured Markdown that shows it and does nothing else: no markup, link or mention."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

from intercom_iac.lazy_pattern import lazy_pattern

from .values import value_line

_LONGEST = 400
_SPECIAL = str.maketrans({sign: f"\\{sign}" for sign in "\\*_{}[]()#+-!|~$"})
# An `@` would mention somebody, a `#` or `GH-` link an issue, an address itself, and a word between colons be an
# emoji: a comment keeps the letters apart.
_LINKS = lazy_pattern(r"[@#]|:(?=//)|www(?=\.)|\bgh(?=\\?-\d)|:(?=[\w+\\-]+:)", re.IGNORECASE)
# So would seven hexadecimal digits link a commit.
_COMMITS = lazy_pattern(r"(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])", re.IGNORECASE)
_APART = "<!-- -->"
_TICKS = lazy_pattern("`+")


def plain(text: str, longest: int = _LONGEST) -> str:
    """Text that Markdown and HTML show as it is, on one line."""
    escaped = html.escape(_flat(text, longest), quote=False).translate(_SPECIAL)
    # A backslash before it would still end a code span.
    return _without_links(escaped).replace("`", "&#96;")


def code(text: str, longest: int = _LONGEST) -> str:
    """Text as a code span, in which nothing means anything. Not for tables, where a bar would."""
    flat = _flat(text, longest)
    fence = "`" * (max(map(len, _TICKS.findall(flat)), default=0) + 1)
    pad = " " if flat.startswith(("`", " ")) or flat.endswith(("`", " ")) else ""
    return f"{fence}{pad}{flat}{pad}{fence}"


def prose(text: str, longest: int = _LONGEST) -> str:
    """A sentence of ours, its names in backticks as code. Whatever they hold, each piece is safe by itself."""
    return _by_pieces(text, longest, plain, code)


def prose_in_table(text: str, longest: int = _LONGEST) -> str:
    """The same in a cell of a table. A name with a bar is no code there, where the bar would end the cell."""
    return _by_pieces(
        text, longest, plain, lambda name, most: plain(name, most) if "|" in name else code(name, most)
    )


def prose_in_html(text: str, longest: int = _LONGEST) -> str:
    """The same within an HTML element."""
    return _by_pieces(text, longest, in_html, lambda name, most: f"<code>{in_html(name, most)}</code>")


def _by_pieces(
    text: str, longest: int, around: Callable[[str, int], str], within: Callable[[str, int], str]
) -> str:
    pieces = _flat(text, longest).split("`")
    if len(pieces) % 2 == 0:
        return around(text, longest)
    return "".join(
        within(piece, longest) if at % 2 and piece.strip() else around(piece, longest)
        for at, piece in enumerate(pieces)
        if piece
    )


def in_html(text: str, longest: int = _LONGEST) -> str:
    """Text within an HTML element, where Markdown means nothing while it stays on one line."""
    return _without_links(html.escape(_flat(text, longest), quote=False))


def _without_links(text: str) -> str:
    text = _LINKS.sub(lambda found: found[0] + _APART, text)
    return _COMMITS.sub(lambda found: _APART.join(re.findall(".{1,6}", found[0])), text)


def _flat(text: str, longest: int) -> str:
    return value_line(" ".join(text.split("\n")), longest)


def length(text: str) -> int:
    """As the limits of comments count: in the units of UTF-16, of which a letter beyond the first plane is two.

    That is never less than the letters, nor than a third of the bytes in UTF-8.
    """
    return len(text.encode("utf-16-le")) // 2
