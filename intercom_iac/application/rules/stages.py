"""A rule at each stage on its way to being compiled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.rules import format_rule, normal_form, outline, parse, tokens, tree

from .reading import rule_excerpt

if TYPE_CHECKING:
    from intercom_iac.model import Predicate
    from intercom_iac.rules.syntax.tree import Node


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule at a stage: as plain data, and as lines for people."""

    data: Any
    text: str


def view_tokens(text: str) -> RuleView:
    """The words as the grammar takes them. Raises `InvalidSpecs` where the text cannot be parsed."""
    _parse(text)
    words = [(kind, span.text, span.line, span.column) for kind, span in tokens(rule_excerpt(text))]
    return RuleView(
        [{"kind": kind, "text": word, "line": line, "column": column} for kind, word, line, column in words],
        "\n".join(f"{f'{line}:{column}':<7} {kind:<12} {word}" for kind, word, line, column in words),
    )


def view_syntax(text: str) -> RuleView:
    """What was read, before any name is looked up. Raises `InvalidSpecs` where the text cannot be parsed."""
    root = _parse(text)
    return RuleView(tree(root), outline(root))


def view_types(rule: Predicate) -> RuleView:
    """The rule with every name resolved."""
    return RuleView(tree(rule), outline(rule))


def view_normal_form(rule: Predicate) -> RuleView:
    """The rule as compilers take it: `not` at the tests, other segments written out."""
    normal = normal_form(rule)
    return RuleView({"rule": format_rule(normal), "tree": tree(normal)}, format_rule(normal))


def _parse(text: str) -> Node:
    syntax, diagnostics = parse(rule_excerpt(text))
    if syntax is None:
        raise InvalidSpecs(diagnostics)
    return syntax.root
