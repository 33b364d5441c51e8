"""What the generated code runs on: values checked, calls in order, retried, and within Intercom's rate limit.

The same for every project; what the specs declare is in `__init__.py`. It needs httpx, and nothing else.
"""

from __future__ import annotations

import asyncio
import functools
import json
import math
import random
import re
import threading
import time
import warnings
from collections import deque
from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from datetime import time as time_of_day
from email.utils import parsedate_to_datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Generic, Literal, Self, TypeVar, cast
from urllib.parse import quote
from zoneinfo import ZoneInfo

import httpx

if TYPE_CHECKING:
    from typing_extensions import deprecated as deprecated
else:

    def deprecated(message: str) -> Callable[..., Any]:
        """Marks a function (PEP 702): type checkers show it, and a call is a `DeprecationWarning`."""

        def mark(function: Callable[..., Any]) -> Callable[..., Any]:
            @functools.wraps(function)
            def warn(*args: Any, **kwargs: Any) -> Any:
                warnings.warn(message, DeprecationWarning, stacklevel=2)
                return function(*args, **kwargs)

            warn.__deprecated__ = message
            return warn

        return mark


# --- errors ---------------------------------------------------------------------------


class InvalidValue(ValueError):
    """Values that the specs do not allow, all of one record; nothing was sent."""


class IntercomError(Exception):
    """A call that failed. `maybe_done`: whether Intercom carried it out all the same is not known."""

    def __init__(
        self,
        message: str,
        *,
        status: int | None = None,
        request_id: str | None = None,
        maybe_done: bool = False,
    ) -> None:
        self.message = message
        self.status = status
        self.request_id = request_id
        self.maybe_done = maybe_done
        super().__init__(message)


class Unauthorized(IntercomError):
    """Intercom refused the token."""


class NotFound(IntercomError):
    """There is no such contact or company."""


class Refused(IntercomError):
    """Intercom refused what was sent; the message is its own."""


class RateLimited(IntercomError):
    """The workspace's rate limit held on every try."""


class Unreachable(IntercomError):
    """No answer came."""


class UnexpectedAnswer(IntercomError):
    """An answer that is none of Intercom's, or a failure on its side."""


# --- values ---------------------------------------------------------------------------

LONGEST_TEXT: Final = 255
MOST_METADATA_KEYS: Final = 10
_LATEST_SECOND = 4_102_444_800  # the year 2100


class Unset(Enum):
    """The type of `UNSET`."""

    UNSET = "unset"

    def __repr__(self) -> str:
        return "UNSET"


UNSET: Final = Unset.UNSET
"""What is not given: the value in Intercom stays as it is. None clears it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RichLink:
    """A link with a text, for a text of an event's metadata."""

    url: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """An amount of money, for a number of an event's metadata: whole cents, and a currency such as `eur`."""

    amount: int
    currency: str


ValueType = Literal["string", "integer", "float", "boolean", "date", "options"]


@dataclass(frozen=True, slots=True)
class Key:
    """What may be sent under one key: `name` is the key on the wire, `declared` says where it is declared."""

    name: str
    type: ValueType
    options: tuple[str, ...] = ()
    declared: str = "one of Intercom's own attributes"
    custom: bool = True
    nullable: bool = True
    metadata: bool = False
    deprecated: str | None = None


def attribute(
    name: str,
    type: ValueType,
    options: tuple[str, ...] = (),
    *,
    declared: str = "one of Intercom's own attributes",
    custom: bool = True,
    nullable: bool = True,
    deprecated: str | None = None,
) -> Any:
    """A field of `Attributes`, unset where it is not given."""
    key = Key(name, type, options, declared, custom, nullable, metadata=False, deprecated=deprecated)
    return field(default=UNSET, metadata={"key": key})


class Attributes:
    """Values of one contact or company. What is not given stays as it is in Intercom; None clears it."""

    def __post_init__(self) -> None:
        values = _values_by_key(self)
        _raise_faults(values)
        for key, _ in values:
            if key.deprecated is not None:
                # This method, the generated `__init__`, and who calls that.
                warnings.warn(key.deprecated, DeprecationWarning, stacklevel=3)

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in _values_by_name(self))})"


@dataclass(frozen=True, slots=True)
class Event:
    """An occurrence of a declared event, without the person and the time of it."""

    name: str
    metadata: tuple[tuple[Key, Any], ...]


def metadata(
    value: object,
    name: str,
    type: ValueType,
    options: tuple[str, ...] = (),
    *,
    declared: str = "",
) -> tuple[Key, object]:
    """A key of an event's metadata, and its value."""
    return Key(name, type, options, declared, custom=True, nullable=False, metadata=True), value


def event(name: str, *values: tuple[Key, object]) -> Event:
    """Raises `InvalidValue` where the specs do not allow the metadata."""
    given = tuple((key, value) for key, value in values if value is not UNSET)
    _raise_faults(given)
    if len(given) > MOST_METADATA_KEYS:
        raise InvalidValue(
            f"`{name}` has {len(given)} metadata keys; Intercom drops those after the first {MOST_METADATA_KEYS}"
        )
    return Event(name, given)


