"""Data by its shape, where it is certain to be right. Whatever is not is left to `intercom_iac.yaml.shape_models`."""

from __future__ import annotations

import math
import types
from collections.abc import Callable, Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin

from .shapes import Bounds, OneOrMore, Shape, fields_of

S = TypeVar("S", bound=Shape)
Reader = Callable[[Any], Any]

# Whole numbers that floats hold as they are.
_MOST_EXACT = 2**53


class NotCertain(Exception):
    """Data that may not be right."""


def read_shape(shape: type[S], data: Mapping[str, Any]) -> S:
    """The data as its shape. Raises `NotCertain`."""
    return cast("S", _shape_reader(shape)(data))


@cache
def _shape_reader(shape: type[Shape]) -> Reader:
    fields = fields_of(shape)
    names = {key.alias or name: name for name, key in fields.items()}
    required = {name for name, key in fields.items() if key.is_required}
    readers: dict[str, Mapping[type, Reader]] = {}

    def read(data: dict[str, Any]) -> Shape:
        values: dict[str, Any] = {}
        for key, value in shape.prepare(data).items():
            name = names.get(key)
            if name is None:
                raise NotCertain
            if name not in readers:
                readers[name] = _readers(fields[name].annotation)
            values[name] = _read(readers[name], value)
        if not required <= values.keys():
            raise NotCertain
        return shape(**values)

    return read


def _read(readers: Mapping[type, Reader], value: Any) -> Any:
    reader = readers.get(cast("type[Any]", type(value)))
    if reader is None:
        raise NotCertain
    return reader(value)


def _readers(annotation: Any) -> Mapping[type, Reader]:
    """What reads a value of this type, by the type that Python gives the value."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation is float:
        return {float: _same, int: _as_float}
    if annotation in (str, int, bool, types.NoneType):
        return {annotation: _same}
    if origin is Union or origin is types.UnionType:
        # A number without a fraction is a whole one, where either may stand.
        alternatives = [_readers(argument) for argument in arguments]
        merged = {type_: reader for readers in alternatives for type_, reader in readers.items()}
        return merged | ({int: _same} if int in arguments else {})
    if origin is Literal:
        return {str: _one_of(frozenset(arguments))}
    if origin is list:
        return {list: _list_of(_readers(arguments[0]))}
    if origin is dict:
        return {dict: _mapping_to(_readers(arguments[1]))}
    if origin is Annotated:
        return _bounded_readers(_readers(arguments[0]), arguments[1:])
    return {dict: _shape_reader(annotation)}


def _same(value: Any) -> Any:
    return value


def _as_float(value: int) -> float:
    if abs(value) > _MOST_EXACT:
        raise NotCertain
    return float(value)


def _one_of(words: frozenset[str]) -> Reader:
    def read(value: str) -> str:
        if value not in words:
            raise NotCertain
        return value

    return read


def _list_of(readers: Mapping[type, Reader]) -> Reader:
    return lambda values: [_read(readers, value) for value in values]


def _mapping_to(readers: Mapping[type, Reader]) -> Reader:
    def read(values: dict[Any, Any]) -> dict[str, Any]:
        if not all(type(key) is str for key in values):
            raise NotCertain
        return {key: _read(readers, value) for key, value in values.items()}

    return read


def _bounded_readers(readers: Mapping[type, Reader], annotations: tuple[Any, ...]) -> Mapping[type, Reader]:
    for annotation in annotations:
        if isinstance(annotation, Bounds):
            readers = {type_: _within(annotation, reader) for type_, reader in readers.items()}
        elif isinstance(annotation, OneOrMore):
            of_list = readers[list]
            readers = {**readers, str: lambda text, of_list=of_list: of_list([text])}
        else:
            raise TypeError(f"{annotation!r} is not known")
    return readers


def _within(bounds: Bounds, reader: Reader) -> Reader:
    def read(value: Any) -> Any:
        value = reader(value)
        fits = _fits_text(bounds, value) if isinstance(value, str) else _fits_number(bounds, value)
        if not fits:
            raise NotCertain
        return value

    return read


def _fits_text(bounds: Bounds, text: str) -> bool:
    least, most = bounds.min_length or 0, len(text) if bounds.max_length is None else bounds.max_length
    # Half a character, as `"\ud800"` has it, is no text that can be measured.
    return least <= len(text) <= most and (
        text.isascii() or not any("\ud800" <= character <= "\udfff" for character in text)
    )


def _fits_number(bounds: Bounds, number: float) -> bool:
    return (
        (bounds.ge is None or number >= bounds.ge)
        and (bounds.le is None or number <= bounds.le)
        and (not bounds.finite or math.isfinite(number))
    )
