"""Changes of a segment between two revisions of the specs."""

from __future__ import annotations

from ...registry import Code
from .examples import between, contact, segment

_NAMED = segment("name: Large teams")
_TAGGED = segment("name: Large teams, publish: [tag]")

RULE_CHANGED = Code(
    "BACK709",
    "the rule of a segment changed",
    "Other people belong to it from now on, and to the segments that refer to it. The rule is shown before and "
    "after, in English, and whether it is wider, narrower or neither, with a person who enters and one who leaves. A "
    "rule that is only spelled otherwise did not change; one that is proved to select the same people is BACK738.",
    wrong=between(_NAMED, segment("name: Large teams, rule: team_size > 50")),
    right=between(_NAMED, segment("name: Large teams, rule: team_size greater than 10")),
    severity="warning",
    level="risky",
)
SEGMENT_GONE = Code(
    "BACK710",
    "a segment is gone and was not archived",
    "Its audience and its tag stay in Intercom as they are, and nothing keeps them right any more. To retire a "
    "segment, say so: `status: archived`, and apply deletes what it made of it.",
    wrong=between(_NAMED, contact("")),
    right=between(_NAMED, segment("name: Large teams, status: archived")),
    level="breaking",
)
PUBLISH_REMOVED = Code(
    "BACK711",
    "a segment is no longer published",
    "Its audience or tag stays in Intercom as it is, and nothing keeps it right any more: whatever uses it "
    "reaches the people of that day.",
    wrong=between(_TAGGED, _NAMED),
    right=between(_TAGGED, segment("name: Large teams, publish: [tag], owner: growth")),
    level="breaking",
)
NAME_LEFT = Code(
    "BACK716",
    "a segment has another name in Intercom, and no `renamed_from`",
    "What stands in Intercom is found by its name. Without `renamed_from` a second audience or tag is made, or a "
    "second segment asked for, and the first stays behind with whatever uses it.",
    wrong=between(_TAGGED, segment("name: Big teams, publish: [tag]")),
    right=between(_TAGGED, segment("name: Big teams, renamed_from: Large teams, publish: [tag]")),
    level="breaking",
)
_FROZEN = "version: 1\npolicy: {segments: {no_new_members: [large_*]}}\n"
NEW_MEMBERS = Code(
    "BACK717",
    "a segment gets members that the policy does not let in",
    "`policy.segments.no_new_members` of the project file names segments that nobody may enter by a change of the "
    "specs: a pull request may make them narrower, not wider. It fails where somebody would enter, who is named, and "
    "where that could not be decided. What the old project file names counts as well.",
    wrong=between(_NAMED, segment("name: Large teams, rule: team_size > 5"), _FROZEN),
    right=between(_NAMED, segment("name: Large teams, rule: team_size > 50"), _FROZEN),
    level="breaking",
)
PUBLISH_ADDED = Code(
    "BACK721",
    "a segment is now published",
    "The people of the segment get into an audience of Fin, or a tag is made for them: somebody may be written to.",
    wrong=between(_NAMED, _TAGGED),
    right=between(_TAGGED, _TAGGED),
    severity="warning",
    level="risky",
)
SEGMENT_RENAMED = Code(
    "BACK723",
    "a segment is renamed in Intercom",
    "`renamed_from` says so: apply renames its audience and tag, and a person the segment. Whoever looks for the "
    "old name misses it.",
    wrong=between(_TAGGED, segment("name: Big teams, renamed_from: Large teams, publish: [tag]")),
    right=between(_TAGGED, _TAGGED),
    severity="warning",
    level="risky",
)
SEGMENT_KEY = Code(
    "BACK724",
    "a segment has another key in the specs",
    "In Intercom nothing changes, since the name does. Rules, scripts and `segment` commands that call it by the "
    "old key no longer find it.",
    wrong=between(_NAMED, segment("name: Large teams", key="big_teams")),
    right=between(_NAMED, _NAMED),
    severity="warning",
    level="risky",
)


def _teams(size: int) -> str:
    return (
        "attributes:\n  contact:\n    team_size: {type: integer}\nsegments:\n"
        f"  large_teams: {{name: Large teams, rule: team_size > {size}}}\n"
        "  large_users: {name: Large users, rule: segment large_teams and role = user}\n"
    )


OTHER_MEMBERS = Code(
    "BACK726",
    "other people belong to a segment whose rule did not change",
    "A segment that its rule refers to changed, or an attribute has a new option that the rule does not exclude, as "
    "`plan_type is not free` does not exclude the plan that is added. Where the same people belong to it, nothing is "
    "said.",
    wrong=between(_teams(10), _teams(50)),
    right=between(_teams(10), _teams(10)),
    severity="warning",
    level="risky",
)
RULE_REWRITTEN = Code(
    "BACK738",
    "a rule is written otherwise and selects the same people",
    "Clauses stand in another order, a `not` was moved, a segment is referred to in place of its rule, or it is "
    "proved that nobody enters and nobody leaves.",
    wrong=between(
        segment("name: Large teams, rule: team_size > 10 and role = user"),
        segment("name: Large teams, rule: role = user and team_size > 10"),
    ),
    right=between(_NAMED, _NAMED),
    severity="info",
    level="safe",
)
BUILT_ELSEWHERE = Code(
    "BACK744",
    "whether a segment is built in Intercom changed",
    "Its rule was the specs' and is a person's now, or the other way round: who belongs to it may be others.",
    wrong=between(_NAMED, segment("name: Large teams, rule: unknown, built_in_intercom: true")),
    right=between(_NAMED, _NAMED),
    severity="warning",
    level="risky",
)
ADOPTION_CHANGED = Code(
    "BACK745",
    "whether a segment adopts what somebody else made changed",
    "What is adopted stays in Intercom when the segment is archived; what is not may be deleted then.",
    wrong=between(_TAGGED, segment("name: Large teams, publish: [tag], adopt: true")),
    right=between(_TAGGED, _TAGGED),
    severity="warning",
    level="risky",
)
_SOURCES = "version: 1\nsources:\n  people: {kind: file, path: people.csv}\n"
MEMBERS_FROM = Code(
    "BACK750",
    "where the members of a segment come from changed",
    "`from` names a source of the project file whose rows are the members; without it the rule finds them. Others "
    "may get the tag or the attribute from now on, and some lose it.",
    wrong=between(_TAGGED, segment("name: Large teams, publish: [tag], from: people"), _SOURCES),
    right=between(_TAGGED, _TAGGED, _SOURCES),
    severity="warning",
    level="risky",
)
_SEATS_RULE = "segments: {big: {name: Big, rule: seats > 10, publish: [tag]}}\n"
RULE_MOVED = Code(
    "BACK746",
    "a rule reads the attribute that replaces another",
    "The new specs put one attribute in the place of another, by `renamed_from` or `replaces`, and the rule says of "
    "the new one what it said of the old. It selects the same people once their values are copied.",
    wrong=between(
        contact(
            "seats: {type: integer, status: deprecated}\n    seat_count: {type: integer, renamed_from: seats}"
        )
        + _SEATS_RULE,
        contact(
            "seats: {type: integer, status: deprecated}\n    seat_count: {type: integer, renamed_from: seats}"
        )
        + _SEATS_RULE.replace("seats >", "seat_count >"),
    ),
    right=between(
        contact("seats: {type: integer}") + _SEATS_RULE, contact("seats: {type: integer}") + _SEATS_RULE
    ),
    severity="info",
    level="safe",
)
