"""The TextMate grammars in docs: made of the words of the language as it is, and read by an editor's own engine."""

from __future__ import annotations

import importlib.util
import itertools
import json
import re
from pathlib import Path
from types import ModuleType

import pytest

from support.judges.programs import highlighted

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("highlighting", ROOT / "tools" / "highlighting.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_files_are_up_to_date(tool: ModuleType) -> None:
    """`make highlighting` writes them."""
    assert tool.RULE.read_text("utf-8") == tool.grammar_text(tool.rule_grammar())
    assert tool.RULE_IN_YAML.read_text("utf-8") == tool.grammar_text(tool.rule_in_yaml_grammar())


def test_what_has_a_colour_of_its_own_is_in_the_language(tool: ModuleType) -> None:
    named = {*tool._SCOPES, *tool._BEFORE_NAMES, *itertools.chain(*tool._BEFORE_VALUES), *tool._BEFORE_LISTS}
    assert named <= {*tool.terminals(), "COMMENT"}


SAMPLES: list[tuple[str, dict[str, str]]] = [
    (
        "plan_type = trial AND company.size > 50.5  # billing = x",
        {
            "plan_type": "variable.other",
            "=": "keyword.operator.comparison",
            "trial": "string.unquoted",
            "AND": "keyword.operator.logical",
            "company.": "storage.type",
            "size": "variable.other",
            "50.5": "constant.numeric",
            "# billing = x": "comment.line.number-sign",
        },
    ),
    (
        "not event `sign up` where k is unknown count >= 3 within last 30 days",
        {
            "not": "keyword.operator.logical",
            "event": "storage.type",
            "`sign up`": "entity.name.type",
            "where": "keyword.operator.word",
            "is": "keyword.operator.word",
            "unknown": "keyword.operator.word",
            "3": "constant.numeric",
            "days": "keyword.other.unit",
        },
    ),
    (
        "tier is 'it''s' or tag vip or segment on_trial or discount is not true",
        {
            "tier": "variable.other",
            "'it''s'": "string.quoted",
            "vip": "entity.name.type",
            "on_trial": "entity.name.type",
            "discount": "variable.other",
            "true": "constant.language",
        },
    ),
    (
        "plan not in (free, 'a b', 3) and größe_é contains abc and ends more than 3 weeks ago",
        {
            "in": "keyword.operator.word",
            "free": "string.unquoted",
            "'a b'": "string.quoted",
            ")": "punctuation.section.parens.end",
            "größe_é": "variable.other",
            "contains": "keyword.operator.word",
            "abc": "string.unquoted",
            "more than": "keyword.operator.word",
            "weeks": "keyword.other.unit",
            "ago": "keyword.other.unit",
        },
    ),
    (
        "event bought sum of seats >= 10 over last 3 days and d before today and e < company.`x y`",
        {
            "bought": "entity.name.type",
            "sum of": "keyword.operator.word",
            "seats": "variable.other",
            "over": "keyword.operator.word",
            "days": "keyword.other.unit",
            "today": "constant.language",
            "before": "keyword.operator.word",
            "company.`x y`": "variable.other.quoted",
        },
    ),
    (
        "has tag vip and name does not contain word foo and n is any of (a, empty) and email is not empty",
        {
            "has tag": "storage.type",
            "vip": "entity.name.type",
            "does not contain word": "keyword.operator.word",
            "foo": "string.unquoted",
            "any of": "keyword.operator.word",
            "a": "string.unquoted",
            "is not": "keyword.operator.word",
            "empty": "constant.language",
        },
    ),
    (
        "ends after 2026-01-31 and `the one` = a-b",
        {"2026-01-31": "constant.other.date", "`the one`": "variable.other.quoted", "a-b": "string.unquoted"},
    ),
]


def test_rules_are_highlighted(tool: ModuleType) -> None:
    lines = highlighted([rule for rule, _ in SAMPLES], "source.intercom-rule", tool.RULE)
    for line, (rule, expected) in zip(lines, SAMPLES, strict=True):
        found = dict(line)
        assert {word: found[word].removesuffix(".rule") for word in expected} == expected, rule


def test_every_word_of_every_golden_has_a_colour(tool: ModuleType) -> None:
    rules = [path.read_text("utf-8") for path in sorted((ROOT / "tests/golden/rules").glob("*/rule.txt"))]
    lines = [line for rule in rules for line in rule.splitlines()]
    pieces = [piece for line in highlighted(lines, "source.intercom-rule", tool.RULE) for piece in line]
    plain = {word for word, scope in pieces if scope == "source.intercom-rule"}
    assert not any(word.strip() for word in plain)


def test_a_rule_in_yaml_is_highlighted_to_its_end(tool: ModuleType) -> None:
    lines = """\
segments:
  first:
    rule: plan = trial
      and vip   # only
    name: vip and other
  second:
    rule: |

      event bought
      or tag `x y`
    owner: event and more
  third: {rule: "plan = pro"}
""".splitlines()
    found = [
        piece for line in highlighted(lines, "source.yaml", tool.RULE, tool.RULE_IN_YAML) for piece in line
    ]
    words = [word for word, scope in found if scope.endswith(".rule") and word.strip()]
    assert words == ["plan", "=", "trial", "and", "vip", "# only", "event", "bought", "or", "tag", "`x y`"]
    assert found.count(("rule", "entity.name.tag.yaml")) == 2


def test_the_extension_of_the_docs_names_the_grammars(tool: ModuleType) -> None:
    page = (ROOT / "docs" / "api.md").read_text("utf-8")
    (manifest,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    declared = {
        entry["scopeName"]: entry["path"] for entry in json.loads(manifest)["contributes"]["grammars"]
    }
    files = (tool.RULE, tool.RULE_IN_YAML)
    assert declared == {json.loads(file.read_text("utf-8"))["scopeName"]: f"./{file.name}" for file in files}
