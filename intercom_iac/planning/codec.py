"""A plan as JSON and back.

The format is `plan.schema.json`. `decode` takes nothing else, and needs what the schema leaves optional: by it apply
knows what to call, how old the plan is and whether it still holds.

`digest` is the SHA-256 of everything else in the plan, as JSON with sorted keys, no spaces and ASCII only. It finds a
file that was changed after it was made; it is no signature, and whoever edits a file can compute it anew.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, cast

from intercom_iac.diagnostics import PlanError
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model.limits import REGISTRAR_EXTERNAL_ID

from .operations import FieldChange, operation_flaw, read_operation, risk_flaw
from .plan import (
    ArchiveProposal,
    Change,
    ComparedWith,
    Copies,
    Measurement,
    NotInSpecs,
    NotPromoted,
    Place,
    Plan,
    PlannedWorkspace,
    Promotion,
    Remark,
    RoomProposals,
    SegmentChange,
    Stage,
    Usage,
    Verification,
)
from .schema_fit import fits

FORMAT_VERSION = "1.0"


def encode(plan: Plan) -> dict[str, Any]:
    """The plan as plain data."""
    content = _content(plan)
    return content | {"digest": _digest(content)}


def plan_digest(plan: Plan) -> str:
    """One digest of the whole plan, the one that a file of it holds."""
    return _digest(_content(plan))


def _digest(content: Mapping[str, Any]) -> str:
    text = json.dumps(content, sort_keys=True, separators=(",", ":"))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _content(plan: Plan) -> dict[str, Any]:
    return {
        "format_version": FORMAT_VERSION,
        "created_at": plan.created_at and _time_text(plan.created_at),
        "workspace": asdict(plan.workspace),
        "specs_digest": plan.specs_digest,
        "live_digest": plan.live_digest,
        "summary": plan.summary,
        "limits": {"attributes": asdict(plan.attributes), "events": asdict(plan.events)},
        "targets": list(plan.targets),
        "registrar": {"external_id": REGISTRAR_EXTERNAL_ID, "action": "create"}
        if plan.makes_registrar
        else None,
        "changes": [_encode_change(change) for change in plan.changes],
        "standing": [_encode_verification(verification) for verification in plan.verifications],
        "unmanaged": list(plan.unmanaged),
        "diagnostics": [_encode_remark(remark) for remark in plan.remarks],
        "rests_on": dict(plan.rests_on),
        **({} if plan.against is None else {"against": asdict(plan.against)}),
        **({"measurements": list(map(asdict, plan.measurements))} if plan.measurements else {}),
        **({} if plan.promotion is None else {"promotion": _encode_promotion(plan.promotion)}),
        **({} if plan.room is None else {"archive_proposals": _encode_room(plan.room)}),
        **({"stages": list(map(_encode_stage, plan.stages))} if plan.stages else {}),
        **({"segment_changes": list(map(asdict, plan.segment_changes))} if plan.segment_changes else {}),
    }


# What the schema leaves optional.
_REQUIRED = {
    "created_at": "how old it is",
    "digest": "whether it was changed after it was made",
    "rests_on": "what it was made for",
}


def _encode_change(change: Change) -> dict[str, Any]:
    return {
        "address": change.address,
        "object": change.object,
        "name": change.name,
        "action": change.action,
        "risk": change.risk,
        "fields": [asdict(field) for field in change.fields],
        "reason": change.reason,
        "steps": list(change.steps),
        "needed_by": list(change.needed_by),
        "waits_for": list(change.waits_for),
        "source": None if change.source is None else asdict(change.source),
        "live_id": change.live_id,
    }


def decode(content: bytes | str, name: str) -> Plan:
    """The plan that a file holds. Raises `PlanError` (PLAN609) with the reason; `name` is the file's."""
    data = _validate_json(content, name)
    plan = Plan(
        workspace=PlannedWorkspace(**data["workspace"]),
        specs_digest=data["specs_digest"],
        live_digest=data["live_digest"],
        changes=tuple(_decode_change(change) for change in data["changes"]),
        attributes=Usage(**data["limits"]["attributes"]),
        events=Usage(**data["limits"]["events"]),
        unmanaged=tuple(data["unmanaged"]),
        remarks=tuple(_decode_remark(remark) for remark in data["diagnostics"]),
        rests_on=data["rests_on"],
        created_at=_time(data["created_at"], name),
        verifications=tuple(_decode_verification(standing) for standing in data.get("standing", ())),
        targets=tuple(data.get("targets", ())),
        against=ComparedWith(**data["against"]) if "against" in data else None,
        makes_registrar=data.get("registrar") is not None,
        measurements=tuple(Measurement(**measured) for measured in data.get("measurements", ())),
        measured="measurements" in data,
        promotion=_decode_promotion(data["promotion"]) if "promotion" in data else None,
        room=_decode_room(data["archive_proposals"]) if "archive_proposals" in data else None,
        stages=tuple(map(_decode_stage, data.get("stages", ()))),
        segment_changes=tuple(SegmentChange(**change) for change in data.get("segment_changes", ())),
    )
    if data["summary"] != plan.summary:
        raise _unreadable_plan(name, "its summary does not count its changes: it was edited")
    return plan


