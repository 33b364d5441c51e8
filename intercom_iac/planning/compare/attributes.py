"""Data attributes: what the specs declare against what the workspace has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Attribute, DataType, LiveAttribute, ModelName, Schema, Snapshot
from intercom_iac.model.capabilities import type_change

from ..needs import needed_by
from ..operations import (
    ArchiveAttribute,
    AttributeOperation,
    ChangeAttributeType,
    CreateAttribute,
    FieldChange,
    RestoreAttribute,
    UpdateAttribute,
)
from ..plan import Change, Place, Risk

Finding = tuple[str, Diagnostic]


def compare_attributes(schema: Schema, snapshot: Snapshot) -> tuple[list[Change], list[Finding]]:
    """The changes of every declared attribute, and by address what forbids or endangers them."""
    live: dict[tuple[ModelName, str], LiveAttribute] = {
        (attribute.model, attribute.name): attribute for attribute in snapshot.attributes
    }
    readers = needed_by(schema)
    successors = {
        (attribute.model, attribute.renamed_from): attribute.name
        for attribute in schema.attributes.values()
        if attribute.renamed_from is not None and attribute.status != "archived"
    }
    changes: list[Change] = []
    findings: list[Finding] = []
    for declared in schema.attributes.values():
        found = live.get((declared.model, declared.name))
        needed = readers.get(declared.address, ())
        if found is not None:
            changes += _changed(declared, found, needed, successors.get((declared.model, declared.name)))
        elif declared.status != "archived":
            changes.append(_created(declared, schema, live, needed))
            findings += ((declared.address, each) for each in _taken(declared, live))
            findings += ((declared.address, each) for each in _doubtful(declared))
    return changes, findings


def _created(
    declared: Attribute,
    schema: Schema,
    live: Mapping[tuple[ModelName, str], LiveAttribute],
    needed: Sequence[str],
) -> Change:
    wanted: dict[str, object] = {"type": declared.type.value}
    if declared.options:
        wanted["options"] = list(declared.options)
    if declared.description:
        wanted["description"] = declared.description
    wanted["messenger_writable"] = declared.messenger_writable
    risk: Risk = "safe"
    reason = "the workspace does not have it"
    old = live.get((declared.model, declared.renamed_from or ""))
    if old is not None:
        risk, reason = _rename(old, schema)
    fields = tuple(FieldChange(path, None, after) for path, after in wanted.items())
    operation = CreateAttribute(owner=declared.model, name=declared.name, fields=fields)
    return _change(declared, operation, risk, reason, needed)


def _rename(old: LiveAttribute, schema: Schema) -> tuple[Risk, str]:
    reason = f"renamed from `{old.name}`: Intercom cannot rename, so the values stay on `{old.name}`"
    kept = schema.attributes.get((old.model, old.name))
    if kept is not None and kept.status == "archived" and not old.archived:
        # Archived in the same apply, its values would leave every screen before anybody could copy them.
        return "caution", f"{reason}, which the specs archive: that waits for a later apply, after the copy"
    return "safe", f"{reason} until they are copied; then declare `{old.name}` with `status: archived`"


def _taken(declared: Attribute, live: Mapping[tuple[ModelName, str], LiveAttribute]) -> Iterator[Diagnostic]:
    """Names are unique across contact and company (API 2.16 description, error of POST /data_attributes)."""
    other: ModelName = "company" if declared.model == "contact" else "contact"
    if (other, declared.name) in live:
        yield codes.NAME_TAKEN.at(
            declared.span,
            f"the workspace has `{declared.name}` as a {other} attribute, and a name serves only one of the two",
            hint=f"choose another name, or declare it under `{other}`",
        )
    folded = declared.name.casefold()
    for model, name in live:
        if model == declared.model and name != declared.name and name.casefold() == folded:
            yield codes.NAME_DIFFERS_IN_CASE.at(
                declared.span,
                f"the workspace has `{name}`, which differs from `{declared.name}` only in case",
                hint=f"declare `{name}` if the two are meant to be one",
            )


def _doubtful(declared: Attribute) -> Iterator[Diagnostic]:
    """One that is there already shows that Intercom took its name; of a new one it is not known."""
    if "$" in declared.name:
        yield codes.DOLLAR_IN_NAME.at(
            declared.span,
            f"whether Intercom takes the `$` in `{declared.name}` is not known: its API says so, its help says not",
            hint="choose a name without it, unless an apply to a test workspace was accepted",
        )


def _changed(
    declared: Attribute, live: LiveAttribute, needed: Sequence[str], successor: str | None
) -> Iterator[Change]:
    """`successor`: the name of the attribute that is renamed from this one."""
    if declared.status == "archived":
        if not live.archived:
            yield _archived(declared, live, needed, successor)
        return
    retyped = _type_change(declared, live, needed)
    fields: list[FieldChange] = []
    reasons: list[str] = []
    risk: Risk = "safe"
    if live.archived:
        fields.append(FieldChange("archived", True, False))
        reasons.append("it is archived in the workspace and active in the specs")
    if declared.description is not None and declared.description != live.description:
        fields.append(FieldChange("description", live.description, declared.description))
        reasons.append("the description differs")
    if declared.options and retyped is None and set(declared.options) != set(live.options):
        fields.append(FieldChange("options", list(live.options) or None, list(declared.options)))
        options_risk, options_reason = _options_reason(declared, live)
        risk = options_risk
        reasons.append(options_reason)
    if declared.messenger_writable != live.messenger_writable:
        fields.append(FieldChange("messenger_writable", live.messenger_writable, declared.messenger_writable))
        risk = "caution"
        reasons.append(
            "any browser that runs the Messenger will be able to set it"
            if declared.messenger_writable
            else "values the Messenger sends for it will be ignored without a word"
        )
    if fields:
        operation = (RestoreAttribute if live.archived else UpdateAttribute)(
            owner=declared.model, name=declared.name, fields=tuple(fields), live_id=str(live.id)
        )
        yield _change(declared, operation, risk, "; ".join(reasons), needed)
    if retyped is not None:
        yield retyped


def _archived(
    declared: Attribute, live: LiveAttribute, needed: Sequence[str], successor: str | None
) -> Change:
    reason = (
        "`status: archived` in the specs: it leaves Intercom's screens and lists; "
        "restoring brings its values back"
    )
    if successor is not None:
        reason += f"; its values are to be on `{successor}` by then, which Intercom does not tell"
    operation = ArchiveAttribute(
        owner=declared.model,
        name=declared.name,
        fields=(FieldChange("archived", False, True),),
        live_id=str(live.id),
    )
    return _change(declared, operation, "destructive", reason, needed)


def _options_reason(declared: Attribute, live: LiveAttribute) -> tuple[Risk, str]:
    if live.type is DataType.STRING:
        return "caution", "text becomes a list: values that are no option stay on the contacts that have them"
    removed = [option for option in live.options if option not in declared.options]
    if not removed:
        added = [option for option in declared.options if option not in live.options]
        return "safe", f"new {_named('option', added)}"
    # Observed, not documented: Intercom keeps the value of a removed option on whoever has it.
    return "caution", (
        f"{_named('option', removed)} removed: whoever has the value keeps it, nobody can choose it again"
    )


def _named(noun: str, names: Sequence[str]) -> str:
    return f"{noun}{'' if len(names) == 1 else 's'} {', '.join(f'`{name}`' for name in names)}"


def _type_change(declared: Attribute, live: LiveAttribute, needed: Sequence[str]) -> Change | None:
    """A type the API cannot change."""
    if type_change(live.type, declared.type) != "by hand":
        return None
    screen = {"contact": "People", "company": "Companies"}[declared.model]
    operation = ChangeAttributeType(
        owner=declared.model,
        name=declared.name,
        fields=(FieldChange("type", live.type.value, declared.type.value),),
        live_id=str(live.id),
    )
    return _change(
        declared,
        operation,
        "caution",
        f"Intercom cannot change the type of an attribute through its API: it is {live.type.value}, the specs "
        f"want {declared.type.value}",
        needed,
        steps=(
            f"in Intercom open Settings > Data > {screen}",
            f"open the attribute `{declared.name}` and choose Edit",
            f"set its format to {_FORMATS[declared.type]}"
            + (f" with the options {', '.join(declared.options)}" if declared.options else "")
            + ", and save",
            "where the screen refuses: declare a new attribute of the right type, copy the values, point the "
            f"rules at it, then give `{declared.name}` `status: archived`",
        ),
    )


# As Intercom's screen calls them; where it puts them is an assumption, the facts hold no picture of that screen.
_FORMATS: Mapping[DataType, str] = {
    DataType.STRING: "Text",
    DataType.INTEGER: "Number",
    DataType.FLOAT: "Decimal number",
    DataType.BOOLEAN: "True/False",
    DataType.DATE: "Date",
    DataType.OPTIONS: "List",
}


def _change(
    declared: Attribute,
    operation: AttributeOperation,
    risk: Risk,
    reason: str,
    needed: Sequence[str],
    *,
    steps: tuple[str, ...] = (),
) -> Change:
    return Change(
        address=declared.address,
        operation=operation,
        risk=risk,
        reason=reason,
        steps=steps,
        needed_by=tuple(needed),
        source=Place.of(declared.span),
    )
