"""`move` and `write_renamed`: what a rename writes into each kind of place, and what it refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.application import Session, check, move, open_session, write_renamed
from intercom_iac.diagnostics import EditRefused, IntercomIacError, InvalidSpecs, Misuse
from support.git_repositories import commit

ATTRIBUTES = """\
attributes:
  contact:
    plan:
      type: options
      options: [free, pro]  # as billing has them

    ends: {type: date}
    "Last Seats": {type: integer}
  company:
    seats: {type: integer}
    used: {type: integer}
"""


def renamed(session: Session, old: str, new: str) -> str:
    """The text of the one spec file with a rename in it, without the line of its version."""
    found = move(session, old, new)
    return {file.path: file.after for file in found.files}["specs/example.yaml"].removeprefix("version: 1\n")


# --- entries ------------------------------------------------------------------------------------------------


def test_an_attribute_gets_a_new_entry_right_behind_the_old_one(write) -> None:
    assert renamed(write(ATTRIBUTES), "attribute.contact.plan", "billing_plan") == ATTRIBUTES.replace(
        "as billing has them\n",
        """\
as billing has them
      status: deprecated

    billing_plan:
      type: options
      options: [free, pro]  # as billing has them
      renamed_from: plan
""",
    )


ENTRIES = {
    "attribute.contact.a": [
        (
            "attributes: {contact: {a: {type: date}, z: {type: date}}}\n",
            "attributes: {contact: {a: {type: date, status: deprecated}, b: {type: date, renamed_from: a}, "
            "z: {type: date}}}\n",
        ),
        # The story of an entry stays with it.
        (
            "attributes:\n  contact:\n    a: {type: date, status: deprecated, replaces: {attribute: z}}\n",
            "attributes:\n  contact:\n    a: {type: date, status: deprecated, replaces: {attribute: z}}\n"
            "    b: {type: date, renamed_from: a}\n",
        ),
    ],
    "event.a": [
        ("events:\n  a: {}\n", "events:\n  a:\n    status: deprecated\n  b:\n    renamed_from: a\n"),
        (
            "events:\n  a:\n    metadata: {k: {type: string}}\n",
            "events:\n  a:\n    metadata: {k: {type: string}}\n    status: deprecated\n"
            "  b:\n    metadata: {k: {type: string}}\n    renamed_from: a\n",
        ),
    ],
    "segment.a": [
        (
            "segments:\n  a: {rule: role = user}  # why\n",
            "segments:\n  b: {name: a, rule: role = user}  # why\n",
        ),
        (
            "segments:\n  a:\n    name: All\n    rule: role = user\n",
            "segments:\n  b:\n    name: All\n    rule: role = user\n",
        ),
    ],
}


@pytest.mark.parametrize(
    ("old", "before", "after"), [(old, *texts) for old, pairs in ENTRIES.items() for texts in pairs]
)
def test_entries(write, old: str, before: str, after: str) -> None:
    session = write(before)
    assert renamed(session, old, "b") == after


def test_an_address_is_as_good_as_a_name(write) -> None:
    session = write(ATTRIBUTES)
    assert renamed(session, "attribute.company.used", "attribute.company.taken") == renamed(
        session, "attribute.company.used", "taken"
    )


def test_what_an_alias_repeats_is_not_edited(write) -> None:
    session = write("attributes:\n  contact:\n    a: &day {type: date}\n    b: *day\n")
    with pytest.raises(EditRefused, match="an alias repeats this value"):
        move(session, "attribute.contact.a", "c")


# --- rules --------------------------------------------------------------------------------------------------

PLAN, ENDS, SEATS = "attribute.contact.plan", "attribute.contact.ends", "attribute.company.seats"
# What is renamed, the new name, a rule before and after.
RULES = [
    (PLAN, "tier", "plan = pro and not plan in (free, pro)", "tier = pro and not tier in (free, pro)"),
    (PLAN, "plan now", "`plan` = pro", "`plan now` = pro"),
    ("attribute.contact.Last Seats", "last_seats", "`Last Seats` > 3", "last_seats > 3"),
    (
        ENDS,
        "ends on",
        "created_at < ends and signed_up_at within 3 days after ends",
        "created_at < `ends on` and signed_up_at within 3 days after `ends on`",
    ),
    (
        ENDS,
        "day",
        "event paid last before ends or event paid within 3 days after ends",
        "event paid last before day or event paid within 3 days after day",
    ),
    (
        SEATS,
        "room",
        "company.used >= company.seats or company(used > seats or seats is unknown)",
        "company.used >= company.room or company(used > room or room is unknown)",
    ),
    # A value, a key of an event, a tag and an attribute of the other owner have the same name.
    (
        PLAN,
        "tier",
        "email = plan and tag plan and company.plan = x and event paid where (plan = pro) and plan = pro",
        "email = plan and tag plan and company.plan = x and event paid where (plan = pro) and tier = pro",
    ),
    (
        "event.paid",
        "is",
        "event paid then event paid within 3 days",
        "event `is` then event `is` within 3 days",
    ),
    (
        "event.paid",
        "paid.now",
        "event paid where plan = pro count > 3",
        "event paid.now where plan = pro count > 3",
    ),
    ("segment.other", "and", "not segment other and event paid", "not segment `and` and event paid"),
]
MORE = "events:\n  paid: {metadata: {plan: {type: string}}}\nsegments:\n  other: {rule: role = user}\n"
STYLES = [
    "  one:\n    rule: %s\n",
    "  one:\n    rule: '%s'\n",
    '  one:\n    rule: "%s"\n',
    "  one:\n    rule: >-\n      %s\n",
    "  one:\n    rule: |  # as written\n      # what for\n      %s\n",
    "  one: {rule: '%s'}  # why\n",
]


# No plain text begins with a backtick.
@pytest.mark.parametrize(
    ("old", "name", "before", "after", "style"),
    [(*rule, style) for style in STYLES for rule in RULES if style != STYLES[0] or rule[2][0] != "`"],
)
def test_rules(write, old: str, name: str, before: str, after: str, style: str) -> None:
    # One that is laid out otherwise than `fmt` has it keeps its layout.
    session = write(f"{ATTRIBUTES}{MORE}{style % before}\n\n")
    found = renamed(session, old, name)
    written = f'"{after}"' if style == STYLES[0] and after.startswith("`") else after
    assert f"{style % written}\n\n" in found


def test_names_in_a_folded_rule_are_rewritten_in_place(write) -> None:
    rule = "  one:\n    rule: >-\n      plan = pro and\n      `plan`\n      != free\n\n\n"
    found = renamed(write(f"{ATTRIBUTES}{MORE}{rule}"), "attribute.contact.plan", "tier")
    assert found.endswith("  one:\n    rule: >-\n      tier = pro and\n      tier\n      != free\n\n\n")


def test_the_rule_of_an_archived_segment_is_rewritten(write) -> None:
    rule = "  one: {rule: plan = pro, status: archived}\n"
    found = renamed(write(f"{ATTRIBUTES}{MORE}{rule}"), "attribute.contact.plan", "tier")
    assert "rule: tier = pro, status: archived" in found


def test_a_rule_that_grows_too_long_is_folded_where_the_file_was_formatted(write) -> None:
    rule = "  one:\n    rule: plan = pro and ends within next 30 days and email contains x and name contains some\n"
    found = renamed(
        write(f"{ATTRIBUTES}{MORE}{rule}"), "attribute.contact.plan", "the_plan_that_they_pay_for"
    )
    assert "    rule: >-\n      the_plan_that_they_pay_for = pro\n      and ends" in found


# --- what else names it -------------------------------------------------------------------------------------


def test_retired_entries_that_came_after_it_name_it_anew(write) -> None:
    spec = (
        "attributes:\n  contact:\n    a: {type: date}\n"
        "    b: {type: string, status: archived, replaces: {attribute: a}}\n"
        "events:\n  a: {status: deprecated}\n  b: {status: archived, renamed_from: A}\n"
    )
    found = renamed(write(spec), "attribute.contact.a", "d")
    assert "    b: {type: string, status: archived, replaces: {attribute: d}}\n" in found
    assert "  b: {status: archived, renamed_from: A}\n" in found
    found = renamed(write(spec), "event.a", "d")
    assert "    b: {type: string, status: archived, replaces: {attribute: a}}\n" in found
    assert "  b: {status: archived, renamed_from: d}\n" in found


PROJECT = """\
version: 1
workspaces: {own: {sandbox: own.db}}
naming: {attributes: snake_case}
policy: {levels: {LINT551: error}}
accept:
  - address: attribute.contact.thePlan  # for now
    code: BACK703
    reason: attribute.contact.thePlan is agreed on
    expires: 2099-01-31
