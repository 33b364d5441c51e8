"""Pages in a headless Chromium, driven over a pipe by its DevTools protocol, which needs no package.

Nothing of a page reaches beyond this machine: every other host is sent to a proxy that answers nothing.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from .browser import FLAGS, chromium, watched
from .http_servers import QuietHandler, serving_requests

PATIENCE = 60.0
"""Seconds after which the browser is thought to be stuck."""

HTML = "text/html; charset=utf-8"
SCRIPT = "text/javascript; charset=utf-8"


@dataclass
class Page:
    """A page. `warnings` are texts of its console, `failures` what nobody caught, `requests` what it asked for.

    A request is `METHOD address`, without the questions whether one is allowed.
    """

    browser: Browser
    session: str
    warnings: list[str] = field(default_factory=list[str])
    failures: list[str] = field(default_factory=list[str])
    requests: list[str] = field(default_factory=list[str])
    answers: Mapping[str, str] = field(default_factory=dict[str, str])

    def open(self, address: str) -> None:
        """Goes there, and returns once the page is loaded with its scripts."""
        self.browser.call("Page.navigate", self.session, url=address)
        self.browser.await_event("Page.loadEventFired", self.session)

    def run(self, script: str) -> Any:
        """The value of an expression, awaited where it is a promise. Raises AssertionError where it throws."""
        answer = self.browser.call(
            "Runtime.evaluate",
            self.session,
            expression=script,
            awaitPromise=True,
            returnByValue=True,
            userGesture=True,
        )
        assert "exceptionDetails" not in answer, _thrown_text(answer["exceptionDetails"])
        return answer["result"].get("value")

    def pass_time(self, seconds: float) -> None:
        """Lets that much time pass for the page at once, with its timers and what they ask for.

        After it, time stands still for the page until it is let pass again; answers still arrive.
        """
        budget = seconds * 1000
        self.browser.call(
            "Emulation.setVirtualTimePolicy",
            self.session,
            policy="pauseIfNetworkFetchesPending",
            budget=budget,
        )
        self.browser.await_event("Emulation.virtualTimeBudgetExpired", self.session)

    def take_event(self, method: str, content: Mapping[str, Any]) -> None:
        """Notes an event of the browser, and answers for an address of `answers`."""
        if method == "Runtime.consoleAPICalled":
            texts = (str(part.get("value", part.get("description"))) for part in content["args"])
            self.warnings.append(" ".join(texts))
        elif method == "Runtime.exceptionThrown":
            self.failures.append(_thrown_text(content["exceptionDetails"]))
        elif method == "Network.requestWillBeSent" and content["request"]["method"] != "OPTIONS":
            self.requests.append(f"{content['request']['method']} {content['request']['url']}")
        elif method == "Fetch.requestPaused":
            text = self.answers[content["request"]["url"]]
            self.browser.send(
                "Fetch.fulfillRequest",
                self.session,
                requestId=content["requestId"],
                responseCode=200,
                responseHeaders=[{"name": "Content-Type", "value": SCRIPT}],
                body=base64.b64encode(text.encode()).decode(),
            )


class Browser:
    """A Chromium that was started with pipes; use `open_browser`."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._read, self._number = b"", 0
        self._results: dict[int, dict[str, Any]] = {}
        self._events: list[tuple[str, str]] = []
        self._pages: dict[str, Page] = {}

    def new_page(self, answers: Mapping[str, str] | None = None) -> Page:
        """An empty page with storage of its own. `answers`: scripts that it is given for addresses elsewhere."""
        context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        page = self._pages[session] = Page(self, session, answers=dict(answers or {}))
        for domain in ("Page", "Runtime", "Network"):
            self.call(f"{domain}.enable", session)
        if answers:
            self.call("Fetch.enable", session, patterns=[{"urlPattern": address} for address in answers])
        return page

    def send(self, method: str, session: str | None = None, **values: Any) -> int:
        """Sends a command; gives its number."""
        self._number += 1
        command = {"id": self._number, "method": method, "params": values}
        if session is not None:
            command["sessionId"] = session
        os.write(self._commands, json.dumps(command).encode() + b"\0")
        return self._number

    def call(self, method: str, session: str | None = None, **values: Any) -> dict[str, Any]:
        """Sends a command and waits for its result."""
        number, deadline = self.send(method, session, **values), time.monotonic() + PATIENCE
        while number not in self._results:
            self._take_message(deadline)
        answer = self._results.pop(number)
        assert "error" not in answer, answer
        return answer["result"]

    def await_event(self, method: str, session: str) -> None:
        """Waits for an event that did not occur before the last one waited for."""
        deadline = time.monotonic() + PATIENCE
        while (session, method) not in self._events:
            self._take_message(deadline)
        self._events.clear()

    def _take_message(self, deadline: float) -> None:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._answers], [], [], max(0, deadline - time.monotonic()))
            assert ready, "the browser does not answer"
            read = os.read(self._answers, 1 << 20)
            assert read, "the browser ended"
            self._read += read
        text, _, self._read = self._read.partition(b"\0")
        message = json.loads(text)
        if "id" in message:
            self._results[message["id"]] = message
        elif (session := message.get("sessionId")) in self._pages:
            self._events.append((session, message["method"]))
            self._pages[session].take_event(message["method"], message["params"])


@contextmanager
def open_browser() -> Iterator[Browser]:
    """A browser of its own. Holds at the end that no page asked for anything beyond this machine."""
    program = chromium()
    assert program is not None
    commands_out, commands_in = os.pipe()
    answers_out, answers_in = os.pipe()
    with tempfile.TemporaryDirectory(prefix="browser-") as profile, watched() as (proxy, asked):
        flags = [*FLAGS, proxy, f"--user-data-dir={profile}", "--remote-debugging-pipe"]
        # The protocol is spoken on the descriptors 3 and 4.
        line = f'exec "$0" "$@" 3<&{commands_out} 4>&{answers_in}'
        process = subprocess.Popen(
            ["bash", "-c", line, program, *flags],
            pass_fds=(commands_out, answers_in),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            os.close(commands_out)
            os.close(answers_in)
            browser = Browser(commands_in, answers_out)
            yield browser
            browser.call("Browser.close")
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
            os.close(commands_in)
            os.close(answers_out)
    assert asked == []


@contextmanager
def serving_files(files: Mapping[str, tuple[str, str]]) -> Iterator[str]:
    """Serves texts under their paths (`/index.html`), each with its media type; yields the origin."""

    class Handler(QuietHandler):
        def do_GET(self) -> None:
            found = files.get(urlsplit(self.path).path)
            kind, text = found or ("text/plain", "")
            self.send_response(404 if found is None else 200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

    with serving_requests(Handler) as url:
        yield url


def _thrown_text(details: Mapping[str, Any]) -> str:
    return str(details.get("exception", {}).get("description") or details["text"])
