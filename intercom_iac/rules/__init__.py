"""The rule language: text -> untyped tree (`syntax`) -> typed tree (`check`), and back to text (`print`).

`compile_rules` and `compile_rule` are the way in; `parse` stops at the untyped tree, which needs no schema.
`satisfies` is what a rule means; `normal_form` is the shape that compilers read. lark is imported with the first rule
that is read. Imports `model` and what is below it.
"""

from typing import TYPE_CHECKING

from intercom_iac.lazy import lazy_names

if TYPE_CHECKING:
    from .compile import compile_rule, compile_rules
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
    "format_rule",
    "format_syntax",
    "normal_form",
    "outline",
    "parse",
    "satisfies",
    "settle_words",
    "tokens",
    "tree",
]

__getattr__ = lazy_names(
    __name__,
    {
        "compile": ["compile_rule", "compile_rules"],
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
