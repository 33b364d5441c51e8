"""Where entries go, what of the specs is kept byte for byte, and what is said to differ."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intercom_iac.adopting import Imported, Proposal, ProposedEntry, Specs, place, placement
from intercom_iac.model.address import Address
from intercom_iac.project import DiskTree, read_project
from intercom_iac.specs import Entry, load_specs

ATTRIBUTE = frozenset({"type", "options", "description", "messenger_writable", "status"})
BILLING = """\
# ours
version: 1
attributes:
  contact:
    plan_type: {type: string}  # why

    # about seats
    plan_seats:
      type: integer
  # the end
"""
HUBSPOT = """\
version: 1
attributes:
  contact:
    hs_owner: {type: string}
    hs_score: {type: float}
    hs_stage: {type: options, options: [a, b], description: Stage}
    gone: {type: string, status: archived}
  company:
    size_band: {type: string}
events: {signed up: {metadata: {plan: {type: string}}}}
"""


@pytest.fixture
def specs(tmp_path: Path) -> Specs:
    return specs_of(tmp_path, {"specs/billing.yaml": BILLING, "specs/hubspot.yaml": HUBSPOT})


def specs_of(root: Path, files: dict[str, str], project: str = "version: 1\n", **more: Any) -> Specs:
    (root / "intercom-iac.yaml").write_text(project)
    for name, text in files.items():
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_bytes(text.encode())
    found, mistakes = read_project(root, DiskTree(root), "intercom-iac.yaml", {})
    assert found is not None, mistakes
    loaded = load_specs(found)
    loaded.or_raise()
    files_read = {file.path: file for file in loaded.files}
    return Specs(schema=loaded.schema, files=files_read, folder="specs", **more)


def proposed(address: str, told: frozenset[str] = ATTRIBUTE, **data: Any) -> ProposedEntry:
    parsed = Address.parse(address)
    assert parsed is not None
    section = f"{parsed.kind}s"
    path = (section, parsed.name) if parsed.owner is None else (section, parsed.owner, parsed.name)
    return ProposedEntry(entry=Entry(path, data), address=address, place="12", told=told)


def placed(specs: Specs, *entries: ProposedEntry, update: bool = False) -> Imported:
    return place(Proposal(entries=entries), specs, update=update)


def texts_of(imported: Imported) -> dict[str, str]:
    return {path.as_posix(): text for path, text in imported.texts.items()}


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("attribute.contact.plan_left", "specs/billing.yaml"),
        ("attribute.contact.hs_new", "specs/hubspot.yaml"),
        ("attribute.contact.hsOther", "specs/hubspot.yaml"),
        ("attribute.contact.other", "specs/hubspot.yaml"),
        ("attribute.company.seats", "specs/hubspot.yaml"),
        ("event.paid", "specs/hubspot.yaml"),
        ("segment.vip", "specs/segments.yaml"),
    ],
)
def test_an_entry_stands_with_its_neighbours(specs: Specs, address: str, file: str) -> None:
    data = {"rule": "plan_type = a"} if address.startswith("segment") else {}
    kind = {"type": "string"} if address.startswith("attribute") else data
    assert [entry.file for entry in placed(specs, proposed(address, **kind)).written] == [file]


def test_what_is_there_stays_byte_for_byte(specs: Specs) -> None:
    texts = texts_of(placed(specs, proposed("attribute.contact.plan_left", type="date")))
    added = "    plan_seats:\n      type: integer\n\n    plan_left:\n      type: date\n"
    assert texts == {"specs/billing.yaml": BILLING.replace("    plan_seats:\n      type: integer\n", added)}


def test_the_same_is_kept_and_writes_nothing(specs: Specs) -> None:
    imported = placed(
        specs,
        proposed("attribute.contact.plan_type", type="string"),
        # A description that is in Intercom alone is Intercom's to say, and options are a set.
        proposed("attribute.contact.hs_owner", type="string", description="The owner"),
        proposed("attribute.contact.hs_stage", type="options", options=["b", "a"], description="Stage"),
        # Of what is archived nothing else is compared.
        proposed("attribute.contact.gone", type="integer", status="archived"),
    )
    assert len(imported.kept) == 4
    assert not imported.texts
    assert imported.differs == imported.written == ()


def test_what_differs_is_listed_and_taken_where_that_is_asked_for(specs: Specs) -> None:
    entries = [
        proposed(
            "attribute.contact.plan_type", type="options", options=["x", "${X}"], messenger_writable=True
        ),
        proposed("attribute.contact.hs_stage", type="string"),
        proposed("attribute.contact.gone", type="string"),
        proposed("attribute.contact.hs_owner", type="string", status="archived"),
    ]
    imported = placed(specs, *entries)
    assert not imported.texts
    found = {
        entry.address: {one.path: (one.specs, one.source) for one in entry.fields}
        for entry in imported.differs
    }
    assert found == {
        "attribute.contact.plan_type": {
            "type": ("string", "options"),
            "options": (None, ["x", "${X}"]),
            "messenger_writable": (False, True),
        },
        "attribute.contact.hs_stage": {
            "type": ("options", "string"),
            "options": (["a", "b"], None),
            "description": ("Stage", None),
        },
        "attribute.contact.gone": {"status": ("archived", "active")},
        "attribute.contact.hs_owner": {"status": ("active", "archived")},
    }
    updated = placed(specs, *entries, update=True)
    assert updated.differs == ()
    assert texts_of(updated) == {
        "specs/billing.yaml": BILLING.replace(
            "{type: string}  # why",
            '{type: options, options: [x, "${X}"], messenger_writable: true}  # why',
        ),
        "specs/hubspot.yaml": HUBSPOT.replace(
            "{type: options, options: [a, b], description: Stage}", "{type: string}"
        )
        .replace("{type: string, status: archived}", "{type: string}")
        .replace("hs_owner: {type: string}", "hs_owner: {type: string, status: archived}"),
    }


def test_metadata_that_a_tracking_plan_has_is_compared_and_what_is_inferred_is_not(specs: Specs) -> None:
    metadata = {"plan": {"type": "integer"}, "seats": {"type": "integer"}}
    event = proposed("event.signed up", frozenset(), metadata=metadata)
    imported = placed(specs, event, update=True)
    assert (
        "{metadata: {plan: {type: integer}, seats: {type: integer}}}"
        in texts_of(imported)["specs/hubspot.yaml"]
    )
    inferred = ProposedEntry(entry=event.entry, address=event.address, inferred=frozenset({"metadata"}))
    assert placed(specs, inferred).kept == ("event.signed up",)


def test_a_comment_finds_a_section_with_lines(specs: Specs) -> None:
    entry = ProposedEntry(
        entry=Entry(("events", "paid"), {}), address="event.paid", comment="inferred\nfrom 2"
    )
    assert texts_of(placed(specs, entry)) == {
        "specs/events.yaml": "version: 1\nevents:\n  # inferred\n  # from 2\n  paid: {}\n"
    }


def test_an_entry_of_another_workspace_is_told_and_not_written_twice(tmp_path: Path) -> None:
    project = "version: 1\ndefault_workspace: a\nworkspaces: {a: {sandbox: a.db}, b: {sandbox: b.db}}\n"
    text = "version: 1\nattributes:\n  contact:\n    x: {type: string, only: [b]}\n"
    imported = placed(
        specs_of(tmp_path, {"specs/a.yaml": text}, project), proposed("attribute.contact.x", type="string")
    )
    assert not imported.texts
    assert ["declare it for `b` alone" in missing.why for missing in imported.not_mapped] == [True]


def test_a_value_of_a_variable_is_not_overwritten(tmp_path: Path) -> None:
    project = "version: 1\nvariables: {TEAM: {default: support}}\n"
    text = "version: 1\nattributes:\n  contact:\n    x: {type: string, description: '${TEAM}'}\n"
    imported = placed(
        specs_of(tmp_path, {"specs/a.yaml": text}, project),
        proposed("attribute.contact.x", type="string", description="sales"),
        update=True,
    )
    assert not imported.texts
    assert [(one.path, one.specs) for one in imported.differs[0].fields] == [("description", "support")]
    assert ["a variable gives" in missing.why for missing in imported.not_mapped] == [True]


def test_a_file_that_cannot_be_edited_gets_a_neighbour(tmp_path: Path) -> None:
    text = "version: 1\nattributes:\n  contact: &c\n    x: {type: string}\n  company: *c\n"
    found = specs_of(tmp_path, {"specs/attributes.contact.yaml": text.replace("  company: *c\n", "")})
    found = Specs(
        schema=found.schema,
        files={path: type(file)(path, text) for path, file in found.files.items()},
        folder="specs",
    )
    imported = placed(found, proposed("attribute.contact.y", type="string"))
    assert list(texts_of(imported)) == ["specs/attributes.contact.2.yaml"]


def test_what_would_make_a_file_too_large_goes_into_others(
    specs: Specs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(placement, "MAX_BYTES", 400)
    events = [proposed(f"event.paid_{number}", description="x" * 20 * number) for number in range(9)]
    imported = placed(specs, *events)
    texts = texts_of(imported)
    assert len(texts) > 2
    assert not texts.keys() & specs.files.keys()
    assert all(len(text) <= 400 for text in texts.values())
    assert [entry.address for entry in imported.written] == [event.address for event in events]
    assert all(
        f"  {entry.address.removeprefix('event.')}:" in texts[entry.file] for entry in imported.written
    )


def test_with_a_folder_of_their_own_new_entries_stand_apart(tmp_path: Path) -> None:
    found = specs_of(tmp_path, {"specs/billing.yaml": BILLING})
    apart = Specs(schema=found.schema, files=found.files, folder="specs/new", apart=True, header="# x\n")
    imported = placed(apart, proposed("attribute.contact.plan_left", type="string"))
    assert [*texts_of(imported)] == ["specs/new/attributes.contact.yaml"]
    assert texts_of(imported)["specs/new/attributes.contact.yaml"].startswith("# x\nversion: 1\n")
