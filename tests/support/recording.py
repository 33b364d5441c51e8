"""An embedded workspace that notes what the Messenger's stand-in is called with."""

from __future__ import annotations

import json
import time
from threading import Condition
from typing import Any

from intercom_iac.sandbox import Gateway, Request, Sandbox
from intercom_iac.sandbox.network.gateway import Answer

MESSENGER = "/sandbox/messenger/"


class RecordingGateway(Gateway):
    """`messenger_calls` has each call of a page in the order of arrival: what it calls, and with what.

    `overlapping` counts those that arrived before the last one was answered, each of which takes `pause` seconds.
    """

    def __init__(self, sandbox: Sandbox, *, pause: float = 0) -> None:
        super().__init__(sandbox)
        self.messenger_calls: list[tuple[str, Any]] = []
        self.overlapping = 0
        self._pause = pause
        self._under_way = 0
        self._called = Condition()

    def answer(self, request: Request) -> Answer:
        """Answers it, noted before."""
        if not request.path.startswith(MESSENGER):
            return super().answer(request)
        with self._called:
            self.messenger_calls.append((request.path.removeprefix(MESSENGER), json.loads(request.body)))
            self.overlapping += self._under_way > 0
            self._under_way += 1
            self._called.notify_all()
        time.sleep(self._pause)
        try:
            return super().answer(request)
        finally:
            with self._called:
                self._under_way -= 1

    def await_call(self, name: str, body: object) -> None:
        """Waits for a call, for a minute at most."""
        with self._called:
            assert self._called.wait_for(lambda: (name, body) in self.messenger_calls, 60), (
                self.messenger_calls
            )

    def call(self, method: str, path: str, body: object = None, /, **query: str) -> Any:
        """What the API answers, as another program would call it."""
        raw = b"" if body is None else json.dumps(body).encode()
        response = self.sandbox.handle(Request(method, path, query, {"authorization": "Bearer x"}, raw))
        assert response.status < 300, response
        return json.loads(response.body) if response.body else None

    def contact(self, external_id: str) -> Any:
        """The person of the application's own id."""
        return self.call("GET", f"/contacts/find_by_external_id/{external_id}")

    def events(self, external_id: str) -> list[tuple[str, Any]]:
        """The names and metadata of what a person did, the oldest first."""
        listed = self.call("GET", "/events", type="user", user_id=external_id)["events"]
        return [(event["event_name"], event["metadata"]) for event in reversed(listed)]
