"""Generated code survives every name and text of the hostile specs, and names that become one are told as that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.generating import GenerateOptions, python_files, typescript_files
from intercom_iac.model import Attribute, DataType, Schema
from support.generated_python import imported_package, write_package
from support.generators.hostile_specs import COLLISIONS, hostile_schema

OPTIONS = GenerateOptions(specs_digest="sha256:0", camel=True)


def test_generated_python_is_imported(tmp_path: Path) -> None:
    with imported_package(write_package(hostile_schema(), tmp_path / "app")) as module:
        assert module.IntercomData


@pytest.mark.parametrize("files", [typescript_files, python_files])
@pytest.mark.parametrize(("first", "second"), COLLISIONS)
def test_names_that_are_one_in_camel_case_are_an_error_that_names_both(
    first: str, second: str, files: Callable[[Schema, GenerateOptions], Any]
) -> None:
    attributes = [Attribute("contact", name, DataType.STRING) for name in (first, second)]
    with pytest.raises(InvalidSpecs) as raised:
        files(Schema({("contact", attribute.name): attribute for attribute in attributes}), OPTIONS)
    (mistake,) = raised.value.diagnostics
    assert f"`{first}`" in mistake.message
    assert f"`{second}`" in mistake.message
