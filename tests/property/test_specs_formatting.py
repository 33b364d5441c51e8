"""Formatting specs that people could have written: the same specs come out, and a second time nothing changes."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.rules import format_rule, parse, tokens
from intercom_iac.specs import format_file
from intercom_iac.text import Excerpt, SourceFile
from intercom_iac.yaml.builder import build
from support.generators import DAYS, examples, rules, schemas

_INDENT = st.sampled_from([2, 3, 4, 8])
_COMMENT = st.sampled_from(["", "", "", "  # why", " # é: 'x'"])
_BLANK = st.sampled_from(["", "", "", "\n", "\n\n\n"])
_TEXTS = st.sampled_from(
    [
        "plain words",
        "'quoted'",
        '"with \\" escape"',
        "'it''s'",
        "no",
        "12",
        "é😀",
        "a#b",
        ">-\n{i}two\n{i}lines",
        "|\n{i}one\n\n{i}  more\n",
        "two\n{i}lines",
        "'two\n{i}quoted'",
        "by ${TEAM} for $5",
        "$${TEAM} ${",
        "",
    ]
)
_RULES = st.sampled_from(
    [
        "plan=trial",
        "plan = trial AND  usage>5",
        "'plan=trial'",
        "|\n{i}plan=trial\n{i}OR plan=pro\n",
        "plan =",
        ">-\n{i}a = 1 and (b = 2\n{i}or c = 3)",
        "|\n{i}plan=trial # why\n",
        "|-\n{i}# why\n{i}plan=trial AND # why\n{i}(a=1 or # why\n{i}b=2)\n",
        ">\n{i}plan=trial # why\n{i}AND vip\n",
        "\"tag 'a: b'\"",
        "plan=${PLAN} AND  usage>5",
        '|\n{i}plan="${PLAN}"\n{i}OR ${MORE}\n',
        "'plan = $${'",
    ]
)


_TESTS = st.sampled_from(
    [
        "[{member: true,contact: {a: b}}]",
        "\n{i}- member: true\n{i}  contact: {a:  b}\n{i}- {member:   false}\n",
        "\n{i}-   member: true   # why\n{i}    # about contact\n{i}    contact:\n{i}       a: b\n"
        "{i}       # about a\n",
        "\n{i}# about tests\n{i}- member: true\n\n{i}-  events:\n{i}   - event: a\n{i}   -  on: today\n"
        "{i}      event: b\n",
    ]
)


@st.composite
def entries(draw: st.DrawFn, fields: dict[str, st.SearchStrategy[str]], column: int, step: int) -> str:
    """An entry's lines at a column: some of the fields in any order, with comments and blank lines."""
    inner = " " * (column + step)
    keys = draw(st.lists(st.sampled_from(sorted(fields)), unique=True, min_size=1))
    lines: list[str] = []
    for key in keys:
        value = draw(fields[key]).replace("{i}", inner)
        comment = "" if "\n" in value else draw(_COMMENT)
        if draw(st.integers(0, 5)) == 0:
            lines.append(f"{' ' * draw(st.integers(0, column + 2))}# about {key}")
        lines.append(
            f"{' ' * column}{key}:{' ' if value else ''}{value}{comment}".rstrip("\n") + draw(_BLANK)
        )
    return "\n".join(lines)


