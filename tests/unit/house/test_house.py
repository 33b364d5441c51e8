"""The house is what its pages say it is."""

from __future__ import annotations

import importlib
import importlib.util
import re
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
PACKAGE = ROOT / "intercom_iac"
UNIT_TESTS = ROOT / "tests" / "unit"
NAMED = sorted(set(re.findall(r"`(intercom_iac(?:\.\w+)+)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8"))))
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())


def test_the_architecture_page_names_modules() -> None:
    assert len(NAMED) > 20


@pytest.mark.parametrize("module", NAMED)
def test_the_architecture_page_names_only_modules_that_exist(module: str) -> None:
    assert importlib.util.find_spec(module) is not None


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_is_on_the_architecture_page(room: str) -> None:
    assert f"intercom_iac.{room}" in NAMED


@pytest.mark.parametrize("room", ROOMS)
def test_every_room_has_its_folder_of_unit_tests(room: str) -> None:
    assert list((UNIT_TESTS / room).rglob("test_*.py"))


def test_every_folder_of_unit_tests_is_that_of_a_room_or_sub_room() -> None:
    folders = {path.parent.relative_to(UNIT_TESTS) for path in UNIT_TESTS.rglob("test_*.py")}
    assert [str(folder) for folder in sorted(folders) if not (PACKAGE / folder).is_dir()] == ["house"]


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "cli"])
def test_a_room_hands_out_what_it_names(room: str) -> None:
    module = importlib.import_module(f"intercom_iac.{room}")
    assert module.__doc__
    for name in module.__all__:
        assert hasattr(module, name)


@pytest.mark.parametrize("room", [room for room in ROOMS if room != "cli"])
def test_no_module_stands_in_the_place_of_what_a_room_hands_out(room: str) -> None:
    """A face that imports when it is asked would give the module, once something else has imported that."""
    face = importlib.import_module(f"intercom_iac.{room}")
    for path in (PACKAGE / room).glob("*.py"):
        importlib.import_module(
            f"intercom_iac.{room}.{path.stem}" if path.stem != "__init__" else face.__name__
        )
    modules = {name for name in face.__all__ if isinstance(getattr(face, name), types.ModuleType)}
    assert not modules
