"""API8xx: what the live side refused, and what it failed to answer."""

from __future__ import annotations

from ..registry import Code, Example

_SPECS = "version: 1\nattributes: {contact: {seats: {type: integer}}}\n"


def _remote(url: str = "{url}") -> dict[str, str]:
    project = f"version: 1\nworkspaces:\n  live: {{base_url: '{url}', token_env: LIVE_TOKEN}}\n"
    return {"intercom-iac.yaml": project, "specs/example.yaml": _SPECS}


def _embedded(more: str = "") -> dict[str, str]:
    project = f"version: 1\nworkspaces:\n  sandbox:\n    sandbox: .intercom-iac/sandbox.db\n{more}"
    return {"intercom-iac.yaml": project, "specs/example.yaml": _SPECS}


_EMBEDDED = Example(_embedded(), run="plan")
_TOKEN = {"LIVE_TOKEN": "any"}

UNAUTHORIZED = Code(
    "API801",
    "no token, or one that Intercom refuses",
    "The token of a workspace is read from the file descriptor that `INTERCOM_IAC_TOKEN_FD` names, else from the "
    "variable that `token_env` names. It is missing, empty, revoked, or lacks a permission. Tokens are made in "
    "Intercom's Developer Hub, under the app's Authentication.",
    wrong=Example(_remote("http://127.0.0.1:9"), run="plan"),
    right=_EMBEDDED,
)

WRONG_WORKSPACE = Code(
    "API802",
    "the token opens another workspace than the project names",
    "`GET /me` answered with another id than `app_id` in the project file, so nothing was written. Nor is anything "
    "written where the project file has no `app_id`, but for workspaces on this machine.",
    wrong=Example(_embedded("    app_id: another1\n"), run="plan"),
    right=_EMBEDDED,
)

REFUSED = Code(
    "API803",
    "Intercom refused a change",
    "The answer was an error about the change itself: a name with characters Intercom does not take, a name in "
    "use, an attribute that something depends on, an object that is gone. The message is Intercom's own.",
    wrong=Example(_remote(), run="plan", environment=_TOKEN, answers=(422, '{"type": "error.list"}')),
    right=_EMBEDDED,
)

RATE_LIMITED = Code(
    "API804",
    "Intercom's rate limit held, and waiting did not help",
    "Every retry was answered with 429. Another program may be using up the workspace's limit of calls.",
    wrong=Example(_remote(), run="plan", environment=_TOKEN, answers=(429, '{"type": "error.list"}')),
    right=_EMBEDDED,
)

UNEXPECTED = Code(
    "API805",
    "an answer that Intercom's description does not have",
    "HTML in place of JSON, a missing field, a server error. The message gives Intercom's own words, or the status "
    "and the first line of the answer; the request id is what Intercom's support asks for. A proxy in between, or a "
    "wrong `base_url`, looks like this.",
    wrong=Example(_remote(), run="plan", environment=_TOKEN, answers=(200, "<html>welcome</html>")),
    right=_EMBEDDED,
)


def _audience(value: str) -> str:
    """An audience's name and filters, as members of a JSON object."""
    filters = (
        f'{{"attribute": "custom_attributes.tier", "type": "string", "comparison": "eq", "value": "{value}"}}'
    )
    return f'"id": "7", "name": "Gold", "predicates": [{filters}], "role_predicates": []'


def _overtaken() -> Example:
    """Applying a new rule to an audience that is listed with one filter, and has another when it is read again."""
    tier = '{"id": 1, "model": "contact", "name": "tier", "data_type": "string", "custom": true}'
    answer = (
        '{"app": {"id_code": "abc12345", "name": "Acme", "timezone": "UTC"}, "events": [], "segments": [], '
        f'"data": [{tier}, {{{_audience("bronze")}}}], {_audience("silver")}}}'
    )
    specs = (
        "version: 1\nattributes: {contact: {tier: {type: string}}}\n"
        "segments: {gold: {name: Gold, rule: tier = gold, publish: [audience]}}\n"
    )
    return Example(
        {**_remote(), "specs/example.yaml": specs},
        run="apply --auto-approve",
        environment=_TOKEN,
        answers=(200, answer),
    )


CHANGED_MEANWHILE = Code(
    "API807",
    "somebody changed what was about to be overwritten",
    "A list of options, a description, the filters or the name of an audience, the name of a tag are written whole. "
    "So each is read again right before it is written, and left alone where it is not what the plan was made for. "
    "Options that others added are no reason to stop: they are kept, and named. Run `plan` to see what is to be done "
    "now.",
    wrong=_overtaken(),
    right=_EMBEDDED,
)

UNSETTLED = Code(
    "API808",
    "a list that moves while it is read",
    "A list comes in pages, and one thing deleted from it in between hides another; or it says that it holds more "
    "than it gives. What is not seen would be made a second time, so a list is read again until it stands still, and "
    "the command ends where it does not. Try again when nobody changes the workspace.",
    wrong=Example(
        _remote(),
        run="plan",
        environment=_TOKEN,
        answers=(
            200,
            '{"app": {"id_code": "abc12345"}, "events": [], "segments": [], "data": [], "total_count": 1}',
        ),
    ),
    right=_EMBEDDED,
)

UNREACHABLE = Code(
    "API806",
    "no answer from Intercom",
    "The name did not resolve, the connection was refused, or the answer took too long. Nothing says that a "
    "change was made; run `plan` to see where the workspace stands.",
    wrong=Example(_remote("http://127.0.0.1:9"), run="plan", environment=_TOKEN),
    right=_EMBEDDED,
)
