"""Decisions hang on a code's family or level, or on the code itself, never on how a code is spelled."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from intercom_iac.diagnostics import Family

PACKAGE = Path(__file__).parents[3] / "intercom_iac"
# A code, or the beginning of one: in a text of its own or in a regular expression.
SPELLING = re.compile(rf"[\^(]*(?:{'|'.join(Family)})(?:[0-9]|\\d|\[0-9\])*[$)]*")
# Where codes are declared, and where the exceptions have theirs.
DECLARED = {PACKAGE / "diagnostics/family.py", PACKAGE / "diagnostics/errors.py"}


def spelled_codes(tree: ast.AST) -> Iterator[ast.Constant]:
    """The texts that spell a code where something is compared, looked up, matched or begins with it."""
    for node in ast.walk(tree):
        match node:
            case ast.Compare():
                compared = [node.left, *node.comparators]
            case ast.Call(
                func=ast.Attribute(attr="startswith" | "match" | "fullmatch" | "search" | "compile")
            ):
                compared = [*node.args]
            case ast.MatchValue():
                compared = [node.value]
            case ast.Assign(value=ast.Constant() as value) | ast.AnnAssign(value=ast.Constant() as value):
                compared = [value]
            case ast.Set(elts=elements) | ast.Dict(keys=elements):
                compared = [element for element in elements if element is not None]
            case _:
                continue
        parts = [part for side in compared for part in ast.walk(side)]
        for part in parts:
            if (
                isinstance(part, ast.Constant)
                and isinstance(part.value, str)
                and SPELLING.fullmatch(part.value)
            ):
                yield part


def test_no_decision_hangs_on_the_spelling_of_a_code() -> None:
    found: list[str] = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path in DECLARED or path.is_relative_to(PACKAGE / "diagnostics/codes"):
            continue
        place = path.relative_to(PACKAGE)
        spelled = spelled_codes(ast.parse(path.read_text("utf-8")))
        found += [f"{place}:{constant.lineno}: {constant.value}" for constant in spelled]
    # An example of a setting, in the JSON Schema of the project file.
    assert [place for place in found if not place.startswith("project/policy/settings.py")] == []


@pytest.mark.parametrize(
    "code",
    [
        'x.code == "SPEC101"',
        'x.code.startswith("BACK79")',
        'x.code in ("TYPE301", "TYPE302")',
        're.fullmatch(r"BACK7\\d\\d", x)',
        'FAMILY = "LINT"',
        '{"REF401": 1}',
    ],
)
def test_the_search_sees_spellings(code: str) -> None:
    assert [*spelled_codes(ast.parse(code))]
