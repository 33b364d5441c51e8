"""The findings that audiences, tags and segments have in common."""

from __future__ import annotations

from intercom_iac.model import LiveAudience, LiveSegment, Segment

from ..finding import FieldDrift, Finding, Kind, Moment, Thing, time_text


def absence(segment: Segment, thing: Thing) -> Finding:
    return Finding(
        address=segment.address,
        kind="missing",
        thing=thing,
        name=segment.name,
        reason=f"the workspace has no {thing} `{segment.name}`, which the specs publish",
        hint=f"`apply` makes it; or take `{thing}` out of `publish`",
        source=segment.span,
    )


def declared_rename(
    segment: Segment, thing: Thing, live: LiveSegment | LiveAudience | None, name: str = ""
) -> Finding:
    """It stands there under the name that it is renamed from."""
    old = live.name if live is not None else name
    return Finding(
        address=segment.address,
        kind="changed",
        thing=thing,
        name=segment.name,
        fields=(FieldDrift("name", specs=segment.name, workspace=old),),
        reason=f"the {thing} has the name that it is renamed from",
        source=segment.span,
        live=live,
    )


def presence(segment: Segment, thing: Thing, live: LiveSegment | LiveAudience | None) -> Finding:
    return Finding(
        address=segment.address,
        kind="restored",
        thing=thing,
        name=segment.name,
        fields=(FieldDrift("archived", specs=True, workspace=False),),
        reason=f"archived in the specs, and the workspace has the {thing}",
        source=segment.span,
        live=live,
    )


def unmanaged_finding(
    address: str, thing: Thing, live: LiveSegment | LiveAudience, moment: Moment
) -> Finding:
    since = moment.since(live.history.created_at)
    created = time_text(live.history.created_at)
    reason = "the specs do not have it"
    if created is not None:
        reason += f"; made {created}"
    if since is not None:
        reason += f", {'after' if since == 'new' else 'before'} `{moment.name}`"
    kind: Kind = "unmanaged"
    return Finding(
        address=address,
        kind=kind,
        thing=thing,
        name=live.name,
        reason=reason,
        since=since,
        created_at=live.history.created_at,
        live=live,
    )
