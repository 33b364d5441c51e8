"""A report of any plan is whole, valid HTML in which nothing from outside is markup."""

from __future__ import annotations

import base64
import hashlib
from typing import Any
from urllib.parse import unquote

import html5lib
from hypothesis import given

from intercom_iac.reporting import plan_html
from intercom_iac.text import is_visible, printable
from support.generators import examples
from support.generators.plans import Recipe, recipes

OURS = {
    "html", "head", "meta", "title", "style", "body", "header", "main", "footer", "section", "h1", "h2", "p", "b",
    "small", "span", "code", "a", "div", "svg", "rect", "details", "summary", "table", "thead", "tbody", "tr", "th",
    "td", "ol", "ul", "li", "label", "input", "dl", "dt", "dd", "time",
}  # fmt: skip
LOADING = ("src", "href", "action", "formaction", "style", "srcset", "poster", "data", "background")


@examples(40)
@given(recipes)
def test_nothing_from_outside_is_markup(recipe: Recipe) -> None:
    plan = recipe.plan()
    text = plan_html(plan)
    assert all(is_visible(each) for each in text if each != "\n")
    # Strict: a document that a browser would have to mend is refused.
    document: Any = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    ids = [each.get("id") for each in document.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    for each in document.iter():
        name = each.tag.rpartition("}")[2] if isinstance(each.tag, str) else "comment"
        assert name in OURS
        for key, value in each.items():
            assert not key.lower().startswith("on")
            if key in LOADING:
                assert (name, key) == ("a", "href")
                assert unquote(value[1:]) in ids or value[1:] in ids
    addresses = ["".join(each.itertext()) for each in document.iter("code") if each.get("class") == "address"]
    assert sorted(addresses) == sorted(printable(each.address) for each in plan.changes)


def test_its_policy_lets_its_own_style_in_and_nothing_else() -> None:
    document: Any = html5lib.parse(
        plan_html(Recipe(["x"], [("event", "register")], 1, [], 0).plan()), namespaceHTMLElements=False
    )
    (policy,) = [
        each.get("content")
        for each in document.iter("meta")
        if each.get("http-equiv") == "Content-Security-Policy"
    ]
    (style,) = [each.text for each in document.iter("style")]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
