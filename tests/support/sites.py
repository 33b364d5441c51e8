"""Pages on a site of their own, before a workspace that notes what the Messenger's stand-in is called with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from intercom_iac.sandbox import Sandbox, Switches, serving

from .pages import Browser, Page, serving_files
from .recording import RecordingGateway

# The stand-in's script may still be loading.
SETTLED = """
new Promise((resolve) => {
  const look = () => (window.Intercom?.settled ? resolve(Intercom.settled()) : setTimeout(look, 10));
  look();
})
"""


@dataclass(frozen=True)
class Shop:
    """A page that is served, and the workspace behind it."""

    workspace: RecordingGateway
    page: Page

    @property
    def calls(self) -> list[tuple[str, Any]]:
        return self.workspace.messenger_calls

    def do(self, script: str) -> None:
        """Runs it, and waits for the answers to what was sent until then."""
        self.page.run(f"{script}; 0")
        self.page.run(SETTLED)


@dataclass(frozen=True)
class Site:
    """What serves pages. `origin` is its address, `workspace_url` that of the workspace."""

    workspace: RecordingGateway
    workspace_url: str
    origin: str
    files: dict[str, tuple[str, str]]

    def open_shop(self, browser: Browser, answers: Mapping[str, str] | None = None) -> Shop:
        """Opens the page at `/` of `files`. `answers`: scripts that it is given for addresses elsewhere."""
        page = browser.new_page(answers)
        page.open(self.origin)
        return Shop(self.workspace, page)


@contextmanager
def serving_site(
    *, allowed: bool = True, pause: float = 0, creates_attributes: bool = True
) -> Iterator[Site]:
    """Serves a site without files.

    `allowed`: whether its pages may call the workspace; `pause`: the seconds that each answer to the Messenger takes;
    `creates_attributes`: whether the Messenger creates the attributes that it does not know.
    """
    origins: set[str] = set()
    files: dict[str, tuple[str, str]] = {}
    with (
        Sandbox(None, switches=Switches(messenger_creates_attributes=creates_attributes)) as sandbox,
        serving(workspace := RecordingGateway(sandbox, pause=pause), origins=origins) as url,
        serving_files(files) as origin,
    ):
        if allowed:
            origins.add(origin)
        yield Site(workspace, url, origin, files)
