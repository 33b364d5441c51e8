"""Segments of one revision against those of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from intercom_iac.changes import segments as table
from intercom_iac.changes.comparison import (
    Difference,
    compare_revisions,
    fields_without,
    shown_values,
    sort_differences,
)
from intercom_iac.diagnostics.codes.breaking import segments as codes
from intercom_iac.model import Schema, Segment, segments_of
from intercom_iac.text import quoted_names

from ..change import SchemaChange, schema_change
from ..dependents import Dependents
from ..meaning import semantic_key, written_key
from ..members.member_change import Cause, MemberChange, MemberRelation
from ..moved_rules import Successors, is_moved, value_successors
from . import entries
from .fields import EntryPair, field_changes

_COUNT_THEM = "`segment preview` says how many people belong to it, before and after"
_NOT_PROVED: Mapping[str, Sequence[MemberChange]] = MappingProxyType({})
# Changes of who belongs to a segment by what its rule reads. The other causes are changes of the entry itself, or of
# the attribute, and told there.
_BY_WHAT_IT_READS: frozenset[Cause] = frozenset({"reference", "options"})

_STATES: Mapping[MemberRelation, str] = MappingProxyType(
    {
        "equivalent": "selects the same people",
        "narrower": "is narrower now",
        "wider": "is wider now",
        "incomparable": "is incomparable now, neither wider nor narrower",
        "unknown": "may select other people",
    }
)


def compare_segments(
    old: Schema,
    new: Schema,
    dependents: Dependents,
    members: Mapping[str, Sequence[MemberChange]] = _NOT_PROVED,
) -> Iterator[SchemaChange]:
    """What differs, in the order of the new specs, then what is removed.

    `members` are the changes of who belongs to a segment, by its new key; none where rules are not proved.
    """
    rekeyed, successors = _segments_with_new_keys(old, new), value_successors(old, new)
    for key, after in new.segments.items():
        before = old.segments.get(key) or rekeyed.get(key)
        if before is None:
            yield entries.addition(after, shown_values(table.FIELDS, declared=after))
            continue
        if before.key != after.key:
            yield _key_change(before, after, dependents)
        yield from _compare(before, after, dependents, old, new, successors, members.get(key, ()))
    paired = {segment.key for segment in rekeyed.values()}
    removed = [
        segment for key, segment in old.segments.items() if key not in new.segments and key not in paired
    ]
    added = [
        segment for key, segment in new.segments.items() if key not in old.segments and key not in rekeyed
    ]
    hints = entries.removal_hints(removed, added, lambda segment: segment.name, _kept_by_a_rename)
    for segment, hint in hints:
        values = shown_values(table.FIELDS, declared=segment)
        readers = dependents.segments_reading(segment.address)
        yield entries.removal(segment, values, readers, codes.SEGMENT_GONE, hint)


def _kept_by_a_rename(segment: Segment) -> Hashable:
    # The rule of an archived segment may be past reading: then its text is all there is.
    return segment.rule if segment.predicate is None else semantic_key(segment.predicate)


def same_segments(old: Schema, new: Schema) -> Iterator[tuple[Segment, Segment]]:
    """Each old segment with the new one that is the same, by its key or by its name in Intercom."""
    rekeyed = _segments_with_new_keys(old, new)
    for key, after in new.segments.items():
        before = old.segments.get(key) or rekeyed.get(key)
        if before is not None:
            yield before, after


def _segments_with_new_keys(old: Schema, new: Schema) -> dict[str, Segment]:
    """New key -> the old segment that is the same in Intercom, where it is found by name."""
    left = {
        segment.name: segment
        for segment in old.segments.values()
        if segment.key not in new.segments and segment.status != "archived"
    }
    found: dict[str, Segment] = {}
    for segment in new.segments.values():
        if segment.key in old.segments:
            continue
        name = segment.name if segment.name in left else segment.renamed_from or ""
        if name in left:
            found[segment.key] = left.pop(name)
    return found


def _key_change(old: Segment, new: Segment, dependents: Dependents) -> SchemaChange:
    return schema_change(
        codes.SEGMENT_KEY,
        old.address,
        f"called `{new.key}` in the specs from now on",
        hint="call it by the new key in scripts and acceptances too",
        before=old.key,
        after=new.key,
        names_values=True,
        affected=dependents.segments_reading(old.address),
        source=new.span,
        old_source=old.span,
    )


def _compare(
    old: Segment,
    new: Segment,
    dependents: Dependents,
    old_schema: Schema,
    new_schema: Schema,
    successors: Successors,
    members: Sequence[MemberChange],
) -> Iterator[SchemaChange]:
    pair = EntryPair.of_entries(old, new, dependents)
    yield from entries.status_changes(old, new, pair.readers, _publications(old))
    if new.status == "archived":
        others = compare_revisions(fields_without(table.FIELDS, "rule"), old=old, new=new)
        rule = ["rule"] if _rule_spelling(old) != _rule_spelling(new) else []
        yield from entries.archived_changes(old, new, [*(difference.key for difference in others), *rule])
        return
    rule_change = next((change for change in members if change.cause == "rule"), None)
    yield from _rule_changes(old, new, pair.readers, successors, rule_change)
    for change in members:
        if change.cause in _BY_WHAT_IT_READS:
            yield _change_by_what_it_reads(old, new, pair.readers, change, old_schema, new_schema)
    yield from _publish_changes(old, new, pair)
    left_out = ["rule", "publish", "name"]
    if old.name != new.name:
        # An old `renamed_from` is another one's.
        yield _name_change(old, new)
        left_out.append("renamed_from")
    differences = compare_revisions(fields_without(table.FIELDS, *left_out), old=old, new=new)
    yield from field_changes(sort_differences(differences, ("renamed_from",)), pair)


def _rule_changes(
    old: Segment, new: Segment, readers: tuple[str, ...], successors: Successors, members: MemberChange | None
) -> Iterator[SchemaChange]:
    """A rule that reads as it did, letter by letter, was not changed: what it reads may have been, and is told.

    `successors` take the place of attributes that the old rule may read.
    """
    if old.rule == new.rule or _rule_spelling(old) == _rule_spelling(new):
        return
    before, after = old.predicate, new.typed_rule
    same = before is not None and any(
        semantic_key(before, open_segments=opened) == semantic_key(after, open_segments=opened)
        for opened in (True, False)
    )
    if not same and before is not None and is_moved(before, after, successors):
        code, message, hint = (
            codes.RULE_MOVED,
            "the rule reads an attribute in the place of the one that it replaces",
            "it selects the same people once the values are copied, which the stages of a plan wait for",
        )
    elif same or (members is not None and members.relation == "equivalent"):
        same = True
        code, message, hint = (
            codes.RULE_REWRITTEN,
            "the rule is written otherwise and selects the same people",
            None,
        )
    else:
        code, message, hint = codes.RULE_CHANGED, "the rule changed", _COUNT_THEM
        if members is not None:
            state = "changed" if members.relation == "unknown" else _STATES[members.relation]
            message = f"the rule {state}"
            hint = _COUNT_THEM if members.relation == "unknown" else None
    yield schema_change(
        code,
        new.address,
        message,
        hint=hint,
        before=table.rule_values(old),
        after=table.rule_values(new),
        affected=() if same else readers,
        source=new.span,
        old_source=old.span,
        members=members,
    )


def _change_by_what_it_reads(
    old: Segment,
    new: Segment,
    readers: tuple[str, ...],
    members: MemberChange,
    old_schema: Schema,
    new_schema: Schema,
) -> SchemaChange:
    """Who belongs to a segment whose own rule says what it said."""
    if members.option is not None:
        attribute, option = members.option
        cause = f"since the option `{option}` of `{attribute}` is new, and its rule does not exclude it"
    else:
        changed = [
            key
            for key in segments_of(new.typed_rule)
            if key not in old_schema.segments
            or _rule_spelling(old_schema.segments[key]) != _rule_spelling(new_schema.segments[key])
        ]
        verb = "has another rule" if len(changed) == 1 else "have other rules"
        cause = f"since {quoted_names(changed)} {verb}" if changed else "since what it refers to changed"
    return schema_change(
        codes.OTHER_MEMBERS,
        new.address,
        f"it {_STATES[members.relation]}, {cause}",
        hint=_COUNT_THEM if members.relation == "unknown" else None,
        affected=readers,
        source=new.span,
        old_source=old.span,
        names_values=True,
        members=members,
    )


def _rule_spelling(segment: Segment) -> Any:
    """What the rule says; its text where it is past reading, as that of an archived segment may be."""
    return segment.rule if segment.predicate is None else written_key(segment.predicate)


def _publish_changes(old: Segment, new: Segment, pair: EntryPair) -> Iterator[SchemaChange]:
    # What was archived is not published, whatever its entry says.
    before = [] if old.status == "archived" else list(old.publish)
    difference = Difference(field=table.PUBLISH, before=before, after=list(new.publish))
    yield from field_changes([difference], pair)


def _publications(segment: Segment) -> str:
    """What apply makes of a segment, in words."""
    return " and ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in segment.publish)


def _name_change(old: Segment, new: Segment) -> SchemaChange:
    """Another name is a rename where `renamed_from` says so."""
    renamed = new.renamed_from == old.name
    return schema_change(
        codes.SEGMENT_RENAMED if renamed else codes.NAME_LEFT,
        new.address,
        "renamed in Intercom"
        if renamed
        else "another name in Intercom: what stands there under the old one is left behind",
        hint=None if renamed else f"add `renamed_from: {entries.as_yaml(old.name)}`",
        before=old.name,
        after=new.name,
        source=new.span,
        old_source=old.span,
    )
