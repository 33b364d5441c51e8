"""What is wrong with `policy` in the project file, beyond its shape."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.text import did_you_mean
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Document, Path

from .labels import label_value_span, unknown_label, unknown_value
from .levels import lint_codes, why_no_level
from .patterns import pattern_mistake
from .settings import STANDARD_ADDRESSES, PolicySettings


def check_policy_settings(document: Document, policy: PolicySettings) -> Iterator[Diagnostic]:
    """Patterns that do not work, codes without levels, labels and values that the vocabulary does not have."""
    for index, forbidden in enumerate(policy.forbidden_names):
        path: Path = ("policy", "forbidden_names", index, "pattern")
        if wrong := pattern_mistake(forbidden.pattern):
            yield codes.BAD_PATTERN.at(
                document.span(path),
                f"`{forbidden.pattern}` is not a pattern that works: {wrong}",
                hint="write a regular expression, without look-around and back-references, such as `^tmp_`",
            )
    for code in policy.levels:
        if reason := why_no_level(code):
            message, hint = reason
            span = document.key_span(("policy", "levels", code))
            fix = near_word(span, code, lint_codes())
            yield codes.BAD_LEVEL.at(span, message, hint=hint, fix=fix)
    yield from _check_standard(document, policy)
    yield from _check_flows(document, policy)


def _check_standard(document: Document, policy: PolicySettings) -> Iterator[Diagnostic]:
    for address, labels in policy.standard.items():
        path: Path = ("policy", "standard", address)
        if address not in STANDARD_ADDRESSES:
            yield codes.NOT_STANDARD.at(
                document.key_span(path),
                f"`{address}` is not one of Intercom's own attributes",
                hint=did_you_mean(address, STANDARD_ADDRESSES)
                or "the labels of an attribute that specs declare stand in its entry",
                fix=near_word(document.key_span(path), address, STANDARD_ADDRESSES, closed=True),
            )
        for label, values in labels.items():
            for value in values:
                yield from _check_label(document, policy, (*path, label), label, value)


def _check_flows(document: Document, policy: PolicySettings) -> Iterator[Diagnostic]:
    for index, flow in enumerate(policy.flows):
        path: Path = ("policy", "flows", index)
        if not flow.may_not_depend_on and not flow.may_only_depend_on:
            yield codes.NO_CONDITION.at(
                document.span(path),
                "this flow forbids nothing",
                hint="add `may_not_depend_on` or `may_only_depend_on`, with a label and its value",
            )
        for key in ("may_not_depend_on", "may_only_depend_on"):
            conditions: dict[str, str] = getattr(flow, key)
            for label, value in conditions.items():
                yield from _check_label(document, policy, (*path, key, label), label, value)


def _check_label(
    document: Document, policy: PolicySettings, path: Path, label: str, value: str
) -> Iterator[Diagnostic]:
    if policy.labels is None:
        return
    if label not in policy.labels:
        message, hint = unknown_label(label, policy.labels)
        span = document.key_span(path)
        fix = near_word(span, label, policy.labels)
        yield codes.OUTSIDE_VOCABULARY.at(span, message, hint=hint, fix=fix)
    elif unknown := unknown_value(label, value, policy.labels):
        message, hint = unknown
        span = label_value_span(document, path, value)
        fix = near_word(span, value, policy.labels[label])
        yield codes.OUTSIDE_VOCABULARY.at(span, message, hint=hint, fix=fix)
