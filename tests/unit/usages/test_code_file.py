from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.usages.code_file import CodeFile


def test_bytes_that_parsers_count_become_characters() -> None:
    file = CodeFile("a.js", "é = 'plan'".encode())
    assert file.span(6, 10).text == "plan"


@given(st.text(max_size=3000), st.data())
def test_each_character_has_its_place(text: str, data: st.DataObject) -> None:
    file = CodeFile("a.js", text.encode("utf-8", "replace"))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    head, middle = (part.encode("utf-8", "replace") for part in (text[:start], text[start:end]))
    span = file.span(len(head), len(head) + len(middle))
    assert (span.start, span.end) == (start, end)
