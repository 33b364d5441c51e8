"""What an audit finds, and what it leaves alone: a row a case."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intercom_iac.auditing import Audit, audit_schema, audit_workspace, encode_audit
from intercom_iac.model import (
    DataType,
    EventSummary,
    History,
    Identity,
    LiveAttribute,
    LiveSegment,
    Sample,
    Snapshot,
    Survey,
    UnreadList,
)
from intercom_iac.reporting import audit_html, audit_markdown, audit_text

NOW = 1_800_000_000
TODAY = date(2027, 1, 15)
MADE = History(created_at=NOW - 400 * 86_400, admin_id="7")


def attribute(name: str, type_: DataType = DataType.STRING, **more: Any) -> LiveAttribute:
    more = {"description": "What it holds", "history": MADE, **more}
    return LiveAttribute(1, "contact", name, type_, **more)


def audit(
    attributes: Sequence[LiveAttribute],
    people: Sequence[Mapping[str, Any]] = (),
    *,
    unread: tuple[UnreadList, ...] = (),
    read_by: Mapping[str, Sequence[str]] | None = None,
    summaries: Sequence[Sequence[EventSummary]] = (),
    **snapshot: Any,
) -> Audit:
    """The audit of these attributes, with people who have these values."""
    contacts = tuple(
        {"id": str(number), "last_seen_at": NOW, "custom_attributes": values}
        for number, values in enumerate(people)
    )
    sample = Sample(
        contacts=contacts,
        summaries={str(number): tuple(of_one) for number, of_one in enumerate(summaries)},
    )
    survey = Survey(Snapshot(Identity("abc", "Acme", "UTC"), tuple(attributes), **snapshot), unread)
    return audit_workspace(survey, sample, today=TODAY, target="live", calls=9, read_by=read_by)


def codes(found: Audit) -> set[str]:
    """All but what nearly every audit tells: the use of caps, and who made what."""
    return {finding.code for finding in found.findings} - {"AUDIT103", "AUDIT153"}


def values(type_: DataType, *of_people: Any, name: str = "field", **more: Any) -> set[str]:
    return codes(audit([attribute(name, type_, **more)], [{name: value} for value in of_people]))


TEXT, DATE, NUMBER = DataType.STRING, DataType.DATE, DataType.INTEGER
CARD = "4242 4242 4242 4242"


@pytest.mark.parametrize(
    ("type_", "of_people", "found"),
    [
        (TEXT, ["gold", "silver", "iron"], set()),
        (TEXT, ["2026-01-31", "2026-02-01T10:00:00Z", "31/12/2026"], {"AUDIT133"}),
        (TEXT, ["2026-13-41", "1/2", "2026"], set()),
        (TEXT, ["1", "2.5", "-3"], {"AUDIT134"}),
        (TEXT, ["007", "008", "009"], set()),
        (TEXT, ["yes", "No", "TRUE"], {"AUDIT135"}),
        (TEXT, ["0", "1", "1"], {"AUDIT135"}),
        (TEXT, ["yes", "maybe", "no"], set()),
        (TEXT, ["gold", 5, True], {"AUDIT131"}),
        (TEXT, ["see jo@example.com"], {"AUDIT142"}),
        (TEXT, ["@home", "a@b", "5 @ 3"], set()),
        (TEXT, ["call +353 1 555 0142"], {"AUDIT143"}),
        (TEXT, ["(01) 555 0142", "01 555 0142", "555-010-9999"], {"AUDIT143"}),
        (TEXT, ["10.0.0.1", "2026-01-31 10:00", "order-2026-0001-77", "v1.2.3"], set()),
        (TEXT, ["d9428888-122b-11e1-b85c-61cd3cbb3210"], set()),
        (TEXT, [f"paid with {CARD}"], {"AUDIT141"}),
        (TEXT, ["paid with 4242 4242 4242 4243"], set()),
        (TEXT, ["4242\u00a04242\u00a04242\u00a04242", "4242\u20134242\u20134242\u20134242"], {"AUDIT141"}),
        (TEXT, ["1800000000000", "order 9999999999999999"], set()),
        (NUMBER, [4242424242424242], {"AUDIT141"}),
        (NUMBER, [1, 2, 3.0], set()),
        (NUMBER, [1.5], {"AUDIT131"}),
        (NUMBER, ["12"], {"AUDIT131"}),
        (NUMBER, [NOW, NOW * 1000, NOW], {"AUDIT132"}),
        (NUMBER, [5, NOW * 1000], set()),
        (DATE, [NOW, NOW - 5], set()),
        (DATE, [NOW * 1000], {"AUDIT132"}),
        (DATE, ["2026-01-31"], {"AUDIT131"}),
        (DataType.BOOLEAN, [True, False], set()),
        (DataType.BOOLEAN, ["true", 1], {"AUDIT131"}),
        (DataType.FLOAT, [1, 2.5], set()),
        (TEXT, [{"nested": [1]}, ["list"]], {"AUDIT131"}),
    ],
    ids=str,
)
def test_values_of_one_attribute(type_: DataType, of_people: list[Any], found: set[str]) -> None:
    assert values(type_, *of_people) == found


def test_names_say_what_digits_are() -> None:
    assert values(TEXT, "1", "2", "3", name="customer_id") == set()
    assert values(TEXT, "5550142", "5550143", "5550144", name="mobile_phone") == {"AUDIT143"}
    assert values(TEXT, str(NOW), str(NOW + 1), str(NOW + 2), name="trial_ends_at") == {"AUDIT133"}
    assert values(NUMBER, NOW * 1000, name="renewedAt") == {"AUDIT132"}


def test_numbers_that_pass_the_check_digit_by_chance_are_no_cards() -> None:
    numbers = [str(4_000_000_000_000_000 + number * 7) for number in range(100)]
    assert "AUDIT141" not in values(TEXT, *numbers, name="account_ref")


def test_a_token_that_people_share_is_not_shown() -> None:
    tier = attribute("tier", DataType.OPTIONS, options=("gold", "silver"))
    found = audit([tier], [{"tier": "sk_live_51H8xyzABCDEF"}] * 3)
    (finding,) = [finding for finding in found.findings if finding.code == "AUDIT136"]
    assert finding.evidence["values"] == [{"value": "s•••", "times": 3}]


def test_values_outside_the_options_are_told_by_name_only_where_they_are_shared() -> None:
    tier = attribute("tier", DataType.OPTIONS, options=("gold", "silver"))
    found = audit([tier], [{"tier": value} for value in ("gold", "Gold", "Gold", "Jane Roe", "")])
    (finding,) = [finding for finding in found.findings if finding.code == "AUDIT136"]
    assert finding.evidence["values"] == [{"value": "Gold", "times": 2}, {"value": "J•••", "times": 1}]
    assert (finding.evidence["outside"], finding.evidence["of"]) == (3, 5)
    assert values(DataType.OPTIONS, "gold", options=("gold", "silver")) == set()


def test_fill_is_told_with_its_interval_and_the_last_sight_of_a_value() -> None:
    people = [{"full": "x"} for _ in range(100)]
    found = audit(
        [attribute("full"), attribute("never"), attribute("rare")], [{**people[0], "rare": "y"}, *people[1:]]
    )
    by_code = {finding.code: finding for finding in found.findings}
    assert by_code["AUDIT111"].evidence == {
        "filled": 0,
        "of": 100,
        "rate": 0.0,
        "interval": [0.0, 0.037],
        "last_seen": None,
        "days_unseen": None,
    }
    assert by_code["AUDIT112"].address == "attribute.contact.rare"
    assert by_code["AUDIT112"].evidence["last_seen"] == TODAY.isoformat()
    assert by_code["AUDIT112"].evidence["interval"] == [0.0018, 0.0545]
    assert {finding.address for finding in found.findings if finding.code == "AUDIT181"} == {
        "attribute.contact.never",
        "attribute.contact.rare",
    }


def test_nothing_is_said_of_fill_where_nobody_was_sampled() -> None:
    assert codes(audit([attribute("tier")])) == set()


def test_what_reads_a_candidate_is_told_and_what_cannot_be_known() -> None:
    found = audit(
        [attribute("tier")],
        [{}],
        read_by={"attribute.contact.tier": ["segment.vip"]},
        segments=(LiveSegment("s1", "At risk", count=3), LiveSegment("s2", "Active", count=0)),
    )
    (finding,) = [finding for finding in found.findings if finding.code == "AUDIT181"]
    assert finding.related == ("segment.vip",)
    assert "it would break `segment.vip`" in finding.message
    assert finding.evidence["segments_of_unknown_rule"] == 1
    assert "does not tell the rules of its 1 segment" in finding.suggestion
    assert "AUDIT171" not in codes(found), "of people, or made with the workspace"


def test_attributes_that_look_like_one() -> None:
    found = audit(
        [attribute(name) for name in ("plan_type", "planType", "Plan Types", "seats", "copy")],
        [{"plan_type": "a", "seats": str(number), "copy": number} for number in range(20)],
    )
    by_code = {finding.code: finding for finding in found.findings}
    alike = by_code["AUDIT121"]
    assert (alike.address, set(alike.related)) == (
        "attribute.contact.plan_type",
        {"attribute.contact.planType", "attribute.contact.Plan Types"},
    )
    assert set(alike.evidence["differ_in"]) == {"case", "separators", "plural"}
    same = by_code["AUDIT122"]
    assert {same.address, *same.related} == {"attribute.contact.seats", "attribute.contact.copy"}
    assert (same.evidence["same_value"], same.evidence["have_both"]) == (20, 20)


def test_the_same_yes_or_no_is_no_copy() -> None:
    people = [{"one": number % 2 == 0, "two": number % 2 == 0} for number in range(50)]
    kinds = [attribute(name, DataType.BOOLEAN) for name in ("one", "two")]
    assert codes(audit(kinds, people)) == set()


def test_definitions_and_their_makers() -> None:
    found = audit(
        [
            attribute("a"),
            attribute("b", description=" "),
            attribute("c", history=History(), messenger_writable=True),
        ],
        [dict.fromkeys("abc", "x")],
    )
    told = {(finding.code, finding.address) for finding in found.findings}
    assert ("AUDIT151", "attribute.contact.b") in told
    assert ("AUDIT152", "attribute.contact.c") in told
    (maker,) = [finding for finding in found.findings if finding.code == "AUDIT153"]
    assert maker.evidence == {"admin_id": "7", "made": 2, "of": 3}


def test_events_and_tags_that_differ_in_spelling() -> None:
    summaries = [[EventSummary("order_paid", 5), EventSummary("Order Paid", 1)], [EventSummary("sent", 2)]]
    found = audit(
        [], summaries=summaries, events=("order-paid",), tags={"VIP": "1", "v.i.p": "2", "vap": "3"}
    )
    by_code = {finding.code: finding for finding in found.findings}
    events = by_code["AUDIT161"]
    assert events.address == "event.order_paid"
    assert set(events.related) == {"event.Order Paid", "event.order-paid"}
    assert events.evidence["times"] == {"order_paid": 5, "Order Paid": 1, "order-paid": 0}
    assert by_code["AUDIT162"].evidence == {"tags": ["VIP", "v.i.p"]}


def test_segments_of_no_people() -> None:
    segments = (
        LiveSegment("1", "Empty", count=0),
        LiveSegment("2", "Full", count=9),
        LiveSegment("3", "Unknown"),
    )
    found = audit([], segments=segments)
    assert [finding.address for finding in found.findings if finding.code == "AUDIT171"] == ["segment.Empty"]


def test_what_was_not_read_is_named_and_nothing_is_said_of_it() -> None:
    unread = (UnreadList("attributes", "GET /data_attributes", "Not permitted"),)
    found = audit([], unread=unread, events=("paid",))
    (finding,) = [finding for finding in found.findings if finding.code == "AUDIT191"]
    assert finding.evidence == {
        "what": "attributes",
        "call": "GET /data_attributes",
        "reason": "Not permitted",
    }
    assert [use.address for use in found.findings if use.code == "AUDIT103"] == ["event"]
    for report in (audit_text(found), audit_markdown(found), audit_html(found)):
        assert "GET /data" in report
        assert "0 of 250" not in report


def test_findings_are_ranked_by_severity_then_weight() -> None:
    found = audit(
        [attribute("notes"), attribute("never"), attribute("rare", description="")],
        [{"notes": f"{CARD} jo@example.com"}, *[{"notes": "x"}] * 30],
    )
    ranks = [("error", "warning", "info").index(finding.severity) for finding in found.findings]
    assert ranks == sorted(ranks)
    for severity in ("error", "warning", "info"):
        weights = [finding.weight for finding in found.findings if finding.severity == severity]
        assert weights == sorted(weights, reverse=True)
    assert found.reaches("error")
    assert not audit([]).reaches("info")


SECRETS = st.sampled_from(
    [
        CARD,
        "jo.public@corp.example",
        "+353 86 123 4567",
        "5500005555555559",
        "Jane Roe",
        "ann@x.io",
        "(01) 555 0142",
    ]
)


@settings(max_examples=40)
@given(
    texts=st.lists(
        st.one_of(SECRETS, st.builds("{} {}".format, SECRETS, SECRETS)), min_size=1, max_size=6, unique=True
    ),
    type_=st.sampled_from(DataType),
)
def test_no_value_is_ever_shown_whole(texts: list[str], type_: DataType) -> None:
    options = ("gold", "silver") if type_ is DataType.OPTIONS else ()
    found = audit([attribute("field", type_, options=options)], [{"field": text} for text in texts])
    reports = [
        json.dumps(encode_audit(found), ensure_ascii=False),
        audit_text(found),
        audit_markdown(found),
        audit_html(found),
    ]
    for text in texts:
        for report in reports:
            assert text not in report


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@settings(max_examples=40)
@given(
    attributes=st.lists(
        st.builds(
            LiveAttribute,
            id=st.integers(1, 99),
            model=st.sampled_from(["contact", "company"]),
            name=names,
            type=st.sampled_from(DataType),
            options=st.lists(names, max_size=3).map(tuple),
            description=names | st.just(""),
            archived=st.booleans(),
            history=st.builds(
                History, created_at=st.none() | st.integers(-(10**20), 10**20), admin_id=st.none() | names
            ),
        ),
        max_size=6,
    ),
    values=st.lists(
        st.none()
        | st.booleans()
        | st.integers(-(10**400), 10**400)
        | st.floats()
        | names
        | st.lists(names, max_size=2),
        max_size=6,
    ),
    tags=st.lists(names, max_size=5),
)
def test_whatever_a_workspace_holds_every_report_is_made(
    attributes: list[LiveAttribute], values: list[Any], tags: list[str]
) -> None:
    people = [{attribute.name: value for attribute in attributes} for value in values]
    found = audit(attributes, people, tags={name: str(at) for at, name in enumerate(tags)})
    jsonschema.validate(json.loads(json.dumps(encode_audit(found))), audit_schema())
    assert audit_text(found, 60)
    assert audit_markdown(found)
    assert audit_html(found).endswith("</html>\n")
