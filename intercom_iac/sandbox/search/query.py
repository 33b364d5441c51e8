"""A search query as a test on one contact (API 2.16 description, POST /contacts/search).

A contact is a flat mapping from field (`location.city`, `custom_attributes.plan_type`) to a value that is set.
Errors that the description mentions without a code are `parameter_invalid`; their texts are assumptions.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from ..settings.switches import Switches
from ..storage.emails import fold_email
from ..wire.errors import ApiError, invalid_parameter
from ..wire.json_values import (
    JsonObject,
    as_integer,
    as_list,
    as_moment,
    as_object,
    in_calendar,
)

Contact = Mapping[str, Any]
Test = Callable[[Contact], bool]

EMAIL_FIELDS = ("email", "email_domain")
GROUP_OPERATORS = ("AND", "OR")
LARGEST_GROUP = 15
DEEPEST_GROUP = 2

TEXT_OPERATORS = frozenset(("=", "!=", "IN", "NIN", "~", "!~", "^", "$"))
NUMBER_OPERATORS = frozenset(("=", "!=", "IN", "NIN", "<", ">", "<=", ">="))
LINK_OPERATORS = frozenset(("=", "!="))
OPERATORS = {
    "string": TEXT_OPERATORS,
    "boolean": frozenset(("=", "!=", "IN", "NIN")),
    "integer": NUMBER_OPERATORS,
    "float": NUMBER_OPERATORS,  # not listed in the description; as integer is an assumption
    "date": frozenset(("=", "<", ">")),
    "tag": LINK_OPERATORS,
    "segment": LINK_OPERATORS,  # which operators segment_id takes is not established; as tag_id is an assumption
}


class SearchFields:
    """What a query may name: fields with their types, and tags and segments with their contacts.

    `types` maps each searchable field to its type. `links` returns, for `tag` or `segment` and an id, the `seq`
    of every contact that has it. `timezone` and `switches` decide what some tests mean.
    """

    def __init__(
        self,
        types: Mapping[str, str],
        links: Callable[[str, str], AbstractSet[int]],
        timezone: ZoneInfo,
        switches: Switches,
    ) -> None:
        self._types = types
        self._links = links
        self.timezone = timezone
        self.switches = switches

    def type_of(self, name: object) -> str:
        """The type of a searchable field; 400 `invalid_field` for another (text known from the company search)."""
        if not isinstance(name, str) or name not in self._types:
            raise ApiError(400, "invalid_field", f"{name} is not a valid search field")
        return self._types[name]

    def linked_contacts(self, kind: str, link_id: str) -> AbstractSet[int]:
        """The `seq` of every contact that has the tag or is in the segment."""
        return self._links(kind, link_id)


def compile_query(query: object, fields: SearchFields) -> Test:
    """The query as a test. Raises `ApiError` where Intercom would refuse the query."""
    return _compile_node(_read_object(query, "query"), fields, 1)


def iterate_filters(query: object) -> Iterator[JsonObject]:
    """The filters of a query that `compile_query` accepts."""
    node = as_object(query) or {}
    if "field" in node:
        yield node
        return
    for item in as_list(node.get("value")) or ():
        yield from iterate_filters(item)


def value_fields(query: object, fields: SearchFields) -> tuple[str, ...]:
    """The fields whose values a query asks for; tags and segments are looked up by the contact instead."""
    names = dict.fromkeys(str(node["field"]) for node in iterate_filters(query))
    return tuple(name for name in names if fields.type_of(name) not in ("tag", "segment"))


def day_bounds(timestamp: int, timezone: ZoneInfo) -> tuple[int, int]:
    """The first second of the timestamp's calendar day in a time zone, and of the day after."""
    day = datetime.fromtimestamp(timestamp, timezone).date()
    start, end = (
        datetime(date.year, date.month, date.day, tzinfo=timezone) for date in (day, day + timedelta(days=1))
    )
    return int(start.timestamp()), int(end.timestamp())


def _compile_node(node: JsonObject, fields: SearchFields, depth: int) -> Test:
    if "field" in node:
        return _compile_filter(node, fields)
    operator = node.get("operator")
    if operator not in GROUP_OPERATORS:
        raise invalid_parameter("a group's operator must be one of: AND, OR")
    items = as_list(node.get("value"))
    if not items:
        raise invalid_parameter("a group's value must be a list of filters")
    if len(items) > LARGEST_GROUP:
        raise invalid_parameter(f"a group may have at most {LARGEST_GROUP} filters")
    members = [_read_object(item, "a filter") for item in items]
    groups = sum("field" not in member for member in members)
    if groups and depth == DEEPEST_GROUP:
        raise invalid_parameter(f"groups may be nested at most {DEEPEST_GROUP} deep")
    if groups not in (0, len(members)) and not fields.switches.mixed_groups_accepted:
        raise invalid_parameter("a group may not hold both filters and groups")
    return _combine_tests(
        [_compile_node(member, fields, depth + 1) for member in members], require_all=operator == "AND"
    )


def _combine_tests(tests: list[Test], *, require_all: bool) -> Test:
    if require_all:
        return lambda contact: all(test(contact) for test in tests)
    return lambda contact: any(test(contact) for test in tests)


def _read_object(value: object, name: str) -> JsonObject:
    content = as_object(value)
    if content is None:
        raise invalid_parameter(f"{name} must be an object")
    return content