def _decode_change(data: dict[str, Any]) -> Change:
    return Change(
        address=data["address"],
        operation=read_operation(
            data["object"],
            data["action"],
            address=data["address"],
            name=data["name"],
            fields=tuple(FieldChange(**field) for field in data["fields"]),
            live_id=data["live_id"],
        ),
        risk=data["risk"],
        reason=data["reason"],
        steps=tuple(data["steps"]),
        needed_by=tuple(data["needed_by"]),
        source=_decode_place(data["source"]),
        waits_for=tuple(data.get("waits_for", ())),
    )


def _encode_verification(verification: Verification) -> dict[str, Any]:
    return {
        "address": verification.address,
        "object": verification.object,
        "name": verification.name,
        "verified": verification.verified,
        "unverified": verification.unverified,
        "whole": verification.complete,
    }


def _decode_verification(data: dict[str, Any]) -> Verification:
    return Verification(
        address=data["address"],
        object=data["object"],
        name=data["name"],
        verified=data["verified"],
        unverified=data["unverified"],
        complete=data["whole"],
    )


def _encode_stage(stage: Stage) -> dict[str, Any]:
    return {
        "address": stage.address,
        "replaces": stage.replaces,
        "stage": stage.stage,
        "name": stage.name,
        "due": stage.due,
        "by_hand": stage.by_hand,
        "waits_for": list(stage.waits_for),
        "copies": None if stage.copies is None else asdict(stage.copies),
    }


def _decode_stage(data: dict[str, Any]) -> Stage:
    return Stage(
        address=data["address"],
        replaces=data["replaces"],
        stage=data["stage"],
        due=data["due"],
        by_hand=data["by_hand"],
        waits_for=tuple(data["waits_for"]),
        copies=None if data["copies"] is None else Copies(**data["copies"]),
    )


def _encode_remark(remark: Remark) -> dict[str, Any]:
    place = remark.source
    return {
        "code": remark.code,
        "severity": remark.severity,
        "message": remark.message,
        "hint": remark.hint,
        "file": place and place.file,
        "line": place and place.line,
        "column": place and place.column,
        **({"counted": True} if remark.counted else {}),
    }


def _decode_remark(data: dict[str, Any]) -> Remark:
    place = None if data["file"] is None else Place(data["file"], data["line"], data["column"])
    return Remark(
        data["code"],
        data["severity"],
        data["message"],
        data["hint"],
        place,
        counted=data.get("counted", False),
    )


def _encode_promotion(promotion: Promotion) -> dict[str, Any]:
    return {
        "from": {"name": promotion.source, "app_id": promotion.app_id},
        "not_promoted": list(map(asdict, promotion.not_promoted)),
        "not_in_specs": list(map(asdict, promotion.not_in_specs)),
        "unverified": [{"address": address, "what": what} for address, what in promotion.unverified.items()],
    }


def _encode_room(room: RoomProposals) -> dict[str, Any]:
    return {
        "needed": room.needed,
        "sampled": room.sampled,
        "proposals": list(map(asdict, room.proposals)),
        "entries": room.entries,
    }


def _decode_room(data: dict[str, Any]) -> RoomProposals:
    return RoomProposals(
        needed=data["needed"],
        sampled=data["sampled"],
        proposals=tuple(
            ArchiveProposal(
                address=proposal["address"],
                reason=proposal["reason"],
                source=_decode_place(proposal["source"]),
                entry=proposal["entry"],
            )
            for proposal in data["proposals"]
        ),
        entries=data["entries"],
    )


