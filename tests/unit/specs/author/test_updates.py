"""Keys of entries given other values: spliced in one pass, with everything around them as it is."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.diagnostics import EditRefused
from intercom_iac.specs import format_file
from intercom_iac.specs.author.updates import EntryUpdate, update_entries
from intercom_iac.text import SourceFile

PLAN = ("attributes", "contact", "plan")
SEATS = ("attributes", "company", "seats")
TEXT = """\
# ours
version: 1
attributes:
  contact:
    plan:  # billing
      type: options
      options: [free, pro]
      owner: growth  # the team
  company:
    seats: {type: integer}  # paid for
"""


def updated(text: str, *updates: tuple[tuple[str, ...], str, Any]) -> str:
    found = update_entries(
        SourceFile("specs/a.yaml", text),
        [EntryUpdate(path=path, key=key, value=value) for path, key, value in updates],
    )
    if format_file(text, "") == text:
        assert format_file(found, "") == found
    return found


@pytest.mark.parametrize(
    ("updates", "lines"),
    [
        ([], {}),
        ([(PLAN, "owner", "billing")], {7: "      owner: billing  # the team"}),
        ([(PLAN, "options", ["a", "b", "c"])], {6: "      options: [a, b, c]"}),
        (
            [(PLAN, "status", "archived"), (PLAN, "description", "What: # it is")],
            {
                6: '      options: [free, pro]\n      description: "What: # it is"',
                7: "      owner: growth  # the team\n      status: archived",
            },
        ),
        (
            [(PLAN, "description", "x"), (SEATS, "messenger_writable", True), (SEATS, "description", "z")],
            {
                6: "      options: [free, pro]\n      description: x",
                9: "    seats: {type: integer, description: z, messenger_writable: true}  # paid for",
            },
        ),
        ([(PLAN, "type", "string"), (PLAN, "options", None)], {5: "      type: string", 6: None}),
        ([(PLAN, "description", None), (SEATS, "status", None)], {}),
        ([(PLAN, "owner", "a"), (PLAN, "owner", "b")], {7: "      owner: b  # the team"}),
    ],
)
def test_an_update_changes_its_lines_alone(
    updates: list[tuple[tuple[str, ...], str, Any]], lines: dict[int, str | None]
) -> None:
    rest = [lines.get(index, line) for index, line in enumerate(TEXT.splitlines())]
    expected = "".join(f"{line}\n" for line in rest if line is not None)
    assert updated(TEXT, *updates) == expected
    crlf = updated(TEXT.replace("\n", "\r\n"), *updates)
    assert crlf == expected.replace("\n", "\r\n")


def test_an_entry_without_keys_gets_them() -> None:
    text = "version: 1\nevents:\n  signed_up:\n  left: {}\n"
    assert updated(
        text,
        (("events", "signed_up"), "description", "A: b"),
        (("events", "signed_up"), "owner", "growth"),
        (("events", "left"), "owner", "growth"),
    ) == (
        'version: 1\nevents:\n  signed_up:\n    description: "A: b"\n    owner: growth\n'
        "  left:\n    owner: growth\n"
    )


def test_what_is_not_there_and_what_an_alias_repeats_is_not_updated() -> None:
    with pytest.raises(LookupError):
        updated(TEXT, (("events", "signed_up"), "owner", "growth"))
    shared = "version: 1\nattributes:\n  contact:\n    a: &a {type: date}\n    b: *a\n"
    with pytest.raises(EditRefused, match="an alias repeats"):
        updated(shared, (("attributes", "contact", "a"), "owner", "growth"))
