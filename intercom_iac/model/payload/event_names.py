"""The names under which events may be sent, and what is wrong with one that is none of them."""

from __future__ import annotations

from collections.abc import Mapping

from intercom_iac.diagnostics import Code
from intercom_iac.diagnostics.codes import payloads as codes
from intercom_iac.text import did_you_mean, printable

from ..address import event_address
from ..schema import Event
from .key_faults import NameFault, shown_name
from .spelling import by_folded_name, fold_name


class EventNames:
    """The events of the specs by name, and by other spellings of it."""

    def __init__(self, events: Mapping[str, Event]) -> None:
        self._events = events
        self._spellings = by_folded_name(events)
        self._active = [event.name for event in events.values() if event.status == "active"]

    def meant(self, name: str) -> Event | None:
        """The event of this name, or the one whose name differs by case and separators alone."""
        return self._events.get(name) or self._events.get(self._spellings.get(fold_name(name), name))

    def fault(self, name: str) -> NameFault | None:
        """What is wrong with sending an event under this name; None where nothing is."""
        event = self.meant(name)
        if event is None:
            message = f"the event `{shown_name(name)}` is not declared"
            return NameFault(
                code=codes.UNKNOWN_EVENT,
                message=message,
                hint=did_you_mean(name, self._active),
                attribute=event_address(shown_name(name)),
            )
        declared = printable(event.name)
        if event.name != name:
            return _event_fault(
                event,
                codes.EVENT_SPELLING,
                f"the event `{shown_name(name)}` is declared as `{declared}`",
                f"send `{declared}`",
            )
        if event.status == "archived":
            return _event_fault(event, codes.ARCHIVED, f"the event `{declared}` is archived")
        if event.status == "deprecated":
            return _event_fault(event, codes.DEPRECATED, f"the event `{declared}` is deprecated")
        return None


def _event_fault(event: Event, code: Code, message: str, hint: str | None = None) -> NameFault:
    return NameFault(code=code, message=message, hint=hint, attribute=event.address, declared=event.span)
