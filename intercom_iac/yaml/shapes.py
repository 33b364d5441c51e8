"""What the shapes of all files have in common: classes whose keys are those of a YAML mapping.

A shape says once what its keys are. `intercom_iac.yaml.shape_reading` reads by it data that is right; the model that
pydantic has of it (`intercom_iac.yaml.shape_models`) judges all other data, and is what editors are told. Most files
are right, and to import pydantic and make its models takes longer than to check a project.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from typing import Annotated, Any, ClassVar, Self, get_args, get_origin, get_type_hints

from intercom_iac.lazy_dataclass import dataclass

SPEC_VERSION = 1

JsonObject = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """In `Annotated[...]`: what a number or a text keeps to, and `keywords` that its JSON Schema has beside."""

    ge: int | None = None
    le: int | None = None
    finite: bool = False
    min_length: int | None = None
    max_length: int | None = None
    keywords: JsonObject | None = None


class OneOrMore:
    """In `Annotated[list[str], ...]`: a text stands for a list of itself."""


FilledText = Annotated[str, Bounds(min_length=1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """A key of a shape: what is said of it, its type as it is annotated, and what it is where it is left out."""

    description: str
    examples: list[Any] | None
    is_required: bool
    default: Any = None
    default_factory: Callable[[], Any] | None = None
    alias: str | None = None
    keywords: JsonObject | None = None
    annotation: Any = None

    @property
    def type(self) -> Any:
        """Its type, without what is annotated on the whole of it."""
        return get_args(self.annotation)[0] if get_origin(self.annotation) is Annotated else self.annotation

    def make_default(self) -> Any:
        """A list or a mapping is another one each time."""
        if self.default_factory is not None:
            return self.default_factory()
        return self.default.copy() if type(self.default) in (list, dict) else self.default


def required_key(text: str, *examples: Any, alias: str | None = None, **keywords: Any) -> Any:
    """A key that may not be left out; `keywords` are for its JSON Schema alone."""
    return Key(
        description=text,
        examples=[*examples] or None,
        is_required=True,
        alias=alias,
        keywords=keywords or None,
    )


def optional_key(
    text: str,
    *examples: Any,
    default: Any = None,
    default_factory: Callable[[], Any] | None = None,
    alias: str | None = None,
    **keywords: Any,
) -> Any:
    """A key that may be left out; `keywords` are for its JSON Schema alone."""
    return Key(
        description=text,
        examples=[*examples] or None,
        is_required=False,
        default=default,
        default_factory=default_factory,
        alias=alias,
        keywords=keywords or None,
    )


class Shape:
    """What every mapping of ours has in common: no unknown keys, and no value is turned into another type."""

    json_keywords: ClassVar[JsonObject] = {}
    """What its JSON Schema has beside its keys."""

    def __init__(self, **values: Any) -> None:
        """By the names of its fields. That the values are right is for whoever gives them."""
        constants, makers = _defaults_of(type(self))
        if unknown := values.keys() - constants.keys() - makers.keys():
            raise TypeError(f"a {type(self).__name__} has no {', '.join(sorted(unknown))}")
        made = {name: make() for name, make in makers.items() if name not in values}
        self.__dict__.update(constants | made | values, given_fields=frozenset(values))

    @property
    def given_fields(self) -> frozenset[str]:
        """The fields whose keys are not left out."""
        return self.__dict__["given_fields"]

    @classmethod
    def prepare(cls, data: JsonObject) -> JsonObject:
        """What is read of a mapping in its place."""
        return data

    def with_values(self, **values: Any) -> Self:
        """The same with other values."""
        given = {name: value for name, value in self.__dict__.items() if name in self.given_fields}
        return type(self)(**{**given, **values})

    def __setattr__(self, name: str, value: Any) -> None:
        raise AttributeError(f"a {type(self).__name__} does not change: {name}")

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in fields_of(type(self)))

    def __repr__(self) -> str:
        values = (f"{name}={getattr(self, name)!r}" for name in fields_of(type(self)))
        return f"{type(self).__name__}({', '.join(values)})"


@cache
def _defaults_of(shape: type[Shape]) -> tuple[JsonObject, Mapping[str, Callable[[], Any]]]:
    """What keys are where they are left out, by the names of fields: values that nobody changes, and what makes one
    for each shape."""
    constants: JsonObject = {}
    makers: dict[str, Callable[[], Any]] = {}
    for name, key in fields_of(shape).items():
        if key.default_factory is not None or type(key.default) in (list, dict):
            makers[name] = key.make_default
        else:
            constants[name] = key.default
    return constants, makers


@cache
def fields_of(shape: type[Shape]) -> Mapping[str, Key]:
    """The keys of a shape, by the names that its fields have in Python."""
    fields: dict[str, Key] = {}
    for home in reversed(shape.__mro__[:-1]):
        annotations: Mapping[str, Any] = home.__annotations__
        if any(isinstance(annotation, str) for annotation in annotations.values()):
            annotations = get_type_hints(home, include_extras=True)
        for name, annotation in annotations.items():
            key = vars(home).get(name)
            # With another type, a key of a shape below stays what is said of it there.
            key = key if isinstance(key, Key) else fields.get(name)
            if key is not None:
                fields[name] = replace(key, annotation=annotation)
    return fields


def keys_of(shape: Any) -> dict[str, Key]:
    """The keys a mapping of this type may have, as they are written; none where the type is no shape."""
    if not isinstance(shape, type) or not issubclass(shape, Shape):
        return {}
    return {key.alias or name: key for name, key in fields_of(shape).items()}
