"""The stand-in for the Messenger's script in a browser: what a page calls reaches the workspace, in its order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.pages import HTML, Browser
from support.sites import Shop, serving_site

pytestmark = pytest.mark.outside

DOCS = Path(__file__).parents[2] / "docs" / "sandbox.md"

# As Intercom's own snippet: a queue that takes calls until the script is there.
QUEUE = "window.Intercom = function () { window.Intercom.q.push(arguments); }; window.Intercom.q = [];"


@contextmanager
def open_shop(
    browser: Browser, script: str, *, allowed: bool = True, early: bool = True, markup: str = ""
) -> Iterator[Shop]:
    """A page whose script calls the queue before the stand-in is loaded, or after it; or one of other markup."""
    with serving_site(allowed=allowed, pause=0.01) as site:
        widget = f'<script src="{site.workspace_url}/sandbox/messenger/widget.js"></script>'
        queued = f"<script>{QUEUE}{script}</script>"
        body = queued + widget if early else widget + queued.replace(QUEUE, "")
        body = markup.replace("http://127.0.0.1:8080", site.workspace_url) or body
        site.files["/"] = (HTML, f"<!doctype html><title>Shop</title>{body}")
        shop = site.open_shop(browser)
        shop.page.run("Intercom.settled()")
        yield shop


@pytest.mark.parametrize("early", [True, False])
def test_calls_are_made_one_at_a_time_in_their_order(browser: Browser, early: bool) -> None:
    script = """
        const data = { score: 1 };
        Intercom("boot", { app_id: "shop", user_id: "42", email: "ada@x.example", plan: "free" });
        Intercom("show");
        Intercom("update", data);
        data.score = 2;
        Intercom("trackEvent", "upgraded", { to: "pro" });
        Intercom("update", { score: 3 });
        Intercom("trackEvent", "left");
        Intercom("shutdown");
    """
    with open_shop(browser, script, early=early) as shop:
        who = {"user_id": "42", "email": "ada@x.example"}
        # A queue holds the page's own object; the script takes a call's data when it is made.
        assert shop.calls == [
            ("boot", {"app_id": "shop", **who, "plan": "free"}),
            ("update", {**who, "score": 2 if early else 1}),
            ("trackEvent", {**who, "event_name": "upgraded", "metadata": {"to": "pro"}}),
            ("update", {**who, "score": 3}),
            ("trackEvent", {**who, "event_name": "left"}),
            ("shutdown", who),
        ]
        assert shop.workspace.overlapping == 0
        person = shop.workspace.contact("42")
        assert (person["email"], person["custom_attributes"]) == (who["email"], {"plan": "free", "score": 3})
        assert sorted(shop.workspace.events("42")) == [("left", {}), ("upgraded", {"to": "pro"})]
        assert (shop.page.warnings, shop.page.failures) == ([], [])


def test_the_script_boots_with_the_page_s_settings(browser: Browser) -> None:
    script = """
        window.intercomSettings = { app_id: "shop", user_id: "1" };
        Intercom("trackEvent", "opened");
    """
    with open_shop(browser, script) as shop:
        assert [name for name, _ in shop.calls] == ["boot", "trackEvent"]
        shop.page.run('Intercom("shutdown"); Intercom("boot", { user_id: "2" }); Intercom.settled()')
        assert shop.calls[-1] == ("boot", {"user_id": "2"})


def test_what_the_messenger_would_not_do_is_a_warning(browser: Browser) -> None:
    script = """
        Intercom("update", { a: 1 });
        Intercom("trackEvent", "e");
        Intercom("boot", { user_id: "1", created_at: "soon" });
        Intercom("boot", { user_id: "2" });
        Intercom("trackEvent", "e", { nested: { a: 1 } });
        Intercom("trackEvent", "");
        Intercom("shutdown");
        Intercom("boot", {});
        Intercom("update", { a: 1 });
        Intercom("update", { email: "bob@x.example" });
        Intercom("started");
    """
    with open_shop(browser, script) as shop:
        assert [name for name, _ in shop.calls] == ["boot", "trackEvent", "trackEvent", "shutdown", "update"]
        assert sorted(shop.page.warnings) == [
            f"Messenger stand-in: {text}"
            for text in (
                "a second boot without a shutdown is ignored",
                "boot ignored contact.created_at",
                "boot of a visitor is ignored: visitors are not simulated",
                "there is no method started",
                "trackEvent before boot is ignored",
                "trackEvent failed: event_name is required",
                "trackEvent ignored metadata.nested",
                "update before boot is ignored",
                "update of a visitor is ignored: visitors are not simulated",
            )
        ]


def test_the_markup_of_the_page_on_the_sandbox(browser: Browser) -> None:
    [markup] = re.findall(r"```html\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)
    with open_shop(browser, "", markup=markup) as shop:
        assert shop.calls == [("boot", {"app_id": "sandbox", "user_id": "42"})]
        assert shop.workspace.contact("42")["role"] == "user"


def test_updates_past_twenty_in_half_an_hour_are_ignored(browser: Browser) -> None:
    script = 'Intercom("boot", { user_id: "1" });'
    with open_shop(browser, script) as shop:
        page = shop.page
        page.run("for (let n = 1; n <= 21; n++) Intercom('update', { n }); Intercom.settled()")
        assert [data.get("n") for _, data in shop.calls] == [None, *range(1, 21)]
        assert page.warnings == [
            "Messenger stand-in: an update past 20 in 30 minutes is ignored (rate_limited_update)"
        ]
        page.pass_time(30 * 60)
        page.run("Intercom('update', { n: 22 }); Intercom.settled()")
        assert shop.workspace.contact("1")["custom_attributes"] == {"n": 22}


def test_a_page_of_another_origin_is_told_what_to_do(browser: Browser) -> None:
    with open_shop(browser, 'Intercom("boot", { user_id: "1" });', allowed=False) as shop:
        [warning] = shop.page.warnings
        origin = shop.page.run("location.origin")
        assert warning.endswith(f"is it served with --allow-origin {origin}?")
        assert shop.calls == []
