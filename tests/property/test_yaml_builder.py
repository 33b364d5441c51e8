"""Any bytes load without an exception, and every place the builder gives is right."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.project import find_project
from intercom_iac.reporting import diagnostics_text
from intercom_iac.specs import format_file, load_specs
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build
from intercom_iac.yaml.excerpts import excerpt_of
from intercom_iac.yaml.nodes import Mapping, Node, Scalar, Sequence
from support.generators import examples

# Bytes that YAML and the format care about, so that a few of them make something.
_PIECES = st.sampled_from(
    [
        b"version: 1\n",
        b"attributes:",
        b"  contact:\n",
        b"    a: {type: string}\n",
        b"events:\n",
        b"segments:\n",
        b"  s: {rule: ",
        b"email = x",
        b"rule: |\n",
        b"\n",
        b"\r\n",
        b"  ",
        b"\t",
        b"- ",
        b": ",
        b"? ",
        b"---\n",
        b"&a ",
        b"*a",
        b"<<: ",
        b"!!str ",
        b"'",
        b'"',
        b"{",
        b"}",
        b"[",
        b"]",
        b",",
        b"# c\n",
        b"|",
        b">-",
        b"...\n",
        b"\xef\xbb\xbf",
        b"\xff",
        b"\x00",
        b"\xc3\xa9",
        b"\xf0\x9f\x98\x80",
        b"\xc2\x85",
        b"\xe2\x80\xa8",
        b"no",
        b"012",
        b"\\",
        b"%YAML 1.2\n",
        b"@",
        b"`",
        b"token: abc",
        b"workspaces:\n",
    ]
)
_BYTES = st.one_of(st.binary(max_size=200), st.lists(_PIECES, max_size=25).map(b"".join))


@examples(400)
@given(content=_BYTES, as_project=st.booleans())
def test_any_bytes_are_specs_or_diagnostics(content: bytes, as_project: bool) -> None:
    with TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "specs").mkdir()
        (root / "specs" / "a.yaml").write_bytes(b"version: 1\n" if as_project else content)
        (root / "intercom-iac.yaml").write_bytes(content if as_project else b"version: 1\n")
        try:
            found = load_specs(find_project(root))
            assert diagnostics_text(found.diagnostics) or not found.diagnostics
            diagnostics = list(found.diagnostics)
        except InvalidSpecs as error:
            assert error.diagnostics
            diagnostics = error.diagnostics
        for diagnostic in diagnostics:
            if diagnostic.span is not None:
                assert 0 <= diagnostic.span.start <= diagnostic.span.end <= len(diagnostic.span.file.text)
                diagnostic.as_json()
        diagnostics_text(diagnostics, styled=True)


@examples(400)
@given(content=_BYTES)
def test_formatting_any_text_keeps_what_it_says(content: bytes) -> None:
    text = content.decode("utf-8", errors="replace")
    try:
        formatted = format_file(text, "x.yaml")
    except InvalidSpecs:
        return
    assert format_file(formatted, "x.yaml") == formatted
    before, _ = build(SourceFile("x", text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")))
    after, diagnostics = build(SourceFile("x", formatted))
    assert not diagnostics
    if before is not None and "rule" not in formatted:
        assert after is not None
        assert repr_sorted(before.data) == repr_sorted(after.data)


def repr_sorted(data: Any) -> str:
    if isinstance(data, dict):
        return "{" + ",".join(f"{key!r}:{repr_sorted(data[key])}" for key in sorted(data)) + "}"
    if isinstance(data, list):
        return "[" + ",".join(map(repr_sorted, data)) + "]"
    return repr(data)


# --- places -------------------------------------------------------------------------------------------------

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\t'\"\\ é😀")
)
_VALUES = st.recursive(
    _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT.filter(bool), inner, max_size=4),
    max_leaves=12,
)


def scalars(node: Node) -> list[Scalar]:
    match node:
        case Scalar():
            return [node]
        case Sequence():
            return [scalar for item in node.items for scalar in scalars(item)]
        case Mapping():
            return [scalar for _, _, value in node.entries.values() for scalar in scalars(value)]


@examples(300)
@given(
    data=st.dictionaries(_TEXT.filter(bool), _VALUES, min_size=1, max_size=5),
    style=st.sampled_from([None, "'", '"', "|", ">"]),
    flow=st.sampled_from([None, True, False]),
    width=st.sampled_from([20, 80]),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_every_character_of_every_value_has_a_place_that_makes_sense(
    data: dict[str, Any], style: str | None, flow: bool | None, width: int, line_end: str
) -> None:
    text: str = yaml.dump(
        data,
        default_style=style,
        default_flow_style=flow,
        width=width,
        allow_unicode=True,
        line_break=line_end,
    )
    file = SourceFile("x.yaml", text)
    root, _ = build(file)
    if root is None:
        return  # some long texts are dumped in ways libyaml itself refuses to read
    for scalar in scalars(root):
        excerpt = excerpt_of(file, scalar.text, scalar.style, scalar.start, scalar.end)
        offsets = list(excerpt.offsets)
        assert len(offsets) == len(scalar.text) + 1
        assert offsets == sorted(offsets)
        assert all(scalar.start <= offset <= scalar.end for offset in offsets)
        for character, offset in zip(scalar.text, offsets, strict=False):
            written = text[offset]
            folded = character.isspace() and written in " \t\r\n\x85\u2028\u2029"
            assert written in (character, "\\") or folded
