"""Text in the columns of a terminal, where a letter may take two or none."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.text import columns


def pad(text: str, width: int) -> str:
    """The text with spaces up to the width; longer ones as they are."""
    return text + " " * (width - columns(text))


def cut_text(text: str, width: int) -> str:
    """The text within a width, an ellipsis for what does not fit."""
    if columns(text) <= width:
        return text
    kept, _ = _split(text, width - 1)
    return f"{kept}…"


def wrap_text(text: str, width: int) -> list[str]:
    """The text in lines of at most a width, broken at spaces where there are some; one line, "", for none."""
    return list(_lines(text, max(width, 2))) or [""]


def _lines(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if columns(longer) <= width:
            line = longer
            continue
        if line:
            yield line
        rest = word
        while columns(rest) > width:
            begin, rest = _split(rest, width)
            yield begin
        line = rest
    if line:
        yield line


def _split(text: str, width: int) -> tuple[str, str]:
    """The longest beginning within the width, and the rest; at least one letter begins."""
    used = 0
    for at, character in enumerate(text):
        used += columns(character)
        if used > width and at:
            return text[:at], text[at:]
    return text, ""
