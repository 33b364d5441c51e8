"""What reads data that is right, and pydantic's models: whatever the one takes, the other takes for the same."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.project.settings import ProjectSettings
from intercom_iac.specs.load.entries import SpecFile
from intercom_iac.yaml.shape_models import judge_shape
from intercom_iac.yaml.shape_reading import NotCertain, read_shape
from intercom_iac.yaml.shapes import Shape, fields_of, keys_of

TESTED = {"a": "x", "b": 1, "c": 1.5, "d": True, "e": None}
# Each key of each shape stands in one of these.
PROJECT = {
    "version": 1,
    "specs": "specs",
    "timezone": "UTC",
    "moved_from": "crm",
    "default_workspace": "a",
    "workspaces": {
        "a": {
            "sandbox": "a.db",
            "region": "eu",
            "base_url": "x",
            "allow_host": "x",
            "app_id": "x",
            "token_env": "X",
            "timezone": "UTC",
            "protected": True,
            "variables": {"TEAM": "x"},
        }
    },
    "safety": {
        "max_archive_percent": 30,
        "max_change_percent": 2.5,
        "max_clear_percent": 100,
        "max_audience_change_percent": 400,
        "max_create": 0,
    },
    "sources": {
        "people": {
            "kind": "file",
            "of": "events",
            "path": "x",
            "query": "x",
            "database_env": "X",
            "key": "email",
            "map": {"a": "b", "c": {"attribute": "d", "shape": "unix"}},
            "null": "clear",
            "mode": "upsert",
            "cache_days": 365,
        }
    },
    "drift": {"ignore": [{"address": "x", "reason": "x", "until": "2027-01-01"}]},
    "naming": {"attributes": "snake_case", "events": "camelCase", "metadata": "kebab-case", "segments": None},
    "policy": {
        "require": {
            "attributes": ["labels"],
            "events": [],
            "metadata": ["description"],
            "segments": ["owner"],
        },
        "forbidden_names": [{"pattern": "^tmp", "of": ["events"], "reason": "x"}],
        "max_length": {"name": 1, "description": 200, "rule": 10**30},
        "owners": ["growth"],
        "labels": {"pii": ["none"]},
        "standard": {"attribute.contact.email": {"pii": "none", "purpose": ["a", "b"]}},
        "flows": [
            {"segments": "all", "may_not_depend_on": {"a": "b"}, "may_only_depend_on": {}, "reason": "x"}
        ],
        "segments": {"no_new_members": ["vip"]},
        "levels": {"LINT501": "off"},
    },
    "proofs": {"without": ["past_timestamps"]},
    "variables": {"TEAM": {"default": "x", "description": "x"}},
    "release": "1.0.0",
    "accept": [{"address": "x", "code": "BACK703", "reason": "x", "expires": "2027-01-01"}],
}
_COMMON = {
    "description": "x",
    "owner": "x",
    "status": "archived",
    "renamed_from": "x",
    "only": ["a"],
    "except": [],
}
SPECS = {
    "version": 1,
    "attributes": {
        "contact": {
            "plan": {
                "type": "options",
                "options": ["a", "b"],
                "open_options": True,
                "messenger_writable": False,
                "replaces": {"attribute": "old", "convert": {"a": "b", "c": 1.0}},
                "source_name": "x",
                "labels": {"pii": "none", "purpose": ["a"]},
                **_COMMON,
            }
        },
        "company": None,
    },
    "events": {
        "sent": {
            "metadata": {
                "n": {
                    "type": "integer",
                    "required": True,
                    "options": None,
                    "open_options": False,
                    "description": "x",
                    "source_name": "x",
                }
            },
            "adopt": True,
            "source_name": "x",
            **_COMMON,
        }
    },
    "segments": {
        "s": {
            "name": "x",
            "rule": "a = 1",
            "publish": ["tag", "company tag"],
            "from": "people",
            "built_in_intercom": False,
            "adopt": True,
            "tests": [
                {
                    "name": "x",
                    "contact": TESTED,
                    "companies": [{**TESTED, "tags": ["x"]}],
                    "events": [{"event": "sent", "on": "today", "count": 1000, "metadata": TESTED}],
                    "tags": ["x"],
                    "member": True,
                    "today": "2026-01-01",
                }
            ],
            **_COMMON,
        },
        "built": {"built_in_intercom": True},
    },
    "assertions": {
        "a": {
            "disjoint": ["a", "b"],
            "covers": {"all": ["a"], "of": "b"},
            "implies": {"if": "a", "then": "b"},
            "equivalent": ["a", "b"],
            "nonempty": ["a"],
            "never": "a",
            "reason": "x",
            "allow_unknown": True,
            "only": ["a"],
            "except": ["b"],
        }
    },
    "priorities": ["a"],
}
RIGHT: list[tuple[type[Shape], Any]] = [(ProjectSettings, PROJECT), (SpecFile, SPECS)]

HOSTILE = st.one_of(
    st.sampled_from(
        (None, True, "", "x", "yes", "\ud800", "\ud800" * 300, "x" * 256, "active", "tag", "1", 1.0, 0, -1)
    ),
    st.sampled_from((1, 101, 366, 1001, 2**53, 2**53 + 1, 10**30, 10**400, float("nan"), float("inf"), -0.0)),
    st.sampled_from(
        ([], {}, ["x"], [None], [["x"]], {"x": "y"}, {"x": None}, {1: "x"}, {None: {}}, ("x",), b"x")
    ),
    st.just({"attribute": "x", "shape": 1}),
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for step, value in steps for place in places(value, (*path, step)))]


@st.composite
def documents(draw: Callable[[Any], Any]) -> tuple[type[Shape], Any]:
    """Right data with a few changes: a value put in the place of another, a key left out, added, called otherwise."""
    shape, right = draw(st.sampled_from(RIGHT))
    data = deepcopy(right)
    for _ in range(draw(st.integers(0, 3))):
        *path, last = draw(st.sampled_from(places(data)[1:]))
        home = data
        for step in path:
            home = home[step]
        how = draw(st.sampled_from(("put", "put", "put", "leave out", "add", "rename")))
        if how == "put":
            home[last] = deepcopy(draw(HOSTILE))
        elif how == "leave out" or isinstance(home, list):
            del home[last]
        elif how == "rename":
            home[draw(st.sampled_from(("except_", "if_", "x", 1, "\ud800", "given")))] = home.pop(last)
        else:
            home[draw(st.sampled_from(("rule", "only", "extra", "", 0)))] = deepcopy(draw(HOSTILE))
        if not places(data)[1:]:
            break
    return shape, data


def facts(value: Any) -> Any:
    """All there is to tell of a value, its types and what was left out included."""
    if isinstance(value, Shape):
        return (
            type(value),
            value.given_fields,
            {name: facts(getattr(value, name)) for name in fields_of(type(value))},
        )
    if isinstance(value, list):
        return [facts(item) for item in value]
    if isinstance(value, dict):
        return [(key, facts(item)) for key, item in value.items()]
    return type(value), repr(value)


@given(documents())
def test_what_is_read_is_what_pydantic_reads(document: tuple[type[Shape], Any]) -> None:
    shape, data = document
    judged, errors = judge_shape(shape, data)
    try:
        read = read_shape(shape, data)
    except NotCertain:
        return  # judged by pydantic alone
    assert errors == []
    assert facts(read) == facts(judged)


def test_what_is_right_is_read() -> None:
    for shape, data in RIGHT:
        assert facts(read_shape(shape, data)) == facts(judge_shape(shape, data)[0])


def test_every_key_of_every_shape_stands_in_them() -> None:
    written = {step for _, data in RIGHT for place in places(data) for step in place}
    shapes = [shape for shape in Shape.__subclasses__() if shape.__module__.startswith("intercom_iac.")]
    assert {key for shape in shapes for key in keys_of(shape)} - written == set()