def _compile_filter(node: JsonObject, fields: SearchFields) -> Test:
    name, operator = node["field"], node.get("operator")
    kind = fields.type_of(name)
    if not isinstance(operator, str) or operator not in OPERATORS[kind]:
        message = f"operator '{operator}' is not supported for {name}"
        raise (
            ApiError(422, "invalid_operator", message)
            if fields.switches.operators_unprocessable
            else invalid_parameter(message)
        )
    # Some clients leave a null out: the description does not list `value` among the required keys.
    value = node.get("value")
    if kind in ("tag", "segment"):
        return _link_test(kind, operator, value, fields)
    if value is None:
        return _null_test(name, operator)
    normalize = fold_email if name in EMAIL_FIELDS and fields.switches.email_search_folds_case else _identity
    if operator in ("IN", "NIN"):
        return _list_test(name, operator, kind, value, normalize)
    value = _typed_value(name, kind, value)
    if kind == "date":
        return _date_test(name, operator, value, fields.timezone)
    if operator in ("=", "!="):
        return _equal_test(name, operator, normalize(value), normalize)
    if operator in ("~", "!~", "^", "$"):
        fold = _lowercase if fields.switches.text_search_folds_case else str
        return _text_test(name, operator, value, fold)
    return _order_test(name, operator, value)


def _lowercase(text: str) -> str:
    """In lower case; a dotted capital I becomes one letter, and a final sigma is a sigma."""
    return text.replace("İ", "i").lower().replace("ς", "σ")


def _typed_value(name: str, kind: str, value: object) -> Any:
    """The value, which must be of the field's type; a JSON float is accepted for none of them.

    A date may also be digits in a text, as in the description's example, or have a fraction.
    """
    if kind == "date":
        value = as_moment(value)
    number = as_integer(value)
    matches = {
        "string": isinstance(value, str),
        "boolean": isinstance(value, bool),
        "integer": number is not None,
        "float": number is not None,
        "date": number is not None and in_calendar(number),
    }
    if not matches[kind]:
        raise invalid_parameter(
            f"the value for {name} must be of type {'integer' if kind == 'float' else kind}"
        )
    return value


def _null_test(name: str, operator: str) -> Test:
    """`= null` holds for what is not set, `!= null` for what is (deduced from the value types of the description)."""
    if operator == "=":
        return lambda contact: name not in contact
    if operator == "!=":
        return lambda contact: name in contact
    raise invalid_parameter(f"operator '{operator}' needs a value for {name}")


def _identity(value: Any) -> Any:
    return value


def _read_value(contact: Contact, name: str, normalize: Callable[[Any], Any]) -> Any:
    """A contact's value, normalized; None where it is not set."""
    value = contact.get(name)
    return None if value is None else normalize(value)


def _list_test(name: str, operator: str, kind: str, value: object, normalize: Callable[[Any], Any]) -> Test:
    items = as_list(value)
    if items is None:
        raise invalid_parameter(f"operator '{operator}' needs a list of values for {name}")
    wanted = frozenset(normalize(_typed_value(name, kind, item)) for item in items)
    if operator == "IN":
        return lambda contact: _read_value(contact, name, normalize) in wanted
    return lambda contact: _read_value(contact, name, normalize) not in wanted


def _equal_test(name: str, operator: str, value: Any, normalize: Callable[[Any], Any]) -> Test:
    """The negated operator matches a contact without a value.

    Texts are compared case-sensitively (help centre), addresses according to the switch.
    """
    if operator == "=":
        return lambda contact: _read_value(contact, name, normalize) == value
    return lambda contact: _read_value(contact, name, normalize) != value


def _text_test(name: str, operator: str, value: str, fold: Callable[[str], str]) -> Test:
    part = fold(value)

    def holds(contact: Contact) -> bool:
        text = contact.get(name)
        if text is None:
            return operator == "!~"
        folded = fold(text)
        if operator == "^":
            return folded.startswith(part)
        if operator == "$":
            return folded.endswith(part)
        return (part in folded) == (operator == "~")

    return holds


def _order_test(name: str, operator: str, bound: int) -> Test:
    def holds(contact: Contact) -> bool:
        number = contact.get(name)
        if number is None:
            return False
        if operator == "<":
            return number < bound
        if operator == ">":
            return number > bound
        return number <= bound if operator == "<=" else number >= bound

    return holds


def _date_test(name: str, operator: str, timestamp: int, timezone: ZoneInfo) -> Test:
    """`=` holds on the calendar day of the timestamp, `<` before its start, `>` from the start of the next day."""
    start, end = day_bounds(timestamp, timezone)

    def holds(contact: Contact) -> bool:
        moment = contact.get(name)
        if moment is None:
            return False
        if operator == "<":
            return moment < start
        return moment >= end if operator == ">" else start <= moment < end

    return holds


def _link_test(kind: str, operator: str, value: object, fields: SearchFields) -> Test:
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise invalid_parameter(f"the value for {kind}_id must be an id")
    # Read for the first test alone: most searches for a tag are answered by SQL.
    members = cache(lambda: fields.linked_contacts(kind, str(value)))
    if operator == "=":
        return lambda contact: contact["seq"] in members()
    return lambda contact: contact["seq"] not in members()


def sort_field(fields: SearchFields, name: object) -> str:
    """The field to sort by; a tag or a segment has no order."""
    if fields.type_of(name) in ("tag", "segment"):
        raise ApiError(400, "invalid_field", f"{name} is not a valid sort field")
    return str(name)
