"""What the generated code takes for a value, and what it sends for it."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.generating.python import runtime
from intercom_iac.generating.python.runtime import UNSET, InvalidValue, Money, RichLink, event, metadata
from intercom_iac.model import Attribute, DataType, Schema
from intercom_iac.model.payload import PayloadField, value_fault
from support.generated_python import imported_package, write_package
from support.generators import examples

UTC_ZONE = ZoneInfo("UTC")
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


SCHEMA = Schema(
    {
        (attribute.model, attribute.name): attribute
        for attribute in (
            Attribute("contact", "plan type", DataType.OPTIONS, options=("free", "pro")),
            Attribute("contact", "seats", DataType.INTEGER),
            Attribute("contact", "score", DataType.FLOAT),
            Attribute("contact", "active", DataType.BOOLEAN),
            Attribute("contact", "ends", DataType.DATE),
            Attribute("contact", "old", DataType.STRING, status="deprecated"),
        )
    }
)


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    with imported_package(write_package(SCHEMA, tmp_path_factory.mktemp("code") / "data")) as module:
        yield module


@pytest.fixture
def record(package: Any) -> Callable[..., dict[str, Any]]:
    """What is sent of values."""

    def make(timezone: str = "UTC", **values: Any) -> dict[str, Any]:
        return package.runtime._wire_record(package.ContactAttributes(**values), ZoneInfo(timezone))

    return make


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"plan_type": "trail"}, "`plan type` takes free, pro; not 'trail' (attribute.contact.plan type)"),
        ({"plan_type": 1}, "`plan type` takes a text, not a value of the type int"),
        (
            {"name": "x" * 256},
            "`name` takes at most 255 characters, not 256 (one of Intercom's own attributes)",
        ),
        ({"name": "\ud800"}, "`name` takes no half of a surrogate pair, which is no character (one of"),
        ({"name": ["a"]}, "`name` takes a text, not a value of the type list"),
        ({"role": None}, "`role` cannot be cleared: leave it out"),
        ({"seats": True}, "`seats` takes a number, not a value of the type bool"),
        ({"seats": "5"}, "`seats` takes a number, not a text"),
        ({"seats": 1.5}, "`seats` takes a whole number"),
        ({"score": float("nan")}, "`score` takes a finite number"),
        ({"score": float("inf")}, "`score` takes a finite number"),
        ({"active": 1}, "`active` takes True or False, not a value of the type int"),
        ({"active": "true"}, "`active` takes True or False, not a text"),
        ({"ends": 1769860800000}, "not a value of the type int: a number could be milliseconds"),
        ({"ends": 1769860800}, "`ends` takes a datetime or a date, not a value of the type int"),
        ({"ends": "2026-01-31"}, "`ends` takes a datetime or a date, not a text"),
        ({"ends": NOON.replace(tzinfo=None)}, "takes a datetime with a time zone"),
        (
            {"ends": datetime(2101, 1, 1, tzinfo=UTC)},
            "1970 to 2100",
        ),
        ({"ends": datetime(1969, 1, 1, tzinfo=UTC)}, "takes a time of the years 1970 to 2100"),
        ({"ends": date(2100, 1, 1)}, "takes a day of the years 1970 to 2099"),
        ({"ends": NOON, "seats": "5", "score": "6"}, "; `seats` takes a number, not a text"),
    ],
)
def test_what_is_wrong_is_an_error_before_anything_is_sent(
    package: Any, values: dict[str, Any], message: str
) -> None:
    with pytest.raises(package.InvalidValue) as raised:
        package.ContactAttributes(**values)
    assert message in str(raised.value)


def test_unset_is_left_out_and_none_clears(package: Any, record: Callable[..., Any]) -> None:
    assert record() == {}
    assert record(plan_type="pro", seats=None, name="Ada", ends=package.UNSET) == {
        "name": "Ada",
        "custom_attributes": {"plan type": "pro", "seats": None},
    }
    person = package.ContactAttributes(plan_type="pro")
    assert dataclasses.replace(person, plan_type=package.UNSET) == package.ContactAttributes()


def test_a_record_shows_what_is_given_and_stays_as_it_is(package: Any) -> None:
    person = package.ContactAttributes(plan_type="pro", seats=None)
    assert repr(person) == "ContactAttributes(plan_type='pro', seats=None)"
    assert repr(package.UNSET) == "UNSET"
    with pytest.raises(dataclasses.FrozenInstanceError):
        person.plan_type = "free"
    assert hash(person) == hash(package.ContactAttributes(plan_type="pro", seats=None))


@pytest.mark.parametrize(
    ("moment", "zone", "seconds"),
    [
        (NOON, "UTC", 1769860800),
        (NOON.replace(microsecond=999_999), "UTC", 1769860800),
        (NOON.astimezone(timezone(timedelta(hours=5, minutes=30))), "UTC", 1769860800),
        (date(2026, 1, 31), "UTC", 1769817600),
        (date(2026, 1, 31), "America/New_York", 1769817600 + 5 * 3600),
        (date(2026, 1, 31), "Pacific/Auckland", 1769817600 - 13 * 3600),
        (datetime(1970, 1, 1, tzinfo=UTC), "UTC", 0),
    ],
)
def test_a_date_is_sent_in_whole_seconds(
    record: Callable[..., Any], moment: date, zone: str, seconds: int
) -> None:
    assert record(zone, ends=moment) == {"custom_attributes": {"ends": seconds}}


def test_a_deprecated_attribute_warns_whoever_gives_it(package: Any) -> None:
    with pytest.warns(DeprecationWarning, match="`old` is deprecated") as warned:
        package.ContactAttributes(old="x")
    assert warned[0].filename == __file__


@pytest.mark.parametrize(
    ("kind", "value", "message"),
    [
        ("string", RichLink(url="ftp://x", value="x"), "takes a link that begins with http:// or https://"),
        ("string", RichLink(url="https://x.io", value="x" * 256), "takes at most 255 characters"),
        ("string", Money(amount=1, currency="eur"), "takes no amount of money"),
        ("integer", RichLink(url="https://x.io", value="x"), "takes no link"),
        (
            "float",
            Money(amount=1, currency="euro"),
            "takes an amount in whole cents, and a currency of three",
        ),
        ("integer", Money(amount=1.5, currency="eur"), "takes an amount in whole cents"),
        ("integer", None, "cannot be cleared: leave it out"),
        ("date", 1769860800000, "a number could be milliseconds"),
    ],
)
def test_metadata_takes_links_and_money_where_the_type_does(kind: Any, value: object, message: str) -> None:
    with pytest.raises(InvalidValue, match="`k` ") as raised:
        event("done", metadata(value, "k", kind))
    assert message in str(raised.value)


def test_an_event_has_ten_keys_at_most() -> None:
    values = [metadata(1, f"k{n}", "integer") for n in range(11)]
    assert len(event("done", *values[:10], metadata(UNSET, "k", "integer")).metadata) == 10
    with pytest.raises(InvalidValue, match="`done` has 11 metadata keys"):
        event("done", *values)


VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-5, 5)
    | st.integers(-(10**14), 10**14)
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(["free", "pro", "x" * 255, "x" * 256, "true", "5"])
    | st.datetimes(timezones=st.just(UTC))
    | st.datetimes()
    | st.dates()
    | st.builds(
        RichLink, url=st.sampled_from(["https://x.io/a", "x", "http://a b"]), value=st.text(max_size=3)
    )
    | st.builds(Money, amount=st.integers(), currency=st.sampled_from(["eur", "USD", "e1r", ""]))
)


@given(st.sampled_from(DataType), st.booleans(), st.booleans(), st.booleans(), VALUES)
@examples(200)
def test_what_it_sends_is_right_for_the_judge_of_all_values(
    kind: DataType, in_metadata: bool, nullable: bool, open_options: bool, value: object
) -> None:
    options = ("free", "pro") if kind is DataType.OPTIONS else ()
    key = runtime.Key(
        "k",
        kind.value,
        () if open_options else options,
        nullable=nullable and not in_metadata,
        metadata=in_metadata,
    )
    field = PayloadField(
        owner="event" if in_metadata else "contact",
        name="k",
        type=kind,
        options=options,
        open_options=open_options,
        nullable=key.nullable,
    )
    if runtime._fault(key, value) is None:
        sent = runtime._wire_value(value, UTC_ZONE)
        assert value_fault(field, json.loads(json.dumps(sent))) is None
    elif kind is not DataType.DATE and not isinstance(value, RichLink | Money | datetime | date):
        # Dates are no numbers here. What else it refuses, the judge does, but for halves of characters.
        assert value_fault(field, value) is not None or any("\ud800" <= c <= "\udfff" for c in str(value))
