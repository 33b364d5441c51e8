"""The package's dataclasses are what `dataclasses` makes of them, and its patterns what `re` does."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

import intercom_iac
from intercom_iac.lazy_dataclass import dataclass
from intercom_iac.lazy_pattern import lazy_pattern

PACKAGE = Path(intercom_iac.__file__).parent
# Nothing of ours is in these: the sandbox, and what is written into the code of users.
APART = ("sandbox/", "generating/python/runtime.py")

# Makes each class of the package twice, and prints what is not the same.
TWINS = """
import dataclasses, importlib, inspect, json, pkgutil, re
import intercom_iac, intercom_iac.lazy_dataclass as lazy
from intercom_iac import lazy_pattern

made, pairs = lazy.dataclass, []

def both(cls=None, **options):
    if not options.get("slots"):
        return made(cls, **options)

    def decorate(original):
        namespace = {k: v for k, v in vars(original).items() if k not in ("__dict__", "__weakref__")}
        like = type(original)(original.__name__, original.__bases__, namespace)
        pairs.append((made(**options)(original), dataclasses.dataclass(**options)(like)))
        return pairs[-1][0]
    return decorate

lazy.dataclass = both
lazy_pattern.lazy_pattern = re.compile  # so that one that cannot be compiled fails here
for module in pkgutil.walk_packages(intercom_iac.__path__, "intercom_iac."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)

def traits(cls):
    yield "attributes", sorted({*vars(cls)} - {"__doc__"})
    yield "slots", sorted(cls.__slots__)
    yield "fields", [(f.name, str(f)) for f in dataclasses.fields(cls)]
    yield "patterns", cls.__match_args__
    yield "signature", str(inspect.signature(cls))
    yield "parameters", str(cls.__dataclass_params__)
    yield "hashed", cls.__hash__ is None
    for name in ("__init__", "__repr__", "__eq__", "__hash__", "__setattr__"):
        method = getattr(cls, name)
        yield name, (getattr(method, "__qualname__", ""), getattr(method, "__module__", ""))