@st.composite
def spec_texts(draw: st.DrawFn) -> str:
    step = draw(_INDENT)
    one, two, three = " " * step, " " * (2 * step), 3 * step
    lists = st.sampled_from(
        ["[a, b]", "[ a ,b ]", f"\n{' ' * three}- a # x\n{' ' * three}-   b", "[a,\n{i}b]"]
    )
    common = {"description": _TEXTS, "owner": _TEXTS, "status": st.just("active"), "unknown": _TEXTS}
    attribute = {**common, "type": st.sampled_from(["string", "options"]), "options": lists}
    segment = {
        **common,
        "rule": _RULES,
        "name": _TEXTS,
        "publish": st.sampled_from(["[tag]", "[ audience,tag ]"]),
        "tests": _TESTS,
    }
    names = st.lists(st.sampled_from(["a", "b c", "'d'", "é"]), unique=True, min_size=1, max_size=3)
    sections: list[str] = [f"version:  1{draw(_COMMENT)}"]
    if draw(st.booleans()):
        body = "\n".join(f"{two}{name}:\n{draw(entries(attribute, three, step))}" for name in draw(names))
        sections.append(f"attributes:\n{one}contact:{draw(_COMMENT)}\n{body}")
    if draw(st.booleans()):
        body = "\n".join(f"{one}{name}:\n{draw(entries(segment, 2 * step, step))}" for name in draw(names))
        sections.append(f"segments:\n{body}")
    if draw(st.booleans()):
        sections.append(f"events:\n{one}e: {{metadata: {{k: {{required: true,type: string}}}}, owner: x}}")
    if draw(st.booleans()):
        rule = draw(_RULES).replace("{i}", three * " ")
        sections.append(f"assertions:\n{one}e:\n{two}reason: x\n{two}never: {rule}".rstrip("\n"))
    text = "\n".join(draw(st.permutations(sections))) + draw(st.sampled_from(["\n", "\n\n# the end\n"]))
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def data_of(text: str) -> object:
    root, diagnostics = build(SourceFile("x.yaml", re.sub(r"\r\n", "\n", text)))
    assert not diagnostics
    assert root is not None
    data = dict(root.data)
    for section in (data.get("segments") or {},):
        data["segments"] = {key: {**entry, "rule": None} for key, entry in section.items()}
    for section in (data.get("assertions") or {},):
        data["assertions"] = {key: {**entry, "never": None} for key, entry in section.items()}
    return data


@examples(300)
@given(text=spec_texts())
def test_formatting_keeps_the_specs_and_is_done_once(text: str) -> None:
    root, diagnostics = build(SourceFile("x.yaml", text))
    if diagnostics or root is None:
        return  # a plain text over lines that a comment cut in two
    formatted = format_file(text, "x.yaml")
    assert data_of(formatted) == data_of(text)
    assert format_file(formatted, "x.yaml") == formatted
    assert sorted(re.findall(r"# (?:why|about \w+|the end|x|é.*)", formatted)) == sorted(
        re.findall(r"# (?:why|about \w+|the end|x|é.*?)(?=\r?\n|\Z)|# about \w+", text)
    )
    # What people write is laid out, not merely left alone.
    assert "\r" not in formatted
    assert formatted.endswith("\n")
    assert not re.search(r"\n\n\n", re.sub(r"[|>][-+]?\n(?: +.*\n|\n)*", "", formatted))
    assert re.search(r"^version: 1", formatted, re.MULTILINE)


@st.composite
def commented_rules(draw: st.DrawFn) -> str:
    """A rule over lines, with comments anywhere between its words."""
    schema = draw(schemas())
    text = format_rule(draw(rules(schema, draw(st.sampled_from(DAYS)))))
    words = [span.text for _, span in tokens(Excerpt.from_text(text, "<rule>"))]
    between = st.sampled_from(
        [" ", " ", " ", " ", "\n", "\n  ", " # c{}\n", "\n\n# c{}\n", "\n  # c{} 'x\n "]
    )
    spaced = [f"{word}{draw(between).format(index)}" for index, word in enumerate(words)]
    return draw(st.sampled_from(["", "# c\n"])) + "".join(spaced)


@examples(150)
@given(commented_rules(), st.sampled_from(["|", "|-", "|+"]))
def test_a_rule_keeps_its_meaning_and_its_comments(rule: str, header: str) -> None:
    before, _ = parse(Excerpt.from_text(rule, "<rule>"))
    if before is None or re.search(r"[^\n -~]", rule):
        return  # signs that YAML takes for line ends, or not at all
    lines = "".join(f"      {line}\n" for line in rule.split("\n"))
    formatted = format_file(f"version: 1\nsegments:\n  s:\n    rule: {header}\n{lines}", "x.yaml")
    root, _ = build(SourceFile("x.yaml", formatted))
    assert root is not None
    after, _ = parse(Excerpt.from_text(root.data["segments"]["s"]["rule"], "<rule>"))
    assert after == replace(before, comments=after.comments if after else ())
    comments = r"# c.*"
    assert re.findall(comments, formatted) == [comment.rstrip() for comment in re.findall(comments, rule)]
    assert format_file(formatted, "x.yaml") == formatted
    assert f"rule: {header}\n      " in formatted
