"""What is known of the entries without the workspace: names, options, caps, renames."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.model import event_key
from intercom_iac.specs import Loaded

Load = Callable[..., Loaded]
Tell = Callable[..., list[str]]

CONTACT = "version: 1\nattributes:\n  contact:\n"


@pytest.mark.parametrize(
    ("entry", "mistakes"),
    [
        ("{type: string, options: [a, b]}", ["4:23 SPEC132 options"]),
        ("{type: options}", ["4:15 SPEC132 options"]),
        ("{type: options, options: }", ["4:15 SPEC132 options"]),
        ("{type: options, options: []}", ["4:24 SPEC133 options"]),
        ("{type: options, options: [a]}", ["4:24 SPEC133 options"]),
        ("{type: options, options: [a, a]}", ["4:37 SPEC134 a"]),
        ("{type: options, options: [a, ' ', b]}", ["4:37 SPEC125 ' '"]),
        ("{type: options, options: [a, A]}", ["4:37 LINT554 A"]),
    ],
)
def test_options_and_type_go_together(loaded: Load, told: Tell, entry: str, mistakes: list[str]) -> None:
    found = loaded(f"{CONTACT}    l: {entry}\n")
    assert [each.removeprefix("specs/example.yaml:") for each in told(found.diagnostics)] == mistakes


def test_metadata(loaded: Load, told: Tell) -> None:
    keys = "".join(f"      k{number}: {{type: string}}\n" for number in range(8))
    found = loaded(
        f"version: 1\nevents:\n  e:\n    metadata:\n{keys}"
        "      K1: {type: integer}\n      due: {type: date}\n"
        "      Paid_Date: {type: date}\n      last: {type: options}\n"
    )
    assert told(found.diagnostics) == [
        "specs/example.yaml:13:7 REF456 K1",
        "specs/example.yaml:14:7 LINT553 due",
        "specs/example.yaml:15:7 SPEC136 Paid_Date",
        "specs/example.yaml:16:20 SPEC132 options",
    ]


def test_names_that_stand_twice_show_both_places(loaded: Load) -> None:
    found = loaded(
        {
            "specs/a.yaml": "version: 1\n"
            "attributes: {contact: {tier: {type: string}, seats: {type: string}}}\n"
            "events: {Paid.Now: {}, signed: {}}\n"
            "segments: {s: {name: X, rule: email is unknown}}\n",
            "specs/b.yaml": "version: 1\n"
            "attributes: {contact: {seats: {type: integer}}, company: {tier: {type: string}}}\n"
            "events: {paid-now: {}, signed: {}}\n"
            "segments: {s: {rule: phone is unknown}, t: {name: X, rule: phone is unknown}}\n",
        }
    )
    assert [
        (each.code, str(each.span), [str(other.span) for other in each.related])
        for each in found.diagnostics
        if each.is_error
    ] == [
        ("REF451", "specs/b.yaml:2:24", ["specs/a.yaml:2:46"]),
        ("REF452", "specs/b.yaml:2:59", ["specs/a.yaml:2:24"]),
        ("REF453", "specs/b.yaml:3:10", ["specs/a.yaml:3:10"]),
        ("REF451", "specs/b.yaml:3:24", ["specs/a.yaml:3:24"]),
        ("REF451", "specs/b.yaml:4:12", ["specs/a.yaml:4:12"]),
        ("REF454", "specs/b.yaml:4:41", ["specs/a.yaml:4:12"]),
    ]


def test_renames(loaded: Load, told: Tell) -> None:
    found = loaded(
        "version: 1\n"
        "attributes:\n"
        "  contact:\n"
        "    a: {type: string}\n"
        "    b: {type: string, renamed_from: a}\n"
        "    c: {type: string, renamed_from: c}\n"
        "    d: {type: string, renamed_from: gone}\n"
        "    e: {type: string, renamed_from: gone}\n"
        "    f: {type: string, status: archived}\n"
        "    g: {type: string, renamed_from: f}\n"
        "  company:\n"
        "    h: {type: string, renamed_from: a}\n"
        "events: {x: {}, y: {renamed_from: x}}\n"
        "segments:\n"
        "  s: {rule: email is unknown}\n"
        "  t: {rule: phone is unknown, renamed_from: s}\n"
    )
    assert [each.removeprefix("specs/example.yaml:") for each in told(found.diagnostics)] == [
        "5:37 REF455 a",
        "6:37 REF455 c",
        "8:37 REF455 gone",
        "12:37 REF465 a",
        "13:35 REF455 x",
        "16:45 REF455 s",
    ]


def test_the_old_name_of_a_segment_is_that_of_intercom(loaded: Load, told: Tell) -> None:
    found = loaded(
        "version: 1\n"
        "segments:\n"
        "  mail: {name: By mail, rule: email has any value}\n"
        "  phone: {name: By phone, rule: phone has any value, renamed_from: By mail}\n"
        "  same: {name: Same, rule: phone is unknown, renamed_from: Same}\n"
        "  bare: {rule: phone is unknown, renamed_from: bare}\n"
        "  a: {name: A, rule: email is unknown, renamed_from: mail}\n"  # a key is no name
        "  b: {name: B, rule: email is unknown, renamed_from: b}\n"
        "  c: {name: C, rule: email is unknown, renamed_from: Old}\n"
        "  d: {name: D, rule: email is unknown, renamed_from: Old}\n"
        "  e: {name: Gone, rule: email is unknown, status: archived}\n"
        "  f: {name: F, rule: email is unknown, renamed_from: Gone}\n"
    )
    assert [each.removeprefix("specs/example.yaml:") for each in told(found.diagnostics)] == [
        "4:68 REF455 By mail",
        "5:60 REF455 Same",
        "6:48 REF455 bare",
        "10:54 REF455 Old",
    ]
    assert found.diagnostics[0].hint == "remove this line, or the declaration of `By mail`"
    assert [str(each.span) for each in found.diagnostics[0].related] == ["specs/example.yaml:3:3"]


def test_an_event_is_not_renamed_from_what_is_its_own_name_in_intercom(loaded: Load, told: Tell) -> None:
    found = loaded(
        "version: 1\nevents: {order-paid: {renamed_from: Order-Paid}, b: {renamed_from: ORDER-paid}}\n"
    )
    assert told(found.diagnostics) == [
        "specs/example.yaml:2:37 REF455 Order-Paid",
        "specs/example.yaml:2:68 REF455 ORDER-paid",
    ]


def test_tags_whose_names_differ_in_case_are_one(loaded: Load, told: Tell) -> None:
    found = loaded(
        "version: 1\n"
        "segments:\n"
        "  a: {name: Late payers, rule: email is unknown, publish: [tag]}\n"
        "  b: {name: late payers, rule: phone is unknown, publish: [tag]}\n"
        "  c: {name: LATE payers, rule: phone is unknown, publish: [audience]}\n"
        "  d: {name: late Payers, rule: phone is unknown}\n"
        "  e: {name: Late payers, rule: phone is unknown, publish: [tag]}\n"
    )
    assert told(found.errors) == [
        "specs/example.yaml:4:3 REF457 b",
        "specs/example.yaml:7:3 REF454 e",
    ]
    assert found.errors[0].message == "the tags `late payers` and `Late payers` are one in Intercom"


@pytest.mark.parametrize("name", ["Active", "New", "Slipping Away"])
def test_a_segment_by_hand_is_not_called_like_one_of_intercoms(loaded: Load, told: Tell, name: str) -> None:
    found = loaded(f"version: 1\nsegments: {{s: {{name: {name}, rule: email is unknown}}}}\n")
    assert told(found.diagnostics) == [f"specs/example.yaml:2:22 SPEC139 {name}"]
    keyed = loaded(f"version: 1\nsegments: {{{name}: {{rule: email is unknown, status: archived}}}}\n")
    assert told(keyed.diagnostics) == [f"specs/example.yaml:2:12 SPEC139 {name}"]
    tag = loaded(f"version: 1\nsegments: {{s: {{name: {name}, rule: email is unknown, publish: [tag]}}}}\n")
    assert tag.diagnostics == ()


@pytest.mark.parametrize(
    ("attributes", "events", "told"), [(199, 95, 0), (200, 95, 1), (199, 96, 1), (200, 96, 2)]
)
def test_a_cap_is_near_from_four_fifths_on(loaded: Load, attributes: int, events: int, told: int) -> None:
    archived = "    old: {type: string, status: archived}\n"
    found = loaded(
        CONTACT
        + archived
        + "".join(f"    a{number}: {{type: string}}\n" for number in range(attributes))
        + "events:\n"
        + "".join(f"  e{number}: {{}}\n" for number in range(events))
    )
    assert [each.code for each in found.diagnostics] == ["LINT582"] * told
    if attributes == 200:
        message = "the specs declare 200 attributes, 80% of the 250 a workspace holds"
        assert found.diagnostics[0].message == message


def test_caps_count_what_is_live(loaded: Load) -> None:
    def attributes(count: int) -> str:
        return "".join(f"    a{number}: {{type: string}}\n" for number in range(count))

    def events(count: int) -> str:
        return "events:\n" + "".join(f"  e{number}: {{}}\n" for number in range(count))

    archived = "    old: {type: string, status: archived}\n"
    fits = loaded(
        CONTACT + archived + attributes(250) + "  company:\n" + events(120) + "  old: {status: archived}\n"
    )
    assert [(each.code, each.severity) for each in fits.diagnostics] == [("LINT582", "warning")] * 2
    over = loaded(
        CONTACT + attributes(249) + "  company:\n    b: {type: string}\n    c: {type: string}\n" + events(121)
    )
    assert [(each.code, each.span and each.span.text) for each in over.diagnostics] == [
        ("SPEC137", "c"),
        ("SPEC138", "e120"),
    ]


def test_events_that_intercom_rewrites(loaded: Load) -> None:
    [lint] = loaded("version: 1\nevents: {a.b$c: {}}\n").diagnostics
    assert (lint.code, lint.severity, lint.hint) == ("LINT552", "warning", "call it `a-b-c`")
    [lint] = loaded("version: 1\nevents: {Größe.Bestellt ß$: {}}\n").diagnostics
    assert lint.hint == "call it `Größe-Bestellt ß-`"
    assert event_key("Größe-Bestellt ß-") == event_key("Größe.Bestellt ß$")
    [empty] = loaded("version: 1\nevents: {' ': {}}\n").diagnostics
    assert (empty.code, empty.hint) == ("SPEC125", "give it a name")
    [spaces] = loaded("version: 1\nevents: {' a': {}}\n").diagnostics
    assert (spaces.code, spaces.hint) == ("SPEC130", "call it `a`")


def test_a_standard_name_is_no_shared_one_too(loaded: Load, told: Tell) -> None:
    found = loaded(
        "version: 1\nattributes: {contact: {email: {type: string}}, company: {email: {type: string}}}\n"
    )
    assert told(found.diagnostics) == ["specs/example.yaml:2:24 SPEC131 email"]
    assert found.diagnostics[0].message == "`email` is Intercom's own attribute of a contact"
