"""Loading a project: every file, every mistake, one schema."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import DataType
from intercom_iac.project import find_project
from intercom_iac.reporting import diagnostics_text
from intercom_iac.specs import Loaded, load_specs, spec_files
from intercom_iac.specs.load.entries import AttributeEntry
from intercom_iac.yaml import keys_of
from intercom_iac.yaml.decoding import MAX_BYTES

Load = Callable[..., Loaded]
Tell = Callable[..., list[str]]
MakeProject = Callable[..., Path]


def test_files_come_together_as_one_schema(loaded: Load) -> None:
    found = loaded(
        {
            "specs/b/plans.yml": "version: 1\n"
            "attributes:\n"
            "  contact:\n"
            "    plan:\n"
            "      type: options\n"
            "      options: [free, trial, pro]\n"
            "      description: Billing plan\n"
            "      owner: growth\n"
            "      messenger_writable: true\n"
            "      renamed_from: old_plan\n"
            "  company:\n"
            "    seats: {type: integer, status: deprecated}\n",
            "specs/a.yaml": "version: 1\n"
            "events:\n"
            "  paid:\n"
            "    metadata:\n"
            "      amount: {type: float, required: true, description: In euros}\n"
            "      plan: {type: options, options: [a, b]}\n"
            "segments:\n"
            "  trials: {name: On trial, rule: plan = trial, publish: [tag, audience]}\n"
            "  payers: {rule: event paid}\n",
            "specs/.hidden.yaml": "nonsense",
            "specs/notes.txt": "nonsense",
        }
    )
    assert found.diagnostics == ()
    assert [each.path for each in found.files] == ["specs/a.yaml", "specs/b/plans.yml"]
    schema = found.or_raise()
    plan = schema.attributes["contact", "plan"]
    assert (plan.type, plan.options, plan.description) == (
        DataType.OPTIONS,
        ("free", "trial", "pro"),
        "Billing plan",
    )
    assert (plan.owner, plan.messenger_writable, plan.renamed_from, plan.status) == (
        "growth",
        True,
        "old_plan",
        "active",
    )
    assert str(plan.span) == "specs/b/plans.yml:4:5"
    seats = schema.attributes["company", "seats"]
    assert (seats.type, seats.messenger_writable, seats.status) == (DataType.INTEGER, False, "deprecated")
    amount, event_plan = schema.events["paid"].metadata
    assert (amount.type, amount.required, amount.description) == (DataType.FLOAT, True, "In euros")
    assert (event_plan.required, event_plan.options) == (False, ("a", "b"))
    assert str(amount.span) == "specs/a.yaml:5:7"
    trials, payers = schema.segments["trials"], schema.segments["payers"]
    assert (trials.name, trials.rule, trials.publish) == ("On trial", "plan = trial", ("audience", "tag"))
    assert (payers.name, payers.publish) == ("payers", ())
    assert str(trials.span) == "specs/a.yaml:8:3"


TEN_MISTAKES = {
    "specs/billing.yaml": "version: 1\n"
    "attributes:\n"
    "  contact:\n"
    "    plan_type:\n"
    "      type: options\n"
    "      options: [free, trial, free]\n"
    "      descripton: Billing plan\n"
    "    role: {type: string}\n"
    "    seats: {type: number}\n",
    "specs/events.yaml": "version: one\n"
    "events:\n"
    "  paid:\n"
    "    metadata:\n"
    "      amount.total: {type: float}\n"
    "      when_date: {type: date, required: yes}\n"
    "  paid: {}\n",
    "specs/segments.yaml": "version: 1\n"
    "segments:\n"
    "  on_trial:\n"
    "    rule: |\n"
    "      plan_type = trial\n"
    "      and plan_typ = free\n"
    "    publish: [tags]\n"
    "  seated:\n"
    "    rule: seats > 3\n",
}


def test_ten_mistakes_in_three_files_are_ten_diagnostics_with_exact_places(loaded: Load, told: Tell) -> None:
    found = loaded(TEN_MISTAKES)
    assert told(found.diagnostics) == [
        "specs/billing.yaml:6:30 SPEC134 free",
        "specs/billing.yaml:7:7 SPEC121 descripton",
        "specs/billing.yaml:8:5 SPEC131 role",
        "specs/billing.yaml:9:19 SPEC123 number",
        "specs/events.yaml:1:10 SPEC120 one",
        "specs/events.yaml:5:7 SPEC130 amount.total",
        "specs/events.yaml:6:41 SPEC120 yes",
        "specs/events.yaml:7:3 SPEC112 paid",
        f"specs/segments.yaml:6:11 {found.diagnostics[8].code} plan_typ",
        "specs/segments.yaml:7:15 SPEC123 tags",
    ]
    assert found.diagnostics[8].code.startswith("REF4")
    assert all(each.is_error for each in found.diagnostics)
    with pytest.raises(InvalidSpecs) as caught:
        found.or_raise()
    assert str(caught.value) == "10 errors"


def test_they_are_shown_with_the_line_and_a_way_out(loaded: Load) -> None:
    shown = diagnostics_text(loaded(TEN_MISTAKES).diagnostics[:2])
    assert shown == (
        "error[SPEC134]: `free` stands twice among the options\n"
        " --> specs/billing.yaml:6:30\n"
        "  |\n"
        "6 |       options: [free, trial, free]\n"
        "  |                              ^^^^\n"
        "  note: the first one stands here\n"
        " --> specs/billing.yaml:6:17\n"
        "  |\n"
        "6 |       options: [free, trial, free]\n"
        "  |                 ----\n"
        "  help: remove one\n"
        "\n"
        "error[SPEC121]: the key `descripton` is not known here\n"
        " --> specs/billing.yaml:7:7\n"
        "  |\n"
        "7 |       descripton: Billing plan\n"
        "  |       ^^^^^^^^^^\n"
        "  help: did you mean `description`?"
    )


@pytest.mark.parametrize(
    ("text", "mistakes"),
    [
        ("attributes: {}\n", ["1:1 SPEC122"]),
        ("version: 1\nattributes: []\n", ["2:13 SPEC120"]),
        ("version: 1\nattributes:\n  - a\n", ["2:1 SPEC120"]),
        ("version: 1\nattributs:\n  contact: {}\n", ["2:1 SPEC121"]),
        ("version: 1\nattributes:\n  contacts: {}\n", ["3:3 SPEC121"]),
        ("version: 1\nattributes: {contact: {a: }}\n", ["2:24 SPEC120"]),
        ("version: 1\nattributes: {contact: {a: string}}\n", ["2:27 SPEC120"]),
        ("version: 1\nattributes: {contact: {a: {}}}\n", ["2:24 SPEC122"]),
        ("version: 1\nattributes: {contact: {a: {type: }}}\n", ["2:28 SPEC123"]),
        ("version: 1\nattributes: {contact: {a: {type: string, description: 5}}}\n", ["2:55 SPEC120"]),
        (
            "version: 1\nattributes: {contact: {a: {type: string, messenger_writable: 'true'}}}\n",
            ["2:62 SPEC120"],
        ),
        ("version: 1\nattributes: {contact: {a: {type: options, options: free}}}\n", ["2:52 SPEC120"]),
        (
            "version: 1\nattributes: {contact: {a: {type: options, options: [1, no, 1]}}}\n",
            ["2:53 SPEC120", "2:60 SPEC120", "2:60 SPEC134"],
        ),
        ("version: 1\nattributes: {contact: {a: {type: options, options: [a, [b]]}}}\n", ["2:56 SPEC120"]),
        (
            f"version: 1\nattributes: {{contact: {{a: {{type: options, options: [b, {'a' * 256}]}}}}}}\n",
            ["2:56 SPEC125"],
        ),
        ("version: 1\nevents: {e: {metadata: {k: string}}}\n", ["2:28 SPEC120"]),
        ("version: 1\nsegments: {s: {name: x}}\n", ["2:12 SPEC122"]),
        ("version: 1\nsegments: {s: {rule: 12}}\n", ["2:22 SPEC120"]),
        ("version: 1\nsegments: {s: {rule: email is unknown, name: ' '}}\n", ["2:46 SPEC125"]),
        ("version: 1\nsegments: {s: {rule: email is unknown, publish: tag}}\n", ["2:49 SPEC120"]),
        ("version: 2\n", ["1:10 SPEC124"]),
        (f"version: 0x{'f' * 900}\n", ["1:10 SPEC124"]),
        (f"version: 0x{'f' * 3900}\n", ["1:10 SPEC120"]),
        ("version: 1.0\n", ["1:10 SPEC120"]),
        ("version: '1'\n", ["1:10 SPEC120"]),
        ("version: 3\nattributes: {contact: {a: {type: no}}}\n", ["1:10 SPEC124", "2:34 SPEC123"]),
        ("- version: 1\n", ["1:1 SPEC120"]),
        ("just text\n", ["1:1 SPEC120"]),
        ("? version\n: 1\n", []),
        ("version: 1\nattributes:\nevents:\nsegments:\n", []),
        ("version: 1\nattributes: {contact: , company: }\nevents: {e: {metadata: , description: }}\n", []),
        ("", []),
        ("# nothing yet\n", []),
        ("\ufeffversion: 1\r\nattributes: {contact: {a: {type: number}}}\r\n", ["2:34 SPEC123"]),
        ("version: 1 # caf\udce9\n", ["1:17 SPEC106"]),
        ("\ufeffversion: 1\n# é \udcff\n", ["2:5 SPEC106"]),
        ("version: 1\n# \x00\n", ["2:3 SPEC107"]),
        ("version: 1\n# \x1b[31m\n", ["2:3 SPEC107"]),
        ("version: 1\n\ufeffevents: {}\n", ["2:1 SPEC153", "2:1 SPEC121"]),
        ("version: 1\r# a\revents: {e: 1}\r", ["1:11 SPEC107"]),
        (
            "version: 1\nevents: {e: 1} # \u2028# \nsegmnts: {}\n",
            ["2:13 SPEC120", "2:18 SPEC153", "3:1 SPEC121"],
        ),
    ],
)
def test_a_mistake_is_told_where_it_stands(loaded: Load, text: str, mistakes: list[str]) -> None:
    found = loaded(text)
    assert [
        f"{each.span.line}:{each.span.column} {each.code}" for each in found.diagnostics if each.span
    ] == mistakes
    assert all(each.hint for each in found.diagnostics)


def test_messages_speak_yaml(loaded: Load) -> None:
    found = loaded(
        "version: 1\nattributes:\n  contact:\n    a: {type: string, description: 12, owner: [x], status: activ}\n"
        "    b: [1]\n    c: {type: string, messenger_writable: 'no', typ: x}\n    d: {}\n"
    )
    assert [(each.message, each.hint) for each in found.diagnostics] == [
        ("`description` is the number 12, where text is expected", 'put it in quotes to make it text: "12"'),
        (
            "`owner` is a list, where text is expected",
            "write one text, or put it in quotes where it is one",
        ),
        (
            "`status` is the text `activ`, which is not one of `active`, `deprecated`, `archived`",
            "did you mean `active`?",
        ),
        (
            "`b` is a list, where a mapping is expected",
            f"write keys with their values; known here: {', '.join(f'`{key}`' for key in keys_of(AttributeEntry))}",
        ),
        (
            "`messenger_writable` is the text `no`, where true or false is expected",
            "write `true` or `false`, without quotes",
        ),
        ("the key `typ` is not known here", "did you mean `type`?"),
        ("`d` has no `type`", "add `type:`"),
    ]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("version: 1.0\n", "write `version: 1`"),
        ("version: true\n", "write `version: 1`"),
        ("version: [1]\n", "write `version: 1`"),
        ("version:\n", "write `version: 1`"),
        ("attributes: {contact: {a: {type: number}}}\n", "did you mean `integer` or `float`?"),
        ("attributes: {contact: {a: {type: text}}}\n", "did you mean `string`?"),
        ("attributes: {contact: {a: {type: datetime}}}\n", "did you mean `date`?"),
        ("attributes: {contact: {a: {type: integre}}}\n", "did you mean `integer`?"),
        (
            "attributes: {contact: {a: {type: }}}\n",
            "write one of `string`, `integer`, `float`, `boolean`, `date`, `options`",
        ),
        (
            "attributes: {contact: {a: {type: options, options: [a, ~]}}}\n",
            "give it a value, or remove the item",
        ),
        (
            "attributes: {contact: {a: {type: string, description: [x]}}}\n",
            "write one text, or put it in quotes",
        ),
        (f"attributes: {{contact: {{a: {{type: options, options: [a, {'b' * 256}]}}}}}}\n", "shorten it"),
        ("segments: {a: {rule: }}\n", "give it a value"),
        ("segments: {a: {rule: email is unknown, publish: audience}}\n", "write it as `[audience]`"),
        ("segments: {a: {rule: email is unknown, name: ''}}\n", "give it a name, or remove the key"),
        ("segments: {a: {rule: email is unknown, publish: [tag, tag]}}\n", "remove one"),
        ("events: {a: x}\n", "write keys with their values; known here: `description`,"),
        ("events: {a: &a {metadata: *a}}\n", "write the value out"),
        ("events: {a: *a}\n", "put an anchor `&a` before it, or quotes around it where it is text"),
    ],
)
def test_a_mistake_comes_with_what_to_do(loaded: Load, text: str, hint: str) -> None:
    [wrong] = loaded(text if text.startswith("version") else f"version: 1\n{text}").diagnostics
    assert wrong.hint is not None
    assert wrong.hint.startswith(hint)
    assert "remove the key" not in wrong.hint or "name" in wrong.hint


def test_utf_16_is_named_without_its_mark_too(make_project: MakeProject) -> None:
    root = make_project({"specs/a.yaml": ""})
    for coding in ("utf-16", "utf-16-le", "utf-16-be"):
        (root / "specs/a.yaml").write_bytes("version: 1\n".encode(coding))
        [wrong] = load_specs(find_project(root)).diagnostics
        assert wrong.code == "SPEC106"
        assert "UTF-16" in f"{wrong.message} {wrong.hint}"


# --- rules --------------------------------------------------------------------------------------------------


def test_a_mistake_in_a_folded_rule_is_underlined_in_the_file(loaded: Load, told: Tell) -> None:
    found = loaded(
        "version: 1\nattributes: {contact: {plan: {type: options, options: [free, pro]}}}\n"
        "segments:\n  s:\n    rule: >-\n      plan = free\n      or plan = gold\n"
    )
    [wrong] = found.diagnostics
    assert (str(wrong.span), wrong.span and wrong.span.text) == ("specs/example.yaml:7:17", "gold")
    assert found.schema.segments == {}


def test_a_declaration_with_a_mistake_does_not_break_the_rules_that_use_it(loaded: Load) -> None:
    found = loaded(
        {
            "specs/a.yaml": "version: 1\nattributes: {contact: {plan_type: {type: sting}}}\n",
            "specs/b.yaml": "version: 1\nsegments: {s: {rule: plan_type = free and other = 1}}\n",
        }
    )
    assert [str(each.span) for each in found.diagnostics] == ["specs/a.yaml:2:42", "specs/b.yaml:2:43"]


def test_names_are_not_called_unknown_while_a_file_cannot_be_read(loaded: Load) -> None:
    found = loaded(
        {
            "specs/a.yaml": "version: 1\nattributes: {contact: {plan_type: {type: string}\n",
            "specs/b.yaml": "version: 1\nsegments: {s: {rule: plan_type = free}, t: {rule: plan_type = }}\n",
        }
    )
    assert [each.code[:5] for each in found.diagnostics] == ["SPEC1", "PARSE"]


def test_segments_may_use_one_another_across_files(loaded: Load) -> None:
    found = loaded(
        {
            "specs/a.yaml": "version: 1\nsegments: {a: {rule: segment b and email has any value}}\n",
            "specs/b.yaml": "version: 1\nsegments: {b: {rule: role = user}}\n",
        }
    )
    assert list(found.or_raise().segments) == ["a", "b"]


# --- files --------------------------------------------------------------------------------------------------


def test_the_folder_is_missing_or_a_file_or_empty(make_project: MakeProject) -> None:
    root = make_project({"intercom-iac.yaml": "version: 1\nspecs: sepcs\n"})
    [missing] = load_specs(find_project(root)).diagnostics
    assert (missing.code, str(missing.span)) == ("SPEC103", "intercom-iac.yaml:2:8")
    (root / "sepcs").write_text("")
    [file] = load_specs(find_project(root)).diagnostics
    assert (file.code, file.message) == ("SPEC103", "the specs folder `sepcs` is not a folder")
    (root / "sepcs").unlink()
    (root / "sepcs").mkdir()
    [empty] = load_specs(find_project(root)).diagnostics
    assert (empty.code, empty.severity) == ("SPEC104", "error")


def test_a_folder_named_like_a_file_is_told_and_the_rest_is_read(loaded: Load, told: Tell) -> None:
    found = loaded({"specs/a.yaml/x.txt": "", "specs/b.yaml": "version: 1\nevents: {e: }\n"})
    assert told(found.diagnostics) == ["specs/a.yaml:1:1 SPEC102 ", "specs/b.yaml:2:10 SPEC120 e"]


def test_a_link_is_followed_inside_the_folder_only(make_project: MakeProject) -> None:
    root = make_project({"specs/a.yaml": "version: 1\n", "outside.yaml": "version: 1\nevents: {e: {}}\n"})
    (root / "specs" / "b.yaml").symlink_to(root / "outside.yaml")
    (root / "specs" / "c.yaml").symlink_to(root / "specs" / "a.yaml")
    (root / "specs" / "d.yaml").symlink_to(root / "specs" / "nowhere.yaml")
    (root / "specs" / "loop").symlink_to(root / "specs")
    found = load_specs(find_project(root))
    assert [f"{each.span} {each.code}" for each in found.diagnostics] == [
        "specs/b.yaml:1:1 SPEC108",
        "specs/d.yaml:1:1 SPEC102",
    ]
    assert [each.path for each in found.files] == ["specs/a.yaml", "specs/c.yaml", "specs/d.yaml"]
    assert found.diagnostics[1].hint == "remove the link, or make the file it leads to"


def test_a_pipe_or_a_link_to_itself_is_told_and_not_waited_for(make_project: MakeProject) -> None:
    root = make_project({"specs/a.yaml": "version: 1\n"})
    os.mkfifo(root / "specs" / "b.yaml")
    (root / "specs" / "c.yaml").symlink_to("c.yaml")
    found = load_specs(find_project(root))
    assert [f"{each.span} {each.code}" for each in found.diagnostics] == [
        "specs/b.yaml:1:1 SPEC102",
        "specs/c.yaml:1:1 SPEC102",
    ]
    assert all(each.hint for each in found.diagnostics)


def test_a_large_file_is_refused_without_being_read(loaded: Load) -> None:
    found = loaded("#" * 10_000_000)
    assert [each.code for each in found.diagnostics] == ["SPEC105"]
    assert len(found.files[0].text) == 0
    padding = "#" * (MAX_BYTES - len("version: 1\n") - 1) + "\n"
    assert loaded(padding + "version: 1\n").diagnostics == ()


def test_a_link_to_a_folder_elsewhere_is_told(make_project: MakeProject) -> None:
    root = make_project({"specs/a/b.yaml": "version: 1\n", "elsewhere/c.yaml": "version: 1\nsecret\n"})
    (root / "specs" / "d").symlink_to(root / "elsewhere")
    (root / "specs" / "e").symlink_to("a")
    found = load_specs(find_project(root))
    assert [(str(each.span), each.code) for each in found.diagnostics] == [("specs/d:1:1", "SPEC108")]
    assert [each.path for each in found.files] == ["specs/a/b.yaml"]


def test_spec_files_are_listed_in_order(make_project: MakeProject) -> None:
    root = make_project({"specs/b.yaml": "", "specs/a/z.yml": "", "specs/c.txt": ""})
    paths, diagnostics = spec_files(find_project(root))
    assert [each.relative_to(root).as_posix() for each in paths] == ["specs/a/z.yml", "specs/b.yaml"]
    assert diagnostics == []