different = [
    [str(cls), name, str(ours), str(theirs)]
    for cls, twin in pairs
    for (name, ours), (_, theirs) in zip(traits(cls), traits(twin), strict=True)
    if ours != theirs
]
print(json.dumps([len(pairs), different]))
"""


def test_each_class_is_the_same_as_its_twin() -> None:
    done = subprocess.run([sys.executable, "-c", TWINS], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    count, different = json.loads(done.stdout)
    assert count > 500
    assert different == []


def test_every_pattern_of_a_module_is_compiled_lazily() -> None:
    eager = re.compile(r"^\S.*?re\.compile\(", re.MULTILINE)
    files = [path for path in PACKAGE.rglob("*.py") if not str(path.relative_to(PACKAGE)).startswith(APART)]
    assert [str(path) for path in files if eager.search(path.read_text("utf-8"))] == []


def test_yaml_comes_from_where_its_patterns_are_lazy() -> None:
    imports = re.compile(r"^(?:import yaml|from yaml)\b", re.MULTILINE)
    files = {
        str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if imports.search(path.read_text())
    }
    assert files == {"generating/dbt/properties.py"}
    probe = (
        "import re; at_once = re.compile; from intercom_iac.yaml.pyyaml import yaml; "
        "from intercom_iac.lazy_pattern import _LazyPattern; assert re.compile is at_once; "
        "assert type(yaml.reader.Reader.NON_PRINTABLE) is _LazyPattern; "
        "assert yaml.load('[2026-01-31, 1.5, yes, a]', yaml.SafeLoader) == yaml.load('[2026-01-31, 1.5, yes, a]', "
        "yaml.CSafeLoader)"
    )
    subprocess.run([sys.executable, "-c", probe], check=True)


def test_a_lazy_pattern_is_the_compiled_one() -> None:
    lazy, eager = lazy_pattern(r"(?P<a>\w)b", re.IGNORECASE), re.compile(r"(?P<a>\w)b", re.IGNORECASE)
    assert (lazy.pattern, lazy.flags, lazy.groupindex) == (eager.pattern, eager.flags, eager.groupindex)
    for _ in range(2):
        assert lazy.sub("-", "xB ab") == eager.sub("-", "xB ab")
        assert lazy.match("xB", 1) is None
    assert copy.deepcopy(lazy).findall("xb") == ["x"]


def test_every_class_with_slots_is_made_lazily() -> None:
    eager = re.compile(r"^from dataclasses import .*\bdataclass\b", re.MULTILINE)
    files = [path for path in PACKAGE.rglob("*.py") if not str(path.relative_to(PACKAGE)).startswith(APART)]
    assert [
        str(path)
        for path in files
        if path.name != "lazy_dataclass.py"
        and eager.search(text := path.read_text("utf-8"))
        and "slots=True" in text
    ] == []


def plain(decorator: Any) -> list[Any]:
    """The same classes by either decorator."""

    @decorator(frozen=True, slots=True)
    class Point:
        x: Any
        y: Any = 3
        shared: ClassVar[int] = 7

    @decorator(frozen=True, slots=True, kw_only=True)
    class Place(Point):
        names: Any = dataclasses.field(default_factory=list)
        hidden: Any = dataclasses.field(default=1, compare=False, repr=False)

    @decorator(slots=True)
    class Box:
        value: Any
        other: Any = None
        seen: Any = dataclasses.field(init=False, default=0)

        def __post_init__(self) -> None:
            self.seen = self.other

    return [
        lambda a, b: Point(a, b),
        lambda a, b: Point(a),
        lambda a, b: Place(x=a, names=b),
        lambda a, b: Place(x=a, hidden=b),
        lambda a, b: Place(a, b),
        lambda a, b: Box(a, b),
        lambda a, b: Box(a, other=b, seen=a),
        lambda a, b: Box(a, b, a),
        lambda a, b: Point(a, x=b),
        lambda a, b: Point(y=a),
        lambda a, b: Point(x=a, self=b),
    ]


def outcome(work: Any) -> Any:
    """What comes of work; of a mistake its kind."""
    try:
        return work()
    except (TypeError, AttributeError) as error:
        return type(error).__name__


LAZY, EAGER = plain(dataclass), plain(dataclasses.dataclass)
for make in LAZY * 20:  # so that each `__init__` is compiled, which it is not for the first objects
    outcome(lambda: make(0, 0))  # noqa: B023 - called at once


# Of the same NaN `dataclasses` says something else since 3.13.
NAN = [st.just(float("nan"))] if sys.version_info < (3, 13) else []
VALUES = st.one_of(st.none(), st.booleans(), st.integers(0, 2), *NAN, st.lists(st.just(1)))


@given(st.sampled_from(range(len(LAZY))), st.tuples(*[VALUES] * 4))
def test_objects_are_the_same(at: int, values: Any) -> None:
    def facts(makers: list[Any]) -> Any:
        first = outcome(lambda: makers[at](*values[:2]))
        second = outcome(lambda: makers[at](*values[2:]))
        return [
            repr(first).replace("plain.<locals>.", ""),
            first == second,
            first == copy.copy(first),
            outcome(lambda: hash(first)),
            outcome(lambda: dataclasses.asdict(first)),
            outcome(lambda: repr(dataclasses.replace(first, x=values[2]))),
            outcome(lambda: setattr(first, "x", 1)),
            outcome(lambda: delattr(first, "y")),
            outcome(lambda: repr(copy.deepcopy(first))),
        ]

    assert facts(LAZY) == facts(plain(dataclass)) == facts(EAGER)


@dataclass(frozen=True, slots=True)
class Pickled:
    shared: ClassVar[int] = 7
    x: int
    others: list[Pickled] = dataclasses.field(default_factory=list)


def test_objects_with_the_same_nan_are_equal_under_every_python() -> None:
    nan: Any = float("nan")
    assert Pickled(nan) == Pickled(nan) != Pickled(float("nan"))


def test_objects_are_replaced_by_copy() -> None:
    """Since 3.13 `copy` has it too."""
    replace = vars(copy).get("replace", dataclasses.replace)
    assert replace(Pickled(1), x=2) == Pickled(2)


def test_objects_are_pickled_and_contain_themselves() -> None:
    inner = Pickled(1)
    inner.others.append(inner)
    again = pickle.loads(pickle.dumps(inner))
    assert again.others == [again] or again.others[0] is again
    assert repr(again) == "Pickled(x=1, others=[...])"


def test_a_frozen_object_takes_no_other_attribute() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError, match="cannot assign to field 'z'"):
        setattr(Pickled(1), "z", 1)  # noqa: B010 - pyright knows that it has none
