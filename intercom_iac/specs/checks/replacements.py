"""Checks of `renamed_from` and `replaces` of attributes, which are one thing: who takes whose place, and how values
convert.

Whether the workspace has an attribute that the specs do not declare is for the plan to see: one that was never in the
specs may be replaced, and of one that is not declared no value is checked.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from intercom_iac.diagnostics import Diagnostic, EditRefused, Fix, Related, safe_fix
from intercom_iac.diagnostics.codes import ref
from intercom_iac.diagnostics.codes import replacements as codes
from intercom_iac.model import MODELS, STANDARD, DataType, ModelName
from intercom_iac.model.conversions import (
    Converted,
    conversion_rule,
    lost_values,
    possible_values,
    read_value,
    value_text,
    written_value,
)
from intercom_iac.text import Span, nearest_name, quoted_names, suggestion
from intercom_iac.yaml.corrections import near_word

from ..load.declarations import Declaration
from ..load.entries import AttributeEntry

Attribute = Declaration[AttributeEntry]
_MOST_NAMED = 8


def check_replacements(attributes: Sequence[Attribute]) -> Iterator[Diagnostic]:
    """What is wrong with the attributes that take another's place, in no order."""
    declared: dict[tuple[ModelName, str], Attribute] = {}
    for attribute in attributes:
        declared.setdefault((attribute.model, attribute.name), attribute)
    successors: dict[tuple[ModelName, str], Attribute] = {}
    for attribute in attributes:
        old_name = _replaced_name(attribute)
        if old_name is None:
            continue
        if attribute.entry.renamed_from is not None and attribute.entry.replaces is not None:
            yield codes.RENAMED_AND_REPLACES.at(
                attribute.at("renamed_from"),
                f"`{attribute.name}` has both `renamed_from` and `replaces`",
                hint="keep `replaces`, of which the other is the short form",
            )
        if attribute.entry.replaces is not None:
            # Those of `renamed_from` are checked with the renames of events and segments.
            yield from _check_place(attribute, old_name, successors)
        successors.setdefault((attribute.model, old_name), attribute)
        yield from _check_replaceable(attribute, old_name, declared)
        old = declared.get((attribute.model, old_name))
        if old is not None and old is not attribute:
            yield from _check_status(attribute, old)
            yield from _check_chain(attribute, old, declared)
        if old is not attribute:
            yield from _check_values(attribute, old)


def _replaced_name(attribute: Attribute) -> str | None:
    entry = attribute.entry
    if entry.status == "archived":
        return None
    return entry.renamed_from if entry.replaces is None else entry.replaces.attribute


def _name_span(attribute: Attribute) -> Span:
    """Where the name of the replaced attribute stands."""
    return (
        attribute.value("renamed_from")
        if attribute.entry.replaces is None
        else attribute.value("replaces", "attribute")
    )


def _check_place(
    attribute: Attribute, old_name: str, successors: Mapping[tuple[ModelName, str], Attribute]
) -> Iterator[Diagnostic]:
    earlier = successors.get((attribute.model, old_name))
    if old_name == attribute.name:
        yield ref.RENAMED_FROM.at(
            _name_span(attribute),
            f"`{old_name}` replaces itself",
            hint="give the new attribute a name of its own: Intercom has one attribute of a name",
        )
    elif earlier is not None:
        yield ref.RENAMED_FROM.at(
            _name_span(attribute),
            f"`{attribute.name}` and `{earlier.name}` both take the place of `{old_name}`",
            hint="keep one of them",
            related=(Related(_name_span(earlier), "the other one stands here"),),
        )


def _check_replaceable(
    attribute: Attribute, old_name: str, declared: Mapping[tuple[ModelName, str], Attribute]
) -> Iterator[Diagnostic]:
    key: tuple[ModelName, str] = (attribute.model, old_name)
    elsewhere = next((declared[model, old_name] for model in MODELS if (model, old_name) in declared), None)
    if key in declared:
        return
    if key in STANDARD:
        yield codes.NOT_REPLACEABLE.at(
            _name_span(attribute),
            f"`{old_name}` is one of Intercom's own attributes, which stay",
            hint="copy its values without this line, or name a custom attribute",
        )
    elif elsewhere is not None:
        yield codes.NOT_REPLACEABLE.at(
            _name_span(attribute),
            f"`{old_name}` is an attribute of a {elsewhere.model}, and `{attribute.name}` one of a {attribute.model}",
            hint=f"declare `{attribute.name}` under `{elsewhere.model}`, or name an attribute of a {attribute.model}",
            related=(Related(elsewhere.span, "declared here"),),
        )


