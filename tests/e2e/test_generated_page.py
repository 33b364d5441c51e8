"""Generated TypeScript in a browser's page, before a Messenger that sends what it is called with to a workspace.

The contact there has just what was sent, in the order in which it was sent.
"""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from support.pages import HTML, SCRIPT, Browser
from support.recording import RecordingGateway
from support.sites import Shop, serving_site
from support.typescript import bundle, write_typescript

pytestmark = pytest.mark.outside

ATTRIBUTES = {
    "contact": {
        "plan_type": "options",
        "seats": "integer",
        "score": "float",
        "beta": "boolean",
        "renewal": "date",
    },
    "company": {"tier": "string", "founded": "date"},
}
SPECS = """\
version: 1
attributes:
  contact:
    plan_type: {type: options, options: [free, pro], messenger_writable: true}
    seats: {type: integer, messenger_writable: true}
    score: {type: float, messenger_writable: true}
    beta: {type: boolean, messenger_writable: true}
    renewal: {type: date, messenger_writable: true}
    secret: {type: string}
  company:
    tier: {type: string, messenger_writable: true}
    founded: {type: date, messenger_writable: true}
events:
  opened: {}
  plan_changed:
    metadata:
      to_plan: {type: options, options: [free, pro], required: true}
      on_date: {type: date}
      price: {type: integer}
      invoice: {type: string}
"""
# What a page says, compiled as strictly as can be.
MAIN = """\
import { boot, configure, shutdown, trackEvent, update, type Problem } from "./app/index.js";

const told: Problem[] = [];
configure({ scriptUrl: SCRIPT_URL, onProblem: (problem) => void told.push(problem) });
const at = (seconds: number): Date => new Date(seconds * 1000 + 999);

function visit(): void {
  boot({
    app_id: "shop",
    user_id: "42",
    email: "ada@x.example",
    name: "Ada",
    created_at: at(1_700_000_000),
    plan_type: "free",
    company: { company_id: "c", name: "C", tier: "gold", founded: at(1_500_000_000) },
  });
  update({ seats: 1, beta: true });
  update({ seats: 2, score: 1.5 });
  update({ plan_type: "pro", renewal: at(1_800_000_000) });
  trackEvent("plan_changed", {
    to_plan: "pro",
    on_date: at(1_790_000_000),
    price: { amount: 2900, currency: "eur" },
    invoice: { url: "https://shop.example/1", value: "1" },
  });
  update({ beta: null });
  trackEvent("opened");
  shutdown();
}

Object.assign(window, { boot, configure, shutdown, trackEvent, update, visit, told });
"""
INTERCOMS_OWN = "https://widget.intercom.io/widget/shop"


@contextmanager
def open_shop(
    browser: Browser,
    folder: Path,
    *,
    script: str = "ours",
    production: bool = False,
    **options: Any,
) -> Iterator[Shop]:
    """A page of a bundle. `script`: whether the stand-in comes from its own address or from that of Intercom's."""
    # What was not created is not there.
    with serving_site(creates_attributes=False) as site:
        declare(site.workspace)
        stand_in = f"{site.workspace_url}/sandbox/messenger/widget.js"
        main = MAIN.replace("SCRIPT_URL", f'"{stand_in}"')
        if script == "intercom":
            main = main.replace(f'scriptUrl: "{stand_in}", ', "")
        if options.get("camel"):
            main = re.sub(r"_([a-z])(?=\w*: )", lambda letter: letter[1].upper(), main)
        written = write_typescript(folder, SPECS, {"main.ts": main}, **options)
        assert written.complaints() == []
        mode = "production" if production else "development"
        site.files["/main.js"] = (
            SCRIPT,
            bundle(folder / "out" / "main.js", f'--define:process.env.NODE_ENV="{mode}"'),
        )
        site.files["/"] = (
            HTML,
            '<!doctype html><title>Shop</title><script type="module" src="/main.js"></script>',
        )
        elsewhere = {INTERCOMS_OWN: httpx.get(stand_in).text} if script == "intercom" else None
        yield site.open_shop(browser, elsewhere)


