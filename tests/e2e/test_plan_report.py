"""The HTML report as a browser reads it: every address is there, and nobody else is asked for anything."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import html5lib
import pytest

from intercom_iac.reporting import plan_html
from intercom_iac.text import printable
from support.browser import missing_browser, opened, watched
from support.changes import make_change
from support.generators.plans import ACTIONS, BAITS, Recipe

needs_browser = pytest.mark.skipif(missing_browser() is not None, reason=str(missing_browser()))
HOSTILE = Recipe(list(BAITS), list(ACTIONS), 400, ["BACK703", "PLAN605", "PLAN604"], 3).plan()
SAFE = [
    make_change(f"attribute.contact.a%20 {n}", "data_attribute", f"a%20 {n}", "create", "safe", "new")
    for n in range(400)
]


@pytest.mark.outside
@needs_browser
def test_a_browser_shows_every_address_of_400_changes_and_asks_nobody(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    page.write_text(plan_html(HOSTILE), "utf-8")
    with watched() as (flag, asked):
        document = html5lib.parse(opened(page, flag, "--dump-dom"), namespaceHTMLElements=False)
    assert asked == []
    shown = ["".join(each.itertext()) for each in document.iter("code") if each.get("class") == "address"]
    assert sorted(shown) == sorted(printable(each.address) for each in HOSTILE.changes)
    assert len(shown) == 400


@pytest.mark.outside
@needs_browser
@pytest.mark.parametrize("number", [0, 399])
def test_a_link_to_a_change_that_is_folded_away_opens_it(tmp_path: Path, number: int) -> None:
    page = tmp_path / "plan.html"
    address = SAFE[number].address
    page.write_text(plan_html(replace(HOSTILE, changes=tuple(SAFE))), "utf-8")

    def folded_out(fragment: str) -> list[str]:
        document = html5lib.parse(opened(page, "--dump-dom", fragment=fragment), namespaceHTMLElements=False)
        found = [each for each in document.iter("details") if each.get("open") is not None]
        return ["".join(each.find("summary/code").itertext()) for each in found]

    assert folded_out("") == []
    assert folded_out(quote(quote(address, safe=""))) == [address]


@pytest.mark.outside
@needs_browser
def test_the_proxy_sees_what_a_page_asks_for(tmp_path: Path) -> None:
    page = tmp_path / "plan.html"
    report = plan_html(HOSTILE).replace("</main>", '<img src="http://outside.example/x.png"></main>')
    page.write_text(report, "utf-8")
    with watched() as (flag, asked):
        opened(page, flag, "--dump-dom")
    # The policy in the page forbids what got into it past the template.
    assert asked == []
    page.write_text(report.replace("Content-Security-Policy", "X-None"), "utf-8")
    with watched() as (flag, asked):
        opened(page, flag, "--dump-dom")
    assert [each for each in asked if "outside.example" in each] == ["GET http://outside.example/x.png"]


@pytest.mark.outside
@needs_browser
@pytest.mark.parametrize("scheme", ["dark", "light"])
@pytest.mark.parametrize("width", [400, 1100])
def test_a_browser_paints_it(tmp_path: Path, scheme: str, width: int) -> None:
    page, picture = tmp_path / "plan.html", tmp_path / "plan.png"
    page.write_text(plan_html(HOSTILE), "utf-8")
    preferred = {"dark": 0, "light": 1}[scheme]
    opened(
        page,
        f"--screenshot={picture}",
        f"--window-size={width},600",
        f"--blink-settings=preferredColorScheme={preferred}",
    )
    assert picture.stat().st_size > 10_000


def test_a_report_of_a_saved_plan(scratch) -> None:
    scratch.spec(
        "attributes:\n  contact:\n    seats: {type: integer}\nsegments:\n  big: {name: Big, rule: seats > 5}\n"
    )
    assert scratch.run("plan --out plan.json").code == 0
    shown = scratch.run("show plan.json --format html")
    assert shown.code == 0
    assert shown.err == ""
    document = html5lib.parse(shown.out, namespaceHTMLElements=False)
    ids = {each.get("id") for each in document.iter() if each.get("id")}
    assert {"attribute.contact.seats", "segment.big"} <= ids
    assert len([each for each in document.iter("input") if each.get("type") == "checkbox"]) > 2
    assert scratch.run("plan --format html").out.startswith("<!DOCTYPE html>")
