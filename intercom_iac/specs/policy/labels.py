"""Labels of entries, against those that the project file lists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.project.policy.labels import Vocabulary, label_value_span, unknown_label, unknown_value
from intercom_iac.yaml.corrections import near_word

from ..load.entries import AttributeEntry
from .subjects import Subject


def check_labels(subjects: Iterable[Subject], vocabulary: Vocabulary) -> Iterator[Diagnostic]:
    """Labels and values of attributes that the vocabulary does not have."""
    for subject in subjects:
        labels = subject.entry.labels if isinstance(subject.entry, AttributeEntry) else None
        for label, values in (labels or {}).items():
            if label not in vocabulary:
                message, hint = unknown_label(label, vocabulary)
                fix = near_word(subject.at("labels", label), label, vocabulary)
                yield codes.UNKNOWN_LABEL.at(subject.at("labels", label), message, hint=hint, fix=fix)
            for value in dict.fromkeys(values):
                if unknown := unknown_value(label, value, vocabulary):
                    message, hint = unknown
                    path = (*subject.declaration.path, "labels", label)
                    span = label_value_span(subject.declaration.document, path, value)
                    fix = near_word(span, value, vocabulary[label])
                    yield codes.UNKNOWN_LABEL.at(span, message, hint=hint, fix=fix)
            if not values:
                message = f"the label `{label}` of `{subject.name}` has no value"
                yield codes.UNKNOWN_LABEL.at(
                    subject.value("labels", label), message, hint="add one, or remove it"
                )
