"""The rule language: text -> untyped tree (`syntax`) -> typed tree (`check`), and back to text (`print`);
a typed tree is also a JSON document (`document`).

`compile_rules` and `compile_rule` are the way in; `parse` stops at the untyped tree, which needs no schema.
`satisfies` is what a rule means; `normal_form` is the shape that compilers read. Imports `model` and what is below
it.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .compile import compile_rule, compile_rules
    from .document.encode import encode_rule
    from .document.reading import read_rule_document
    from .document.schema import rule_schema
    from .meaning import satisfies
    from .normal import normal_form
    from .print.layout import canonical_text, format_syntax
    from .print.outline import outline, tree
    from .print.settle import settle_words
    from .print.unparse import format_rule
    from .syntax.parse import parse, tokens
    from .syntax.tree import Syntax

__all__ = [
    "Syntax",
    "canonical_text",
    "compile_rule",
    "compile_rules",
    "encode_rule",
    "format_rule",
    "format_syntax",
    "normal_form",
    "outline",
    "parse",
    "read_rule_document",
    "rule_schema",
    "satisfies",
    "settle_words",
    "tokens",
    "tree",
]

__getattr__ = lazy_names(
    __name__,
    {
        "compile": ["compile_rule", "compile_rules"],
        "document.encode": ["encode_rule"],
        "document.reading": ["read_rule_document"],
        "document.schema": ["rule_schema"],
        "meaning": ["satisfies"],
        "normal": ["normal_form"],
        "print.layout": ["canonical_text", "format_syntax"],
        "print.outline": ["outline", "tree"],
        "print.settle": ["settle_words"],
        "print.unparse": ["format_rule"],
        "syntax.parse": ["parse", "tokens"],
        "syntax.tree": ["Syntax"],
    },
)
