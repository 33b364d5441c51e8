"""The codes of segments whose rules are Intercom's, and of tags and audiences that somebody else made."""

from __future__ import annotations

from ..registry import Code, spec

# --- SPEC17x: entries ---------------------------------------------------------------------------------------

UNKNOWN_AND_BUILT = Code(
    "SPEC170",
    "a segment that was built in Intercom, and has a rule",
    "Intercom tells nobody the rule of a segment that a person built there. An entry says so with "
    "`built_in_intercom: true`, and with `rule: unknown` or without a rule. A segment with a rule is built by that "
    "rule, and needs no such line.",
    wrong=spec(
        "version: 1\nsegments:\n  vip: {name: VIP people, rule: role = user, built_in_intercom: true}\n"
    ),
    right=spec("version: 1\nsegments:\n  vip: {name: VIP people, rule: unknown, built_in_intercom: true}\n"),
)
BUILT_AND_PUBLISHED = Code(
    "SPEC171",
    "a segment that was built in Intercom, and is published",
    "An audience is made of a rule, and a tag is for the people that a rule selects. The rule of a segment that was "
    "built in Intercom nobody knows. Other segments can be published that refer to it with `segment key`.",
    wrong=spec("version: 1\nsegments:\n  vip: {name: VIP people, built_in_intercom: true, publish: [tag]}\n"),
    right=spec("version: 1\nsegments:\n  vip: {name: VIP people, built_in_intercom: true}\n"),
)
NOTHING_TO_ADOPT = Code(
    "SPEC172",
    "`adopt` at a segment that is not published",
    "`adopt: true` says that somebody else made the audience or the tag of a published segment, and that it outlives "
    "the segment. A segment without `publish` is built by a person in any case, and apply never touches it.",
    wrong=spec("version: 1\nsegments:\n  users: {name: Users, rule: role = user, adopt: true}\n"),
    right=spec(
        "version: 1\nsegments:\n  users: {name: Users, rule: role = user, publish: [tag], adopt: true}\n"
    ),
)

# --- LINT57x: what nobody but Intercom can say ---------------------------------------------------------------

_BUILT = "version: 1\nsegments:\n  vip: {name: VIP people, built_in_intercom: true}\n"
BUILT_IN_INTERCOM = Code(
    "LINT575",
    "segments whose rules Intercom tells nobody",
    "A segment that is `built_in_intercom` is used by its name. A plan verifies that it is there, and says nothing "
    "of its filters; nor can `rule eval`, `segment preview` and SQL decide who belongs to it. Written as a rule, it "
    "would be reviewed like the others.",
    wrong=spec(_BUILT),
    right=spec("version: 1\nsegments:\n  vip: {name: VIP people, rule: role = user}\n"),
    severity="info",
)
SEGMENT_ID = Code(
    "LINT576",
    "a segment whose id is the workspace's",
    "Contact search takes a segment that was built in Intercom by its id, which each workspace gives itself. The "
    "query has a placeholder in its place; `--live` reads the id from the workspace.",
    wrong=spec(_BUILT, "rule compile 'segment vip and role = user' --to search"),
    right=spec(_BUILT, "rule compile 'role = user' --to search"),
    severity="info",
)
ONLY_INTERCOM = Code(
    "LINT577",
    "a rule that only Intercom can decide",
    "Intercom tells nobody the rule of a segment that was built there, nor in an export who belongs to it. What asks "
    "for such a segment can be compiled to a search query alone. Where the query leaves a residual that asks for it, "
    "each contact that comes back has to be asked for its segments.",
    wrong=spec(_BUILT, "rule compile 'segment vip or company.size > 50' --to search"),
    right=spec(_BUILT, "rule compile 'role = user and company.size > 50' --to search"),
    severity="info",
)