def _values_by_name(attributes: Attributes) -> list[tuple[str, object]]:
    """The values that are given, by their names in Python."""
    return [(name, value) for name, value in vars(attributes).items() if value is not UNSET]


def _values_by_key(attributes: Attributes) -> list[tuple[Key, object]]:
    """The values that are given, with what may be sent under their keys."""
    declared = cast("Any", attributes).__dataclass_fields__
    return [(declared[name].metadata["key"], value) for name, value in _values_by_name(attributes)]


def _raise_faults(values: Sequence[tuple[Key, object]]) -> None:
    faults = [
        f"`{key.name}` {fault} ({key.declared})"
        for key, value in values
        if (fault := _fault(key, value)) is not None
    ]
    if faults:
        raise InvalidValue("; ".join(faults))


def _fault(key: Key, value: object) -> str | None:
    """What is wrong with a value, as the end of a sentence that begins with the key."""
    if value is None:
        return None if key.nullable else "cannot be cleared: leave it out"
    if key.metadata and isinstance(value, RichLink | Money):
        return _object_fault(key, value)
    if key.type == "date":
        return _date_fault(value)
    if key.type == "boolean":
        return None if isinstance(value, bool) else f"takes True or False, not {_kind_text(value)}"
    if key.type in ("integer", "float"):
        return _number_fault(key, value)
    return _text_fault(key, value)


def _object_fault(key: Key, value: RichLink | Money) -> str | None:
    if isinstance(value, Money):
        if key.type not in ("integer", "float"):
            return "takes no amount of money"
        whole = isinstance(cast("object", value.amount), int) and not isinstance(
            cast("object", value.amount), bool
        )
        fits = whole and re.fullmatch("[A-Za-z]{3}", value.currency) is not None
        return None if fits else "takes an amount in whole cents, and a currency of three letters"
    if key.type != "string":
        return "takes no link"
    if re.fullmatch(r"https?://\S+", value.url) is None:
        return "takes a link that begins with http:// or https://"
    return _length_fault(value.url) or _length_fault(value.value)


def _date_fault(value: object) -> str | None:
    if isinstance(value, datetime):
        if value.tzinfo is None:
            return "takes a datetime with a time zone, as `datetime.now(UTC)` has: this one could be any of 24 hours"
        return None if 0 <= value.timestamp() <= _LATEST_SECOND else "takes a time of the years 1970 to 2100"
    if isinstance(value, date):
        return None if 1970 <= value.year < 2100 else "takes a day of the years 1970 to 2099"
    hint = ": a number could be milliseconds" if isinstance(value, int | float) else ""
    return f"takes a datetime or a date, not {_kind_text(value)}{hint}"


def _number_fault(key: Key, value: object) -> str | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return f"takes a number, not {_kind_text(value)}"
    if not math.isfinite(value):
        return "takes a finite number"
    if key.type == "integer" and not (isinstance(value, int) or value.is_integer()):
        return "takes a whole number"
    return None


def _text_fault(key: Key, value: object) -> str | None:
    if not isinstance(value, str):
        return f"takes a text, not {_kind_text(value)}"
    if (fault := _length_fault(value)) is not None:
        return fault
    if key.options and value not in key.options:
        return f"takes {', '.join(key.options)}; not {value[:40]!r}"
    return None


def _length_fault(text: str) -> str | None:
    if len(text) > LONGEST_TEXT:
        return f"takes at most {LONGEST_TEXT} characters, not {len(text)}"
    if any("\ud800" <= character <= "\udfff" for character in text):
        return "takes no half of a surrogate pair, which is no character"
    return None


def _kind_text(value: object) -> str:
    """The kind of a value, without the value: it may be somebody's."""
    return "a text" if isinstance(value, str) else f"a value of the type {type(value).__name__}"


def _wire_value(value: object, timezone: ZoneInfo) -> object:
    """The JSON of a value: dates in Unix seconds, a day at its beginning in the time zone."""
    if isinstance(value, datetime):
        return math.floor(value.timestamp())
    if isinstance(value, date):
        return math.floor(datetime.combine(value, time_of_day(), timezone).timestamp())
    if isinstance(value, RichLink):
        return {"url": value.url, "value": value.value}
    if isinstance(value, Money):
        return {"amount": value.amount, "currency": value.currency}
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def _wire_record(attributes: Attributes | None, timezone: ZoneInfo) -> dict[str, Any]:
    """Intercom's own attributes at the top, the others among `custom_attributes`, as its API takes them."""
    if not isinstance(cast("object", attributes), Attributes | None):
        raise InvalidValue(
            f"attributes are a record such as `ContactAttributes`, not {_kind_text(attributes)}"
        )
    record: dict[str, Any] = {}
    custom: dict[str, Any] = {}
    for key, value in [] if attributes is None else _values_by_key(attributes):
        (custom if key.custom else record)[key.name] = _wire_value(value, timezone)
    return record | ({"custom_attributes": custom} if custom else {})


