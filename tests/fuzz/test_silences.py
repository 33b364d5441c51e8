"""Text that looks like a silence never is one, wherever it stands; a comment that is one always is."""

from __future__ import annotations

import yaml
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.specs.policy.silences import without_silenced
from intercom_iac.text import SourceFile
from intercom_iac.yaml.comments import scan
from intercom_iac.yaml.scalars import resolve
from support.generators import examples

FAKE = "# intercom-iac: ignore LINT501: a text"
REAL = "# intercom-iac: ignore LINT551: a comment"
TEXTS = st.lists(
    st.sampled_from(
        [FAKE, f" {FAKE}", "a", "'", '"', "\n", "\n\n", ": ", "#", " ", "- ", "|", "\\", "ß", "\t"]
    ),
    max_size=8,
).map("".join)


def indented(text: str, indicator: str) -> str:
    body = "\n".join(f"    {each}" if each.strip() else "" for each in text.split("\n"))
    return f"{indicator}2\n{body}"


def quoted(text: str, quote: str) -> str:
    return (
        yaml.dump(text, default_style=quote, allow_unicode=True, width=20)
        .rstrip("\n")
        .replace("\n", "\n    ")
    )


STYLES = [
    lambda text: quoted(text, "'"),
    lambda text: quoted(text, '"'),
    lambda text: indented(text, "|"),
    lambda text: indented(text, ">"),
]


def silences(text: str) -> list[str]:
    """The codes of the silences in a text, each of which is unused."""
    return [each.message.split("`")[1] for each in without_silenced([], [SourceFile("a.yaml", text)])]


@given(
    entries=st.lists(st.tuples(TEXTS, st.sampled_from(STYLES), st.booleans()), min_size=1, max_size=6),
    end=st.sampled_from(["\n", "\r\n"]),
)
@examples(300)
def test_text_never_silences_and_comments_do(entries, end: str) -> None:
    lines: list[str] = []
    commented = 0
    for number, (text, style, comment) in enumerate(entries):
        if comment:
            lines.append(f"  {REAL}")
            commented += 1
        lines.append(f"  k{number}: {style(text)}")
    content = "a:\n" + "\n".join(lines) + f"\nz: 1  {REAL}\n"
    try:
        yaml.compose(content, yaml.CSafeLoader)
    except yaml.YAMLError:
        return
    assert silences(content.replace("\n", end)) == ["LINT551"] * (commented + 1)


PIECES = st.sampled_from(
    [
        "a",
        "b: ",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "# c",
        " # c",
        "\n",
        "\n  ",
        "|\n",
        ">-\n",
        "'",
        '"',
        "&x ",
        "*x ",
        "!t ",
        "---\n",
    ]
)


@given(text=st.lists(PIECES, max_size=25).map("".join))
@examples(1000)
def test_what_is_no_comment_is_part_of_the_data(text: str) -> None:
    """Without its comments a file says the same."""
    file = SourceFile("a.yaml", text)
    try:
        before = list(yaml.compose_all(text, yaml.CSafeLoader))
    except yaml.YAMLError:
        return
    rest = text
    for each in reversed(scan(file).comments):
        rest = rest[: each.span.start] + rest[each.span.end :]
    assert [*map(data, yaml.compose_all(rest, yaml.CSafeLoader))] == [*map(data, before)]


def data(node: yaml.Node | None) -> object:
    if isinstance(node, yaml.ScalarNode):
        return resolve(node.value)
    if isinstance(node, yaml.MappingNode):
        return [(data(key), data(value)) for key, value in node.value]
    return [data(each) for each in node.value] if isinstance(node, yaml.SequenceNode) else None
