"""A verb before the name of a tag, a segment or an event: `tag is vip`, told with the text as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.diagnostics import Diagnostic, Excerpt
from intercom_iac.diagnostics.codes import parse as codes


def verbs(tree: Any, rule: Excerpt) -> Iterator[Diagnostic]:
    """A mistake for each verb in lark's tree of a rule."""
    found = sorted(tree.find_data("with_verb"), key=lambda each: each.meta.start_pos)
    for node in found:
        at = next(index for index, each in enumerate(node.children) if not isinstance(each, str))
        kind, verb, label = node.children[:at], node.children[at], node.children[at + 1]
        words = [each.lower() for each in verb.children]
        right = (
            f"{' '.join(each.lower() for each in kind)} {rule.text[label.meta.start_pos : node.meta.end_pos]}"
        )
        negated = ("!=" in words) != ("not" in words)
        hint = f"write `{'not ' if negated else ''}{right}`"
        if words[0] != "is" and len(kind) == 1:
            hint += f"; an attribute called `{kind[0].lower()}` stands in backticks"
        written = rule.text[verb.meta.start_pos : verb.meta.end_pos]
        yield codes.VERB_BEFORE_NAME.at(
            rule.span(verb.meta.start_pos, verb.meta.end_pos),
            f"`{' '.join(written.split())}` has no place before the name of {_an(str(kind[-1]).lower())}",
            hint=hint,
        )


def _an(kind: str) -> str:
    return f"an {kind}" if kind == "event" else f"a {kind}"