# --- calls ----------------------------------------------------------------------------

API_VERSION: Final = "2.16"
Region = Literal["us", "eu", "au"]
_HOSTS: Mapping[Region, str] = {
    "us": "https://api.intercom.io",
    "eu": "https://api.eu.intercom.io",
    "au": "https://api.au.intercom.io",
}
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
TRIES: Final = 4
_FIRST_PAUSE = 0.25
_PATIENCE = 60.0  # seconds for one answer; a call that has waited so long is not repeated
_LARGEST_ANSWER = 64 * 1024 * 1024
_TIMEOUT = httpx.Timeout(30.0, connect=10.0)
_PARALLELISM = 20
_NEVER_SENT = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
)
# What is read of an answer's headers.
_HEADERS = ("date", "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-request-id")
_JITTER = random.Random()
_EXISTING = re.compile(r"A contact matching those details already exists with id=(\w+)")


@dataclass(frozen=True, slots=True)
class _Request:
    method: str
    path: str
    body: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    content: bytes


@dataclass(frozen=True, slots=True)
class _Lost:
    """A call without an answer; of the exception nothing is kept, which would hold the request and its token."""

    reason: str
    maybe_done: bool


Signal = threading.Event | asyncio.Event
# A flow is the course of one task, without input and output: it yields a request, seconds to wait, or the end of an
# earlier task to wait for, and is sent the answer. So the clients with and without `await` do the same.
_Step = _Request | float | Signal
_Result = TypeVar("_Result")
_Flow = Generator[_Step, "_Answer | _Lost | None", _Result]
Person = Mapping[str, str]


class _Bearer(httpx.Auth):
    """Puts the token on a request as it is sent; nothing else holds it, and nothing shows it."""

    __slots__ = ("_secret",)

    def __init__(self, token: str) -> None:
        if re.fullmatch("[!-~]+", token) is None:
            raise ValueError("the token is empty, or holds characters that no token has")
        self._secret = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Authorization"] = f"Bearer {self._secret}"
        yield request

    def conceal(self, text: str) -> str:
        """The text without the token, which whoever answers may repeat."""
        return text.replace(self._secret, "***") if len(self._secret) >= 4 else text

    def concealed_answer(self, response: httpx.Response, content: bytes) -> _Answer:
        headers = {
            name: self.conceal(response.headers[name]) for name in _HEADERS if name in response.headers
        }
        if len(self._secret) >= 4:
            content = content.replace(self._secret.encode(), b"***")
        return _Answer(response.status_code, headers, content)

    def __repr__(self) -> str:
        return "_Bearer(***)"


