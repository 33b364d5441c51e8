"""Pydantic's models of shapes: what is wrong with data, and the JSON Schema of a file."""

from __future__ import annotations

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeGuard, TypeVar, Union, cast, get_args, get_origin

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_core.core_schema import WithDefaultSchema

from .shapes import Bounds, Key, OneOrMore, Shape, fields_of

S = TypeVar("S", bound=Shape)


def judge_shape(shape: type[S], data: Mapping[str, Any]) -> tuple[S | None, list[ErrorDetails]]:
    """The data as its shape, or what is wrong with it."""
    try:
        model = model_of(shape).model_validate(data)
    except ValidationError as error:
        return None, error.errors(include_url=False, include_context=True, include_input=False)
    return cast("S", _as_shape(model)), []


def shape_schema(shape: type[Shape]) -> dict[str, Any]:
    """The JSON Schema of a shape, draft 2020-12."""
    schema = model_of(shape).model_json_schema(schema_generator=_Generator)
    return {"$schema": GenerateJsonSchema.schema_dialect, **schema}


class _Generator(GenerateJsonSchema):
    """Says less: no title made of a field's name, which editors would show first, and no default of nothing."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def default_schema(self, schema: WithDefaultSchema) -> JsonSchemaValue:
        if "default" in schema and schema["default"] is None:
            return self.generate_inner(schema["schema"])
        return super().default_schema(schema)


_SHAPES: dict[type[Any], type[Shape]] = {}
"""The shape of each model."""


@cache
def model_of(shape: type[Shape]) -> type[BaseModel]:
    """The model that asks of data what a shape says."""
    fields = fields_of(shape)

    @classmethod
    def prepare(_: type[BaseModel], data: Any) -> Any:
        return shape.prepare(cast("dict[str, Any]", data)) if isinstance(data, dict) else data

    def fill(namespace: dict[str, Any]) -> None:
        namespace["__module__"] = shape.__module__
        namespace["__doc__"] = shape.__doc__
        namespace["__annotations__"] = {name: _as_annotation(key.annotation) for name, key in fields.items()}
        namespace["model_config"] = ConfigDict(
            extra="forbid", strict=True, frozen=True, json_schema_extra=shape.json_keywords or None
        )
        namespace["prepare"] = model_validator(mode="before")(prepare)
        namespace.update((name, _as_field(key)) for name, key in fields.items())

    model: type[BaseModel] = types.new_class(shape.__name__, (BaseModel,), exec_body=fill)
    _SHAPES[model] = shape
    return model


def _as_field(key: Key) -> Any:
    says: dict[str, Any] = {} if key.is_required else {"default": key.default}
    factory: Any = key.default_factory
    if factory is not None:
        says = {"default_factory": model_of(factory) if _is_shape(factory) else factory}
    return Field(
        **says,
        alias=key.alias,
        description=key.description,
        examples=key.examples,
        json_schema_extra=key.keywords,
    )


def _as_annotation(annotation: Any) -> Any:
    """A type with models in the place of shapes."""
    origin: Any = get_origin(annotation)
    arguments = get_args(annotation)
    if _is_shape(annotation):
        return model_of(annotation)
    if origin is None or origin is Literal:
        return annotation
    if origin is Annotated:
        metadata = [made for argument in arguments[1:] for made in _as_metadata(argument)]
        return Annotated[(_as_annotation(arguments[0]), *metadata)]
    inner = tuple(map(_as_annotation, arguments))
    if origin is Union or origin is types.UnionType:
        union: Any = inner[0]
        for alternative in inner[1:]:
            union |= alternative
        return union
    return origin[inner]


def _is_shape(value: Any) -> TypeGuard[type[Shape]]:
    return get_origin(value) is None and isinstance(value, type) and issubclass(value, Shape)


def _as_metadata(annotation: Any) -> list[Any]:
    if isinstance(annotation, OneOrMore):
        return [BeforeValidator(_as_list), WithJsonSchema(_TEXT_OR_TEXTS)]
    if not isinstance(annotation, Bounds):
        raise TypeError(f"{annotation!r} is not known")
    says: dict[str, Any] = {
        "ge": annotation.ge,
        "le": annotation.le,
        "min_length": annotation.min_length,
        "max_length": annotation.max_length,
        "allow_inf_nan": False if annotation.finite else None,
        "json_schema_extra": annotation.keywords,
    }
    return [Field(**{name: value for name, value in says.items() if value is not None})]


_TEXT_OR_TEXTS: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]
}


def _as_list(value: Any) -> Any:
    """One text as a list of one: a union of both would tell a mistake once for each."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, (list, dict)):
        raise PydanticCustomError("string_type", "text is expected")
    return cast("Any", value)


def _as_shape(value: Any) -> Any:
    """What pydantic read, with shapes in the place of models."""
    if isinstance(value, BaseModel):
        given = {name: _as_shape(getattr(value, name)) for name in value.model_fields_set}
        return _SHAPES[type(value)](**given)
    if isinstance(value, list):
        return [_as_shape(item) for item in cast("list[Any]", value)]
    if isinstance(value, dict):
        return {key: _as_shape(item) for key, item in cast("dict[str, Any]", value).items()}
    return value
