"""A headless Chromium with a profile of its own, and a proxy that notes what its pages ask for and gives nothing."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from .http_servers import QuietHandler, serving_requests

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

# Of its maker, for the time and the state of its own features, whatever page it opens and whatever flags it is given.
OWN = (".google.com", ".googleapis.com", ".gvt1.com")


def chromium() -> str | None:
    """Where the browser is; None where none is installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing_browser() -> str | None:
    """Why no page can be opened; None where one can."""
    return None if chromium() else "Chromium is not installed: PATH has no `chromium`"


def opened(page: Path, *flags: str, fragment: str = "") -> str:
    """What the browser prints of a page: with `--dump-dom`, the document as it stands in memory. `fragment` is what
    the address has after `#`."""
    program = chromium()
    assert program is not None
    address = page.resolve().as_uri() + (f"#{fragment}" if fragment else "")
    with tempfile.TemporaryDirectory(prefix="browser-") as profile:
        ended = subprocess.run(
            [program, *FLAGS, f"--user-data-dir={profile}", *flags, address],
            capture_output=True,
            timeout=120,
            check=True,
        )
    return ended.stdout.decode()


@contextmanager
def watched() -> Iterator[tuple[str, list[str]]]:
    """The flag that sends every request to a proxy, and what was asked of it."""
    asked: list[str] = []

    class Proxy(QuietHandler):
        def refuse(self) -> None:
            host = urlsplit(self.path if "://" in self.path else f"//{self.path}").hostname or ""
            if not host.endswith(OWN):
                asked.append(f"{self.command} {self.path}")
            # The browser does not always wait for the answer.
            with suppress(ConnectionError):
                self.send_error(404)

        do_GET = do_POST = do_CONNECT = do_HEAD = refuse

    with serving_requests(Proxy) as url:
        yield f"--proxy-server={url}", asked
