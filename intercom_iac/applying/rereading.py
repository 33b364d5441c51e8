"""What a change would overwrite is read again right before it is made: others have the workspace too.

A field is written where it is still what the plan saw. Options that others added meanwhile are kept beside those of
the plan; anything else that moved is left as it is, and the change is refused.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from intercom_iac.diagnostics import ChangedMeanwhile
from intercom_iac.model import LiveAudience
from intercom_iac.planning import Change, FieldChange, audience_digest, audience_key, same_value
from intercom_iac.planning.operations import UpdateAttribute

_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Write:
    """The fields to send, without those that are as they should be; `kept` are options that others added."""

    fields: Mapping[str, Any]
    kept: tuple[str, ...] = ()


def write_of(change: Change, live: Mapping[str, Any] | None) -> Write:
    """What to send for a change to what is there.

    `live` are its fields as they were just read, None where it is gone. Raises `ChangedMeanwhile`.
    """
    if live is None:
        kind = change.object.replace("_", " ")
        raise ChangedMeanwhile(
            f"the {kind} `{change.name}` of {change.address} is no longer there", hint=_HINT
        )
    return _write(change, live)


def is_to_be_deleted(change: Change, audience: LiveAudience | None, rests_on: Mapping[str, str]) -> bool:
    """Whether the audience is still there. Raises `ChangedMeanwhile` where it is not what the plan saw.

    `audience` is as it was just read. `rests_on` is the plan's: with an audience goes all of it, so nothing of it may
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


def _write(change: Change, live: Mapping[str, Any]) -> Write:
    fields: dict[str, Any] = {}
    kept: tuple[str, ...] = ()
    moved: list[str] = []
    for field in change.fields:
        now = live[field.path]
        if same_value(change.object, field.path, now, field.after):
            continue
        if now == field.before or (
            field.path != "options" and same_value(change.object, field.path, now, field.before)
        ):
            fields[field.path] = field.after
        elif field.path == "options" and (merged := _merged(field, now or ())) is not None:
            fields["options"], kept = merged
        else:
            moved.append(f"its {field.path} was {_short(field.before)} and is {_short(now)} now")
    if isinstance(change.operation, UpdateAttribute) and live.get("archived"):
        moved.append("it is archived now")
    if moved:
        raise ChangedMeanwhile(
            f"{change.address} has changed since the plan was made: {', '.join(moved)}", hint=_HINT
        )
    return Write(fields, kept)


def _merged(field: FieldChange, now: Sequence[str]) -> tuple[list[str], tuple[str, ...]] | None:
    """The options of both, in the order of the workspace, and those that others added; None where others took away
    what the plan keeps."""
    before: Sequence[str] = field.before or ()
    after: Sequence[str] = field.after
    if any(each in after and each not in now for each in before):
        return None
    stay = [each for each in now if each in after or each not in before]
    return (
        [*stay, *(each for each in after if each not in now)],
        tuple(each for each in stay if each not in after),
    )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST_VALUE else f"{text[:_LONGEST_VALUE]}..."


_HINT = "nothing of it was overwritten: run `plan` to see what is to be done now"
