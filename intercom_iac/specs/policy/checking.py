"""All checks of the policy on entries themselves; what segments may depend on is in `flows`."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.project.policy.settings import (
    LengthSettings,
    NamingSettings,
    PolicySettings,
    RequiredSettings,
)

from ..load.declarations import Declarations
from .labels import check_labels
from .names import check_forbidden, check_styles
from .subjects import subjects_of
from .wording import check_lengths, check_owners, check_required


def check_entries(
    declared: Declarations, naming: NamingSettings, policy: PolicySettings
) -> Iterator[Diagnostic]:
    """What the project asks of its entries and does not get, in no order. What is not asked for costs nothing."""
    asked = (
        naming != NamingSettings(),
        bool(policy.forbidden_names),
        policy.require != RequiredSettings(),
        policy.max_length != LengthSettings(),
        policy.owners is not None,
        policy.labels is not None,
    )
    if not any(asked):
        return
    subjects = list(subjects_of(declared))
    yield from check_styles(subjects, naming)
    yield from check_forbidden(subjects, policy.forbidden_names)
    yield from check_required(subjects, policy)
    yield from check_lengths(subjects, policy.max_length)
    if policy.owners is not None:
        yield from check_owners(subjects, policy.owners)
    if policy.labels is not None:
        yield from check_labels(subjects, policy.labels)
