"""What the examples of these codes are made of: two revisions of small specs."""

from __future__ import annotations

from ...registry import Example

_PROJECT = "version: 1\n"


def between(
    old: str, new: str, project: str = _PROJECT, run: str = "breaking --against-folder before"
) -> Example:
    """Two revisions of one spec file, the old one in a folder of its own."""
    return Example(
        {
            "before/intercom-iac.yaml": _PROJECT,
            "before/specs/example.yaml": f"version: 1\n{old}",
            "intercom-iac.yaml": project,
            "specs/example.yaml": f"version: 1\n{new}",
        },
        run,
    )


def contact(text: str) -> str:
    """One attribute of contacts, beside one that stays."""
    more = f"    {text}\n" if text else ""
    return f"attributes:\n  contact:\n    team_size: {{type: integer}}\n{more}"


def event(text: str, name: str = "report_exported") -> str:
    """An event with this metadata, `{}` for none."""
    return f"events:\n  {name}:\n    metadata: {text}\n"


def segment(text: str, key: str = "large_teams") -> str:
    """A segment of contacts with a team size, with these keys besides its name and rule."""
    rule = "" if "rule:" in text else ", rule: team_size > 10"
    return (
        f"attributes:\n  contact:\n    team_size: {{type: integer}}\nsegments:\n  {key}: {{{text}{rule}}}\n"
    )


def accepting(expires: str = "2999-12-31", *, code: str = "BACK701", address: str = "seats") -> str:
    """A project file that accepts a change."""
    return (
        "version: 1\n"
        "accept:\n"
        f"  - address: attribute.contact.{address}\n"
        f"    code: {code}\n"
        "    reason: nobody has filled it since 2023\n"
        f"    expires: {expires}\n"
    )
