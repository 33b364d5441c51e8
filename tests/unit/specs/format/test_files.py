"""The canonical form: what changes, what stays, and what is left alone."""

from __future__ import annotations

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.specs import format_file
from intercom_iac.text import SourceFile
from intercom_iac.yaml.builder import build


def test_everything_at_once() -> None:
    text = (
        "# header\r\n"
        "\r\n\r\n\r\n"
        "version:   1  \r\n"
        "segments:\n"
        "    late:   # the second\n"
        '        rule:   "plan=trial   AND ends within 3 days"   # why\n'
        "        # what is shown\n"
        "        name: Late\n"
        "    # about segments\n"
        "attributes:\n"
        "    company: {seats: {description: x,type: integer}}\n"
        "    contact:\n"
        "\n"
        "        plan:\n"
        "            options:\n"
        "            - free   # c1\n"
        "            # before trial\n"
        "            - trial\n"
        "            description: >-\n"
        "                two\n"
        "                lines\n"
        "\n"
        "                  more\n"
        "            # about the type\n"
        "            type:   options\n"
        "            # end of plan\n"
        "\n\n"
        "        # about x\n"
        '        x: { type : string ,description: "a, b" }\n'
        "\n"
        "# last\n"
        "\n"
    )
    assert format_file(text, "x.yaml") == (
        "# header\n"
        "\n"
        "version: 1\n"
        "attributes:\n"
        "  contact:\n"
        "    plan:\n"
        "      # about the type\n"
        "      type: options\n"
        "      options:\n"
        "        - free   # c1\n"
        "        # before trial\n"
        "        - trial\n"
        "      description: >-\n"
        "          two\n"
        "          lines\n"
        "\n"
        "            more\n"
        "      # end of plan\n"
        "\n"
        "    # about x\n"
        '    x: {type: string, description: "a, b"}\n'
        "  company: {seats: {type: integer, description: x}}\n"
        "segments:\n"
        "  late:   # the second\n"
        "    # what is shown\n"
        "    name: Late\n"
        "    rule: plan = trial and ends within next 3 days   # why\n"
        "  # about segments\n"
        "\n"
        "# last\n"
    )


@pytest.mark.parametrize(
    ("rule", "formatted"),
    [
        ("rule: plan=trial", "    rule: plan = trial\n"),
        ("rule: 'plan=trial'", "    rule: plan = trial\n"),
        ("rule: |\n     plan=trial  AND usage>5", "    rule: |\n      plan = trial and usage > 5\n"),
        ("rule: >-\n     plan=trial\n", "    rule: >-\n      plan = trial\n"),
        ("rule: \"plan = 'a: b'\"", "    rule: 'plan = ''a: b'''\n"),
        ("rule: '`a b` = x'", "    rule: '`a b` = x'\n"),
        ("rule: plan =", "    rule: plan =\n"),
        ("rule: |\n      plan=trial # why\n", "    rule: |\n      plan = trial  # why\n"),
        ("rule: 'plan=trial # why'", "    rule: 'plan = trial  # why'\n"),
        ("rule: 'note=''a:\n      b'''", "    rule: 'note = ''a: b'''\n"),
        ('rule: "a=1 # x\\nand b=2"', '    rule: "a=1 # x\\nand b=2"\n'),
        ("rule: >\n      a=1 # why\n      and vip\n", "    rule: >\n      a=1 # why\n      and vip\n"),
        ("rule: >\n      a=1\n      and vip # why\n", "    rule: >\n      a = 1\n      and vip  # why\n"),
        ("{rule: plan=trial}", "{rule: plan = trial}"),
        ("{rule: 'plan in (a, b)'}", "{rule: 'plan in (a, b)'}"),
    ],
)
def test_rules_are_spelled_as_the_rule_language_prints_them(rule: str, formatted: str) -> None:
    inline = rule.startswith("{")
    text = f"version: 1\nsegments:\n  s: {rule}\n" if inline else f"version: 1\nsegments:\n  s:\n    {rule}\n"
    found = format_file(text, "x.yaml")
    assert found.endswith(f"  s: {formatted}\n" if inline else f"  s:\n{formatted}")


