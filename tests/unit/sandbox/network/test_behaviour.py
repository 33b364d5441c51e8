"""Settings of a served workspace, as text."""

from __future__ import annotations

from typing import Any

import pytest

from intercom_iac.sandbox import Behaviour, Request, Sandbox, SettingError, Switches, with_switches


def test_switches_of_every_type() -> None:
    turned = with_switches(
        Switches(),
        [
            "attribute_limit=2",
            "strings-coerced=true",
            "attributes_in_use=plan type, b",
            "emails_fold_case=false",
        ],
    )
    assert turned == Switches(
        attribute_limit=2,
        strings_coerced=True,
        attributes_in_use=frozenset({"plan type", "b"}),
        emails_fold_case=False,
    )
    assert with_switches(turned, ["attributes_in_use="]).attributes_in_use == frozenset()
    assert with_switches(turned, ["attribute_limit=2", "attribute_limit=3"]).attribute_limit == 3


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("nope=1", "no switch `nope`; there are attribute_limit, "),
        ("attribute-limits=1", "no switch `attribute-limits`; did you mean `attribute_limit`?"),
        ("attribute_limit", "`attribute_limit` gives no value: attribute_limit=250"),
        ("attributes_in_use", "attributes_in_use=one,two"),
        ("strings_coerced", "strings_coerced=false"),
        ("attribute_limit=-1", "`attribute_limit` is a whole number, 0 to 999,999,999, not `-1`"),
        ("attribute_limit=", "`attribute_limit` is a whole number, 0 to 999,999,999, not ``"),
        ("strings_coerced=yes", "`strings_coerced` is true or false, not `yes`"),
    ],
)
def test_a_text_that_is_no_switch(text: str, reason: str) -> None:
    with pytest.raises(SettingError) as raised:
        with_switches(Switches(), [text])
    assert reason in str(raised.value)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("faults", ["500"]),
        ("rate_limit", "x"),
        ("latency", "x"),
        ("slow_body", "x"),
        ("search_lag", "1500ms"),
        ("switches", ["x"]),
    ],
)
def test_a_mistake_names_its_option(option: str, value: Any) -> None:
    with pytest.raises(SettingError) as raised:
        Behaviour.parse(**{option: value})
    assert raised.value.option == option


def test_a_behaviour_is_that_of_its_gateway() -> None:
    behaviour = Behaviour.parse(
        faults=["500=call:2"], rate_limit="3/10s", search_lag="2s", switches=["attribute_limit=1"]
    )
    assert behaviour.switches == Switches(attribute_limit=1, search_lag=2)
    with Sandbox(None, switches=behaviour.switches, clock=lambda: 1_790_000_000) as sandbox:
        gateway = behaviour.gateway(sandbox)
        request = Request("GET", "/me", {}, {"authorization": "Bearer x"})
        assert [gateway.handle(request).status for _ in range(4)] == [200, 500, 200, 429]
