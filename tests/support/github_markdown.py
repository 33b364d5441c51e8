"""What GitHub would make of a comment: rendered by its own fork of cmark, read as a browser reads HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import cmarkgfm
import html5lib
from cmarkgfm.cmark import Options

# What GitHub's filters look for in text that stands in none of these.
_QUIET = {"code", "pre"}
_BAITS = re.compile(
    r"(?:^|[^\w/`])@\w|#\d|\bgh-\d|https?://|www\.\w|:\w+:|(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])",
    re.IGNORECASE,
)

# What a plan's comment is made of.
OURS = {
    "h3",
    "h4",
    "p",
    "strong",
    "b",
    "ul",
    "ol",
    "li",
    "pre",
    "code",
    "br",
    "details",
    "summary",
    "blockquote",
}
# What a comparison or the plans of several workspaces are made of, besides.
TABLES = {"table", "thead", "tbody", "tr", "th", "td", "h2"}
ATTRIBUTES = {(), (("open", ""),), (("lang", "diff"),), (("class", "language-diff"),)}


@dataclass
class Page:
    """A rendered comment: its elements, the text of its code, and text that would become a link or a mention."""

    elements: list[tuple[str, tuple[tuple[str, str], ...]]] = field(default_factory=list)
    code: set[str] = field(default_factory=set)
    blocks: list[str] = field(default_factory=list)
    baits: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def tags(self) -> set[str]:
        return {tag for tag, _ in self.elements}


def rendered(markdown: str) -> Page:
    made = cmarkgfm.github_flavored_markdown_to_html(markdown, Options.CMARK_OPT_UNSAFE)
    page = Page()
    tree = html5lib.parseFragment(made, treebuilder="dom", namespaceHTMLElements=False)
    page.text = "".join(_read(tree, page, quiet=False))
    return page


def inert(page: Page, *, tables: bool = False) -> None:
    """Nothing but what a plan is made of: no link, image, mention or markup from elsewhere."""
    assert page.tags <= (OURS | TABLES if tables else OURS)
    assert {attributes for _, attributes in page.elements} <= ATTRIBUTES
    assert page.baits == []


def _read(node: Any, page: Page, *, quiet: bool) -> Iterator[str]:
    for child in node.childNodes:
        if child.nodeType == child.TEXT_NODE:
            # A comment between two letters keeps them in two texts.
            if not quiet and _BAITS.search(child.data):
                page.baits.append(child.data)
            yield child.data
        elif child.nodeType == child.ELEMENT_NODE:
            page.elements.append((child.tagName, tuple(child.attributes.items())))
            text = "".join(_read(child, page, quiet=quiet or child.tagName in _QUIET))
            if child.tagName == "code":
                (page.blocks.append if node.nodeName == "pre" else page.code.add)(text)
            yield text
