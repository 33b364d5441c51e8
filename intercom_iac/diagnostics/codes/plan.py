"""PLAN6xx: what forbids a plan, or a person should know before applying it."""

from __future__ import annotations

from ..registry import Code, Example


def _project(more: str = "") -> str:
    return f"version: 1\nworkspaces:\n  sandbox: {{sandbox: .intercom-iac/sandbox.db}}\n{more}"


def _applied_example(applied: str, specs: str, run: str = "plan", *, more: str = "") -> Example:
    """`run` on a workspace to which other specs had been applied."""
    files = {
        "before.yaml": _project("specs: before\n"),
        "before/example.yaml": f"version: 1\n{applied}",
        "intercom-iac.yaml": _project(more),
        "specs/example.yaml": f"version: 1\n{specs}",
    }
    return Example(files, run, before=("apply --project before.yaml --auto-approve",))


def _attributes(count: int) -> str:
    return "attributes:\n  contact:\n" + "".join(f"    field_{n}: {{type: string}}\n" for n in range(count))


def _events(count: int) -> str:
    return "events:\n" + "".join(f"  event_{n}: {{}}\n" for n in range(count))


def _audience(read: str, attributes: str) -> str:
    rule = f"segments:\n  big:\n    name: Big\n    rule: {read} = x\n    publish: [audience]\n"
    return f"{attributes}{rule}"


_ARCHIVED = "attributes: {contact: {legacy: {type: string, status: archived}}}\n"
_LEGACY = "attributes: {contact: {legacy: {type: string}, kept: {type: string}}}\n"
_TWO_OF_TWO = (
    "attributes:\n"
    "  contact:\n"
    "    one: {type: string, status: archived}\n"
    "    two: {type: string, status: archived}\n"
)

TOO_MANY_ATTRIBUTES = Code(
    "PLAN601",
    "the plan passes Intercom's cap on custom attributes",
    "A workspace holds 250 active custom attributes, contact and company together. What the specs add to those "
    "the workspace has would pass that, so apply refuses before its first call. Archive attributes that no rule "
    "reads, in the specs (`status: archived`) or in Intercom.",
    wrong=_applied_example(_attributes(250), "attributes: {contact: {one_more: {type: string}}}\n"),
    right=_applied_example(_attributes(249), "attributes: {contact: {one_more: {type: string}}}\n"),
)

TOO_MANY_EVENTS = Code(
    "PLAN602",
    "the plan passes Intercom's cap on event names",
    "A workspace holds 120 active event names. The events already registered for the registrar contact and those "
    "the specs add would pass that. Archive events in Intercom under Settings > Data > Events.",
    wrong=_applied_example(_events(120), "events: {one_more: {}}\n"),
    right=_applied_example(_events(119), "events: {one_more: {}}\n"),
)

NEAR_CAP = Code(
    "PLAN660",
    "the plan comes near a cap of Intercom",
    "A workspace holds 250 active custom attributes and 120 active event names. From 80% of a cap on a plan warns, "
    "while there is time to choose which to archive: what the specs do not know counts as well.",
    wrong=_applied_example(_events(96), "events: {event_0: {}}\n"),
    right=_applied_example(_events(95), "events: {event_0: {}}\n"),
    severity="warning",
)

NO_ROOM_IN_BETWEEN = Code(
    "PLAN603",
    "the plan fits at its end and not on the way",
    "At the cap, archives make room for creates. Here the attribute to archive is read by an audience, the "
    "audience waits for a new attribute, and the new attribute has no room. Archive something else first.",
    wrong=_applied_example(
        _audience("field_0", _attributes(250)),
        _audience(
            "fresh",
            "attributes:\n  contact:\n    fresh: {type: string}\n"
            "    field_0: {type: string, status: archived}\n",
        ),
    ),
    right=_applied_example(
        _audience("field_0", _attributes(249)),
        _audience(
            "fresh",
            "attributes:\n  contact:\n    fresh: {type: string}\n"
            "    field_0: {type: string, status: archived}\n",
        ),
    ),
)

NAME_TAKEN = Code(
    "PLAN604",
    "the workspace uses the name for the other model",
    "In Intercom a custom attribute's name serves contacts or companies, not both. The workspace has this name on "
    "the other model, archived or not, so the create would be refused.",
    wrong=_applied_example(
        "attributes: {company: {seats: {type: integer}}}\n",
        "attributes: {contact: {seats: {type: integer}}}\n",
    ),
    right=_applied_example(
        "attributes: {company: {seats: {type: integer}}}\n",
        "attributes: {company: {seats: {type: integer}}}\n",
    ),
)

