"""SANDBOX_COVERAGE.md says what the routes and the official description say."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from support.api_description import description, where_described

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "SANDBOX_COVERAGE.md").read_text("utf-8")


@pytest.fixture(scope="module")
def coverage() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_page", ROOT / "tools" / "coverage.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@where_described
def test_the_page_is_the_one_that_would_be_made(coverage: ModuleType) -> None:
    assert coverage.page(description()) == PAGE, "run `make coverage-page`"


def test_the_page_names_every_route(coverage: ModuleType) -> None:
    """Holds without the description too: a new route is not forgotten."""
    shown = {
        (method.strip(), coverage._shape(path.strip(" `")))
        for method, path, told in (line.split("|")[1:4] for line in PAGE.splitlines() if "| `/" in line)
        if told.strip() == "simulated"
    }
    assert shown == {(route.method, coverage._shape(route.path)) for route in coverage.ROUTES}


def test_a_route_of_our_own_invention_is_refused(coverage: ModuleType) -> None:
    with pytest.raises(ValueError, match="not in the description"):
        coverage.page({"info": {"version": "0"}, "paths": {"/me": {"get": {}}}})
