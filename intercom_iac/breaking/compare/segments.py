"""Segments of one revision against those of another."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

from intercom_iac.compilers import english_text
from intercom_iac.diagnostics.codes.breaking import segments as segments_codes
from intercom_iac.model import Schema, Segment

from ..change import SchemaChange, change
from ..meaning import meaning, said
from ..readers import Readers, used
from . import common


def compare_segments(old: Schema, new: Schema, readers: Readers) -> Iterator[SchemaChange]:
    """What differs, in the order of the new specs, then what is gone."""
    rekeyed = _rekeyed(old, new)
    for key, now in new.segments.items():
        was = old.segments.get(key) or rekeyed.get(key)
        if was is None:
            yield common.added(now, facts(now))
            continue
        if was.key != now.key:
            yield _another_key(was, now, readers)
        yield from _changed(was, now, readers)
    found = {each.key for each in rekeyed.values()}
    gone = [segment for key, segment in old.segments.items() if key not in new.segments and key not in found]
    come = [
        segment for key, segment in new.segments.items() if key not in old.segments and key not in rekeyed
    ]
    for was, hint in common.hints_of_gone(gone, come, lambda each: each.name, _essence):
        yield common.gone(was, facts(was), readers.of(was.address), segments_codes.SEGMENT_GONE, hint)


def _essence(segment: Segment) -> Hashable:
    # The rule of an archived segment may be past reading: then its text is all there is.
    return segment.rule if segment.predicate is None else meaning(segment.predicate)


def same_segments(old: Schema, new: Schema) -> Iterator[tuple[Segment, Segment]]:
    """Each segment of then with the one of now that is the same, by its key or by its name in Intercom."""
    rekeyed = _rekeyed(old, new)
    for key, now in new.segments.items():
        was = old.segments.get(key) or rekeyed.get(key)
        if was is not None:
            yield was, now


def _rekeyed(old: Schema, new: Schema) -> dict[str, Segment]:
    """New key -> the old segment that is the same in Intercom, where it is found by name."""
    left = {
        segment.name: segment
        for segment in old.segments.values()
        if segment.key not in new.segments and segment.status != "archived"
    }
    found: dict[str, Segment] = {}
    for now in new.segments.values():
        if now.key in old.segments:
            continue
        name = now.name if now.name in left else now.renamed_from or ""
        if name in left:
            found[now.key] = left.pop(name)
    return found


def _another_key(was: Segment, now: Segment, readers: Readers) -> SchemaChange:
    return change(
        segments_codes.SEGMENT_KEY,
        was.address,
        f"called `{now.key}` in the specs from now on",
        hint="call it by the new key in scripts and acceptances too",
        before=was.key,
        after=now.key,
        affected=readers.of(was.address),
        source=now.span,
        was=was.span,
    )


def _changed(was: Segment, now: Segment, readers: Readers) -> Iterator[SchemaChange]:
    affected = readers.of(was.address)
    yield from common.status(was, now, affected, " and ".join(used(was)))
    if now.status == "archived":
        yield from common.archived(was, now, _differing(was, now))
        return
    yield from _rule(was, now, affected)
    yield from _publish(was, now)
    yield from _name(was, now)
    yield from common.words(was, now)


def _rule(was: Segment, now: Segment, affected: tuple[str, ...]) -> Iterator[SchemaChange]:
    """A rule that reads as it did, letter by letter, was not changed: what it reads may have been, and is told."""
    if was.rule == now.rule or _rule_meaning(was) == _rule_meaning(now):
        return
    before, after = was.predicate, now.typed_rule
    same = before is not None and any(
        meaning(before, opened=opened) == meaning(after, opened=opened) for opened in (True, False)
    )
    yield change(
        segments_codes.RULE_REWRITTEN if same else segments_codes.RULE_CHANGED,
        now.address,
        "the rule is written otherwise and selects the same people" if same else "the rule changed",
        hint=None if same else "`segment preview` says how many people belong to it, before and after",
        before=_rule_facts(was),
        after=_rule_facts(now),
        affected=() if same else affected,
        source=now.span,
        was=was.span,
    )


def _publish(was: Segment, now: Segment) -> Iterator[SchemaChange]:
    # What was archived is not published, whatever its entry says.
    before = () if was.status == "archived" else was.publish
    removed = [each for each in before if each not in now.publish]
    more = [kind for kind in now.publish if kind not in before]
    if removed:
        kinds = " and ".join(f"its {each}" for each in removed)
        yield change(
            segments_codes.PUBLISH_REMOVED,
            now.address,
            f"no longer published: {kinds} {'is' if len(removed) == 1 else 'are'} left as it stands in Intercom",
            kind="removed",
            hint="make sure that nothing in Intercom uses it, then remove it there",
            before=list(before),
            after=list(now.publish),
            source=now.span,
            was=was.span,
        )
    if more:
        kinds = " and ".join(more)
        yield change(
            segments_codes.PUBLISH_ADDED,
            now.address,
            f"published as {kinds}: whoever is in it may be written to",
            kind="added",
            before=list(before),
            after=list(now.publish),
            source=now.span,
            was=was.span,
        )


def _name(was: Segment, now: Segment) -> Iterator[SchemaChange]:
    """A name that changed is a rename where `renamed_from` says so; an old `renamed_from` is another one's."""
    places: dict[str, Any] = {"source": now.span, "was": was.span}
    if was.name == now.name:
        yield from common.renamed_from(was, now)
    elif now.renamed_from == was.name:
        yield change(
            segments_codes.SEGMENT_RENAMED,
            now.address,
            "renamed in Intercom",
            before=was.name,
            after=now.name,
            **places,
        )
    else:
        yield change(
            segments_codes.NAME_LEFT,
            now.address,
            "another name in Intercom: what stands there under the old one is left behind",
            hint=f"add `renamed_from: {common.as_yaml(was.name)}`",
            before=was.name,
            after=now.name,
            **places,
        )


def _differing(was: Segment, now: Segment) -> list[str]:
    before, after = facts(was), facts(now)
    listed = [each for each in after if each != "rule" and before[each] != after[each]]
    return listed + ["rule"] * (_rule_meaning(was) != _rule_meaning(now))


def _rule_meaning(segment: Segment) -> Any:
    """What the rule says; its text where it is past reading, as that of an archived segment may be."""
    return segment.rule if segment.predicate is None else said(segment.predicate)


def _rule_facts(segment: Segment) -> dict[str, str]:
    read = segment.predicate
    return {"rule": segment.rule} | ({} if read is None else {"meaning": english_text(read)})


def facts(segment: Segment) -> dict[str, Any]:
    """All that an entry says but its key, status and place, as plain data."""
    return {
        "name": segment.name,
        "rule": _rule_facts(segment),
        "publish": list(segment.publish),
        "description": segment.description,
        "owner": segment.owner,
        "renamed_from": segment.renamed_from,
    }