class _Calls:
    """The course of every task of one client, and what they share: the rate gate, and who goes first."""

    def __init__(
        self, bearer: _Bearer, timezone: str, parallelism: int, signal: Callable[[], Signal]
    ) -> None:
        if parallelism < 1:
            raise ValueError("`parallelism` is at least 1")
        self._bearer = bearer
        self._timezone = ZoneInfo(timezone)
        self._places = _Places(parallelism, signal)
        self._gate = RateGate()
        self._contacts = _Order(signal)
        self._companies = _Order(signal)

    def update_contact(
        self, attributes: Attributes | None, *, external_id: str | None, contact_id: str | None
    ) -> _Flow[str]:
        """Changes the contact, or makes the user of an external id that there is none of. Gives Intercom's id."""
        person = _identifiers(external_id=external_id, id=contact_id)
        record = _wire_record(attributes, self._timezone)
        if contact_id is None and record.get("role") == "lead":
            raise InvalidValue(
                "a lead has no external id but the one that Intercom gives it: name it by its `id`"
            )
        with self._contacts.turn(person) as ahead:
            yield from ahead
            if contact_id is None:
                contact_id = yield from self._find_contact(person["external_id"])
                if contact_id is None:
                    return (yield from self._make_contact(person["external_id"], record))
            elif external_id is not None:
                record["external_id"] = external_id
            if record:
                yield from self._call(_Request("PUT", _contact_path(contact_id), record))
            return contact_id

    def update_company(self, attributes: Attributes | None, *, company_id: str) -> _Flow[str]:
        """Changes the company, or makes it; gives Intercom's id."""
        record = _wire_record(attributes, self._timezone)
        with self._companies.turn(_identifiers(company_id=company_id)) as ahead:
            yield from ahead
            answer = yield from self._call(
                _Request("POST", "/companies", {"company_id": company_id, **record})
            )
            return _text(answer, "id")

    def add_to_company(
        self, *, company_id: str, external_id: str | None, contact_id: str | None
    ) -> _Flow[None]:
        """Makes the contact one of the company's; both have to be there."""
        company, person = (
            _identifiers(company_id=company_id),
            _identifiers(external_id=external_id, id=contact_id),
        )
        with self._contacts.turn(person) as ahead:
            yield from [*ahead, *self._companies.under_way(company)]
            if contact_id is None:
                contact_id = yield from self._find_contact(person["external_id"])
                if contact_id is None:
                    raise NotFound("there is no user of that external id", status=404)
            found = yield from self._call(
                _Request("GET", f"/companies?company_id={_path_element(company_id)}")
            )
            body = {"id": _company_id(found)}
            yield from self._call(_Request("POST", f"{_contact_path(contact_id)}/companies", body))

    def send_event(
        self,
        occurrence: Event,
        *,
        external_id: str | None,
        contact_id: str | None,
        email: str | None,
        created_at: datetime | None,
    ) -> _Flow[None]:
        """Sends the event once the updates that began before it are done, those of other people aside."""
        if not isinstance(cast("object", occurrence), Event):
            raise InvalidValue(f"an event is made by its function, not {_kind_text(occurrence)}")
        person = _identifiers(external_id=external_id, id=contact_id, email=email)
        wire = {"external_id": "user_id", "id": "id", "email": "email"}
        if created_at is not None and (fault := _date_fault(created_at)) is not None:
            raise InvalidValue(f"`created_at` {fault}")
        moment = datetime.now(UTC) if created_at is None else created_at
        # The time is part of what makes two events one: a second try repeats it.
        body: dict[str, Any] = {
            "event_name": occurrence.name,
            "created_at": _wire_value(moment, self._timezone),
            **{wire[kind]: value for kind, value in person.items()},
        }
        if occurrence.metadata:
            body["metadata"] = {
                key.name: _wire_value(value, self._timezone) for key, value in occurrence.metadata
            }
        yield from self._contacts.under_way(person)
        yield from self._companies.under_way(person)
        yield from self._call(_Request("POST", "/events", body))

    def _find_contact(self, external_id: str) -> _Flow[str | None]:
        try:
            answer = yield from self._call(
                _Request("GET", f"/contacts/find_by_external_id/{_path_element(external_id)}")
            )
        except NotFound:
            return None
        return _text(answer, "id")

    def _make_contact(self, external_id: str, record: Mapping[str, Any]) -> _Flow[str]:
        given = {key: value for key, value in record.items() if value is not None}
        try:
            answer = yield from self._call(
                _Request("POST", "/contacts", {"external_id": external_id, **given})
            )
            return _text(answer, "id")
        except Refused as error:
            if error.status != 409:
                raise
            conflict = error
        # Made by somebody else, or by a try whose answer was lost.
        contact_id = yield from self._find_contact(external_id)
        if contact_id is None:
            contact_id = yield from self._find_namesake(conflict)
        yield from self._call(
            _Request("PUT", _contact_path(contact_id), {**record, "external_id": external_id})
        )
        return contact_id

    def _find_namesake(self, conflict: Refused) -> _Flow[str]:
        """The user with the same address, named by the refusal: it gets the external id, where it has none."""
        named = _EXISTING.fullmatch(conflict.message)
        if named is None:
            raise conflict
        contact = yield from self._call(_Request("GET", _contact_path(named[1])))
        if contact.get("external_id"):
            raise conflict
        return named[1]

    def _call(self, request: _Request) -> _Flow[dict[str, Any]]:
        """The JSON object of an answer. Every call may be made twice for once: a read, a change of what it names, a
        create that is refused the second time, an event of the same time."""
        patience = time.monotonic() + _PATIENCE
        attempt = 0
        maybe_done = False
        while True:
            attempt += 1
            outcome = yield from self._send(request)
            result = self._read(request, outcome)
            if not isinstance(result, IntercomError):
                return result
            # What an earlier try may have done is not undone by the refusal of a later one.
            result.maybe_done = maybe_done = maybe_done or result.maybe_done
            late = isinstance(result, Unreachable) and time.monotonic() >= patience
            if attempt == TRIES or late or not _may_help_to_repeat(result):
                raise result
            yield _FIRST_PAUSE * 2 ** (attempt - 1) * _JITTER.uniform(1, 1.5)

    def _send(self, request: _Request) -> _Flow[_Answer | _Lost]:
        headers: Mapping[str, str] | None = None
        with self._places.take() as ahead:
            yield from ahead
            yield from self._wait_at_the_gate()
            try:
                outcome = yield request
                assert outcome is not None, "a request is answered, or lost"
                if isinstance(outcome, _Answer):
                    headers = outcome.headers
                return outcome
            finally:
                self._gate.leave(headers)

    def _wait_at_the_gate(self) -> _Flow[None]:
        waited = 0.0
        while (pause := self._gate.enter(force=waited >= RateGate.LONGEST_WAIT)) > 0:
            pause = min(pause, RateGate.LONGEST_WAIT - waited)
            yield pause
            waited += pause

    def _read(self, request: _Request, outcome: _Answer | _Lost) -> dict[str, Any] | IntercomError:
        """The JSON object of a success, empty for an empty answer; else why there is none."""
        # Without what the application calls a person or a company, which may be somebody's address.
        call = f"{request.method} {re.split('/find_by_external_id/|[?]', request.path)[0]}"
        writes = request.method != "GET"
        if isinstance(outcome, _Lost):
            return Unreachable(f"{outcome.reason}: {call}", maybe_done=writes and outcome.maybe_done)
        data: Any = None
        with suppress(ValueError, RecursionError):
            data = json.loads(outcome.content) if outcome.content else {}
        body = cast("dict[str, Any]", data) if isinstance(data, dict) else None
        if 200 <= outcome.status < 300:
            if body is not None:
                return body
            message = f"the answer to {call} is no JSON object: status {outcome.status}"
            return UnexpectedAnswer(message, status=outcome.status, maybe_done=writes)
        return self._refusal(call, outcome, body or {}, writes=writes)

    def _refusal(self, call: str, answer: _Answer, body: dict[str, Any], *, writes: bool) -> IntercomError:
        message, request_id = _error_messages(body)
        message = self._bearer.conceal(message or f"status {answer.status} for {call}")
        request_id = self._bearer.conceal(request_id or answer.headers.get("x-request-id", "")) or None
        kinds: dict[int, type[IntercomError]] = {
            401: Unauthorized,
            403: Unauthorized,
            404: NotFound,
            429: RateLimited,
        }
        if 400 <= answer.status < 500:
            return kinds.get(answer.status, Refused)(message, status=answer.status, request_id=request_id)
        return UnexpectedAnswer(
            message, status=answer.status, request_id=request_id, maybe_done=writes and answer.status >= 500
        )


