"""Merges a change with what others did to the same object since the plan was made.

What a change would overwrite is read again right before it. A field is written where it is still what the plan saw.
Options that others added are kept beside those of the plan; any other difference refuses the change.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from intercom_iac.diagnostics import ChangedMeanwhile
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model import LiveAudience
from intercom_iac.planning import Change, FieldChange, audience_digest, audience_key, same_value
from intercom_iac.planning.operations import UpdateAttribute

_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class MergedFields:
    """The fields to send, without those that have their value already; `kept` are options that others added."""

    fields: Mapping[str, Any]
    kept: tuple[str, ...] = ()


def merge_fields(change: Change, live: Mapping[str, Any] | None) -> MergedFields:
    """The fields to send for a change of an existing object.

    `live` are the object's fields as they were just read, None where it is gone. Raises `ChangedMeanwhile`.
    """
    if live is None:
        kind = change.object.replace("_", " ")
        raise ChangedMeanwhile(
            f"the {kind} `{change.name}` of {change.address} is no longer there", hint=_HINT
        )
    fields: dict[str, Any] = {}
    kept: tuple[str, ...] = ()
    conflicts: list[str] = []
    for field in change.fields:
        now = live[field.path]
        if same_value(change.object, field.path, now, field.after):
            continue
        if now == field.before or (
            field.path != "options" and same_value(change.object, field.path, now, field.before)
        ):
            fields[field.path] = field.after
        elif field.path == "options" and (merged := _merge_options(field, now or ())) is not None:
            fields["options"], kept = merged
        else:
            conflicts.append(f"its {field.path} was {_short(field.before)} and is {_short(now)} now")
    if isinstance(change.operation, UpdateAttribute) and live.get("archived"):
        conflicts.append("it is archived now")
    if conflicts:
        raise ChangedMeanwhile(
            f"{change.address} has changed since the plan was made: {', '.join(conflicts)}", hint=_HINT
        )
    return MergedFields(fields=fields, kept=kept)


def must_delete(change: Change, audience: LiveAudience | None, rests_on: Mapping[str, str]) -> bool:
    """Whether the audience is still there. Raises `ChangedMeanwhile` where it is not what the plan saw.

    `audience` is as it was just read, None where it is gone. `rests_on` is the plan's: nothing of the audience may
    have changed.
    """
    if audience is None:
        return False
    before = rests_on.get(audience_key(change.name, change.live_id))
    if audience.name != change.name or audience_digest(audience) != before:
        raise ChangedMeanwhile(
            f"the audience `{audience.name}` of {change.address}, which was `{change.name}` when the plan was made, "
            "has changed since, and would be deleted as it is now",
            hint=_HINT,
        )
    return True


def _merge_options(field: FieldChange, now: Sequence[str]) -> tuple[list[str], tuple[str, ...]] | None:
    """The options of both, in the order of the workspace, and those that others added; None where others took away
    what the plan keeps."""
    before: Sequence[str] = field.before or ()
    after: Sequence[str] = field.after
    if any(option in after and option not in now for option in before):
        return None
    stay = [option for option in now if option in after or option not in before]
    return (
        [*stay, *(option for option in after if option not in now)],
        tuple(option for option in stay if option not in after),
    )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


_HINT = "nothing of it was overwritten: run `plan` to see what is to be done now"
