"""What the project asks of a workspace: read it whole, and make single changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from intercom_iac.model import (
    Identity,
    LiveAttribute,
    LiveAudience,
    ModelName,
    Sample,
    SampleRequest,
    Snapshot,
    Survey,
)


class Workspace(Protocol):
    """A live workspace. Every method may raise a `WorkspaceError`; none prints or holds a token in its text."""

    @property
    def calls(self) -> int:
        """How many calls of the API have been made."""
        ...

    def identity(self) -> Identity:
        """Which workspace this is. Raises `WrongWorkspace` when it is not the one the project names."""
        ...

    def allow_writes(self) -> None:
        """Raises `WrongWorkspace` when the project does not say which workspace it means."""
        ...

    def snapshot(self) -> Snapshot:
        """Everything a plan compares with, in a number of calls that does not grow with it, but for pages."""
        ...

    def survey(self, *, counts: bool = False) -> Survey:
        """The snapshot as far as the token may read it; with `counts` segments have the number of their people."""
        ...

    def sample(self, request: SampleRequest, on_call: Callable[[], object] = ...) -> Sample:
        """Some of the people and of what they did. `on_call` is called after each call of the API."""
        ...

    def count_contacts(self, query: Mapping[str, Any]) -> int:
        """How many contacts a search finds."""
        ...

    def attribute(self, model: ModelName, attribute_id: int) -> LiveAttribute | None:
        """The attribute as it is now, archived or not; None where there is none. Intercom has a list of them only."""
        ...

    def audience(self, audience_id: str) -> LiveAudience | None:
        """The audience as it is now; None where there is none."""
        ...

    def tag(self, tag_id: str) -> str | None:
        """The name of the tag as it is now; None where there is none."""
        ...

    def create_attribute(self, model: ModelName, name: str, fields: Mapping[str, Any]) -> None:
        """`fields`: type, and as wanted options (list of text), description, messenger_writable."""
        ...

    def update_attribute(self, attribute_id: int, fields: Mapping[str, Any]) -> None:
        """`fields`: any of archived, description, options, messenger_writable."""
        ...

    def register_event(self, name: str, metadata: Mapping[str, Any]) -> None:
        """Sends the event once for the registrar contact, which is made when it is missing."""
        ...

    def create_tag(self, name: str) -> None: ...

    def rename_tag(self, tag_id: str, name: str) -> None: ...

    def create_audience(
        self, name: str, predicates: Sequence[Mapping[str, str]], roles: Sequence[Mapping[str, str]]
    ) -> None: ...

    def update_audience(self, audience_id: str, fields: Mapping[str, Any]) -> None:
        """`fields`: any of name, predicates, role_predicates."""
        ...

    def delete_audience(self, audience_id: str) -> None: ...

    def close(self) -> None: ...
