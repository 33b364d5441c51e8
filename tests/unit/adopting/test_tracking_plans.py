"""From what sources say to entries: names, selections, collisions, several sources."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from intercom_iac.adopting.naming import accepted_name, name_in_specs
from intercom_iac.adopting.proposal import Proposal
from intercom_iac.adopting.selecting import matches
from intercom_iac.diagnostics import InvalidSpecs, Misuse
from intercom_iac.project import find_project
from intercom_iac.specs import load_specs
from intercom_iac.specs.author.files import new_spec_file
from support.tracking_plans import entries, left_out, propose, track, traits

TEXT, NUMBER = {"type": "string"}, {"type": "number"}


def codes(proposal: Proposal) -> list[str]:
    return [finding.code for finding in proposal.findings]


# --- names --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "name", "accepted"),
    [
        ("event", "Order Paid", "Order Paid"),
        ("event", "order.paid", "order-paid"),
        ("event", "$pageview", "pageview"),
        ("event", "a$b", "a-b"),
        ("event", " padded\n", "padded"),
        ("attribute", "address.city", "address_city"),
        ("attribute", "$mrr", "mrr"),
        ("attribute", "a!b~c", "a_b_c"),
        ("attribute", "größe", "größe"),
        ("attribute", "!!", ""),
        ("metadata key", "price (€)", "price (€)"),
        ("metadata key", "it's", "it_s"),
    ],
)
def test_a_name_is_kept_where_intercom_takes_it(kind: Any, name: str, accepted: str) -> None:
    assert accepted_name(kind, name) == accepted
    assert name_in_specs(kind, name, None) == accepted


@pytest.mark.parametrize(
    ("name", "style", "spelled"),
    [
        ("Order Paid", "snake_case", "order_paid"),
        ("orderPaid", "snake_case", "order_paid"),
        ("order_paid", "snake_case", "order_paid"),
        ("order.paid", "snake_case", "order_paid"),
        ("Order Paid", "camelCase", "orderPaid"),
        ("Order Paid", "kebab-case", "order-paid"),
        ("Order Paid", "PascalCase", "OrderPaid"),
        ("注文 完了", "snake_case", "注文 完了"),
        ("!!", "snake_case", ""),
    ],
)
def test_a_name_gets_the_style_of_the_project(name: str, style: Any, spelled: str) -> None:
    assert name_in_specs("event", name, style) == spelled
    assert name_in_specs("attribute", name, style, "app_") == (f"app_{spelled}" if spelled else "")


def test_the_name_of_the_source_is_kept_where_it_differs(tmp_path: Path) -> None:
    rules = [track("Order Paid", orderTotal=NUMBER, tax=NUMBER), traits("IDENTIFY", planType=TEXT, tier=TEXT)]
    assert entries(propose(tmp_path, {"a.json": {"rules": rules}}, "snake_case", prefix="")) == {
        "attribute.contact.plan_type": {"type": "string", "source_name": "planType"},
        "attribute.contact.tier": {"type": "string"},
        "event.order_paid": {
            "metadata": {
                "order_total": {"type": "float", "source_name": "orderTotal"},
                "tax": {"type": "float"},
            },
            "source_name": "Order Paid",
        },
    }
    prefixed = propose(tmp_path, {"a.json": {"rules": rules}}, prefix="app ")
    assert list(entries(prefixed)) == [
        "attribute.contact.app planType",
        "attribute.contact.app tier",
        "event.app Order Paid",
    ]


def test_names_that_are_changed_are_told(tmp_path: Path) -> None:
    proposal = propose(
        tmp_path, {"a.json": {"rules": [track("a.b", **{"c.d": TEXT}), traits("IDENTIFY", **{"!!": TEXT})]}}
    )
    assert entries(proposal)["event.a-b"]["source_name"] == "a.b"
    assert [(finding.code, finding.addresses) for finding in proposal.findings] == [
        ("FIT105", ("event.a-b",)),
        ("FIT105", ("event.a-b.metadata.c_d",)),
    ]
    assert left_out(proposal) == ["`!!`"]


# --- what Intercom does not take twice ----------------------------------------------------------------------


def test_the_first_of_two_names_that_are_one_is_written(tmp_path: Path) -> None:
    rules = [
        track("Order Paid", Total=NUMBER, total=TEXT, Tax=NUMBER),
        track("order paid", other=TEXT),
        traits("IDENTIFY", Tier=TEXT, tier=NUMBER),
    ]
    proposal = propose(tmp_path, {"a.json": {"rules": rules}})
    assert entries(proposal) == {
        "attribute.contact.Tier": {"type": "string"},
        "event.Order Paid": {"metadata": {"Total": {"type": "float"}, "Tax": {"type": "float"}}},
    }
    assert left_out(proposal) == [
        "`tier` (attribute.contact.tier)",
        "`order paid` (event.order paid)",
        "`total` (event.Order Paid.metadata.total)",
    ]
    assert codes(proposal) == ["FIT104"] * 3
    place = f"{tmp_path / 'a.json'}: $.rules"
    assert proposal.findings[1].message == (
        f"`Order Paid` and `order paid` are one name, `Order Paid`: the first is written ({place}[0]), "
        f"the second left out ({place}[1])"
    )


def test_a_style_makes_names_alike(tmp_path: Path) -> None:
    rules = [track("Event Collided"), track("event_collided")]
    assert len(propose(tmp_path, {"a.json": {"rules": rules}}).entries) == 2
    proposal = propose(tmp_path, {"a.json": {"rules": rules}}, "snake_case")
    assert list(entries(proposal)) == ["event.event_collided"]
    assert codes(proposal) == ["FIT104"]


def test_a_name_stands_once_for_contacts_and_companies(tmp_path: Path) -> None:
    rules = [traits("GROUP", region=TEXT), traits("IDENTIFY", region=NUMBER)]
    proposal = propose(tmp_path, {"a.json": {"rules": rules}})
    assert entries(proposal) == {"attribute.contact.region": {"type": "float"}}
    assert codes(proposal) == ["FIT107"]
    assert left_out(proposal) == ["`region` (attribute.company.region)"]


def test_what_intercom_has_itself_is_not_declared(tmp_path: Path) -> None:
    rules = [traits("IDENTIFY", Email=TEXT, plan=TEXT), traits("GROUP", plan=TEXT, email=TEXT)]
    proposal = propose(tmp_path, {"a.json": {"rules": rules}})
    assert list(entries(proposal)) == ["attribute.contact.plan", "attribute.company.email"]
    assert [(finding.code, finding.addresses) for finding in proposal.findings] == [
        ("FIT106", ("attribute.contact.Email",)),
        ("FIT106", ("attribute.company.plan",)),
    ]
    assert left_out(proposal) == ["`Email` of contacts", "`plan` of companies"]


def test_an_event_has_ten_keys_the_required_ones_first(tmp_path: Path) -> None:
    keys = {f"k{number}": TEXT for number in range(12)}
    proposal = propose(tmp_path, {"a.json": {"rules": [track("Paid", required=("k10", "k11"), **keys)]}})
    assert list(entries(proposal)["event.Paid"]["metadata"]) == [
        *(f"k{number}" for number in range(8)),
        "k10",
        "k11",
    ]
    assert left_out(proposal) == ["`k8` of event `Paid`", "`k9` of event `Paid`"]
    assert codes(proposal) == ["FIT103"]
    assert "`k8` and `k9` are left out" in proposal.findings[0].message


# --- selections ---------------------------------------------------------------------------------------------

SHOP = {
    "rules": [
        track("Order Paid", items={"type": "array"}),
        track("Order Sent"),
        track("Page Seen", cart={"type": "object"}),
        traits("IDENTIFY", order_count={**NUMBER, "minimum": 0}, tags={"type": "array"}),
    ]
}


@pytest.mark.parametrize(
    ("only", "except_", "taken"),
    [
        (["event.order_*"], [], ["event.order_paid", "event.order_sent"]),
        (["order*"], [], ["attribute.contact.order_count", "event.order_paid", "event.order_sent"]),
        (["Order *"], [], ["event.order_paid", "event.order_sent"]),
        (["event"], [], ["event.order_paid", "event.order_sent", "event.page_seen"]),
        (["order*"], ["*sent"], ["attribute.contact.order_count", "event.order_paid"]),
        ([], ["event.*"], ["attribute.contact.order_count"]),
        (["attribute.contact.*", "page_seen"], [], ["attribute.contact.order_count", "event.page_seen"]),
        (["ORDER*"], [], []),
    ],
)
def test_patterns_choose_by_address_or_by_name(
    tmp_path: Path, only: list[str], except_: list[str], taken: list[str]
) -> None:
    proposal = propose(tmp_path, {"a.json": SHOP}, "snake_case", only=only, except_=except_)
    assert list(entries(proposal)) == taken


def test_of_what_is_not_chosen_only_the_number_is_told(tmp_path: Path) -> None:
    proposal = propose(tmp_path, {"a.json": SHOP}, "snake_case", only=["event.order_*", "nothing.*"])
    assert [(note.what, note.why) for note in proposal.not_mapped] == [
        (
            "`items` of event `Order Paid`",
            "it is a list; a value in Intercom is one text, number, boolean or date",
        ),
        ("`order_count` and `Page Seen`", "`--only` leaves these 2 out"),
        ("`--only nothing.*`", "nothing in the sources has such a name or address"),
    ]
    assert "Page Seen" not in proposal.findings[0].message


def test_a_name_that_begins_like_a_kind_is_a_name() -> None:
    assert matches("event*", "attribute.contact.event_count", ("event_count",))
    assert not matches("event.*", "attribute.contact.event.x", ("event.x",))


def test_a_volume_that_no_source_has_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Misuse, match="`--min-volume` needs volumes, and no source has any"):
        propose(tmp_path, {"a.json": SHOP}, min_volume=3)


def test_an_event_without_a_volume_is_taken_and_told(tmp_path: Path) -> None:
    table = "Object Type,Object Name,30 Day Volume\nEvent,Often,90\nEvent,Rare,2\nEvent,Unknown,\n"
    proposal = propose(tmp_path, {"e.csv": table}, min_volume=3)
    assert list(entries(proposal)) == ["event.Often", "event.Unknown"]
    assert [(note.what, note.why) for note in proposal.not_mapped] == [
        ("`Rare`", "`--min-volume 3` leaves it out"),
        ("`--min-volume` of `Unknown`", "the source does not say how often it is seen"),
    ]


# --- several sources ----------------------------------------------------------------------------------------


def test_sources_merge_and_differences_are_told_with_both_sides(tmp_path: Path) -> None:
    table = (
        "Object Type,Object Name,Object Description,Event Schema Status,Event Property Name,Property Value Type\n"
        "Event,order_paid,Somebody paid,Deprecated,,\n,,,,total,string\n,,,,coupon,string\n,,,,any,boolean\n"
    )
    plan = {"rules": [track("Order Paid", total=NUMBER, any={}), traits("IDENTIFY", seats=TEXT)]}
    names = "name,model,type,description\nseats,contact,integer,How many\n"
    proposal = propose(tmp_path, {"a.json": plan, "b.csv": table, "c.csv": names}, "snake_case")
    assert entries(proposal) == {
        "attribute.contact.seats": {"type": "string", "description": "How many"},
        "event.order_paid": {
            "description": "Somebody paid",
            "metadata": {
                "total": {"type": "float"},
                "any": {"type": "boolean"},
                "coupon": {"type": "string"},
            },
            "source_name": "Order Paid",
        },
    }
    here, there = f"{tmp_path / 'a.json'}: $.rules", str(tmp_path / "b.csv")
    total = f"{here}[0].jsonSchema.properties.total"
    conflicts = [
        (note.what, note.place) for note in proposal.not_mapped if note.why.startswith("sources differ")
    ]
    assert conflicts[1:] == [
        (
            f"`status` of `event.order_paid`: `deprecated`, where {here}[0] says `active`",
            f"{there}:2",
        ),
        (
            f"`metadata.total.type` of `event.order_paid`: `string`, where {total} says `float`",
            f"{there}:3",
        ),
    ]
    assert [(finding.code, finding.addresses) for finding in proposal.findings] == [
        ("FIT109", ("attribute.contact.seats",)),
        ("FIT109", ("event.order_paid",)),
    ]
    assert (
        f"`metadata.total.type` is `float` ({total}) and `string` ({there}:3)" in proposal.findings[1].message
    )


def test_what_sources_say_alike_is_said_once(tmp_path: Path) -> None:
    plan = {"rules": [track("Paid", total=NUMBER), traits("IDENTIFY", seats=TEXT)]}
    proposal = propose(tmp_path, {"a.json": plan, "b.json": plan})
    assert len(proposal.entries) == 2
    assert (proposal.not_mapped, proposal.findings) == ((), ())


def test_an_attribute_of_many_events_differs_once(tmp_path: Path) -> None:
    kinds = [TEXT, NUMBER, NUMBER, TEXT]
    events = [
        {"name": f"E{at}", "rules": {"properties": {"userProperties": {"properties": {"seats": kind}}}}}
        for at, kind in enumerate(kinds)
    ]
    assert codes(propose(tmp_path, {"avo.json": {"events": events}})) == ["FIT109"]


# --- what is written ----------------------------------------------------------------------------------------

STRANGE = {
    "rules": [
        track(
            "42_--terrible==\\\"event'++name~!3",
            **{
                "0000---terrible-name~!3": TEXT,
                "a: b # c": {"type": "string", "enum": ["yes", "no", "null", "${X}", "#", "- a", "ä"]},
                "{x}": TEXT,
                "ｗｉｄｅ": NUMBER,
                "نص": TEXT,
            },
        ),
        {
            **track("${NAME}"),
            "jsonSchema": {"description": "line\n\ttab # ${VAR}: 'x' \"y\" 🎉\u200b\x07\x00end\n"},
        },
        track("a\nb"),
        track("x" * 255),
        traits("IDENTIFY", **{"名前": TEXT, "a" * 255: TEXT, "true": TEXT, "null": TEXT, "12": TEXT}),
    ]
}


@pytest.mark.parametrize("style", [None, "snake_case", "camelCase"])
def test_what_is_proposed_is_valid_as_specs(tmp_path: Path, style: Any) -> None:
    proposal = propose(tmp_path, {"plan.json": STRANGE}, style)
    text = new_spec_file([proposed.entry for proposed in proposal.entries])
    (tmp_path / "intercom-iac.yaml").write_text("version: 1\n")
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "imported.yaml").write_text(text, "utf-8")
    try:
        schema = load_specs(find_project(tmp_path, None)).schema
    except InvalidSpecs as invalid:
        pytest.fail("\n".join(diagnostic.message for diagnostic in invalid.diagnostics))
    assert [event.name for event in schema.events.values()] == [
        proposed.entry.name for proposed in proposal.entries if proposed.entry.path[0] == "events"
    ]
