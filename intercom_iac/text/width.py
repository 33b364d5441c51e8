"""How wide a text is on a terminal."""

from __future__ import annotations


def columns(text: str) -> int:
    """How many columns a text takes on a terminal: two for wide characters, none for marks above and below.

    A text that `printable` has been through; of one with control characters, as many as it has characters.
    """
    if text.isascii():
        return len(text)
    # Here, since its tables take a while to load and most texts are plain.
    from wcwidth import wcswidth

    width = wcswidth(text)
    return len(text) if width < 0 else width
