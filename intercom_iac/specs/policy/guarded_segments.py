"""Segments that `policy.segments.no_new_members` guards: whether there are any of these keys and patterns."""

from __future__ import annotations

from collections.abc import Iterator

from intercom_iac.diagnostics import Diagnostic
from intercom_iac.diagnostics.codes import policy as codes
from intercom_iac.model import Schema
from intercom_iac.model.address import segment_address
from intercom_iac.model.address_patterns import pattern_covers, pattern_kind
from intercom_iac.project.policy.settings import PolicySettings
from intercom_iac.text import did_you_mean
from intercom_iac.yaml.corrections import near_word
from intercom_iac.yaml.nodes import Document


def check_guarded_segments(schema: Schema, policy: PolicySettings, project: Document) -> Iterator[Diagnostic]:
    """A warning for each entry that no segment of any workspace fits, which guards nothing."""
    addresses = [
        *(segment.address for segment in schema.segments.values()),
        *(address for address in schema.other_workspaces if pattern_kind(address) == "segment"),
    ]
    for index, pattern in enumerate(policy.segments.no_new_members):
        if any(pattern_covers(pattern, address) for address in addresses):
            continue
        span = project.span(("policy", "segments", "no_new_members", index))
        keys = [address.removeprefix(segment_address("")) for address in addresses]
        yield codes.GUARDS_NOTHING.at(
            span,
            f"no segment is called `{pattern}`, so that this entry guards nothing",
            hint=did_you_mean(pattern, keys) or "write the key of a segment, or a pattern such as `vip_*`",
            fix=near_word(span, pattern, keys),
        )
