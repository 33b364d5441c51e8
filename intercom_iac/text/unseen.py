"""Characters that a reviewer does not see: which they are, and how a text is written that needs one.

Some texts need them: a joiner inside an emoji or in a script that is written with joiners, a selector behind what it
selects a form of, the three flags that are spelled with tags. There they are part of what one sees, and stay.
"""

from __future__ import annotations

import unicodedata

from intercom_iac.lazy_pattern import lazy_pattern

# Controls but for tab and line feed (a carriage return only where no line feed follows), what is no character, format
# characters, separators of lines and paragraphs, selectors, tags, and letters that are drawn as nothing. Not the
# signs of Arabic, Syriac and Kaithi that Unicode calls format characters, and everybody sees.
_UNSEEN = lazy_pattern(
    "\r(?!\n)|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u070f\u115f\u1160\u17b4\u17b5"
    "\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufffb\U00013430-\U0001343f\U00016fe4\U0001bca0-\U0001bca3\U0001d159\U0001d173-\U0001d17a"
    "\ufdd0-\ufdef{}\U000e0000-\U000e0fff]".format(
        # The last two of each plane are no characters, nor will they ever be.
        "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
    )
)
# Symbols by their category, of which nothing is drawn.
_BLANK_SYMBOLS = "\u2800\U0001d159"
# England, Scotland and Wales: the flags that Unicode recommends for interchange. Other tags could spell anything.
_FLAG = lazy_pattern(
    "\U0001f3f4(?:{})".format(
        "|".join(
            "".join(chr(0xE0000 + ord(letter)) for letter in name) + "\U000e007f"
            for name in ("gbeng", "gbsct", "gbwls")
        )
    )
)
_JOINERS = "\u200c\u200d"
_EMOJI_SELECTOR = "\ufe0f"
_KEYCAP = lazy_pattern("[#*0-9]\ufe0f\u20e3")
# Arabic and its neighbours, the scripts of South and South-East Asia, Mongolian: joiners shape their letters.
_JOINING = lazy_pattern(
    "[\u0600-\u06ff\u0700-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u17ff\u1800-\u18af\u1a20-\u1aaf"
    "\u1b00-\u1bff\ua800-\ua8df\ua980-\ua9df\uaa60-\uaa7f\uabc0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00011000-\U000114df\U00011580-\U000116cf]"
)
_LETTERS = ("L", "M")


def is_plain(text: str) -> bool:
    """Whether the text is of letters and signs of ASCII, spaces, tabs and line feeds: nothing in it is unseen."""
    return text.isascii() and (text.isprintable() or text.replace("\n", "").replace("\t", "").isprintable())


def unseen(text: str) -> list[int]:
    """The place of every character of the text that nobody sees, and that nothing one sees needs."""
    if is_plain(text.replace("\r\n", "\n")):
        return []
    kept = {at for flag in _FLAG.finditer(text) for at in range(flag.start() + 1, flag.end())}
    return [
        found.start()
        for found in _UNSEEN.finditer(text)
        if found.start() not in kept and not _shapes(text, found.start())
    ]


def _shapes(text: str, at: int) -> bool:
    """Whether the character at a place shapes what is seen around it."""
    character, before, after = text[at], text[at - 1 : at], text[at + 1 : at + 2]
    if not before:
        return False
    if character in _JOINERS:
        if _JOINING.match(before):
            return unicodedata.category(before)[0] in _LETTERS
        emoji = before if before != _EMOJI_SELECTOR else text[at - 2 : at - 1]
        return character == "\u200d" and bool(after) and _is_emoji(emoji) and _is_emoji(after)
    if character in "\ufe0e\ufe0f":
        return _is_emoji(before) or _KEYCAP.match(text, at - 1) is not None
    if "\ufe00" <= character <= "\ufe0d" or "\U000e0100" <= character <= "\U000e01ef":
        return not before.isascii() and unicodedata.category(before) in ("Lo", "Sm")
    return "\u180b" <= character <= "\u180f" and "\u1820" <= before <= "\u18aa"


def _is_emoji(character: str) -> bool:
    """Whether a character is a symbol such as emoji are made of; those that are letters or signs too are listed."""
    if not character or character.isascii():
        return False
    return (
        unicodedata.category(character) in ("So", "Sm")
        or "\U0001f3fb" <= character <= "\U0001f3ff"
        or character in "\u203c\u2049\u2139\u3030"
    ) and character not in _BLANK_SYMBOLS


def without_unseen(text: str) -> str:
    """The text without the characters that nobody sees; a line separator leaves a space."""
    pieces: list[str] = []
    behind = 0
    for at in unseen(text):
        pieces.append(text[behind:at])
        if text[at] in "\r\x85\u2028\u2029":
            pieces.append(" ")
        behind = at + 1
    return "".join([*pieces, text[behind:]])


def character_name(character: str) -> str:
    """A character by its number and its name in Unicode: `U+200B ZERO WIDTH SPACE`."""
    name = _CONTROLS.get(character) or unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()


# Controls have no names in Unicode; those that people are likely to meet.
_CONTROLS = {
    "\r": "CARRIAGE RETURN",
    "\n": "LINE FEED",
    "\t": "TAB",
    "\x85": "NEXT LINE",
    "\x00": "NULL",
}


def escape_character(character: str) -> str:
    """A character as YAML's double quotes take it."""
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def with_escapes(text: str) -> str:
    """The text with each character that nobody sees as an escape, and nothing else changed."""
    places = set(unseen(text))
    if not places:
        return text
    return "".join(
        escape_character(character) if at in places else character for at, character in enumerate(text)
    )


def in_double_quotes(text: str) -> str:
    """The text as YAML writes it on one line in double quotes, with escapes for what nobody sees."""
    places = set(unseen(text))
    written = (
        _ESCAPES.get(character) or (escape_character(character) if at in places else character)
        for at, character in enumerate(text)
    )
    return f'"{"".join(written)}"'


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
