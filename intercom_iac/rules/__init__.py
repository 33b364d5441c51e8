"""The rule language: text -> untyped tree -> typed tree, and back to text, to English, to Intercom's screens.

Imports `model` and `diagnostics`. `compile_rules` and `compile_rule` are the way in; `parse` stops at the untyped
tree, which needs no schema. lark is imported with the first rule that is read.
"""

from .compile import compile_rule, compile_rules
from .english import english
from .layout import canonical_text, format_syntax
from .parse import parse, tokens
from .steps import filter_steps
from .syntax import Syntax
from .tree import outline, tree
from .unparse import format_rule

__all__ = [
    "Syntax",
    "canonical_text",
    "compile_rule",
    "compile_rules",
    "english",
    "filter_steps",
    "format_rule",
    "format_syntax",
    "outline",
    "parse",
    "tokens",
    "tree",
]