NAME_DIFFERS_IN_CASE = Code(
    "PLAN605",
    "the workspace has a name that differs only in case",
    "Intercom's keys are case-sensitive, so `Plan` and `plan` are two attributes, which is seldom meant.",
    wrong=_applied_example(
        "attributes: {contact: {Seats: {type: integer}}}\n",
        "attributes: {contact: {seats: {type: integer}}}\n",
    ),
    right=_applied_example(
        "attributes: {contact: {seats: {type: integer}}}\n",
        "attributes: {contact: {seats: {type: integer}}}\n",
    ),
    severity="warning",
)

DOLLAR_IN_NAME = Code(
    "PLAN629",
    "Intercom may refuse `$` in the name of a new attribute",
    "The API's own message allows currency symbols in the names of attributes, and Intercom's help centre forbids "
    "the dollar; which of the two holds is not known. Where the create is refused, apply stops there.",
    wrong=_applied_example("", "attributes: {contact: {spent_$: {type: integer}}}\n"),
    right=_applied_example("", "attributes: {contact: {spent_usd: {type: integer}}}\n"),
    severity="warning",
)

DESTRUCTIVE = Code(
    "PLAN606",
    "the plan archives or deletes, and nobody allowed it",
    "An archived attribute leaves Intercom's screens, and code that writes it may fail; a deleted audience does not "
    "come back. Apply does such a plan only with `--allow-destructive`. A plan file that deletes a tag, as older "
    "versions made them, is refused whatever the flags: nothing tells who made a tag.",
    wrong=_applied_example(_LEGACY, _ARCHIVED, "apply --auto-approve"),
    right=_applied_example(_LEGACY, _ARCHIVED, "apply --auto-approve --allow-destructive"),
)

OVER_THRESHOLD = Code(
    "PLAN607",
    "the plan archives more of the workspace than the project allows",
    "`safety.max_archive_percent` of the project file bounds how much of the workspace's active attributes one "
    "plan may archive, whatever flags are given: a wrong branch or a half-written file looks just like a mass "
    "archive. One attribute at a time is always let through, unless the number is 0, which forbids archives "
    "altogether. Raise the number in the project file, where it is reviewed, if this is meant.",
    wrong=_applied_example(
        "attributes: {contact: {one: {type: string}, two: {type: string}}}\n",
        _TWO_OF_TWO,
        "apply --auto-approve --allow-destructive",
    ),
    right=_applied_example(
        "attributes: {contact: {one: {type: string}, two: {type: string}}}\n",
        _TWO_OF_TWO,
        "apply --auto-approve --allow-destructive",
        more="safety: {max_archive_percent: 100}\n",
    ),
)

_TIER = "attributes: {contact: {tier: {type: string}}}\n"


def _tiers(rule: str) -> str:
    return f"{_TIER}segments: {{gold: {{name: Gold, rule: {rule}, publish: [audience]}}}}\n"


UNVERIFIED_AUDIENCE = Code(
    "PLAN611",
    "an audience whose filters cannot be compared with its rule",
    "The API cannot express the rule, so a person built the audience or an older rule made it. The plan sees that "
    "it stands there; whether its filters are those of the rule, only a person can tell.",
    wrong=_applied_example(_tiers("tier = gold"), _tiers("tier = gold or tier = platinum")),
    right=_applied_example(_tiers("tier = gold"), _tiers("tier = platinum")),
    severity="warning",
)

ARCHIVE_IN_USE = Code(
    "PLAN612",
    "an archive of an attribute that an audience reads",
    "Intercom refuses to archive an attribute that something depends on. An audience of the workspace, which this "
    "plan leaves as it is, reads it, so apply refuses before its first call. What else counts as a dependency, "
    "Intercom does not document.",
    wrong=_applied_example(
        _tiers("tier = gold"), "attributes: {contact: {tier: {type: string, status: archived}}}\n"
    ),
    right=_applied_example(_TIER, "attributes: {contact: {tier: {type: string, status: archived}}}\n"),
)

