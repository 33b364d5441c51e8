"""What fits the schema of plans at first sight fits it for jsonschema too."""

from __future__ import annotations

import json
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import jsonschema
from hypothesis import given
from hypothesis import strategies as st

from intercom_iac.planning import plan_schema
from intercom_iac.planning.schema_fit import fits

PLANS = json.loads((Path(__file__).parents[1] / "golden" / "words" / "plan.json").read_text("utf-8"))
VALIDATOR: Any = jsonschema.Draft202012Validator(plan_schema())
HOSTILE = st.sampled_from(
    (
        None,
        True,
        False,
        0,
        1,
        -1,
        1.0,
        1.5,
        "",
        "x",
        "1.0",
        "sha256:0",
        "create",
        "segment.x",
        [],
        {},
        [1],
        ["x"],
    )
    + ([{}], {"x": 1}, {"x": "y"}, [[]], float("nan"), 10**30, "create\n", "segment.\n", "BACK700\n")
)


def places(data: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    return [path, *(place for step, value in steps for place in places(value, (*path, step)))]


@st.composite
def plans(draw: Callable[[Any], Any]) -> Any:
    plan = deepcopy(draw(st.sampled_from([*PLANS.values()])))
    for _ in range(draw(st.integers(0, 2))):
        *path, last = draw(st.sampled_from(places(plan)[1:]))
        home = plan
        for step in path:
            home = home[step]
        how = draw(st.sampled_from(("put", "leave out", "add")))
        if how == "put":
            home[last] = deepcopy(draw(HOSTILE))
        elif how == "leave out" or isinstance(home, list):
            del home[last]
        else:
            home[draw(st.sampled_from(("extra", "of", "count", "reason")))] = deepcopy(draw(HOSTILE))
    return plan


@given(plans())
def test_what_fits_is_valid(plan: Any) -> None:
    assert not fits(plan, plan_schema()) or VALIDATOR.is_valid(plan)


def test_a_plan_fits_so_that_jsonschema_is_not_asked() -> None:
    assert all(fits(plan, plan_schema()) for plan in PLANS.values())