def _check_status(attribute: Attribute, old: Attribute) -> Iterator[Diagnostic]:
    """One that is replaced by other values or another type may be in use for a while, while both are sent."""
    if old.entry.status == "active" and attribute.entry.replaces is not None:
        yield codes.REPLACED_IN_USE.at(
            old.span,
            f"`{attribute.name}` takes the place of `{old.name}`, which is not deprecated",
            hint=f"give `{old.name}` `status: deprecated`, and `archived` once its values are copied",
            related=(Related(_name_span(attribute), "replaced here"),),
            fix=deprecation_fix(old),
        )


def deprecation_fix(attribute: Declaration[AttributeEntry]) -> Fix | None:
    """The entry with `status: deprecated`; None where that cannot be written in place."""
    from intercom_iac.yaml.edits import insert_keys, replace_value

    document, path = attribute.document, attribute.path
    try:
        if document.node((*path, "status")) is not None:
            edits = replace_value(document, (*path, "status"), "deprecated")
        else:
            edits = insert_keys(document, path, {"status": "deprecated"})
    except (EditRefused, LookupError, ValueError):
        return None
    return safe_fix(*edits)


def _check_chain(
    attribute: Attribute, old: Attribute, declared: Mapping[tuple[ModelName, str], Attribute]
) -> Iterator[Diagnostic]:
    first_name = _replaced_name(old)
    first = None if first_name is None else declared.get((old.model, first_name))
    if first is None or first is old or first.entry.status == "archived":
        return
    cycle = _cycle_through(attribute, declared)
    if cycle and attribute.name != min(cycle):
        return
    if cycle:
        yield codes.REPLACES_CYCLE.at(
            _name_span(attribute),
            f"`{attribute.name}` takes the place of `{old.name}`, which takes, itself or through others, that of "
            f"`{attribute.name}`",
            hint="keep the line of the one that stays",
            related=(Related(_name_span(old), f"`{old.name}` says so here"),),
        )
    else:
        yield codes.REPLACES_CHAIN.at(
            _name_span(attribute),
            f"`{old.name}` takes the place of `{first.name}` itself, and that is not finished",
            hint=f"first give `{first.name}` `status: archived`, when its values are copied; or let "
            f"`{attribute.name}` take the place of `{first.name}`",
            related=(Related(_name_span(old), f"`{old.name}` says so here"),),
        )


def _cycle_through(
    attribute: Attribute, declared: Mapping[tuple[ModelName, str], Attribute]
) -> frozenset[str]:
    """The names that lead from an attribute back to it; none where they do not."""
    seen: set[str] = set()
    name = _replaced_name(attribute)
    while name is not None and name not in seen:
        seen.add(name)
        if name == attribute.name:
            return frozenset(seen)
        entry = declared.get((attribute.model, name))
        name = None if entry is None else _replaced_name(entry)
    return frozenset()


# --- values -------------------------------------------------------------------------------------------------


