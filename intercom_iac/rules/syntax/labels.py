"""Names of events and tags that are none: `event is x`, `tag null`, told with the text as it should be."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import parse as codes
from intercom_iac.diagnostics.codes import type as type_codes
from intercom_iac.text import Excerpt

from ..corrections import replacement_fix
from ..print.text import quote
from .build import denies
from .phrase import Phrase
from .special_words import presence

# The terminals before a name that may be none.
LABELLED = frozenset({"VERB", "TAG", "HAS_TAG", "LACKS_TAG"})


def label_mistakes(tree: Phrase, rule: Excerpt) -> Iterator[Diagnostic]:
    """A mistake for each verb before an event's name in the phrases of a rule, and for each tag that is no name."""
    for node in tree.walk():
        if node.data == "with_verb":
            yield _verb(node, rule)
        elif node.data == "tag" and (known := _asked_presence(node.children[-1])) is not None:
            yield _word(node, rule, known=known)


def _verb(node: Phrase, rule: Excerpt) -> Diagnostic:
    _, verb, label, *_ = node.children
    start, end = verb.start_pos, verb.end_pos
    words = [str(word).lower() for word in verb.children]
    negated = (words[0] in ("!=", "<>")) != ("not" in words)
    right = f"{'not ' if negated else ''}event {rule.text[label.start_pos : node.end_pos]}"
    is_verb = words[0] == "is"
    hint = f"write `{right}`" + ("" if is_verb else "; an attribute called `event` stands in backticks")
    return codes.VERB_BEFORE_NAME.at(
        rule.span(start, end),
        f"`{' '.join(words)}` has no place before the name of an event",
        hint=hint,
        # Where the hint has a second reading, the first one is a guess.
        fix=replacement_fix(rule.span(node.start_pos, node.end_pos), right, safe=is_verb),
    )


def _word(node: Phrase, rule: Excerpt, *, known: bool) -> Diagnostic:
    label = node.children[-1]
    word = str(label.children[0])
    negated = denies(node.children)
    company = "company " if node.children[0].type == "COMPANY" else ""
    right = f"{'not ' if negated else ''}{company}tag {quote(word)}"
    span = rule.span(label.start_pos, label.end_pos)
    return type_codes.NOT_A_TEXT.at(
        span,
        f"`{word}` reads as {_which_tag(known)}, which a rule cannot ask for",
        hint=f"write `{right}` for the tag of that name",
        fix=replacement_fix(span, quote(word), safe=False),
    )


def _which_tag(known: bool) -> str:
    return "any tag" if known else "no tag"


def _asked_presence(label: Phrase) -> bool | None:
    """What the bare name of a tag asks for, as `presence` says; None for any other name."""
    token = label.children[0]
    return presence(token) if token.type == "NAME" else None
