"""Every character of a scalar's value maps to the character of the file it came from."""

from __future__ import annotations

import pytest

from intercom_iac.text import Excerpt, SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.decoding import decode
from intercom_iac.yaml.nodes import Document, Mapping


def excerpt(text: str, *path: str) -> Excerpt:
    file = SourceFile("x.yaml", text)
    root, diagnostics = build(file)
    assert not diagnostics
    assert isinstance(root, Mapping)
    return Document(file, root).excerpt(path or ("rule",))


RULES = {
    "plain": "rule: plan = trial and usage > 50\n",
    "plain with comment": "rule: plan = trial and usage > 50   # why\n",
    "plain on the next line": "rule:\n  plan = trial and usage > 50\n",
    "plain over lines": "rule: plan = trial\n  and\n\n  usage > 50\nx: 1\n",
    "single quoted": "rule: 'plan = trial and usage > 50'\n",
    "single quoted over lines": "rule: 'plan = trial\n\n   and  \n   usage > 50'\n",
    "double quoted": 'rule: "plan = trial and usage > 50"\n',
    "double quoted with escapes": 'rule: "\\u0070lan = \\x74rial\\tand\\n us\\\n   age > 50"\n',
    "double quoted over lines": 'rule: "plan = trial  \n\n\n   and\n  usage > 50"\n',
    "literal": "rule: |\n  plan = trial\n    and\n\n  usage > 50\n\nx: 1\n",
    "literal, strip": "rule: |-\n    plan = trial\n    and usage > 50\n",
    "literal, keep": "rule: |+\n  plan = trial and\n  usage > 50\n\n\nx: 1\n",
    "literal with a comment": "rule: | # two lines\n  plan = trial and\n  usage > 50\n",
    "literal with an indentation of its own": "rule: |2\n    plan = trial and\n  usage > 50\n",
    "folded": "rule: >\n  plan = trial\n  and\n  usage > 50\n",
    "folded, paragraphs": "rule: >-\n  plan = trial\n\n  and\n\n    usage\n  > 50\n",
    "with an anchor": "rule: &r plan = trial and usage > 50\n",
    "with an anchor above": "rule: &r\n  plan = trial and usage > 50\n",
    "with an anchor, literal": "rule: &r |\n  plan = trial and\n  usage > 50\n",
    "in a flow mapping": "rule: plan = trial and usage > 50\nx: {y: 1}\n",
    "behind other letters": "é: 😀\nx: 'ß'\nrule: plan = trial and usage > 50\n",
}


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", RULES.values(), ids=RULES.keys())
def test_words_are_found_where_they_stand(text: str, line_end: str) -> None:
    text = text.replace("\n", line_end)
    found = excerpt(text)
    assert len(found.offsets) == len(found.text) + 1
    assert list(found.offsets) == sorted(found.offsets)
    for word in ("plan", "trial", "and", "usage", "50"):
        at = found.text.index(word)
        span = found.span(at, at + len(word))
        written = span.text
        if "\\" in text and word in ("plan", "trial", "usage"):
            assert text.index(written[0]) >= 0  # an escape stands for a letter: the span covers it
            continue
        assert written == word
        assert span.start == text.rindex(word)


def test_each_character_of_an_escaped_text_has_its_place() -> None:
    text = 'rule: "a\\u00e9\\x62\\nc\\\n   d\\"e"\n'
    found = excerpt(text)
    assert found.text == 'aéb\ncd"e'
    assert [text[each] for each in found.offsets[:-1]] == ["a", "\\", "\\", "\\", "c", "d", "\\", "e"]


def test_doubled_quotes_count_once() -> None:
    text = "rule: 'tag ''vip'' or x'\n"
    found = excerpt(text)
    at = found.text.index("or")
    assert found.span(at, at + 2).start == text.index("or")
    assert found.text == "tag 'vip' or x"


def test_a_byte_order_mark_takes_no_column() -> None:
    file, diagnostics = decode(b"\xef\xbb\xbfrule: x\n", "x.yaml")
    assert not diagnostics
    root, _ = build(file)
    assert isinstance(root, Mapping)
    assert str(Document(file, root).key_span(("rule",))) == "x.yaml:1:1"
    assert str(Document(file, root).span(("rule",))) == "x.yaml:1:7"


def test_columns_count_characters_not_bytes() -> None:
    text = 'a: {"é😀": no, plan: 𝒳yz}\n'
    file = SourceFile("x.yaml", text)
    root, _ = build(file)
    assert isinstance(root, Mapping)
    document = Document(file, root)
    assert document.key_span(("a", "plan")).text == "plan"
    assert document.span(("a", "plan")).text == "𝒳yz"
    assert document.span(("a", "plan")).column == 21
