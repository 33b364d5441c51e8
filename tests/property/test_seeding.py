"""Whatever a schema declares, a seeded workspace holds: values of every type and option, every event, every tag."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.sandbox import Declared, DeclaredEvent, DeclaredKey, Request, Sandbox, Switches, seed
from intercom_iac.sandbox.resources.event_names import normalize_event_name
from support.generators import examples

TODAY = date(2026, 9, 21)
PEOPLE = 60
PYTHON = {"string": (str,), "integer": (int,), "float": (int, float), "boolean": (bool,), "date": (int,)}

names = st.text("abcXYZ_ é1", min_size=1, max_size=12).filter(
    lambda text: text == text.strip() and text[0].isalpha()
)
options = st.lists(names, min_size=2, max_size=5, unique=True).map(tuple)
kinds = st.sampled_from(tuple(PYTHON)).map(lambda kind: (kind, ())) | options.map(
    lambda found: ("string", found)
)
attributes = st.lists(
    st.tuples(st.sampled_from(("contact", "company")), names.map("own {}".format), kinds),
    max_size=12,
    unique_by=lambda attribute: attribute[1],
)
keys = st.builds(
    lambda name, kind, required: DeclaredKey(name, kind[0], required, kind[1]), names, kinds, st.booleans()
)
events = st.lists(
    st.builds(
        DeclaredEvent,
        names | st.sampled_from(("feature_first_used", "invite_sent", "A.b", "c$d")),
        st.lists(keys, max_size=10, unique_by=lambda key: key.name.casefold()).map(tuple),
    ),
    min_size=1,
    max_size=14,
    unique_by=lambda event: normalize_event_name(event.name).casefold(),
)
tags = st.lists(names, max_size=3, unique_by=str.casefold).map(tuple)


def is_of(value: Any, kind: str, allowed: tuple[str, ...]) -> bool:
    if isinstance(value, bool) and kind != "boolean":
        return False
    return isinstance(value, PYTHON[kind]) and (not allowed or value in allowed)


def seeded(made: list[Any], declared: Declared, number: int) -> tuple[Any, ...]:
    """What a new workspace holds: fields by model, events, and how many have each tag."""
    with Sandbox(None, clock=lambda: 1_790_000_000, switches=Switches(attribute_limit=1000)) as sandbox:
        for model, name, (kind, allowed) in made:
            body: dict[str, Any] = {"model": model, "name": name, "data_type": kind}
            if allowed:
                body |= {"data_type": "options", "options": [{"value": option} for option in allowed]}
            raw = json.dumps(body).encode()
            answer = sandbox.handle(
                Request("POST", "/data_attributes", headers={"authorization": "Bearer x"}, body=raw)
            )
            assert answer.status == 200, answer.body
        result = seed(sandbox, today=TODAY, people=PEOPLE, seed=number, declared=declared)
        with sandbox.store(writes=False) as store:
            fields = {
                model: [
                    json.loads(row["fields"]) for row in store.all(f"select fields from {table} order by seq")
                ]
                for model, table in (("contact", "contacts"), ("company", "companies"))
            }
            sql = (
                "select n.name, metadata, e.created_at from events e join event_names n on n.folded = e.name"
            )
            occurred = sorted(tuple(row) for row in store.all(sql))
            counts = {
                model: {
                    row["name"]: row["n"]
                    for row in store.all(
                        f"select name, count(*) as n from {model}_tags join tags on seq = tag group by name"
                    )
                }
                for model in ("contact", "company")
            }
    assert result.not_there == result.without_room == ()
    return fields, occurred, counts


@given(made=attributes, happening=events, of_people=tags, of_companies=tags, number=st.integers(0, 9))
@examples(40)
def test_a_seeded_workspace_holds_what_is_declared(
    made: list[Any],
    happening: list[DeclaredEvent],
    of_people: tuple[str, ...],
    of_companies: tuple[str, ...],
    number: int,
) -> None:
    declared = Declared(
        events=tuple(happening),
        contact_tags=of_people,
        company_tags=of_companies,
        attributes=tuple((model, name) for model, name, _ in made),
    )
    fields, occurred, counts = seeded(made, declared, number)
    for model, name, (kind, allowed) in made:
        held = [each.get(f"custom_attributes.{name}") for each in fields[model]]
        known = [value for value in held if value is not None]
        assert len(known) >= len(held) / 2
        assert all(is_of(value, kind, allowed) for value in known)
    assert {name for name, *_ in occurred} == {normalize_event_name(event.name) for event in happening}
    by_name = {normalize_event_name(event.name): event for event in happening}
    for name, metadata, _ in occurred:
        content = json.loads(metadata)
        declared_keys = {key.name: key for key in by_name[name].keys}
        assert content.keys() <= declared_keys.keys()
        assert content.keys() >= {key.name for key in by_name[name].keys if key.required}
        for key, value in content.items():
            assert is_of(value, declared_keys[key].data_type, declared_keys[key].options)
    for model, wanted in (("contact", of_people), ("company", of_companies)):
        assert {name.casefold() for name in counts[model]} == {name.casefold() for name in wanted}
    assert seeded(made, declared, number) == (fields, occurred, counts)