def _may_help_to_repeat(error: IntercomError) -> bool:
    """A refusal and a redirect stay what they are."""
    if isinstance(error, UnexpectedAnswer):
        return error.status is None or not 300 <= error.status < 400
    return isinstance(error, RateLimited | Unreachable)


def _error_messages(body: Mapping[str, Any]) -> tuple[str, str | None]:
    """The messages of an `error.list` and its request id."""
    try:
        text = "; ".join(str(error["message"]) for error in body["errors"])
    except (KeyError, TypeError):
        text = ""
    request_id = body.get("request_id")
    printable = "".join(character if character.isprintable() else "?" for character in text)
    return printable, request_id if isinstance(request_id, str) else None


def _lost_call(error: httpx.RequestError) -> _Lost:
    never_sent = isinstance(error, _NEVER_SENT)
    if never_sent:
        reason = "Intercom cannot be reached"
    elif isinstance(error, httpx.TimeoutException):
        reason = "Intercom did not answer in time"
    else:
        reason = "the connection to Intercom was closed without a whole answer"
    return _Lost(reason, maybe_done=not never_sent)


def _identifiers(**given: str | None) -> dict[str, str]:
    found = {kind: value for kind, value in given.items() if value is not None}
    if not found:
        raise InvalidValue(f"nobody is named: give `{'`, `'.join(given)}`")
    for kind, value in found.items():
        if not isinstance(cast("object", value), str):
            raise InvalidValue(f"`{kind}` takes a text, not {_kind_text(value)}")
        if not value.strip():
            raise InvalidValue(f"`{kind}` is empty")
        if (fault := _length_fault(value)) is not None:
            raise InvalidValue(f"`{kind}` {fault}")
    return found


def _contact_path(contact_id: str) -> str:
    return f"/contacts/{_path_element(contact_id)}"


def _path_element(identifier: str) -> str:
    """An identifier as one element of a path: a dot alone would be the folder above it."""
    return quote(identifier, safe="").replace(".", "%2E")


def _text(answer: Mapping[str, Any], key: str) -> str:
    value = answer.get(key)
    if not isinstance(value, str):
        raise UnexpectedAnswer(f"Intercom's answer has no `{key}`", maybe_done=True)
    return value


def _company_id(answer: Mapping[str, Any]) -> str:
    """Intercom's id in the answer for one `company_id`: the company itself, or a list of one."""
    companies = answer.get("data")
    if isinstance(companies, list) and companies and isinstance(companies[0], dict):
        return _text(cast("dict[str, Any]", companies[0]), "id")
    return _text(answer, "id")


class _Order:
    """The updates under way, so that what follows for the same person or company waits for them."""

    def __init__(self, signal: Callable[[], Signal]) -> None:
        self._signal = signal
        self._lock = threading.Lock()
        self._updates: dict[Signal, Person] = {}

    @contextmanager
    def turn(self, person: Person) -> Generator[list[Signal]]:
        """An update's turn: the ends of the earlier ones that it has to wait for."""
        end = self._signal()
        with self._lock:
            ahead = self._that_may_concern(person)
            self._updates[end] = person
        try:
            yield ahead
        finally:
            with self._lock:
                del self._updates[end]
            end.set()

    def under_way(self, person: Person) -> list[Signal]:
        """The ends of the updates under way that may be of this person."""
        with self._lock:
            return self._that_may_concern(person)

    def _that_may_concern(self, person: Person) -> list[Signal]:
        """All but those of somebody who is known to be another: of another value of the same identifier."""
        return [
            end
            for end, other in self._updates.items()
            if not (shared := person.keys() & other.keys())
            or any(person[kind] == other[kind] for kind in shared)
        ]


