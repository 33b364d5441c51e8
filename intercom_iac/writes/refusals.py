"""The ends of single writes in words: what stood in the way, and no value of a person in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from intercom_iac.diagnostics import ChangedMeanwhile, NotFound, WorkspaceError
from intercom_iac.text import quoted_names

from .ends import WriteEnd, WriteError
from .write import Write

Json = Mapping[str, Any]


_SHORTEST_HIDDEN = 4


def success_end(write: Write, live_id: str | None) -> WriteEnd:
    """The id is kept where the write did not have it."""
    return WriteEnd(number=write.number, result="done", live_id=live_id if live_id != write.live_id else None)


def failure_end(write: Write, error: WriteError) -> WriteEnd:
    return WriteEnd(number=write.number, result="failed", error=error)


def refusal_end(write: Write, error: WorkspaceError) -> WriteEnd:
    """The end of a write that Intercom refused. Its messages may repeat what was sent: no value of a person stands in
    an error."""
    message = error.message
    for text in sorted(_texts(write.body), key=len, reverse=True):
        if len(text) >= _SHORTEST_HIDDEN:
            message = message.replace(text, "***")
    hint = error.hint
    if hint is None and write.action == "send" and isinstance(error, NotFound):
        hint = f"nobody has this {key_words(write)}: sync the person first, or leave the event out"
    return failure_end(write, WriteError(error.code, message, hint))


def changed_meanwhile(write: Write, live_id: str, names: Sequence[str]) -> WriteError:
    return WriteError(
        ChangedMeanwhile.code,
        f"somebody changed {quoted_names(names)} of the {write.record} `{live_id}` since the plan was made",
        "it was left as it is: run it again, which plans from what is there now",
    )


def moved_key_end(write: Write, live_id: str) -> WriteEnd:
    message = f"the contact `{live_id}` has another {key_words(write)} since the plan was made"
    hint = "it was left as it was: run it again, which looks for the contact that has it now"
    return failure_end(write, WriteError(ChangedMeanwhile.code, message, hint))


def key_words(write: Write) -> str:
    return write.key_name.replace("_", " ")


def _texts(value: Any) -> Iterator[str]:
    """The texts among the values of a body."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for part in cast("Json", value).values():
            yield from _texts(part)
