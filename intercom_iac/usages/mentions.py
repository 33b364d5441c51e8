"""Places where code hands data to Intercom, or asks for data of it: what a language's reader makes of a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.model.address import ModelName
from intercom_iac.model.payload import PayloadKind
from intercom_iac.text import Span

from .use import UseKind
from .values import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class SentRecord:
    """A record that is sent: `Intercom('update', {...})` (`boot`), `contacts.update(...)` (`contact`), ...

    `value` is the record in the shape that `model.payload` has for its kind, with the names of the wire:
    `custom_attributes` nested for the API, flat for the Messenger. `custom_only`: it holds custom attributes alone
    (`withCustomAttribute`, `custom_data`). `generated`: it goes through generated code, whose keys may be camel-cased
    and whose dates are the language's own. `guessed`: as of an event.
    """

    kind: PayloadKind
    value: Value
    custom_only: bool = False
    generated: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SentEvent:
    """An event that is sent: `Intercom('trackEvent', name, metadata)`, `events.create(event_name=..., metadata=...)`.

    `metadata` None: none is sent. `created_at` None: none is written, and the SDK or the Messenger sets it, or it is
    not known. `generated` as for a record. `guessed`: nothing but its keys says that it is Intercom's, and a name
    that is not declared may be another's.
    """

    name: Value
    metadata: Value | None = None
    created_at: Value | None = None
    generated: bool = False
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedAttribute:
    """An attribute named alone: `contact.custom_attributes.plan_type` (`read`), a search for
    `custom_attributes.plan_type` (`read`), `data_attributes.create(name="plan_type", model="contact")` (`send`).

    `model` None: the code does not say whose it is. `value` is what it is compared with or set to, where that is
    written. `certain`: the file says that it is Intercom's. Other products have `custom_attributes`, too; where
    nothing says whose they are, a name that is not declared is nobody's mistake. `guessed`: as of an event.
    """

    kind: UseKind
    name: Value
    model: ModelName | None = None
    value: Value | None = None
    certain: bool = True
    guessed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedEvent:
    """An event named alone, such as where a contact's events are read and one is picked."""

    kind: UseKind
    name: Value


Mention = SentRecord | SentEvent | NamedAttribute | NamedEvent


def guess(mentions: Iterable[Mention]) -> Iterator[Mention]:
    """The same mentions, of which nothing but their keys says that they are Intercom's."""
    for mention in mentions:
        yield mention if isinstance(mention, NamedEvent) else replace(mention, guessed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a language's reader makes of one file. `unread` are places that it could not read: syntax errors."""

    mentions: tuple[Mention, ...]
    unread: tuple[Span, ...] = ()
