"""An embedded workspace that notes what the Messenger's stand-in is called with."""

from __future__ import annotations

import json
from threading import Condition
from typing import Any

from intercom_iac.sandbox import Gateway, Request, Sandbox
from intercom_iac.sandbox.network.gateway import Answer

MESSENGER = "/sandbox/messenger/"


class RecordingGateway(Gateway):
    """`calls` has each call of a page in the order of arrival: what it calls, and with what."""

    def __init__(self, sandbox: Sandbox) -> None:
        super().__init__(sandbox)
        self.messenger_calls: list[tuple[str, Any]] = []
        self._called = Condition()

    def answer(self, request: Request) -> Answer:
        """Answers it, noted before."""
        if request.path.startswith(MESSENGER):
            name = request.path.removeprefix(MESSENGER)
            with self._called:
                self.messenger_calls.append((name, json.loads(request.body)))
                self._called.notify_all()
        return super().answer(request)

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