class _Places:
    """So many calls are under way at once; the others wait, first come first served."""

    def __init__(self, count: int, signal: Callable[[], Signal]) -> None:
        self._free = count
        self._signal = signal
        self._lock = threading.Lock()
        self._waiting: deque[Signal] = deque()

    @contextmanager
    def take(self) -> Generator[list[Signal]]:
        """A place while the block runs: what it has to wait for first."""
        turn = self._signal()
        with self._lock:
            if self._free > 0:
                self._free -= 1
                turn.set()
            else:
                self._waiting.append(turn)
        try:
            yield [] if turn.is_set() else [turn]
        finally:
            with self._lock:
                if not turn.is_set():  # given up before its turn came
                    self._waiting.remove(turn)
                elif self._waiting:
                    self._waiting.popleft().set()
                else:
                    self._free += 1


class RateGate:
    """Holds calls back once Intercom's window of 10 seconds has no place left, as its answers tell.

    The places of a window are those that the lowest answer left, less the calls under way. Its end is so many seconds
    from the answer, by the answer's own `Date`: this machine's clock may be wrong.
    """

    WINDOW: Final = 10.0
    LONGEST_WAIT: Final = 11.0
    _SHORTEST_WAIT = 0.01

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, today: Callable[[], float] = time.time
    ) -> None:
        self._clock = clock
        self._today = today
        self._lock = threading.Lock()
        self._under_way = 0
        self._limit: int | None = None
        self._remaining: int | None = None  # None while nothing is known of the window
        self._reset: float = 0.0  # names the window: its end as Intercom writes it
        self._ends: float = 0.0  # its end by `clock`
        self._guessed = False  # it has ended, and no answer told of the next one yet

    def enter(self, *, force: bool = False) -> float:
        """0.0 with a place taken, else the seconds until it is worth asking again."""
        with self._lock:
            left = self._ends - self._clock()
            if self._remaining is not None and left <= 0:
                self._remaining, self._ends, left = self._limit, self._clock() + self.WINDOW, self.WINDOW
                self._guessed = True
            if force or self._remaining is None or self._remaining > self._under_way:
                self._under_way += 1
                return 0.0
            return max(min(left, self._SHORTEST_WAIT) if self._remaining > 0 else left, self._SHORTEST_WAIT)

    def leave(self, headers: Mapping[str, str] | None) -> None:
        """Takes in what an answer says of the window; None for a call that got none."""
        with self._lock:
            self._under_way = max(self._under_way - 1, 0)
            window = None if headers is None else _window(headers)
            if headers is None or window is None:
                return
            limit, remaining, reset = window
            self._limit = limit or self._limit
            left = min(max(reset - self._moment(headers), 0.0), self.WINDOW)
            same = reset == self._reset and self._remaining is not None
            if same and not self._guessed:
                self._remaining = min(self._remaining or 0, remaining)  # a late answer cannot raise it
            elif (
                reset > self._reset
                or self._remaining is None
                or self._clock() >= self._ends
                or (same and left > 0)
            ):
                self._remaining, self._reset, self._ends = remaining, reset, self._clock() + left
                self._guessed = False

    def _moment(self, headers: Mapping[str, str]) -> float:
        """When an answer was given, in Unix seconds; this machine's clock tells the part of a second."""
        today = self._today()
        try:
            answered = parsedate_to_datetime(headers["date"]).timestamp()
        except (KeyError, ValueError, TypeError, OverflowError):
            return today
        return min(max(today, answered), answered + 1) if abs(today - answered) < 2 else answered


def _window(headers: Mapping[str, str]) -> tuple[int | None, int, float] | None:
    """Limit, remaining and reset; None where they make no sense."""
    try:
        remaining = int(headers["x-ratelimit-remaining"])
        reset = float(headers["x-ratelimit-reset"])
        limit = int(headers.get("x-ratelimit-limit", "0"))
    except (KeyError, ValueError):
        return None
    return (limit if limit > 0 else None, remaining, reset) if math.isfinite(reset) else None


# --- clients --------------------------------------------------------------------------

ContactT = TypeVar("ContactT", bound=Attributes)
CompanyT = TypeVar("CompanyT", bound=Attributes)