def _check_values(attribute: Attribute, old: Attribute | None) -> Iterator[Diagnostic]:
    """What `convert` maps, and which of the old values it leaves without a counterpart; `old` is None where the specs
    do not declare it."""
    replaces = attribute.entry.replaces
    convert = (replaces.convert if replaces is not None else None) or {}
    now, options = DataType(attribute.entry.type), tuple(attribute.entry.options or ())
    wrong = False
    for written, target in convert.items():
        if old is not None and not _has_value(old, written):
            wrong = True
            yield _wrong_key(attribute, old, written, convert)
        if not isinstance(written_value(target, now, options), Converted):
            wrong = True
            yield _wrong_value(attribute, written, target)
    if wrong or old is None or (now is DataType.OPTIONS and not options) or old.entry.status == "archived":
        return
    was = DataType(old.entry.type)
    possible = possible_values(was, tuple(old.entry.options or ()))
    rule = conversion_rule(was, now)
    if possible is not None:
        lost = [value_text(value, was) for value in lost_values(possible, was, now, convert, options)]
        if lost:
            named = quoted_names(lost[:_MOST_NAMED]) + (
                f" and {len(lost) - _MOST_NAMED} more" if len(lost) > _MOST_NAMED else ""
            )
            is_one = len(lost) == 1
            yield codes.VALUES_LOST.at(
                _name_span(attribute),
                f"{named} of `{old.name}` {'has' if is_one else 'have'} no counterpart in `{attribute.name}`",
                hint=f"say what {'it becomes' if is_one else 'they become'}: "
                f"`convert: {{{_key_text(lost[0])}: {_example_value(options)}}}`",
            )
    elif rule.lost is not None and rule.how.startswith("nothing") and not convert:
        yield codes.VALUES_LOST.at(
            _name_span(attribute),
            f"no value of `{old.name}`, of type {was}, converts to {now}",
            hint="say in `convert` what the values become",
        )


def _has_value(old: Attribute, written: str) -> bool:
    return read_value(written, DataType(old.entry.type), tuple(old.entry.options or ())) is not None


def _key_text(text: str) -> str:
    return (
        text
        if text.replace("_", "").isalnum() and not text.isdigit() and text not in ("true", "false")
        else f'"{text}"'
    )


def _example_value(options: Sequence[str]) -> str:
    return options[0] if options else "..."


def _wrong_key(attribute: Attribute, old: Attribute, written: str, convert: Collection[str]) -> Diagnostic:
    place = attribute.at("replaces", "convert", written)
    options = old.entry.options
    if options:
        found = nearest_name(written, options)
        return codes.CONVERT_KEY.at(
            place,
            f"`{old.name}` has no option `{written}`",
            hint=suggestion(written, found) or f"its options are {quoted_names(options[:_MOST_NAMED])}",
            # What has a value already is not meant.
            fix=near_word(place, written, [option for option in options if option not in convert]),
        )
    return codes.CONVERT_KEY.at(
        place,
        f"`{written}` is no value of `{old.name}`, which is of type {old.entry.type}",
        hint=f"write it as {_WRITTEN[DataType(old.entry.type)]}",
    )


_WRITTEN: Mapping[DataType, str] = {
    DataType.BOOLEAN: '`"true"` or `"false"`',
    DataType.INTEGER: 'digits in quotes, such as `"3"`',
    DataType.FLOAT: 'a number in quotes, such as `"2.5"`',
    DataType.DATE: 'a day in quotes, such as `"2026-01-31"`',
    DataType.STRING: "a text",
    DataType.OPTIONS: "one of its options",
}


def _wrong_value(attribute: Attribute, written: str, target: str | bool | float) -> Diagnostic:
    place = attribute.value("replaces", "convert", written)
    options = attribute.entry.options
    text = value_text(target, DataType.STRING)
    if options:
        found = nearest_name(text, options)
        return codes.CONVERT_VALUE.at(
            place,
            f"`{attribute.name}` has no option `{text}`",
            hint=suggestion(text, found) or f"its options are {quoted_names(options[:_MOST_NAMED])}",
            fix=near_word(place, text, options),
        )
    return codes.CONVERT_VALUE.at(
        place,
        f"`{text}` is no value of `{attribute.name}`, which is of type {attribute.entry.type}",
        hint=f"write {_VALUES[DataType(attribute.entry.type)]}",
    )


_VALUES: Mapping[DataType, str] = {
    DataType.BOOLEAN: "`true` or `false`",
    DataType.INTEGER: "a whole number, such as `3`",
    DataType.FLOAT: "a number, such as `2.5`",
    DataType.DATE: "a day, such as `2026-01-31`",
    DataType.STRING: "a text, in quotes where YAML reads it as something else",
    DataType.OPTIONS: "one of its options",
}
