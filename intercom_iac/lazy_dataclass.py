"""Dataclasses with slots whose methods are made when they are first used.

`dataclasses` writes and compiles up to six functions for each class while its module is imported: half a millisecond,
and a command imports hundreds of classes to make objects of some. Here a class has its slots at once, and a method
when it is first looked up. All else is as there: `fields`, `replace`, `asdict` and `is_dataclass` take these classes,
and a test holds each one of the package to its twin.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import Field, dataclass
else:

    def dataclass(cls=None, /, *, slots=False, frozen=False, kw_only=False, eq=True, **others):
        """`dataclasses.dataclass`, which does it itself where a class has no slots or asks for what is rare."""
        if others or not slots:
            from dataclasses import dataclass as eager

            return eager(cls, slots=slots, frozen=frozen, kw_only=kw_only, eq=eq, **others)

        def decorate(original):
            return _with_slots(original, frozen=frozen, kw_only=kw_only, eq=eq)

        return decorate if cls is None else decorate(cls)


__all__ = ["dataclass"]


class _LeftOut:
    """An argument whose default a function makes."""

    def __repr__(self) -> str:
        return "<factory>"


_LEFT_OUT = _LeftOut()


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
    declared |= {name: namespace.pop(name) for name in names if name in namespace}
    inherited = {slot for base in original.__mro__[1:-1] for slot in _slots(base)}
    namespace["__slots__"] = tuple(name for name in names if name not in inherited)

    makers: dict[str, Callable[[Any], Any]] = {
        "__dataclass_fields__": lambda cls: _fields(cls, declared, kw_only=kw_only),
        "__dataclass_params__": lambda _: _parameters(frozen=frozen, kw_only=kw_only, eq=eq),
        "__match_args__": _match_args,
        "__init__": lambda cls: _init(cls, frozen=frozen),
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
    cls = type(original)(original.__name__, original.__bases__, namespace)
    cls.__qualname__ = original.__qualname__
    return cls


def _is_class_variable(annotation: Any) -> bool:
    text = annotation if isinstance(annotation, str) else repr(annotation)
    return text.removeprefix("typing.").startswith("ClassVar")


def _slots(base: type) -> tuple[str, ...]:
    slots = base.__dict__.get("__slots__", ())
    return (slots,) if isinstance(slots, str) else tuple(slots)


def _fields(cls: type, declared: Mapping[str, Any], *, kw_only: bool) -> dict[str, Field[Any]]:
    """The fields by name, those of the bases first."""
    from dataclasses import dataclass as eager

    found: dict[str, Field[Any]] = {}
    for base in cls.__mro__[-1:0:-1]:
        found |= getattr(base, "__dataclass_fields__", {})
    alone: Any = eager(init=False, repr=False, eq=False, kw_only=kw_only)(
        type(cls.__name__, (), {**declared})
    )
    return found | alone.__dataclass_fields__


def _parameters(*, frozen: bool, kw_only: bool, eq: bool) -> Any:
    from dataclasses import dataclass as eager

    like: Any = eager(frozen=frozen, kw_only=kw_only, eq=eq)(type("Like", (), {"__doc__": "-"}))
    return like.__dataclass_params__


def _match_args(cls: Any) -> tuple[str, ...]:
    from dataclasses import fields

    return tuple(field.name for field in fields(cls) if field.init and not field.kw_only)


def _init(cls: Any, *, frozen: bool) -> Any:
    """`__init__`, written and compiled. A frozen object's slots are filled by what fills them below `__setattr__`."""
    from dataclasses import MISSING, fields

    names: dict[str, Any] = {"LEFT_OUT": _LEFT_OUT}
    positional: list[str] = []
    by_keyword: list[str] = []
    body: list[str] = []
    for field in fields(cls):
        name, value = field.name, field.name
        parameter = name
        if field.default_factory is not MISSING:
            names[f"make_{name}"] = field.default_factory
            parameter = f"{name}=LEFT_OUT"
            value = f"make_{name}() if {name} is LEFT_OUT else {name}" if field.init else f"make_{name}()"
        elif field.default is not MISSING:
            names[f"default_{name}"] = field.default
            parameter = f"{name}=default_{name}"
            value = name if field.init else f"default_{name}"
        elif not field.init:
            continue
        if field.init:
            (by_keyword if field.kw_only else positional).append(parameter)
        if frozen:
            names[f"set_{name}"] = getattr(cls, name).__set__
        body.append(f"set_{name}(self, {value})" if frozen else f"self.{name} = {value}")
    if hasattr(cls, "__post_init__"):
        body.append("self.__post_init__()")
    parameters = ", ".join(["self", *positional, *(["*", *by_keyword] if by_keyword else [])])
    lines = "\n  ".join(body or ["pass"])
    text = f"def make({', '.join(names)}):\n def __init__({parameters}):\n  {lines}\n return __init__"
    made: dict[str, Any] = {}
    exec(text, made)  # noqa: S102 - nothing but the names of fields stands in it
    init = made["make"](**names)
    init.__annotations__ = {field.name: field.type for field in fields(cls) if field.init} | {"return": None}
    return init


def _repr(cls: Any) -> Any:
    from dataclasses import fields
    from reprlib import recursive_repr

    names = [field.name for field in fields(cls) if field.repr]

    @recursive_repr("...")
    def text_of(self: Any) -> str:
        parts = (f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({', '.join(parts)})"

    return text_of


def _eq(cls: Any) -> Any:
    from dataclasses import fields

    values = _values([field.name for field in fields(cls) if field.compare])

    def equal(self: Any, other: object) -> bool:
        return values(self) == values(other) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(cls: Any) -> Any:
    from dataclasses import fields

    hashed = [field for field in fields(cls) if (field.compare if field.hash is None else field.hash)]
    values = _values([field.name for field in hashed])

    def hash_of(self: Any) -> int:
        return hash(values(self))

    return hash_of


def _values(names: Sequence[str]) -> Callable[[Any], tuple[Any, ...]]:
    """What gives the values of an object's fields of these names."""
    from operator import attrgetter

    if not names:
        return lambda _: ()
    get: Any = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


def _frozen_setattr(cls: Any) -> Any:
    names = _field_names(cls)

    def refuse_to_set(self: Any, name: str, value: Any) -> None:
        if type(self) is cls or name in names:
            raise _frozen_error(f"cannot assign to field {name!r}")
        object.__setattr__(self, name, value)

    return refuse_to_set


def _frozen_delattr(cls: Any) -> Any:
    names = _field_names(cls)

    def refuse_to_delete(self: Any, name: str) -> None:
        if type(self) is cls or name in names:
            raise _frozen_error(f"cannot delete field {name!r}")
        object.__delattr__(self, name)

    return refuse_to_delete


def _field_names(cls: Any) -> list[str]:
    from dataclasses import fields

    return [field.name for field in fields(cls)]


def _frozen_error(message: str) -> Exception:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(message)


def _getstate(self: Any) -> list[Any]:
    """What is pickled and copied of a frozen object."""
    return [getattr(self, name) for name in _field_names(self)]


def _setstate(self: Any, state: Iterable[Any]) -> None:
    for name, value in zip(_field_names(self), state, strict=True):
        object.__setattr__(self, name, value)
