"""The package: what the specs declare in `__init__.py`, and the runtime module beside it."""

from __future__ import annotations

from pathlib import Path

from intercom_iac.diagnostics import InvalidSpecs
from intercom_iac.model import Schema

from ..generated_file import GeneratedFile
from ..header import header_lines
from ..options import GenerateOptions
from .collisions import identifier_collisions
from .contents import package_contents
from .identifiers import camel_identifier, python_identifier
from .module import module_lines


def python_files(schema: Schema, options: GenerateOptions) -> tuple[GeneratedFile, ...]:
    """The package. Raises `InvalidSpecs` for names that are one in Python."""
    spell_key = camel_identifier if options.camel else python_identifier
    contents = package_contents(schema, spell_key)
    diagnostics = identifier_collisions(contents)
    if diagnostics:
        raise InvalidSpecs(diagnostics)
    # A formatter of the project that it stands in would make it out of date.
    header = [*(f"# {line}" for line in header_lines("python", options.specs_digest)), "# fmt: off", ""]
    runtime = Path(__file__).with_name("runtime.py").read_text("utf-8")
    return (
        GeneratedFile(path="__init__.py", text="\n".join([*header, *module_lines(contents)]) + "\n"),
        GeneratedFile(path="runtime.py", text="\n".join(header) + "\n" + runtime),
    )
