"""A rule at each stage on its way to being compiled, for `rule debug`."""

from __future__ import annotations

from typing import Any

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.rules import format_rule, normal_form, outline, parse, tokens, tree
from intercom_iac.text import Excerpt

from .compiling import predicate_of
from .loading import project_of


def shown(stage: str, text: str, project: str | None, workspace: str | None) -> tuple[Any, str]:
    """The rule as plain data and as lines. Raises `InvalidSpecs` where it does not get so far."""
    rule = Excerpt.whole(text, "<rule>")
    if stage in ("tokens", "tree"):
        syntax, diagnostics = parse(rule)
        if syntax is None:
            raise InvalidSpecs(diagnostics)
        if stage == "tree":
            return tree(syntax.root), outline(syntax.root)
        found = [(kind, span.text, span.line, span.column) for kind, span in tokens(rule)]
        return (
            [dict(zip(("kind", "text", "line", "column"), each, strict=True)) for each in found],
            "\n".join(f"{f'{line}:{column}':<7} {kind:<12} {word}" for kind, word, line, column in found),
        )
    predicate = predicate_of(text, project_of(project), workspace)
    if stage == "types":
        return tree(predicate), outline(predicate)
    lowered = normal_form(predicate)
    return {"rule": format_rule(lowered), "tree": tree(lowered)}, format_rule(lowered)
