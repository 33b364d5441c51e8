"""What is made safe to print."""

from __future__ import annotations

import json

from intercom_iac.text import json_text, printable


def test_what_is_drawn_as_nothing_is_spelled_out_and_what_an_emoji_needs_is_not() -> None:
    for each, spelled in (
        ("\U0001d159", "\\U0001d159"),
        ("\U00016fe4", "\\U00016fe4"),
        ("\ufdd0", "\\ufdd0"),
        ("\ufe00", "\\ufe00"),
        ("\U000e0101", "\\U000e0101"),
        ("\u180b", "\\u180b"),
    ):
        assert printable(f"a{each}b") == f"a{spelled}b"
        assert json.loads(json_text({"a": f"a{each}b"})) == {"a": f"a{each}b"}
        assert each not in json_text([f"a{each}b", each])
    assert printable("❤\ufe0f 葛\U000e0100") == "❤\ufe0f 葛\U000e0100"
