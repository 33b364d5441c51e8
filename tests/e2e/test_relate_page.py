"""The page of related segments in a browser: every key can be read, and every cell leads to its people."""

from __future__ import annotations

from pathlib import Path

import pytest

from intercom_iac.cli import run
from support.pages import Browser, Page

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.outside

OVERFLOWING = """
[...document.querySelectorAll('svg .shape')].filter(shape => {
  const around = shape.querySelector('rect').getBBox();
  return [...shape.querySelectorAll('text')].some(text => {
    const box = text.getBBox();
    return box.x < around.x || box.x + box.width > around.x + around.width
      || box.y < around.y || box.y + box.height > around.y + around.height;
  });
}).map(shape => shape.querySelector('title').textContent)
"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Page:
    """That of the sixty segments of an example."""
    project = str(ROOT / "examples" / "lifecycle")
    assert run(["segment", "relate", "--today", "2026-03-14", "--format", "html", "--project", project]) == 0
    file = tmp_path / "segments.html"
    file.write_text(capsys.readouterr().out, "utf-8")
    opened = browser.new_page()
    opened.open(file.as_uri())
    return opened


def test_a_page_of_sixty_segments_can_be_read_and_used(page: Page) -> None:
    assert page.run("document.querySelectorAll('.segment').length") >= 60
    assert page.run(OVERFLOWING) == []
    # It is no wider than its window; the grid scrolls in its own frame.
    assert page.run("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    told = "getComputedStyle(document.querySelector('.told:target') || document.body).position"
    assert page.run(told) != "fixed"
    page.run("document.querySelector('table.grid td a').click()")
    assert page.run(told) == "fixed"
    assert "ada@example.com" in page.run("document.querySelector('.told:target').textContent")
    page.run("document.querySelector('.told:target .close').click()")
    assert page.run("document.querySelector('.told:target')") is None
    # A shape leads to its segment.
    key = page.run("document.querySelector('svg a.shape title').textContent.split(/[ ,]/)[0]")
    page.run("location.hash = document.querySelector('svg a.shape').getAttribute('href')")
    assert page.run("document.querySelector('.segment:target code').textContent") == key
    assert [request for request in page.requests if not request.startswith("GET file:")] == []
    assert page.failures == []
