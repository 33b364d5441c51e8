"""Checks of required keys, lengths of texts, and owners."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.project.policy.settings import LengthSettings, PolicySettings, RequiredSettings
from intercom_iac.text import Span, did_you_mean
from intercom_iac.text.lists import brief_list
from intercom_iac.yaml.corrections import near_word

from ..load.entries import SegmentEntry
from .names import names_of
from .subjects import Subject


def check_required(subjects: Iterable[Subject], policy: PolicySettings) -> Iterator[Diagnostic]:
    """What an entry of its kind has to say and does not. What has a mistake of its own is said."""
    required = _required_keys(policy.require)
    for subject in subjects:
        for key in required[subject.kind]:
            value = getattr(subject.entry, key)
            if _says_something(value):
                continue
            node = subject.node(key)
            if value is None and node is not None and node.data is not None:
                continue
            yield codes.MISSING.at(
                subject.span if node is None else subject.value(key),
                f"{subject.title} has no {key}",
                hint=_remedy(key, policy),
            )


def _required_keys(require: RequiredSettings) -> dict[str, list[str]]:
    return {
        kind: list(dict.fromkeys(getattr(require, kind)))
        for kind in ("attributes", "events", "metadata", "segments")
    }


def _says_something(value: str | dict[str, list[str]] | None) -> bool:
    return bool(value.strip()) if isinstance(value, str) else bool(value and any(value.values()))


def _remedy(key: str, policy: PolicySettings) -> str:
    if key == "owner":
        return f"add an `owner`: {brief_list(policy.owners, 'or')}" if policy.owners else "add an `owner`"
    if key == "labels":
        return f"add `labels`: {brief_list(policy.labels, 'or')}" if policy.labels else "add `labels`"
    return "add a `description`, for whoever meets it later"


def check_lengths(subjects: Iterable[Subject], lengths: LengthSettings) -> Iterator[Diagnostic]:
    """Names, descriptions and rules that are longer than the project lets them be."""
    for subject in subjects:
        if lengths.name is not None:
            for name, span in names_of(subject):
                yield from _check_length(
                    f"the name of this {subject.word}", name, lengths.name, span, "shorten it"
                )
        description = subject.entry.description
        if lengths.description is not None and description is not None:
            what = f"the description of `{subject.name}`"
            span = subject.value("description")
            yield from _check_length(what, description, lengths.description, span, "shorten it")
        if (
            lengths.rule is not None
            and isinstance(subject.entry, SegmentEntry)
            and not subject.entry.has_unknown_rule
        ):
            hint = "make a part of it a segment of its own, and refer to that"
            what = f"the rule of `{subject.name}`"
            yield from _check_length(
                what, subject.entry.rule.strip(), lengths.rule, subject.value("rule"), hint
            )


def _check_length(what: str, text: str, most: int, span: Span, hint: str) -> Iterator[Diagnostic]:
    if len(text) > most:
        yield codes.TOO_LONG.at(
            span, f"{what} has {len(text):,} characters, and {most:,} are allowed", hint=hint
        )


def check_owners(subjects: Iterable[Subject], owners: Sequence[str]) -> Iterator[Diagnostic]:
    """Owners that are not among those of the project."""
    known = frozenset(owners)
    for subject in subjects:
        owner: str | None = getattr(subject.entry, "owner", None)
        if owner is not None and owner.strip() and owner not in known:
            yield codes.UNKNOWN_OWNER.at(
                subject.value("owner"),
                f"`{owner}` is not among the owners of the project",
                hint=did_you_mean(owner, owners) or (f"owners: {brief_list(owners)}" if owners else None),
                fix=near_word(subject.value("owner"), owner, owners),
            )
