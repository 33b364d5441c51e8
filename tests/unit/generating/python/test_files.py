"""What of the specs is in generated Python, under which names."""

from __future__ import annotations

import ast
import inspect
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.generating import generated_language, python_files
from intercom_iac.generating.python import runtime
from intercom_iac.generating.python.identifiers import python_identifier
from intercom_iac.model import Attribute, DataType, Event, MetadataKey, Schema
from intercom_iac.model.payload import company_shape, contact_shape
from support.generated_python import OPTIONS, imported_package, write_package
from support.generators import examples
from support.generators.schemas import schemas

PLAN = Attribute(
    "contact", "plan", DataType.OPTIONS, options=("free", "pro"), description="What they pay for."
)


def schema(*entries: Attribute | Event) -> Schema:
    return Schema(
        {(entry.model, entry.name): entry for entry in entries if isinstance(entry, Attribute)},
        {entry.name: entry for entry in entries if isinstance(entry, Event)},
    )


def module_text(*entries: Attribute | Event) -> str:
    return next(file.text for file in python_files(schema(*entries), OPTIONS) if file.path == "__init__.py")


def test_the_files_say_what_made_them() -> None:
    files = python_files(schema(PLAN), OPTIONS)
    assert [file.path for file in files] == ["__init__.py", "runtime.py"]
    for file in files:
        assert generated_language(file.text) == "python"
        assert file.text.endswith("\n")
        assert not file.text.endswith("\n\n")
        ast.parse(file.text)
    assert files == python_files(schema(PLAN), OPTIONS)
    # The runtime module is ours as it stands, and speaks of nothing of ours.
    assert files[1].text.endswith(inspect.getsource(runtime))
    assert "noqa" not in files[1].text
    assert "pyright" not in files[1].text


def test_comments_and_the_order_of_entries_leave_the_code_as_it_is(loaded: Any) -> None:
    entries = ["    plan: {type: string}", "    seats: {type: integer}"]
    texts = [
        f"version: 1\n{comment}attributes:\n  contact:\n" + "\n".join(ordered) + "\nevents: {b: {}, a: {}}\n"
        for comment, ordered in (("", entries), ("# A comment.\n", entries[::-1]))
    ]
    first, second = (python_files(loaded(text).or_raise(), OPTIONS) for text in texts)
    assert first == second


def test_intercoms_own_keys_are_those_that_may_be_sent(tmp_path: Path) -> None:
    with imported_package(write_package(schema(PLAN), tmp_path / "data")) as package:
        for record, shape, identifiers in (
            (package.ContactAttributes, contact_shape(schema()), {"id", "external_id"}),
            (package.CompanyAttributes, company_shape(schema()), {"id", "company_id"}),
        ):
            keys = {field.metadata["key"].name: field.metadata["key"] for field in fields(record)}
            sendable = {name for name, field in shape.fields.items() if field.refusal is None}
            assert {name for name, key in keys.items() if not key.custom} == sendable - identifiers
            assert {name for name, key in keys.items() if not key.custom and key.nullable} == {
                name for name in sendable - identifiers if shape.fields[name].nullable
            }


def test_what_is_archived_is_left_out() -> None:
    text = module_text(
        PLAN,
        Attribute("contact", "gone", DataType.STRING, status="archived"),
        Event("forgotten", status="archived"),
    )
    assert "gone" not in text
    assert "forgotten" not in text


def test_what_is_declared_is_told_in_docstrings() -> None:
    text = module_text(
        Attribute(
            "contact",
            "billing plan",
            DataType.STRING,
            description="What they pay for",
            owner="growth",
            source_name="billingPlan",
        ),
        Event(
            "paid",
            description="Paid an invoice",
            owner="billing",
            source_name="Order Paid",
            metadata=(MetadataKey("total", DataType.FLOAT, description="Without tax", source_name="Total"),),
        ),
    )
    tree = ast.parse(text)
    (record,) = (
        node for node in tree.body if isinstance(node, ast.ClassDef) and node.name == "ContactAttributes"
    )
    (told,) = (
        node.value.value
        for node in record.body[1:]
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    )
    assert [line.strip() for line in str(told).splitlines() if line.strip()] == [
        "What they pay for",
        "Owner: growth.",
        "In the tracking plan: billingPlan.",
        "In Intercom: billing plan.",
    ]
    (function,) = (node for node in tree.body if isinstance(node, ast.FunctionDef))
    assert (ast.get_docstring(function) or "").split("\n\n") == [
        "Paid an invoice",
        "Owner: billing.",
        "In the tracking plan: Order Paid.",
        "`total`: Without tax (in the tracking plan: Total)",
    ]


def test_options_are_a_type_that_open_ones_widen() -> None:
    source = Attribute("contact", "source", DataType.OPTIONS, options=("ads", "friend"), open_options=True)
    text = module_text(PLAN, source)
    assert 'ContactPlan = Literal[\n    "free",\n    "pro",\n]\n' in text
    assert 'ContactSource = Literal[\n    "ads",\n    "friend",\n] | str\n' in text
    assert "get_args(ContactPlan)" in text
    assert "get_args(ContactSource)" not in text


