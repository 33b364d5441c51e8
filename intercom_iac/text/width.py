"""How wide a text is on a terminal."""

from __future__ import annotations

from intercom_iac.lazy_pattern import lazy_pattern

# Latin letters, the points and dashes of print, and arrows: a column each.
_ONE_COLUMN_EACH = lazy_pattern("[ -~\xa1-\xac\xae-\u02ff\u2010-\u2027\u2190-\u2193]*")


def columns(text: str) -> int:
    """How many columns a text takes on a terminal: two for wide characters, none for marks above and below.

    A text that `printable` has been through; of one with control characters, as many as it has characters.
    """
    if text.isascii() or _ONE_COLUMN_EACH.fullmatch(text):
        return len(text)
    # Here, since its tables take a while to load and most texts are plain.
    from wcwidth import wcswidth

    width = wcswidth(text)
    return len(text) if width < 0 else width
