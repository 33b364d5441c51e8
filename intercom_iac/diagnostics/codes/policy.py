"""LINT56x: what a project asks of its specs in `policy`. LINT57x: findings that are silenced on their line.

SPEC16x: `policy` in the project file itself.
"""

from __future__ import annotations

from ..registry import Code, Example


def _with(policy: str, specs: str) -> Example:
    """A project of this policy and one spec file."""
    return Example(
        {"intercom-iac.yaml": f"version: 1\n{policy}", "specs/example.yaml": f"version: 1\n{specs}"}
    )


def _policy(policy: str) -> Example:
    """A project file of this policy, and no specs to speak of."""
    return _with(f"policy:\n  {policy}\n", "")


def _seats(entry: str) -> str:
    return f"attributes:\n  contact:\n    seats: {entry}\n"


# --- LINT56x: what is asked ---------------------------------------------------------------------------------

_OWNED = "policy:\n  require: {attributes: [owner]}\n"
MISSING = Code(
    "LINT561",
    "something that the project requires is missing",
    "`policy.require` in the project file says what each kind of entry has to say: a description, an owner, labels. "
    "Archived entries are left alone.",
    wrong=_with(_OWNED, _seats("{type: integer}")),
    right=_with(_OWNED, _seats("{type: integer, owner: growth}")),
    severity="warning",
)
_NOT_TEMPORARY = (
    "policy:\n  forbidden_names: [{pattern: ^tmp_, reason: temporary data goes to the warehouse}]\n"
)
FORBIDDEN_NAME = Code(
    "LINT562",
    "a name that the project forbids",
    "`policy.forbidden_names` in the project file lists patterns; a name that one of them is found in is forbidden. "
    "It is for attributes, events, metadata keys and segments; of a segment both count, its key and the name people "
    "read. Archived entries are left alone.",
    wrong=_with(_NOT_TEMPORARY, "events:\n  tmp_import: {}\n"),
    right=_with(_NOT_TEMPORARY, "events:\n  contacts_imported: {}\n"),
    severity="warning",
)
_SHORT = "policy:\n  max_length: {description: 30}\n"
TOO_LONG = Code(
    "LINT563",
    "a text longer than the project allows",
    "`policy.max_length` in the project file bounds names, descriptions and rules, in characters. Intercom cuts long "
    "names in its screens, and a long rule is one that nobody reads.",
    wrong=_with(_SHORT, _seats("{type: integer, description: Seats that the company pays for this month}")),
    right=_with(_SHORT, _seats("{type: integer, description: Seats paid for}")),
    severity="warning",
)
_OWNERS = "policy:\n  owners: [growth, support]\n"
UNKNOWN_OWNER = Code(
    "LINT564",
    "an owner that is not among those of the project",
    "`policy.owners` in the project file lists the owners there are. A misspelt one is nobody who answers.",
    wrong=_with(_OWNERS, _seats("{type: integer, owner: grwoth}")),
    right=_with(_OWNERS, _seats("{type: integer, owner: growth}")),
    severity="warning",
)
_LABELS = "policy:\n  labels: {pii: [none, personal, sensitive]}\n"
UNKNOWN_LABEL = Code(
    "LINT565",
    "a label or a value that the project does not have",
    "`policy.labels` in the project file lists the labels attributes may have, and the values of each. What is "
    "misspelt is missed by every flow that asks for it.",
    wrong=_with(_LABELS, _seats("{type: integer, labels: {pii: non}}")),
    right=_with(_LABELS, _seats("{type: integer, labels: {pii: none}}")),
    severity="warning",
)
_FLOW = "policy:\n  flows: [{segments: published, may_not_depend_on: {pii: sensitive}}]\n"
_HEALTH = (
    "attributes:\n  contact:\n    health_score: {type: integer, labels: {pii: sensitive}}\n"
    "segments:\n  vips: {rule: health_score > 80}\n"
)
FLOW = Code(
    "LINT566",
    "a segment that depends on what it may not",
    "`policy.flows` in the project file says which labels segments may not depend on. A segment depends on the "
    "attributes that its rule reads, and on those of the segments that it refers to, through however many; the "
    "message shows the shortest way. An attribute without the label is not judged: with `require: {attributes: "
    "[labels]}` none is without labels.",
    wrong=_with(_FLOW, _HEALTH + "  paid_vips: {rule: segment vips and role = user, publish: [tag]}\n"),
    right=_with(_FLOW, _HEALTH + "  paid_vips: {rule: role = user, publish: [tag]}\n"),
)
WRITTEN_FLOW = Code(
    "LINT568",
    "a segment that names what it may not depend on",
    "The rule of a segment leads to an attribute that `policy.flows` forbids, but it is proved that the attribute "
    "makes no difference: whoever is in the segment would be in it with every other value. Nothing flows, and the "
    "rule says more than it means.",
    wrong=_with(
        _FLOW,
        _HEALTH + "  users: {rule: role = user and (role = user or segment vips), publish: [tag]}\n",
    ),
    right=_with(_FLOW, _HEALTH + "  users: {rule: role = user, publish: [tag]}\n"),
    severity="warning",
)