def declare(workspace: RecordingGateway) -> None:
    for model, attributes in ATTRIBUTES.items():
        for name, kind in attributes.items():
            body = {"name": name, "model": model, "data_type": kind, "messenger_writable": True}
            if kind == "options":
                body |= {"data_type": "options", "options": [{"value": "free"}, {"value": "pro"}]}
            workspace.call("POST", "/data_attributes", body)


WHO = {"user_id": "42", "email": "ada@x.example"}
VARIANTS: dict[str, dict[str, Any]] = {
    "esm": {},
    "cjs": {"module": "cjs"},
    "camel": {"camel": True},
    "production": {"production": True},
    "from Intercom's address": {"script": "intercom"},
    "messenger-js-sdk": {"messenger_sdk": True},
    "messenger-js-sdk from Intercom's address": {"messenger_sdk": True, "script": "intercom"},
}


@pytest.mark.parametrize("variant", VARIANTS)
def test_the_contact_has_what_was_sent_in_its_order(browser: Browser, tmp_path: Path, variant: str) -> None:
    with open_shop(browser, tmp_path, **VARIANTS[variant]) as shop:
        shop.do("visit()")
        boot = {
            key: value
            for key, value in shop.calls[0][1].items()
            if key not in ("api_base", "installation_type")
        }
        assert boot == {
            "app_id": "shop",
            **WHO,
            "name": "Ada",
            "created_at": 1_700_000_000,
            "plan_type": "free",
            "company": {"company_id": "c", "name": "C", "tier": "gold", "founded": 1_500_000_000},
        }
        changed = {
            "to_plan": "pro",
            "on_date": 1_790_000_000,
            "price": {"amount": 2900, "currency": "eur"},
            "invoice": {"url": "https://shop.example/1", "value": "1"},
        }
        assert shop.calls[1:] == [
            (
                "update",
                {**WHO, "seats": 2, "beta": True, "score": 1.5, "plan_type": "pro", "renewal": 1_800_000_000},
            ),
            ("trackEvent", {**WHO, "event_name": "plan_changed", "metadata": changed}),
            ("update", {**WHO, "beta": None}),
            ("trackEvent", {**WHO, "event_name": "opened"}),
            ("shutdown", WHO),
        ]
        contact = shop.workspace.contact("42")
        assert (contact["email"], contact["name"], contact["signed_up_at"]) == (
            "ada@x.example",
            "Ada",
            1_700_000_000,
        )
        assert contact["custom_attributes"] == {
            "plan_type": "pro",
            "seats": 2,
            "score": 1.5,
            "beta": None,
            "renewal": 1_800_000_000,
        }
        [company] = shop.workspace.call("GET", f"/contacts/{contact['id']}/companies")["data"]
        assert (company["company_id"], company["name"]) == ("c", "C")
        assert company["custom_attributes"] == {"tier": "gold", "founded": 1_500_000_000}
        assert sorted(shop.workspace.events("42")) == [("opened", {}), ("plan_changed", changed)]
        assert (shop.page.failures, shop.page.run("told.length")) == ([], 0)
        assert shop.page.warnings == []


def test_updates_are_put_together_and_none_is_past_the_messengers_limit(
    browser: Browser, tmp_path: Path
) -> None:
    with open_shop(browser, tmp_path) as shop:
        shop.do("boot({ app_id: 'shop', user_id: '42' })")
        shop.page.pass_time(1)
        shop.do("for (let n = 0; n < 5; n++) update({ seats: n, score: n })")
        assert shop.calls[1:] == [("update", {"user_id": "42", "seats": 4, "score": 4})]
        # Within the second after that one, they wait for its end.
        shop.do("update({ seats: 5 }); update({ beta: true })")
        shop.do("update({ seats: 6 })")
        assert len(shop.calls) == 2
        shop.page.pass_time(2)
        shop.do("0")
        assert shop.calls[2:] == [("update", {"user_id": "42", "seats": 6, "beta": True})]
        # 18 more of the 20 that half an hour has room for; the rest waits, as one, for the end of it.
        for seats in range(7, 37):
            shop.do(f"update({{ seats: {seats} }})")
            shop.page.pass_time(2)
        shop.do("0")
        assert [data["seats"] for name, data in shop.calls if name == "update"] == [4, *range(6, 25)]
        assert shop.page.run("told.map((problem) => problem.kind)") == ["budget"]
        shop.page.pass_time(30 * 60)
        shop.do("0")
        assert shop.calls[-1] == ("update", {"user_id": "42", "seats": 36})
        assert shop.workspace.contact("42")["custom_attributes"] == {"seats": 36, "score": 4, "beta": True}
        assert (shop.page.warnings, shop.page.failures) == ([], [])


