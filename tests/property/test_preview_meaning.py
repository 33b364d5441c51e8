"""Generated people in NDJSON files: `segment preview` finds who the rules mean, whatever their values and tags."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from hypothesis import Phase, given
from hypothesis import strategies as st

from intercom_iac.model import Person, reads_tags
from intercom_iac.preview import Files, preview
from intercom_iac.rules import format_rule, satisfies
from support.generators import World, examples, worlds
from support.preview_cases import people

# What a tag or an attribute's value may be though nobody means it to.
ODD = st.sampled_from(
    [None, True, 3, "3", 2.5, "", "vip", ["vip"], {"name": "vip"}, {"id": "vip"}, {"id": "vip", "name": None}]
)


@st.composite
def oddities(draw: st.DrawFn) -> dict[str, Any]:
    """Keys of a contact in place of those it has: tags and attributes of any shape."""
    found: dict[str, Any] = {}
    if draw(st.booleans()):
        found["tags"] = draw(
            ODD | st.fixed_dictionaries({}, optional={"data": ODD | st.lists(ODD), "tags": ODD})
        )
    if draw(st.booleans()):
        found["custom_attributes"] = draw(ODD)
    return found


def written(path: Path, objects: Iterable[Any]) -> Path:
    path.write_text("".join(f"{json.dumps(each)}\n" for each in objects))
    return path


def as_files(folder: Path, crowd: list[Person], odd: list[dict[str, Any]]) -> Files:
    companies = {each["id"]: each for person in crowd for each in person.companies}
    contacts = [
        {**each.contact, "companies": {"data": [{"id": one["id"]} for one in each.companies]}, **changed}
        for each, changed in zip(crowd, odd, strict=True)
    ]
    events = [{"intercom_user_id": each.contact["id"], **event} for each in crowd for event in each.events]
    return Files(
        written(folder / "contacts.ndjson", contacts),
        written(folder / "companies.ndjson", companies.values()),
        written(folder / "events.ndjson", events),
        # Every tag that an oddity lists by its id alone has a name.
        written(folder / "tags.ndjson", [{"id": "vip", "name": "vip"}]),
    )


@examples(25, phases=(Phase.explicit, Phase.reuse, Phase.generate))
@given(worlds(8, 12), st.lists(oddities(), min_size=8, max_size=8))
def test_a_preview_finds_who_the_rules_mean(world: World, odd: list[dict[str, Any]]) -> None:
    at = {"today": world.at.today, "zone": world.at.zone}
    rules = {str(number): rule for number, rule in enumerate(world.rules)}
    with tempfile.TemporaryDirectory() as folder:
        files = as_files(Path(folder), list(world.people), odd)
        found = preview(rules, files, ids=True, **at)
        crowd = list(people(files, with_tags=any(map(reads_tags, world.rules))))
    assert found.contacts == len(crowd)
    for size in found.sizes:
        rule = rules[size.key]
        meant = tuple(person.contact["id"] for person in crowd if satisfies(person, rule, **at))
        assert size.ids == meant, (format_rule(rule), odd)