class _Connection:
    """Carries flows out, a call at a time in each thread that has one."""

    def __init__(
        self,
        token: str,
        region: Region,
        base_url: str | None,
        timezone: str,
        parallelism: int,
        transport: httpx.BaseTransport | None,
    ) -> None:
        bearer, url = _Bearer(token), _checked_url(region, base_url)
        self.calls = _Calls(bearer, timezone, parallelism, threading.Event)
        self._bearer = bearer
        self._http = httpx.Client(**_settings(bearer, url), transport=transport)

    def close(self) -> None:
        self._http.close()

    def run(self, flow: _Flow[_Result]) -> _Result:
        try:
            step = next(flow)
            while True:
                step = flow.send(self._perform(step))
        except StopIteration as end:
            result: _Result = end.value
            return result
        finally:
            flow.close()

    def _perform(self, step: _Step) -> _Answer | _Lost | None:
        if isinstance(step, _Request):
            return self._exchange(step)
        if isinstance(step, threading.Event):
            step.wait()
        elif isinstance(step, float):
            time.sleep(step)
        return None

    def _exchange(self, request: _Request) -> _Answer | _Lost:
        body = _Body()
        try:
            with self._http.stream(request.method, request.path, content=_content(request)) as response:
                for chunk in response.iter_bytes():
                    if (lost := body.add(chunk)) is not None:
                        return lost
        except httpx.RequestError as error:
            return _lost_call(error)
        return self._bearer.concealed_answer(response, bytes(body.content))


class _AsyncConnection:
    """The same with `await`."""

    def __init__(
        self,
        token: str,
        region: Region,
        base_url: str | None,
        timezone: str,
        parallelism: int,
        transport: httpx.AsyncBaseTransport | None,
    ) -> None:
        bearer, url = _Bearer(token), _checked_url(region, base_url)
        self.calls = _Calls(bearer, timezone, parallelism, asyncio.Event)
        self._bearer = bearer
        self._http = httpx.AsyncClient(**_settings(bearer, url), transport=transport)
        self._loop: asyncio.AbstractEventLoop | None = None

    async def close(self) -> None:
        await self._http.aclose()

    async def run(self, flow: _Flow[_Result]) -> _Result:
        # Connections, and calls that wait for each other, belong to the loop that began them.
        loop = asyncio.get_running_loop()
        self._loop = self._loop or loop
        if self._loop is not loop:
            flow.close()
            message = "this client belongs to the event loop that used it first: make one for each loop"
            raise RuntimeError(message)
        try:
            step = next(flow)
            while True:
                step = flow.send(await self._perform(step))
        except StopIteration as end:
            result: _Result = end.value
            return result
        finally:
            flow.close()

    async def _perform(self, step: _Step) -> _Answer | _Lost | None:
        if isinstance(step, _Request):
            return await self._exchange(step)
        if isinstance(step, asyncio.Event):
            await step.wait()
        elif isinstance(step, float):
            await asyncio.sleep(step)
        return None

    async def _exchange(self, request: _Request) -> _Answer | _Lost:
        body = _Body()
        try:
            async with self._http.stream(request.method, request.path, content=_content(request)) as response:
                async for chunk in response.aiter_bytes():
                    if (lost := body.add(chunk)) is not None:
                        return lost
        except httpx.RequestError as error:
            return _lost_call(error)
        return self._bearer.concealed_answer(response, bytes(body.content))


class _Body:
    """The body of an answer, which neither trickles in without end nor is larger than any of Intercom's."""

    def __init__(self) -> None:
        self.content = bytearray()
        self._deadline = time.monotonic() + _PATIENCE

    def add(self, chunk: bytes) -> _Lost | None:
        """Takes a part of it in; a lost call where that is too late, or too much."""
        self.content += chunk
        if len(self.content) > _LARGEST_ANSWER:
            return _Lost("Intercom's answer is too large", maybe_done=True)
        if time.monotonic() > self._deadline:
            return _Lost("Intercom did not answer in time", maybe_done=True)
        return None


def _content(request: _Request) -> bytes | None:
    return None if request.body is None else json.dumps(request.body).encode()


def _settings(bearer: _Bearer, url: httpx.URL) -> dict[str, Any]:
    return {
        "base_url": url,
        "auth": bearer,
        "timeout": _TIMEOUT,
        "follow_redirects": False,  # the token goes nowhere else
        "trust_env": url.host not in _LOOPBACK,  # no proxy stands before this machine itself
        "headers": {
            "Accept": "application/json",
            "Content-Type": "application/json",
            "Intercom-Version": API_VERSION,
            "User-Agent": "intercom-iac-generated",
        },
    }


def _checked_url(region: Region, base_url: str | None) -> httpx.URL:
    """Raises `ValueError` for an address that the token must not go to."""
    if region not in _HOSTS:
        raise ValueError(f"`region` is one of {', '.join(_HOSTS)}")
    url = httpx.URL(base_url or _HOSTS[region])
    if not url.host or (url.scheme != "https" and not (url.scheme == "http" and url.host in _LOOPBACK)):
        raise ValueError("`base_url` begins with https://; with http:// only where it is this machine")
    return url


