"""The codes of segments whose members are written one by one: as a tag or a boolean attribute of contacts."""

from __future__ import annotations

from ..registry import Code, Example, spec

_PROJECT = "version: 1\nsources:\n  people: {kind: file, path: people.csv}\n"


def _from(source: str, publish: str = "[tag]", project: str = _PROJECT) -> Example:
    entry = f"{{name: Hot, rule: role = user, publish: {publish}, from: {source}}}"
    return Example(
        {
            "intercom-iac.yaml": project,
            "specs/example.yaml": f"version: 1\nsegments:\n  hot: {entry}\n",
        }
    )


PUBLISHED_ATTRIBUTE = Code(
    "SPEC190",
    "a segment published as an attribute that cannot hold its members",
    "`publish: [attribute]` sets a boolean attribute of contacts that has the segment's key as its name: true for "
    "members, false for who has left. The attribute needs no entry. Where it has one, for a description or an owner, "
    "it is of contacts, of type `boolean`, and not archived.",
    wrong=spec(
        "version: 1\nattributes:\n  contact:\n    hot: {type: string}\n"
        "segments:\n  hot: {name: Hot, rule: role = user, publish: [attribute]}\n"
    ),
    right=spec(
        "version: 1\nattributes:\n  contact:\n    hot: {type: boolean}\n"
        "segments:\n  hot: {name: Hot, rule: role = user, publish: [attribute]}\n"
    ),
)
NO_ATTRIBUTE_NAME = Code(
    "SPEC191",
    "a segment published as an attribute, with a key that no attribute may have",
    "`publish: [attribute]` names the attribute after the segment's key. Names of attributes hold letters, digits, "
    "spaces, `_`, `-` and currency symbols; a key of a segment may hold others.",
    wrong=spec("version: 1\nsegments:\n  hot.now: {name: Hot, rule: role = user, publish: [attribute]}\n"),
    right=spec("version: 1\nsegments:\n  hot_now: {name: Hot, rule: role = user, publish: [attribute]}\n"),
)
UNKNOWN_SOURCE = Code(
    "SPEC192",
    "a source of members that the project file does not have",
    "`from` names a source under `sources` in the project file. Each of its rows is a member of the segment, by the "
    "source's key: `external_id` or `email`.",
    wrong=_from("persons"),
    right=_from("people"),
)
UNUSED_SOURCE = Code(
    "SPEC193",
    "a source of members for a segment that publishes none",
    "`from` says who has the tag or the attribute of a segment. An audience, and a segment that a person builds, are "
    "made of the rule.",
    wrong=_from("people", "[audience]"),
    right=_from("people", "[audience, tag]"),
)
