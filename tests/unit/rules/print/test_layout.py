"""A rule's canonical text on one line or over several, and where its comments go."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.rules import canonical_text, format_syntax, parse
from intercom_iac.text import Excerpt, SourceFile


def syntax(rule: Excerpt) -> Any:
    found, diagnostics = parse(rule)
    assert diagnostics == []
    return found


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("a AND b or c", ["a and b", "or c"]),
        ("a and (b OR c) and not (d and e)", ["a", "and (b or c)", "and not (d and e)"]),
        ("(a or b) and c", ["(a or b)", "and c"]),
        ("a and (b and (c and d))", ["a", "and b", "and c", "and d"]),
        ("(a or b) or (c or (d and e))", ["a", "or b", "or c", "or d and e"]),
        ("a=1", ["a = 1"]),
        ("not (a and b)", ["not (a and b)"]),
        ("company(a and b)", ["company(a and b)"]),
    ],
)
def test_a_rule_is_broken_before_each_connective_of_its_top_level(text: str, lines: list[str]) -> None:
    found = syntax(Excerpt.from_text(text, "<rule>"))
    assert format_syntax(found, broken=True) == "\n".join(lines)
    assert format_syntax(found) == " ".join(lines) == canonical_text(found)


@pytest.mark.parametrize(
    ("lines", "formatted"),
    [
        (["a", "# between", "and b"], ["a", "# between", "and b"]),
        (["# above", "", "# still above", "a and b"], ["# above", "# still above", "a and b"]),
        (["a and b", "# below", "  # still below"], ["a and b", "# below", "# still below"]),
        (["a and   b # behind  "], ["a and b  # behind"]),
        (["a and   b# behind"], ["a and b  # behind"]),
        (["a # of a", "and b# of b"], ["a  # of a", "and b  # of b"]),
        (["a and # of a", "  b"], ["a  # of a", "and b"]),
        (["a", "or b # of b", "# of c", "or c", "# end"], ["a", "or b  # of b", "# of c", "or c", "# end"]),
        # A clause with a comment inside stays as it is written; the others do not.
        (
            ["a  AND (b # in", "  OR  c) AND  d", "and  e"],
            ["a", "and (b # in", "  OR  c)", "and d", "and e"],
        ),
        (["a  OR b  AND # in", "   c"], ["a", "or b  AND # in", "   c"]),
        (["a  OR  company(b # in", " or  c) "], ["a", "or company(b # in", " or  c)"]),
        (["company(b # in", " or  c)"], ["company(b # in", " or  c)"]),
        (["company(b # in", " or  c)  and  d"], ["company(b # in", " or  c)", "and d"]),
        (["(a # of a", " or  b)"], ["a  # of a", "or b"]),
    ],
)
def test_a_comment_stays_where_it_was(lines: list[str], formatted: list[str]) -> None:
    found = syntax(Excerpt.from_text("\n".join(lines), "<rule>"))
    assert format_syntax(found).split("\n") == formatted
    again = syntax(Excerpt.from_text("\n".join(formatted), "<rule>"))
    assert format_syntax(again).split("\n") == formatted
    assert canonical_text(again) == canonical_text(found)


def test_comments_find_their_clauses_wherever_the_rule_stands_in_its_file() -> None:
    file = SourceFile("specs/a.yaml", "rule: |\n  # above\n  a # of a\n  and  b\n")
    text = "# above\na # of a\nand  b\n"
    lines = text.splitlines(keepends=True)
    offsets = [file.text.index(line) + at for line in lines for at in range(len(line))]
    found = syntax(Excerpt(file, text, [*offsets, len(file.text)]))
    assert format_syntax(found) == "# above\na  # of a\nand b"