def _decode_promotion(data: dict[str, Any]) -> Promotion:
    return Promotion(
        source=data["from"]["name"],
        app_id=data["from"]["app_id"],
        not_promoted=tuple(NotPromoted(**left) for left in data["not_promoted"]),
        not_in_specs=tuple(NotInSpecs(**left) for left in data["not_in_specs"]),
        unverified={entry["address"]: entry["what"] for entry in data["unverified"]},
    )


def _time_text(moment: datetime) -> str:
    """A time in UTC as RFC 3339 has it, to the second."""
    return f"{moment.replace(tzinfo=None).isoformat(timespec='seconds')}Z"


def _time(text: str, name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or _time_text(moment) != text:
        raise _unreadable_plan(name, f"its created_at is {text}, which is no time")
    return moment


def _decode_place(data: dict[str, Any] | None) -> Place | None:
    return None if data is None else Place(**data)


class _DuplicateKeyError(ValueError):
    """A key that an object of the file has more than once."""


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuses a key that is there twice: of those, JSON's readers take the last and people the first."""
    parsed = dict(pairs)
    if len(parsed) < len(pairs):
        ((repeated, _),) = Counter(key for key, _ in pairs).most_common(1)
        raise _DuplicateKeyError(repeated)
    return parsed


def _parse_json(content: bytes | str, name: str) -> Any:
    try:
        # Some programs begin what they save with a byte-order mark, which is no part of it.
        text = content if isinstance(content, str) else content.decode("utf-8")
        data: Any = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_unique_keys)
        # JSON can spell half a character, which no call could send: better known before the first one.
        json.dumps(data, ensure_ascii=False).encode()
        return data
    except UnicodeEncodeError as error:
        raise _unreadable_plan(name, "it holds half a character") from error
    except UnicodeDecodeError as error:
        raise _unreadable_plan(name, "it is not UTF-8 text") from error
    except _DuplicateKeyError as error:
        raise _unreadable_plan(
            name, f"it has the key `{error}` more than once in one object: it was edited"
        ) from error
    except (ValueError, RecursionError) as error:
        raise _unreadable_plan(name, "it is not whole JSON") from error


def _validate_json(content: bytes | str, name: str) -> dict[str, Any]:
    data = _parse_json(content, name)
    plan = cast("dict[str, Any]", data) if isinstance(data, dict) else {}
    version = plan.get("format_version")
    if version != FORMAT_VERSION:
        raise _unreadable_plan(
            name, f"its format_version is {version or 'missing'}, and this version reads {FORMAT_VERSION}"
        )
    if "digest" in plan and plan["digest"] != _digest({key: plan[key] for key in plan if key != "digest"}):
        raise _unreadable_plan(name, "its digest is of another content: it was changed after it was made")
    if not fits(plan, plan_schema()):
        _refuse_unfit(plan, name)
    for key, why in _REQUIRED.items():
        if plan.get(key) is None:
            raise _unreadable_plan(name, f"it has no `{key}`, which says {why}")
    for change in plan["changes"]:
        missing = [key for key in ("object", "name", "live_id") if key not in change]
        if missing:
            raise _unreadable_plan(name, f"the change of {change['address']} has no `{missing[0]}`")
        why = operation_flaw(change) or risk_flaw(change)
        if why:
            raise _unreadable_plan(name, f"the change of {change['address']} {why}")
    return plan


def _refuse_unfit(plan: Mapping[str, Any], name: str) -> None:
    """Raises `PlanError` with the place where the schema of plans is not kept to, where it is not."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError, best_match  # pyright: ignore[reportUnknownVariableType]

    # The schema is this package's own: to judge it first, as `jsonschema.validate` does, takes nine times as long.
    validator: Any = Draft202012Validator(plan_schema())
    error = cast("ValidationError | None", best_match(validator.iter_errors(plan)))
    if error is not None:
        raise _unreadable_plan(name, f"at {error.json_path} it is not what a plan has") from error


def _unreadable_plan(name: str, why: str) -> PlanError:
    message = f"`{name}` is no plan that can be read: {why}"
    hint = "make it anew with `plan --out`"
    return PlanError(message, diagnostics=[codes.UNREADABLE.at(None, message, hint=hint)])


@cache
def plan_schema() -> dict[str, Any]:
    """The JSON Schema of a plan."""
    return json.loads(Path(__file__).with_name("plan.schema.json").read_text("utf-8"))