class Contacts(Generic[ContactT]):
    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def update(
        self,
        attributes: ContactT | None = None,
        *,
        external_id: str | None = None,
        id: str | None = None,
    ) -> str:
        """Changes what is given of one contact, and gives Intercom's id of it.

        `external_id` is the application's own id: the user is made where there is none. `id` is Intercom's, and with
        both the contact gets that external id. Raises `InvalidValue` and `IntercomError`.
        """
        calls = self._connection.calls
        return self._connection.run(calls.update_contact(attributes, external_id=external_id, contact_id=id))


class Companies(Generic[CompanyT]):
    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def update(self, attributes: CompanyT | None = None, *, company_id: str) -> str:
        """Changes what is given of one company, or makes it, and gives Intercom's id of it.

        `company_id` is the application's own id. Raises `InvalidValue` and `IntercomError`.
        """
        return self._connection.run(self._connection.calls.update_company(attributes, company_id=company_id))

    def add_contact(self, *, company_id: str, external_id: str | None = None, id: str | None = None) -> None:
        """Makes a contact one of the company's. Raises `NotFound` where either is not there, and `IntercomError`."""
        calls = self._connection.calls
        flow = calls.add_to_company(company_id=company_id, external_id=external_id, contact_id=id)
        self._connection.run(flow)


class Events:
    def __init__(self, connection: _Connection) -> None:
        self._connection = connection

    def send(
        self,
        event: Event,
        *,
        external_id: str | None = None,
        id: str | None = None,
        email: str | None = None,
        created_at: datetime | None = None,
    ) -> None:
        """Sends what a person did, now or at `created_at`, after the updates of that person that are under way.

        The contact has to be there already: `NotFound` where it is not. Raises `InvalidValue` and `IntercomError`.
        """
        flow = self._connection.calls.send_event(
            event, external_id=external_id, contact_id=id, email=email, created_at=created_at
        )
        self._connection.run(flow)


class Client(Generic[ContactT, CompanyT]):
    """Sends data to one workspace. Threads may share it; `close` it, or use it in a `with`."""

    def __init__(
        self,
        token: str,
        *,
        region: Region = "us",
        base_url: str | None = None,
        timezone: str = "UTC",
        parallelism: int = _PARALLELISM,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        """`timezone` is the workspace's: a `date` is sent as the beginning of that day there.

        `base_url` is another address than the region's, such as that of a test server. `parallelism` is how many
        calls are under way at once, at most. `transport` takes the place of the network in tests.

        Raises `ValueError` for a token or an address of no use.
        """
        self._connection = _Connection(token, region, base_url, timezone, parallelism, transport)
        self.contacts: Contacts[ContactT] = Contacts(self._connection)
        self.companies: Companies[CompanyT] = Companies(self._connection)
        self.events = Events(self._connection)

    def close(self) -> None:
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncContacts(Generic[ContactT]):
    def __init__(self, connection: _AsyncConnection) -> None:
        self._connection = connection

    async def update(
        self,
        attributes: ContactT | None = None,
        *,
        external_id: str | None = None,
        id: str | None = None,
    ) -> str:
        """As `Contacts.update`."""
        calls = self._connection.calls
        return await self._connection.run(
            calls.update_contact(attributes, external_id=external_id, contact_id=id)
        )


class AsyncCompanies(Generic[CompanyT]):
    def __init__(self, connection: _AsyncConnection) -> None:
        self._connection = connection

    async def update(self, attributes: CompanyT | None = None, *, company_id: str) -> str:
        """As `Companies.update`."""
        calls = self._connection.calls
        return await self._connection.run(calls.update_company(attributes, company_id=company_id))

    async def add_contact(
        self, *, company_id: str, external_id: str | None = None, id: str | None = None
    ) -> None:
        """As `Companies.add_contact`."""
        calls = self._connection.calls
        flow = calls.add_to_company(company_id=company_id, external_id=external_id, contact_id=id)
        await self._connection.run(flow)


class AsyncEvents:
    def __init__(self, connection: _AsyncConnection) -> None:
        self._connection = connection

    async def send(
        self,
        event: Event,
        *,
        external_id: str | None = None,
        id: str | None = None,
        email: str | None = None,
        created_at: datetime | None = None,
    ) -> None:
        """As `Events.send`."""
        flow = self._connection.calls.send_event(
            event, external_id=external_id, contact_id=id, email=email, created_at=created_at
        )
        await self._connection.run(flow)


class AsyncClient(Generic[ContactT, CompanyT]):
    """`Client` for asyncio: one for each event loop; `await close()` it, or use it in an `async with`."""

    def __init__(
        self,
        token: str,
        *,
        region: Region = "us",
        base_url: str | None = None,
        timezone: str = "UTC",
        parallelism: int = _PARALLELISM,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """As `Client`."""
        self._connection = _AsyncConnection(token, region, base_url, timezone, parallelism, transport)
        self.contacts: AsyncContacts[ContactT] = AsyncContacts(self._connection)
        self.companies: AsyncCompanies[CompanyT] = AsyncCompanies(self._connection)
        self.events = AsyncEvents(self._connection)

    async def close(self) -> None:
        await self._connection.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