def test_an_event_takes_what_is_required_first(tmp_path: Path) -> None:
    paid = Event(
        "paid",
        metadata=(MetadataKey("note", DataType.STRING), MetadataKey("total", DataType.FLOAT, required=True)),
    )
    with imported_package(write_package(schema(paid), tmp_path / "data")) as package:
        parameters = inspect.signature(package.paid).parameters
        assert [(name, parameter.default) for name, parameter in parameters.items()] == [
            ("total", inspect.Parameter.empty),
            ("note", package.UNSET),
        ]
        # Sent in the order of the specs, since Intercom drops what comes after the tenth key.
        assert [key.name for key, _ in package.paid(total=1, note="x").metadata] == ["note", "total"]


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        (
            [
                Attribute("contact", "job title", DataType.STRING),
                Attribute("contact", "job_title", DataType.STRING),
            ],
            "the attribute `job_title` and the attribute `job title` are both `job_title` in `ContactAttributes`",
        ),
        (
            [
                Attribute("company", "company-id", DataType.STRING),
                Attribute("company", "company id", DataType.STRING),
            ],
            "both `company_id` in `CompanyAttributes`",
        ),
        (
            [Attribute("contact", "signed-up-at", DataType.DATE)],
            "the attribute `signed-up-at` and Intercom's own `signed_up_at` of a contact are both",
        ),
        (
            [Event("invite sent"), Event("invite_sent")],
            "the event `invite_sent` and the event `invite sent` are both `invite_sent` among the functions",
        ),
        (
            [Event("x", metadata=(MetadataKey("a b", DataType.STRING), MetadataKey("a-b", DataType.STRING)))],
            "the metadata key `a-b` and the metadata key `a b` are both `a_b` among the arguments of `x`",
        ),
    ],
)
def test_names_that_would_be_one_are_an_error_that_names_both(
    entries: list[Attribute | Event], message: str
) -> None:
    with pytest.raises(InvalidSpecs) as raised:
        python_files(schema(*entries), OPTIONS)
    (diagnostic,) = raised.value.diagnostics
    assert message in diagnostic.message


def test_keys_in_camel_case_are_sent_as_declared(tmp_path: Path) -> None:
    declared = schema(
        Attribute("contact", "job title", DataType.STRING),
        Event("plan changed", metadata=(MetadataKey("to_plan", DataType.STRING),)),
    )
    with imported_package(write_package(declared, tmp_path / "data", camel=True), runtime=runtime) as package:
        person = package.ContactAttributes(jobTitle="x", signedUpAt=None)
        assert runtime._wire_record(person, runtime.ZoneInfo("UTC")) == {
            "signed_up_at": None,
            "custom_attributes": {"job title": "x"},
        }
        assert package.plan_changed(toPlan="pro").metadata[0][0].name == "to_plan"
    names = schema(
        Attribute("contact", "jobTitle", DataType.STRING), Attribute("contact", "job_title", DataType.STRING)
    )
    assert python_files(names, OPTIONS)
    with pytest.raises(InvalidSpecs) as raised:
        python_files(names, replace(OPTIONS, camel=True))
    (diagnostic,) = raised.value.diagnostics
    assert "the attribute `job_title` and the attribute `jobTitle` are both `jobTitle`" in diagnostic.message


def test_types_of_options_have_names_of_their_own(tmp_path: Path) -> None:
    entries = [
        Attribute("contact", "plan_type", DataType.OPTIONS, options=("a", "b")),
        Attribute("contact", "planType", DataType.OPTIONS, options=("c", "d")),
        Event("ContactPlanType"),
    ]
    with imported_package(write_package(schema(*entries), tmp_path / "data")) as package:
        assert get_args(package.ContactPlanType_) == ("c", "d")
        assert get_args(package.ContactPlanType__) == ("a", "b")
        assert package.ContactPlanType().name == "ContactPlanType"


VALUES: dict[DataType, Any] = {
    DataType.STRING: "x",
    DataType.INTEGER: 1,
    DataType.FLOAT: 1.5,
    DataType.BOOLEAN: True,
}


@given(schemas())
@examples(25)
def test_any_specs_become_code_that_sends_their_own_names(tmp_path_factory: Any, declared: Schema) -> None:
    folder = tmp_path_factory.mktemp("code") / "data"
    # A custom one of this name is refused by `check`.
    attributes = {key: value for key, value in declared.attributes.items() if key != ("company", "plan")}
    declared = replace(declared, attributes=attributes)
    with imported_package(write_package(declared, folder), runtime=runtime) as package:
        for model, record in (("contact", package.ContactAttributes), ("company", package.CompanyAttributes)):
            values = {
                attribute.name: attribute.options[0] if attribute.options else VALUES.get(attribute.type)
                for attribute in declared.attributes.values()
                if attribute.model == model
            }
            made = record(**{python_identifier(name): value for name, value in values.items()})
            assert runtime._wire_record(made, runtime.ZoneInfo("UTC")) == {"custom_attributes": values}
        for event in declared.events.values():
            values = {
                key.name: key.options[0] if key.options else VALUES[key.type]
                for key in event.metadata
                if key.type is not DataType.DATE
            }
            function = getattr(package, python_identifier(event.name))
            occurrence = function(**{python_identifier(name): value for name, value in values.items()})
            assert occurrence.name == event.name
            assert {key.name: value for key, value in occurrence.metadata} == values
