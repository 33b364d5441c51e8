"""The codes of segments whose members are written one by one: as a tag or a boolean attribute of contacts."""

from __future__ import annotations

from ..registry import Code, Example, spec

# --- SPEC19x: entries ---------------------------------------------------------------------------------------

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

NOT_OF_A_COMPANY = Code(
    "SPEC194",
    "a segment that tags companies, with a rule about people",
    "`publish: [company tag]` puts the tag on companies, those that the rule selects: all of it stands in "
    "`company(...)`, or is a single test such as `company.size > 50`. Two tests outside of it may hold of two "
    "companies of a person, and select neither. Members from a source are contacts.",
    wrong=spec("version: 1\nsegments:\n  big: {name: Big, rule: role = user, publish: [company tag]}\n"),
    right=spec(
        "version: 1\nsegments:\n  big: {name: Big, rule: company(size > 50), publish: [company tag]}\n"
    ),
)

# --- PLAN64x: members ---------------------------------------------------------------------------------------


def _publish(entry: str, *before: str, safety: str = "", run: str = "segment publish --dry-run") -> Example:
    workspace = "workspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
    return Example(
        {
            "intercom-iac.yaml": f"version: 1\n{workspace}{safety}",
            "specs/example.yaml": f"version: 1\nsegments:\n  hot: {{name: Hot, {entry}}}\n",
        },
        run,
        before=before,
    )


def _other_project(entry: str) -> Example:
    """A tag that another project has published to the workspace: all users carry it."""
    workspace = "version: 1\nworkspaces:\n  sandbox: {{sandbox: {}}}\n"
    segment = "version: 1\nsegments:\n  hot: {{name: Hot, {}}}\n"
    return Example(
        {
            "intercom-iac.yaml": workspace.format("ours/.intercom-iac/sandbox.db"),
            "specs/example.yaml": segment.format("rule: role = user, publish: [tag]"),
            "ours/intercom-iac.yaml": workspace.format(".intercom-iac/sandbox.db"),
            "ours/specs/example.yaml": segment.format(entry),
        },
        "segment publish --dry-run --project ours",
        before=(
            "apply --auto-approve",
            "sandbox seed --people 20",
            "segment publish --auto-approve",
        ),
    )


_TAGGED = "rule: role = user, publish: [tag]"
_APPLIED = ("sandbox seed --people 20", "apply --auto-approve")

TOO_MANY_CHANGES = Code(
    "PLAN643",
    "more members change than the project allows",
    "`safety.max_change_percent` says which share of those who are or were members may enter and leave in one run. "
    "Where nobody has the tag or the attribute yet, it is a share of all contacts, or of all companies. A rule that "
    "was edited, or a source that is half empty, changes many as well: look at the plan before the limit is raised. "
    "A single member may always change, unless the limit is 0.",
    wrong=_publish(_TAGGED, *_APPLIED, safety="safety: {max_change_percent: 10}\n"),
    right=_publish(_TAGGED, *_APPLIED, safety="safety: {max_change_percent: 100}\n"),
)
NOT_ITS_OWN = Code(
    "PLAN644",
    "a tag that most of its carriers would lose",
    "Intercom does not tell who made a tag. Where more than half of those who carry it are no members of the "
    "segment, somebody else most likely put it on them. With `adopt: true` the segment takes the tag over. Nothing "
    "is said of a tag that this project has published from this machine before.",
    wrong=_other_project("rule: role = lead, publish: [tag]"),
    right=_other_project("rule: role = lead, publish: [tag], adopt: true"),
)
NOT_APPLIED = Code(
    "PLAN645",
    "a segment to publish whose tag or attribute is not there yet",
    "`apply` makes the tag and the attribute of a published segment, and the attributes that its rule reads; "
    "`segment publish` says who has them.",
    wrong=_publish(_TAGGED, "sandbox seed --people 20"),
    right=_publish(_TAGGED, *_APPLIED),
)
UNDECIDED = Code(
    "PLAN646",
    "a segment to publish whose rule only Intercom can decide",
    "Intercom tells nobody the rule of a segment that was built there. Members that depend on one are not found by "
    "this program.",
    wrong=_publish(
        "rule: segment vip and role = user, publish: [tag]}\n  vip: {built_in_intercom: true", *_APPLIED
    ),
    right=_publish(_TAGGED, *_APPLIED),
)


def _rename_example(*before: str) -> Example:
    """A project whose rule reads the new name of an attribute that an older state of it has filled."""
    workspace = "version: 1\nworkspaces:\n  sandbox: {{sandbox: {}}}\n"
    attribute = "type: options, options: [free, pro]"
    return Example(
        {
            "intercom-iac.yaml": workspace.format("ours/.intercom-iac/sandbox.db"),
            "specs/example.yaml": f"version: 1\nattributes:\n  contact:\n    plan: {{{attribute}}}\n",
            "ours/intercom-iac.yaml": workspace.format(".intercom-iac/sandbox.db"),
            "ours/specs/example.yaml": "version: 1\nattributes:\n  contact:\n"
            f"    plan: {{{attribute}, status: deprecated}}\n"
            f"    billing: {{{attribute}, renamed_from: plan}}\n"
            "segments:\n  paying: {name: Paying, rule: billing != free, publish: [tag]}\n",
        },
        "segment publish --dry-run --project ours",
        before=(
            "apply --auto-approve",
            "sandbox seed --people 20",
            "apply --auto-approve --project ours",
            *before,
        ),
    )


NOT_COPIED = Code(
    "PLAN647",
    "a segment to publish whose rule reads an attribute without its values",
    "An attribute that takes the place of another has no values until they are copied, and a rule that reads it is "
    "false, or true, of everybody meanwhile: all members would leave, or everybody would enter. `sync --replace` "
    "copies the values. Values that are to stay behind are let go of by `status: archived` of the old attribute. "
    "Nothing is said where nobody would enter or leave.",
    wrong=_rename_example(),
    right=_rename_example("sync --replace billing --auto-approve --project ours"),
)
