"""SPEC14x: entries for some workspaces, and variables. LINT530: a variable that nothing names."""

from __future__ import annotations

from ..registry import Code, Example

_PROJECT = """\
version: 1
default_workspace: staging
workspaces:
  staging: {sandbox: .intercom-iac/staging.db}
  production: {region: us}
"""
_VARIABLES = "variables:\n  SUPPORT_TEAM: {default: support}\n"


def _entry(more: str) -> Example:
    """Two workspaces, and an attribute with this more in it."""
    return Example(
        {
            "intercom-iac.yaml": _PROJECT,
            "specs/example.yaml": f"version: 1\nattributes:\n  contact:\n    churn_score: {{type: float{more}}}\n",
        }
    )


def _text(owner: str, variables: str = _VARIABLES, **environment: str) -> Example:
    """Two workspaces, these variables, and an attribute with this owner."""
    spec = f"version: 1\nattributes:\n  contact:\n    plan_type:\n      type: string\n      owner: {owner}\n"
    files = {"intercom-iac.yaml": _PROJECT + variables, "specs/example.yaml": spec}
    return Example(files, environment=environment)


ONLY_AND_EXCEPT = Code(
    "SPEC140",
    "`only` and `except` on one entry",
    "`only` names the workspaces that an entry is for, `except` those that it is not for. Either says it all.",
    wrong=_entry(", only: [staging], except: [production]"),
    right=_entry(", except: [production]"),
)
NO_WORKSPACE = Code(
    "SPEC141",
    "an entry for no workspace",
    "With an empty `only`, or with every workspace in `except`, an entry would be nowhere, and nothing in it would "
    "ever be checked. What is to leave Intercom gets `status: archived`.",
    wrong=_entry(", only: []"),
    right=_entry(", only: [staging]"),
)
UNKNOWN_VARIABLE = Code(
    "SPEC142",
    "a variable that is not declared",
    "`${NAME}` in a text of the specs stands for a value that the project file declares under `variables`, and a "
    "workspace may give only those a value of its own. Nothing else is read from the environment. Text that is to "
    "hold `${` writes `$${`.",
    wrong=_text("${SUPORT_TEAM}"),
    right=_text("${SUPPORT_TEAM}"),
)
NO_VARIABLE = Code(
    "SPEC143",
    "`${` that names no variable",
    "`${` begins the name of a variable, of letters, digits and `_`, which `}` ends. For a `${` in the text write "
    "`$${`.",
    wrong=_text("the ${SUPPORT_TEAM} team, formerly ${TEAM"),
    right=_text("the ${SUPPORT_TEAM} team, formerly $${TEAM}"),
)
SECRET_VARIABLE = Code(
    "SPEC144",
    "a variable for a secret",
    "The values of variables stand in Intercom, in plans and in messages. So a variable cannot have the name of one "
    "that holds an access token (`token_env`), nor a name that speaks of a token, a secret, a password or an API's "
    "key, and what looks like an access token is not taken for a value. Such a value is never printed.",
    wrong=_text("support", "variables:\n  INTERCOM_TOKEN: {default: none}\n"),
    right=_text("${SUPPORT_TEAM}"),
)
BAD_VARIABLE = Code(
    "SPEC145",
    "a variable with a name or a value that cannot be",
    "The name of a variable is letters, digits and `_`, and begins with no digit. Its value is text on one line, "
    "of 1,000 characters at most and no control characters, wherever it comes from.",
    wrong=_text("${SUPPORT_TEAM}", 'variables:\n  SUPPORT_TEAM: {default: "two\\nlines"}\n'),
    right=_text("${SUPPORT_TEAM}", SUPPORT_TEAM="support-emea"),
)
NOT_REPLACED = Code(
    "SPEC146",
    "a variable in a key",
    "Variables stand in texts: descriptions, names people read, owners, options, rules, `renamed_from`, values of "
    "labels. Keys, types and whatever else the format lists are the same for every workspace. An entry that is for "
    "some workspaces says so by `only` or `except`.",
    wrong=Example(
        {
            "intercom-iac.yaml": _PROJECT + _VARIABLES,
            "specs/example.yaml": "version: 1\nsegments:\n"
            "  ${SUPPORT_TEAM}_mail: {rule: email has any value, owner: '${SUPPORT_TEAM}'}\n",
        }
    ),
    right=Example(
        {
            "intercom-iac.yaml": _PROJECT + _VARIABLES,
            "specs/example.yaml": "version: 1\nsegments:\n"
            "  mail: {rule: email has any value, owner: '${SUPPORT_TEAM}'}\n",
        }
    ),
)
UNKNOWN_TIMEZONE = Code(
    "SPEC147",
    "a time zone that is not known",
    "Days of rules are calendar days in the workspace's time zone. `timezone` in the project file, of the project or "
    "of one workspace, says which that is to commands that do not ask the workspace. It is a name of the IANA "
    "database, such as the one at the head of every plan.",
    wrong=Example(
        {
            "intercom-iac.yaml": _PROJECT + "timezone: Europe/Dubln\n",
            "specs/example.yaml": "version: 1\nevents: {}\n",
        }
    ),
    right=Example(
        {
            "intercom-iac.yaml": _PROJECT + "timezone: Europe/Dublin\n",
            "specs/example.yaml": "version: 1\nevents: {}\n",
        }
    ),
)
UNUSED_VARIABLE = Code(
    "LINT530",
    "a variable that no spec names",
    "A declared variable is read from the environment; one that nothing names is left over, or misspelt where it was "
    "to be used.",
    wrong=_text("support"),
    right=_text("${SUPPORT_TEAM}"),
    severity="warning",
)