"""


def test_addresses_in_the_project_file(write) -> None:
    spec = "attributes:\n  contact:\n    thePlan: {type: date}  # intercom-iac: ignore LINT551: it is old\n"
    session = write(spec, PROJECT)
    files = {file.path: file.after for file in move(session, "attribute.contact.thePlan", "a_plan").files}
    assert files["intercom-iac.yaml"] == PROJECT.replace(
        "address: attribute.contact.thePlan ", "address: attribute.contact.a_plan "
    )


@pytest.mark.parametrize(
    ("name", "copied"),
    [("aPlan", "    aPlan: {type: date, renamed_from: thePlan}  # intercom-iac: ignore LINT551: it is old\n"),
     ("a_plan", "    a_plan: {type: date, renamed_from: thePlan}\n")],
)  # fmt: skip
def test_a_silence_is_copied_where_the_new_entry_needs_it(write, name: str, copied: str) -> None:
    spec = "attributes:\n  contact:\n    thePlan: {type: date}  # intercom-iac: ignore LINT551: it is old\n"
    session = write(spec, PROJECT)
    assert renamed(session, "attribute.contact.thePlan", name).endswith(copied)


def test_a_silence_above_a_line_is_copied_too(write) -> None:
    silence = "    # intercom-iac: ignore LINT551: it is old\n"
    spec = f"attributes:\n  contact:\n    # what for\n{silence}    thePlan: {{type: date}}\n"
    found = renamed(write(spec, PROJECT), "attribute.contact.thePlan", "aPlan")
    assert found.endswith(f"{silence}    aPlan: {{type: date, renamed_from: thePlan}}\n")
    assert found.count("# what for") == 1


def test_an_address_in_a_silence(write) -> None:
    spec = (
        "segments:\n  one: {rule: role = user}\n"
        "  two: {rule: tag x and segment one}  # intercom-iac: ignore LINT561: as segment.one, not segment.one_2\n"
    )
    session = write(spec, PROJECT + "")
    project = PROJECT.replace("policy: {", "policy: {require: {segments: [owner]}, ").split("accept:")[0]
    session = write(spec.replace("user}", "user, owner: x}"), project)
    assert "as segment.uno, not segment.one_2" in renamed(session, "segment.one", "uno")


# --- back again ---------------------------------------------------------------------------------------------


def test_a_rename_that_is_not_committed_is_undone(write) -> None:
    spec = f"{ATTRIBUTES}{MORE}  one: {{rule: plan = pro and segment other}}\n"
    session = write(spec)
    root = session.project.root
    write_renamed(session, move(session, "attribute.contact.plan", "tier"))
    again = open_session(root)
    write_renamed(again, move(again, "attribute.contact.tier", "plan"))
    assert (root / "specs" / "example.yaml").read_text() == f"version: 1\n{spec}"


def test_one_whose_entry_was_edited_since_goes_back_as_a_rename(write) -> None:
    spec = (
        "attributes:\n  contact:\n    a: {type: string, status: deprecated}\n"
        "    b: {type: string, description: B, renamed_from: a}\nsegments:\n  one: {rule: b = x}\n"
    )
    with pytest.raises(Misuse, match="would say something else"):
        move(write(spec), "attribute.contact.b", "a")
    spec = spec.replace(", description: B", "").replace("deprecated", "deprecated, description: A")
    with pytest.raises(Misuse, match="would say something else"):
        move(write(spec), "attribute.contact.b", "a")


def test_a_name_that_is_not_committed_gives_way_to_another(write) -> None:
    session = write("attributes:\n  contact:\n    a: {type: string}\n")
    root = session.project.root
    commit(root)
    write_renamed(session, move(session, "attribute.contact.a", "bb"))
    found = renamed(open_session(root), "attribute.contact.bb", "b")
    assert found.endswith(
        "    a: {type: string, status: deprecated}\n    b: {type: string, renamed_from: a}\n"
    )


def test_a_rename_that_is_committed_goes_back_as_a_rename(write) -> None:
    spec = (
        "attributes:\n  contact:\n    a: {type: string%s}\n    b: {type: string%s}\n"
        "segments:\n  one: {rule: %s = x}\n"
    )
    session = write(spec % (", status: deprecated", ", renamed_from: a", "b"))
    commit(session.project.root)
    found = renamed(session, "attribute.contact.b", "a")
    assert found == spec % (", renamed_from: b", ", status: deprecated", "a")


# --- what is refused ----------------------------------------------------------------------------------------

REFUSED = [
    ("attribute.contact.plan", "ends", "`attribute.contact.ends` is declared already"),
    ("attribute.contact.plan", "seats", "`seats` is declared for companies"),
    ("attribute.contact.plan", "plan", "has that name already"),
    ("attribute.contact.plan", "email", "`email` is Intercom's own attribute of a contact"),
    ("attribute.contact.plan", "Role", "Intercom's own attribute `role`"),
    ("attribute.contact.plan", "a.b", "the name `a.b` holds `.`"),
    ("attribute.contact.plan", "", "the name `` is empty"),
    ("attribute.contact.plan", "${PLAN}", "holds a variable"),
    ("attribute.contact.plan", "event.plan", "a rename keeps the kind and the owner"),
    ("attribute.contact.plan", "attribute.company.plan2", "a rename keeps the kind and the owner"),
    ("attribute.contact.old", "new", "`attribute.contact.old` is archived"),
    ("attribute.contact.plam", "x", "the specs have nothing at `attribute.contact.plam`"),
    ("plan", "x", "`plan` is no address"),
    ("tag.vip", "x", "`tag.vip` is renamed with its segment"),
    ("event.paid", "Paid", "Intercom reads the events `paid` and `Paid` as one"),
    ("event.paid", "LEFT", "Intercom reads the events `left` and `LEFT` as one"),
    ("event.paid.metadata.plan", "x", "a metadata key is not renamed"),
    ("segment.other", "one", "`segment.one` is declared already"),
    ("segment.other", " x", "the name ` x` begins or ends with white space"),
    ("event.elsewhere", "x", None),
    ("attribute.contact.plan", "there", "`attribute.contact.there` is declared already"),
    ("attribute.contact.both", "x", "`both` is declared in several files"),
]  # fmt: skip


@pytest.fixture
def refusing(write) -> Session:
    contact = (
        "    old: {type: date, status: archived}\n    there: {type: date, only: [b]}\n"
        "    both: {type: date, only: [a]}\n"
    )
    spec = (
        ATTRIBUTES.replace("  company:", f"{contact}  company:")
        + MORE.replace("segments:", "  left: {}\n  elsewhere: {only: [b]}\nsegments:")
        + "  one: {rule: plan = pro}\n"
    )
    session = write(
        spec, "version: 1\ndefault_workspace: a\nworkspaces: {a: {sandbox: a.db}, b: {sandbox: b.db}}\n"
    )
    other = "version: 1\nattributes: {contact: {both: {type: date, only: [b]}}}\n"
    (session.project.root / "specs" / "other.yaml").write_text(other)
    return open_session(session.project.root)


@pytest.mark.parametrize(("old", "new", "message"), REFUSED)
def test_refusals(refusing: Session, old: str, new: str, message: str | None) -> None:
    if message is None:
        # An entry for some workspaces is renamed in those.
        assert "  x: {renamed_from: elsewhere, only: [b]}\n" in renamed(refusing, old, new)
        return
    with pytest.raises(IntercomIacError) as error:
        move(refusing, old, new)
    assert message in error.value.message
    assert error.value.exit_code == 3
    assert error.value.hint


def test_a_name_in_the_value_of_a_variable_is_told_with_its_place(write) -> None:
    project = "version: 1\nworkspaces: {own: {sandbox: own.db}}\nvariables: {WHAT: {default: plan}}\n"
    session = write(f"{ATTRIBUTES}{MORE}  one: {{rule: '${{WHAT}} = pro'}}\n", project)
    with pytest.raises(EditRefused, match=r"example.yaml:.*`plan` stands here in the value of a variable"):
        move(session, "attribute.contact.plan", "tier")


def test_specs_with_errors_are_not_renamed_in(write) -> None:
    with pytest.raises(InvalidSpecs):
        move(write(f"{ATTRIBUTES}{MORE}  one: {{rule: plam = pro}}\n"), "attribute.contact.plan", "tier")


def test_an_error_that_the_rename_would_bring_is_told(write) -> None:
    many = "".join(f"    a{number}: {{type: date}}\n" for number in range(250))
    with pytest.raises(InvalidSpecs) as error:
        move(write(f"attributes:\n  contact:\n{many}"), "attribute.contact.a7", "b")
    assert "251 attributes are declared" in error.value.diagnostics[0].message


# --- files --------------------------------------------------------------------------------------------------


def test_nothing_is_written_by_asking(write) -> None:
    session = write(ATTRIBUTES)
    path = session.project.root / "specs" / "example.yaml"
    before = path.read_bytes()
    found = move(session, "attribute.contact.plan", "tier")
    assert path.read_bytes() == before
    write_renamed(session, found)
    assert path.read_text() == found.files[0].after
    assert not check(open_session(session.project.root)).failed


@pytest.fixture
def several(write) -> Path:
    """A project whose rename changes three files, with a byte-order mark and line ends of Windows in one of them."""
    root = write(
        f"{ATTRIBUTES}{MORE}",
        PROJECT.replace("thePlan", "plan").replace("naming: {attributes: snake_case}\n", ""),
    ).project.root
    (root / "specs" / "rules.yaml").write_bytes(
        b"\xef\xbb\xbfversion: 1\r\nsegments:\r\n  one: {rule: plan = pro}  # why\r\n"
    )
    return root


def test_byte_order_marks_and_line_ends_stay(several: Path) -> None:
    session = open_session(several)
    write_renamed(session, move(session, "attribute.contact.plan", "tier"))
    after = (several / "specs" / "rules.yaml").read_bytes()
    assert after == b"\xef\xbb\xbfversion: 1\r\nsegments:\r\n  one: {rule: tier = pro}  # why\r\n"


def test_a_file_that_changed_meanwhile_stops_it_all(several: Path) -> None:
    session = open_session(several)
    found = move(session, "attribute.contact.plan", "tier")
    (several / "specs" / "rules.yaml").write_text("version: 1\n")
    before = {path: path.read_bytes() for path in several.rglob("*.yaml")}
    with pytest.raises(Misuse, match=r"`specs/rules.yaml` changed while the command ran"):
        write_renamed(session, found)
    assert {path: path.read_bytes() for path in several.rglob("*.yaml")} == before


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), KeyboardInterrupt()])
def test_all_files_are_written_or_none(several: Path, monkeypatch, failure: BaseException) -> None:
    session = open_session(several)
    found = move(session, "attribute.contact.plan", "tier")
    before = {path: path.read_bytes() for path in several.rglob("*.yaml")}
    replaced: list[Path] = []
    replace = Path.replace

    def fail_at_the_last(path: Path, target: Path) -> Path:
        replaced.append(path)
        if len(replaced) == len(found.files):
            raise failure
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_last)
    with pytest.raises((IntercomIacError, KeyboardInterrupt)):
        write_renamed(session, found)
    # The first ones were new, and are put back.
    assert len(replaced) == 2 * len(found.files) - 1 == 5
    assert {path: path.read_bytes() for path in several.rglob("*") if path.is_file()} == before


# --- assertions, priorities and tests -----------------------------------------------------------------------

CONTRACTS = """\
attributes:
  contact: {plan: {type: string}, vip: {type: boolean}}
  company: {tier: {type: string}}
