"""Dataclasses with slots whose methods are made when they are first used.

`dataclasses` writes and compiles up to six functions for each class while its module is imported: half a millisecond,
and a command imports hundreds of classes to make objects of some. Here a class has its slots at once, and a method
when it is first looked up. All else is as there: `fields`, `replace`, `asdict` and `is_dataclass` take these classes,
and a test holds each one of the package to its twin. Under every Python objects are equal as the tuples of their
values are, hence where they hold the same NaN; `dataclasses` has compared value by value since 3.13.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import MISSING, Field, FrozenInstanceError, fields, replace
from dataclasses import dataclass as eager_dataclass
from functools import partial
from operator import attrgetter
from types import FunctionType
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, slots=False, frozen=False, kw_only=False, eq=True, **others):
        """`dataclasses.dataclass`, which does it itself where a class has no slots or asks for what is rare."""
        if others or not slots:
            return eager_dataclass(cls, slots=slots, frozen=frozen, kw_only=kw_only, eq=eq, **others)

        def decorate(original):
            return _with_slots(original, frozen=frozen, kw_only=kw_only, eq=eq)

        return decorate if cls is None else decorate(cls)


__all__ = ["dataclass"]


class _LeftOut:
    """An argument whose default a function makes."""

    def __repr__(self) -> str:
        return "<factory>"


_LEFT_OUT = _LeftOut()
_FEW = 20
"""Objects of a class that are made before its `__init__` is compiled."""


class _OnFirstUse:
    """An attribute of a class that is made when it is first looked up, and then stands in the place of this."""

    __slots__ = ("_home", "_make", "_name")

    _home: type

    def __init__(self, name: str, make: Callable[[Any], Any]) -> None:
        self._name = name
        self._make = make

    def __set_name__(self, home: type, name: str) -> None:
        self._home = home

    def __get__(self, instance: Any, owner: type) -> Any:
        value = self._make(self._home)
        if isinstance(value, FunctionType):
            value.__name__ = self._name
            value.__qualname__ = f"{self._home.__qualname__}.{self._name}"
            value.__module__ = self._home.__module__
        setattr(self._home, self._name, value)
        bind: Any = getattr(value, "__get__", None)
        return value if bind is None else bind(instance, owner)


class _Init(_OnFirstUse):
    """`__init__`. To compile it takes as long as to fill some objects without it, and of most classes a command makes
    only some: it is compiled for those of which more are made, and to say what is wrong with the arguments of one."""

    __slots__ = ("_filler", "_frozen", "_left")

    _filler: _Filler

    def __init__(self, name: str, *, frozen: bool) -> None:
        super().__init__(name, lambda cls: _init(cls, frozen=frozen))
        self._frozen = frozen
        self._left = _FEW

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None or self._left <= 0:
            return super().__get__(instance, owner)
        if self._left == _FEW:
            self._filler = _Filler(self._home, frozen=self._frozen)
        self._left -= 1
        return partial(self._fill, instance)

    def _fill(self, instance: Any, /, *arguments: Any, **named: Any) -> None:
        if not self._filler.fill(instance, arguments, named):
            super().__get__(instance, self._home)(*arguments, **named)


class _Filler:
    """Fills objects of a class as its `__init__` would."""

    __slots__ = ("_has_post_init", "_parameters", "_places", "_required", "_setters", "_taken")

    def __init__(self, cls: Any, *, frozen: bool) -> None:
        self._parameters = _parameters(cls)
        taken = {name: parameter for name, parameter in self._parameters.items() if parameter.in_init}
        self._taken = taken.keys()
        self._places = _match_args(cls)
        self._required = {name for name, parameter in taken.items() if parameter.is_required}
        self._setters = {name: getattr(cls, name).__set__ for name in self._parameters} if frozen else None
        self._has_post_init = hasattr(cls, "__post_init__")

    def fill(self, instance: Any, arguments: tuple[Any, ...], named: dict[str, Any]) -> bool:
        """False, and nothing is done, where these are not the arguments that `__init__` takes."""
        values = dict(zip(self._places, arguments, strict=False)) | named
        if len(values) < len(arguments) + len(named) or not self._required <= values.keys() <= self._taken:
            return False
        for name, parameter in self._parameters.items():
            if name in values:
                value = values[name]
            elif parameter.make_default is not MISSING:
                value = parameter.make_default()
            elif parameter.default is not MISSING:
                value = parameter.default
            else:
                continue
            if self._setters is None:
                setattr(instance, name, value)
            else:
                self._setters[name](instance, value)
        if self._has_post_init:
            instance.__post_init__()
        return True


class _Parameter:
    """What `__init__` has to know of a field."""

    __slots__ = ("by_keyword", "default", "in_init", "make_default")

    def __init__(self, value: Any, *, kw_only: bool) -> None:
        """Of a field that has this value in its class."""
        field = cast("Field[Any] | None", value if isinstance(value, Field) else None)
        self.in_init = field is None or field.init
        self.by_keyword = kw_only if field is None or field.kw_only is MISSING else field.kw_only
        self.default: Any = value if field is None else field.default
        self.make_default: Any = MISSING if field is None else field.default_factory

    @property
    def is_required(self) -> bool:
        return self.default is MISSING and self.make_default is MISSING


_PARAMETERS: dict[type, dict[str, _Parameter]] = {}
"""Of each class of this module, by the names of the fields that it declares itself."""


def _with_slots(original: Any, *, frozen: bool, kw_only: bool, eq: bool) -> Any:
    namespace: dict[str, Any] = dict(original.__dict__)
    namespace.pop("__dict__", None)
    namespace.pop("__weakref__", None)
    # What `dataclasses` reads the fields from. It makes a docstring where there is none, at some expense.
    declared = {
        "__module__": original.__module__,
        "__annotations__": original.__annotations__,
        "__doc__": "-",
    }
    names = [name for name, kind in original.__annotations__.items() if not _is_class_variable(kind)]
    values = {name: namespace.pop(name, MISSING) for name in names}
    declared |= {name: value for name, value in values.items() if value is not MISSING}
    inherited = {slot for base in original.__mro__[1:-1] for slot in _slots(base)}
    namespace["__slots__"] = tuple(name for name in names if name not in inherited)

    makers: dict[str, Callable[[Any], Any]] = {
        "__dataclass_fields__": lambda cls: _fields(cls, declared, kw_only=kw_only),
        "__dataclass_params__": lambda _: _dataclass_params(frozen=frozen, kw_only=kw_only, eq=eq),
        "__match_args__": _match_args,
        "__repr__": _repr,
    }
    if eq:
        if frozen and (namespace.get("__hash__") is None and "__eq__" in namespace):
            del namespace["__hash__"]  # Python's own, beside an `__eq__` of the class
        makers |= {"__eq__": _eq, **({"__hash__": _hash} if frozen else {})}
    if frozen:
        makers |= {"__setattr__": _frozen_setattr, "__delattr__": _frozen_delattr}
        namespace = {"__getstate__": _getstate, "__setstate__": _setstate} | namespace
    for name, make in makers.items():
        namespace.setdefault(name, _OnFirstUse(name, make))
    namespace.setdefault("__init__", _Init("__init__", frozen=frozen))
    if sys.version_info >= (3, 13):
        namespace.setdefault("__replace__", replace)  # of `copy.replace`
    cls = type(original)(original.__name__, original.__bases__, namespace)
    cls.__qualname__ = original.__qualname__
    _PARAMETERS[cls] = {name: _Parameter(value, kw_only=kw_only) for name, value in values.items()}
    return cls


def _is_class_variable(annotation: Any) -> bool:
    text = annotation if isinstance(annotation, str) else repr(annotation)
    return text.removeprefix("typing.").startswith("ClassVar")


def _slots(base: type) -> tuple[str, ...]:
    slots = base.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _parameters(cls: type) -> dict[str, _Parameter]:
    """Of all fields of a class, by their names, those of its bases first."""
    found: dict[str, _Parameter] = {}
    for base in cls.__mro__[::-1]:
        if base in _PARAMETERS:
            found |= _PARAMETERS[base]
        elif "__dataclass_fields__" in base.__dict__:
            found |= {field.name: _Parameter(field, kw_only=False) for field in fields(base)}
    return found


def _fields(cls: type, declared: Mapping[str, Any], *, kw_only: bool) -> dict[str, Field[Any]]:
    """The fields by name, those of the bases first."""
    found: dict[str, Field[Any]] = {}
    for base in cls.__mro__[-1:0:-1]:
        found |= getattr(base, "__dataclass_fields__", {})
    alone: Any = eager_dataclass(init=False, repr=False, eq=False, kw_only=kw_only)(
        type(cls.__name__, (), {**declared})
    )
    return found | alone.__dataclass_fields__


def _dataclass_params(*, frozen: bool, kw_only: bool, eq: bool) -> Any:
    make = eager_dataclass(slots=True, frozen=frozen, kw_only=kw_only, eq=eq)
    like: Any = make(type("Like", (), {"__doc__": "-"}))
    return like.__dataclass_params__


def _match_args(cls: Any) -> tuple[str, ...]:
    parameters = _parameters(cls).items()
    return tuple(name for name, parameter in parameters if parameter.in_init and not parameter.by_keyword)


def _init(cls: Any, *, frozen: bool) -> Any:
    """`__init__`, written and compiled. A frozen object's slots are filled by what fills them below `__setattr__`."""
    parameters = _parameters(cls)
    names: dict[str, Any] = {"LEFT_OUT": _LEFT_OUT}
    positional: list[str] = []
    by_keyword: list[str] = []
    body: list[str] = []
    for name, parameter in parameters.items():
        written = value = name
        if parameter.make_default is not MISSING:
            names[f"make_{name}"] = parameter.make_default
            written = f"{name}=LEFT_OUT"
            made = f"make_{name}()"
            value = f"{made} if {name} is LEFT_OUT else {name}" if parameter.in_init else made
        elif parameter.default is not MISSING:
            names[f"default_{name}"] = parameter.default
            written = f"{name}=default_{name}"
            value = name if parameter.in_init else f"default_{name}"
        elif not parameter.in_init:
            continue
        if parameter.in_init:
            (by_keyword if parameter.by_keyword else positional).append(written)
        if frozen:
            names[f"set_{name}"] = getattr(cls, name).__set__
        body.append(f"set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    head = ", ".join(["self", *positional, *(["*", *by_keyword] if by_keyword else [])])
    lines = "\n  ".join(body or ["pass"])
    text = f"def make({', '.join(names)}):\n def __init__({head}):\n  {lines}\n return __init__"
    scope: dict[str, Any] = {}
    exec(text, scope)  # noqa: S102 - nothing but the names of fields stands in it
    init = scope["make"](**names)
    init.__annotations__ = _init_annotations(cls, parameters) | {"return": None}
    return init


def _init_annotations(cls: type, parameters: Mapping[str, _Parameter]) -> dict[str, Any]:
    annotations: dict[str, Any] = {}
    for base in cls.__mro__[::-1]:
        annotations |= getattr(base, "__annotations__", {})
    return {name: annotations[name] for name, parameter in parameters.items() if parameter.in_init}


def _repr(cls: Any) -> Any:
    from reprlib import recursive_repr

    names = [field.name for field in fields(cls) if field.repr]

    @recursive_repr("...")
    def text_of(self: Any) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({', '.join(parts)})"

    return text_of


def _eq(cls: Any) -> Any:
    values = _values([field.name for field in fields(cls) if field.compare])

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(cls: Any) -> Any:
    hashed = [field for field in fields(cls) if (field.compare if field.hash is None else field.hash)]
    values = _values([field.name for field in hashed])

    def hash_of(self: Any) -> int:
        return hash(values(self))

    return hash_of


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of an object's fields of these names."""
    if not names:
        return lambda _: ()
    get: Any = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


def _frozen_setattr(cls: Any) -> Any:
    names = _field_names(cls)

    def refuse_to_set(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    return refuse_to_set


def _frozen_delattr(cls: Any) -> Any:
    names = _field_names(cls)

    def refuse_to_delete(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise FrozenInstanceError(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return refuse_to_delete


def _field_names(cls: Any) -> list[str]:
    return [field.name for field in fields(cls)]


def _getstate(self: Any) -> list[Any]:
    """What is pickled and copied of a frozen object."""
    return [getattr(self, name) for name in _field_names(self)]


def _setstate(self: Any, state: Iterable[Any]) -> None:
    for name, value in zip(_field_names(self), state, strict=True):
        object.__setattr__(self, name, value)
