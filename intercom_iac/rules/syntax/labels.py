"""Names of tags, segments and events that are none: `event is x`, `tag null`, told with the text as it should be."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import parse as codes
from intercom_iac.diagnostics.codes import type as type_codes
from intercom_iac.text import Excerpt

from ..corrections import replacement_fix
from ..print.text import quote
from .special_words import presence

_TOLD = frozenset({"with_verb", "tag"})


def label_mistakes(tree: Any, rule: Excerpt) -> Iterator[Diagnostic]:
    """A mistake for each sign or verb before a name in lark's tree of a rule, and for each tag that is no name."""
    found = [node for node in tree.iter_subtrees() if node.data in _TOLD]
    for node in sorted(found, key=lambda node: node.meta.start_pos):
        if node.data == "with_verb":
            yield _verb(node, rule)
        elif (known := _asked_presence(node.children[-1])) is not None:
            yield _word(node, rule, known=known)


def _verb(node: Any, rule: Excerpt) -> Diagnostic:
    at = next(index for index, child in enumerate(node.children) if not isinstance(child, str))
    kind, verb, label = node.children[:at], node.children[at], node.children[at + 1]
    start, end = verb.meta.start_pos, verb.meta.end_pos
    words = [str(word).lower() for word in verb.children]
    name = rule.text[label.meta.start_pos : node.meta.end_pos]
    is_tag = kind[-1].type == "TAG"
    known = _asked_presence(label) if is_tag else None
    if is_tag and label.children[0].type == "NAME" and (name.lower() == "is" or known is not None):
        name = quote(name)
    negated = (words[0] in ("!=", "<>")) != ("not" in words)
    right = f"{'not ' if negated else ''}{' '.join(word.lower() for word in kind)} {name}"
    hint = f"write `{right}`"
    if words[0] != "is" and len(kind) == 1:
        hint += f"; an attribute called `{kind[0].lower()}` stands in backticks"
    elif known is not None:
        hint += f" for the tag of that name; a rule cannot ask for {_which_tag(known)} at all"
    return codes.VERB_BEFORE_NAME.at(
        rule.span(start, end),
        f"`{' '.join(words)}` has no place before the name of {_an(str(kind[-1]).lower())}",
        hint=hint,
        fix=replacement_fix(
            rule.span(node.meta.start_pos, node.meta.end_pos),
            right,
            # Where the hint has a second reading, the first one is a guess.
            safe=hint.endswith(f"{right}`"),
        ),
    )


def _word(node: Any, rule: Excerpt, *, known: bool) -> Diagnostic:
    label = node.children[-1]
    word = str(label.children[0])
    negated = any(child.type in ("NOT", "ISNT", "LACKS_TAG") for child in node.children[:-1])
    company = "company " if node.children[0].type == "COMPANY" else ""
    right = f"{'not ' if negated else ''}{company}tag {quote(word)}"
    span = rule.span(label.meta.start_pos, label.meta.end_pos)
    return type_codes.NOT_A_TEXT.at(
        span,
        f"`{word}` reads as {_which_tag(known)}, which a rule cannot ask for",
        hint=f"write `{right}` for the tag of that name",
        fix=replacement_fix(span, quote(word), safe=False),
    )


def _which_tag(known: bool) -> str:
    return "any tag" if known else "no tag"


def _asked_presence(label: Any) -> bool | None:
    """What the bare name of a tag asks for, as `presence` says; None for any other name."""
    token = label.children[0]
    return presence(token) if token.type == "NAME" else None


def _an(kind: str) -> str:
    return f"an {kind}" if kind == "event" else f"a {kind}"
