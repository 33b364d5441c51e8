"""A plan of 400 changes made by the commands: a comment that fits and keeps what destroys, a screen that answers."""

from __future__ import annotations

import pytest

from support.github_markdown import rendered

ARCHIVED = range(20, 60)
LONG = f"What it means after a while, {'in a sentence that says all of it, ' * 5}at last"


def attributes(*, after: bool) -> str:
    lines = ["attributes:", "  contact:"]
    for at in range(150):
        more = ", status: archived" if after and at in ARCHIVED else ""
        description = LONG if after and at >= 60 else "Before"
        lines.append(f"    field_number_{at:03}: {{type: string, description: '{description}'{more}}}")
    if after:
        lines.append("  company:")
        lines += [f"    size_number_{at:03}: {{type: integer}}" for at in range(30)]
    return "\n".join(lines) + "\n"


REST = (
    "events:\n"
    + "".join(
        f"  event_number_{at:03}: {{metadata: {{kind: {{type: string}}, count: {{type: integer}}}}}}\n"
        for at in range(110)
    )
    + "segments:\n"
    + "".join(
        f"  segment_number_{at:03}:\n    name: Segment number {at}\n    rule: field_number_{at:03} = gold\n"
        + ("    publish: [tag, audience]\n" if at < 130 else "")
        for at in range(70, 150)
    )
)


@pytest.fixture
def large(scratch):
    scratch.spec(attributes(after=False)).apply()
    assert scratch.spec(attributes(after=True) + REST).run("plan --out plan.json").code == 0
    return scratch


def test_its_comment_fits_and_loses_nothing_that_destroys(large) -> None:
    plan = large.run("show plan.json --format json").json
    assert len(plan["changes"]) > 400
    for command in ("plan", "show plan.json"):
        comment = large.run(f"{command} --format markdown").out
        assert len(comment) < 65_536
        assert len(comment.encode()) < 262_144
        page = rendered(comment)
        for at in ARCHIVED:
            assert f"attribute.contact.field_number_{at:03}" in page.code
        assert len([each for each in page.blocks if "archived: true" in each]) == len(ARCHIVED)
        assert "> **Told in short**, so that it fits into a comment: " in comment
        assert "destructive" not in comment.split("> **Told in short**")[1].split("\n")[0]


def test_its_screen_answers(large) -> None:
    shown = large.run("show plan.json").out.splitlines()
    assert len(shown) <= 50
    assert shown[0] == (
        "Plan for sandbox: 150 to create, 90 to update, 40 to archive, 110 to register, 20 by hand"
    )
    assert shown[1] == "40 destructive, 350 safe"
    text = " ".join(shown)
    assert all(f"field_number_{at:03}" in text for at in ARCHIVED)
    assert "Caps: attributes 150 -> 140 of 250, events 0 -> 110 of 120." in shown
    full = large.run("show plan.json --full").out
    assert len(full.splitlines()) > 1000
    assert "add filter: field_number_149" in full
