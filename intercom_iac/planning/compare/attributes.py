"""Data attributes: what the specs declare against what the workspace has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from intercom_iac.changes import Difference, Risk, compare_with_live, creation_differences, sort_differences
from intercom_iac.changes import attributes as table
from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import plan as codes
from intercom_iac.model import Attribute, DataType, LiveAttribute, ModelName, Schema, Snapshot
from intercom_iac.model.capabilities import type_change

from ..needs import needed_by
from ..operations import (
    ArchiveAttribute,
    AttributeOperation,
    ChangeAttributeType,
    CopyValues,
    CreateAttribute,
    FieldChange,
    RestoreAttribute,
    UpdateAttribute,
)
from ..plan import Change, Place
from ..replacements import Replacement, conversion_steps, copy_command
from .field_changes import field_change

Finding = tuple[str, Diagnostic]


# The order in which a plan lists the fields; any others come after these. A saved plan is compared with the one made
# again to the letter, so that another order would make every saved plan stale.
_CREATION_ORDER = ("type", "options", "description")
_UPDATE_ORDER = ("archived", "description", "options")
_GRAVITY: Mapping[Risk, int] = {"safe": 0, "caution": 1, "destructive": 2}


def compare_attributes(
    schema: Schema, snapshot: Snapshot, replacements: Sequence[Replacement] = ()
) -> tuple[list[Change], list[Finding]]:
    """The changes of every declared attribute, and by address what forbids or endangers them.

    `replacements` are those that are not finished: where it is due, the copy of the values is a change.
    """
    live_attributes: dict[tuple[ModelName, str], LiveAttribute] = {
        (attribute.model, attribute.name): attribute for attribute in snapshot.attributes
    }
    readers = needed_by(schema)
    successors = {key: attribute.name for key, attribute in schema.successors().items()}
    to_copy = {
        replacement.new.address: replacement for replacement in replacements if replacement.is_due_to_copy
    }
    changes: list[Change] = []
    findings: list[Finding] = []
    for declared in schema.attributes.values():
        key = (declared.model, declared.name)
        needed = readers.get(declared.address, ())
        live = live_attributes.get(key)
        if live is not None:
            changes += _changes_of_live(declared, live, needed, successors.get(key))
            if declared.address in to_copy:
                changes.append(_copy(to_copy[declared.address], needed))
        elif declared.status != "archived":
            changes.append(_creation(declared, schema, live_attributes, needed))
            problems = (
                *_name_conflicts(declared, live_attributes),
                *_doubtful_name(declared),
                *_unknown_predecessor(declared, schema, live_attributes),
            )
            findings += ((declared.address, diagnostic) for diagnostic in problems)
    return changes, findings


def _creation(
    declared: Attribute,
    schema: Schema,
    live: Mapping[tuple[ModelName, str], LiveAttribute],
    needed: Sequence[str],
) -> Change:
    risk: Risk = "safe"
    reason = "the workspace does not have it"
    replaced = declared.replaced
    old = None if replaced is None else live.get((declared.model, replaced.attribute))
    if old is not None:
        risk, reason = _rename(old, schema, converted=declared.replaces is not None)
    differences = sort_differences(creation_differences(table.FIELDS, declared=declared), _CREATION_ORDER)
    fields = tuple(map(field_change, differences))
    operation = CreateAttribute(owner=declared.model, name=declared.name, fields=fields)
    return _change(declared, operation, risk, reason, needed)


def _rename(old: LiveAttribute, schema: Schema, *, converted: bool) -> tuple[Risk, str]:
    reason = (
        f"replaces `{old.name}`: Intercom converts no values, so they stay on `{old.name}`"
        if converted
        else f"renamed from `{old.name}`: Intercom cannot rename, so the values stay on `{old.name}`"
    )
    kept = schema.attributes.get((old.model, old.name))
    if kept is not None and kept.status == "archived" and not old.archived:
        # Archived in the same apply, its values would leave every screen before anybody could copy them.
        return "caution", f"{reason}, which the specs archive: that waits for a later apply, after the copy"
    return "safe", f"{reason} until they are copied; then declare `{old.name}` with `status: archived`"


def _name_conflicts(
    declared: Attribute, live: Mapping[tuple[ModelName, str], LiveAttribute]
) -> Iterator[Diagnostic]:
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


def _unknown_predecessor(
    declared: Attribute, schema: Schema, live: Mapping[tuple[ModelName, str], LiveAttribute]
) -> Iterator[Diagnostic]:
    """One that takes the place of what neither the specs nor the workspace have, such as a misspelt name."""
    replaced = declared.replaced
    key = None if replaced is None else (declared.model, replaced.attribute)
    if replaced is not None and key not in schema.attributes and key not in live:
        yield codes.NOTHING_REPLACED.at(
            declared.span,
            f"`{declared.name}` takes the place of `{replaced.attribute}`, which the workspace does not have",
            hint="nothing is to be copied here; check how the name is spelled",
        )


def _doubtful_name(declared: Attribute) -> Iterator[Diagnostic]:
    """One that is there already shows that Intercom took its name; of a new one it is not known."""
    if "$" in declared.name:
        yield codes.DOLLAR_IN_NAME.at(
            declared.span,
            f"whether Intercom takes the `$` in `{declared.name}` is not known: its API says so, its help says not",
            hint="choose a name without it, unless an apply to a test workspace was accepted",
        )


def _changes_of_live(
    declared: Attribute, live: LiveAttribute, needed: Sequence[str], successor: str | None
) -> Iterator[Change]:
    """`successor`: the name of the attribute that is renamed from this one."""
    if declared.status == "archived":
        if not live.archived:
            yield _archive(declared, live, needed, successor)
        return
    fields = (table.ARCHIVED, *table.FIELDS)
    found = {
        difference.key: difference for difference in compare_with_live(fields, declared=declared, live=live)
    }
    retyped = found.pop("type", None)
    by_hand = type_change(live.type, declared.type) == "by hand"
    if by_hand:
        # The options belong to the new type, which a person sets with them.
        found.pop("options", None)
    differences = sort_differences(found.values(), _UPDATE_ORDER)
    if differences:
        operation = (RestoreAttribute if live.archived else UpdateAttribute)(
            owner=declared.model,
            name=declared.name,
            fields=tuple(map(field_change, differences)),
            live_id=str(live.id),
        )
        risks: list[Risk] = [difference.risk.risk for difference in differences]
        reason = "; ".join(difference.risk.reason for difference in differences)
        yield _change(declared, operation, max(risks, key=_GRAVITY.__getitem__), reason, needed)
    if retyped is not None and by_hand:
        yield _type_change(declared, live, retyped, needed)


def _archive(
    declared: Attribute, live: LiveAttribute, needed: Sequence[str], successor: str | None
) -> Change:
    reason = (
        "`status: archived` in the specs: it leaves Intercom's screens and lists; "
        "restoring brings its values back"
    )
    if successor is not None:
        reason += f"; its values are to be on `{successor}` by then"
    operation = ArchiveAttribute(
        owner=declared.model,
        name=declared.name,
        fields=(FieldChange(path="archived", before=False, after=True),),
        live_id=str(live.id),
    )
    return _change(declared, operation, "destructive", reason, needed)


def _copy(replacement: Replacement, needed: Sequence[str]) -> Change:
    """The values of an old attribute on the new one, which no call of a plan copies: a sync does."""
    new, old = replacement.new, replacement.old
    values = FieldChange(path="values", before=old.name, after=new.name)
    kinds = () if old.type is new.type else (FieldChange(path="type", before=old.type, after=new.type),)
    operation = CopyValues(owner=new.model, name=new.name, fields=(values, *kinds))
    object_name = {"contact": "contact", "company": "company"}[new.model]
    end = (
        f"when all is copied, give `{old.name}` `status: archived`"
        if new.model == "company"
        else f"the step is done when every contact that has `{old.name}` has `{new.name}`, too; where some values "
        f"are to stay behind, give `{old.name}` `status: archived`"
    )
    how = "companies cannot be counted by a search" if new.model == "company" else "the plan counts them"
    return _change(
        new,
        operation,
        "safe",
        f"the values of `{old.name}` are to be on `{new.name}` before rules read it; {how}",
        needed,
        steps=(
            f"have whatever sends `{old.name}` send `{new.name}`, in the new form, as well",
            f"`{copy_command(new)}` copies the values of every {object_name} that has `{old.name}` and not "
            f"`{new.name}`:",
            *(f"  {line}" for line in conversion_steps(replacement)),
            end,
        ),
    )


def _type_change(
    declared: Attribute, live: LiveAttribute, retyped: Difference, needed: Sequence[str]
) -> Change:
    """A type that the API cannot change."""
    screen = {"contact": "People", "company": "Companies"}[declared.model]
    operation = ChangeAttributeType(
        owner=declared.model,
        name=declared.name,
        fields=(field_change(retyped),),
        live_id=str(live.id),
    )
    return _change(
        declared,
        operation,
        retyped.risk.risk,
        retyped.risk.reason,
        needed,
        steps=(
            f"in Intercom open Settings > Data > {screen}",
            f"open the attribute `{declared.name}` and choose Edit",
            f"set its format to {_FORMATS[declared.type]}"
            + (f" with the options {', '.join(declared.options)}" if declared.options else "")
            + ", and save",
            "where the screen refuses: declare a new attribute of the right type with "
            f"`replaces: {{attribute: {declared.name}}}`, and plans go through its stages",
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
        source=Place.of_span(declared.span),
    )
