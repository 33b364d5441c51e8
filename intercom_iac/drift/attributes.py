"""Attributes of the workspace against those of the specs."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.changes import attributes as table
from intercom_iac.changes import compare_with_live
from intercom_iac.model import STANDARD, Attribute, LiveAttribute, Schema, Snapshot
from intercom_iac.text import quoted_names

from .finding import FieldDrift, Finding, Moment, field_drifts, time_text


def attribute_drift(schema: Schema, snapshot: Snapshot, moment: Moment) -> Iterator[Finding]:
    """Those of the specs that changed, are gone, archived or restored, in their order; then those that the specs do
    not have. What is archived and not in the specs is nobody's matter."""
    live = {(attribute.model, attribute.name): attribute for attribute in snapshot.attributes}
    for key, declared in schema.attributes.items():
        found = live.get(key)
        if found is None:
            if declared.status != "archived":
                yield _missing(declared, snapshot)
        elif found.archived != (declared.status == "archived"):
            yield _status_finding(declared, found)
        elif not found.archived:
            yield from _field_findings(declared, found)
    for key, attribute in live.items():
        if not attribute.archived and key not in schema.attributes and key not in STANDARD:
            yield _unmanaged(attribute, schema, moment)


def _missing(declared: Attribute, snapshot: Snapshot) -> Finding:
    reason = "the workspace does not have it, neither active nor archived"
    namesake = next((other for other in snapshot.attributes if other.name == declared.name), None)
    if namesake is not None:
        reason += f"; it has one of this name for a {namesake.model}"
    return Finding(
        address=declared.address,
        kind="missing",
        thing="attribute",
        name=declared.name,
        reason=reason,
        hint="`apply` makes it, without values; or take the entry out of the specs",
        source=declared.span,
    )


def _status_finding(declared: Attribute, live: LiveAttribute) -> Finding:
    """Archived in one of the two, and not in the other."""
    if live.archived:
        reason = f"archived in the workspace, and {declared.status} in the specs"
    else:
        reason = "archived in the specs, and active in the workspace"
    return Finding(
        address=declared.address,
        kind="archived" if live.archived else "restored",
        thing="attribute",
        name=declared.name,
        fields=(FieldDrift("archived", specs=not live.archived, workspace=live.archived),),
        reason=reason + _last_change(live),
        source=declared.span,
        live=live,
    )


def _field_findings(declared: Attribute, live: LiveAttribute) -> Iterator[Finding]:
    fields = field_drifts(compare_with_live(table.FIELDS, declared=declared, live=live))
    if fields:
        names = quoted_names(drift.path for drift in fields)
        verb = "differs" if len(fields) == 1 else "differ"
        yield Finding(
            address=declared.address,
            kind="changed",
            thing="attribute",
            name=declared.name,
            fields=fields,
            reason=f"{names} {verb}{_last_change(live)}",
            source=declared.span,
            live=live,
        )


def _last_change(live: LiveAttribute) -> str:
    """Who changed an attribute, Intercom does not tell (API 2.16 description)."""
    changed = time_text(live.history.updated_at)
    return "" if changed is None else f"; last changed {changed}, by whom Intercom does not tell"


def _unmanaged(live: LiveAttribute, schema: Schema, moment: Moment) -> Finding:
    since = moment.since(live.history.created_at)
    created = time_text(live.history.created_at)
    reason = "the specs do not have it"
    if live.address in schema.other_workspaces:
        workspaces = quoted_names(schema.other_workspaces[live.address].workspaces)
        reason = f"the specs have it for {workspaces} alone"
    if created is not None:
        by = f" by the teammate `{live.history.admin_id}`" if live.history.admin_id else ""
        reason += f"; made {created}{by}"
    if since is not None:
        reason += f", {'after' if since == 'new' else 'before'} `{moment.name}`"
    return Finding(
        address=live.address,
        kind="unmanaged",
        thing="attribute",
        name=live.name,
        reason=reason,
        since=since,
        created_at=live.history.created_at,
        live=live,
    )
