"""The codes of segments whose rules are Intercom's, and of tags and audiences that somebody else made."""

from __future__ import annotations

from ..registry import Code, Example, spec

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

# --- PLAN64x: tags and audiences that somebody else made ------------------------------------------------------


def _applied(entry: str, now: str, run: str = "plan") -> Example:
    """`run` on a workspace to which the segment had been applied as `entry`; the only commit does not have it."""
    project = "version: 1\nworkspaces:\n  sandbox: {sandbox: .intercom-iac/sandbox.db}\n"
    return Example(
        {
            "before.yaml": f"{project}specs: before\n",
            "before/example.yaml": f"version: 1\nsegments: {{hot: {{name: Hot, {entry}}}}}\n",
            "intercom-iac.yaml": project,
            "specs/kept.yaml": "version: 1\nevents: {signed_up: {}}\n",
            "specs/example.yaml": f"version: 1\nsegments: {{hot: {{name: Hot, {now}}}}}\n",
        },
        run,
        before=("apply --project before.yaml --auto-approve",),
        committed=("intercom-iac.yaml", "specs/kept.yaml"),
    )


_OF_USERS = "rule: role = user, publish: [audience]"
_OF_LEADS = "rule: role = lead, publish: [audience]"

NOT_ADOPTED = Code(
    "PLAN640",
    "a tag or an audience of somebody else, which a segment takes over",
    "A segment publishes a tag or an audience that stands in Intercom already, and that the specs it is compared "
    "with did not publish: somebody else made it. With `adopt: true` the segment takes it over, and when the segment "
    "is archived it stays. Give the segment another `name` where it is to have one of its own. Of a tag nothing is "
    "said where nobody carries it; an audience that has the filters of the rule is a warning.",
    wrong=_applied(_OF_USERS, _OF_LEADS, "plan --against HEAD"),
    right=_applied(_OF_USERS, f"{_OF_LEADS}, adopt: true", "plan --against HEAD"),
)
TAKES_OVER = Code(
    "PLAN641",
    "a segment that takes over a tag or an audience",
    "A segment publishes a tag that people carry already, or an audience whose filters are not those of its rule. "
    "Without an earlier revision (`plan --against`) nothing tells for sure whether the segment published it before. "
    "Of an audience it is said where it has filters that no rule of the specs has, or nothing of the specs was "
    "applied to the workspace; else the rule was edited. Where somebody else made it, `adopt: true` says so, and it "
    "stays when the segment is archived.",
    wrong=_applied(_OF_USERS, _OF_LEADS),
    right=_applied(_OF_USERS, f"{_OF_LEADS}, adopt: true"),
    severity="warning",
)
ADOPTED_STAYS = Code(
    "PLAN642",
    "an adopted tag or audience that outlives its segment",
    "`adopt: true` says that somebody else made the tag or the audience. When the segment is archived apply does not "
    "delete it, and asks nobody to.",
    wrong=_applied(_OF_USERS, f"{_OF_USERS}, status: archived, adopt: true"),
    right=_applied(_OF_USERS, f"{_OF_USERS}, status: archived"),
    severity="info",
)
