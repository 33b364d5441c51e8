"""Specs full of characters that nobody sees: `fmt` writes what can be read, says the same and hides nothing."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.rules import canonical_text, parse
from intercom_iac.specs import format_file
from intercom_iac.specs.load.expansion import holds_variables
from intercom_iac.text import Excerpt, SourceFile
from intercom_iac.text.unseen import unseen
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.decoding import decode
from support.generators import examples

_PIECES = [
    *"ab é\"'\\#:{}[],|>-&*!%@`$",
    "\n",
    "\t",
    "\r",
    "\x07",
    "\x00",
    "\x85",
    "\xa0",
    "\xad",
    "\u0301",
    "\u034f",
    "\u200b",
    "\u200c",
    "\u200d",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u3164",
    "\ufe0f",
    "\ufeff",
    "\ufffe",
    "👩",
    "می",
    "\U000e0041",
    "🏴",
    "\U000f0000",
    "${A}",
    " and ",
    " # ",
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=6).map("".join)


def in_escapes(text: str) -> str:
    """The text in double quotes, each character that is not ASCII as an escape."""
    escaped = (
        character if " " <= character <= "~" and character not in '\\"' else f"\\U{ord(character):08x}"
        for character in text
    )
    return f'"{"".join(escaped)}"'


def in_single_quotes(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def readable(text: str) -> str:
    """The text without what a YAML file cannot hold as itself."""
    return "".join(character for character in text if character not in "\x07\x00\ufffe")


def plain(text: str) -> str:
    return "p" + "".join(
        character for character in readable(text) if character.isalnum() or not character.isascii()
    )


_STYLES = st.sampled_from(
    [in_escapes, in_escapes, lambda text: in_single_quotes(readable(text).replace("\n", "\n\n   ")), plain]
)


@st.composite
def texts(draw: st.DrawFn) -> str:
    return draw(_STYLES)(draw(_TEXTS))


@st.composite
def rules(draw: st.DrawFn) -> str:
    """A rule about a text, itself written in one of YAML's ways."""
    inner = draw(_TEXTS)
    quote = draw(st.sampled_from("'\""))
    test = draw(st.sampled_from(["tag  ", "email =", "`x` contains "]))
    rule = f"{test}{quote}{inner.replace(quote, quote * 2)}{quote}"
    if draw(st.booleans()):
        rule += " # " + draw(_TEXTS).replace("\n", " ")
    if draw(st.integers(0, 3)) == 0:
        return (
            "|\n      " + readable(rule).replace("\n", " ") + draw(st.sampled_from(["", "\n      or  tag x"]))
        )
    escaped = draw(st.integers(0, 2))
    return in_escapes(rule) if escaped else in_single_quotes(readable(rule).replace("\n", " "))


@st.composite
def files(draw: st.DrawFn) -> str:
    name = draw(texts().filter(lambda text: len(text) > 2))
    comment = readable(draw(_TEXTS)).replace("\n", " ")
    return (
        f"version: 1 # {comment}\n# {comment}\n"
        f"events:\n  {name}: {{owner: {draw(texts())}}}\n  z: {{description: {draw(texts())}}}\n"
        f"segments:\n  s:\n    rule: {draw(rules())}\n    name: {draw(texts())}\n  t:\n    rule: {draw(rules())}\n"
    )


def meaning(text: str) -> Any:
    """The data of a file; of a rule that reads, what it says and its comments."""
    root, diagnostics = build(SourceFile("x.yaml", text))
    assert not diagnostics
    assert root is not None

    def plain(value: Any, key: str | None = None) -> Any:
        if isinstance(value, dict):
            return {name: plain(inner, name) for name, inner in value.items()}
        if key == "rule" and isinstance(value, str) and not holds_variables(value):
            rule, _ = parse(Excerpt.from_text(value, "<rule>"))
            if rule is not None:
                return canonical_text(rule), [value[start:end].rstrip() for start, end in rule.comments]
        return value

    return plain(root.data)


@examples(300)
@given(files())
def test_what_fmt_writes_can_be_read_says_the_same_and_hides_nothing(text: str) -> None:
    if build(SourceFile("x.yaml", text))[1]:
        return  # a key that stands twice, most often
    formatted = format_file(text, "x.yaml")
    file, diagnostics = decode(formatted.encode(), "x.yaml")
    assert not diagnostics
    assert file.text == formatted
    assert unseen(formatted) == []
    assert meaning(formatted) == meaning(text.replace("\r\n", "\n"))
    assert format_file(formatted, "x.yaml") == formatted


@examples(100)
@given(files())
def test_lines_are_those_of_git_and_editors(text: str) -> None:
    file = SourceFile("x.yaml", text)
    lines = text.split("\n")
    for place in range(len(text) + 1):
        line, column = file.position(place)
        assert (line, column) == (text.count("\n", 0, place) + 1, place - text.rfind("\n", 0, place))
        assert file.line(line) == lines[line - 1].removesuffix("\r") or line == len(lines)
