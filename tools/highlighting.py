"""Writes docs/rule.tmLanguage.json and docs/rule-in-yaml.tmLanguage.json, TextMate grammars for highlighting rules.

    python tools/highlighting.py

Each terminal of the rule language is a pattern, in the order in which its own lexer tries them, so that a new word
of the language needs nothing here: it is highlighted as a keyword, unless `_SCOPES` has something else for it. A
TextMate grammar knows no more of the context than what stands before: what follows a comparison is taken for a value.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from intercom_iac.rules.syntax.special_words import ABSENT, DAYS, PRESENT, TRUTHS
from intercom_iac.rules.syntax.tables import TERMINALS

ROOT = Path(__file__).parents[1]
RULE, RULE_IN_YAML = ROOT / "docs" / "rule.tmLanguage.json", ROOT / "docs" / "rule-in-yaml.tmLanguage.json"

_KEYWORD = "keyword.operator.word"
_SCOPES = {
    **dict.fromkeys(("_AND", "_OR", "NOT"), "keyword.operator.logical"),
    "SIGN": "keyword.operator.comparison",
    **dict.fromkeys(("EVENT", "TAG", "SEGMENT", "COMPANY", "COMPANY_DOT"), "storage.type"),
    **dict.fromkeys(("UNIT", "DAYS", "TIMES", "HENCE"), "keyword.other.unit"),
    "NUMBER": "constant.numeric",
    "DATE": "constant.other.date",
    "QUOTED": "string.quoted",
    **dict.fromkeys(("BACKTICKED", "OF_COMPANY"), "variable.other.quoted"),
    "NAME": "variable.other",
    "COMMENT": "comment.line.number-sign",
    "LPAR": "punctuation.section.parens.begin",
    "RPAR": "punctuation.section.parens.end",
    "_COMMA": "punctuation.separator",
}
_SILENT = {"SPACE"}
# What a name follows, what a value follows, and what a list of values in parentheses follows.
_BEFORE_NAMES = ("EVENT", "TAG", "SEGMENT", "HAS_TAG", "LACKS_TAG", "IN_SEGMENT", "OUTSIDE_SEGMENT")
_BEFORE_VALUES = ("SIGN",), ("CONTAINS", "LACKS")
_BEFORE_LISTS = ("IN", "ANY_OF", "NONE_OF")
# How a plain text of YAML begins.
_PLAIN = r"[^\s|>#'\"{\[&*!%@]"
_IS = r"(?i:is(?:\s+not)?(?![\w-]))|(?i:isn['’]t(?![\w-]))"


def terminals() -> dict[str, str]:
    """The terminals by name, each as a regular expression, in the order in which they are tried."""
    return {name: _without_groups(pattern) for name, _, pattern in TERMINALS if name not in _SILENT}


def _without_groups(pattern: str) -> str:
    """The pattern with no group that captures: what stands around it counts its own. All of it can be seen."""
    pieces = re.finditer(r"\\.|\[(?:\\.|[^\]\\])*\]|\(\??|.", pattern, re.DOTALL)
    plain = "".join("(?:" if piece[0] == "(" else piece[0] for piece in pieces)
    return plain.replace("\x7f", r"\x7f")


def rule_grammar() -> dict[str, Any]:
    """The grammar of a rule's text."""
    words = terminals()
    keywords = [name for name in words if _scope(name) == _KEYWORD or _scope(name).endswith("logical")]
    # `>= company.size` compares with an attribute.
    name, label = (
        f"(?!{words['COMPANY_DOT']}){words['NAME']}",
        _any_of(words, ("NAME", "QUOTED", "BACKTICKED")),
    )
    value = {"name": "string.unquoted.rule", "patterns": [{"include": "#special"}]}
    listed = [
        _pattern(words, known)
        for known in ("COMMENT", "QUOTED", "DATE", "NUMBER", "_COMMA")
        if known in words
    ]
    return {
        "$comment": "Made by `make highlighting` from intercom_iac/rules/syntax/grammar.lark.",
        "name": "Rule of intercom-iac",
        "scopeName": "source.intercom-rule",
        "fileTypes": ["rule"],
        "patterns": [
            _pattern(words, "COMMENT"),
            {
                "match": f"({_any_of(words, _BEFORE_NAMES)})\\s+(?:({_IS}|!?=)\\s*)?({label})",
                "captures": {
                    "1": {"name": "storage.type.rule"},
                    "2": {"name": f"{_KEYWORD}.rule"},
                    "3": {"name": "entity.name.type.rule"},
                },
            },
            {
                "begin": f"({_any_of(words, _BEFORE_LISTS)})\\s*(\\()",
                "end": "\\)",
                "beginCaptures": {
                    "1": {"name": f"{_KEYWORD}.rule"},
                    "2": {"name": f"{_SCOPES['LPAR']}.rule"},
                },
                "endCaptures": {"0": {"name": f"{_SCOPES['RPAR']}.rule"}},
                "patterns": [*listed, {"match": name, **value}],
            },
            *(
                {
                    "match": f"({_any_of(words, before)})\\s*({name})",
                    "captures": {"1": {"name": f"{_scope(before[0])}.rule"}, "2": value},
                }
                for before in _BEFORE_VALUES
            ),
            {
                "match": f"({_IS})\\s+(?!{_any_of(words, keywords)})({name})",
                "captures": {"1": {"name": f"{_KEYWORD}.rule"}, "2": value},
            },
            {"include": "#words"},
        ],
        "repository": {
            "words": {"patterns": [_constants(DAYS), *(_pattern(words, known) for known in words)]},
            "special": {"patterns": [_constants((*ABSENT, *PRESENT, *TRUTHS, *DAYS))]},
        },
    }


