"""Characters that nobody sees: all of them, and nothing that a text needs to be seen as it is."""

from __future__ import annotations

import unicodedata

import pytest

from intercom_iac.text import is_visible
from intercom_iac.text.unseen import character_name, in_double_quotes, unseen, with_escapes, without_unseen

# Signs that Unicode calls format characters, and that are drawn.
DRAWN = {*range(0x600, 0x606), 0x6DD, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}


# Planes without letters and signs are left out: asking for each character takes a second.
CHARACTERS = [chr(number) for number in (*range(0x33500), *range(0xE0000, 0xE1100))]


def test_every_character_that_shows_nothing_is_one() -> None:
    for each in CHARACTERS:
        if not is_visible(each) and ord(each) not in DRAWN and each not in "\t\n":
            assert unseen(f"a{each}b") == [1], hex(ord(each))


def test_nothing_that_shows_is_one_but_selectors_and_what_is_no_character() -> None:
    found = [each for each in CHARACTERS if unseen(f"a{each}b") and is_visible(each)]
    assert {unicodedata.category(each) for each in found} == {"Mn", "Cn"}
    assert all(
        "VARIATION SELECTOR" in unicodedata.name(each) for each in found if unicodedata.category(each) == "Mn"
    )


@pytest.mark.parametrize(
    "text",
    [
        "👩‍💻",
        "👩🏽‍🚀 and 👨‍👩‍👧‍👦",
        "🏴‍☠️",
        "👩‍❤️‍👨",
        "1️⃣ #️⃣ ☎︎ ❤️ ‼️ ™️",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "می\u200cخواهم",
        "क्\u200dष",
        "ക്\u200d",
        "葛\U000e0100",
        "ᠠ\u180b",
        "tab\tand line\nand\r\n",
        "naïve e\u0301 ￼ \u0601",
        "",
    ],
)
def test_what_a_text_needs_to_be_seen_as_it_is_stays(text: str) -> None:
    assert unseen(text) == []
    assert with_escapes(text) == text
    assert without_unseen(text) == text


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a\u200db", [1]),
        ("👩\u200d", [1]),
        ("👩\u200c💻", [1]),
        ("\u200d👩", [0]),
        ("می\u200c\u200cخ", [3]),
        ("a\ufe0f", [1]),
        ("7\ufe0f", [1]),
        ("❤️\ufe0f", [2]),
        ("葛\U000e0100\U000e0101", [2]),
        ("🏴\U000e0068\U000e0069\U000e007f", [1, 2, 3]),
        ("a\rb\r", [1, 3]),
        ("\ufeffa", [0]),
        ("a\U0001d159\u200d❤", [1, 2]),
        ("\ufdd0\U0010ffff", [0, 1]),
    ],
)
def test_the_same_characters_hide_elsewhere(text: str, places: list[int]) -> None:
    assert unseen(text) == places


def test_a_text_with_escapes_reads_as_it_was() -> None:
    text = 'a"\\b\u200b\u2028\U000e0041\x85\r\n\té👩‍💻'
    assert in_double_quotes(text) == '"a\\"\\\\b\\u200b\\u2028\\U000e0041\\u0085\\r\\n\\té👩‍💻"'
    assert with_escapes("a\u200b\\") == "a\\u200b\\"
    assert without_unseen("a\u200bb\u2028c") == "ab c"
    assert character_name("\u200b") == "U+200B ZERO WIDTH SPACE"
    assert character_name("\r") == "U+000D CARRIAGE RETURN"
    assert character_name("\x81") == "U+0081"
