"""Intercom's JSON as our values: what is unknown is passed over, what is missing is named."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from intercom_iac.diagnostics import UnexpectedResponse
from intercom_iac.model import AudiencePredicate, DataType, LiveAttribute
from intercom_iac.workspace.intercom import wire

CUSTOM = {
    "type": "data_attribute",
    "id": 12,
    "model": "contact",
    "name": "tier",
    "full_name": "custom_attributes.tier",
    "data_type": "string",
    "custom": True,
    "archived": False,
    "something_new": {"of": "tomorrow"},
}


def attributes(*items: dict[str, object]) -> tuple[LiveAttribute, ...]:
    return wire.attributes({"type": "list", "data": list(items)})


def test_a_custom_attribute_is_read_and_the_unknown_passed_over() -> None:
    assert attributes(CUSTOM) == (LiveAttribute(12, "contact", "tier", DataType.STRING),)


def test_standard_attributes_and_other_models_are_left_out() -> None:
    assert attributes({**CUSTOM, "custom": False}, {**CUSTOM, "model": "conversation"}) == ()


@pytest.mark.parametrize("options", [["a", "b"], [{"value": "a"}, {"value": "b"}]])
def test_a_list_comes_as_text_with_options(options: list[object]) -> None:
    (found,) = attributes({**CUSTOM, "options": options})
    assert (found.type, found.options) == (DataType.OPTIONS, ("a", "b"))


def test_datetime_is_a_date() -> None:
    assert attributes({**CUSTOM, "data_type": "datetime"})[0].type is DataType.DATE


@pytest.mark.parametrize("key", ["id", "model", "name", "data_type"])
def test_a_missing_field_is_named(key: str) -> None:
    broken = {name: value for name, value in CUSTOM.items() if name != key}
    if key == "model":
        assert attributes(broken) == ()
        return
    with pytest.raises(UnexpectedResponse, match=f"GET /data_attributes has no `{key}`"):
        attributes(broken)


@pytest.mark.parametrize("data", [{}, {"data": None}, {"data": "x"}])
def test_an_answer_without_its_list_is_named(data: dict[str, object]) -> None:
    with pytest.raises(UnexpectedResponse, match="`data`"):
        wire.attributes(data)


def test_the_workspace_is_the_app_of_me() -> None:
    app = {"id_code": "abc12345", "name": "Acme", "timezone": "Europe/Dublin"}
    found = wire.identity({"type": "admin", "app": app})
    assert (found.app_id, found.timezone) == ("abc12345", "Europe/Dublin")
    with pytest.raises(UnexpectedResponse, match="GET /me has no `app`"):
        wire.identity({"type": "admin"})


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("id", "abc"),
        ("id", None),
        ("id", True),
        ("id", 1.5),
        ("id", "9" * 5000),
        ("name", 5),
        ("name", None),
        ("name", "\ud800"),
        ("model", ["contact"]),
        ("data_type", {}),
        ("options", "ab"),
        ("options", ""),
        ("custom", "yes"),
        ("archived", 1),
        ("description", ["x"]),
        ("messenger_writable", "no"),
    ],
)
def test_a_field_of_the_wrong_type_is_named(key: str, value: object) -> None:
    with pytest.raises(UnexpectedResponse, match=f"GET /data_attributes has no .* in `{key}`"):
        attributes({**CUSTOM, key: value})


@pytest.mark.parametrize("option", [1, None, ["a"], {}, {"value": None}])
def test_an_option_that_is_no_text_is_named(option: object) -> None:
    with pytest.raises(UnexpectedResponse, match=r"GET /data_attributes has no .*`value`"):
        attributes({**CUSTOM, "options": [option]})


def test_an_unknown_data_type_is_named() -> None:
    with pytest.raises(UnexpectedResponse, match=r"`[^`]+` has the data type `relationship`"):
        attributes({**CUSTOM, "data_type": "relationship"})


def test_an_id_may_come_as_text_and_null_stands_for_absent() -> None:
    (found,) = attributes({**CUSTOM, "id": "12", "options": None, "description": None, "archived": None})
    assert found == LiveAttribute(12, "contact", "tier", DataType.STRING)


@pytest.mark.parametrize("item", ["x", None, 1, ["x"]])
def test_what_a_list_holds_must_be_objects(item: object) -> None:
    with pytest.raises(UnexpectedResponse, match="has no object in `data`"):
        wire.items({"data": [item]}, "data", "GET /tags")


@pytest.mark.parametrize("value", ["many", [], True, 1.5])
def test_a_number_of_pages_that_is_none_is_named(value: object) -> None:
    with pytest.raises(UnexpectedResponse, match="has no whole number in `total_pages`"):
        wire.pages({"total_pages": value}, "GET /audiences")


@pytest.mark.parametrize("data", [{}, {"total_pages": None}, {"total_pages": 1}])
def test_a_list_that_tells_no_pages_is_one(data: dict[str, object]) -> None:
    assert wire.pages(data, "GET /audiences") == 1


@pytest.mark.parametrize("read", [wire.segment, wire.tag, wire.audience])
@pytest.mark.parametrize(
    "data", [{"id": "1"}, {"id": "1", "name": 5}, {"name": "a"}, {"id": None, "name": "a"}]
)
def test_what_has_no_name_or_id_is_named(read: Callable[[object], object], data: dict[str, object]) -> None:
    with pytest.raises(UnexpectedResponse, match=r"`(name|id)`"):
        read(data)


def filters(predicates: object) -> tuple[AudiencePredicate, ...]:
    return wire.audience({"id": "1", "name": "vip", "predicates": predicates}).predicates


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "true"), (False, "false"), (None, ""), (30, "30"), (30.0, "30"), (1.5, "1.5"), ("True", "True")],
)
def test_the_value_of_a_filter_reads_as_the_audience_compiler_writes_it(value: object, text: str) -> None:
    flat = {"attribute": "custom_attributes.vip", "type": "boolean", "comparison": "eq", "value": value}
    assert filters([flat]) == (AudiencePredicate("custom_attributes.vip", "boolean", "eq", text),)


FLAT = {"attribute": "role", "type": "role", "comparison": "eq", "value": "user"}


@pytest.mark.parametrize(
    "predicates",
    [
        [{"type": "or", "predicates": [FLAT]}],
        {"type": "or", "predicates": [FLAT]},
        [{**FLAT, "value": ["user_role"]}],
        [{**FLAT, "attribute": None}],
        [[FLAT]],
        ["role"],
        [None],
    ],
)
def test_a_filter_that_is_not_flat_is_kept_and_equals_none_of_ours(predicates: object) -> None:
    from intercom_iac.compilers.audience.vocabulary import VOCABULARY

    (kept,) = filters(predicates)
    assert kept.type == wire.OTHER_FILTER
    assert kept.type not in {kind for kind, _ in VOCABULARY}


def test_a_change_within_a_group_of_filters_shows() -> None:
    assert filters([{"predicates": [FLAT]}]) != filters([{"predicates": [{**FLAT, "value": "lead"}]}])


@pytest.mark.parametrize("predicates", ["", 0, "x", False])
def test_filters_that_are_no_list_are_named(predicates: object) -> None:
    with pytest.raises(UnexpectedResponse, match="has no list in `predicates`"):
        filters(predicates)


def test_a_filter_too_deep_to_be_kept_is_named() -> None:
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(
        UnexpectedResponse, match="GET /audiences has no filter that can be read in `predicates`"
    ):
        wire.audience({"id": "1", "name": "Gold", "predicates": [{"any": deep}]})


@pytest.mark.parametrize("read", [wire.segment, wire.tag, wire.audience])
def test_an_empty_id_is_none(read: Callable[[dict[str, object]], object]) -> None:
    with pytest.raises(UnexpectedResponse, match="has no id in `id`"):
        read({"id": "", "name": "Gold"})