@pytest.mark.parametrize("header", ["|", "|-", "|+", ">", ">-", ">+  # see the wiki"])
def test_a_rule_over_lines_keeps_its_block(header: str) -> None:
    start = f"version: 1\nsegments:\n  s:\n    name: S\n    rule: {header}\n"
    text = f"{start}      plan=trial AND (a=1\n      OR b=2)\n      AND c=3\n\n    publish: [tag]\n"
    found = format_file(text, "x.yaml")
    block = "      plan = trial\n      and (a = 1 or b = 2)\n      and c = 3\n"
    assert found == f"{start}{block}\n    publish: [tag]\n"
    assert format_file(found, "x.yaml") == found


def test_a_block_s_own_indentation_is_made_the_usual() -> None:
    text = "version: 1\nsegments:\n  s:\n    rule: |8-\n            a=1\n            or b=2\n"
    assert format_file(text, "x.yaml").endswith("    rule: |-\n      a = 1\n      or b = 2\n")


@pytest.mark.parametrize(
    ("rule", "formatted"),
    [
        (
            ["# who", "plan=trial", "  # not yet", "AND not vip"],
            ["# who", "plan = trial", "# not yet", "and not vip"],
        ),
        (["a=1 AND # soon", "", "vip # yes", "# end"], ["a = 1  # soon", "and vip  # yes", "# end"]),
        (["a=1 OR b=2 # both on a line"], ["a = 1 or b = 2  # both on a line"]),
        (["# one", "a=1 OR b=2"], ["# one", "a = 1 or b = 2"]),
        (
            ["a=1 and", "( # either", "b=2 or c=3 # or so", ")"],
            ["a = 1", "# either", "and (b = 2 or c = 3)  # or so"],
        ),
        (
            ["(a=1 OR", "   # why", "   b=2) AND c=3 # c", "and d in (1, # x", "  2)"],
            ["(a=1 OR", "   # why", "   b=2)", "and c = 3  # c", "and d in (1, # x", "  2)"],
        ),
        (["note='# no'", "and vip # yes"], ["note = '# no'", "and vip  # yes"]),
    ],
)
def test_comments_in_a_rule_keep_their_places(rule: list[str], formatted: list[str]) -> None:
    def spec(lines: list[str]) -> str:
        head = ["version: 1", "segments:", "  s:", "    rule: |"]
        return "\n".join([*head, *(f"      {line}" for line in lines), ""])

    assert format_file(spec(rule), "x.yaml") == spec(formatted)
    assert format_file(spec(formatted), "x.yaml") == spec(formatted)


def test_a_wide_rule_is_folded_before_its_connectives() -> None:
    words = [f"attribute_number_{number} = value" for number in range(5)]
    rule = f"{words[0]} and ({words[1]} or {words[2]}) and {words[3]} and {words[4]}"
    found = format_file(f"version: 1\nsegments: {{s: {{rule: {rule}}}}}\n", "x.yaml")
    assert rule in found  # flow stays on one line
    found = format_file(f"version: 1\nsegments:\n  s:\n    rule: {rule}\n    name: S\n", "x.yaml")
    assert found == (
        "version: 1\nsegments:\n  s:\n    name: S\n    rule: >-\n"
        f"      {words[0]}\n      and ({words[1]} or {words[2]})\n      and {words[3]}\n      and {words[4]}\n"
    )
    root, _ = build(SourceFile("x", found))
    assert root is not None
    assert root.data["segments"]["s"]["rule"] == rule


def test_items_that_are_mappings_stand_behind_their_dash_in_the_order_of_their_keys() -> None:
    text = """version: 1
segments:
  soon:
    tests:
    # the first
    - member: true
      # who it is
      contact: {plan: pro}

    -   events:
        -   on: today
            event: opened  # once
        - {on: today,event: closed}
        member: false
        # the end of it
    rule: plan=pro
assertions:
    one: {never: plan=pro AND plan=free, allow_unknown: true,only: [a]}
    two:
        reason: why
        implies:
            then: "plan=pro"
            if: >
                plan=pro
                and vip
priorities:
- b
- a
"""
    formatted = """version: 1
segments:
  soon:
    rule: plan = pro
    tests:
      # the first
      # who it is
      - contact: {plan: pro}
        member: true

      - events:
          - event: opened  # once
            on: today
          - {event: closed, on: today}
        member: false
        # the end of it
assertions:
  one: {never: plan = pro and plan = free, allow_unknown: true, only: [a]}
  two:
    implies:
      if: >
        plan = pro
        and vip
      then: plan = pro
    reason: why
priorities:
  - b
  - a
"""
    assert format_file(text, "x.yaml") == formatted
    assert format_file(formatted, "x.yaml") == formatted


