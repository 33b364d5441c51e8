"""Which attributes could be archived, in which order, and what would break."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.auditing.candidates import archive_candidates, rank_candidates
from intercom_iac.auditing.code_use import CodeUse, decode_code_use
from intercom_iac.auditing.samples.values import read_values
from intercom_iac.diagnostics import Misuse
from intercom_iac.model import (
    AudiencePredicate,
    DataType,
    Identity,
    LiveAttribute,
    LiveAudience,
    ModelName,
    Sample,
    Snapshot,
)

DAY = 86_400
NOW = 1_780_000_000
HERE = Identity("abc", "Acme", "UTC")


def attribute(name: str, model: ModelName = "contact", *, archived: bool = False) -> LiveAttribute:
    return LiveAttribute(1, model, name, DataType.STRING, archived=archived)


def person(days_ago: int = 0, **values: Any) -> dict[str, Any]:
    return {"id": "x", "last_seen_at": NOW - days_ago * DAY, "custom_attributes": values}


def test_the_unread_come_first_then_the_least_filled_then_the_longest_unseen() -> None:
    people = [person(full=1), person(300, old=1, older=None), person(400, older=1, rare=1)]
    people += [person(full=1) for _ in range(97)]
    snapshot = Snapshot(
        HERE, tuple(attribute(name) for name in ("full", "old", "older", "never", "read", "rare"))
    )
    found = archive_candidates(
        snapshot, Sample(contacts=tuple(people)), {"attribute.contact.read": ["segment.vip"]}
    )
    assert [candidate.attribute.name for candidate in found] == ["never", "older", "rare", "old", "read"]
    assert found[0].reasons == ("none of 100 has a value",)
    assert found[1].reasons[1] == "nobody who has a value was seen in the last 400 days of the sample"
    assert found[1].last_filled == NOW - 400 * DAY
    assert found[-1].read_by == ("segment.vip",)


def test_archived_and_well_filled_attributes_are_none() -> None:
    snapshot = Snapshot(HERE, (attribute("gone", archived=True), attribute("full")))
    assert not archive_candidates(snapshot, Sample(contacts=(person(full=1),)), {})


def test_audiences_of_the_workspace_are_readers() -> None:
    filters = (
        AudiencePredicate("custom_attributes.vip", "boolean", "eq", "true"),
        AudiencePredicate("company.custom_attributes.tier", "string", "eq", "gold"),
        AudiencePredicate("role", "role", "eq", "user"),
    )
    snapshot = Snapshot(
        HERE,
        (attribute("vip"), attribute("tier", "company"), attribute("role", "company")),
        audiences=(LiveAudience("a1", "Best", filters),),
    )
    found = archive_candidates(snapshot, Sample(contacts=(person(),), companies=(person(),)), {})
    assert {candidate.attribute.name: candidate.read_by for candidate in found} == {
        "role": (),
        "vip": ("audience.Best",),
        "tier": ("audience.Best",),
    }


def test_without_a_sample_only_known_readers_tell() -> None:
    snapshot = Snapshot(HERE, (attribute("read"), attribute("unread")))
    assert not archive_candidates(snapshot, Sample(), {})
    (found,) = archive_candidates(snapshot, Sample(), {"attribute.contact.read": ["segment.vip"]})
    assert found.attribute.name == "unread"
    assert found.reasons == ("nothing that is known reads it",)


def test_what_neither_code_nor_rules_use_is_one_however_well_it_is_filled() -> None:
    snapshot = Snapshot(HERE, (attribute("full"), attribute("sent"), attribute("read"), attribute("named")))
    code = CodeUse(
        files=3,
        places={"attribute.contact.named": ("a.ts:3", "b.py:4")},
        unused=frozenset({"attribute.contact.full", "attribute.contact.read", "attribute.contact.gone"}),
    )
    sample = Sample(contacts=(person(full=1, sent=1, read=1),))
    values = read_values(snapshot, sample)
    found = rank_candidates(values, snapshot, {"attribute.contact.read": ["audience.Best"]}, code)
    assert [(candidate.attribute.name, candidate.code_places) for candidate in found] == [
        ("full", ()),
        ("named", ("a.ts:3", "b.py:4")),
    ]
    assert found[0].reasons == ("no code in 3 files names it",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"[]",
        b"{}",
        b'{"format_version": "2.0", "files": 1, "uses": [], "unused": []}',
        b'{"format_version": "1.0", "files": 1, "uses": [{}], "unused": []}',
        b'{"format_version": "1.0", "files": 1, "uses": [], "unused": [1]}',
        b'{"format_version": "1.0", "files": 1, "uses": null, "unused": []}',
        b"[" * 100_000,
        b"\xff",
    ],
)
def test_a_file_that_holds_no_usages_is_refused(content: bytes) -> None:
    with pytest.raises(Misuse, match=r"`x\.json` does not hold what `usages` prints"):
        decode_code_use(content, "x.json")
