"""The classes of attributes: a field for each key, Intercom's own first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from intercom_iac.model import Attribute, ModelName

from .fields import PythonField
from .source_text import docstring, string_literal


def record_lines(
    model: ModelName, fields: Sequence[PythonField], successors: Mapping[tuple[ModelName, str], str]
) -> list[str]:
    """A frozen dataclass. `successors` is, by model and name of an attribute, the one that takes its place."""
    lines = [
        "@dataclass(frozen=True, kw_only=True, repr=False)",
        f"class {model.capitalize()}Attributes(Attributes):",
        *docstring(
            [f"Attributes of a {model}.", "What is not given stays as it is in Intercom; None clears it."],
            "    ",
        ),
    ]
    notes = {
        field.identifier: _deprecation(field.field.name, successors.get((model, field.field.name)))
        for field in fields
        if field.field.status == "deprecated"
    }
    for field in fields:
        lines += ["", *_field_lines(field, notes.get(field.identifier))]
    return lines + (_overload_lines(fields, notes) if notes else [])


def _field_lines(field: PythonField, deprecation: str | None) -> list[str]:
    arguments = list(field.key_arguments)
    if not field.field.custom:
        arguments.append("custom=False")
    if not field.field.nullable:
        arguments.append("nullable=False")
    if deprecation is not None:
        arguments.append(f"deprecated={string_literal(deprecation)}")
    paragraphs = _paragraphs(field, deprecation)
    return [
        f"    {field.identifier}: {field.optional_type} = attribute(",
        *(f"        {argument}," for argument in arguments),
        "    )",
        *(docstring(paragraphs, "    ") if paragraphs else []),
    ]


def _paragraphs(field: PythonField, deprecation: str | None) -> list[str]:
    declared = field.field.declared
    if not isinstance(declared, Attribute):
        return []
    facts = [
        "" if deprecation is None else f"{deprecation}.",
        "" if declared.owner is None else f"Owner: {declared.owner}.",
        "" if declared.source_name is None else f"In the tracking plan: {declared.source_name}.",
        "" if field.identifier == declared.name else f"In Intercom: {declared.name}.",
    ]
    return [text for text in (declared.description, *facts) if text]


def _deprecation(name: str, successor: str | None) -> str:
    return f"`{name}` is deprecated" + ("" if successor is None else f", use `{successor}`")


def _overload_lines(fields: Sequence[PythonField], notes: Mapping[str, str]) -> list[str]:
    """Two ways to make the record, of which only the second, a deprecated one, takes what is deprecated (PEP 702).

    It takes any other name too, and no value for it: otherwise a type checker would not say which name is unknown.
    """
    lasting = [field for field in fields if field.identifier not in notes]
    message = string_literal("; ".join(notes.values()))
    return [
        "",
        "    if TYPE_CHECKING:",
        "",
        "        @overload",
        *_constructor_lines(lasting),
        "        @overload",
        f"        @deprecated({message})",
        *_constructor_lines(fields, "            **undeclared: Never,"),
        "        def __init__(self, **values: object) -> None: ...",
    ]


def _constructor_lines(fields: Sequence[PythonField], *more: str) -> list[str]:
    arguments = [f"            {field.identifier}: {field.optional_type} = ...," for field in fields]
    return [
        "        def __init__(",
        "            self,",
        "            *,",
        *arguments,
        *more,
        "        ) -> None: ...",
    ]