@pytest.mark.parametrize(
    "text",
    [
        "version: 1\nevents: {a: &x {owner:   growth}, b: *x}\n",
        "? version\n:   1\n",
        "? version\n",
        "b:\n    -\n    - x\n",
        "version:   # one\n  1\n",
        "[1,   2]\n",
        "--- version\n",
        "version: 1\nevents:\n  -   - a\n",
        "version: 1\nevents: {a,   b}\nx: &y   5\n",
    ],
)
def test_what_is_unusual_keeps_its_layout(text: str) -> None:
    assert format_file(text, "x.yaml") == text
    assert format_file(text.replace("\n", "\r\n"), "x.yaml") == text


@pytest.mark.parametrize(
    ("text", "formatted"),
    [
        ("", ""),
        ("\n\n", ""),
        ("\ufeff\ufeff", ""),
        ("# a  \n\n\n\n# b", "# a\n\n# b\n"),
        ("version: 1", "version: 1\n"),
        ("---\nversion: 1\n", "---\nversion: 1\n"),
        ("events:\n  a:\nversion: 1\n", "version: 1\nevents:\n  a:\n"),
        ("b:\n   c: |\n      x\n    # about d\n   d: 1\n", "b:\n  c: |\n     x\n  # about d\n  d: 1\n"),
        ("a: |+\n   x\n\n\nb: 1\n", "a: |+\n   x\n\n\nb: 1\n"),
        ("b:\n    c: |2\n          x\n        y\n", "b:\n  c: |2\n        x\n      y\n"),
        ("b:\n      - 'x\n         y'\n", "b:\n  - 'x\n     y'\n"),
        ("b:\n      long\n      text\n", "b: long\n      text\n"),
        ("b: [1,\n    2]\n", "b: [1,\n    2]\n"),
        ("b: [ 1 ,2]\nc: {}\nd: []\n", "b: [1, 2]\nc: {}\nd: []\n"),
        ("unknown: 1\nversion: 1\n", "version: 1\nunknown: 1\n"),
        ("version : 1\n'quoted' : \"x\"\n", "version: 1\n'quoted': \"x\"\n"),
    ],
)
def test_small_things(text: str, formatted: str) -> None:
    assert format_file(text, "x.yaml") == formatted
    assert format_file(formatted, "x.yaml") == formatted


def test_the_project_file_has_an_order_of_its_own() -> None:
    text = (
        "naming: {events: snake_case, attributes: snake_case}\nversion: 1\n"
        "workspaces:\n    a: {app_id: x, region: us}\n"
    )
    assert format_file(text, "intercom-iac.yaml", "project") == (
        "version: 1\nworkspaces:\n  a: {region: us, app_id: x}\n"
        "naming: {attributes: snake_case, events: snake_case}\n"
    )


@pytest.mark.parametrize("text", ["a: [1\n", "a: 1\na: 2\n", "a:\n\tb: 1\n", "a: !!str 1\n", "a: \x00\n"])
def test_what_is_wrong_is_left_alone_and_told(text: str) -> None:
    with pytest.raises(InvalidSpecs) as caught:
        format_file(text, "specs/x.yaml")
    assert caught.value.diagnostics[0].span is not None
    assert caught.value.diagnostics[0].span.file.path == "specs/x.yaml"


@pytest.mark.parametrize(
    "rule",
    [
        "plan=${PLAN}",
        "tier = 'x'  AND name=\"${NAME}\"",
        "plan=free OR  ${MORE}",
        "plan   = '$${'",
        "(a = '${A}')",
    ],
)
def test_a_rule_with_a_variable_in_it_keeps_its_text(rule: str) -> None:
    block = f"version: 1\nsegments:\n  s:\n    rule: {rule}\n"
    assert format_file(block, "x.yaml") == block
    quoted = rule.replace("'", "''")
    flow = f"version: 1\nsegments:\n  s: {{rule: '{quoted}'}}\n"
    assert format_file(flow, "x.yaml") == flow