events: {sent: {metadata: {plan: {type: string}}}}
segments:
  trial:
    rule: plan = trial and not event sent
    tests:
      - {contact: {plan: trial, vip: true}, companies: [{tier: plan}], member: true}
      - contact:
          plan: trial  # why
        events:
          - {event: sent, metadata: {plan: plan}}
        member: false
  vip: {rule: vip and plan = pro}
assertions:
  trial: {disjoint: [trial, vip], reason: trial}
  all: {covers: {all: ["trial", plan != trial], of: trial}}
  some: {implies: {if: vip, then: 'segment vip and plan = pro'}}
priorities:
  - vip
  - trial
"""
CONTRACT_RENAMES = {
    ("attribute.contact.plan", "tariff"): [
        ("plan: {type: string}, vip", "plan: {type: string, status: deprecated}, "
         "tariff: {type: string, renamed_from: plan}, vip"),
        ("rule: plan = trial", "rule: tariff = trial"),
        ("{plan: trial, vip", "{tariff: trial, vip"),
        ("          plan: trial  # why", "          tariff: trial  # why"),
        ("vip and plan = pro}", "vip and tariff = pro}"),
        ("plan != trial", "tariff != trial"),
        ("segment vip and plan = pro'", "segment vip and tariff = pro'"),
    ],
    ("attribute.company.tier", "grade"): [
        ("{tier: {type: string}}", "{tier: {type: string, status: deprecated}, "
         "grade: {type: string, renamed_from: tier}}"),
        ("[{tier: plan}]", "[{grade: plan}]"),
    ],
    # The key of a segment is not the attribute of that name.
    ("attribute.contact.vip", "important"): [
        ("vip: {type: boolean}}", "vip: {type: boolean, status: deprecated}, "
         "important: {type: boolean, renamed_from: vip}}"),
        ("trial, vip: true", "trial, important: true"),
        ("rule: vip and", "rule: important and"),
    ],
    ("event.sent", "mailed"): [
        ("events: {sent: {metadata: {plan: {type: string}}}}", "events: {sent: {metadata: {plan: {type: string}}, "
         "status: deprecated}, mailed: {metadata: {plan: {type: string}}, renamed_from: sent}}"),
        ("not event sent", "not event mailed"),
        ("{event: sent,", "{event: mailed,"),
    ],
    ("segment.vip", "best"): [
        ("  vip: {rule: vip", "  best: {name: vip, rule: vip"),
        ("[trial, vip]", "[trial, best]"),
        ("{if: vip, then: 'segment vip", "{if: best, then: 'segment best"),
        ("- vip", "- best"),
    ],
    ("segment.trial", "it's"): [
        ("  trial:\n    rule", "  it's:\n    name: trial\n    rule"),
        ("[trial, vip]", "[it's, vip]"),
        ('["trial", plan', '["it\'s", plan'),
        ("of: trial}", "of: segment `it's`}"),
        ("- trial", "- it's"),
    ],
    ("segment.trial", "two words"): [
        ("  trial:\n    rule", "  two words:\n    name: trial\n    rule"),
        ("[trial, vip]", "[two words, vip]"),
        ('["trial", plan', '["two words", plan'),
        ("of: trial}", "of: two words}"),
        ("- trial", "- two words"),
    ],
}  # fmt: skip


@pytest.mark.parametrize(("rename", "changes"), CONTRACT_RENAMES.items())
def test_what_is_asserted_and_tested_is_renamed(
    rename: tuple[str, str], changes: list[tuple[str, str]], write
) -> None:
    wanted = CONTRACTS
    for before, after in changes:
        assert before in wanted
        wanted = wanted.replace(before, after)
    assert renamed(write(CONTRACTS), *rename) == wanted


def test_what_is_asserted_is_told(write) -> None:
    parts = move(write(CONTRACTS), "segment.vip", "best").parts
    told = [(part.what, part.address, part.span.text) for part in parts]
    assert ("assertion", "assertion.trial", "best") in told
    assert ("rule", "assertion.some", "segment best and plan = pro") in [
        (what, address, text.strip("'")) for what, address, text in told
    ]
    assert ("priorities", None, "best") in told
    (test, *_) = [
        part for part in move(write(CONTRACTS), "event.sent", "mailed").parts if part.what == "test"
    ]
    assert (test.address, test.span.text) == ("segment.trial", "mailed")
