"""What is archived holds nobody back: every check that looks at entries, and what it makes of archived ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]

GONE = "{type: string, status: archived}"


def attributes(*entries: str) -> str:
    return "attributes:\n  contact:\n" + "".join(f"    {entry}\n" for entry in entries)


def segments(*entries: str) -> str:
    return "segments:\n" + "".join(f"  {entry}\n" for entry in entries)


def events(*entries: str) -> str:
    return "events:\n" + "".join(f"  {entry}\n" for entry in entries)


# What the specs say, with STATUS for the status of the entry that matters -> codes while it is active, and archived.
TABLE = {
    # The rule of a segment.
    "reads an archived attribute": (
        attributes(f"tariff: {GONE}") + segments("s: {rule: tariff = pro, status: STATUS}"),
        ["REF407"],
        [],
    ),
    "reads an attribute that is gone": (segments("s: {rule: tariff = pro, status: STATUS}"), ["REF401"], []),
    "reads an option that is gone": (
        attributes("tariff: {type: options, options: [free, pro]}")
        + segments("s: {rule: tariff = trial, status: STATUS}"),
        ["TYPE303"],
        [],
    ),
    "reads an attribute of another type than before": (
        attributes("tariff: {type: string}") + segments("s: {rule: tariff > 3, status: STATUS}"),
        ["TYPE301"],
        [],
    ),
    "reads an archived event": (
        events("paid: {status: archived}") + segments("s: {rule: event paid, status: STATUS}"),
        ["REF407"],
        [],
    ),
    "reads an event that is gone": (segments("s: {rule: event paid, status: STATUS}"), ["REF403"], []),
    "reads a metadata key that is gone": (
        events("paid: {}") + segments("s: {rule: event paid where amount > 3, status: STATUS}"),
        ["REF404"],
        [],
    ),
    "reads a deprecated attribute": (
        attributes("tariff: {type: string, status: deprecated}")
        + segments("s: {rule: tariff = pro, status: STATUS}"),
        ["LINT501"],
        [],
    ),
    "leaves a direction open": (
        attributes("day: {type: date}") + segments("s: {rule: day within 3 days, status: STATUS}"),
        ["LINT502"],
        [],
    ),
    "is no rule any more": (segments("s: {rule: email =, status: STATUS}"), ["PARSE201"], []),
    "fits no audience": (
        segments("s: {rule: email ends with edu, publish: [audience], status: STATUS}"),
        ["LINT540"],
        [],
    ),
    "refers to a segment that is gone": (
        segments("s: {rule: segment other, status: STATUS}"),
        ["REF405"],
        [],
    ),
    "refers to an archived segment": (
        segments("s: {rule: segment t, status: STATUS}", "t: {rule: email is unknown, status: archived}"),
        ["REF409"],
        [],
    ),
    "refers to itself": (segments("s: {rule: segment s, status: STATUS}"), ["REF406"], []),
    # The other way round: a live rule that rests on what is archived.
    "is referred to": (
        segments("s: {rule: email is unknown, status: STATUS}", "live: {rule: segment s}"),
        [],
        ["REF409"],
    ),
    "is referred to and refers back": (
        segments("s: {rule: segment live, status: STATUS}", "live: {rule: segment s}"),
        ["REF406"],
        ["REF409"],
    ),
    "is read": (
        attributes("tariff: {type: string, status: STATUS}") + segments("live: {rule: tariff = pro}"),
        [],
        ["REF407"],
    ),
    # Names that are free again, and names that Intercom keeps.
    "has the name of another segment": (
        segments(
            "s: {name: VIP, rule: email is unknown, status: STATUS}", "live: {name: VIP, rule: role = lead}"
        ),
        ["REF454"],
        [],
    ),
    "has the tag of another segment": (
        segments(
            "s: {name: VIP, rule: email is unknown, publish: [tag], status: STATUS}",
            "live: {name: vip, rule: role = lead, publish: [tag]}",
        ),
        ["REF457"],
        [],
    ),
    "has the key of another segment": (
        segments("s: {rule: email is unknown, status: STATUS}") + "SECOND",
        ["REF451"],
        ["REF451"],
    ),
    "has the name of an attribute of companies": (
        attributes("tier: {type: string, status: STATUS}") + "  company: {tier: {type: string}}\n",
        ["REF452"],
        ["REF452"],
    ),
    "is one event with another": (
        events("paid.now: {status: STATUS}", "paid-now: {}"),
        ["LINT552", "REF453"],
        ["REF453"],
    ),
    "was renamed from a segment that is there again": (
        segments(
            "s: {name: Newer, rule: email is unknown, renamed_from: Old, status: STATUS}",
            "live: {name: Old, rule: role = lead}",
        ),
        ["REF455"],
        [],
    ),
    "was renamed from an attribute that is there again": (
        attributes("new: {type: string, renamed_from: old, status: STATUS}", "old: {type: string}"),
        ["REF455"],
        [],
    ),
    "was renamed from what another is renamed from": (
        events("first: {renamed_from: old, status: STATUS}", "second: {renamed_from: old}"),
        ["REF455"],
        [],
    ),
    # How it is written in Intercom, which cannot be changed any more.
    "is an event with a dot": (events("paid.now: {status: STATUS}"), ["LINT552"], []),
    "has a date that is none": (
        events("paid: {metadata: {due: {type: date}}, status: STATUS}"),
        ["LINT553"],
        [],
    ),
    # Its own shape has to be right all the same.
    "has options and no list": (
        attributes("tariff: {type: string, options: [a, b], status: STATUS}"),
        ["SPEC132"],
        ["SPEC132"],
    ),
}


@pytest.mark.parametrize("status", ["active", "archived"])
@pytest.mark.parametrize("what", TABLE)
def test_who_is_held_back(loaded: Load, what: str, status: str) -> None:
    text, active, archived = TABLE[what]
    files = {"specs/a.yaml": f"version: 1\n{text.replace('STATUS', status).removesuffix('SECOND')}"}
    if text.endswith("SECOND"):
        files["specs/b.yaml"] = "version: 1\nsegments: {s: {rule: role = lead}}\n"
    found = sorted(each.code for each in loaded(files).diagnostics)
    assert found == (archived if status == "archived" else active)


def test_an_archived_segment_is_there_whatever_its_rule_names(loaded: Load) -> None:
    found = loaded(
        "version: 1\nattributes: {contact: {tariff: {type: string, status: archived}}}\n"
        "segments:\n"
        "  readable: {rule: tariff = pro, status: archived}\n"
        "  past_reading: {rule: gone = pro, status: archived}\n"
        "  broken: {rule: gone = pro}\n"
    )
    assert [each.code for each in found.errors] == ["REF401"]
    kept = found.schema.segments
    assert [key for key, each in kept.items() if each.predicate is None] == ["past_reading"]
    assert [*kept] == ["readable", "past_reading"]
    assert found.schema.needed_by() == {}


def test_an_archived_segment_asks_for_no_flow(loaded: Load) -> None:
    flow = "{segments: all, may_not_depend_on: {pii: 'yes'}}"
    policy = f"version: 1\npolicy: {{labels: {{pii: ['no', 'yes']}}, flows: [{flow}]}}\n"
    specs = (
        "version: 1\nattributes: {contact: {ssn: {type: string, labels: {pii: 'yes'}}}}\n"
        "segments:\n  s: {rule: ssn is unknown, status: STATUS}\n"
        "  t: {rule: gone is unknown, status: archived}\n"
    )
    files = {"intercom-iac.yaml": policy}
    for status, codes in (("active", ["LINT566"]), ("archived", [])):
        found = loaded(files | {"specs/a.yaml": specs.replace("STATUS", status)})
        assert [each.code for each in found.diagnostics] == codes
