"""A sentence of ours in an HTML page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from intercom_iac.text import printable

if TYPE_CHECKING:
    from markupsafe import Markup


def names_as_code(text: str) -> Markup:
    """The sentence escaped, its names in backticks as code."""
    from markupsafe import Markup, escape

    pieces = printable(text).split("`")
    if len(pieces) % 2 == 0:
        return escape(printable(text))
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces))
