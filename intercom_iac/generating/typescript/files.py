"""The files of TypeScript."""

from __future__ import annotations

from intercom_iac.model import Schema

from ..generated_file import GeneratedFile
from ..header import header_lines
from ..options import GenerateOptions


def typescript_files(schema: Schema, options: GenerateOptions) -> tuple[GeneratedFile, ...]:
    """`index.ts` and what stands beside it. Raises `InvalidSpecs` for names that are one in TypeScript."""
    del schema
    header = "".join(f"// {line}\n" for line in header_lines("typescript", options.specs_digest))
    return (GeneratedFile(path="index.ts", text=header),)
