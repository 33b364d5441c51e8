"""Texts in Python source come out as they were, and end nothing before its time."""

from __future__ import annotations

import ast

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.generating.python.source_text import docstring, string_literal
from support.generators import examples

TEXTS = st.text() | st.sampled_from(
    [
        'say "hi"',
        '"""',
        'ends with a quote "',
        "back\\slash",
        "\\",
        "line\nline",
        "\u202eabc",
        "\ud800",
        "it's",
    ]
)


@given(TEXTS)
@examples(80)
def test_a_literal_is_the_text(text: str) -> None:
    literal = string_literal(text)
    assert ast.literal_eval(literal) == text
    assert literal.isprintable()


@given(st.lists(TEXTS.filter(str.strip), min_size=1, max_size=3))
@examples(80)
def test_a_docstring_is_its_paragraphs(paragraphs: list[str]) -> None:
    source = "def f():\n" + "\n".join(docstring(paragraphs, "    "))
    (function,) = ast.parse(source.encode()).body
    assert isinstance(function, ast.FunctionDef)
    read = ast.get_docstring(function)
    assert read is not None
    assert read.split() == " ".join(paragraphs).split()


def test_a_long_paragraph_is_folded() -> None:
    lines = docstring(["word " * 40, "Owner: growth."], "    ")
    assert max(map(len, lines)) <= 88
    assert lines[-1] == '    """'