STALE = Code(
    "PLAN608",
    "the workspace is not what the saved plan rests on",
    "Between `plan --out` and `apply` somebody changed the workspace, so what was reviewed is not what would "
    "happen. Where that was an apply of the same plan, its changes are named: they are made, all of them or some. "
    "Make a new plan and have it reviewed.",
    wrong=Example(
        {"specs/example.yaml": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"},
        run="apply plan.json --auto-approve",
        before=("plan --out plan.json", "apply --auto-approve"),
    ),
    right=Example(
        {"specs/example.yaml": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"},
        run="apply plan.json --auto-approve",
        before=("plan --out plan.json",),
    ),
)

_SEATS = "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"


def _other_workspace_example(specs: str) -> Example:
    """Applying a plan that was made of the specs in another folder."""
    files = {
        "before.yaml": _project("specs: before\n"),
        "before/example.yaml": specs,
        "specs/example.yaml": _SEATS,
    }
    return Example(files, run="apply plan.json", before=("plan --project before.yaml --out plan.json",))


_PLANNED_HERE = Example(
    {"specs/example.yaml": _SEATS}, run="apply plan.json", before=("plan --out plan.json",)
)

OTHER_SPECS = Code(
    "PLAN615",
    "the specs are not those that the saved plan was made from",
    "`apply PLANFILE` plans once more, of the specs it finds in the project and of the workspace, and does nothing "
    "unless that is the saved plan. Here the specs say something else than they did, so what was reviewed is not "
    "what they ask for now. Check out the revision that the plan was made from, or make a new plan.",
    wrong=_other_workspace_example("version: 1\nevents: {opened: {}}\n"),
    right=_PLANNED_HERE,
)

NOT_AS_PLANNED = Code(
    "PLAN616",
    "the saved plan is not what its specs and its workspace give",
    "`apply PLANFILE` plans once more, of the specs it finds in the project and of the workspace, and compares. The "
    "specs and the workspace are those that the plan names, and yet something in the file is otherwise: a value "
    "before or after, an address, a risk, a reason, a step, a place, a count. The file was edited, or made by "
    "another version of the program; or the specs say the same and stand in other places by now.",
    wrong=_other_workspace_example(_SEATS),
    right=_PLANNED_HERE,
)

_TWICE = (
    '{"name": "Gold", "predicates": [{"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", '
    '"value": "gold"}], "role_predicates": [], "id": "%s"}'
)

DUPLICATE_AUDIENCES = Code(
    "PLAN617",
    "several audiences of one name",
    "In Intercom names do not tell audiences apart. A create whose answer was lost, or two people, can make two of "
    "one name and the same filters; of which the plan sees to one, and nothing says which of them Fin's content "
    "uses. Delete the others in Intercom.",
    wrong=Example(
        {
            "intercom-iac.yaml": "version: 1\nworkspaces:\n  live: {base_url: '{url}', token_env: LIVE_TOKEN}\n",
            "specs/example.yaml": f"version: 1\n{_tiers('tier = gold')}",
        },
        run="plan",
        environment={"LIVE_TOKEN": "any"},
        answers=(
            200,
            '{"app": {"id_code": "abc12345"}, "events": [], "segments": [], '
            f'"data": [{_TWICE % 1}, {_TWICE % 2}]}}',
        ),
    ),
    right=_applied_example(_tiers("tier = gold"), _tiers("tier = gold")),
    severity="warning",
)

UNREADABLE = Code(
    "PLAN609",
    "the file is no plan that this version can read",
    "A plan file is what `plan --out` wrote, unchanged: it holds a digest of its own content. It was cut short, "
    "edited, or written by a version with another plan format.",
    wrong=Example(
        {"specs/example.yaml": "version: 1\n", "plan.json": '{"format_version": "1.0", "changes": ['},
        run="show plan.json",
    ),
    right=Example(
        {"specs/example.yaml": "version: 1\n"}, run="show plan.json", before=("plan --out plan.json",)
    ),
)

PROTECTED = Code(
    "PLAN610",
    "a protected workspace takes a saved plan only",
    "With `protected: true` apply does what was reviewed and nothing else: a plan file made by `plan --out`.",
    wrong=Example(
        {
            "intercom-iac.yaml": "version: 1\nworkspaces:\n  live:\n"
            "    sandbox: .intercom-iac/sandbox.db\n    protected: true\n",
            "specs/example.yaml": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n",
        },
        run="apply --auto-approve",
    ),
    right=Example(
        {
            "intercom-iac.yaml": "version: 1\nworkspaces:\n  live:\n"
            "    sandbox: .intercom-iac/sandbox.db\n    protected: true\n",
            "specs/example.yaml": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n",
        },
        run="apply plan.json --auto-approve",
        before=("plan --out plan.json",),
    ),
)

OTHER_TIMEZONE = Code(
    "PLAN628",
    "the workspace counts its days in another time zone than the project says",
    "Intercom decides by the workspace's time zone which day a moment belongs to. `timezone` in the project file "
    "says it to the commands that do not ask the workspace, such as `segment preview`: where the two differ, those "
    "commands count other people than Intercom will select. Set it to what the workspace has.",
    wrong=Example(
        {
            "intercom-iac.yaml": _project("timezone: Europe/Dublin\n"),
            "specs/example.yaml": "version: 1\nevents: {}\n",
        },
        run="plan",
    ),
    right=Example(
        {
            "intercom-iac.yaml": _project("timezone: America/New_York\n"),
            "specs/example.yaml": "version: 1\nevents: {}\n",
        },
        run="plan",
    ),
    severity="warning",
)


def _plan_file_example(created_at: str, digest: str) -> Example:
    """Applying a plan file of that time, which has nothing to do."""
    usage = '{"used": 0, "after": 0, "limit": 250}'
    none = f"sha256:{'0' * 64}"
    plan = (
        f'{{"format_version": "1.0", "created_at": "{created_at}",\n'
        ' "workspace": {"name": "sandbox", "app_id": "abc12345", "timezone": "Europe/Dublin"},\n'
        f' "specs_digest": "{none}",\n "live_digest": "{none}",\n'
        ' "summary": {"create": 0, "update": 0, "archive": 0, "restore": 0,'
        ' "register": 0, "delete": 0, "manual": 0},\n'
        f' "limits": {{"attributes": {usage}, "events": {usage}}},\n'
        ' "changes": [], "unmanaged": [], "diagnostics": [], "rests_on": {},\n'
        f' "digest": "sha256:{digest}"}}\n'
    )
    return Example(
        {"specs/example.yaml": "version: 1\n", "plan.json": plan}, run="apply plan.json --max-age 24h"
    )


_YOUNG = Example(
    {"specs/example.yaml": "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"},
    run="apply plan.json --max-age 24h",
    before=("plan --out plan.json",),
)

TOO_OLD = Code(
    "PLAN613",
    "the saved plan is older than `--max-age` allows",
    "`apply PLANFILE --max-age 24h` does a plan only while those who reviewed it remember why. The workspace may be "
    "as it was, and what the plan is for may not. Make a new plan and have it reviewed.",
    wrong=_plan_file_example(
        "2024-01-31T09:00:00Z", "754c1a41c33d2e2481f35626c6068cf13a471b65fe2af79da8fc49f8dd4ba2ee"
    ),
    right=_YOUNG,
)

FROM_THE_FUTURE = Code(
    "PLAN614",
    "the saved plan says that it was made in the future",
    "With `--max-age` the age of a plan counts, and one whose time is more than five minutes ahead has none: the "
    "clock of one of the two machines is wrong. Set it right, and make a new plan.",
    wrong=_plan_file_example(
        "2999-01-31T09:00:00Z", "48e3d2770d700630fe43e1d36dd4ad68865bdaf14c5c82fee813276b1a5c55fa"
    ),
    right=_YOUNG,
)

LEFT_BEHIND = Code(
    "PLAN620",
    "a thing in Intercom that a segment left behind",
    "A segment went, has another name or publishes less than before, and its tag, audience or segment still stands "
    "in Intercom. Nothing tells who made a tag, so none is ever deleted: a person decides. Without `--against` only "
    "what has the name of a declared segment is known; the rest stands among what the specs do not have.",
    wrong=_applied_example(
        "segments: {gold: {name: Gold, rule: role = user, publish: [tag]}}\n",
        "segments: {gold: {name: Gold, rule: role = user, publish: [audience]}}\n",
    ),
    right=_applied_example(
        "segments: {gold: {name: Gold, rule: role = user, publish: [tag]}}\n",
        "segments: {gold: {name: Gold, rule: role = user, publish: [tag, audience]}}\n",
    ),
    severity="info",
)


def _planned(specs: str) -> Example:
    return Example(
        {"intercom-iac.yaml": _project(), "specs/example.yaml": f"version: 1\n{specs}"}, run="plan"
    )


NOTHING_REPLACED = Code(
    "PLAN650",
    "an attribute takes the place of one that is not there",
    "`renamed_from` or `replaces` names an attribute that neither the specs nor the workspace have. In a workspace "
    "that never had it that is as it should be; else the name is misspelt, and the values stay where they are.",
    wrong=_planned("attributes: {contact: {seat_count: {type: integer, renamed_from: seast}}}\n"),
    right=_planned("attributes: {contact: {seat_count: {type: integer}}}\n"),
    severity="info",
)