WRONG = {
    "seats": "2",
    "plan_type": "trail",
    "renewal": 1_790_000_000_000,
    "secret": "x",
    "planType": "pro",
    "beta": {"a": 1},
}


@pytest.mark.parametrize("production", [False, True])
def test_wrong_values_that_got_past_the_types(browser: Browser, tmp_path: Path, production: bool) -> None:
    with open_shop(browser, tmp_path, production=production) as shop:
        shop.do("boot({ app_id: 'shop', user_id: '42' })")
        data = {**WRONG, "score": 1.5}
        if production:
            shop.do(f"update({json.dumps(data)})")
            assert shop.calls[1:] == [("update", {"user_id": "42", "score": 1.5})]
            problems = shop.page.run("told")
            assert [problem["key"] for problem in problems] == list(WRONG)
            assert {problem["kind"] for problem in problems} == {"invalid"}
        else:
            thrown = shop.page.run(
                f"(() => {{ try {{ update({json.dumps(data)}) }} catch (error) {{ return error.message }} }})()"
            )
            assert all(f"`{key}` " in thrown for key in WRONG), thrown
            assert "attribute.contact.seats, specs/a.yaml:5" in thrown
            shop.do("0")
            assert len(shop.calls) == 1
        assert shop.page.failures == []


def test_the_next_person_gets_nothing_of_the_last(browser: Browser, tmp_path: Path) -> None:
    with open_shop(browser, tmp_path) as shop:
        shop.do("boot({ app_id: 'shop', user_id: '1' })")
        shop.page.pass_time(1)
        shop.do("update({ seats: 1 }); update({ seats: 2 })")
        shop.do(
            "update({ seats: 3 }); shutdown(); boot({ app_id: 'shop', user_id: '2' }); update({ score: 1 })"
        )
        shop.page.pass_time(2)
        shop.do("0")
        assert shop.workspace.contact("1")["custom_attributes"] == {"seats": 3}
        assert shop.workspace.contact("2")["custom_attributes"] == {"score": 1}
        assert [data.get("user_id") for _, data in shop.calls] == ["1", "1", "1", "1", "2", "2"]


def test_a_person_is_known_by_a_web_token_alone(browser: Browser, tmp_path: Path) -> None:
    claims = base64.urlsafe_b64encode(b'{"user_id": "42"}').decode().rstrip("=")
    with open_shop(browser, tmp_path) as shop:
        shop.do(
            f"boot({{ app_id: 'shop', intercom_user_jwt: 'a.{claims}.b', seats: 1 }}); trackEvent('opened')"
        )
        shop.do("update({ seats: 2 }); trackEvent('opened')")
        assert shop.workspace.contact("42")["custom_attributes"] == {"seats": 2}
        assert [name for name, _ in shop.calls] == ["boot", "trackEvent", "update", "trackEvent"]
        assert (shop.page.warnings, shop.page.failures) == ([], [])


def test_an_update_that_waits_is_sent_when_the_page_is_left(browser: Browser, tmp_path: Path) -> None:
    with open_shop(browser, tmp_path) as shop:
        shop.do("boot({ app_id: 'shop', user_id: '42' })")
        shop.page.pass_time(1)
        shop.do("update({ seats: 1 })")
        shop.do("update({ seats: 2 })")
        assert shop.calls[-1] == ("update", {"user_id": "42", "seats": 1})
        shop.page.open("about:blank")
        shop.workspace.await_call("update", {"user_id": "42", "seats": 2})
