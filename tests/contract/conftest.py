"""Where the official clients are pointed at: the embedded workspace over HTTP, or a real one where asked for.

The real one is asked for by two variables at once, INTERCOM_TOKEN and INTERCOM_IAC_REAL_WORKSPACE=1 (with
INTERCOM_IAC_REAL_REGION for `eu` or `au`, or INTERCOM_IAC_REAL_URL for another address). The tests then make things
of names no one else has and remove them again; they read, but never change, what they did not make. No run against
a real workspace has been made yet: that takes a token. test_cleaning_up.py runs them as if against one.
"""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

from intercom_iac.model import REGIONS

REAL = os.environ.get("INTERCOM_IAC_REAL_WORKSPACE") == "1"

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """A workspace to point a client at. Its token stands in no traceback."""

    url: str
    token: str = field(repr=False)
    is_real: bool

    @property
    def search_lag(self) -> int:
        """Seconds its search may take to know of a change: that Intercom's lags is documented, how long is not."""
        return 90 if self.is_real else 0


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Opens the network to what talks to a real workspace, and only then."""
    if not REAL:
        return
    for item in items:
        if "workspace_url_and_token" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def workspace_url_and_token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """The workspace the clients talk to; the embedded one is served by a process of its own."""
    if REAL:
        if not os.environ.get("INTERCOM_TOKEN"):
            pytest.fail(
                "INTERCOM_IAC_REAL_WORKSPACE asks for a real workspace, and INTERCOM_TOKEN opens none"
            )
        region = REGIONS[os.environ.get("INTERCOM_IAC_REAL_REGION", "us")]
        url = os.environ.get("INTERCOM_IAC_REAL_URL", region)
        yield Place(url, os.environ["INTERCOM_TOKEN"], is_real=True)
        return
    with _serving(tmp_path_factory.mktemp("served") / "served.db") as url:
        yield Place(url, "any", is_real=False)


@pytest.fixture
def serving() -> Callable[..., AbstractContextManager[str]]:
    """Serves the embedded workspace of a file in a process of its own, with further options; gives its address."""
    return _serving


@contextmanager
def _serving(path: Path, *options: str) -> Iterator[str]:
    command = [sys.executable, "-m", "intercom_iac", "sandbox", "serve", "--port", "0", "--db", path.name]
    command += options
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(command, cwd=path.parent, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None
        said = server.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", said)
        assert address, f"the server said: {said}"
        yield address[0]
    finally:
        server.terminate()
        server.communicate(timeout=60)


@pytest.fixture
def embedded(workspace_url_and_token: Place) -> None:
    """For what only the embedded workspace can be asked: it would cost a real one too much, or is an assumption."""
    if workspace_url_and_token.is_real:
        pytest.skip("only asked of the embedded workspace")


@pytest.fixture
def run() -> str:
    """A name nothing else in the workspace has. Whatever a run that was killed left behind starts like this."""
    return f"iac contract {uuid.uuid4().hex[:10]}"


class Made:
    """What a test made, and how each is removed again."""

    def __init__(self) -> None:
        self._removals: list[tuple[str, Callable[[], Any]]] = []

    def add(self, what: str, remove: Callable[[], Any]) -> None:
        self._removals.append((what, remove))

    def remove_all(self) -> list[str]:
        """Latest first; returns what could not be removed. What is gone already counts as removed."""
        left: list[str] = []
        for what, remove in reversed(self._removals):
            try:
                remove()
            except Exception as error:
                if getattr(error, "status_code", None) != 404:
                    left.append(f"{what}: {error}")
        return left


@pytest.fixture
def made() -> Iterator[Made]:
    """Removes what the test made, whatever became of the test."""
    made = Made()
    yield made
    assert made.remove_all() == []


@pytest.fixture
def eventually(workspace_url_and_token: Place) -> Callable[[Callable[[], T], Callable[[T], bool]], T]:
    """Asks again until the answer is right: once in the embedded workspace, for a while in a real one."""

    def ask(read: Callable[[], T], right: Callable[[T], bool]) -> T:
        end = time.monotonic() + workspace_url_and_token.search_lag
        while not right(answer := read()) and time.monotonic() < end:
            time.sleep(2)
        assert right(answer), answer
        return answer

    return ask


@pytest.fixture
def some(workspace_url_and_token: Place) -> Callable[[Any], list[Any]]:
    """All items of a pager, so that one that does not end is noticed; of a real workspace's the first hundred."""

    def read(pager: Any) -> list[Any]:
        most = 100 if workspace_url_and_token.is_real else 10_000
        items = list(itertools.islice(pager, most))
        assert workspace_url_and_token.is_real or len(items) < most, "the pager does not end"
        return items

    return read
