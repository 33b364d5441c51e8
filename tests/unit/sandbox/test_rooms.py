"""The sub-rooms: each says what it is for, none imports the rest of the package, and no server is loaded unasked."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import intercom_iac.sandbox

SANDBOX = Path(intercom_iac.sandbox.__file__).parent
FACES = sorted(SANDBOX.rglob("__init__.py"))
MODULES = sorted(SANDBOX.rglob("*.py"))


def relative(path: Path) -> str:
    return path.relative_to(SANDBOX).as_posix()


@pytest.mark.parametrize("face", FACES, ids=relative)
def test_a_face_says_what_its_room_is_for(face: Path) -> None:
    assert ast.get_docstring(ast.parse(face.read_text("utf-8")))


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_module_imports_nothing_of_ours_outside_of_the_sandbox(module: Path) -> None:
    """A relative import of as many dots as the module is deep reaches the sandbox; one more leaves it."""
    depth = len(module.relative_to(SANDBOX).parts)
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            assert not any(name.name.startswith("intercom_iac") for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level <= depth
            assert node.level or not (node.module or "").startswith("intercom_iac")


def test_calling_a_workspace_in_process_loads_no_server() -> None:
    code = (
        "import sys, intercom_iac.sandbox; print(*sorted({'asyncio', 'h11', 'uvicorn'} & set(sys.modules)))"
    )
    probe = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert probe.stdout.split() == []
