"""What differs between the specs and the workspace, as fields of an operation."""

from __future__ import annotations

from intercom_iac.changes import Difference

from ..operations import FieldChange


def field_change(difference: Difference) -> FieldChange:
    return FieldChange(path=difference.key, before=difference.before, after=difference.after)