_GUARDED = "policy:\n  segments: {no_new_members: [%s]}\n"
_VIPS = "segments:\n  vips: {rule: role = user}\n"
GUARDS_NOTHING = Code(
    "LINT567",
    "an entry of `no_new_members` that fits no segment",
    "`policy.segments.no_new_members` in the project file lists keys of segments, or patterns, that no change may "
    "widen (BACK717). An entry that fits no segment of any workspace guards nothing: mostly it is misspelt, or the "
    "segment has another key by now.",
    wrong=_with(_GUARDED % "vip", _VIPS),
    right=_with(_GUARDED % "vip*", _VIPS),
    severity="warning",
)

# --- LINT57x: silences --------------------------------------------------------------------------------------

_SNAKE = "naming: {attributes: snake_case}\n"
_WHY = "the app has sent it so since 2019"
UNUSED_SILENCE = Code(
    "LINT571",
    "a silence that silences nothing",
    "A comment silences codes on its own line or, where it is alone on one, on the line below. One that is left over "
    "would hide the next mistake. It is told once everything in the specs can be read.",
    wrong=_with(
        _SNAKE,
        f"attributes:\n  contact:\n    plan_type: {{type: string}}  # intercom-iac: ignore LINT551: {_WHY}\n",
    ),
    right=_with(
        _SNAKE,
        f"attributes:\n  contact:\n    planType: {{type: string}}  # intercom-iac: ignore LINT551: {_WHY}\n",
    ),
    severity="warning",
)
BAD_SILENCE = Code(
    "LINT572",
    "a silence that cannot be one",
    "`# intercom-iac: ignore CODE: why` silences a code on a line; several codes are set apart by commas. It needs a "
    "reason, and codes that begin with `LINT` or `PROOF`: what the others say is wrong, and no matter of taste.",
    wrong=_with(
        "", "attributes:\n  contact:\n    planType: {type: string}  # intercom-iac: ignore LINT551\n"
    ),
    right=_with(
        _SNAKE,
        f"attributes:\n  contact:\n    # intercom-iac: ignore LINT551: {_WHY}\n    planType: {{type: string}}\n",
    ),
    severity="warning",
)

# --- SPEC16x: the settings ----------------------------------------------------------------------------------

BAD_PATTERN = Code(
    "SPEC161",
    "a pattern that does not work",
    "`policy.forbidden_names` takes regular expressions without look-around and back-references, so that none takes "
    "long, whatever the name.",
    wrong=_policy('forbidden_names: [{pattern: "^(tmp|test"}]'),
    right=_policy('forbidden_names: [{pattern: "^(tmp|test)"}]'),
)
BAD_LEVEL = Code(
    "SPEC162",
    "a level for a code that has none",
    "`policy.levels` sets how grave a finding is, for codes that begin with `LINT` or `PROOF` and are found in spec "
    "files. What the other codes say is wrong whatever a project thinks of it.",
    wrong=_policy("levels: {SPEC101: warning}"),
    right=_policy("levels: {LINT551: error}"),
)
NOT_STANDARD = Code(
    "SPEC163",
    "labels of an attribute that is not Intercom's own",
    "`policy.standard` gives labels to Intercom's own attributes, which specs do not declare. The labels of an "
    "attribute that they do declare stand in its entry.",
    wrong=_policy("standard: {attribute.contact.e_mail: {pii: personal}}"),
    right=_policy("standard: {attribute.contact.email: {pii: personal}}"),
)
OUTSIDE_VOCABULARY = Code(
    "SPEC164",
    "a label or a value outside the project's vocabulary",
    "`policy.labels` lists the labels there are, and the values of each; what `flows` and `standard` name must be "
    "among them. A flow that asks for a misspelt one would let everything pass.",
    wrong=_policy("{labels: {pii: [none, sensitive]}, flows: [{may_not_depend_on: {pii: sensitiv}}]}"),
    right=_policy("{labels: {pii: [none, sensitive]}, flows: [{may_not_depend_on: {pii: sensitive}}]}"),
)
NO_CONDITION = Code(
    "SPEC165",
    "a flow that forbids nothing",
    "A flow says what segments may not depend on, or what alone they may depend on, by a label and its value.",
    wrong=_policy("flows: [{segments: audience}]"),
    right=_policy("flows: [{segments: audience, may_not_depend_on: {pii: sensitive}}]"),
)