def rule_in_yaml_grammar() -> dict[str, Any]:
    """What is put into the grammar of YAML: the text under the key `rule` is a rule."""
    captures = {
        "2": {"name": "entity.name.tag.yaml"},
        "3": {"name": "punctuation.separator.key-value.mapping.yaml"},
        "4": {"name": "keyword.control.flow.block-scalar.yaml"},
    }
    return {
        "$comment": "Made by `make highlighting`.",
        "name": "Rules of intercom-iac in YAML",
        "scopeName": "source.yaml.intercom-rule",
        "injectionSelector": "L:source.yaml",
        "patterns": [
            {
                # A text on the lines below, or one that begins on this line and goes on there, further in.
                "begin": f"^(\\s*)(rule)\\s*(:)\\s+(?:([|>][-+0-9]*)\\s*$|(?={_PLAIN}))",
                "while": "^(?:\\1\\s+(?=\\S)|\\s*$)",
                "beginCaptures": captures,
                "contentName": "meta.embedded.rule source.intercom-rule",
                "patterns": [{"include": "source.intercom-rule"}],
            }
        ],
    }


def _scope(name: str) -> str:
    return _SCOPES.get(name, _KEYWORD)


def _pattern(words: dict[str, str], name: str) -> dict[str, Any]:
    return {"match": words[name], "name": f"{_scope(name)}.rule"}


def _constants(words: Iterable[str]) -> dict[str, Any]:
    return {"match": f"(?i:{'|'.join(sorted(words))})(?![\\w.-])", "name": "constant.language.rule"}


def _any_of(words: dict[str, str], names: Iterable[str]) -> str:
    """Any of those of the terminals that there are, in their own order."""
    wanted = set(names)
    return f"(?:{'|'.join(pattern for name, pattern in words.items() if name in wanted)})"


def grammar_text(grammar: dict[str, Any]) -> str:
    """A grammar as its file has it."""
    return json.dumps(grammar, indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    RULE.write_text(grammar_text(rule_grammar()), "utf-8")
    RULE_IN_YAML.write_text(grammar_text(rule_in_yaml_grammar()), "utf-8")
