"""Labels: the kind of data an attribute holds, from a vocabulary in the project file."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.model import Labels
from intercom_iac.text import Span, did_you_mean
from intercom_iac.text.lists import brief_list
from intercom_iac.yaml.nodes import Document, Path, Scalar, Sequence

from .settings import PolicySettings

Vocabulary = Mapping[str, list[str]]


def unknown_label(label: str, vocabulary: Vocabulary) -> tuple[str, str | None]:
    """What is said of a label that the vocabulary does not have, and what to do."""
    hint = did_you_mean(label, vocabulary) or (f"labels: {brief_list(vocabulary)}" if vocabulary else None)
    return f"the label `{label}` is not among those of the project", hint


def unknown_value(label: str, value: str, vocabulary: Vocabulary) -> tuple[str, str] | None:
    """What is said of a value that a label of the vocabulary does not have, and what to do; None for one it has."""
    known = vocabulary.get(label)
    if not known or value in known:
        return None
    hint = did_you_mean(value, known) or f"its values: {brief_list(known)}"
    return f"`{value}` is not a value of the label `{label}`", hint


def label_value_span(document: Document, path: Path, value: str) -> Span:
    """Where a value stands of the label at a path: it may be the only one, without a list."""
    node = document.node(path)
    items = node.items if isinstance(node, Sequence) else []
    for index, item in enumerate(items):
        if isinstance(item, Scalar) and item.text == value:
            return document.span((*path, index))
    return document.span(path)


def labels_of(written: Mapping[str, list[str]]) -> Labels:
    """Labels as they are written, as the model has them."""
    return tuple((key, tuple(sorted(set(written[key])))) for key in sorted(written))


def standard_labels(policy: PolicySettings) -> dict[str, Labels]:
    """The labels that the project gives to Intercom's own attributes, by address."""
    return {address: labels_of(written) for address, written in policy.standard.items()}
