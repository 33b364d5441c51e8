"""Generated Python as tests use it: written into a folder, imported under a name of its own."""

from __future__ import annotations

import importlib.util
import itertools
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from intercom_iac.generating import GenerateOptions, python_files
from intercom_iac.model import Schema

OPTIONS = GenerateOptions(specs_digest="sha256:0")
_COUNT = itertools.count()


def write_package(schema: Schema, folder: Path, *, camel: bool = False) -> Path:
    """The package of a schema in a folder, which is made."""
    folder.mkdir(parents=True)
    for file in python_files(schema, replace(OPTIONS, camel=camel)):
        (folder / file.path).write_text(file.text, "utf-8")
    return folder


@contextmanager
def imported_package(folder: Path, *, runtime: ModuleType | None = None) -> Iterator[Any]:
    """The package that stands in a folder, with another runtime module where one is given; forgotten at the end."""
    name = f"generated_package_{next(_COUNT)}"
    if runtime is not None:
        sys.modules[f"{name}.runtime"] = runtime
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        yield module
    finally:
        for known in [known for known in sys.modules if known.split(".")[0] == name]:
            del sys.modules[known]
